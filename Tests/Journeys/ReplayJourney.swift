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

    let console = try place.console(["replay", folder], rows: 36, columns: 120)
    try console.waitFor("TERUGSPELEN")
    try console.waitFor("Afgesloten")
    let all = try console.number(after: "Bijdragen · ")
    try console.press(.home, shows: "Nog niet begonnen")
    try console.press("]", shows: "Inloop met koffie · inloop")
    try console.press("]", shows: "Opening · plenair")
    try console.press("[", shows: "Inloop met koffie · inloop")
    try console.press("g", shows: "Naar welk moment?")
    console.send("gisteren")
    try console.press(.enter, shows: "Typ een tijd binnen de conferentie")
    console.send("\u{15}50%")
    try console.press(.enter, hides: "Naar welk moment?")
    let half = try console.number(after: "Bijdragen · ")
    #expect(half > 165 && half < all)
    #expect(console.text.contains("TERUGSPELEN"))
    // Keys that run a conference do nothing here.
    console.send("+pcnSxu")
    try console.waitForIdle()
    #expect(try console.number(after: "Bijdragen · ") == half)
    try console.press(.end, shows: "Afgesloten")
    try console.waitFor("Bijdragen · \(all)")
    try console.leave()

    #expect(try Data(contentsOf: URL(filePath: folder + "/record.jsonl")) == bytes)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == files)
  }
}
