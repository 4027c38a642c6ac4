import Ground

/// The words on the room screen that belong to no conference.
enum RoomTexts {
  static let welcome = Phrase(nl: "Welkom", en: "Welcome")
  static let notOpen = Phrase(
    nl: "De conferentie is nog niet geopend.", en: "The conference is not open yet.")
  static let notOpenHint = Phrase(
    nl: "Dit scherm begint vanzelf.", en: "This screen begins by itself.")
  static let timeIsUp = Phrase(nl: "!! DE TIJD IS OM", en: "!! TIME IS UP")
  static let roundOff = Phrase(nl: "afronden", en: "round off")
  static let findName = Phrase(nl: "Zoek uw naam", en: "Find your name")
  static let search = Phrase(nl: "Zoek uw naam:", en: "Find your name:")
  static let searchHint = Phrase(nl: "of typ uw naam", en: "or type your name")
  static let notFound = Phrase(
    nl: "Niet gevonden. Vraag het aan de organisatie.", en: "Not found. Please ask the organisers.")
  static let noSeats = Phrase(
    nl: "De tafels zijn nog niet ingedeeld.", en: "The tables have not been drawn yet.")
  static let message = Phrase(nl: "Bericht", en: "Message")
  static let voteOpen = Phrase(nl: "Nu stemmen", en: "Vote now")
  static let voteClosed = Phrase(nl: "Uitslag", en: "Result")
  static let resultLater = Phrase(
    nl: "De uitslag komt als de stemming sluit.", en: "The result comes when the vote closes.")
  static let nobodySpeaks = Phrase(nl: "Terugkoppeling", en: "Report-back")
  static let thanks = Phrase(nl: "Dank u wel!", en: "Thank you!")
  static let seal = Phrase(nl: "Het zegel van het naslagwerk", en: "The seal of the record")
  static let sealHint = Phrase(
    nl: "Maak een foto. Wie het zegel heeft, kan later nagaan of er iets is veranderd.",
    en: "Take a picture. Whoever has the seal can check later whether anything was changed.")
  static let leave = Phrase(nl: "Het zaalscherm sluiten?", en: "Close the room screen?")
  static let keys = Phrase(nl: "Toetsen van het zaalscherm", en: "Keys of the room screen")

  static func table(_ number: Int) -> Phrase { Phrase(nl: "tafel \(number)", en: "table \(number)") }
  static func speaks(_ number: Int) -> Phrase {
    Phrase(nl: "Tafel \(number) aan het woord", en: "Table \(number) has the floor")
  }
  static func seats(round: Int) -> Phrase {
    Phrase(nl: "Tafels voor ronde \(round)", en: "Tables for round \(round)")
  }
  static func page(_ number: Int, of count: Int) -> Phrase {
    Phrase(nl: "blad \(number) van \(count)", en: "page \(number) of \(count)")
  }
  static func more(_ count: Int) -> Phrase {
    Phrase(nl: "en nog \(count); typ verder", en: "and \(count) more; type on")
  }
  static func dots(_ dots: Int, mayStack: Bool) -> Phrase {
    Phrase(
      nl: "Ieder \(dots) \(dots == 1 ? "stip" : "stippen")" + (mayStack ? ", stapelen mag" : ""),
      en: "\(dots) \(dots == 1 ? "dot" : "dots") each" + (mayStack ? ", stacking allowed" : ""))
  }
  static func figures(_ contributions: Int, tables: Int, people: Int) -> Phrase {
    let nl = [
      contributions == 1 ? "1 bijdrage" : "\(contributions) bijdragen",
      tables == 1 ? "1 tafel" : "\(tables) tafels",
      people == 0 ? nil : people == 1 ? "1 deelnemer" : "\(people) deelnemers",
    ]
    let en = [
      contributions == 1 ? "1 contribution" : "\(contributions) contributions",
      tables == 1 ? "1 table" : "\(tables) tables",
      people == 0 ? nil : people == 1 ? "1 participant" : "\(people) participants",
    ]
    return Phrase(
      nl: nl.compactMap { $0 }.joined(separator: " · "), en: en.compactMap { $0 }.joined(separator: " · "))
  }
}
