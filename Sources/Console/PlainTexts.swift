import Conference
import Ground

/// The words of the plain console.
enum PlainTexts {
  static let welcome = Phrase(
    nl: "Typ wat er gezegd wordt en druk op Enter. Typ ? en Enter voor alle opdrachten.",
    en: "Type what is said and press Enter. Type ? and Enter for all commands.")
  static func youTypeFor(_ place: String, _ kind: String) -> Phrase {
    Phrase(nl: "U typt voor \(place), als \(kind).", en: "You type for \(place), as \(kind).")
  }
  static func question(_ text: String) -> Phrase { Phrase(nl: "Vraag: \(text)", en: "Question: \(text)") }
  static func kept(_ id: String, _ kind: String, _ place: String) -> Phrase {
    Phrase(
      nl: "\(id) staat in het naslagwerk: \(kind), \(place).",
      en: "\(id) is in the record: \(kind), \(place).")
  }
  static func notKept(_ why: Phrase) -> Phrase {
    Phrase(
      nl: "Niet bewaard: \(why.nl) De tekst is er nog; bewaar biedt hem opnieuw aan.",
      en: "Not kept: \(why.en) The text is still there; keep offers it again.")
  }
  static func unkept(_ text: String) -> Phrase {
    Phrase(
      nl: "Nog niet bewaard: \(text). Typ bewaar om dat te doen.",
      en: "Not kept yet: \(text). Type keep to do that.")
  }
  static let elsewhere = Phrase(
    nl: "Verder in een nieuw bestand, op een andere schijf: typ elders en de naam van het bestand.",
    en: "To go on in a new file, on another disk: type elsewhere and the file's name.")
  static let yesOrNo = Phrase(nl: "j of n?", en: "y or n?")
  static let notDone = Phrase(nl: "Niet gedaan.", en: "Not done.")
  static let done = Phrase(nl: "Gedaan.", en: "Done.")
  static let quiet = Phrase(
    nl: "Wat andere tafels inbrengen wordt niet meer verteld.",
    en: "What other tables bring in is no longer told.")
  static let notQuiet = Phrase(
    nl: "Wat andere tafels inbrengen wordt weer verteld.", en: "What other tables bring in is told again.")
  static let noTable = Phrase(
    nl: "Kies eerst een tafel, bijvoorbeeld: tafel 3", en: "Choose a table first, for example: table 3")
  static func callForHelp(_ table: Int) -> Phrase {
    Phrase(
      nl: "De procesbegeleider bij tafel \(table) vragen? (Typ ? voor de opdrachten.)",
      en: "Ask the facilitator to come to table \(table)? (Type ? for the commands.)")
  }
  static func wasSomebodyHere(_ table: Int) -> Phrase {
    Phrase(nl: "Is er iemand bij tafel \(table) geweest?", en: "Did somebody come to table \(table)?")
  }
  static func asksHelp(_ table: Int) -> Phrase {
    Phrase(nl: "Tafel \(table) vraagt om hulp.", en: "Table \(table) asks for help.")
  }
  static func wasHelped(_ table: Int) -> Phrase {
    Phrase(nl: "Tafel \(table) is geholpen.", en: "Table \(table) was helped.")
  }
  static func hasTheFloor(_ table: Int) -> Phrase {
    Phrase(nl: "Tafel \(table) heeft het woord.", en: "Table \(table) has the floor.")
  }
  static let clockStands = Phrase(nl: "De klok staat stil.", en: "The clock stands still.")
  static let clockRuns = Phrase(nl: "De klok loopt weer.", en: "The clock runs again.")
  static func takesNow(_ minutes: Int) -> Phrase {
    Phrase(nl: "Het onderdeel duurt nu \(minutes) minuten.", en: "The item now takes \(minutes) minutes.")
  }
  static let drawing = Phrase(
    nl: "De tafels worden ingedeeld. Typ genoeg om te nemen wat er is.",
    en: "Drawing the tables. Type enough to take what there is.")
  static let drawingGoesOn = Phrase(nl: "Tot nu toe:", en: "So far:")
  static let drawingDone = Phrase(nl: "Klaar:", en: "Done:")
  static let noDrawing = Phrase(
    nl: "Er worden nu geen tafels ingedeeld.", en: "No tables are being drawn now.")
  static let prepared = Phrase(
    nl: "Het programma is nog niet begonnen; volgende begint het.",
    en: "The agenda has not begun; next begins it.")
  static let closed = Phrase(nl: "De conferentie is afgesloten.", en: "The conference is closed.")
  static let isRunning = Phrase(nl: "Nu:", en: "Now:")
  static func nothing(_ place: String) -> Phrase {
    Phrase(nl: "Nog geen bijdragen: \(place).", en: "No contributions yet: \(place).")
  }
  static func timeLeft(_ title: String, _ remaining: Interval, isPaused: Bool) -> Phrase {
    let seconds = Int(abs(remaining) / .seconds(1))
    let (count, nl, en) =
      seconds < 60
      ? (seconds, seconds == 1 ? "seconde" : "seconden", seconds == 1 ? "second" : "seconds")
      : (seconds / 60, seconds < 120 ? "minuut" : "minuten", seconds < 120 ? "minute" : "minutes")
    let stands =
      isPaused ? Phrase(nl: " De klok staat stil.", en: " The clock stands still.") : Phrase(same: "")
    return remaining < 0
      ? Phrase(
        nl: "\(title): \(count) \(nl) over tijd.\(stands.nl)",
        en: "\(title): \(count) \(en) over time.\(stands.en)")
      : Phrase(
        nl: "\(title): nog \(count) \(nl).\(stands.nl)", en: "\(title): \(count) \(en) left.\(stands.en)")
  }

