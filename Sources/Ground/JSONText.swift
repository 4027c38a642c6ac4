/// A JSON value as it is written, known to be well formed, whose parts are read when they are asked for.
///
/// A record of a million lines would be gigabytes of values, most of which nobody looks at. All values of a
/// file share its bytes.
public struct JSONText: Sendable {
  private let bytes: [UInt8]
  private let range: Range<Int>

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  /// Writes a value.
  public init(_ value: JSON) {
    let bytes = value.utf8
    self.init(bytes, 0..<bytes.count)
  }

  /// Takes the value that fills the bytes, white space around it aside.
  ///
  /// Throws `JSONError` where `JSONCheck` does.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    let value = bytes.withUnsafeBytes { raw in
      Result { () throws(JSONError) in
        try JSONCheck.check(raw)
        let start = JSONText.skipSpace(raw, 0)
        return start..<JSONText.skipValue(raw, start)
      }
    }
    self.init(bytes, try value.get())
  }

  /// Takes the value that fills `range` of the bytes, which `JSONCheck` holds good.
  public init(checked bytes: [UInt8], _ range: Range<Int>) { self.init(bytes, range) }

  /// The value with all its parts.
  public var json: JSON {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "{"):
      .object((object?.all ?? []).map { JSON.Member($0.key, $0.value.json) })
    case UInt8(ascii: "["): .array((array ?? []).map(\.json))
    case UInt8(ascii: "\""): .string(string ?? "")
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    case UInt8(ascii: "n"): .null
    default: int.map { .int($0) } ?? .number(String(decoding: bytes[range], as: UTF8.self))
    }
  }

  /// The text of a string, else nil.
  public var string: String? {
    bytes.withUnsafeBytes { bytes in
      guard bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
      return JSONText.text(bytes, range.lowerBound + 1..<range.upperBound - 1)
    }
  }

  /// The value of an integer of 64 bits, else nil.
  public var int: Int? {
    bytes.withUnsafeBytes { bytes in
      var index = range.lowerBound
      let isNegative = bytes[index] == UInt8(ascii: "-")
      if isNegative { index += 1 }
      // "-0" is no integer: it would lose its sign.
      if isNegative && bytes[index] == UInt8(ascii: "0") { return nil }
      var value = 0
      while index < range.upperBound {
        let digit = Int(bytes[index]) - 0x30
        guard (0...9).contains(digit) else { return nil }
        let (product, over) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) =
          isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
        guard !over, !carry else { return nil }
        value = sum
        index += 1
      }
      return value
    }
  }

  /// The value of true or false, else nil.
  public var bool: Bool? {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// Whether the value is null.
  public var isNull: Bool { bytes[range.lowerBound] == UInt8(ascii: "n") }

  /// The elements of an array, else nil.
  public var array: [JSONText]? {
    bytes.withUnsafeBytes { raw in
      guard raw[range.lowerBound] == UInt8(ascii: "[") else { return nil }
      var elements: [JSONText] = []
      var index = JSONText.skipSpace(raw, range.lowerBound + 1)
      while raw[index] != UInt8(ascii: "]") {
        let end = JSONText.skipValue(raw, index)
        elements.append(JSONText(bytes, index..<end))
        index = JSONText.skipComma(raw, end)
      }
      return elements
    }
  }

  /// The members of an object, found once to be looked up often; else nil.
  public var object: Members? {
    bytes.withUnsafeBytes { raw in
      guard raw[range.lowerBound] == UInt8(ascii: "{") else { return nil }
      var members: [(key: Range<Int>, value: Range<Int>)] = []
      members.reserveCapacity(8)
      var index = JSONText.skipSpace(raw, range.lowerBound + 1)
      while raw[index] != UInt8(ascii: "}") {
        let keyEnd = JSONText.skipString(raw, index)
        // Behind the colon.
        let value = JSONText.skipSpace(raw, JSONText.skipSpace(raw, keyEnd) + 1)
        let end = JSONText.skipValue(raw, value)
        members.append((index + 1..<keyEnd - 1, value..<end))
        index = JSONText.skipComma(raw, end)
      }
      return Members(bytes: bytes, ranges: members)
    }
  }

  /// The value of the member `key`, or nil where this is no object or has none.
  public subscript(key: String) -> JSONText? { object?[key] }

  /// The value as it is written.
  public var text: String { String(decoding: bytes[range], as: UTF8.self) }

  /// Appends the value as it is written.
  public func write(to bytes: inout [UInt8]) { bytes += self.bytes[range] }

  /// The members of an object, in their order.
  public struct Members: Sendable {
    fileprivate let bytes: [UInt8]
    fileprivate let ranges: [(key: Range<Int>, value: Range<Int>)]

    /// The value under `key`, or nil.
    public subscript(key: String) -> JSONText? {
      bytes.withUnsafeBytes { raw in
        var key = key
        let place = key.withUTF8 { wanted in
          ranges.firstIndex { member in
            member.key.count == wanted.count
              ? isSame(raw, member.key.lowerBound, wanted)
              : member.key.count > wanted.count && raw[member.key].contains(UInt8(ascii: "\\"))
                && JSONText.text(raw, member.key).utf8.elementsEqual(wanted)
          }
        }
        return place.map { JSONText(bytes, ranges[$0].value) }
      }
    }

    /// Whether the bytes from `start` on are `wanted`.
    ///
    /// One by one: keys are short, and a comparison of slices costs more to begin than they have bytes.
    private func isSame(
      _ raw: UnsafeRawBufferPointer, _ start: Int, _ wanted: UnsafeBufferPointer<UInt8>
    ) -> Bool {
      for offset in 0..<wanted.count where raw[start + offset] != wanted[offset] { return false }
      return true
    }

    /// All members.
    public var all: [(key: String, value: JSONText)] {
      bytes.withUnsafeBytes { raw in
        ranges.map { (JSONText.text(raw, $0.key), JSONText(bytes, $0.value)) }
      }
    }
  }
}

