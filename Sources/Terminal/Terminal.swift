internal import CCurses
import Dispatch
import Glibc
public import Screen

/// The real terminal: it tells what happens and shows surfaces.
///
/// There is one at a time. The program must have a synchronous `main` that ends in `RunLoop.main.run()` or
/// `dispatchMain()`: with an `async` one the main actor leaves the main thread, and starves with the pool.
/// However the program ends (exit, crash, signal), the terminal is left as it was.
@MainActor public final class Terminal {
  /// Its measure.
  public private(set) var size: Size
  /// How many colours it has, or `none` when none are wanted.
  public let depth: ColourDepth
  /// Whether it is ours: not suspended, not closed.
  ///
  /// While it is not, `show` does nothing.
  public private(set) var isActive = true

  private var handler: (@MainActor ([InputEvent]) -> Void)?
  private var keySource: (any DispatchSourceRead)?
  private var signalSource: (any DispatchSourceRead)?
  private var decoder = InputDecoder()
  private var shown: Surface?
  private var painter: Painter?
  private var isClosed = false

  /// Looks whether there is a terminal that can show screens, and changes nothing.
  ///
  /// Throws `TerminalError`.
  public nonisolated static func check() throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard ccurses_usable() else { throw .unusable(environment("TERM")) }
  }

  /// Takes the terminal.
  ///
  /// - Parameters:
  ///   - mouse: whether to ask for the mouse; then the terminal's own selection needs Shift.
  ///   - noColour: whether to go without colours, as the environment's NO_COLOR also asks.
  public init(mouse: Bool, noColour: Bool) throws(TerminalError) {
    let refuses = noColour || !Self.environment("NO_COLOR").isEmpty
    switch Int(ccurses_open(mouse, !refuses)) {
    case CCURSES_OPENED: break
    case CCURSES_NO_TERMINAL: throw .notATerminal
    default: throw .unusable(Self.environment("TERM"))
    }
    size = Size(rows: Int(ccurses_rows()), columns: Int(ccurses_columns()))
    depth =
      switch ccurses_colours() {
      case ..<8: .none
      case ..<16: .eight
      case ..<256: .sixteen
      case ..<0x1_0000: .many
      default: .direct
      }
  }

  private nonisolated static func environment(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }

  /// Begins to tell what happens: all that is there at a time in one call, on the main thread.
  public func start(_ handler: @escaping @MainActor ([InputEvent]) -> Void) {
    self.handler = handler
    keySource = listen(to: STDIN_FILENO) { $0.readKeys() }
    // SIGWINCH and its like do not make the keyboard readable.
    signalSource = listen(to: ccurses_signal_descriptor()) { $0.readSignals() }
  }

  private func listen(
    to descriptor: Int32, _ body: @escaping @MainActor (Terminal) -> Void
  ) -> any DispatchSourceRead {
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { [weak self] in
      MainActor.assumeIsolated {
        if let self { body(self) }
      }
    }
    source.resume()
    return source
  }

  // MARK: What happens

  private func readKeys() {
    guard isActive else { return }
    var events = drainKeys()
    if events.isEmpty, ccurses_input_ended() {
      // It would be readable for ever.
      keySource?.cancel()
      keySource = nil
      events = [.endOfInput]
    }
    tell(events)
  }

  private func drainKeys() -> [InputEvent] {
    var events: [InputEvent] = []
    while true {
      let event = ccurses_next()
      guard Int(event.kind) != CCURSES_NONE else { return events }
      if let event = decoder.decode(event) { events.append(event) }
    }
  }

  private func readSignals() {
    guard !isClosed else { return }
    var signals: Set<Int32> = []
    while true {
      let number = ccurses_next_signal()
      guard number != 0 else { break }
      signals.insert(number)
    }
    var events: [InputEvent] = []
    if signals.contains(SIGCONT) {
      // Also when someone else stopped us: the shell may have changed the terminal's modes.
      ccurses_resume()
      isActive = true
      shown = nil
      events.append(.resumed)
    }
    if isActive, !signals.isDisjoint(with: [SIGWINCH, SIGCONT]) {
      ccurses_sync_size()
      size = Size(rows: Int(ccurses_rows()), columns: Int(ccurses_columns()))
      // Also where it is the size that it was: a window that shrank and grew again in a moment has lost the rest.
      shown = nil
      events.append(.resized(size))
      events += drainKeys()
    }
    if signals.contains(SIGHUP) { events.append(.hangUp) }
    if !signals.isDisjoint(with: [SIGTERM, SIGINT]) { events.append(.terminate) }
    tell(events)
    if signals.contains(SIGTSTP) { suspend() }
  }

  private func tell(_ events: [InputEvent]) {
    if !events.isEmpty { handler?(events) }
  }

  // MARK: What is shown

  /// Shows a surface; only what changed is sent.
  public func show(_ surface: Surface, theme: Theme) {
    guard isActive else { return }
    var previous = shown?.size == surface.size ? shown : nil
    let painter: Painter
    if let last = self.painter, last.theme == theme {
      painter = last
    } else {
      painter = Painter(theme: theme, depth: depth, isASCII: ccurses_ascii_only())
      previous = nil
    }
    if previous == nil { ccurses_erase() }
    let columns = min(surface.size.columns, size.columns)
    for row in 0..<min(surface.size.rows, size.rows) {
      let start = row * surface.size.columns
      let cells = surface.cells[start..<start + columns]
      guard let previous else {
        painter.paint(cells, row: row, column: 0)
        continue
      }
      let changed = cells.part(otherThan: previous.cells[start..<start + columns])
      painter.paint(changed, row: row, column: changed.startIndex - start)
    }
    if let cursor = surface.cursor, Rect(size).contains(row: cursor.row, column: cursor.column) {
      ccurses_show(Int32(cursor.row), Int32(cursor.column))
    } else {
      ccurses_show(-1, 0)
    }
    shown = surface
    self.painter = painter
  }

  /// Asks for the mouse, or leaves it to the terminal, whose own selection then works without Shift.
  public func setMouse(_ isOn: Bool) { ccurses_set_mouse(isOn) }

  /// Sounds the terminal's bell.
  public func bell() { if isActive { ccurses_bell() } }

  /// Makes the whole screen light up for a moment, or sounds the bell where it cannot.
  public func flash() { if isActive { ccurses_flash() } }

  // MARK: Giving it away

  /// Gives the terminal back and stops the program until the shell wakes it; then `.resumed` is told.
  ///
  /// Do nothing after the call: it may return before the stop takes hold. Where no shell could wake the
  /// program, the bell sounds and it runs on.
  public func suspend() {
    guard isActive else { return }
    isActive = false
    if !ccurses_suspend() {
      isActive = true
      bell()
    }
  }

  /// Lets the user's editor change a file and returns its exit status; 127 when it cannot be run.
  ///
  /// The editor is $VISUAL, else $EDITOR, else vi. Like git the shell reads the value, since it may hold
  /// arguments and quotes: `code --wait`.
  public func edit(file path: String) -> Int32 {
    let editor = ["VISUAL", "EDITOR"].map(Self.environment).first { !$0.isEmpty } ?? "vi"
    // A name that begins with a hyphen is no option.
    let file = path.hasPrefix("-") ? "./" + path : path
    return run(editor: ["/bin/sh", "-c", editor + " \"$@\"", editor, file])
  }

  /// Lends the terminal to a program, waits for it and returns its exit status; 127 when it cannot be run.
  public func run(editor command: [String]) -> Int32 {
    guard isActive, !command.isEmpty else { return 127 }
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    let status = ccurses_run(arguments)
    // Another size is told when its signal is read, as ever.
    shown = nil
    return status
  }

  /// Gives the terminal back as it was, with what was written to stderr meanwhile; again does no harm.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    isActive = false
    keySource?.cancel()
    signalSource?.cancel()
    handler = nil
    ccurses_close()
  }
}

extension ArraySlice<Cell> {
  /// The cells from the first to the last that is not as in `other`, a row with the same indices.
  fileprivate func part(otherThan other: ArraySlice<Cell>) -> ArraySlice<Cell> {
    var (first, end) = (startIndex, endIndex)
    while first < end, self[first] == other[first] { first += 1 }
    while end > first, self[end - 1] == other[end - 1] { end -= 1 }
    // A wide grapheme is painted whole.
    while first > startIndex, first < end, self[first].isRightHalf { first -= 1 }
    while end < endIndex, end > first, self[end].isRightHalf { end += 1 }
    return self[first..<end]
  }
}