  /// All commands, each in a line.
  static let help: [Phrase] = [
    Phrase(
      nl: "Alles wat geen opdracht is, wordt bewaard als bijdrage van de gekozen tafel.",
      en: "All that is no command is kept as a contribution of the chosen table."),
    Phrase(
      nl:
        "Begin met a: voor een actie, v: voor een vraag, enzovoort; soorten noemt ze. Achter een actie: @Jan >12-12.",
      en:
        "Begin with a: for an action, v: for a question, and so on; kinds names them. Behind an action: @Jan >12-12."
    ),
    Phrase(
      nl: "tafel 3: kies een tafel. plenair: de zaal.", en: "table 3: choose a table. plenary: the hall."),
    Phrase(nl: "soort mening: het soort voor wat volgt.", en: "kind opinion: the kind of what follows."),
    Phrase(
      nl: "tijd, wie, lijst, agenda: hoe laat het is, wie hier zit, wat er staat, wat er komt.",
      en: "time, who, list, agenda: how late it is, who sits here, what was kept, what is to come."),
    Phrase(
      nl: "trek in 12, herstel 12, top 12, uit top 12, wijzig 12: nieuwe tekst.",
      en: "withdraw 12, restore 12, top 12, not top 12, change 12: new text."),
    Phrase(
      nl: "hulp: vraag de procesbegeleider aan tafel, of meld dat er iemand was.",
      en: "help: ask the facilitator to come, or say that somebody came."),
    Phrase(
      nl: "volgende, pauze, verder, +5, -5, op tijd: de klok van de dag.",
      en: "next, pause, resume, +5, -5, on time: the clock of the day."),
    Phrase(
      nl: "deel in, genoeg, roep tafel, einde beurt: de tafels. bericht: tekst voor alle tafels.",
      en: "draw, enough, call table, end turn: the tables. message: a text for all tables."),
    Phrase(
      nl: "herstel tafels, herstel deze ronde: wie zou verhuizen na laatkomers en wegblijvers; vraagt eerst.",
      en: "mend tables, mend this round: who would move after people came late or stayed away; asks first."),
    Phrase(nl: "ongedaan, opnieuw: de laatste handeling.", en: "undo, redo: the last action."),
    Phrase(
      nl: "stil: vertel niet wat andere tafels inbrengen. bewaar: bied aan wat niet bewaard is.",
      en: "quiet: do not tell what other tables bring in. keep: offer what was not kept."),
    Phrase(
      nl: "sluit af: einde van de conferentie. stop: verlaat het programma.",
      en: "close: end the conference. stop: leave the program."),
  ]
}
