import CNettle
import Ground

/// A SHA-256 that is worked out piece by piece.
///
/// By Nettle, whose state is a plain value: a record of a million lines takes a million of these, and an object for each
/// costs more than the hash itself. Source: FIPS 180-4.
struct SHA256Hasher {
  private var context = sha256_ctx()

  init() { nettle_sha256_init(&context) }

  /// Goes on with these bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    nettle_sha256_update(&context, bytes.count, start.assumingMemoryBound(to: UInt8.self))
  }

  /// The first 128 bits of the hash of all that came; it can go on afterwards.
  var half: HexDigits { halves.0 }

  /// The hash of all that came as 64 lower-case hexadecimal digits; it can go on afterwards.
  var text: String { halves.0.description + halves.1.description }

  private var halves: (HexDigits, HexDigits) {
    var context = context
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_SIZE)) { digest in
      nettle_sha256_digest(&context, digest.count, digest.baseAddress)
      let bytes = UnsafeRawBufferPointer(digest)
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
      }
      return (HexDigits(high: word(0), low: word(1)), HexDigits(high: word(2), low: word(3)))
    }
  }
}
