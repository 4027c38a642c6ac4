import Glibc
import PTYKit
import Testing

/// The real terminal module in a real program on a pseudo-terminal.
///
/// One at a time: each looks at a process and its signals.
@Suite(.serialized) struct TerminalTests {
  /// Starts the probe, which lies beside the test bundle.
  func start(
    _ arguments: [String] = [], rows: Int = 24, columns: Int = 80, environment: [String: String] = [:]
  ) throws -> PTY {
    let pty = try PTY([Self.probe] + arguments, rows: rows, columns: columns, environment: environment)
    try pty.waitFor("size \(rows)x\(columns)")
    return pty
  }

  static let probe =
    (CommandLine.arguments.first ?? "").split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/TerminalProbe"

  func quit(_ pty: PTY) throws {
    pty.send("q")
    #expect(try pty.waitForExit() == 0)
    #expect(!pty.isOnAlternateScreen)
  }

  // MARK: Keys

  @Test(arguments: [
    (Keystroke.up, "↑"), (.down, "↓"), (.left, "←"), (.right, "→"), (.home, "Home"), (.end, "End"),
    (.pageUp, "PgUp"), (.pageDown, "PgDn"), (.delete, "Del"), (.backTab, "Shift-Tab"), (.escape, "Esc"),
    (.enter, "Enter"), (.tab, "Tab"), (.backspace, "Backspace"), (.controlLeft, "Ctrl-←"),
    (.controlRight, "Ctrl-→"), (.controlC, "Ctrl-C"), (.f4, "F4"),
  ]) func keysHaveTheirNames(key: Keystroke, name: String) throws {
    let pty = try start()
    pty.send(key)
    try pty.waitFor("1 key \(name).")
  }

  @Test(arguments: [
    ("\u{1B}[A", "↑"), ("\u{1B}x", "Alt-x"), ("\u{1B}é", "Alt-é"), ("\u{1B}\r", "Alt-Enter"),
    ("\u{1B}\u{7F}", "Alt-Backspace"), ("\u{1B}\u{1B}OD", "Ctrl-←"), ("\u{1B}[1;3C", "Ctrl-→"),
    ("\u{0}", "Ctrl-Space"), ("\u{11}", "Ctrl-Q"), ("\u{13}", "Ctrl-S"), ("\n", "Ctrl-J"),
    ("\u{8}", "Ctrl-H"),
    ("\u{1C}", "Ctrl-\\"), ("é", "é"), ("😀", "😀"), ("日", "日"), (" ", "Space"),
  ]) func sequencesAreKeys(sequence: String, name: String) throws {
    let pty = try start()
    pty.send(sequence)
    try pty.waitFor("1 key \(name).")
  }

  @Test(arguments: [
    ("[1;2D", "Shift-←"), ("[1;2C", "Shift-→"), ("[1;2A", "Shift-↑"), ("[1;2B", "Shift-↓"),
    ("[1;2H", "Shift-Home"), ("[1;2F", "Shift-End"), ("[1;5A", "Ctrl-↑"), ("[1;5B", "Ctrl-↓"),
    ("[1;5H", "Ctrl-Home"), ("[1;5F", "Ctrl-End"), ("[1;6D", "Shift-Ctrl-←"), ("[1;6C", "Shift-Ctrl-→"),
    ("[1;6H", "Shift-Ctrl-Home"), ("[1;6F", "Shift-Ctrl-End"), ("[1;3A", "Ctrl-↑"), ("[1;4D", "Shift-Ctrl-←"),
  ]) func keysMayComeWithShiftAndControl(sequence: String, name: String) throws {
    // With the names of terminfo, and where terminfo has none.
    for terminal in ["xterm-256color", "tmux-256color", "screen", "linux"] {
      let pty = try start(environment: ["TERM": terminal])
      pty.send("\u{1B}" + sequence)
      try pty.waitFor("1 key \(name).")
    }
  }

  @Test(arguments: [("[24~", "F12"), ("[1;2P", "F13"), ("\u{1B}[A", "Ctrl-↑"), ("\u{1B}[B", "Ctrl-↓")])
  func otherKeysHaveTheirNames(sequence: String, name: String) throws {
    let pty = try start()
    pty.send("\u{1B}" + sequence)
    try pty.waitFor("1 key \(name).")
  }

