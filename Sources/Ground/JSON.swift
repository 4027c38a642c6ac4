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
    case .null: bytes += Array("null".utf8)
    case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
    case .int(let value): bytes += Array(String(value).utf8)
    case .number(let digits): bytes += Array(digits.utf8)
    case .string(let text): JSON.quote(text, to: &bytes)
    case .array(let values):
      JSON.list(values, "[", "]", to: &bytes, indent: indent) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      JSON.list(members, "{", "}", to: &bytes, indent: indent) { member, bytes, indent in
        JSON.quote(member.key, to: &bytes)
        bytes += Array((indent == nil ? ":" : ": ").utf8)
        member.value.write(to: &bytes, indent: indent)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: String, _ close: String, to bytes: inout [UInt8], indent: Int?,
    write: (Element, inout [UInt8], Int?) -> Void
  ) {
    bytes += Array(open.utf8)
    let inner = indent.map { $0 + 1 }
    for (number, element) in elements.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(&bytes, inner)
      write(element, &bytes, inner)
    }
    if !elements.isEmpty { newLine(&bytes, indent) }
    bytes += Array(close.utf8)
  }

  private static func newLine(_ bytes: inout [UInt8], _ indent: Int?) {
    guard let indent else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: indent * 2)
  }

  /// Appends `text` between quotes; only what JSON demands is escaped.
  private static func quote(_ text: String, to bytes: inout [UInt8]) {
    let hexDigits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += Array("\\\"".utf8)
      case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
      case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
      case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
      case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
      case 0..<0x20:
        bytes += Array("\\u00".utf8) + [hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
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
  /// Stricter than most readers, since a record must mean the same to every reader: a key that occurs twice
  /// in an object, a lone surrogate and more than 64 levels are refused. Throws `JSONError`.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    try self.init(parsing: Array(bytes))
  }

  /// Reads one JSON value that fills the bytes.
  ///
  /// As the general one; callers with an array in hand, such as the reader of records, save a slow copy.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes: bytes)
    reader.skipSpace()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.index == reader.bytes.count else { throw reader.error(.trailing) }
    self = value
  }

  /// Reads one JSON value that fills the text.
  ///
  /// Throws `JSONError`.
  public init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }
}

private struct JSONReader {
  let bytes: [UInt8]
  var index = 0

  func error(_ reason: JSONError.Reason) -> JSONError { JSONError(offset: index, reason: reason) }

  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  mutating func take(_ text: StaticString) throws(JSONError) {
    for offset in 0..<text.utf8CodeUnitCount {
      guard current == text.utf8Start[offset] else { throw error(.syntax) }
      index += 1
    }
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < 64 else { throw error(.tooDeep) }
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try take("true")
      return true
    case UInt8(ascii: "f"):
      try take("false")
      return false
    case UInt8(ascii: "n"):
      try take("null")
      return .null
    default: return try number()
    }
  }

  mutating func object(depth: Int) throws(JSONError) -> JSON {
    var members: [JSON.Member] = []
    try take("{")
    skipSpace()
    if current == UInt8(ascii: "}") {
      index += 1
      return .object([])
    }
    var keys: Set<[UInt8]> = []
    while true {
      skipSpace()
      let start = index
      let key = try string()
      guard !isTwice(key, members, &keys) else { throw JSONError(offset: start, reason: .duplicateKey) }
      skipSpace()
      try take(":")
      skipSpace()
      members.append(JSON.Member(key, try value(depth: depth + 1)))
      skipSpace()
      if current == UInt8(ascii: ",") {
        index += 1
        continue
      }
      try take("}")
      return .object(members)
    }
  }

  /// Whether a key stands among the members; with many of them it is looked up in `keys`, which it fills.
  ///
  /// By the bytes: letters that are the same but for how their accents are written make two keys.
  private func isTwice(_ key: String, _ members: [JSON.Member], _ keys: inout Set<[UInt8]>) -> Bool {
    if members.count < 8 { return members.contains { $0.key.utf8.elementsEqual(key.utf8) } }
    if keys.isEmpty { keys = Set(members.map { Array($0.key.utf8) }) }
    return !keys.insert(Array(key.utf8)).inserted
  }

  mutating func array(depth: Int) throws(JSONError) -> JSON {
    var values: [JSON] = []
    try take("[")
    skipSpace()
    if current == UInt8(ascii: "]") {
      index += 1
      return .array([])
    }
    while true {
      skipSpace()
      values.append(try value(depth: depth + 1))
      skipSpace()
      if current == UInt8(ascii: ",") {
        index += 1
        continue
      }
      try take("]")
      return .array(values)
    }
  }

  mutating func string() throws(JSONError) -> String {
    let start = index
    try take("\"")
    let first = index
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      index += 1
    }
    // Most strings hold no escape and are taken as they stand.
    if current == UInt8(ascii: "\"") {
      guard let text = String(validating: bytes[first..<index], as: UTF8.self) else {
        throw JSONError(offset: start, reason: .utf8)
      }
      index += 1
      return text
    }
    var unescaped = Array(bytes[first..<index])
    while let byte = current, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") {
        unescaped += try escape()
      } else if byte >= 0x20 {
        unescaped.append(byte)
        index += 1
      } else {
        throw error(.syntax)
      }
    }
    try take("\"")
    guard let text = String(validating: unescaped, as: UTF8.self) else {
      throw JSONError(offset: start, reason: .utf8)
    }
    return text
  }

  mutating func escape() throws(JSONError) -> [UInt8] {
    index += 1
    guard let kind = current else { throw error(.escape) }
    index += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [kind]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var code = try hex4()
      if (0xD800..<0xDC00).contains(code) {
        try take("\\u")
        let low = try hex4()
        guard (0xDC00..<0xE000).contains(low) else { throw error(.escape) }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error(.escape) }
      return Array(String(scalar).utf8)
    default: throw error(.escape)
    }
  }

  mutating func hex4() throws(JSONError) -> UInt32 {
    guard index + 4 <= bytes.count else { throw error(.escape) }
    var code: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      switch byte {
      case 0x30...0x39: code = code << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: code = code << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: code = code << 4 | UInt32(byte - 0x57)
      default: throw error(.escape)
      }
    }
    index += 4
    return code
  }

  mutating func number() throws(JSONError) -> JSON {
    let start = index
    if current == UInt8(ascii: "-") { index += 1 }
    let firstDigit = index
    guard digits() > 0, bytes[firstDigit] != UInt8(ascii: "0") || index == firstDigit + 1 else {
      throw error(index == start ? .syntax : .number)
    }
    var isInteger = true
    if current == UInt8(ascii: ".") {
      isInteger = false
      index += 1
      guard digits() > 0 else { throw error(.number) }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      isInteger = false
      index += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
      guard digits() > 0 else { throw error(.number) }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    // "-0" stays as written: as an integer it would lose its sign.
    if isInteger, text != "-0", let value = Int(text) { return .int(value) }
    return .number(text)
  }

  mutating func digits() -> Int {
    let start = index
    while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
    return index - start
  }
}
