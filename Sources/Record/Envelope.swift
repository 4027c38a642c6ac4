import Glibc
import Ground

/// The members of a line as ranges of its bytes, found without reading the payload.
struct Envelope {
  /// The line's number, nil where it does not fit an integer.
  let seq: Int?
  let at: Range<Int>
  let type: Range<Int>
  let by: Range<Int>
  /// Whether `by` holds what a name may hold, so that it needs no escape either.
  let isPlainBy: Bool
  let cmd: CommandID
  let version: Range<Int>?
  let data: Range<Int>
  let hash: ChainHash
  /// Why the payload has no single meaning, once it was checked.
  var flaw: JSONError.Reason?

  /// The bytes of `,"h":"` + 32 digits + `"}`.
  static let tailCount = 40

  /// Takes a line (without its LF) apart, or gives nil where it has not the form of format 1.
  ///
  /// Only form: the payload may be anything between braces, the time any digits.
  init?(_ line: UnsafeRawBufferPointer) {
    // The literal in front of the hash must be compared too: it is under no hash itself.
    guard let tail = Self.hash(atEndOf: line) else { return nil }
    hash = tail
    var cursor = Cursor(bytes: line)
    guard cursor.take("{\"seq\":"), let seq = cursor.run(Self.isDigit), cursor.take(",\"at\":\""),
      let at = cursor.moment(), cursor.take("\",\"type\":\""), let type = cursor.run(Self.isTypeByte),
      cursor.take("\",\"by\":\"")
    else { return nil }
    let plain = cursor.run(Self.isNameByte)
    let by = (plain?.lowerBound ?? cursor.index)..<cursor.untilQuote()
    guard cursor.take("\",\"cmd\":\""), let cmd = cursor.hexDigits(), cursor.take("\",") else { return nil }
    var version: Range<Int>?
    if cursor.take("\"v\":") {
      version = cursor.run(Self.isDigit)
      guard version != nil, cursor.take(",") else { return nil }
    }
    guard cursor.take("\"data\":") else { return nil }
    let end = line.count - Self.tailCount
    guard cursor.index + 2 <= end, line[cursor.index] == UInt8(ascii: "{"), line[end - 1] == UInt8(ascii: "}")
    else { return nil }
    self.seq = Self.integer(line, seq)
    self.at = at
    self.type = type
    self.by = by
    isPlainBy = plain == by
    self.cmd = CommandID(cmd)
    self.version = version
    data = cursor.index..<end
    // Zeros in front of a number are no JSON; neither are integers that Python refuses to read.
    guard Self.isNumber(line, seq), version.map({ Self.isNumber(line, $0) }) ?? true else { return nil }
  }

  /// Reads the hash that a line ends with, or gives nil where it ends otherwise.
  static func hash(atEndOf line: UnsafeRawBufferPointer) -> ChainHash? {
    guard line.count >= tailCount else { return nil }
    let tail = UnsafeRawBufferPointer(rebasing: line[(line.count - tailCount)...])
    var cursor = Cursor(bytes: tail)
    guard cursor.take(",\"h\":\""), tail[38] == UInt8(ascii: "\""), tail[39] == UInt8(ascii: "}") else {
      return nil
    }
    return ChainHash(hex: UnsafeRawBufferPointer(rebasing: tail[6..<38]))
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  static func isTypeByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }
  static func isNameByte(_ byte: UInt8) -> Bool { isTypeByte(byte) || (0x41...0x5A).contains(byte) }

  private static func isNumber(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    range.count <= 4300 && (range.count == 1 || line[range.lowerBound] != UInt8(ascii: "0"))
  }

  private static func integer(_ line: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(line[index] - 0x30))
      guard !over, !carry else { return nil }
      value = sum
    }
    return value
  }
}

private struct Cursor {
  let bytes: UnsafeRawBufferPointer
  var index = 0

