import Foundation
import Ground
import PTYKit
import Testing

/// A hall of three tables: the host and every laptop a process of its own, each laptop with a memory of its own.
final class Hall {
  let place: Place
  /// The conference's folder at the host.
  let folder: String
  /// The host as it runs now.
  private(set) var host: HostProcess
  private let address: String
  private var isHostAlive = true

  static let agenda = [
    "Inloop met koffie", "Opening", "Ronde 1: verkennen", "Pauze", "Ronde 2: uitwerken", "Terugkoppeling",
    "Afsluiting en afspraken",
  ]
  static let people = [
    "Aafke Zomerdijk", "Bram Oosterling", "Cato Wiegmans", "Dries Halbertsma", "Elke Vondeling",
    "Floor Tichelaar", "Gerben Schaafsma", "Hedwig Roodhart", "Ivo Pannenborg", "Jetske Muizelaar",
    "Koert Lindenhof", "Loes Kwakernaat", "Maurits Juffermans", "Nelleke Geerlings", "Okke Fransman",
  ]

  /// Opens a conference of seven items, of which the second round keeps the tables of the first.
  ///
  /// At an address that is not loopback all goes over TLS.
  init(address: String = "127.0.0.1") throws {
    place = try Place()
    folder = try place.dossier(Self.plan)
    let groups = ["bewoner", "zorg", "gemeente"]
    let rows = Self.people.enumerated().map { "\($1),Stichting \($0 % 5),\(groups[$0 % 3])" }
    _ = try place.write(
      (["naam,organisatie,groep"] + rows).joined(separator: "\n") + "\n", to: "dossier/participants.csv")
    self.address = address
    host = try HostProcess(place, folder, address: address)
  }

  deinit { if isHostAlive { host.kill() } }

  // MARK: The host

  func killHost() {
    host.kill()
    isHostAlive = false
  }

  /// Starts the host again at the same port.
  func resumeHost() throws {
    host = try HostProcess(place, folder, port: host.port, address: address)
    isHostAlive = true
  }

  func endHost() {
    host.end()
    isHostAlive = false
  }

  // MARK: Laptops

  private func laptop(_ name: String, _ arguments: [String], rows: Int = 36) throws -> PTY {
    try place.console(
      arguments, rows: rows, columns: 120, environment: ["XDG_STATE_HOME": home(name)])
  }

  private func home(_ name: String) -> String { place.path + "/.laptops/" + name }

  /// The facilitator's laptop; the code is typed the first time only.
  func facilitator(isBack: Bool = false) throws -> PTY {
    let code = isBack ? [] : ["--code", host.codes["gespreksleider"] ?? ""]
    let console = try laptop("gespreksleider", ["run", "--attach", host.url] + code)
    try console.waitFor("● verbonden")
    return console
  }

  /// A table's laptop, at the host or at `url` on the way there.
  func table(_ number: Int, laptop name: String? = nil, url: String? = nil, isBack: Bool = false) throws
    -> NoteTaker
  {
    let code = isBack ? [] : ["--code", host.codes["notulist van een tafel"] ?? ""]
    let name = name ?? "tafel-\(number)"
    let console = try laptop(name, ["note", url ?? host.url, "--table", "\(number)"] + code, rows: 30)
    if !isBack {
      try console.waitFor("● verbonden")
      // The plan has come.
      try console.waitFor("Enter bewaart als idee")
    }
    return NoteTaker(console: console, table: number, laptop: name)
  }

  func screen() throws -> PTY {
    let screen = try laptop("zaal", ["screen", host.url, "--code", host.codes["scherm in de zaal"] ?? ""])
    try screen.waitFor("Welkom")
    return screen
  }

  // MARK: What must be on the disks

  /// The host's record, byte by byte.
  var record: Data { FileManager.default.contents(atPath: folder + "/record.jsonl") ?? Data() }

  /// What a laptop has of it.
  func copy(_ laptop: String) -> Data? {
    let root = URL(filePath: home(laptop))
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    let copies = (files?.allObjects as? [URL] ?? []).filter {
      $0.lastPathComponent == "record.jsonl" && $0.path.contains("/devices/")
    }
    return copies.count == 1 ? try? Data(contentsOf: copies[0]) : nil
  }

  /// Waits until a laptop has every byte of the record.
  func waitForCopy(of laptop: String, on console: PTY) throws {
    try console.waitUntil("the copy of \(laptop) is the record, byte by byte") {
      let record = record
      return !record.isEmpty && copy(laptop) == record
    }
  }

