import Foundation
import PTYKit
import Testing

/// A conference that is over, played back on a terminal.
@Suite struct ReplayJourney {
  @Test func goesThroughTheDayAndWritesNothing() throws {
    let place = try Place()
    let folder = place.path + "/demo"
    #expect(try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder).status == 0)
    let bytes = try Data(contentsOf: URL(filePath: folder + "/record.jsonl"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let written = try changed(folder)
    // Nobody can write there; for root, who can, the bytes and the time of the last change tell.
    try protect(folder, true)
    defer { try? protect(folder, false) }

    let console = try place.console(["replay", folder], rows: 36, columns: 120)
    try console.waitFor("TERUGSPELEN")
    try console.waitFor("Afgesloten")
    let all = try console.number(after: "Net binnen · ")
    try console.press(.home, shows: "Nog niet begonnen")
    try console.press("]", shows: "Inloop met koffie · inloop")
    try console.press("]", shows: "Opening · plenair")
    try console.press("[", shows: "Inloop met koffie · inloop")
    try console.press("4t", shows: " · tafel 4 · ")
    try console.press("w", shows: "Wie er zat")
    try console.press(.escape, hides: "Wie er zat")
    try console.press("/", shows: "Zoek in het hele naslagwerk")
    console.send("terugkopp")
    try console.waitFor("▶ Terugkoppeling")
    try console.press(.enter, hides: "Zoek in het hele naslagwerk")
    try console.waitFor("Terugkoppeling")
    try console.press("g", shows: "Naar welk moment?")
    console.send("gisteren")
    try console.press(.enter, shows: "Typ een tijd binnen de conferentie")
    console.send("\u{15}50%")
    try console.press(.enter, hides: "Naar welk moment?")
    let half = try console.number(after: "Net binnen · ")
    #expect(half > 0 && half < all)
    #expect(console.text.contains("TERUGSPELEN"))
    // Keys that run a conference do nothing here.
    console.send("+pnSxukme")
    try console.waitForIdle()
    #expect(try console.number(after: "Net binnen · ") == half)
    try console.press(.end, shows: "Afgesloten")
    try console.waitFor("Net binnen · \(all)")
    try console.leave()

    #expect(try Data(contentsOf: URL(filePath: folder + "/record.jsonl")) == bytes)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == files)
    #expect(try changed(folder) == written)
  }

  /// A record whose conference still runs, or was broken off, is played back as far as it goes; what a table
  /// knew then can be printed.
  @Test func playsBackWhatIsNotOver() throws {
    let place = try Place()
    let folder = place.path + "/demo"
    #expect(try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder).status == 0)
    let lines = try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8).split(separator: "\n")
    let half = try place.write(lines.prefix(lines.count / 2).joined(separator: "\n") + "\n", to: "half.jsonl")
    let table = try place.beraad("replay", half, "--table", "4", "--language", "nl")
    #expect(table.status == 0)
    #expect(table.output.hasPrefix("Tafel 4"))
    #expect(table.output.contains("Eigen bijdragen · "))
    #expect(try place.beraad("replay", half, "--table", "99").status == 64)
    let console = try place.console(["replay", half, "--at", "0%", "--speed", "600"], rows: 24, columns: 80)
    try console.waitFor("TERUGSPELEN ‖ 600×")
    try console.waitFor("Inloop met koffie · inloop")
    try console.press(" ", shows: "TERUGSPELEN ▶")
    try console.press(.end, shows: "TERUGSPELEN ‖")
    try console.leave()
  }

  private func changed(_ folder: String) throws -> [Date?] {
    try [folder, folder + "/record.jsonl"].map {
      try FileManager.default.attributesOfItem(atPath: $0)[.modificationDate] as? Date
    }
  }

  private func protect(_ folder: String, _ isProtected: Bool) throws {
    for (path, mode) in [(folder + "/record.jsonl", 0o444), (folder, 0o555)] {
      try FileManager.default.setAttributes(
        [.posixPermissions: isProtected ? mode : mode | 0o200], ofItemAtPath: path)
    }
  }
}
