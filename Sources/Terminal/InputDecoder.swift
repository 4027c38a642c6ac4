internal import CCurses
import Screen

/// Makes events of what curses reads; keeps a paste until it is whole.
struct InputDecoder {
  private var paste: String?

  /// The bytes that a paste may hold; the rest is left out, so that a wrong one cannot fill the memory.
  private static let pasteLimit = 1 << 20

  /// Returns the event, or nil when it is a part of a paste or means nothing here.
  mutating func decode(_ event: ccurses_event) -> InputEvent? {
    let kind = Int(event.kind)
    if kind == CCURSES_PASTE_BEGIN {
      paste = ""
      return nil
    }
    if kind == CCURSES_PASTE_END {
      defer { paste = nil }
      return paste.map { .paste(Self.lines($0)) }
    }
    if let length = paste?.utf8.count {
      // Alt is an ESC in the text, which means nothing there.
      if kind == CCURSES_CHARACTER || kind == CCURSES_ALT, length < Self.pasteLimit,
        let scalar = Unicode.Scalar(event.value)
      {
        paste?.unicodeScalars.append(scalar)
      }
      return nil
    }
    switch kind {
    case CCURSES_CHARACTER: return Unicode.Scalar(event.value).map { .key(Self.key(typed: $0)) }
    case CCURSES_ALT: return Unicode.Scalar(event.value).map { .key(.alt(Character($0))) }
    case CCURSES_KEY: return Self.key(named: Int(event.value)).map { .key($0) }
    default: break
    }
    let mouse: Mouse.Kind
    switch kind {
    case CCURSES_MOUSE_PRESS: mouse = .press
    case CCURSES_MOUSE_RELEASE: mouse = .release
    case CCURSES_MOUSE_WHEEL_UP: mouse = .wheelUp
    case CCURSES_MOUSE_WHEEL_DOWN: mouse = .wheelDown
    case CCURSES_MOUSE_DRAG: mouse = .drag
    default: return nil
    }
    return .mouse(Mouse(row: Int(event.row), column: Int(event.column), kind: mouse))
  }

  /// A terminal sends a line's end in a paste as Enter.
  private static func lines(_ text: String) -> String {
    String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
  }

  private static func key(typed scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 0: .control(" ")
    case 0x09: .tab
    case 0x0D: .enter
    case 0x1B: .escape
    case 0x7F: .backspace
    // Ctrl takes 0x40 off the upper-case letter.
    case 0x01...0x1A: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 0x1C...0x1F: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    default: .character(Character(scalar))
    }
  }

  private static func key(named name: Int) -> Key? {
    if name & CCURSES_SHIFT != 0 { return key(named: name - CCURSES_SHIFT).map { .shift($0) } }
    return switch name {
    case CCURSES_UP: .up
    case CCURSES_DOWN: .down
    case CCURSES_LEFT: .left
    case CCURSES_RIGHT: .right
    case CCURSES_HOME: .home
    case CCURSES_END: .end
    case CCURSES_PAGE_UP: .pageUp
    case CCURSES_PAGE_DOWN: .pageDown
    case CCURSES_INSERT: .insert
    case CCURSES_DELETE: .delete
    case CCURSES_BACKSPACE: .backspace
    case CCURSES_ENTER: .enter
    case CCURSES_BACK_TAB: .backTab
    case CCURSES_LEFT | CCURSES_CONTROL: .wordLeft
    case CCURSES_RIGHT | CCURSES_CONTROL: .wordRight
    case CCURSES_UP | CCURSES_CONTROL: .controlUp
    case CCURSES_DOWN | CCURSES_CONTROL: .controlDown
    case CCURSES_HOME | CCURSES_CONTROL: .controlHome
    case CCURSES_END | CCURSES_CONTROL: .controlEnd
    case (CCURSES_FUNCTION + 1)..<CCURSES_SHIFT: .function(name - CCURSES_FUNCTION)
    default: nil
    }
  }
}
