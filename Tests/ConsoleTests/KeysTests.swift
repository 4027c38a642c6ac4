import Foundation
import Ground
import Screen
import Testing

@testable import Console

@Suite struct KeysTests {
  @Test func everyCommandHasOneRowWithKeysAndWords() {
    let ids = ConsoleCommand.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids) == Set(ConsoleCommand.ID.allCases))
    for command in ConsoleCommand.all {
      #expect(!command.keys.isEmpty, "\(command.id)")
      for language in Language.allCases {
        #expect(!command.name[language].isEmpty && !command.help[language].isEmpty)
        #expect(command.help[language].hasSuffix("."), "\(command.id)")
        #expect(TextWidth.width(command.name[language]) <= 16, "\(command.id)")
      }
    }
  }

  @Test(arguments: ConsoleCommand.Place.allCases)
  func noKeyMeansTwoThingsInOnePlace(place: ConsoleCommand.Place) {
    let keys = ConsoleCommand.all.filter { $0.place == place }.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  /// The commands of every place that is open at the same time as `live` do not hide one another.
  @Test func liveAndEverywhereDoNotClash() {
    let live = Set(ConsoleCommand.all.filter { $0.place == .live }.flatMap(\.keys))
    let everywhere = Set(ConsoleCommand.all.filter { $0.place == .everywhere }.flatMap(\.keys))
    #expect(live.isDisjoint(with: everywhere))
  }

  /// A letter would fire while one types.
  @Test func noLetterIsACommandInTheNotePane() {
    for command in ConsoleCommand.all where [.note, .noteLine].contains(command.place) {
      #expect(!command.keys.contains { if case .character(let key) = $0 { key.isLetter } else { false } })
    }
  }

  @Test func keysDocumentIsFresh() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/KEYS.md")
    if ProcessInfo.processInfo.environment["BERAAD_UPDATE_SNAPSHOTS"] != nil {
      try Data(KeysDocument.markdown.utf8).write(to: file)
      return
    }
    let page = try String(contentsOf: file, encoding: .utf8)
    #expect(page == KeysDocument.markdown, "docs/KEYS.md is stale: see its second paragraph")
  }
}
