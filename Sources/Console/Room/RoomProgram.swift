import Conference
import Dispatch
import Ground
import Screen
import Terminal

/// What the room screen needs from wherever the record is: the time there.
///
/// What happens there comes in by `RoomProgram.take`: the session at first, then lines, and trouble with either.
public struct RoomLink: Sendable {
  let now: @Sendable () -> Moment

  /// Creates a link; `now` gives the host's time and must not wait for anything.
  public init(now: @escaping @Sendable () -> Moment) { self.now = now }
}

/// The room screen in the real terminal: keeps the clocks going, turns the pages, shows the screen.
///
/// It lives on the main thread; the program ends in `RunLoop.main.run()` or `dispatchMain()`.
@MainActor public final class RoomProgram {
  private var model: RoomModel
  private let terminal: Terminal
  private let theme: Screen.Theme
  private let link: RoomLink
  private let onQuit: @MainActor () -> Void
  private var timer: (any DispatchSourceTimer)?
  private let started = DispatchTime.now()
  private var isDrawDue = false
  /// The seconds of both clocks that were drawn last.
  private var shown: [Int64] = []

  /// Takes the terminal for a room screen, which begins with a conference that is not open yet.
  ///
  /// `onQuit` is called when the terminal is given back. Throws `TerminalError`.
  public init(
    language: Language, theme: Screen.Theme, link: RoomLink, onQuit: @escaping @MainActor () -> Void
  ) throws(TerminalError) {
    terminal = try Terminal(mouse: false, noColour: false)
    model = RoomModel(now: link.now(), size: terminal.size, language: language)
    self.theme = theme
    self.link = link
    self.onQuit = onQuit
  }

  /// Shows the first screen and begins to follow the clock.
  public func start() {
    terminal.start { [weak self] events in
      for event in events { self?.take(.input(event)) }
    }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now(), repeating: .milliseconds(250), leeway: .milliseconds(20))
    timer.setEventHandler { [weak self] in
      MainActor.assumeIsolated {
        guard let self else { return }
        self.take(.tick(self.link.now(), watched: self.watched))
      }
    }
    timer.resume()
    self.timer = timer
    draw()
  }

  private var watched: Interval {
    Interval((DispatchTime.now().uptimeNanoseconds - started.uptimeNanoseconds) / 1_000_000)
  }

  /// Takes in what happened, and draws once when all that is due has been taken in.
  public func take(_ occurrence: RoomOccurrence) {
    for effect in model.update(occurrence) {
      switch effect {
      case .suspend: terminal.suspend()
      case .quit: return quit()
      }
    }
    if case .tick = occurrence, shown == model.seconds { return }
    guard !isDrawDue else { return }
    isDrawDue = true
    DispatchQueue.main.async { [weak self] in
      MainActor.assumeIsolated { self?.draw() }
    }
  }

  private func draw() {
    isDrawDue = false
    shown = model.seconds
    terminal.show(model.view(), theme: theme)
  }

  private func quit() {
    timer?.cancel()
    terminal.close()
    onQuit()
  }
}
