import Ground
import Testing

struct HexDigitsTests {
  /// Every byte in every place: only the sixteen digits are read, each as what it is.
  @Test func everyByteInEveryPlace() {
    let digits = Array("0123456789abcdef".utf8)
    for place in 0..<HexDigits.count {
      for byte in UInt8.min...UInt8.max {
        var text = [UInt8](repeating: UInt8(ascii: "7"), count: HexDigits.count)
        text[place] = byte
        let read = text.withUnsafeBytes { HexDigits($0) }
        #expect((read != nil) == digits.contains(byte), "byte \(byte) at \(place)")
        if let read { #expect(read.utf8 == text) }
      }
    }
  }

  @Test func halvesAreInOrder() {
    let digits = HexDigits(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)
    #expect(digits.description == "0123456789abcdeffedcba9876543210")
    #expect(Array(digits.description.utf8).withUnsafeBytes { HexDigits($0) } == digits)
  }

  @Test(arguments: [0, 8, 31, 33, 64]) func otherLengthsAreNone(count: Int) {
    #expect([UInt8](repeating: 0x30, count: count).withUnsafeBytes { HexDigits($0) } == nil)
  }
}
