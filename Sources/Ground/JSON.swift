/// A JSON value (RFC 8259) whose objects keep the order of their members.
public enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  /// A number that is no integer of 64 bits, as it was written.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A member of an object.
  public struct Member: Sendable, Equatable {
    /// The member's name.
    public var key: String
    /// The member's value.
    public var value: JSON
    /// Creates a member from its name and value.
    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Creates a string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Creates an integer.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// Creates true or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Creates an array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Creates an object; its members keep the order written.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

extension JSON {
  /// Creates an object from members of which those with a nil value are left out.
  public static func members(_ pairs: KeyValuePairs<String, JSON?>) -> JSON {
    .object(pairs.compactMap { pair in pair.value.map { Member(pair.key, $0) } })
  }

  /// Creates an array of strings.
  public static func strings(_ values: some Sequence<String>) -> JSON { .array(values.map { .string($0) }) }

  /// Creates an array of integers.
  public static func ints(_ values: some Sequence<Int>) -> JSON { .array(values.map { .int($0) }) }

  /// The value of the member `key`, or nil where this is no object or has none.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text of a string, else nil.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The value of an integer, else nil.
  public var int: Int? { if case .int(let value) = self { value } else { nil } }
  /// The value of true or false, else nil.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The elements of an array, else nil.
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  /// The members of an object, else nil.
  public var object: [Member]? { if case .object(let value) = self { value } else { nil } }
}

// MARK: - Writing

extension JSON {
  /// The value as text without white space; the same value is always the same bytes.
  public var text: String { String(decoding: utf8, as: UTF8.self) }

  /// The value as UTF-8 text without white space.
  public var utf8: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  /// The value as text over several lines, with two spaces for each level.
  public var prettyText: String {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value to `bytes`, without white space, or over several lines from the level `indent` on.
  public func write(to bytes: inout [UInt8], indent: Int? = nil) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .int(let value): bytes += String(value).utf8
    case .number(let digits): bytes += digits.utf8
    case .string(let text): JSON.quote(text, to: &bytes)
    case .array(let values):
      JSON.list(values, "[", "]", to: &bytes, indent: indent) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      JSON.list(members, "{", "}", to: &bytes, indent: indent) { member, bytes, indent in
        JSON.quote(member.key, to: &bytes)
        bytes += (indent == nil ? ":" : ": ").utf8
        member.value.write(to: &bytes, indent: indent)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: String, _ close: String, to bytes: inout [UInt8], indent: Int?,
    write: (Element, inout [UInt8], Int?) -> Void
  ) {
    bytes += open.utf8
    let inner = indent.map { $0 + 1 }
    for (number, element) in elements.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(&bytes, inner)
      write(element, &bytes, inner)
    }
    if !elements.isEmpty { newLine(&bytes, indent) }
    bytes += close.utf8
  }

  private static func newLine(_ bytes: inout [UInt8], _ indent: Int?) {
    guard let indent else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: indent * 2)
  }

  /// Appends `text` between quotes; only what JSON demands is escaped.
  private static func quote(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      // In stretches, since nearly no byte is escaped.
      var start = 0
      for (index, byte) in utf8.enumerated()
      where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes += utf8[start..<index]
        escape(byte, to: &bytes)
        start = index + 1
      }
      bytes += utf8[start...]
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\n"): bytes += "\\n".utf8
    case UInt8(ascii: "\r"): bytes += "\\r".utf8
    case UInt8(ascii: "\t"): bytes += "\\t".utf8
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: bytes += [UInt8(ascii: "\\"), byte]
    }
  }
}

// MARK: - Reading

/// Why a text is not JSON, and at which byte, counted from 0.
public struct JSONError: Error, Equatable {
  /// The offset of the first byte that does not fit.
  public var offset: Int
  /// What was found there.
  public var reason: Reason

  /// What is wrong with a text.
  public enum Reason: Sendable { case syntax, utf8, escape, number, duplicateKey, tooDeep, trailing }
}

extension JSON {
  /// Reads one JSON value that fills the bytes.
  ///
  /// As strict as `JSONCheck`. Throws `JSONError`.
  public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    self = try JSONText(parsing: Array(bytes)).json
  }

  /// Reads one JSON value that fills the text.
  ///
  /// Throws `JSONError`.
  public init(parsing text: String) throws(JSONError) { try self.init(parsing: text.utf8) }
}
