import Foundation
import Ground
import Testing

@testable import Record

/// What the fuzzer collected, and changes of it drawn from a seed, through the properties that it looks for.
@Suite struct CorpusTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../Fuzz/Corpus/record", directoryHint: .isDirectory)

  static func corpus() throws -> [(name: String, bytes: [UInt8])] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted().map {
      ($0, Array(try Data(contentsOf: folder.appending(path: $0))))
    }
  }

  @Test func whatWasCollectedKeepsTheProperties() throws {
    let corpus = try Self.corpus()
    try #require(corpus.count > 50)
    for (name, bytes) in corpus { #expect(RecordProperties.complaint(bytes) == nil, "\(name)") }
  }

  @Test func changesOfItKeepTheProperties() throws {
    let corpus = try Self.corpus()
    var random = SplitMix64(seed: 5)
    for number in 0..<400 {
      var (name, bytes) = corpus[random.below(corpus.count)]
      Mutation.change(&bytes, with: corpus[random.below(corpus.count)].bytes, &random)
      #expect(RecordProperties.complaint(bytes) == nil, "change \(number) of seed 5, of \(name)")
    }
  }

  /// The properties can fail: readers and disks that do less are found out.
  @Test func propertiesCanFail() throws {
    let whole = Crafted.record([.opened] + (1..<6).map { Crafted(seq: "\($0)") })
    var flipped = whole
    flipped[whole.count / 2] ^= 1
    let torn = whole + [0x7B]
    for (bytes, other) in [(flipped, whole), (torn, whole), (whole, flipped), (whole + whole, whole)] {
      try RecordProperties.scan(bytes)
      #expect(throws: RecordProperties.Broken.self) { try RecordProperties.scan(bytes, found: Scan(other)) }
    }
    try RecordProperties.open(torn)
    #expect(throws: RecordProperties.Broken.self) {
      try RecordProperties.open(torn) { $0.truncate = { _, _ in 0 } }
    }
    try RecordProperties.mend(flipped, with: whole)
    #expect(throws: RecordProperties.Broken.self) {
      // What is written lacks its last line.
      try RecordProperties.mend(flipped, with: whole) { disk in
        disk.write = { [write = disk.write] file, bytes in
          _ = write(file, UnsafeRawBufferPointer(rebasing: bytes.dropLast(200)))
          return bytes.count
        }
      }
    }
    #expect(throws: RecordProperties.Broken.self) {
      // A repair that is refused, and yet took the damaged file's place.
      try RecordProperties.mend(flipped, with: whole) { disk in
        disk.rename = { [rename = disk.rename] from, to in
          _ = rename(from, to)
          return -5
        }
      }
    }
  }
}

/// Changes as a fuzzer makes them.
enum Mutation {
  static func change(_ bytes: inout [UInt8], with other: [UInt8], _ random: inout SplitMix64) {
    let letters =
      Array("\"\\{}[]:,0123456789.eE+-tfnu/ \n".utf8) + [0x00, 0x7F, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
    for _ in 0...random.below(4) {
      guard !bytes.isEmpty else { return bytes = other }
      let place = random.below(bytes.count)
      let end = min(bytes.count, place + random.below(80))
      switch random.below(6) {
      case 0: bytes[place] ^= 1 << UInt8(random.below(8))
      case 1: bytes.insert(letters[random.below(letters.count)], at: place)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
      case 4: bytes[place] = letters[random.below(letters.count)]
      default:
        bytes.replaceSubrange(
          place..<end, with: other.suffix(from: random.below(other.count + 1)).prefix(200))
      }
    }
  }
}