extension JSONText: Equatable {
  /// Whether two values are written with the same bytes.
  public static func == (one: JSONText, other: JSONText) -> Bool {
    one.bytes[one.range] == other.bytes[other.range]
  }
}

// MARK: - Walking over what is well formed

extension JSONText {
  fileprivate static func skipSpace(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var index = start
    while bytes[index] <= 0x20 { index += 1 }
    return index
  }

  /// To the next element or member, or the closing bracket.
  fileprivate static func skipComma(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    let index = skipSpace(bytes, start)
    return bytes[index] == UInt8(ascii: ",") ? skipSpace(bytes, index + 1) : index
  }

  /// Behind the closing quote.
  fileprivate static func skipString(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var index = start + 1
    while true {
      index = JSONCheck.plainEnd(bytes, index, stopsAtHigh: false)
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { return index + 1 }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
  }

  fileprivate static func skipValue(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var index = start
    var depth = 0
    repeat {
      switch bytes[index] {
      case UInt8(ascii: "\""): index = skipString(bytes, index)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        index += 1
      default:
        index += 1
        if depth == 0 {
          while index < bytes.count, !isEnd(bytes[index]) { index += 1 }
        }
      }
    } while depth > 0
    return index
  }

  /// Whether a number or a word ends in front of this byte.
  private static func isEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  /// What stands between quotes, without its escapes.
  static func text(_ bytes: UnsafeRawBufferPointer, _ content: Range<Int>) -> String {
    let content = UnsafeRawBufferPointer(rebasing: bytes[content])
    guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
    return String(decoding: unescaped(content), as: UTF8.self)
  }

  private static func unescaped(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(content.count)
    var index = 0
    while index < content.count {
      guard content[index] == UInt8(ascii: "\\") else {
        plain.append(content[index])
        index += 1
        continue
      }
      let kind = content[index + 1]
      index += 2
      switch kind {
      case UInt8(ascii: "b"): plain.append(0x08)
      case UInt8(ascii: "f"): plain.append(0x0C)
      case UInt8(ascii: "n"): plain.append(0x0A)
      case UInt8(ascii: "r"): plain.append(0x0D)
      case UInt8(ascii: "t"): plain.append(0x09)
      case UInt8(ascii: "u"):
        var code = hex4(content, &index)
        if (0xD800..<0xDC00).contains(code) {
          index += 2
          code = 0x10000 + (code - 0xD800) << 10 + (hex4(content, &index) - 0xDC00)
        }
        plain += Unicode.Scalar(code).map { Array(String($0).utf8) } ?? []
      default: plain.append(kind)
      }
    }
    return plain
  }

  private static func hex4(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> UInt32 {
    defer { index += 4 }
    return bytes[index..<index + 4].reduce(0) { code, byte in
      // Letters of both cases end in 1 to 6 and have bit 6.
      code << 4 | UInt32(byte & 15) + (byte >= 0x41 ? 9 : 0)
    }
  }
}