  @Test func aCharacterMayComeInPieces() throws {
    let pty = try start()
    for byte in Array("é".utf8) {
      pty.send(byte: byte)
      try pty.waitForIdle()
    }
    try pty.waitFor("1 key é")
    pty.send(byte: 0xC3)
    pty.send("x")
    try pty.waitFor("key x")
  }

  @Test func manyKeysComeInOrder() throws {
    let pty = try start()
    pty.send("abcdefghij")
    try pty.waitFor("10 key j")
    #expect(pty.screen[2].hasPrefix("1 key a") && pty.screen[6].hasPrefix("5 key e"))
  }

  @Test func aPasteIsNoKeys() throws {
    let pty = try start()
    pty.send("\u{1B}[200~een\rtwee\r\nq 日本\tdrie\u{1B}[201~x")
    try pty.waitFor("1 paste een␊twee␊q 日本 drie.")
    try pty.waitFor("2 key x")
  }

  @Test func aPasteOfManyLinesComesWhole() throws {
    let pty = try start()
    let lines = (1...400).map { "regel \($0) met é en 日本" }.joined(separator: "\r")
    pty.send("\u{1B}[200~" + lines + "\u{1B}[201~x")
    try pty.waitFor("2 key x")
    try pty.waitFor("1 paste regel 1 met é en 日本␊regel 2")
  }

  @Test func theMouseIsThereWhenAskedFor() throws {
    let pty = try start(["mouse"])
    pty.send("\u{1B}[<0;5;3M\u{1B}[<32;6;3M\u{1B}[<0;6;3m\u{1B}[<64;70;9M\u{1B}[<65;70;9M")
    try pty.waitFor("1 mouse press 2,4")
    try pty.waitFor("2 mouse drag 2,5")
    try pty.waitFor("3 mouse release 2,5")
    try pty.waitFor("4 mouse wheelUp 8,69")
    try pty.waitFor("5 mouse wheelDown 8,69")
    try quit(pty)
    let (on, off) = (
      pty.lastIndex(of: "\u{1B}[?1000;1002;1006h"), pty.lastIndex(of: "\u{1B}[?1000;1002;1006l")
    )
    #expect((on ?? .max) < (off ?? -1))
  }

  @Test func otherButtonsDoNothing() throws {
    let pty = try start(["mouse"])
    // The middle one, the right one, one dragged, and a wheel's release.
    pty.send("\u{1B}[<1;5;3M\u{1B}[<1;5;3m\u{1B}[<2;5;3M\u{1B}[<34;5;4M\u{1B}[<64;5;4mx")
    try pty.waitFor("1 key x.")
  }

  @Test func theMouseIsTurnedOnAndOff() throws {
    let pty = try start()
    let (on, off) = ("\u{1B}[?1000;1002;1006h", "\u{1B}[?1000;1002;1006l")
    pty.send(.f8)
    try pty.waitFor("1 key F8")
    #expect(pty.lastIndex(of: on) != nil && pty.lastIndex(of: off) == nil)
    pty.send(.f8)
    try pty.waitFor("2 key F8")
    let last = try #require(pty.lastIndex(of: off))
    try quit(pty)
    #expect(pty.lastIndex(of: off) == last)
  }

  @Test(arguments: [Keystroke.f1, .f3, .f6, .controlZ]) func theMouseIsGivenBack(key: Keystroke) throws {
    // After a crash, for an editor, at an exit without close, for the shell.
    let pty = try PTY(["/bin/sh", "-c", shell, Self.probe])
    try pty.waitFor("size 24x80")
    pty.send(.f8)
    try pty.waitFor("1 key F8")
    pty.send(key)
    try pty.waitFor(key == .f3 ? "BORROWED" : "STOPPED")
    let (on, off) = ("\u{1B}[?1000;1002;1006h", "\u{1B}[?1000;1002;1006l")
    #expect((pty.lastIndex(of: on) ?? .max) < (pty.lastIndex(of: off) ?? -1))
    guard key == .f3 || key == .controlZ else { return }
    pty.send(.enter)
    try pty.waitFor(key == .f3 ? "status 7" : "resumed")
    #expect((pty.lastIndex(of: on) ?? -1) > (pty.lastIndex(of: off) ?? .max))
  }

