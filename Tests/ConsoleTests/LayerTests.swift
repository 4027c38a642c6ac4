import Conference
import Ground
import Screen
import Testing

@testable import Console

@Suite struct LayerTests {
  /// A few letters of any word find the command, and Enter carries it out.
  @Test func theListOfCommandsFindsByName() throws {
    var rig = try Rig()
    rig.press(.character(":"))
    rig.type("volgende onderd")
    #expect(rig.screen.contains("Start het volgende onderdeel"))
    rig.press(.enter)
    #expect(rig.host.currentItem?.id == "i1")
    #expect(rig.model.layers.isEmpty)
  }

  @Test func aCommandThatCannotBeDoneNowSaysWhyAndTheListStays() throws {
    var rig = try Rig()
    rig.press(.character(":"))
    rig.type("terugkoppeling")
    rig.press(.enter)
    #expect(rig.screen.contains("Tafels komen pas aan het woord in de terugkoppeling."))
    #expect(rig.model.layers.count == 1)
    rig.press(.escape)
    #expect(rig.model.layers.isEmpty)
  }

  @Test(arguments: [
    ("ideeen", "Toon alle ideeën", true), ("tafel", "Kies tafel 1", true), ("xq", "Toon alle ideeën", false),
    ("vo", "Start het volgende onderdeel", true),
  ])
  func lettersAreFoundInOrder(query: String, text: String, isFound: Bool) {
    #expect((Fuzzy.score(query, in: text) != nil) == isFound)
  }

  @Test func aWordThatBeginsSoComesFirst() throws {
    let begin = try #require(Fuzzy.score("ver", in: "Verleng het onderdeel"))
    let within = try #require(Fuzzy.score("ver", in: "Over de dag"))
    let apart = try #require(Fuzzy.score("ver", in: "van het onder"))
    #expect(begin < within && within < apart)
  }

  // MARK: - The mouse

  @Test func aPressOnAHintCarriesItOut() throws {
    var rig = try Rig()
    let row = rig.model.size.rows - 1
    let hints = Array(rig.screen.split(separator: "\n", omittingEmptySubsequences: false)[row])
    let column = try #require(hints.indices.first { hints[$0...].starts(with: "volgende") })
    rig.update(.input(.mouse(Mouse(row: row, column: column, kind: .press))))
    #expect(rig.host.currentItem?.id == "i1")
  }

  @Test func aPressOnARowChoosesIt() throws {
    var rig = try Rig()
    let lines = rig.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("Ronde 1") })
    rig.update(.input(.mouse(Mouse(row: row, column: 5, kind: .press))))
    #expect(rig.model.agenda.selected == 2 && rig.model.focus == .agenda)
  }

  @Test func nothingBelowALayerCanBePressed() throws {
    var rig = try Rig()
    rig.press(.character("?"))
    for row in 0..<rig.model.size.rows {
      rig.update(.input(.mouse(Mouse(row: row, column: 5, kind: .press))))
    }
    #expect(rig.effects.isEmpty && rig.model.layers.count == 1)
  }
}
