import Conference
import Ground
import Testing

@testable import Dossier

/// Whatever a file holds, readers answer with findings; none crashes or runs for ever.
@Suite struct ArbitraryBytesTests {
  /// Bytes that YAML and CSV give a meaning to come often.
  static let special =
    Array("\n\r\t ,;\"':-?[]{}&*!|>%@`#~.<0a\\x".utf8) + [
      0, 0xC3, 0xAB, 0xFF, 0xFE, 0xEF, 0xBB, 0xBF, 0x92, 0x85,
    ]

  @Test func noiseNeverCrashesAReader() {
    for seed in UInt64(0)..<3_000 {
      var random = SplitMix64(seed: seed)
      let bytes = (0..<random.below(200)).map { _ in
        random.below(4) == 0 ? UInt8(random.below(256)) : Self.special[random.below(Self.special.count)]
      }
      // A crash names no seed: print(seed) here finds it.
      readAll(bytes, seed)
    }
  }

  @Test func damagedFilesNeverCrashAReader() throws {
    let plan = Array(PlanValueTests.dutch.utf8)
    let list = Array("id;naam;organisatie;groep\nP1;\"Jan \"\"de\"\" Wit\";A;x\nP2;Piet;B;y\n".utf8)
    for seed in UInt64(0)..<1_500 {
      var random = SplitMix64(seed: seed)
      var bytes = random.below(3) == 0 ? list : plan
      for _ in 0...random.below(6) {
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes[place] = Self.special[random.below(Self.special.count)]
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(Self.special[random.below(Self.special.count)], at: place)
        default:
          // Lines and parts of them that occur twice.
          let end = min(bytes.count, place + random.below(60))
          bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
        }
      }
      readAll(bytes, seed)
    }
  }

  private func readAll(_ bytes: [UInt8], _ seed: UInt64) {
    let complaint = PlanProperties.complaint(bytes)
    #expect(complaint == nil, "seed \(seed)")
  }
}
