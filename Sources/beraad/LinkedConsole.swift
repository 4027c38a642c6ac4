import Conference
import Console
import Device
import Dispatch
import Ground
import Host
import Screen
import Server
import Synchronization
import Wire

/// Runs the console of a host on another laptop, in the role in which that let this one in.
///
/// The program ends when the console is left. Throws the error that ends it where the terminal cannot be used.
func runConsole(
  linked home: DeviceHome, as role: DeviceRole, theme: Screen.Theme, mouse: Bool, notice: Phrase?
) throws -> Never {
  let link = home.link
  let session = Session(folding: EventVersions.released.lifted(home.kept.lines)[...])
  let linked = LinkedHost(home, session)
  let drafts = DraftStore(conference: home.conference, folder: home.folder) { complain($0[language]) }
  let notice = Phrase(joining: home.kept.troubles + [notice].compactMap { $0 })
  try runProgram(theme: theme, mouse: mouse, link: linked.consoleLink(as: role, drafts)) { size in
    var model = Model(
      as: role, session: session, now: link.now(), size: size, language: language, notice: notice)
    for key in model.restore(kept: link.outbox.entries.compactMap { KeptCommand($0) }) {
      link.outbox.forget(key, at: link.now())
    }
    model.restore(drafts: drafts.load())
    return withChoices(model, theme: theme, mouse)
  } onStart: { program in
    link.start { news in
      linked.hear(news)
      DispatchQueue.main.async {
        MainActor.assumeIsolated {
          for occurrence in occurrences(of: news, link) { program.take(occurrence) }
        }
      }
    }
  } onQuit: {
    drafts.flush()
    link.close()
  }
}

/// What a console can ask of a host on another laptop.
private final class LinkedHost: Sendable {
  private let home: DeviceHome
  /// As far as the copy here goes, for what is worked out beside the screen.
  private let session: Mutex<Session>

  init(_ home: DeviceHome, _ session: Session) {
    self.home = home
    self.session = Mutex(session)
  }

  private var link: HostLink { home.link }

  func hear(_ news: LinkNews) {
    guard case .lines(let lines) = news else { return }
    session.withLock { session in
      if lines.first?.seq == 0 { session = Session() }
      for line in lines { try? session.apply(line) }
    }
  }

  func consoleLink(as role: DeviceRole, _ drafts: DraftStore) -> ConsoleLink {
    let link = link
    return ConsoleLink(
      // What becomes of it is told with the link's other news, also after the program began anew.
      submit: { id, command, _ in
        // What is typed can wait for the host; what moves the hall on is for now or never.
        let canWait = role != .facilitator || command.isNote
        if canWait { link.submit(command, key: id) } else { link.submitNow(command, key: id) }
      },
      forget: { id in link.outbox.forget(id, at: link.now()) },
      join: { [home] code, answer in
        // The host may take its time.
        DispatchQueue.global().async { answer(home.joinAgain(code)) }
      },
      draw: draw,
      endDrawing: { [home] id, taking in
        let asked = taking ? DrawingRequest.take : .drop
        link.ask(Wire.drawings(home.conference), key: id, body: asked.json) { _ in }
      },
      continueElsewhere: { _, answer in
        let why = Phrase(
          nl: "Dat kan alleen op de laptop van de host.", en: "Only the host’s own laptop can do that.")
        answer(.refused(why, wantsYes: false))
      },
      isDiskNearlyFull: { false }, now: { link.now() }, remember: remember,
      keepDrafts: { drafts.save($0) },
      writePapers: { [self] tell in
        writePapers({ self.session.withLock { $0 } }, beside: home.folder + "/record.jsonl", tell)
      },
      devices: devices, theme: themeForConsole, edit: editElsewhere)
  }

  // MARK: - Drawings

  @Sendable private func draw(
    _ id: CommandID, look: @escaping ConsoleLink.Look, answer: @escaping ConsoleLink.Answer
  ) {
    link.ask(Wire.drawings(home.conference), key: id, body: DrawingRequest.begin.json) { [self] result in
      follow(id, result, look, answer)
    }
  }