  // Where the word is known, comparing it takes an instruction or two.
  @inline(__always)
  mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count, let base = bytes.baseAddress,
      memcmp(base + index, word.utf8Start, count) == 0
    else { return false }
    index += count
    return true
  }

  /// Takes one byte or more that fit.
  @inline(__always)
  mutating func run(_ fits: (UInt8) -> Bool) -> Range<Int>? {
    let start = index
    while index < bytes.count, fits(bytes[index]) { index += 1 }
    return index > start ? start..<index : nil
  }

  /// Moves on to the next quote, or the end, and gives its place.
  mutating func untilQuote() -> Int {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += 1 }
    return index
  }

  /// Takes 32 hexadecimal digits.
  mutating func hexDigits() -> HexDigits? {
    guard index + HexDigits.count <= bytes.count else { return nil }
    defer { index += HexDigits.count }
    return HexDigits(UnsafeRawBufferPointer(rebasing: bytes[index..<index + HexDigits.count]))
  }

  /// Takes `dddd-dd-ddTdd:dd:dd.dddZ`.
  mutating func moment() -> Range<Int>? {
    let form: StaticString = "0000-00-00T00:00:00.000Z"
    let start = index
    guard start + 24 <= bytes.count else { return nil }
    for offset in 0..<24 {
      let wanted = form.utf8Start[offset]
      let byte = bytes[start + offset]
      guard wanted == UInt8(ascii: "0") ? Envelope.isDigit(byte) : byte == wanted else { return nil }
    }
    index += 24
    return start..<index
  }
}

// MARK: - Meaning

extension Envelope {
  /// What the members of a line that has the format's form mean; throws why they have no single meaning.
  ///
  /// Stricter than the form: a real date, a name of plain letters, JSON as `Ground` reads it.
  func meaning(in line: UnsafeRawBufferPointer) throws(Unreadable) -> (seq: Int, at: Moment, version: Int) {
    guard let seq else { throw Unreadable("seq") }
    guard let at = Moment(rfc3339: UnsafeRawBufferPointer(rebasing: line[at])) else { throw Unreadable("at") }
    guard isPlainBy else { throw Unreadable("by") }
    func number(_ range: Range<Int>) -> Int? { Int(String(decoding: line[range], as: UTF8.self)) }
    guard let version = version.map(number) ?? 1, version >= 1 else { throw Unreadable("v") }
    if let flaw { throw Unreadable("data: \(flaw)") }
    return (seq, at, version)
  }
}

extension Line {
  /// Reads a line that has the format's form, or says why it has no single meaning.
  ///
  /// The payload is kept as it is written, in `file`, where the line begins at `start`.
  init(
    _ envelope: Envelope, of line: UnsafeRawBufferPointer, in file: [UInt8], from start: Int,
    names: inout Names
  ) throws(Unreadable) {
    let (seq, at, version) = try envelope.meaning(in: line)
    self.init(
      seq: seq, at: at, type: names.text(envelope.type, of: line), by: names.text(envelope.by, of: line),
      cmd: envelope.cmd, version: version,
      payload: JSONText(
        checked: file, start + envelope.data.lowerBound..<start + envelope.data.upperBound))
  }

  /// Appends the line with its LF to `bytes` and returns its hash.
  func write(to bytes: inout [UInt8], after previous: ChainHash) -> ChainHash {
    let start = bytes.count
    bytes +=
      "{\"seq\":\(seq),\"at\":\"\(at.rfc3339)\",\"type\":\"\(type)\",\"by\":\"\(by)\",\"cmd\":\"\(cmd)\","
      .utf8
    if version != 1 { bytes += "\"v\":\(version),".utf8 }
    bytes += "\"data\":".utf8
    payload.write(to: &bytes)
    let hash = bytes.withUnsafeBytes {
      ChainHash(after: previous, UnsafeRawBufferPointer(rebasing: $0[start...]))
    }
    bytes += ",\"h\":\"".utf8
    bytes += hash.hex
    bytes += "\"}\n".utf8
    return hash
  }
}

/// Why a line has no single meaning.
struct Unreadable: Error {
  let why: String
  init(_ why: String) { self.why = why }
}

/// Texts that come back line after line, each made once.
struct Names {
  private var slots = [(bytes: UnsafeRawBufferPointer, text: String)](
    repeating: (UnsafeRawBufferPointer(start: nil, count: 0), ""), count: 256)

  /// The text of the bytes in `range`, which stay where they are.
  mutating func text(_ range: Range<Int>, of line: UnsafeRawBufferPointer) -> String {
    let bytes = UnsafeRawBufferPointer(rebasing: line[range])
    guard let start = bytes.baseAddress, let first = bytes.first, let last = bytes.last else { return "" }
    let middle = bytes[bytes.count / 2]
    let slot = (bytes.count &* 31 &+ Int(first) &* 7 &+ Int(middle) &* 3 &+ Int(last)) & 255
    let known = slots[slot].bytes
    if known.count == bytes.count, let other = known.baseAddress, memcmp(start, other, bytes.count) == 0 {
      return slots[slot].text
    }
    let text = String(decoding: bytes, as: UTF8.self)
    slots[slot] = (bytes, text)
    return text
  }
}
