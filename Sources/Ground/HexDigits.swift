/// 128 bits that are written as 32 lower-case hexadecimal digits.
///
/// Every line of a record has two of them, so that eight digits are read and written at a time: one in each
/// byte of a word.
public struct HexDigits: Sendable, Hashable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64

  /// The number of digits.
  public static let count = 32

  /// Creates it from its two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads 32 lower-case digits, or gives nil.
  public init?(_ text: UnsafeRawBufferPointer) {
    guard text.count == Self.count else { return nil }
    guard let a = Self.value(text, 0), let b = Self.value(text, 8), let c = Self.value(text, 16),
      let d = Self.value(text, 24)
    else { return nil }
    self.init(high: a << 32 | b, low: c << 32 | d)
  }

  /// Writes the 32 digits to the beginning of `text`.
  public func write(to text: UnsafeMutableRawBufferPointer) {
    Self.write(high >> 32, text, 0)
    Self.write(high & 0xFFFF_FFFF, text, 8)
    Self.write(low >> 32, text, 16)
    Self.write(low & 0xFFFF_FFFF, text, 24)
  }

  /// The digits in ASCII.
  public var utf8: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.count) { buffer, count in
      write(to: UnsafeMutableRawBufferPointer(buffer))
      count = Self.count
    }
  }

  /// The digits as text.
  public var description: String { String(decoding: utf8, as: UTF8.self) }

  // MARK: Eight digits in a word

  /// A word with `byte` in each of its eight bytes.
  @inline(__always)
  private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

  @inline(__always)
  private static func value(_ text: UnsafeRawBufferPointer, _ offset: Int) -> UInt64? {
    // The first digit in the highest byte.
    let word = UInt64(bigEndian: text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    let nibbles = word & each(0x0F)
    // 1 in the byte of a letter: only letters have this bit.
    let letters = (word >> 6) & each(1)
    // "0" to "9" are 0x30 to 0x39, "a" to "f" 0x61 to 0x66.
    guard word & each(0xF0) == (each(1) &+ letters) &* 0x30,
      (nibbles &+ each(6) &+ letters &* 3) & each(0x10) == 0,
      (nibbles &+ each(0x10) &- letters) & each(0x10) == each(0x10)
    else { return nil }
    var value = nibbles &+ letters &* 9
    value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
    value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
    return (value | value >> 16) & 0xFFFF_FFFF
  }

  @inline(__always)
  private static func write(_ value: UInt64, _ text: UnsafeMutableRawBufferPointer, _ offset: Int) {
    var nibbles = (value | value << 16) & 0x0000_FFFF_0000_FFFF
    nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0F
    let letters = ((nibbles &+ each(6)) >> 4) & each(1)
    let word = nibbles &+ each(0x30) &+ letters &* 0x27
    text.storeBytes(of: word.bigEndian, toByteOffset: offset, as: UInt64.self)
  }
}

/// Bytes as lower-case hexadecimal digits, two for each, such as a whole SHA-256.
public func hexText(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