  /// Looks how far the drawing is, some times a second until it is over.
  private func follow(
    _ id: CommandID, _ result: Result<JSONText, WireProblem>, _ look: @escaping ConsoleLink.Look,
    _ answer: @escaping ConsoleLink.Answer
  ) {
    switch result.map({ DrawingCard($0) }) {
    case .failure(let problem): return answer(.refused(problem.phrase, wantsYes: false))
    case .success(nil): return answer(.refused(WireProblem.malformed("state").phrase, wantsYes: false))
    case .success(.taken): return answer(.inRecord)
    case .success(.refused(let why)): return answer(.refused(why, wantsYes: false))
    case .success(.begun): break
    case .success(.found(let rounds, let cost, let bound, let isOptimal, let elapsed, let isDone)):
      let best = DrawnTables(rounds: rounds, cost: cost, bound: bound, isOptimal: isOptimal)
      look(
        DrawingPicture(session: session.withLock { $0 }, best: best, elapsed: elapsed, isDone: isDone))
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(300)) { [self] in
      link.ask(Wire.drawing(id, home.conference)) { [self] in follow(id, $0, look, answer) }
    }
  }

  // MARK: - Devices

  @Sendable private func devices(
    _ request: DevicesRequest, _ tell: @escaping @Sendable (HallDevices) -> Void
  ) {
    let change: DoorChange? =
      switch request {
      case .look, .open: nil
      case .renew: .renew
      case .revoke(let number): .revoke(number)
      }
    let path = change == nil ? Wire.devices(home.conference) : Wire.door(home.conference)
    link.ask(path, body: change?.json) { [home] result in
      switch result.map({ DoorCard($0) }) {
      case .failure(let problem): tell(.trouble(problem.phrase))
      case .success(nil): tell(.trouble(WireProblem.malformed("devices").phrase))
      case .success(let card?): tell(.on(HallDevices.Served(card, at: home.address, known: home.known)))
      }
    }
  }
}

extension HallDevices.Served {
  /// What a host elsewhere tells of its devices.
  ///
  /// With the words and the square as at the host: the tables compare what their laptops show with these.
  fileprivate init(_ card: DoorCard, at address: HostAddress, known: Fingerprint?) {
    let place = ServedPlace(address.host, port: address.port, name: known?.phrase, notice: nil)
    self.init(
      addresses: place.urls, name: place.name, square: place.square,
      codes: card.codes.compactMap { code in
        Door.Purpose(rawValue: code.purpose).map { Code(code: code.code, use: $0.phrase) }
      },
      devices: card.devices.map {
        Device(
          number: $0.number, role: $0.role, address: $0.address, since: $0.since, isConnected: $0.isConnected)
      })
  }
}

/// What a link's news is to the console.
private func occurrences(of news: LinkNews, _ link: HostLink) -> [Occurrence] {
  switch news {
  case .lines(let lines):
    // A copy that begins anew is another conference's from its first line on.
    [
      lines.first?.seq == 0
        ? .anew(Session(folding: EventVersions.released.lifted(lines)[...])) : .lines(lines)
    ]
  case .command(let key, .kept): [.answer(key, .kept)]
  case .command(let key, .inRecord): [.answer(key, .inRecord)]
  case .command(let key, .refused(let why, let wantsYes)): [.answer(key, .refused(why, wantsYes: wantsYes))]
  case .trouble(let phrase): [.notice(phrase)]
  // It was met before the console came.
  case .met: []
  case .state(let state):
    switch state {
    case .connecting: [.host(.looking)]
    case .connected: [.host(.connected(ahead: link.time.ahead))]
    case .away(let since): [.host(.away(since: since))]
    case .notLetIn(let problem): [.host(.shutOut(problem.phrase))]
    case .otherHost:
      [
        .host(
          .shutOut(
            Phrase(
              nl:
                "Op dit adres zit nu een andere laptop; er gaat niets heen. F12: typ de code die daar staat.",
              en: "Another laptop is at this address now; nothing goes to it. F12: type the code shown there."
            )))
      ]
    case .diverged: state.phrase.map { [.notice($0)] } ?? []
    }
  }
}

extension KeptCommand {
  /// Reads what the outbox kept; nil for what this version cannot read.
  fileprivate init?(_ entry: Outbox.Entry) {
    guard let command = try? CommandBody.command(entry.body) else { return nil }
    let refusal: Phrase? = if case .refused(let why, _) = entry.state { why } else { nil }
    self.init(id: entry.key, command: command, refusal: refusal)
  }
}
