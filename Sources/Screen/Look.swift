/// How many colours a terminal can show.
public enum ColourDepth: CaseIterable, Sendable {
  /// None: bold, underlined and reversed text only.
  case none
  /// The eight of the first colour terminals.
  case eight
  /// These and their bright forms.
  case sixteen
  /// The 256 of xterm.
  case many
  /// Any, as 24 bits.
  case direct
}

/// How a cell looks on a terminal of one depth.
public struct Look: Hashable, Sendable {
  /// The colour of the text; nil is the terminal's own.
  ///
  /// At `eight`, `sixteen` and `many` the number in the palette; at `direct` 0xRRGGBB; at `none` nil.
  public var foreground: Int?
  /// The colour of the ground, likewise.
  public var background: Int?
  /// Heavier text.
  public var bold: Bool
  /// Lighter text; not every terminal has it.
  public var dim: Bool
  /// Text and ground changed about.
  public var reverse: Bool
  /// A line under the text.
  public var underline: Bool

  /// Creates a look; without arguments that of plain text.
  public init(
    foreground: Int? = nil, background: Int? = nil, bold: Bool = false, dim: Bool = false,
    reverse: Bool = false, underline: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.dim = dim
    self.reverse = reverse
    self.underline = underline
  }

  /// The look of a role where there are no colours: the states all differ, without `dim`, which few have.
  static func withoutColour(_ role: Role) -> Look {
    switch role {
    case .text, .border, .hint, .popup, .bar, .dotsDark: Look()
    case .group1, .group2, .group3, .group4, .group5, .group6, .group7, .group8: Look()
    case .dim: Look(dim: true)
    case .strong, .title, .borderFocus, .key, .ok: Look(bold: true)
    // A full block has no room for an underline, and reversed it would be a hole.
    case .digits, .digitsWarning, .digitsAlarm, .digitsPaused: Look(bold: true)
    case .input, .notice: Look(underline: true)
    // Most such terminals are dark.
    case .selected, .dots: Look(reverse: true)
    case .warning: Look(bold: true, underline: true)
    case .alarm: Look(bold: true, reverse: true)
    case .paused: Look(reverse: true, underline: true)
    case .sensitive: Look(bold: true, reverse: true, underline: true)
    }
  }
}

/// A colour as a theme names it.
enum Colour: Hashable, Sendable {
  /// One of the sixteen, which the terminal's owner has chosen.
  case named(Int)
  /// A colour of 24 bits.
  case rgb(Int)

  static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red",
    "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
  ]

  /// Creates a colour from its name or from #rrggbb.
  init?(_ text: Substring) {
    if let index = Self.names.firstIndex(of: String(text)) {
      self = .named(index)
    } else if text.first == "#", text.utf8.count == 7, text.dropFirst().allSatisfy(\.isHexDigit),
      let value = Int(text.dropFirst(), radix: 16)
    {
      self = .rgb(value)
    } else {
      return nil
    }
  }

  /// Returns the nearest colour that a terminal of a depth has.
  func number(at depth: ColourDepth) -> Int? {
    switch (self, depth) {
    case (_, .none): nil
    case (.named(let index), .eight): index % 8
    case (.named(let index), .sixteen), (.named(let index), .many): index
    // A direct terminal takes the first eight numbers for the named colours, and has no bright ones.
    case (.named(let index), .direct): index < 8 ? index : Self.palette[index]
    case (.rgb(let value), .eight): Self.nearest(to: value, in: 0..<8)
    case (.rgb(let value), .sixteen): Self.nearest(to: value, in: 0..<16)
    // The owner may have changed the first sixteen: only the fixed ones can be trusted.
    case (.rgb(let value), .many): Self.nearest(to: value, in: 16..<256)
    case (.rgb(let value), .direct): value < 8 ? 0 : value
    }
  }

  /// The colours of xterm: sixteen, a cube of 6x6x6 and 24 greys.
  static let palette: [Int] = {
    let levels = [0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF]
    var colours = [
      0x00_00_00, 0xCD_00_00, 0x00_CD_00, 0xCD_CD_00, 0x00_00_EE, 0xCD_00_CD, 0x00_CD_CD, 0xE5_E5_E5,
      0x7F_7F_7F, 0xFF_00_00, 0x00_FF_00, 0xFF_FF_00, 0x5C_5C_FF, 0xFF_00_FF, 0x00_FF_FF, 0xFF_FF_FF,
    ]
    for red in levels {
      for green in levels { for blue in levels { colours.append(red << 16 | green << 8 | blue) } }
    }
    colours += (0..<24).map { (8 + $0 * 10) * 0x01_01_01 }
    return colours
  }()

  private static func nearest(to value: Int, in range: Range<Int>) -> Int {
    range.min { distance(value, palette[$0]) < distance(value, palette[$1]) } ?? range.lowerBound
  }

  /// Returns a distance that weighs the channels as the eye does.
  ///
  /// Source: https://www.compuphase.com/cmetric.htm, "a low-cost approximation".
  private static func distance(_ one: Int, _ other: Int) -> Int {
    let (red, green, blue) = (
      one >> 16 - other >> 16, one >> 8 & 255 - other >> 8 & 255, one & 255 - other & 255
    )
    let mean = (one >> 16 + other >> 16) / 2
    return ((512 + mean) * red * red) >> 8 + 4 * green * green + ((767 - mean) * blue * blue) >> 8
  }
}