  @Test func theMouseIsLeftAloneOtherwise() throws {
    let pty = try start()
    try quit(pty)
    #expect(pty.lastIndex(of: "[?1000") == nil)
  }

  // MARK: The screen

  @Test func wideTextLinesUp() throws {
    let pty = try start()
    try pty.waitFor("日本 é 😀 é|")
    #expect(pty.cell(1, 11).text == "|")
    try pty.waitUntil("the cursor stands on row 1") { pty.cursor == (1, 0) }
    pty.send("x")
    try pty.waitFor("1 key x")
    try pty.waitUntil("the cursor stands on row 2") { pty.cursor == (2, 0) }
  }

  @Test func rolesHaveTheirLooks() throws {
    let pty = try start(["mono"])
    try pty.waitFor("sensitive")
    #expect(pty.cell(6, 68) == ScreenCell(text: "s", isBold: false, isReverse: true, isUnderlined: false))
    let alarm = try #require(pty.screen.firstIndex { $0.contains("alarm") })
    #expect(pty.cell(alarm, 68) == ScreenCell(text: "a", isBold: true, isReverse: true, isUnderlined: false))
  }

  @Test func sizesDownToOneCell() throws {
    let pty = try start()
    for (rows, columns) in [(10, 40), (1, 1), (2, 3), (30, 100), (1, 200), (60, 200), (24, 80)] {
      pty.resize(rows: rows, columns: columns)
      if columns > 20 { try pty.waitFor("size \(rows)x\(columns)") }
      try pty.waitForIdle()
    }
    try pty.waitFor("size 24x80")
    try pty.waitFor("resized 24x80")
    try quit(pty)
  }

  @Test func aChangedRowIsAllThatIsSent() throws {
    let pty = try start(rows: 60, columns: 200)
    try pty.waitForIdle()
    let before = pty.transcript.count
    pty.send("x")
    try pty.waitFor("1 key x")
    try pty.waitForIdle()
    #expect(pty.transcript.count - before < 120)
    let idle = pty.transcript.count
    try pty.waitForIdle()
    #expect(pty.transcript.count == idle)
  }

  @Test(arguments: [(24, 80), (60, 200)]) func anUnchangedScreenSendsNothing(rows: Int, columns: Int) throws {
    let pty = try start(["list"], rows: rows, columns: columns)
    pty.send("x")
    try pty.waitFor("1 key x")
    try pty.waitForIdle()
    let before = pty.transcript.count
    pty.send(.f10)
    pty.send(.f10)
    try pty.waitForIdle()
    #expect(pty.transcript.count == before, "\(pty.report)")
  }

  @Test(arguments: ["dark", "mono"]) func aMovedSelectionIsCheap(theme: String) throws {
    let pty = try start(["list", theme], rows: 60, columns: 200)
    try pty.waitForIdle()
    let before = pty.transcript.count
    pty.send(.down)
    try pty.waitUntil("the next row is selected") { pty.transcript.count > before }
    try pty.waitForIdle()
    #expect(pty.transcript.count - before <= 200)
  }

