import CVTerm
import Glibc

/// A program on a terminal of its own, and a pair of eyes on its screen.
///
/// It waits for what it wants to see, never for time: every wait polls the terminal and looks again after each
/// piece of output. The deadline is only there to fail.
public final class PTY {
  /// The process: the leader of its own session, with this terminal.
  public let pid: pid_t
  /// The modes of the terminal before the program began.
  public let modesAtStart: [UInt32]
  /// All that it wrote.
  public private(set) var transcript: [UInt8] = []

  private let master: Int32
  private let emulator: Emulator
  private var status: Int32?

  private static let deadline = 30_000

  /// Starts a program; `argv[0]` is its path.
  public init(
    _ argv: [String], rows: Int = 24, columns: Int = 80, environment: [String: String] = [:]
  ) throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else { throw PTYError("openpty: \(errno)") }
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    close(slave)
    modesAtStart = Self.modes(of: master)
    let all = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]
    .merging(environment) { $1 }
    let spawned = Self.spawn(argv, environment: all.map { "\($0.key)=\($0.value)" }, terminal: path)
    guard let spawned else {
      close(master)
      throw PTYError("\(argv[0]) cannot be started")
    }
    pid = spawned
    self.master = master
    emulator = Emulator(rows: rows, columns: columns)
  }

  deinit {
    if status == nil {
      kill(pid, SIGKILL)
      // It reads as stopped until it is continued.
      kill(pid, SIGCONT)
      waitpid(pid, nil, 0)
    }
    close(master)
  }

  private static func spawn(_ argv: [String], environment: [String], terminal: String) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its controlling one.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let session: Int32 = 0x80  // POSIX_SPAWN_SETSID, which Glibc's headers show to GNU programs only
    posix_spawnattr_setflags(&attributes, Int16(session | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let arguments = argv.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var pid: pid_t = 0
    return posix_spawn(&pid, argv[0], &actions, &attributes, arguments, variables) == 0 ? pid : nil
  }

  // MARK: Hands

  /// Types text, byte for byte.
  public func send(_ text: String) { send(bytes: Array(text.utf8)[...]) }

  /// Sends one byte, which may be a part of a character.
  public func send(byte: UInt8) { send(bytes: [byte]) }

  private func send(bytes: ArraySlice<UInt8>) {
    var bytes = bytes
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
      // A program that echoes much must not wait for us while we wait for it.
      _ = take(waiting: 0)
    }
  }

  /// Presses a key.
  public func send(_ key: Keystroke) { send(key.rawValue) }

  /// Changes the terminal's size, as a user does who drags its window.
  public func resize(rows: Int, columns: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    emulator.resize(rows: rows, columns: columns)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Lets the window be of another size for a moment, too short for the program to see which.
  public func flicker() {
    emulator.flicker()
    signal(SIGWINCH)
  }

  /// Sends a signal to the process.
  public func signal(_ number: Int32) { kill(pid, number) }

  // MARK: Eyes

  /// The rows of the screen, without the spaces at their ends.
  public var screen: [String] { emulator.rows }

  /// The screen as one text.
  public var text: String { screen.joined(separator: "\n") }

  /// Where the cursor stands.
  public var cursor: (row: Int, column: Int) { emulator.cursor }

  /// Returns a cell's look.
  public func cell(_ row: Int, _ column: Int) -> ScreenCell { emulator.cell(row, column) }

  /// Whether the alternate screen is shown, as the last request for it said.
  public var isOnAlternateScreen: Bool {
    let on = lastIndex(of: "\u{1B}[?1049h")
    let off = lastIndex(of: "\u{1B}[?1049l")
    return (on ?? -1) > (off ?? -1)
  }

  /// Returns where a sequence was last written, in bytes from the start, or nil.
  public func lastIndex(of sequence: String) -> Int? {
    let wanted = Array(sequence.utf8)
    guard transcript.count >= wanted.count else { return nil }
    return (0...(transcript.count - wanted.count)).last { transcript[$0...].starts(with: wanted) }
  }

  /// The modes of the terminal: flags and special characters; equal when nothing was changed.
  public var modes: [UInt32] { Self.modes(of: master) }

  private static func modes(of terminal: Int32) -> [UInt32] {
    var modes = termios()
    tcgetattr(terminal, &modes)
    let special = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt32.init) }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + special
  }

  // MARK: Patience

  /// Waits until the screen shows a text.
  public func waitFor(_ text: String) throws {
    try waitUntil("the screen shows \"\(text)\"") { self.text.contains(text) }
  }

  /// Waits until something is so; looks again after each piece of output, and then takes the rest of the frame: what
  /// stands below it on the screen may still be on its way.
  public func waitUntil(_ what: String, _ condition: () -> Bool) throws {
    var left = Self.deadline
    while !condition() {
      switch take(waiting: Self.turn) {
      case .bytes: break
      case .nothing: left -= Self.turn
      case .end:
        guard condition() else { throw PTYError("The program ended before \(what).\n\(report)") }
        return
      }
      guard left > 0 else { throw PTYError("In vain until \(what).\n\(report)") }
    }
    // No more than a frame, also of a program that never stops.
    for _ in 0..<Self.piecesOfFrame {
      guard case .bytes = take(waiting: Self.breath) else { return }
    }
  }

  /// Waits until the program is quiet: it sleeps, all output was read, and for a turn nothing woke it.
  public func waitForIdle() throws {
    var before = ""
    var left = Self.deadline
    while true {
      let taken = take(waiting: Self.turn)
      if case .end = taken { return }
      let now = Self.switches(pid)
      if case .nothing = taken, let now, now == before { return }
      before = now ?? ""
      left -= Self.turn
      guard left > 0 else { throw PTYError("Never quiet.\n\(report)") }
    }
  }

  /// Whether the program ended; its exit status then is what `waitForExit` returns at once.
  public var hasExited: Bool {
    var raw: Int32 = 0
    if status == nil, waitpid(pid, &raw, WNOHANG) == pid {
      status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
    }
    return status != nil
  }

  /// Waits until the program ended and returns its exit status, or 128 + the signal that ended it.
  @discardableResult public func waitForExit() throws -> Int32 {
    var left = Self.deadline
    while status == nil {
      // Output first: a program that cannot write cannot end.
      if case .nothing = take(waiting: 10) { left -= 10 }
      if hasExited { break }
      guard left > 0 else { throw PTYError("It does not end.\n\(report)") }
    }
    while case .bytes = take(waiting: 0) {}
    return status ?? -1
  }

  /// The screen and the end of what was written, for a failure's message.
  public var report: String {
    let end = String(decoding: transcript.suffix(600), as: UTF8.self).unicodeScalars
      .map { Unicode.Scalar($0.value < 0x20 ? 0x2400 + $0.value : $0.value).map(String.init) ?? "" }.joined()
    return (["--- the screen"] + screen + ["--- the last bytes", end]).joined(separator: "\n")
  }

  private static let turn = 25
  /// Milliseconds within which the next piece of a frame comes, and how many pieces a frame has at most.
  private static let (breath, piecesOfFrame) = (5, 40)

  private enum Taken { case bytes, nothing, end }

  private func take(waiting milliseconds: Int) -> Taken {
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, Int32(milliseconds)) > 0 else { return .nothing }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else {
      // Nobody has the terminal open any more; poll would return at once for ever.
      if milliseconds > 0 { poll(nil, 0, Int32(milliseconds)) }
      return .end
    }
    transcript += buffer[..<count]
    // The terminal answers questions ("who are you?") as a real one does.
    let answer = emulator.take(buffer[..<count])
    if !answer.isEmpty { _ = write(master, answer, answer.count) }
    return .bytes
  }

  /// How often each thread of a sleeping process was switched, or nil while one of them runs.
  private static func switches(_ pid: pid_t) -> String? {
    guard let folder = opendir("/proc/\(pid)/task") else { return "" }
    defer { closedir(folder) }
    var result = ""
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.first?.isNumber == true, let file = fopen("/proc/\(pid)/task/\(name)/status", "r") else {
        continue
      }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 256)
      while fgets(&line, 256, file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if text.hasPrefix("State:"), text.contains("R") || text.contains("D") { return nil }
        if text.contains("ctxt_switches") { result += name + text }
      }
    }
    return result
  }
}

