import Conference
import Ground
import Screen
import Testing

@testable import Console

/// Every screen at three sizes and in both languages.
@Suite struct SnapshotTests {
  static let sizes = [
    Size(rows: 24, columns: 80), Size(rows: 36, columns: 120), Size(rows: 60, columns: 200),
  ]

  @Test(arguments: sizes, Language.allCases)
  func beforeTheStart(size: Size, language: Language) throws {
    let rig = try Rig(size: size, language: language)
    try expectSnapshot(rig.screen, "before.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes, Language.allCases)
  func aBreakoutInFull(size: Size, language: Language) throws {
    var rig = try breakout(size: size, language: language)
    rig.press(.character("n"))
    rig.type("Eén loket voor alle vragen")
    try expectSnapshot(rig.screen, "breakout.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes, Language.allCases)
  func theListOfPeople(size: Size, language: Language) throws {
    var rig = try breakout(size: size, language: language)
    rig.press(.character("i"), .enter)
    try expectSnapshot(rig.screen, "people.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes, Language.allCases)
  func theHelp(size: Size, language: Language) throws {
    var rig = try breakout(size: size, language: language)
    rig.press(.character("?"))
    try expectSnapshot(rig.screen, "help.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes, Language.allCases)
  func theListOfCommands(size: Size, language: Language) throws {
    var rig = try breakout(size: size, language: language)
    rig.press(.function(2))
    try expectSnapshot(rig.screen, "commands.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes, Language.allCases)
  func theGuidedTour(size: Size, language: Language) throws {
    var rig = try Rig(size: size, language: language)
    rig.model.tour = Tour()
    rig.press(.character(" "))
    try expectSnapshot(rig.screen, "tour.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes, Language.allCases)
  func theColours(size: Size, language: Language) throws {
    var rig = try breakout(size: size, language: language)
    rig.model.themes = ["dark", "light"]
    rig.model.theme = "dark"
    rig.press(.function(5), .down)
    #expect(rig.effects.last == .theme("light"))
    try expectSnapshot(rig.screen, "colours.\(language).\(size.columns)x\(size.rows)")
    rig.press(.escape)
    #expect(rig.effects.last == .theme("dark"))
  }

  @Test(arguments: [Size(rows: 12, columns: 40), Size(rows: 11, columns: 39), Size(rows: 1, columns: 1)])
  func smallScreens(size: Size) throws {
    let rig = try breakout(size: size, language: .nl)
    try expectSnapshot(rig.screen, "small.\(size.columns)x\(size.rows)")
  }

  private func breakout(size: Size, language: Language) throws -> Rig {
    var rig = try Rig(size: size, language: language)
    try rig.draw()
    try rig.give(.advance)
    rig.wait(minutes: 17)
    try rig.give(.advance)
    rig.wait(minutes: 21)
    try rig.give(.advance)
    for number in 1...6 {
      rig.wait(minutes: 5)
      try rig.give(
        .contribute(
          NewContribution(
            table: number, kind: number == 3 ? "sensitivity" : "idea",
            text: "Bijdrage \(number): de wijkverpleegkundige kent de mensen en weet wat er speelt")))
    }
    try rig.give(.askHelp(table: 5))
    rig.wait(minutes: 6)
    rig.press(.character("3"))
    return rig
  }
}
