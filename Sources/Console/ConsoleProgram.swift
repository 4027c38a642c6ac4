import Conference
import Dispatch
import Ground
import Screen
import Terminal

/// Why a theme cannot be shown.
public struct ThemeProblem: Error, Sendable {
  /// What is wrong and what to do about it.
  public let phrase: Phrase

  /// Creates a problem.
  public init(_ phrase: Phrase) { self.phrase = phrase }
}

/// What the console needs from the host.
public struct ConsoleLink: Sendable {
  /// Tells that a command's lines are in the record, or why not.
  public typealias Answer = @Sendable (Outcome) -> Void

  /// Shows how far a drawing of tables has come.
  public typealias Look = @Sendable (DrawingPicture) -> Void

  /// What came of a command.
  public enum Outcome: Sendable {
    /// It is safe on this laptop, and goes to the host as soon as it can; another answer follows.
    case kept
    /// Its lines are in the record.
    case inRecord
    /// It was refused; `wantsYes`: given deliberately it would be carried out.
    case refused(Phrase, wantsYes: Bool)
    /// The record cannot be written.
    case trouble(Phrase)
  }

  /// What came of writing papers for the hall.
  public enum Papers: Sendable {
    /// They stand in a folder: each file's name, and what it is.
    case written(folder: String, files: [(name: String, what: Phrase)])
    /// They could not be written, and why.
    case failed(Phrase)
  }

  let submit: @Sendable (CommandID, Command, @escaping Answer) -> Void
  let forget: @Sendable (CommandID) -> Void
  let join: @Sendable (String, @escaping @Sendable (Phrase?) -> Void) -> Void
  let draw: @Sendable (CommandID, @escaping Look, @escaping Answer) -> Void
  let endDrawing: @Sendable (CommandID, _ taking: Bool) -> Void
  let continueElsewhere: @Sendable (String, @escaping Answer) -> Void
  let isDiskNearlyFull: @Sendable () -> Bool
  let now: @Sendable () -> Moment
  let remember: @Sendable (String, String, @escaping @Sendable (Phrase) -> Void) -> Void
  let keepDrafts: @Sendable ([String: String]) -> Void
  let devices: @Sendable (DevicesRequest, @escaping @Sendable (HallDevices) -> Void) -> Void
  let theme: @Sendable (String) -> Result<Screen.Theme, ThemeProblem>
  let writePapers: @Sendable (@escaping @Sendable (Papers) -> Void) -> Void
  let edit: @MainActor @Sendable (String, @MainActor (String) -> Bool) -> String?

  /// Creates a link from what it can do; none of it may wait for the disk, but `edit`, which waits for a person.
  ///
  /// `edit` gives a text to a person's own editor, with a closure that lends the terminal for a file and returns
  /// whether that went well; it returns the text as it came back, or nil. `remember` tells what went wrong.
  /// `writePapers` writes table cards and the list of names; a replay writes nothing. `draw` shows the best so
  /// far until `endDrawing` takes it, or gives it up; then there is no answer. `devices` tells how it is with the
  /// devices in the hall once it did what was asked. `forget` keeps a refused command no longer, where such are kept.
  /// `join` asks a host elsewhere to be let in anew, and tells why it was not.
  public init(
    submit: @escaping @Sendable (CommandID, Command, @escaping Answer) -> Void,
    forget: @escaping @Sendable (CommandID) -> Void = { _ in },
    join: @escaping @Sendable (String, @escaping @Sendable (Phrase?) -> Void) -> Void = { _, _ in },
    draw: @escaping @Sendable (CommandID, @escaping Look, @escaping Answer) -> Void,
    endDrawing: @escaping @Sendable (CommandID, _ taking: Bool) -> Void,
    continueElsewhere: @escaping @Sendable (String, @escaping Answer) -> Void,
    isDiskNearlyFull: @escaping @Sendable () -> Bool, now: @escaping @Sendable () -> Moment,
    remember: @escaping @Sendable (String, String, @escaping @Sendable (Phrase) -> Void) -> Void,
    keepDrafts: @escaping @Sendable ([String: String]) -> Void = { _ in },
    writePapers: @escaping @Sendable (@escaping @Sendable (Papers) -> Void) -> Void = { _ in },
    devices: @escaping @Sendable (DevicesRequest, @escaping @Sendable (HallDevices) -> Void) -> Void = {
      _, _ in
    },
    theme: @escaping @Sendable (String) -> Result<Screen.Theme, ThemeProblem>,
    edit: @escaping @MainActor @Sendable (String, @MainActor (String) -> Bool) -> String?
  ) {
    self.submit = submit
    self.forget = forget
    self.join = join
    self.draw = draw
    self.endDrawing = endDrawing
    self.continueElsewhere = continueElsewhere
    self.isDiskNearlyFull = isDiskNearlyFull
    self.now = now
    self.remember = remember
    self.keepDrafts = keepDrafts
    self.devices = devices
    self.theme = theme
    self.writePapers = writePapers
    self.edit = edit
  }
}

