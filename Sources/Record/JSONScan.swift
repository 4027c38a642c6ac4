import Glibc

/// Accepts exactly the JSON that Python's `json` module accepts, without building anything.
///
/// Whether a record holds together must be told as the independent checker tells it, and that is written in
/// Python: it takes `NaN`, `Infinity`, a key that occurs twice and a lone surrogate, all of which `Ground`'s
/// reader refuses. It refuses integers of more than 4,300 digits and more levels than its stack allows
/// (Python 3.11: 993 under `data`).
struct JSONScan {
  let bytes: UnsafeRawBufferPointer
  private var index = 0
  /// The members of the outermost object, where they were asked for.
  private(set) var members: [(key: Range<Int>, value: Range<Int>)] = []
  private let collects: Bool

  private static let maxDepth = 993
  private static let maxDigits = 4300

  private init(_ bytes: UnsafeRawBufferPointer, collects: Bool) {
    self.bytes = bytes
    self.collects = collects
  }

  /// Tells whether the bytes are one JSON value and nothing more.
  static func accepts(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var scan = JSONScan(bytes, collects: false)
    return scan.value(depth: 1) && scan.index == bytes.count
  }

  /// Tells whether the bytes are what may stand between the quotes of a JSON string.
  static func acceptsString(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var scan = JSONScan(bytes, collects: false)
    return scan.stringContent() && scan.index == bytes.count
  }

  /// Scans an object that `accepts` holds good, for its members.
  init(membersOf bytes: UnsafeRawBufferPointer) {
    self.init(bytes, collects: true)
    _ = value(depth: 1)
  }

  // MARK: Grammar

  private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte, index < bytes.count else { return false }
    index += 1
    return true
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count, let base = bytes.baseAddress,
      memcmp(base + index, word.utf8Start, count) == 0
    else { return false }
    index += count
    return true
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      index += 1
    }
  }

  private mutating func value(depth: Int) -> Bool {
    switch current {
    case UInt8(ascii: "\""):
      index += 1
      return stringContent() && take(UInt8(ascii: "\""))
    case UInt8(ascii: "{"): return depth <= Self.maxDepth && object(depth: depth)
    case UInt8(ascii: "["): return depth <= Self.maxDepth && array(depth: depth)
    case UInt8(ascii: "t"): return take("true")
    case UInt8(ascii: "f"): return take("false")
    case UInt8(ascii: "n"): return take("null")
    case UInt8(ascii: "N"): return take("NaN")
    case UInt8(ascii: "I"): return take("Infinity")
    default: return take("-Infinity") || number()
    }
  }

  private mutating func object(depth: Int) -> Bool {
    index += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return true }
    while true {
      skipSpace()
      guard take(UInt8(ascii: "\"")) else { return false }
      let key = index
      guard stringContent() else { return false }
      let keyEnd = index
      guard take(UInt8(ascii: "\"")) else { return false }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { return false }
      skipSpace()
      let start = index
      guard value(depth: depth + 1) else { return false }
      if collects, depth == 1 { members.append((key..<keyEnd, start..<index)) }
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      return take(UInt8(ascii: "}"))
    }
  }

  private mutating func array(depth: Int) -> Bool {
    index += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return true }
    while true {
      skipSpace()
      guard value(depth: depth + 1) else { return false }
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      return take(UInt8(ascii: "]"))
    }
  }

  private mutating func number() -> Bool {
    _ = take(UInt8(ascii: "-"))
    let first = index
    let count = digits()
    guard count > 0, count == 1 || bytes[first] != UInt8(ascii: "0") else { return false }
    var isInteger = true
    if current == UInt8(ascii: ".") {
      index += 1
      guard digits() > 0 else { return false }
      isInteger = false
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      index += 1
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digits() > 0 else { return false }
      isInteger = false
    }
    return !isInteger || count <= Self.maxDigits
  }

  private mutating func digits() -> Int {
    let start = index
    while (0x30...0x39).contains(current) { index += 1 }
    return index - start
  }

  /// Scans up to the closing quote or the end.
  private mutating func stringContent() -> Bool {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      if byte == UInt8(ascii: "\\") {
        guard escape() else { return false }
      } else if byte < 0x80 {
        index += 1
      } else {
        guard multiByte(byte) else { return false }
      }
    }
    return true
  }

  private mutating func escape() -> Bool {
    index += 1
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 1
      return true
    case UInt8(ascii: "u"):
      index += 1
      for _ in 0..<4 {
        guard Self.hexValue(current) != nil else { return false }
        index += 1
      }
      return true
    default: return false
    }
  }

  /// Takes one scalar of two to four bytes (RFC 3629, section 4: no overlong form, no surrogate).
  private mutating func multiByte(_ first: UInt8) -> Bool {
    let second = index + 1 < bytes.count ? bytes[index + 1] : 0
    let count: Int
    switch (first, second) {
    case (0xC2...0xDF, _): count = 2
    case (0xE0, 0xA0...0xBF), (0xE1...0xEC, _), (0xED, 0x80...0x9F), (0xEE...0xEF, _): count = 3
    case (0xF0, 0x90...0xBF), (0xF1...0xF3, _), (0xF4, 0x80...0x8F): count = 4
    default: return false
    }
    guard index + count <= bytes.count else { return false }
    for offset in 1..<count where !(0x80...0xBF).contains(bytes[index + offset]) { return false }
    index += count
    return true
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  // MARK: Members

  /// Gives the last value under `key`, as Python does, or nil.
  func value(of key: String) -> Range<Int>? {
    members.last { isText($0.key, key) }?.value
  }

  /// Tells whether a value is a string that reads as `text`, which is ASCII.
  func isString(_ value: Range<Int>, _ text: String) -> Bool {
    bytes[value.lowerBound] == UInt8(ascii: "\"")
      && isText(value.lowerBound + 1..<value.upperBound - 1, text)
  }

  /// Tells whether a value is `null`.
  func isNull(_ value: Range<Int>) -> Bool { bytes[value.lowerBound] == UInt8(ascii: "n") }

  /// Tells whether a value is an object or an array.
  func isContainer(_ value: Range<Int>) -> Bool {
    bytes[value.lowerBound] == UInt8(ascii: "{") || bytes[value.lowerBound] == UInt8(ascii: "[")
  }

  /// Gives the integer that a value equals in Python, where `True` is 1 and `1.0` is 1.
  func integer(_ value: Range<Int>) -> Int? {
    let text = String(decoding: bytes[value], as: UTF8.self)
    switch text {
    case "true": return 1
    case "false": return 0
    default: return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }
  }

  private func isText(_ content: Range<Int>, _ text: String) -> Bool {
    var index = content.lowerBound
    for wanted in text.utf8 {
      guard index < content.upperBound else { return false }
      var byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\\") {
        byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "u") {
          let code = bytes[index..<index + 4].reduce(0) { $0 << 4 | Int(Self.hexValue($1) ?? 0) }
          guard code == Int(wanted) else { return false }
          index += 4
          continue
        }
        // None of the words asked for holds what the short escapes stand for.
        return false
      }
      guard byte == wanted else { return false }
    }
    return index == content.upperBound
  }
}
