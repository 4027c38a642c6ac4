/// A key or a chord, as a terminal can tell them apart.
public enum Key: Hashable, Sendable {
  /// A character that was typed.
  case character(Character)
  /// A character with Ctrl, in lower case.
  case control(Character)
  /// A character with Alt.
  case alt(Character)
  /// A key with a name.
  case enter, escape, tab, backTab, backspace, delete, insert
  /// A key that moves.
  case up, down, left, right, home, end, pageUp, pageDown
  /// Ctrl or Alt with ← or →.
  case wordLeft, wordRight
  /// Ctrl or Alt with another key that moves.
  case controlUp, controlDown, controlHome, controlEnd
  /// Shift with an arrow, Home or End, by itself or with Ctrl: what selects text.
  indirect case shift(Key)
  /// A function key, from 1.
  case function(Int)

  /// The name as help and hints show it: "Ctrl-C", "F2", "Enter", "↑".
  public var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(" "): "Ctrl-Space"
    case .control(let character): "Ctrl-" + character.uppercased()
    case .alt("\r"): "Alt-Enter"
    case .alt("\u{7F}"): "Alt-Backspace"
    case .alt(let character): "Alt-" + String(character)
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .wordLeft: "Ctrl-←"
    case .wordRight: "Ctrl-→"
    case .controlUp: "Ctrl-↑"
    case .controlDown: "Ctrl-↓"
    case .controlHome: "Ctrl-Home"
    case .controlEnd: "Ctrl-End"
    case .shift(let key): "Shift-" + key.name
    case .function(let number): "F\(number)"
    }
  }
}

/// What the mouse did, and on which cell.
///
/// Buttons are the left one; the others are left to the terminal's user.
public struct Mouse: Hashable, Sendable {
  /// What happened; `drag` is movement while the button is held.
  public enum Kind: Hashable, Sendable { case press, release, wheelUp, wheelDown, drag }

  /// The row, from 0.
  public var row: Int
  /// The column, from 0.
  public var column: Int
  /// What happened.
  public var kind: Kind

  /// Creates an event of the mouse.
  public init(row: Int, column: Int, kind: Kind) {
    self.row = row
    self.column = column
    self.kind = kind
  }
}

/// Something that reaches the program through its terminal.
public enum InputEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// Text was pasted; it may hold many lines, and is never keys.
  case paste(String)
  /// The mouse was used.
  case mouse(Mouse)
  /// The terminal has another size.
  case resized(Size)
  /// The program runs on after it was suspended.
  case resumed
  /// The terminal went away (SIGHUP).
  case hangUp
  /// Someone asks the program to end (SIGTERM, SIGINT from outside).
  case terminate
  /// The keyboard can never send anything again.
  case endOfInput
}
