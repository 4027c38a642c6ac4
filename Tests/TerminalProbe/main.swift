import Foundation
import Ground
import Screen
import Terminal
import Themes

/// A program that shows what its terminal tells it, for the tests of the terminal.
@MainActor final class Probe {
  let terminal: Terminal
  let theme: Theme
  var log: [String] = []
  var hasMouse: Bool
  /// The chosen row of a list, which ↑ and ↓ move without a word in the log; nil: no list.
  var chosen: Int?

  init(_ terminal: Terminal, _ theme: Theme, hasMouse: Bool, hasList: Bool) {
    self.terminal = terminal
    self.theme = theme
    self.hasMouse = hasMouse
    chosen = hasList ? 0 : nil
  }

  func handle(_ events: [InputEvent]) {
    for event in events {
      if case .key(let key) = event, isSilent(key) { continue }
      log.append("\(log.count + 1) \(describe(event)).")
      switch event {
      case .key(let key): act(key)
      case .hangUp, .terminate, .endOfInput: end(status: 3)
      default: break
      }
    }
    show()
  }

  /// Whether a key only moves the choice, or with F10 only draws again.
  func isSilent(_ key: Key) -> Bool {
    if key == .function(10) { return true }
    guard let chosen, key == .up || key == .down else { return false }
    self.chosen = min(max(0, chosen + (key == .down ? 1 : -1)), 9)
    return true
  }

  func act(_ key: Key) {
    switch key {
    case .character("q"): end(status: 0)
    case .control("z"): terminal.suspend()
    case .function(1): fatalError("a planted crash")
    case .function(2): FileHandle.standardError.write(Data("a planted warning\n".utf8))
    case .function(3):
      log.append("status \(terminal.run(editor: ["/bin/sh", "-c", "echo BORROWED; read line; exit 7"]))")
    case .function(4): terminal.flash()
    case .function(5): overflow(1)
    case .function(6): exit(5)
    case .function(7): kill(getpid(), SIGTSTP)
    case .function(8):
      hasMouse.toggle()
      terminal.setMouse(hasMouse)
    case .function(9): log.append("status \(terminal.edit(file: "-een bestand"))")
    default: break
    }
  }

  /// Runs the stack over: nothing of it can be kept in a register or left out.
  @inline(never) func overflow(_ depth: Int) {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { _ in overflow(depth + 1) }
    log.append("\(depth)")
  }

  func end(status: Int32) {
    terminal.close()
    terminal.close()
    exit(status)
  }

  func describe(_ event: InputEvent) -> String {
    switch event {
    case .key(let key): "key \(key.name)"
    case .paste(let text): "paste \(text)"
    case .mouse(let mouse): "mouse \(mouse.kind) \(mouse.row),\(mouse.column)"
    case .resized(let size): "resized \(size.rows)x\(size.columns)"
    default: "\(event)"
    }
  }

  func show() {
    let size = terminal.size
    var surface = Surface(size: size)
    surface.put("size \(size.rows)x\(size.columns) \(terminal.depth)", row: 0, column: 0)
    surface.put("日本 é 😀 e\u{301}|", row: 1, column: 0)
    for (row, role) in Role.allCases.enumerated() {
      surface.put("\(role)", row: row, column: max(0, size.columns - 12), role: role)
    }
    let room = max(0, size.rows - 3)
    for (row, line) in log.suffix(room).enumerated() {
      surface.put(line, row: row + 2, column: 0, width: max(0, size.columns - 13))
    }
    for row in 0..<10 where chosen != nil {
      surface.put(
        "contribution \(row) of table \(row % 3), with words", row: row + 4, column: 10,
        role: row == chosen ? .selected : .text)
    }
    // Behind the last event, as a focused row would have it.
    surface.cursor = (min(size.rows - 1, 1 + min(log.count, room)), 0)
    terminal.show(surface, theme: theme)
  }
}

let arguments = Set(CommandLine.arguments.dropFirst())
do {
  let terminal = try Terminal(mouse: arguments.contains("mouse"), noColour: arguments.contains("no-colour"))
  let text = Themes.names.first { arguments.contains($0) }.flatMap(Themes.text) ?? ""
  let probe = Probe(
    terminal, try Theme.parse(text, name: ""), hasMouse: arguments.contains("mouse"),
    hasList: arguments.contains("list"))
  terminal.start { probe.handle($0) }
  probe.show()
  withExtendedLifetime(probe) { RunLoop.main.run() }
} catch let error as TerminalError {
  FileHandle.standardError.write(Data((error.phrase[.en] + "\n").utf8))
  exit(2)
}
