import Conference
import Foundation
import Ground
import Testing

/// The closing seal as words that a hall can read aloud (docs/RECORD.md, "The seal as words").
@Suite struct SealWordsTests {
  /// People wrote the words down: a list that changed would call a good record another one.
  @Test(arguments: Language.allCases) func aByteHasAWordOfItsOwn(language: Language) {
    let list = SealWords.list(in: language)
    #expect(list.count == 256 && Set(list).count == 256)
    #expect(list == list.sorted())
    #expect(list.allSatisfy { (3...8).contains($0.count) && $0.allSatisfy { ("a"..."z").contains($0) } })
  }

  @Test func theWordsAreTheFirstEightBytes() {
    let seal = ClosingSeal(upto: 9, sha256: "00ff0180" + "fe027f03" + String(repeating: "0", count: 48))
    for language in Language.allCases {
      let list = SealWords.list(in: language)
      #expect(seal.words(in: language) == [0, 255, 1, 128, 254, 2, 127, 3].map { list[$0] })
    }
    #expect(seal.words(in: .nl).first == "aap" && seal.words(in: .en).first == "acorn")
  }

  /// RECORD.md holds both lists, so that whoever has the page and a record needs no program.
  @Test func theDocumentHoldsTheLists() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/RECORD.md"), encoding: .utf8)
    for language in Language.allCases {
      let list = SealWords.list(in: language)
      for start in stride(from: 0, to: 256, by: 16) {
        let digits = String(start, radix: 16)
        let row =
          "\(digits.count == 1 ? "0" : "")\(digits)  " + list[start..<start + 16].joined(separator: " ")
        #expect(page.contains(row), "\(row)")
      }
    }
  }
}
