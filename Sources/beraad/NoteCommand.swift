import ArgumentParser
import Conference
import Ground

/// `beraad note ADDRESS --table 4`: the laptop of a table's note-taker.
struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: say(
      nl: "Noteer voor één tafel, op een eigen laptop; ook als het netwerk wegvalt.",
      en: "Take notes for one table, on a laptop of its own; also when the network fails."),
    discussion: example("beraad note 192.168.1.10 --table 4"))

  @Argument(help: help(nl: "Het adres van de host.", en: "The address of the host."))
  var address: String

  @Option(
    help: help(
      nl: "Het nummer van de tafel; anders wordt ernaar gevraagd.",
      en: "The table’s number; it is asked for otherwise."))
  var table: Int?

  @Option(
    help: help(
      nl: "De code voor notulisten, bij de host met F6; anders wordt ernaar gevraagd.",
      en: "The code for note-takers, at the host with F6; it is asked for otherwise."))
  var code: String?

  @OptionGroup var hostOption: FingerprintOption
  @OptionGroup var options: ScreenOptions

  func validate() throws {
    guard table.map({ $0 > 0 }) ?? true else {
      throw ValidationError(
        say(nl: "Een tafel heeft een nummer vanaf 1.", en: "A table has a number from 1."))
    }
  }

  func run() throws {
    let address = try hostAddress(address)
    try requireTerminal(
      instead: Phrase(
        nl: "Noteren kan alleen in een terminal.", en: "Taking notes needs a terminal."))
    let role = DeviceRole.noteTaker(table: try table ?? askTable())
    let home = try DeviceHome(address, role: role, code: code, fingerprint: hostOption.fingerprint)
    let chosen = try options.chosenTheme()
    try runConsole(
      linked: home, as: role, theme: chosen.theme, mouse: options.wantsMouse, notice: chosen.trouble)
  }

  private func askTable() throws -> Int {
    do {
      return try Dialogue.ask(Phrase(nl: "Het nummer van uw tafel", en: "Your table’s number")) { text in
        guard let number = Int(text), number > 0 else {
          return .failure(
            Dialogue.Misunderstood(nl: "Typ een nummer, zoals 4.", en: "Type a number, such as 4."))
        }
        return .success(number)
      }
    } catch is Dialogue.Left {
      throw failure(
        .usage, nl: "Geef de tafel met --table.", en: "Give the table with --table.")
    }
  }
}
