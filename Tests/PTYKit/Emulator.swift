import CVTerm

/// One cell of a screen.
public struct ScreenCell: Equatable, Sendable {
  /// Its grapheme; empty in the right half of a wide one.
  public var text: String
  /// Heavier text.
  public var isBold: Bool
  /// Text and ground changed about.
  public var isReverse: Bool
  /// A line under the text.
  public var isUnderlined: Bool

  /// Creates a cell to compare with.
  public init(text: String, isBold: Bool = false, isReverse: Bool = false, isUnderlined: Bool = false) {
    self.text = text
    self.isBold = isBold
    self.isReverse = isReverse
    self.isUnderlined = isUnderlined
  }
}

/// An emulated terminal: bytes in, cells out.
final class Emulator {
  private let terminal: OpaquePointer
  private var size: (rows: Int, columns: Int)

  init(rows: Int, columns: Int) {
    terminal = vterm_new(Int32(rows), Int32(columns))
    size = (rows, columns)
    vterm_set_utf8(terminal, 1)
    let screen = vterm_obtain_screen(terminal)
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_reset(screen, 1)
  }

  deinit { vterm_free(terminal) }

  /// Shrinks to one cell and grows again.
  func flicker() {
    let before = size
    resize(rows: 1, columns: 1)
    resize(rows: before.rows, columns: before.columns)
  }

  func resize(rows: Int, columns: Int) {
    size = (rows, columns)
    vterm_set_size(terminal, Int32(rows), Int32(columns))
  }

  /// Takes what the program wrote and returns what the terminal answers.
  func take(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.withUnsafeBytes { raw in
      let characters = raw.bindMemory(to: CChar.self)
      _ = vterm_input_write(terminal, characters.baseAddress, characters.count)
    }
    var answer = [CChar](repeating: 0, count: 1024)
    let count = vterm_output_read(terminal, &answer, answer.count)
    return answer.prefix(count).map { UInt8(bitPattern: $0) }
  }

  var cursor: (row: Int, column: Int) {
    var place = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(terminal), &place)
    return (Int(place.row), Int(place.col))
  }

  func cell(_ row: Int, _ column: Int) -> ScreenCell {
    var cell = VTermScreenCell()
    vterm_screen_get_cell(
      vterm_obtain_screen(terminal), VTermPos(row: Int32(row), col: Int32(column)), &cell)
    let scalars = withUnsafeBytes(of: cell.chars) { Array($0.bindMemory(to: UInt32.self)) }
    var text = String.UnicodeScalarView()
    if scalars[0] == 0 { text.append(" ") }
    // The right half of a wide character holds -1.
    for value in scalars.prefix(while: { $0 != 0 && $0 != .max }) {
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    return ScreenCell(
      text: String(text), isBold: cell.attrs.bold != 0, isReverse: cell.attrs.reverse != 0,
      isUnderlined: cell.attrs.underline != 0)
  }

  var rows: [String] {
    (0..<size.rows).map { row in
      var line = (0..<size.columns).map { cell(row, $0).text }.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
