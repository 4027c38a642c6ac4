import Conference
import Ground
import Screen

/// How a console stands with a host that runs elsewhere.
public enum HostSight: Sendable, Equatable {
  /// It looks for the host for the first time.
  case looking
  /// It hears the host; `ahead` is how far this laptop's time of day is ahead of the host's, in milliseconds.
  case connected(ahead: Interval?)
  /// It has not heard the host since this moment.
  case away(since: Moment)
  /// The host is there but does not let it in, and why.
  case shutOut(Phrase)
}

/// A command that a laptop kept when the program last ended there.
public struct KeptCommand: Sendable {
  let id: CommandID
  let command: Command
  /// Why the host refused it; nil while it is still to go there.
  let refusal: Phrase?

  /// Creates it.
  public init(id: CommandID, command: Command, refusal: Phrase?) {
    self.id = id
    self.command = command
    self.refusal = refusal
  }
}

/// What a console is for, and what is so only where its host is another laptop.
struct Station: Sendable {
  /// What may be asked of the host from here.
  var role = DeviceRole.facilitator
  /// How it stands with the host; nil: the host is this very program.
  var host: HostSight?
  /// What was given and is kept on this laptop only, in order; new contributions stand in the note pane.
  var kept: [(id: CommandID, command: Command)] = []
  /// The session as it will be once the host took what is kept here; nil where that changes nothing.
  var expected: Session?

  /// The table whose notes are taken here, and nothing else.
  var table: Int? { if case .noteTaker(let table) = role { table } else { nil } }
}

extension Model {
  /// Creates the model of a console whose host is another laptop, in the role in which that lets it in.
  ///
  /// `session` is as far as the copy here goes.
  public init(
    as role: DeviceRole, session: Session, now: Moment, size: Size, language: Language, notice: Phrase? = nil
  ) {
    self.init(session: session, now: now, size: size, language: language, notice: notice)
    station.role = role
    station.host = .looking
    followStation()
  }

  /// What may be asked of the host from here.
  var role: DeviceRole { station.role }

  /// A session as the one who types expects it: with what is kept here and not in the record yet.
  var expected: Session { station.expected ?? session }

  /// Keeps a note-taker's console at the notes of the own table.
  mutating func followStation() {
    guard station.host != nil else { return }
    if note.kind.isEmpty { note.kind = session.plan?.kinds.first?.id ?? "" }
    guard let table = station.table else { return }
    focus = .note
    isPlenaryNote = false
    if let index = session.tables.firstIndex(where: { $0.number == table }) { tables.selected = index }
  }

  /// Begins anew with another record, after the host's turned out to be another than the copy here.
  mutating func begin(_ session: Session) {
    self.session = session
    tally = TableCounts(session)
    agenda.follow(session)
    expect()
  }

  /// Takes in how it stands with the host.
  mutating func saw(_ sight: HostSight) {
    let before = station.host
    station.host = sight
    if case .connected(let ahead?) = sight, before != sight, abs(ahead) >= Self.clockTolerance {
      say(Texts.clockIsWrong(ahead: ahead), .warning)
    }
    if case .shutOut(let why) = sight, before != sight { say(why, .warning) }
  }

  /// From here on it is told that the laptop's time of day is wrong.
  private static let clockTolerance = Interval.seconds(30)

  // MARK: - What is kept here

  /// Takes in that a command is safe on this laptop, and goes to the host as soon as it can.
  mutating func keptHere(_ id: CommandID) {
    guard let command = underway[id] else { return }
    if asked == id {
      _ = answerPrompt(nil)
      asked = nil
    }
    if let index = note.sent.firstIndex(where: { $0.id == id }) {
      note.sent[index].stage = .kept
    } else {
      station.kept.append((id, command))
      expect()
      if case .amend(let id, _, _) = command, note.edit?.id == id { amended() }
    }
    if case .refused = note.state { return }
    note.state = .kept
  }

  /// Takes in that a command is kept here no more, whatever became of it.
  mutating func settled(_ id: CommandID) {
    guard let index = station.kept.firstIndex(where: { $0.id == id }) else { return }
    station.kept.remove(at: index)
    expect()
  }

  /// How many commands are safe on this laptop and not in the record yet.
  var keptCount: Int { note.sent.count { $0.stage == .kept } + station.kept.count }

  /// Works out what the host will make of what is kept here.
  ///
  /// What it would refuse by then changes nothing; it tells so itself.
  mutating func expect() {
    guard !station.kept.isEmpty else { return station.expected = nil }
    var expected = session
    for (id, command) in station.kept {
      guard let events = try? expected.decide(command, at: now, by: role.name) else { continue }
      for event in events {
        expected.apply(event, Stamp(seq: expected.lastSeq + 1, at: now, by: role.name, cmd: id))
      }
    }
    station.expected = expected
  }

