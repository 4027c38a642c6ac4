/// Tells whether bytes are JSON that means the same to every reader, without building anything.
///
/// Stricter than most readers, since a record must mean the same to every reader: a key that occurs twice in
/// an object, a lone surrogate and more than 64 levels are refused. Integers have at most 4,300 digits, since
/// other readers take no more.
public struct JSONCheck {
  private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  private var index = 0
  /// The keys of the objects that are open, without their quotes.
  private var keys: [Range<Int>] = []

  private static let maxDepth = 64
  private static let maxDigits = 4300
  /// With more keys in an object they are looked up in a set.
  private static let manyKeys = 24

  /// Creates a check; for many values one is enough, which keeps its room for keys.
  public init() {}

  /// Checks that one JSON value fills the bytes.
  ///
  /// Throws `JSONError` for the first byte that does not fit.
  public mutating func check(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
    self.bytes = bytes
    index = 0
    keys.removeAll(keepingCapacity: true)
    skipSpace()
    try value(depth: 0)
    skipSpace()
    guard index == bytes.count else { throw error(.trailing) }
  }

  /// Checks a single value, as `check(_:)` does.
  public static func check(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
    var check = JSONCheck()
    try check.check(bytes)
  }

  private func error(_ reason: JSONError.Reason) -> JSONError { JSONError(offset: index, reason: reason) }

  /// The byte at hand; NUL, which no JSON holds, behind the end.
  private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  @inline(__always)
  private mutating func skipSpace() {
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      index += 1
    }
  }

  @inline(__always)
  private mutating func take(_ text: StaticString) throws(JSONError) {
    for offset in 0..<text.utf8CodeUnitCount {
      guard index < bytes.count, bytes[index] == text.utf8Start[offset] else { throw error(.syntax) }
      index += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONError) {
    guard depth < Self.maxDepth else { throw error(.tooDeep) }
    switch current {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "t"): try take("true")
    case UInt8(ascii: "f"): try take("false")
    case UInt8(ascii: "n"): try take("null")
    default: try number()
    }
  }

  private mutating func object(depth: Int) throws(JSONError) {
    index += 1
    skipSpace()
    if current == UInt8(ascii: "}") {
      index += 1
      return
    }
    let first = keys.count
    var texts: Set<[UInt8]> = []
    while true {
      skipSpace()
      let start = index
      guard current == UInt8(ascii: "\"") else { throw error(.syntax) }
      let hasEscapes = try string()
      let key = start + 1..<index - 1
      if isTwice(key, hasEscapes, from: first, &texts) {
        throw JSONError(offset: start, reason: .duplicateKey)
      }
      keys.append(key)
      skipSpace()
      try take(":")
      skipSpace()
      try value(depth: depth + 1)
      skipSpace()
      if current == UInt8(ascii: ",") {
        index += 1
        continue
      }
      try take("}")
      // One by one: to take them out at once costs more than there are of them.
      while keys.count > first { keys.removeLast() }
      return
    }
  }

  /// Whether a key stands among those from `first` on: by its bytes, or once one has escapes or there are many,
  /// by its text.
  private func isTwice(
    _ key: Range<Int>, _ hasEscapes: Bool, from first: Int, _ texts: inout Set<[UInt8]>
  ) -> Bool {
    if texts.isEmpty {
      if !hasEscapes && keys.count - first < Self.manyKeys {
        for other in keys[first...] where other.count == key.count {
          if bytes[other].elementsEqual(bytes[key]) { return true }
        }
        return false
      }
      for other in keys[first...] { texts.insert(text(other)) }
    }
    return !texts.insert(text(key)).inserted
  }

  private func text(_ key: Range<Int>) -> [UInt8] { Array(JSONText.text(bytes, key).utf8) }

  private mutating func array(depth: Int) throws(JSONError) {
    index += 1
    skipSpace()
    if current == UInt8(ascii: "]") {
      index += 1
      return
    }
    while true {
      skipSpace()
      try value(depth: depth + 1)
      skipSpace()
      if current == UInt8(ascii: ",") {
        index += 1
        continue
      }
      try take("]")
      return
    }
  }

  /// Takes a string; tells whether it has escapes.
  private mutating func string() throws(JSONError) -> Bool {
    index += 1
    var hasEscapes = false
    while true {
      index = Self.plainEnd(bytes, index, stopsAtHigh: true)
      guard index < bytes.count else { throw error(.syntax) }
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return hasEscapes
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try escape()
      case 0..<0x20: throw error(.syntax)
      default: try multiByte()
      }
    }
  }

  /// The first byte from `start` on that is a quote, a backslash or a control character, or (where asked for)
  /// of no ASCII character.
  ///
  /// Eight bytes at a time; the tests are those of "Bit Twiddling Hacks" (Anderson): a byte below n, a zero byte.
  @inline(__always)
  static func plainEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int, stopsAtHigh: Bool) -> Int {
    let (ones, highs) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      var found = (word &- ones &* 0x20) & ~word
      found |= (quote &- ones) & ~quote
      found |= (backslash &- ones) & ~backslash
      if stopsAtHigh { found |= word }
      found &= highs
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || (stopsAtHigh && byte >= 0x80) { break }
      index += 1
    }
    return index
  }

  private mutating func escape() throws(JSONError) {
    index += 1
    let kind = current
    guard index < bytes.count else { throw error(.escape) }
    index += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      let code = try hex4()
      if (0xD800..<0xDC00).contains(code) {
        try take("\\u")
        guard (0xDC00..<0xE000).contains(try hex4()) else { throw error(.escape) }
      } else if (0xDC00..<0xE000).contains(code) {
        throw error(.escape)
      }
    default: throw error(.escape)
    }
  }

  private mutating func hex4() throws(JSONError) -> UInt32 {
    guard index + 4 <= bytes.count else { throw error(.escape) }
    var code: UInt32 = 0
    for offset in 0..<4 {
      let byte = bytes[index + offset]
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

  /// Takes one scalar of two to four bytes (RFC 3629, section 4: no overlong form, no surrogate).
  private mutating func multiByte() throws(JSONError) {
    let second = index + 1 < bytes.count ? bytes[index + 1] : 0
    let count: Int
    switch (bytes[index], second) {
    case (0xC2...0xDF, _): count = 2
    case (0xE0, 0xA0...0xBF), (0xE1...0xEC, _), (0xED, 0x80...0x9F), (0xEE...0xEF, _): count = 3
    case (0xF0, 0x90...0xBF), (0xF1...0xF3, _), (0xF4, 0x80...0x8F): count = 4
    default: throw error(.utf8)
    }
    guard index + count <= bytes.count else { throw error(.utf8) }
    for offset in 1..<count where !(0x80...0xBF).contains(bytes[index + offset]) { throw error(.utf8) }
    index += count
  }

  private mutating func number() throws(JSONError) {
    let start = index
    if current == UInt8(ascii: "-") { index += 1 }
    let first = index
    let count = digits()
    guard count > 0, count == 1 || bytes[first] != UInt8(ascii: "0") else {
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
    if isInteger && count > Self.maxDigits { throw error(.number) }
  }

  private mutating func digits() -> Int {
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index - start
  }
}
