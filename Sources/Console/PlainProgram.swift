import Dispatch
import Ground

/// The plain console at work: takes lines in, gives commands to the host, says what happens.
///
/// It lives on the main thread. What happens is said at once, on a line of its own, and the prompt comes
/// again below it: what somebody has half typed stays in the terminal's line and goes with Enter. A line waits
/// for the answer to the one before it, so that a script can answer questions.
@MainActor public final class PlainProgram {
  private var console: PlainConsole
  private let link: ConsoleLink
  private let write: (String) -> Void
  private let hasPrompt: Bool
  private let onQuit: @MainActor () -> Void
  private var timer: (any DispatchSourceTimer)?
  private var waiting: [String] = []
  private var isAtEnd = false
  private var isPromptShown = false
  private var hasQuit = false
  private var keptDrafts: [String: String] = [:]

  /// Creates a console that says its lines with `write`; without a prompt where nobody sits at it.
  public init(
    _ console: PlainConsole, link: ConsoleLink, hasPrompt: Bool, write: @escaping (String) -> Void,
    onQuit: @escaping @MainActor () -> Void
  ) {
    self.console = console
    self.link = link
    self.hasPrompt = hasPrompt
    self.write = write
    self.onQuit = onQuit
  }

  /// Says the first lines and begins to follow the clock.
  public func start() {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + 1, repeating: 1)
    timer.setEventHandler { [weak self] in
      MainActor.assumeIsolated {
        guard let self else { return }
        self.take(.tick(self.link.now()))
      }
    }
    timer.resume()
    self.timer = timer
    say()
  }

  /// Takes in a line that was typed; nil: there will be no more.
  public func read(_ line: String?) {
    if let line { waiting.append(line) } else { isAtEnd = true }
    goOn()
  }

  /// Takes in what happened.
  public func take(_ occurrence: Occurrence) {
    guard !hasQuit else { return }
    for effect in console.update(occurrence) { perform(effect) }
    goOn()
  }

  private func goOn() {
    while !hasQuit, let next = waiting.first, !console.isWaiting || console.isForDrawing(next) {
      isPromptShown = false
      // Its time is that of the line.
      _ = console.update(.tick(link.now()))
      let effects = console.read(waiting.removeFirst())
      if effects.isEmpty { say(promptAgain: true) }
      for effect in effects { perform(effect) }
    }
    keepDrafts()
    guard !hasQuit else { return }
    if isAtEnd, waiting.isEmpty, !console.isWaiting { return quit() }
    say(promptAgain: !isPromptShown && !console.isWaiting)
  }

  private func say(promptAgain: Bool = true) {
    let lines = console.lines()
    guard !lines.isEmpty || (promptAgain && !isPromptShown) else { return }
    // What comes while a prompt stands there begins on a line of its own.
    var text = isPromptShown ? "\n" : ""
    for line in lines { text += line + "\n" }
    isPromptShown = hasPrompt && !isAtEnd && !console.isWaiting
    if isPromptShown { text += console.prompt }
    write(text)
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .submit(let id, let command): link.submit(id, command, answer(id))
    case .draw(let id): link.draw(id, look(id), answer(id))
    case .endDrawing(let id, let taking): link.endDrawing(id, taking)
    case .continueElsewhere(let path): link.continueElsewhere(path, answer(.random()))
    case .forget(let id): link.forget(id)
    case .bell: if hasPrompt { write("\u{07}") }
    case .quit: quit()
    // The rest is about a screen.
    case .flash, .mouse, .theme, .edit, .remember, .writePapers, .devices, .join, .suspend: break
    }
  }

  private func answer(_ id: CommandID) -> ConsoleLink.Answer {
    { outcome in
      DispatchQueue.main.async { [weak self] in
        MainActor.assumeIsolated { self?.take(.answer(id, outcome)) }
      }
    }
  }

  private func look(_ id: CommandID) -> ConsoleLink.Look {
    { picture in
      DispatchQueue.main.async { [weak self] in
        MainActor.assumeIsolated { self?.take(.drawing(id, picture)) }
      }
    }
  }

  private func keepDrafts() {
    let drafts = console.drafts
    guard drafts != keptDrafts else { return }
    keptDrafts = drafts
    link.keepDrafts(drafts)
  }

  private func quit() {
    guard !hasQuit else { return }
    hasQuit = true
    timer?.cancel()
    for line in console.lines() { write(line + "\n") }
    onQuit()
  }
}
