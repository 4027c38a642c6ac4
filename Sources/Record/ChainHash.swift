import Ground

/// The hash that ties a line to all lines in front of it: the first 128 bits of a SHA-256.
struct ChainHash: Sendable, Equatable {
  private let digits: HexDigits

  /// What stands in front of the first line: 32 zeros.
  static let zero = ChainHash(HexDigits(high: 0, low: 0))

  private init(_ digits: HexDigits) { self.digits = digits }

  /// Chains a line's bytes before `,"h":"` to the hash of the line in front.
  init(after previous: ChainHash, _ bytes: UnsafeRawBufferPointer) {
    var hasher = SHA256Hasher()
    withUnsafeTemporaryAllocation(byteCount: HexDigits.count, alignment: 8) { buffer in
      previous.digits.write(to: buffer)
      hasher.update(UnsafeRawBufferPointer(buffer))
    }
    hasher.update(bytes)
    self.init(hasher.half)
  }

  /// Reads 32 lower-case hexadecimal digits, or gives nil.
  init?(hex: UnsafeRawBufferPointer) {
    guard let digits = HexDigits(hex) else { return nil }
    self.init(digits)
  }

  /// The hash as 32 lower-case hexadecimal digits.
  var hex: [UInt8] { digits.utf8 }

  /// The hash as text.
  var text: String { digits.description }
}
