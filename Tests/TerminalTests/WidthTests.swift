import CCurses
@testable import Screen
import Testing

@Suite struct WidthTests {
  /// Each printable scalar that this C library knows has the same width in ours, with one exception.
  ///
  /// The Ahom vowel sign U+1171E became a spacing mark in Unicode 15, and libraries differ in their version.
  @Test func widthsAgreeWithTheCLibrary() {
    #expect(ccurses_use_utf8())
    var differing: [String] = []
    for value in UInt32(0x20)..<0x3_0000 {
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned else {
        continue
      }
      let (system, columns) = (Int(ccurses_width(value)), TextWidth.width(of: scalar))
      guard system >= 0, value != 0x1171E else { continue }
      if columns != system { differing.append("U+\(String(value, radix: 16)): \(columns), not \(system)") }
    }
    #expect(differing == [])
  }
}
