import Foundation
import Ground
import PTYKit
import Testing

/// A whole dagdeel of the ROGPlus dossier, led and noted by one person at one keyboard.
@Suite(.serialized) struct DayJourney {
  /// A contribution as it must come back from the record.
  struct Note: Equatable {
    var table: Int?
    var kind: String
    var text: String
    var isWithdrawn = false
  }

  @Test func theWholeDagdeel() throws {
    let place = try Place()
    let folder = try place.rogplus()
    var day = Day(console: try place.console(["run", folder], rows: 36, columns: 120))
    try day.console.waitFor("Nog niet begonnen")
    let agenda = try place.state(folder)["agenda"]?.array ?? []
    let titles = agenda.compactMap { $0["title"]?.string }
    try #require(titles.count > 8)

    try day.welcomePeople()
    try day.drawTables()
    for (title, phase) in zip(titles, agenda.compactMap { $0["phase"]?.string }) {
      try day.console.advance(to: title)
      switch phase {
      case "arrival": try day.playWithTheClock(title)
      case "breakout": try day.takeNotes(round: title)
      case "reportBack": try day.hearTheTables()
      default: break
      }
    }
    try day.console.press("S", shows: "Afgesloten")
    try day.console.leave()

    try place.expectGood(folder)
    try expectTheFold(of: day.notes, in: folder, place)
    try expectEveryMoment(folder, place)
    try expectExports(folder, place, day.notes)

    let again = try place.console(["run", folder], rows: 36, columns: 120)
    try again.waitFor("Afgesloten")
    try again.waitFor("Net binnen · \(day.shown)")
    try again.press(" ", shows: "De conferentie is afgesloten.")
    try again.leave()
    try place.expectGood(folder)
  }

  // MARK: What must be in the record

  private func expectTheFold(of notes: [Note], in folder: String, _ place: Place) throws {
    let state = try place.state(folder)
    #expect(state["status"] == "closed")
    let room = (state["contributions"]?.array ?? []).filter { $0["source"] == .null }
    #expect(
      room.map {
        Note(
          table: $0["table"]?.int, kind: $0["kind"]?.string ?? "", text: $0["text"]?.string ?? "",
          isWithdrawn: $0["withdrawn"]?.bool ?? false)
      } == notes)
    let themes = state["themes"]?.array ?? []
    #expect(themes.map { $0["title"]?.string } == ["Vervoer"])
    #expect(themes.first?["contributions"]?.array?.count == 2)
    #expect(state["messages"]?.array?.map { $0["text"]?.string } == ["Nog vijf minuten – “rond af”"])
    let tables = state["tables"]?.array ?? []
    #expect(tables.map { $0["number"]?.int } == [1, 2, 3, 4, 5, 6, 7])
    let members = tables.flatMap { $0["members"]?.array ?? [] }.compactMap { $0["name"]?.string }
    #expect(Set(members).count == members.count)
    // Fifty on the list and one more at the door, less one who stayed away.
    #expect(members.count == 50)
    #expect(members.contains("Wil van Buiten") && !members.contains(Day.noShow))
    #expect(tables.allSatisfy { $0["help_asked_at"] == .null })
    let slots = try Journal(folder).all("slot.started").compactMap { $0["table"]?.int }
    #expect(slots.sorted() == [1, 2, 3, 4, 5, 6, 7])
  }

  /// The state at any line or time is what the lines up to there say.
  private func expectEveryMoment(_ folder: String, _ place: Place) throws {
    let lines = try Journal(folder).lines
    for part in [0, 20, 45, 70, 100] {
      let seq = (lines.count - 1) * part / 100
      let at = try #require(lines[seq]["at"]?.string)
      let state = try place.state(folder, "--seq", "\(seq)")
      let added = lines[...seq].count { $0["type"] == "contribution.added" }
      #expect(state["contributions"]?.array?.count == added)
      #expect(state["at"]?.string == at && state["seq"]?.int == seq)
      let last = try #require(lines.lastIndex { $0["at"]?.string == at })
      #expect(try place.state(folder, "--at", at) == place.state(folder, "--seq", "\(last)"))
    }
  }

  private func expectExports(_ folder: String, _ place: Place, _ notes: [Note]) throws {
    for format in ["json", "csv", "md"] {
      let ending = try place.beraad("export", folder, "--format", format)
      #expect(ending.status == 0, "\(ending)")
      #expect(ending.errors.contains("gevoelige bijdragen zijn weggelaten"), "\(ending.errors)")
      // A word of each note stands in every format, whatever the format does to quotes and line ends.
      for note in notes where !note.isWithdrawn {
        let word = note.text.split { !$0.isLetter }.max { $0.count < $1.count } ?? ""
        #expect(ending.output.contains(word) == (note.kind != "sensitivity"), "\(format): \(word)")
      }
      if format == "json" { #expect(throws: Never.self) { try JSON(parsing: ending.output) } }
    }
  }
}
