import Ground
import PTYKit
import Testing

/// People come late, walk in and stay away while the tables already work (S4.9).
@Suite(.serialized) struct LateArrivalJourney {
  @Test func nobodyElseMoves() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let console = try place.console(["run", folder], rows: 36, columns: 120)
    try console.waitFor("Nog niet begonnen")
    // Twenty people are there when the doors close; the rest may still come.
    try console.press("i", shows: "Deelnemers · 0 van 50 aanwezig")
    for count in 1...20 { try console.press(.enter, shows: "Deelnemers · \(count) van 50 aanwezig") }
    try console.press(.escape, hides: "Deelnemers ·")
    let titles = (try place.state(folder)["agenda"]?.array ?? []).compactMap { $0["title"]?.string }
    try console.advance(until: CrashJourneys.breakout, over: titles)
    let before = try seats(place, folder)
    try #require(before.values.joined().count == 50)

    try console.press("i", shows: "Deelnemers · 20 van 50 aanwezig")
    // Late, but on the list: the chair was kept.
    try console.press("zandbergen", shows: "zoek: zandbergen")
    try console.press(.enter, shows: "Deelnemers · 21 van 50 aanwezig")
    // Not on the list at all.
    try console.press("\u{0E}", shows: "Nieuwe deelnemer")  // Ctrl-N
    console.send("Wil van Buiten; Buurthuis De Ster; vrijwilliger; Schiedam")
    try console.press(.enter, shows: "Deelnemers · 22 van 51 aanwezig")
    // Somebody who does not come after all leaves an empty chair.
    try console.press("Notenboom", shows: "zoek: Notenboom")
    try console.press("\u{18}", shows: "× afwezig")  // Ctrl-X
    try console.press(.escape, hides: "Deelnemers ·")

    let after = try seats(place, folder)
    let moved = after.values.joined().filter { name in
      guard let was = before.first(where: { $0.value.contains(name) })?.key else { return false }
      return after[was]?.contains(name) != true
    }
    #expect(moved.isEmpty, "\(moved)")
    let everyone = after.values.joined()
    #expect(everyone.count == 50 && everyone.contains("Wil van Buiten"))
    #expect(!everyone.contains(Day.noShow) && everyone.contains { $0.contains("Zandbergen") })
    try console.leave()
    try place.expectGood(folder)
  }

  /// Who sits at which table now.
  private func seats(_ place: Place, _ folder: String) throws -> [Int: [String]] {
    let tables = try place.state(folder)["tables"]?.array ?? []
    return Dictionary(
      tables.map { table in
        (table["number"]?.int ?? 0, (table["members"]?.array ?? []).compactMap { $0["name"]?.string })
      }, uniquingKeysWith: { one, _ in one })
  }
}
