import ArgumentParser
import Conference
import Console
import Foundation
import Ground
import Host
import Record
import Screen
import Terminal
import Themes

/// Runs the console of a host on the main thread; the program ends when the console is left.
///
/// `onStart` is called when the screen is there. Throws the error that ends the program where the terminal
/// cannot be used.
func runConsole(
  _ host: ConferenceHost, theme: Screen.Theme, mouse: Bool, notice: Phrase? = nil,
  tour: Tour? = nil, onStart: @escaping @MainActor () -> Void = {}
) throws -> Never {
  let link = ConsoleLink(
    submit: { id, command, answer in
      host.submit(command, by: Model.operatorName, cmd: id) { answer(outcome($0)) }
    },
    draw: { id, answer in host.draw(by: Model.operatorName, cmd: id) { answer(outcome($0)) } },
    continueElsewhere: { path, answer in
      // Copying a record may take a while.
      DispatchQueue.global().async { answer(continueElsewhere(host, path)) }
    },
    isDiskNearlyFull: { host.isDiskNearlyFull }, now: host.now, theme: themeForConsole, edit: editElsewhere)
  try runProgram(theme: theme, mouse: mouse, link: link) { size in
    var model = Model(session: host.session, now: host.now(), size: size, language: language, notice: notice)
    model.tour = tour
    return withChoices(model, theme: theme)
  } onStart: { program in
    host.listen { lines in
      DispatchQueue.main.async { MainActor.assumeIsolated { program.take(.lines(lines)) } }
    }
    onStart()
  } onQuit: {
    host.close()
  }
}

/// Runs a replay of lines on the main thread; nothing is ever written.
func runReplay(_ lines: [Line], _ options: ScreenOptions) throws -> Never {
  let link = ConsoleLink(
    submit: { _, _, answer in answer(.inRecord) }, draw: { _, answer in answer(.inRecord) },
    continueElsewhere: { _, answer in answer(.inRecord) }, isDiskNearlyFull: { false }, now: systemMoment,
    theme: themeForConsole, edit: { _, _ in nil })
  let theme = try options.chosenTheme()
  try runProgram(theme: theme, mouse: !options.noMouse, link: link) { size in
    withChoices(Model(replaying: lines, size: size, language: language), theme: theme)
  }
}

/// Gives a model the themes from which can be chosen in the program.
private func withChoices(_ model: Model, theme: Screen.Theme) -> Model {
  var model = model
  model.themes = Themes.names
  model.theme = theme.name
  return model
}

private func themeForConsole(_ name: String) -> Result<Screen.Theme, ThemeProblem> {
  do throws(ThemeError) {
    return .success(try Screen.Theme.parse(Themes.text(name) ?? "", name: name))
  } catch {
    return .failure(ThemeProblem(error.phrase))
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

private func runProgram(
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
