import Conference
import Console
import Device
import Dispatch
import Ground
import Host
import Screen
import Wire

/// Runs the console of a host on another laptop, in the role in which that let this one in.
///
/// The program ends when the console is left. Throws the error that ends it where the terminal cannot be used.
func runConsole(
  linked home: DeviceHome, as role: DeviceRole, theme: Screen.Theme, mouse: Bool, notice: Phrase?
) throws -> Never {
  let link = home.link
  let session = Session(folding: EventVersions.released.lifted(home.kept.lines)[...])
  let drafts = DraftStore(conference: home.conference, folder: home.folder) { complain($0[language]) }
  let notice = Phrase(joining: home.kept.troubles + [notice].compactMap { $0 })
  try runProgram(theme: theme, mouse: mouse, link: consoleLink(home, drafts)) { size in
    var model = Model(
      as: role, session: session, now: link.now(), size: size, language: language, notice: notice)
    for key in model.restore(kept: link.outbox.entries.compactMap { KeptCommand($0) }) {
      link.outbox.forget(key, at: link.now())
    }
    model.restore(drafts: drafts.load())
    return withChoices(model, theme: theme, mouse)
  } onStart: { program in
    link.start { news in
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
private func consoleLink(_ home: DeviceHome, _ drafts: DraftStore) -> ConsoleLink {
  let link = home.link
  let elsewhere = Phrase(
    nl: "Dat kan alleen op de laptop van de host.", en: "Only the host’s own laptop can do that.")
  return ConsoleLink(
    // What becomes of it is told with the link's other news, also after the program began anew.
    submit: { id, command, _ in link.submit(command, key: id) },
    forget: { id in link.outbox.forget(id, at: link.now()) },
    join: { code, answer in
      // The host may take its time.
      DispatchQueue.global().async { answer(home.joinAgain(code)) }
    },
    draw: { _, _, answer in answer(.refused(elsewhere, wantsYes: false)) }, endDrawing: { _, _ in },
    continueElsewhere: { _, answer in answer(.refused(elsewhere, wantsYes: false)) },
    isDiskNearlyFull: { false }, now: { link.now() }, remember: remember,
    keepDrafts: { drafts.save($0) }, theme: themeForConsole, edit: editElsewhere)
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
  case .state(let state):
    switch state {
    case .connecting: [.host(.looking)]
    case .connected: [.host(.connected(ahead: link.time.ahead))]
    case .away(let since): [.host(.away(since: since))]
    case .notLetIn(let problem): [.host(.shutOut(problem.phrase))]
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