  /// Puts back what this laptop kept when the program last ended there, and returns what need not be kept any more.
  public mutating func restore(kept: [KeptCommand]) -> [CommandID] {
    var done: [CommandID] = []
    for one in kept {
      switch (one.command, one.refusal) {
      case (.contribute(let new), let refusal):
        note.sent.append(
          NotePane.Sent(
            id: one.id, typed: NoteText.typed(new), kind: new.kind, table: new.table,
            stage: refusal.map { .refused($0) } ?? .kept))
      case (_, nil): station.kept.append((one.id, one.command))
      case (.amend(let id, let text, let kind), let refusal?):
        note.sent.append(changeRefused(one.id, of: id, text, kind, refusal))
      case (_, let refusal?):
        say(refusal, .warning)
        done.append(one.id)
      }
      if one.refusal == nil { underway[one.id] = one.command }
    }
    expect()
    return done
  }

  /// A change that was refused, as a line that can be taken up again.
  func changeRefused(
    _ command: CommandID, of id: String, _ text: String, _ kind: String, _ why: Phrase
  ) -> NotePane.Sent {
    let contribution = session.contributionIndex(id).map { session.contributions[$0] }
    return NotePane.Sent(
      id: command, typed: text, kind: kind,
      table: contribution?.table ?? station.table, changes: id, stage: .refused(why))
  }
}

extension Model.Scene {
  /// How it stands with the host, in a few words; nil where the host is here.
  var hostText: (text: String, role: Role)? {
    let kept =
      keptCount == 0
      ? "" : " · " + text(Phrase(nl: "\(keptCount) hier bewaard", en: "\(keptCount) kept here"))
    switch station.host {
    case nil: return nil
    case .looking:
      return ("○ " + text(Phrase(nl: "zoekt de host", en: "looking for the host")) + kept, .paused)
    case .connected: return ("● " + text(Phrase(nl: "verbonden", en: "connected")) + kept, .title)
    case .away(let since):
      let time = session.zone.clock(since)
      return (
        "○ " + text(Phrase(nl: "geen host sinds \(time)", en: "no host since \(time)")) + kept, .paused
      )
    case .shutOut:
      return ("× " + text(Phrase(nl: "niet toegelaten: F12", en: "not let in: F12")) + kept, .alarm)
    }
  }
}

extension Texts {
  static let tablePage = Phrase(
    nl: "Dit is de pagina van uw tafel. Ctrl-C stopt.", en: "This is your table’s page. Ctrl-C leaves.")
  static let noCodeNeeded = Phrase(nl: "Er is nu geen code nodig.", en: "No code is needed now.")
  static let askCode = Phrase(
    nl: "De code van de gespreksleider (F6); zit de host op een andere laptop, dan eerst het adres",
    en: "The facilitator’s code (F6); where the host is another laptop, first its address")
  static let keptHere = Phrase(nl: "hier bewaard", en: "kept here")
  static let changeKeptHere = Phrase(nl: "wijziging hier bewaard", en: "change kept here")

  static func kept(_ count: Int) -> Phrase {
    Phrase(
      nl: "▪ \(count) hier bewaard; gaat vanzelf naar de host",
      en: "▪ \(count) kept here; goes to the host by itself")
  }
  static func leaveDevice(of table: Int?, kept: Int) -> Phrase {
    guard kept > 0 else {
      return table == nil
        ? Phrase(
          nl: "Stoppen? De conferentie loopt door op de host; met --attach komt u terug.",
          en: "Leave? The conference goes on at the host; --attach brings you back.")
        : Phrase(
          nl: "Stoppen? Alles van deze tafel staat in het naslagwerk.",
          en: "Leave? All of this table is in the record.")
    }
    return Phrase(
      nl:
        "Stoppen? \(kept) staat alleen nog op deze laptop, en gaat naar de host als Beraad hier weer start.",
      en: "Leave? \(kept) is on this laptop only, and goes to the host when Beraad starts here again.")
  }
  static func clockIsWrong(ahead: Interval) -> Phrase {
    let minutes = (abs(ahead) + .seconds(30)) / .minutes(1)
    let (amount, english) =
      minutes == 0 ? ("een halve minuut", "half a minute") : ("\(minutes) min", "\(minutes) min")
    return ahead > 0
      ? Phrase(
        nl: "De klok van deze laptop loopt \(amount) voor; hier telt de tijd van de host.",
        en: "This laptop’s clock is \(english) fast; the host’s time counts here.")
      : Phrase(
        nl: "De klok van deze laptop loopt \(amount) achter; hier telt de tijd van de host.",
        en: "This laptop’s clock is \(english) slow; the host’s time counts here.")
  }
}