/// The console in the real terminal: reads keys, keeps the clocks going, shows the screen.
///
/// It lives on the main thread; the program ends in `RunLoop.main.run()` or `dispatchMain()`.
@MainActor public final class ConsoleProgram {
  private var model: Model
  private let terminal: Terminal
  private var theme: Screen.Theme
  private let link: ConsoleLink
  private let onQuit: @MainActor () -> Void
  private var timer: (any DispatchSourceTimer)?
  private var isDrawDue = false
  private var ticks = 0
  /// The second on the clock that was drawn last.
  private var shownSecond: Int64?
  private var keptDrafts: [String: String] = [:]

  /// Takes the terminal for a console.
  ///
  /// `model` is made once the size of the screen is known; `onQuit` is called when the terminal is given
  /// back. Throws `TerminalError`.
  public init(
    model: (Size) -> Model, theme: Screen.Theme, mouse: Bool, link: ConsoleLink,
    onQuit: @escaping @MainActor () -> Void
  ) throws(TerminalError) {
    terminal = try Terminal(mouse: mouse, noColour: false)
    self.model = model(terminal.size)
    self.theme = theme
    self.link = link
    self.onQuit = onQuit
  }

  /// Shows the first screen and begins to read keys.
  public func start() {
    terminal.start { [weak self] events in
      for event in events.withoutPassedDrags { self?.take(.input(event)) }
    }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    // Four looks a second keep the digits within a quarter of a second of the truth.
    timer.schedule(deadline: .now(), repeating: .milliseconds(250), leeway: .milliseconds(20))
    timer.setEventHandler { [weak self] in
      MainActor.assumeIsolated {
        guard let self else { return }
        self.lookForRoom()
        self.take(.tick(self.link.now()))
      }
    }
    timer.resume()
    self.timer = timer
    draw()
  }

  /// Asks every two seconds how much room the record has.
  private func lookForRoom() {
    ticks += 1
    if ticks % 8 == 1 { take(.room(isNearlyFull: link.isDiskNearlyFull())) }
  }

  /// Takes in what happened, and draws once when all that is due has been taken in.
  public func take(_ occurrence: Occurrence) {
    for effect in model.update(occurrence) { perform(effect) }
    // After an answer too: what is in the record must not come back as half typed.
    if case .tick = occurrence {} else { keepDrafts() }
    if case .tick = occurrence, !model.hasMoved(since: shownSecond) { return }
    guard !isDrawDue else { return }
    isDrawDue = true
    DispatchQueue.main.async { [weak self] in
      MainActor.assumeIsolated { self?.draw() }
    }
  }

  private func keepDrafts() {
    let drafts = model.drafts
    guard drafts != keptDrafts else { return }
    keptDrafts = drafts
    link.keepDrafts(drafts)
  }

  private func draw() {
    isDrawDue = false
    shownSecond = model.second
    terminal.show(model.view(), theme: theme)
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .submit(let id, let command): link.submit(id, command, answer(id))
    case .draw(let id): link.draw(id, look(id), answer(id))
    case .endDrawing(let id, let taking): link.endDrawing(id, taking)
    case .continueElsewhere(let path): link.continueElsewhere(path, answer(.random()))
    case .bell: terminal.bell()
    case .flash: terminal.flash()
    case .mouse(let isOn): terminal.setMouse(isOn)
    case .theme(let name):
      switch link.theme(name) {
      case .success(let theme): self.theme = theme
      case .failure(let problem): take(.notice(problem.phrase))
      }
    case .edit(let text):
      take(.edited(link.edit(text) { [terminal] in terminal.edit(file: $0) == 0 }))
    case .remember(let key, let value):
      link.remember(key, value) { problem in
        DispatchQueue.main.async { [weak self] in
          MainActor.assumeIsolated { self?.take(.notice(problem)) }
        }
      }
    case .writePapers:
      link.writePapers { outcome in
        DispatchQueue.main.async { [weak self] in
          MainActor.assumeIsolated { self?.take(.papers(outcome)) }
        }
      }
    case .devices(let request):
      link.devices(request) { devices in
        DispatchQueue.main.async { [weak self] in
          MainActor.assumeIsolated { self?.take(.devices(devices)) }
        }
      }
    case .forget(let id): link.forget(id)
    case .join(let code):
      link.join(code) { problem in
        DispatchQueue.main.async { [weak self] in
          MainActor.assumeIsolated { self?.take(.joined(problem)) }
        }
      }
    case .suspend: terminal.suspend()
    case .quit: quit()
    }
  }

  /// Answers come on the writer's thread, after the lines that they are about.
  private func answer(_ id: CommandID) -> ConsoleLink.Answer {
    { outcome in
      DispatchQueue.main.async { [weak self] in
        MainActor.assumeIsolated { self?.take(.answer(id, outcome)) }
      }
    }
  }

  /// Pictures are made on the thread of the search.
  private func look(_ id: CommandID) -> ConsoleLink.Look {
    { picture in
      DispatchQueue.main.async { [weak self] in
        MainActor.assumeIsolated { self?.take(.drawing(id, picture)) }
      }
    }
  }

  private func quit() {
    timer?.cancel()
    terminal.close()
    onQuit()
  }
}
