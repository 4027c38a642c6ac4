import Ground
import Testing

@testable import Record

/// A file is checked in stretches, side by side; that changes nothing in what is found.
struct StretchTests {
  @Test func anyNumberOfStretchesFindsTheSame() throws {
    let good = try sampleRecord()
    var damaged: [[UInt8]] = [[], [0], Array("\n\n\n".utf8), good, good + [0x0A], good + good]
    for number in 0..<400 {
      var random = SplitMix64(seed: UInt64(number))
      var bytes = good
      for _ in 0..<(1 + random.below(2)) {
        let place = random.below(bytes.count)
        switch random.below(5) {
        case 0: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1: bytes.removeSubrange(place...)
        case 2: bytes.insert(0x0A, at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + random.below(300)))
        default:
          bytes.replaceSubrange(place..<min(bytes.count, place + 40), with: repeatElement(0, count: 40))
        }
        if bytes.isEmpty { break }
      }
      damaged.append(bytes)
    }
    // Lines that hold together without a single meaning.
    let unread = Crafted(seq: "1", data: #"{"a":1,"a":2}"#)
    let third = Crafted(seq: "2")
    let fourth = Crafted(seq: "3", at: "2026-13-21T12:00:00.000Z")
    damaged.append(Crafted.record([.opened, unread, third, fourth]))

    for (number, bytes) in damaged.enumerated() {
      let whole = Scan(bytes, stretches: 1)
      for count in 2...7 {
        let scan = Scan(bytes, stretches: count)
        #expect(scan.lines == whole.lines, "\(number) in \(count)")
        #expect(scan.ends == whole.ends, "\(number) in \(count)")
        #expect(scan.hash == whole.hash, "\(number) in \(count)")
        #expect(scan.damage == whole.damage, "\(number) in \(count)")
        #expect(scan.unreadable == whole.unreadable, "\(number) in \(count)")
      }
    }
  }
}
