import Conference
import Ground

/// The words of note-taking.
extension Texts {
  static let noTableHere = Phrase(
    nl: "De plenaire zaal heeft geen tafel; kies er een met Tab.",
    en: "The plenary has no table; choose one with Tab.")
  static let noAction = Phrase(
    nl: "Alleen een actie heeft iemand die haar doet; kies eerst het soort.",
    en: "Only an action has somebody who does it; choose the kind first.")
  static let noPlanYet = Phrase(
    nl: "Het programma komt nog van de host. Druk straks nog eens op Enter.",
    en: "The plan is still to come from the host. Press Enter again in a moment.")
  static let allKept = Phrase(nl: "Alles is bewaard.", en: "All is kept.")
  static let notKeptYet = Phrase(
    nl: "Deze regel staat nog niet in het naslagwerk.", en: "This line is not in the record yet.")
  static let discardedText = Phrase(
    nl: "Niet gewijzigd; Ctrl-V zet wat u typte in een veld.",
    en: "Not changed; Ctrl-V puts what you typed into a field.")
  static let cutShort = Phrase(
    nl: "het programma stopte eerder", en: "the program stopped before")
  static let askOwner = Phrase(
    nl: "Wie, en wanneer? Bijvoorbeeld: Jan > 12 december",
    en: "Who, and by when? For example: Jan > 12 December")
  static let noDate = Phrase(
    nl: "Dat is geen datum. Typ bijvoorbeeld: Jan > 12-12",
    en: "That is no date. Type for example: Jan > 12-12")

  static func pasted(_ count: Int) -> Phrase {
    Phrase(
      nl: "U plakt \(count) regels. Wat moet het worden?", en: "You paste \(count) lines. What shall they be?"
    )
  }
  static func keepEach(_ count: Int) -> Phrase {
    Phrase(
      nl: "Elke regel een bijdrage: \(count) bijdragen", en: "Each line a contribution: \(count) of them")
  }
  static let keepTogether = Phrase(
    nl: "Samen één bijdrage: alles komt in het veld", en: "One contribution together: all goes into the field"
  )
  static let keepNothing = Phrase(
    nl: "Terug (Ctrl-V plakt het alsnog)", en: "Back (Ctrl-V pastes it all the same)")

  // MARK: The page

  static let atTable = Phrase(nl: "Aan tafel: ", en: "At the table: ")
  static let notSeated = Phrase(
    nl: "De tafels zijn nog niet ingedeeld.", en: "The tables have not been drawn yet.")
  static let nobodySits = Phrase(nl: "Aan deze tafel zit niemand.", en: "Nobody sits at this table.")
  static let plenaryPlace = Phrase(
    nl: "Plenaire zaal: wat u typt hoort bij geen tafel.", en: "Plenary: what you type belongs to no table.")
  static let callsForHelp = Phrase(nl: "! HULP gevraagd", en: "! HELP asked for")
  static let noLines = Phrase(
    nl:
      "Nog geen regels. Typ hieronder wat er gezegd wordt en druk op Enter: dan staat het in het naslagwerk.",
    en: "No lines yet. Type below what is said and press Enter: then it is in the record.")
  static let withdrawn = Phrase(nl: "ingetrokken", en: "withdrawn")
  static let kinds = Phrase(nl: "Soorten: Alt met de letter", en: "Kinds: Alt with the letter")
  static let keys = Phrase(nl: "Zo werkt het", en: "How it works")
  static let editingHint = Phrase(
    nl: "Enter bewaart de wijziging · Esc laat de bijdrage zoals zij was",
    en: "Enter keeps the change · Esc leaves the contribution as it was")
  static let lineHint = Phrase(
    nl: "Enter wijzigt · * top drie · Ctrl-X trekt in · Ctrl-↑ Ctrl-↓ verplaatst",
    en: "Enter changes · * top three · Ctrl-X withdraws · Ctrl-↑ Ctrl-↓ moves")

  static func lines(_ count: Int) -> Phrase {
    Phrase(
      nl: "\(count) \(count == 1 ? "regel" : "regels") · ✓ in het naslagwerk · ★ top drie",
      en: "\(count) \(count == 1 ? "line" : "lines") · ✓ in the record · ★ top three")
  }
  static func messageAt(_ time: String, _ text: String) -> Phrase {
    Phrase(nl: "» Bericht \(time): \(text)", en: "» Message \(time): \(text)")
  }
  static func underway(_ count: Int) -> Phrase {
    count < 2 ? underway : Phrase(nl: "… \(count) onderweg", en: "… \(count) under way")
  }
  static func notKept(_ why: Phrase) -> Phrase {
    Phrase(nl: "niet bewaard: \(why.nl)", en: "not kept: \(why.en)")
  }
  static func enterKeeps(_ kind: Phrase) -> Phrase {
    Phrase(
      nl: "Enter bewaart als \(kind.nl) · Alt-Enter nieuwe regel · ↑ wijzigt een eerdere regel",
      en: "Enter keeps it as \(kind.en) · Alt-Enter new line · ↑ changes an earlier line")
  }
  /// What Enter will keep as an action, as far as it was understood.
  static func enterKeeps(_ kind: Phrase, owner: String?, due: CalendarDate?, strange: String?) -> Phrase {
    if let strange {
      return Phrase(
        nl: "‘\(strange)’ is geen datum en blijft tekst · zo wel: >12-12",
        en: "‘\(strange)’ is no date and stays text · write: >12-12")
    }
    guard owner != nil || due != nil else {
      return Phrase(
        nl: "Enter bewaart als \(kind.nl) · wie en wanneer: @Jan >12-12, of Ctrl-O",
        en: "Enter keeps it as \(kind.en) · who and when: @Jan >12-12, or Ctrl-O")
    }
    return Phrase(
      nl: "Enter bewaart als \(kind.nl) · wie: \(owner ?? "–") · wanneer: \(due?.phrase.nl ?? "–")",
      en: "Enter keeps it as \(kind.en) · who: \(owner ?? "–") · by: \(due?.phrase.en ?? "–")")
  }
}
