import Crypto

/// The hash that ties a line to all lines in front of it: the first 128 bits of a SHA-256.
struct ChainHash: Sendable, Equatable {
  private var high: UInt64 = 0
  private var low: UInt64 = 0

  /// What stands in front of the first line: 32 zeros.
  static let zero = ChainHash()

  private init() {}

  /// Chains a line's bytes before `,"h":"` to the hash of the line in front.
  init(after previous: ChainHash, _ bytes: UnsafeRawBufferPointer) {
    var hasher = SHA256()
    withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { buffer in
      previous.write(to: buffer)
      hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
    }
    hasher.update(bufferPointer: bytes)
    hasher.finalize().withUnsafeBytes { digest in
      high = UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self))
      low = UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }

  /// Reads 32 lower-case hexadecimal digits, or gives nil.
  init?(hex: UnsafeRawBufferPointer) {
    guard hex.count == 32 else { return nil }
    for index in 0..<32 {
      let byte = hex[index]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      if index < 16 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
    }
  }

  private func write(to buffer: UnsafeMutableRawBufferPointer) {
    for index in 0..<32 {
      let half = index < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - index % 16 * 4)) & 15
      buffer[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
  }

  /// The hash as 32 lower-case hexadecimal digits.
  var hex: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      write(to: UnsafeMutableRawBufferPointer(buffer))
      count = 32
    }
  }

  /// The hash as text.
  var text: String { String(decoding: hex, as: UTF8.self) }
}

/// A whole SHA-256 as 64 lower-case hexadecimal digits.
func hexText(_ digest: SHA256.Digest) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
