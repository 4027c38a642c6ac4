import ArgumentParser
import Conference
import Console
import Foundation
import Ground
import Host
import Record
import Screen
import Preferences
import Terminal
import Themes

/// Runs the console of a host on the main thread; the program ends when the console is left.
///
/// With `serves` devices are let in at once. `onStart` is called when the screen is there; `lateNotice` is what takes time
/// to find out. Throws the error that ends the program where the terminal cannot be used.
func runConsole(
  _ host: ConferenceHost, theme: Screen.Theme, mouse: Bool, notice: Phrase? = nil,
  lateNotice: @escaping @Sendable () -> Phrase? = { nil }, tour: Tour? = nil,
  serving: Serving? = nil, serves: Bool = false, onStart: @escaping @MainActor () -> Void = {}
) throws -> Never {
  let drafts = draftStore(host)
  let link = link(to: host, drafts, serving)
  try runProgram(theme: theme, mouse: mouse, link: link) { size in
    var model = Model(session: host.session, now: host.now(), size: size, language: language, notice: notice)
    model.tour = tour
    model.restore(drafts: drafts?.load() ?? [:])
    return withChoices(model, theme: theme, mouse)
  } onStart: { program in
    host.listen { lines in
      DispatchQueue.main.async { MainActor.assumeIsolated { program.take(.lines(lines)) } }
    }
    host.keepSealed()
    // Whoever asked for it needs the address and the codes, or why there are none.
    if serves {
      serving?.handle(.open) { devices in
        DispatchQueue.main.async { MainActor.assumeIsolated { program.take(.devices(devices)) } }
      }
    }
    onStart()
    DispatchQueue.global(qos: .utility).async {
      guard let notice = lateNotice() else { return }
      DispatchQueue.main.async { MainActor.assumeIsolated { program.take(.notice(notice)) } }
    }
  } onQuit: {
    drafts?.flush()
    host.close()
  }
}

/// Where half-typed text survives a crash; where it cannot be kept, notes in the record are as safe as ever.
func draftStore(_ host: ConferenceHost) -> DraftStore? {
  DraftStore.standardFolder().map { folder in
    DraftStore(conference: host.id, folder: folder) { complain($0[language]) }
  }
}

/// What a console can ask of a host.
func link(to host: ConferenceHost, _ drafts: DraftStore?, _ serving: Serving? = nil) -> ConsoleLink {
  ConsoleLink(
    submit: { id, command, answer in
      host.submit(command, by: DeviceRole.facilitator.name, cmd: id) { answer(outcome($0)) }
    },
    draw: { id, look, answer in
      host.draw(by: DeviceRole.facilitator.name, cmd: id) { progress in
        look(
          DrawingPicture(
            session: progress.session, best: progress.best, elapsed: progress.elapsed, isDone: progress.isDone
          ))
      } completion: {
        answer(outcome($0))
      }
    }, endDrawing: { id, taking in host.endDrawing(id, taking: taking) },
    continueElsewhere: { path, answer in
      // Copying a record may take a while.
      DispatchQueue.global().async { answer(continueElsewhere(host, path)) }
    },
    isDiskNearlyFull: { host.isDiskNearlyFull },
    now: {
      host.noticeClock()
      return host.now()
    }, remember: remember,
    keepDrafts: { drafts?.save($0) },
    writePapers: { tell in writePapers({ host.session }, beside: host.path, tell) },
    devices: { request, tell in serving?.handle(request, tell) }, theme: themeForConsole, edit: editElsewhere)
}

/// Runs a replay on the main thread; nothing is ever written.
func runReplay(_ replay: Replay, _ options: ScreenOptions) throws -> Never {
  let link = ConsoleLink(
    submit: { _, _, answer in answer(.inRecord) }, draw: { _, _, answer in answer(.inRecord) },
    endDrawing: { _, _ in },
    continueElsewhere: { _, answer in answer(.inRecord) }, isDiskNearlyFull: { false }, now: systemMoment,
    remember: remember, theme: themeForConsole, edit: { _, _ in nil })
  let theme = try options.chosenTheme().theme
  try runProgram(theme: theme, mouse: options.wantsMouse, link: link) { size in
    withChoices(Model(replay: replay, size: size, language: language), theme: theme, options.wantsMouse)
  }
}

/// Gives a model what can be chosen in the program, and what was chosen before.
func withChoices(_ model: Model, theme: Screen.Theme, _ mouse: Bool) -> Model {
  var model = model
  model.themes = themeShelf.entries.map(\.name)
  model.theme = theme.name
  model.isMouseOn = mouse
  model.isSilent = settings.isOn(.bell) == false
  return model
}

func themeForConsole(_ name: String) -> Result<Screen.Theme, ThemeProblem> {
  do throws(ThemeTrouble) {
    return .success(try themeShelf.theme(name))
  } catch {
    return .failure(ThemeProblem(error.phrase))
  }
}

/// Keeps a setting for the next time; one that cannot be kept is no reason to stop.
let remember: @Sendable (String, String, @escaping @Sendable (Phrase) -> Void) -> Void = {
  key, value, tell in
  guard let key = Settings.Key(rawValue: key) else { return }
  // The file is small, but it may stand on a slow disk.
  DispatchQueue.global().async {
    if let problem = Settings.remember(key, value, path: settingsPath) { tell(problem) }
  }
}

private func outcome(_ result: Result<[Line], HostError>) -> ConsoleLink.Outcome {
  switch result {
  case .success: .inRecord
  // Refused before anything was written: the record itself is as good as before.
  case .failure(.record(let error)) where error.isBeforeWriting: .refused(error.phrase, wantsYes: false)
  case .failure(.record(let error)): .trouble(error.phrase)
  case .failure(let error): .refused(error.phrase, wantsYes: error.wantsYes)
  }
}

extension RecordError {
  fileprivate var isBeforeWriting: Bool {
    switch self {
    case .lineTooLong, .invalidDraft, .diskNearlyFull: true
    default: false
    }
  }
}

private func continueElsewhere(_ host: ConferenceHost, _ path: String) -> ConsoleLink.Outcome {
  do throws(RecordError) {
    try host.continueElsewhere(path: path)
    return .inRecord
  } catch {
    return .refused(error.phrase, wantsYes: false)
  }
}

func runProgram(
  theme: Screen.Theme, mouse: Bool, link: ConsoleLink, model: @escaping @MainActor (Size) -> Model,
  onStart: @escaping @MainActor (ConsoleProgram) -> Void = { _ in },
  onQuit: @escaping @MainActor () -> Void = {}
) throws -> Never {
  // The main thread is this one: everything of the console happens on it.
  let program = MainActor.assumeIsolated {
    Result { () throws(TerminalError) in
      try ConsoleProgram(model: model, theme: theme, mouse: mouse, link: link) {
        onQuit()
        Foundation.exit(0)
      }
    }
  }
  switch program {
  case .success(let program):
    MainActor.assumeIsolated {
      onStart(program)
      program.start()
    }
    RunLoop.main.run()
    Foundation.exit(0)
  case .failure(let error): throw failure(.refused, nl: error.phrase.nl, en: error.phrase.en)
  }
}
