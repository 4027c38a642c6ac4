import Conference
import Ground
import Screen

/// The words on the console that belong to no single command.
enum Texts {
  static let agenda = Phrase(nl: "Programma", en: "Agenda")
  static let remaining = Phrase(nl: "resterend", en: "remaining")
  static let paused = Phrase(nl: "‖ GEPAUZEERD", en: "‖ PAUSED")
  static let prepared = Phrase(nl: "Nog niet begonnen", en: "Not started yet")
  static let closed = Phrase(nl: "Afgesloten", en: "Closed")
  static let closedHint = Phrase(
    nl: "De conferentie is afgesloten; alles staat in het naslagwerk. Notities bijwerken kan nog. q stopt.",
    en: "The conference is closed; everything is in the record. Notes can still be mended. q leaves.")
  static let closedAtTable = Phrase(
    nl: "De conferentie is afgesloten. Notities bijwerken kan nog; Ctrl-C stopt.",
    en: "The conference is closed. Notes can still be mended; Ctrl-C leaves.")
  static let preparedAtTable = Phrase(
    nl: "Het programma begint nog. Noteren kan al: typ hieronder en druk op Enter.",
    en: "The programme has yet to begin. Notes can be taken already: type below and press Enter.")
  static let nothingNext = Phrase(nl: "Hierna: einde", en: "Next: the end")
  static let tablesNotDrawn = Phrase(nl: "Tafels (nog niet ingedeeld)", en: "Tables (not drawn yet)")
  static let tileLegend = Phrase(nl: "mensen/stoelen, bijdragen", en: "people/chairs, contributions")
  static let noTables = Phrase(nl: "Het plan heeft geen tafels.", en: "The plan has no tables.")
  static let absent = Phrase(nl: "afwezig", en: "absent")
  static let noContributions = Phrase(
    nl: "Nog geen bijdragen. Met n typt u er een; 1-9 kiest een tafel.",
    en: "No contributions yet. Press n to type one; 1-9 chooses a table.")
  static let noPeople = Phrase(
    nl: "Nog geen deelnemers. Ctrl-N voegt iemand toe.", en: "No participants yet. Ctrl-N adds one.")
  static let noteHint = Phrase(
    nl: "n: typ een bijdrage voor deze tafel", en: "n: type a contribution for this table")
  static let underway = Phrase(nl: "… onderweg", en: "… under way")
  static let tooSmall = Phrase(nl: "Maak het venster groter", en: "Please enlarge the window")
  static let leaveQuestion = Phrase(
    nl: "Stoppen? Alles staat in het naslagwerk; de klok loopt door.",
    en: "Leave? Everything is in the record; the clock runs on.")
  static let leaveDrawing = Phrase(
    nl: "Stoppen? De tafels die ingedeeld worden zijn nog niet overgenomen.",
    en: "Leave? The tables being drawn were not taken yet.")
  static let closeQuestion = Phrase(
    nl: "Dit is het laatste onderdeel. De conferentie afsluiten?",
    en: "This is the last item. Close the conference?")
  static let noRounds = Phrase(
    nl: "Er komt geen ronde aan tafels meer.", en: "No round at tables is still to come.")
  static let nobodySpeaks = Phrase(nl: "Er is geen tafel aan het woord.", en: "No table has the floor.")
  static let diskNearlyFull = Phrase(nl: "! schijf bijna vol", en: "! disk nearly full")
  static let yesNo = Phrase(nl: "j = ja   n = nee   Esc = terug", en: "y = yes   n = no   Esc = back")
  static let fillIn = Phrase(nl: "Enter = klaar   Esc = terug", en: "Enter = done   Esc = back")
  static let help = Phrase(nl: "Toetsen", en: "Keys")
  static let anyKey = Phrase(nl: "↑ ↓ bladeren   Esc = terug", en: "↑ ↓ scroll   Esc = back")
  static let replaying = Phrase(nl: "TERUGSPELEN", en: "REPLAY")
  static func unreadable(_ count: Int) -> Phrase {
    Phrase(
      nl: count == 1 ? "1 regel onbekend" : "\(count) regels onbekend",
      en: count == 1 ? "1 line unknown" : "\(count) lines unknown")
  }
  /// What is missing in all of a damaged record, or nil.
  static func gaps(_ gaps: [Gap]) -> Phrase? {
    guard !gaps.isEmpty else { return nil }
    let missing = gaps.compactMap(\.missing).reduce(0, +)
    switch missing {
    case 0: return Phrase(nl: "beschadigd", en: "damaged")
    case 1: return Phrase(nl: "1 regel ontbreekt", en: "1 line missing")
    default: return Phrase(nl: "\(missing) regels ontbreken", en: "\(missing) lines missing")
    }
  }
  static let drawn = Phrase(nl: "De tafels zijn ingedeeld.", en: "The tables have been drawn.")
  static let nothingYet = Phrase(nl: "Er is nog niets gekozen.", en: "Nothing has been chosen yet.")
  static let noTrouble = Phrase(
    nl: "Het naslagwerk kan gewoon geschreven worden.", en: "The record can be written as it is.")
  static let noTour = Phrase(nl: "Er loopt geen rondleiding.", en: "No guided tour is going on.")
  static let noEditor = Phrase(
    nl: "De editor kon niet gestart worden. Zet de naam in EDITOR.",
    en: "The editor could not be started. Put its name in EDITOR.")
  /// What to say where the machine's time of day was set, nil where the record does not tell by how much.
  static func clockJumped(_ line: Line) -> Phrase? {
    guard let back = line.payload["back"]?.int, back > .min, line.payload["ahead"] != nil else { return nil }
    let length = abs(back) < 60_000 ? Phrase(same: "\(abs(back) / 1000) s") : lengthPhrase(Interval(back))
    return Phrase(
      nl:
        "De tijd van dit apparaat is \(length.nl) \(back > 0 ? "teruggezet" : "vooruitgezet"). De klokken hier lopen gewoon door.",
      en:
        "This device's time was set \(length.en) \(back > 0 ? "back" : "forward"). The clocks here go on as before."
    )
  }