  /// Expects every line that was typed in the record once, by its table, in the order of each laptop; and the
  /// record to be a good one.
  func expectRecord(of typed: [NoteTaker], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let added = try Journal(folder).lines.filter { $0["type"]?.string == "contribution.added" }
    let all = typed.flatMap { one in one.typed.map { "note-\(one.table) \($0)" } }
    let found = added.map { "\($0["by"]?.string ?? "?") \($0["data"]?["text"]?.string ?? "")" }
    #expect(found.sorted() == all.sorted(), sourceLocation: sourceLocation)
    for one in typed {
      let mine = added.compactMap { $0["data"]?["text"]?.string }.filter { one.typed.contains($0) }
      #expect(mine == one.typed, "in the order of \(one.laptop)", sourceLocation: sourceLocation)
    }
    try place.expectGood(folder, sourceLocation: sourceLocation)
  }

  private static let plan = """
    titel: Werkatelier vervoer
    motto: Samen onderweg
    soort: werkatelier
    taal: nl
    start: "13:00"
    einde: "17:00"
    tijdzone: Europe/Amsterdam
    groepen: [bewoner, zorg, gemeente]
    tafels: {aantal: 3, stoelen: 4-6}
    agenda:
      - {fase: inloop, titel: Inloop met koffie, minuten: 20}
      - {fase: plenair, titel: Opening, minuten: 10}
      - {fase: werkronde, titel: "Ronde 1: verkennen", vraag: "Wat kan beter?", minuten: 40, indeling: opnieuw}
      - {fase: pauze, titel: Pauze, minuten: 15}
      - {fase: werkronde, titel: "Ronde 2: uitwerken", vraag: "Wat is nodig?", minuten: 40, indeling: blijven}
      - {fase: terugkoppeling, titel: Terugkoppeling, minuten: 9, minuten per tafel: 3}
      - {fase: afsluiting, titel: Afsluiting en afspraken, minuten: 15}
    mengen: {kolommen: [{kolom: groep, hoe: spiegelen, gewicht: veel}]}
    soorten bijdragen: [idee, mening, gevoeligheid, stelling, vraag, actie, citaat]
    """
}

/// A table's laptop, with all that was typed on it.
struct NoteTaker {
  let console: PTY
  let table: Int
  let laptop: String
  /// The texts of the new lines, in order.
  private(set) var typed: [String] = []

  init(console: PTY, table: Int, laptop: String, typed: [String] = []) {
    (self.console, self.table, self.laptop, self.typed) = (console, table, laptop, typed)
  }

  /// Types a line and presses Enter; `kind` is the kind's letter, `more` who does it and when.
  mutating func type(_ text: String, kind: Character? = nil, more: String = "") {
    if let kind { console.send("\u{1B}\(kind)") }
    console.send(text + more)
    console.send(.enter)
    typed.append(text)
  }

  /// Waits until the table has so many lines in the record as this laptop knows.
  func waitForLines(_ count: Int) throws {
    try console.waitFor("Tafel \(table) · \(count) regel")
  }

  /// Waits until all that was typed here, and so many lines more, are in the record and the screen says so.
  func waitUntilKept(others: Int = 0) throws {
    try waitForLines(typed.count + others)
    try console.waitFor("✓ in het naslagwerk · Tafel \(table)")
    #expect(!console.text.contains("hier bewaard"), "\(console.report)")
  }

  /// Waits until so many lines stand on the screen as kept on this laptop only.
  func waitForKeptHere(_ count: Int) throws {
    try console.waitFor("\(count) hier bewaard")
    try console.waitUntil("\(count) lines say that they are kept here") {
      console.screen.count { $0.contains("— hier bewaard") } == count
    }
  }

  /// Chooses the line above the field, so many lines up.
  func chooseLine(_ steps: Int = 1) {
    console.send("\u{1B}[1;5A")  // Ctrl-↑
    for _ in 1..<max(1, steps) { console.send(.up) }
  }

  /// Leaves the program in order.
  func leave(sourceLocation: SourceLocation = #_sourceLocation) throws {
    console.send(.controlC)
    // Only while the conference runs it is asked for certain.
    try console.waitUntil("it asks, or ends") {
      console.text.contains("Alles van deze tafel staat in het naslagwerk.") || console.hasExited
    }
    if !console.hasExited { console.send("j") }
    #expect(try console.waitForExit() == 0, sourceLocation: sourceLocation)
    #expect(
      console.modes == console.modesAtStart && !console.isOnAlternateScreen, sourceLocation: sourceLocation)
  }
}