  /// Each size is told by a signal of its own, and all that wait are one event and one drawing.
  @Test func aBurstOfSizesIsToldOnce() throws {
    let pty = try start()
    pty.send(.f3)
    try pty.waitFor("BORROWED")
    for columns in 60...99 { pty.resize(rows: 20, columns: columns) }
    pty.send(.enter)
    try pty.waitFor("size 20x99")
    try pty.waitForIdle()
    #expect(
      pty.screen.filter { $0.contains("resized") }.map { $0.prefix { $0 != "." } } == ["3 resized 20x99"])
  }

  @Test func textCannotSteerTheTerminal() throws {
    let pty = try start()
    pty.send("\u{1B}[200~\u{7}\u{9B}31m\u{90}q\u{202E}om\u{1B}[201~x")
    try pty.waitFor("2 key x")
    try pty.waitFor("1 paste ␇�31m�q�om.")
  }

  // MARK: Terminals

  @Test(arguments: ["vt100", "vt220", "ansi"]) func oldTerminalsGetASCII(name: String) throws {
    let pty = try start(["dark"], environment: ["TERM": name, "LANG": "C"])
    try pty.waitFor("???? e ?? e|")
    pty.send("é")
    try pty.waitFor("1 key e.")
    try quit(pty)
    #expect(pty.transcript.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: [("vt100", "C.UTF-8"), ("xterm", "C")])
  func othersGetAll(name: String, locale: String) throws {
    // A locale of UTF-8 is believed; so are terminals of today without one.
    let pty = try start(["dark"], environment: ["TERM": name, "LANG": locale])
    try pty.waitFor("日本 é 😀")
  }

  @Test(arguments: [
    ("xterm-256color", "many"), ("tmux-256color", "many"), ("screen", "eight"), ("linux", "eight"),
    ("vt100", "none"), ("xterm-mono", "none"),
  ]) func terminalsHaveTheirDepths(name: String, depth: String) throws {
    let pty = try start(["dark"], rows: 40, environment: ["TERM": name])
    try pty.waitFor("size 40x80 \(depth)")
    try pty.waitFor("group5")
    pty.send("é")
    try pty.waitFor("1 key é")
    try quit(pty)
  }

  @Test(arguments: ["dumb", "unheard-of", ""]) func someTerminalsAreRefused(name: String) throws {
    let pty = try PTY([Self.probe], environment: ["TERM": name])
    #expect(try pty.waitForExit() == 2)
    #expect(pty.text.contains("(TERM=\(name)) cannot show screens"))
    #expect(pty.modes == pty.modesAtStart)
  }

  @Test func aFileIsNoTerminal() throws {
    let pty = try PTY(["/bin/sh", "-c", "\"$0\" < /dev/null; echo status $?", Self.probe])
    try pty.waitFor("status 2")
    #expect(pty.text.contains("works in a terminal"))
  }

  @Test(arguments: [([], ["NO_COLOR": "1"]), (["no-colour"], [:])] as [([String], [String: String])])
  func withoutColourNoneIsSent(arguments: [String], environment: [String: String]) throws {
    let pty = try start(["dark"] + arguments, environment: environment)
    try pty.waitFor("size 24x80 none")
    try quit(pty)
    #expect(colours(in: pty.transcript) == [])
    let coloured = try start(["dark"], environment: ["NO_COLOR": ""])
    try quit(coloured)
    #expect(colours(in: coloured.transcript) != [])
  }

  /// The parameters of all "select graphic rendition" sequences that name a colour.
  func colours(in bytes: [UInt8]) -> [Int] {
    String(decoding: bytes, as: UTF8.self).components(after: "\u{1B}[").flatMap { part -> [Int] in
      let parameters = part.prefix { $0.isNumber || $0 == ";" }
      guard part.dropFirst(parameters.count).first == "m" else { return [] }
      return parameters.split(separator: ";").compactMap { Int($0) }.filter { $0 >= 30 }
    }
  }

  @Test(arguments: ["C", "POSIX", "nl_NL.ISO-8859-1", ""]) func anyLocaleShowsAccents(locale: String) throws {
    let pty = try start(environment: ["LANG": locale])
    try pty.waitFor("日本 é 😀")
    pty.send("é")
    try pty.waitFor("1 key é")
  }

  // MARK: Leaving

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP]) func signalsEndTheProgramInOrder(signal: Int32) throws {
    let pty = try PTY([Self.probe])
    try pty.waitFor("size")
    #expect(pty.modes != pty.modesAtStart)
    pty.signal(signal)
    #expect(try pty.waitForExit() == 3)
    #expect(pty.modes == pty.modesAtStart && !pty.isOnAlternateScreen)
  }

  @Test(arguments: [Keystroke.f1, .f5]) func aCrashLeavesTheTerminalAsItWas(key: Keystroke) throws {
    let pty = try PTY([Self.probe])
    try pty.waitFor("size")
    pty.send(key)
    #expect(try pty.waitForExit() > 128)
    #expect(pty.modes == pty.modesAtStart && !pty.isOnAlternateScreen)
    if key == .f1 {
      // The message stands behind the alternate screen, not in it.
      let (left, message) = (pty.lastIndex(of: "[?1049l"), pty.lastIndex(of: "a planted crash"))
      #expect((left ?? .max) < (message ?? -1))
    }
  }

  @Test(arguments: [SIGQUIT, SIGSEGV]) func aDeadlySignalToo(signal: Int32) throws {
    let pty = try PTY([Self.probe])
    try pty.waitFor("size")
    pty.signal(signal)
    #expect(try pty.waitForExit() == 128 + signal)
    #expect(pty.modes == pty.modesAtStart && !pty.isOnAlternateScreen)
  }

  @Test func anExitWithoutCloseToo() throws {
    let pty = try PTY([Self.probe])
    try pty.waitFor("size")
    pty.send(.f6)
    #expect(try pty.waitForExit() == 5)
    #expect(pty.modes == pty.modesAtStart && !pty.isOnAlternateScreen)
  }

  @Test func warningsWaitForTheEnd() throws {
    let pty = try start()
    pty.send(.f2)
    try pty.waitFor("1 key F2")
    try pty.waitForIdle()
    #expect(!pty.text.contains("a planted warning"))
    pty.send("q")
    #expect(try pty.waitForExit() == 0)
    #expect(pty.text.contains("a planted warning"))
  }

  // MARK: Suspending and lending

  /// A shell with job control, which says when it has the terminal and waits for Enter to wake the program.
  let shell = "set -m; \"$0\"; echo STOPPED; read line; fg >/dev/null; echo WOKEN"

  @Test func suspendsAndComesBackAtAnotherSize() throws {
    let pty = try PTY(["/bin/sh", "-c", shell, Self.probe])
    try pty.waitFor("size 24x80")
    pty.send(.controlZ)
    try pty.waitFor("STOPPED")
    #expect(!pty.isOnAlternateScreen && pty.modes == pty.modesAtStart)
    pty.resize(rows: 30, columns: 100)
    pty.send(.enter)
    try pty.waitFor("size 30x100")
    try pty.waitFor("2 resumed")
    try pty.waitFor("3 resized 30x100")
    #expect(pty.isOnAlternateScreen && pty.modes != pty.modesAtStart)
    pty.send(.up)
    try pty.waitFor("4 key ↑")
    #expect((pty.lastIndex(of: "[?2004l") ?? .max) < (pty.lastIndex(of: "[?2004h") ?? -1))
    pty.send("q")
    try pty.waitFor("WOKEN")
    #expect(pty.modes == pty.modesAtStart)
  }

  @Test func isSuspendedFromOutside() throws {
    let pty = try PTY(["/bin/sh", "-c", shell, Self.probe])
    try pty.waitFor("size 24x80")
    pty.send(.f7)
    try pty.waitFor("STOPPED")
    pty.send(.enter)
    try pty.waitFor("2 resumed")
    pty.send("q")
    try pty.waitFor("WOKEN")
  }

  @Test func withoutAShellItRunsOn() throws {
    let pty = try start()
    pty.send(.controlZ)
    pty.send("x")
    try pty.waitFor("2 key x")
    try quit(pty)
  }

  @Test(arguments: [
    ["VISUAL": "/bin/echo EDITING --wait 'a b'", "EDITOR": "/bin/false"],
    ["EDITOR": "/bin/echo EDITING --wait 'a b'", "VISUAL": ""],
  ]) func theEditorMayHaveArguments(environment: [String: String]) throws {
    let pty = try start(environment: environment)
    pty.send(.f9)
    try pty.waitFor("status 0")
    #expect(pty.lastIndex(of: "EDITING --wait a b ./-een bestand\r\n") != nil)
    try quit(pty)
  }

  @Test func anEditorThatIsNotThereIsSaid() throws {
    let pty = try start(environment: ["EDITOR": "no-such-editor"])
    pty.send(.f9)
    try pty.waitFor("status 127")
    pty.send("x")
    try pty.waitFor("key x")
  }

  @Test func lendsTheTerminal() throws {
    let pty = try PTY([Self.probe])
    try pty.waitFor("size")
    pty.send(.f3)
    try pty.waitFor("BORROWED")
    #expect(pty.modes == pty.modesAtStart && !pty.isOnAlternateScreen)
    pty.resize(rows: 20, columns: 90)
    pty.send(.enter)
    try pty.waitFor("status 7")
    try pty.waitFor("resized 20x90")
    pty.send(.down)
    try pty.waitFor("key ↓")
    try quit(pty)
  }
}

extension String {
  /// The parts behind each place where a text stands.
  fileprivate func components(after text: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let place = rest.firstRange(of: text) {
      rest = rest[place.upperBound...]
      parts.append(rest)
    }
    return parts
  }
}