  static let bellOff = Phrase(nl: "Bel en flits zijn uit.", en: "Bell and flash are off.")
  static let bellOn = Phrase(nl: "Bel en flits zijn aan.", en: "Bell and flash are on.")
  static let mouseOff = Phrase(
    nl: "De muis is uit: de terminal selecteert nu zelf tekst.",
    en: "The mouse is off: the terminal itself selects text now.")
  static let mouseOn = Phrase(nl: "De muis is aan.", en: "The mouse is on.")
  static let discarded = Phrase(nl: "Niet gewijzigd.", en: "Not changed.")

  static func round(_ round: Int, of rounds: Int) -> Phrase {
    Phrase(nl: "ronde \(round) van \(rounds)", en: "round \(round) of \(rounds)")
  }
  static func table(_ number: Int) -> Phrase { Phrase(nl: "Tafel \(number)", en: "Table \(number)") }
  static func tables(round: Int) -> Phrase {
    Phrase(nl: "Tafels · ronde \(round)", en: "Tables · round \(round)")
  }
  static func contributions(_ count: Int) -> Phrase {
    Phrase(nl: "Bijdragen · \(count)", en: "Contributions · \(count)")
  }
  static func contributionCount(_ count: Int) -> Phrase {
    Phrase(
      nl: count == 1 ? "1 bijdrage" : "\(count) bijdragen",
      en: count == 1 ? "1 note" : "\(count) notes")
  }
  static func mended(_ path: String) -> Phrase {
    Phrase(
      nl: "Het naslagwerk gaat verder in het nieuwe bestand. Later verder met: beraad run \(path)",
      en: "The record goes on in the new file. Go on later with: beraad run \(path)")
  }
  static func undoQuestion(_ title: String) -> Phrase {
    Phrase(
      nl: "Ongedaan maken: terug naar ‘\(title)’?", en: "Undo: go back to ‘\(title)’?")
  }
  static func leaveDrafts(_ places: [Phrase]) -> Phrase {
    Phrase(
      nl: "Stoppen? Nog niet bewaard staat er tekst bij: \(places.map(\.nl).joined(separator: ", ")).",
      en: "Leave? There is text not kept yet at: \(places.map(\.en).joined(separator: ", ")).")
  }
  static func search(_ query: String) -> Phrase {
    Phrase(nl: "zoek: \(query)", en: "find: \(query)")
  }
  static func search(_ query: String, found: Int) -> Phrase {
    Phrase(
      nl: search(query).nl + " · " + (found == 0 ? "niemand gevonden" : "\(found) gevonden"),
      en: search(query).en + " · " + (found == 0 ? "nobody found" : "\(found) found"))
  }
  static let nobodyNamed = Phrase(
    nl: "Niemand heet zo. Ctrl-N voegt iemand toe, Esc wist de naam.",
    en: "Nobody has that name. Ctrl-N adds somebody, Esc clears the name.")
  static let searchHint = Phrase(nl: "typ een naam", en: "type a name")
  static func people(_ here: Int, of all: Int) -> Phrase {
    Phrase(nl: "Deelnemers · \(here) van \(all) aanwezig", en: "Participants · \(here) of \(all) present")
  }
  static func presence(_ presence: Presence) -> Phrase {
    switch presence {
    case .expected: Phrase(nl: "verwacht", en: "expected")
    case .present: Phrase(nl: "aanwezig", en: "present")
    case .absent: absent
    }
  }
  static func ofMinutes(_ planned: Int, extra: Int) -> Phrase {
    let sign = extra == 0 ? "" : extra > 0 ? " (+\(extra))" : " (\(extra))"
    return Phrase(nl: "van \(planned) min\(sign)", en: "of \(planned) min\(sign)")
  }
  static func next(_ title: String, at time: String) -> Phrase {
    Phrase(nl: "Hierna: \(title) (\(time))", en: "Next: \(title) (\(time))")
  }
  static func slot(_ table: Int, _ time: String) -> Phrase {
    Phrase(nl: "Tafel \(table) aan het woord: \(time)", en: "Table \(table) reports back: \(time)")
  }
  static func nextTable(_ table: Int) -> Phrase {
    Phrase(nl: "c geeft tafel \(table) het woord", en: "c gives table \(table) the floor")
  }
  static func startHint(_ title: String) -> Phrase {
    Phrase(
      nl: "Spatie start ‘\(title)’. ? toont alle toetsen.", en: "Space starts ‘\(title)’. ? shows all keys.")
  }
  static func changing(_ id: String) -> Phrase {
    Phrase(nl: "Bijdrage \(id) wijzigen", en: "Changing contribution \(id)")
  }
  static func inRecord(_ table: Int?) -> Phrase {
    let place = table.map { Texts.table($0) } ?? Phase.plenary.name
    return Phrase(nl: "✓ in het naslagwerk · \(place.nl)", en: "✓ in the record · \(place.en)")
  }
  static func refused(_ why: Phrase) -> Phrase {
    Phrase(nl: "× niet bewaard: \(why.nl)", en: "× not kept: \(why.en)")
  }
  static func shorten(_ list: [(title: String, minutes: Int)], missing: Int) -> Phrase {
    let items = list.map { "\($0.title) −\($0.minutes)′" }.joined(separator: ", ")
    return missing == 0
      ? Phrase(nl: "Op tijd eindigen: \(items). Doen?", en: "Finish on time: \(items). Do it?")
      : Phrase(
        nl: "Inkorten: \(items). Er blijft \(missing) min te veel. Doen?",
        en: "Shorten: \(items). \(missing) min too much remain. Do it?")
  }
  static func timeIsUp(_ next: String?) -> Phrase {
    Phrase(
      nl: "!! DE TIJD IS OM" + (next.map { " · Spatie start ‘\($0)’" } ?? ""),
      en: "!! TIME IS UP" + (next.map { " · Space starts ‘\($0)’" } ?? ""))
  }
  static func helpAt(_ tables: [Int]) -> Phrase {
    let list = list(tables)
    return tables.count == 1
      ? Phrase(nl: "! HULP bij tafel \(list)", en: "! HELP at table \(list)")
      : Phrase(nl: "! HULP bij tafels \(list)", en: "! HELP at tables \(list)")
  }
  static func silentAt(_ tables: [Int]) -> Phrase {
    let list = list(tables)
    return tables.count == 1
      ? Phrase(nl: "○ stil: tafel \(list)", en: "○ silent: table \(list)")
      : Phrase(nl: "○ stil: tafels \(list)", en: "○ silent: tables \(list)")
  }
  /// The first few numbers, and that there are more.
  private static func list(_ numbers: [Int]) -> String {
    numbers.prefix(8).map(String.init).joined(separator: ", ") + (numbers.count > 8 ? " …" : "")
  }
  static func checkedIn(_ here: Int, of all: Int) -> Phrase {
    Phrase(
      nl: "\(here) van \(all) deelnemers ingecheckt (i)", en: "\(here) of \(all) participants checked in (i)")
  }
  static let noMatch = Phrase(nl: "Niets gevonden.", en: "Nothing found.")
  static let chooseEntry = Phrase(
    nl: "typ om te zoeken   ↑ ↓   Enter = kies   Esc = terug",
    en: "type to search   ↑ ↓   Enter = choose   Esc = back")
  static let closeCard = Phrase(nl: "Enter = verder", en: "Enter = on")
  static func squareTooLarge(_ size: Size) -> Phrase {
    Phrase(
      nl:
        "De QR-code past niet in dit venster: maak het groter (\(max(size.columns + 4, 72)) bij \(size.rows + 5)).",
      en:
        "The QR code does not fit in this window: make it larger (\(max(size.columns + 4, 72)) by \(size.rows + 5))."
    )
  }
  static func newEntry(_ text: String) -> Phrase { Phrase(nl: "nieuw: \(text)", en: "new: \(text)") }
  static func done(_ name: Phrase) -> Phrase { Phrase(nl: "✓ \(name.nl)", en: "✓ \(name.en)") }
  static func message(_ text: String) -> Phrase {
    Phrase(nl: "Bericht: \(text)", en: "Message: \(text)")
  }
  static func expectedEnd(_ time: String) -> Phrase { Phrase(nl: "einde \(time)", en: "end \(time)") }
}