/// A key as a terminal sends it to a program that asked for keypad mode.
public enum Keystroke: String, Sendable {
  case up = "\u{1B}OA"
  case down = "\u{1B}OB"
  case right = "\u{1B}OC"
  case left = "\u{1B}OD"
  case home = "\u{1B}OH"
  case end = "\u{1B}OF"
  case pageUp = "\u{1B}[5~"
  case pageDown = "\u{1B}[6~"
  case delete = "\u{1B}[3~"
  case backTab = "\u{1B}[Z"
  case controlLeft = "\u{1B}[1;5D"
  case controlRight = "\u{1B}[1;5C"
  case f1 = "\u{1B}OP"
  case f2 = "\u{1B}OQ"
  case f3 = "\u{1B}OR"
  case f4 = "\u{1B}OS"
  case f5 = "\u{1B}[15~"
  case f6 = "\u{1B}[17~"
  case f7 = "\u{1B}[18~"
  case f8 = "\u{1B}[19~"
  case f9 = "\u{1B}[20~"
  case f10 = "\u{1B}[21~"
  case escape = "\u{1B}"
  case enter = "\r"
  case tab = "\t"
  case backspace = "\u{7F}"
  case controlC = "\u{3}"
  case controlZ = "\u{1A}"
}

/// A wait in vain, or a program that could not be started.
public struct PTYError: Error, CustomStringConvertible {
  /// What was wanted, and what was there instead.
  public let description: String

  init(_ description: String) { self.description = description }
}
