import Ground
import Screen
import Testing
import Themes

@Suite struct ThemeTests {
  @Test func aLineGivesALookAtEveryDepth() throws {
    let theme = try Theme.parse(
      """
      # A comment.
      text = #d8dee9 on #000000   # and one behind a line

      alarm = #ffffff on #c00000 bold
      alarm/8 = bright-yellow on red underline
      dim = default dim
      """, name: "trial")
    #expect(theme[.text, .direct] == Look(foreground: 0xD8DEE9, background: 0))
    #expect(theme[.alarm, .direct] == Look(foreground: 0xFFFFFF, background: 0xC00000, bold: true))
    #expect(theme[.alarm, .many] == Look(foreground: 231, background: 124, bold: true))
    #expect(theme[.alarm, .sixteen] == Look(foreground: 15, background: 1, bold: true))
    #expect(theme[.alarm, .eight] == Look(foreground: 3, background: 1, underline: true))
    #expect(theme[.alarm, .none] == Look(bold: true, reverse: true))
    #expect(theme[.dim, .sixteen] == Look(background: 0, dim: true))
    #expect(theme[.title, .many] == Look(bold: true))
  }

  @Test(arguments: [
    ("text = rood", 1), ("\n\ntekst = red", 3), ("text red", 1), ("text = red on", 1),
    ("text = red boldly", 1),
    ("text = #12345", 1), ("text = #+12345", 1), ("text/12 = red", 1), ("dim = red\ndim = blue", 2),
    ("text =", 1),
  ]) func aMistakeIsNamedByItsLine(text: String, line: Int) {
    let error = #expect(throws: ThemeError.self) { try Theme.parse(text, name: "wrong") }
    #expect(error?.line == line)
    #expect(error?.phrase.nl.isEmpty == false)
  }

  @Test(arguments: [
    ("#ff0000", ColourDepth.many, 196), ("#808080", .many, 244), ("#ff0000", .sixteen, 9),
    ("#cd0000", .eight, 1), ("#000000", .many, 16), ("#fefefe", .sixteen, 15), ("cyan", .many, 6),
    ("bright-red", .eight, 1), ("bright-red", .direct, 0xFF0000), ("#000005", .direct, 0),
  ]) func coloursComeDown(colour: String, depth: ColourDepth, number: Int) throws {
    #expect(try Theme.parse("text = \(colour)", name: "")[.text, depth].foreground == number)
  }

  /// A colour of the palette is its own nearest.
  @Test func theCubeMapsToItself() throws {
    let levels = [0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF]
    for (index, (red, green)) in levels.flatMap({ red in levels.map { (red, $0) } }).enumerated() {
      let hex = String(red << 16 | green << 8 | 0x5F, radix: 16)
      let colour = "#" + String(repeating: "0", count: 6 - hex.count) + hex
      let theme = try Theme.parse("text = \(colour)", name: "")
      #expect(theme[.text, .many].foreground == 16 + index * 6 + 1)
    }
  }

  @Test func textNeverHasTheColourOfItsGround() throws {
    let theme = try Theme.parse("text = #101010 on #202020\ndim = #c00010 on #c00000", name: "")
    for depth in ColourDepth.allCases where depth != .none {
      #expect(theme[.text, depth].foreground != theme[.text, depth].background)
      #expect(theme[.dim, depth].foreground != theme[.dim, depth].background)
    }
  }

  @Test func withoutColourTheStatesDiffer() {
    for depth in ColourDepth.allCases {
      let looks = [Role.text] + Role.states
      #expect(Set(looks.map { Theme.fallback[$0, depth] }).count == looks.count)
    }
  }

  @Test func groupsBeginAgainAfterTheEighth() {
    #expect(Role.group(0) == .group1 && Role.group(7) == .group8 && Role.group(8) == .group1)
  }

  @Test func keysHaveNames() {
    let names = [Key.control("c"), .function(2), .enter, .up, .alt("x"), .character(" "), .backTab].map(
      \.name)
    #expect(names == ["Ctrl-C", "F2", "Enter", "↑", "Alt-x", "Space", "Shift-Tab"])
  }
}

/// The themes that ship with the program.
@Suite struct ShippedThemeTests {
  /// The colours of xterm by number, computed apart from the program's own table.
  func rgb(_ number: Int, _ depth: ColourDepth) -> Int {
    let first = [
      0, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00,
      0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
    if depth == .direct { return number }
    if number < 16 { return first[number] }
    if number >= 232 { return (8 + (number - 232) * 10) * 0x010101 }
    let level = { (part: Int) in part == 0 ? 0 : 55 + part * 40 }
    let cube = number - 16
    return level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6)
  }

  /// The contrast of WCAG 2.1, of 1 to 21.
  func contrast(_ one: Int, _ other: Int) -> Double {
    func luminance(_ colour: Int) -> Double {
      func part(_ shift: Int) -> Double {
        let value = Double(colour >> shift & 255) / 255
        // x^2.4 by its neighbours: near enough for a threshold, and no import of a library of mathematics.
        return value <= 0.03928 ? value / 12.92 : value * value * value.squareRoot()
      }
      return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    }
    let (high, low) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
  }

  @Test(arguments: Themes.names) func everyRoleIsLegible(name: String) throws {
    let theme = try Theme.parse(try #require(Themes.text(name)), name: name)
    for depth in ColourDepth.allCases where depth != .none {
      for role in Role.allCases {
        let look = theme[role, depth]
        guard let foreground = look.foreground, let background = look.background else { continue }
        let ratio = contrast(rgb(foreground, depth), rgb(background, depth))
        // Lines and overlooked text may be fainter; with 16 colours the choice is small.
        let enough =
          role == .border || depth == .eight || depth == .sixteen ? 3 : name == "projector" ? 7 : 4.5
        #expect(ratio >= enough, "\(name) \(role) \(depth): \(ratio)")
      }
    }
  }

  @Test(arguments: Themes.names) func theStatesDifferAtEveryDepth(name: String) throws {
    let theme = try Theme.parse(try #require(Themes.text(name)), name: name)
    for depth in ColourDepth.allCases {
      let roles = [Role.text] + Role.states
      for (index, one) in roles.enumerated() {
        for other in roles[(index + 1)...] {
          #expect(theme[one, depth] != theme[other, depth], "\(name) \(depth): \(one), \(other)")
        }
      }
    }
  }

  /// Digits are full blocks: a ground of their own would make them holes in a box.
  @Test(arguments: Themes.names) func digitsAreColouredBlocksOnThePlainGround(name: String) throws {
    let theme = try Theme.parse(try #require(Themes.text(name)), name: name)
    let digits: [Role] = [.digits, .digitsWarning, .digitsAlarm, .digitsPaused]
    for depth in ColourDepth.allCases {
      for role in digits {
        let look = theme[role, depth]
        #expect(look.background == theme[.text, depth].background, "\(name) \(role) \(depth)")
        #expect(!look.reverse && !look.underline && !look.dim, "\(name) \(role) \(depth)")
      }
      // Colour alone never tells it: the words beside the digits do, also where there is no colour.
      guard depth != .none, name != "mono" else { continue }
      #expect(Set(digits.map { theme[$0, depth].foreground }).count == 4, "\(name) \(depth)")
    }
  }

  @Test(arguments: Themes.names) func everyRoleHasItsLine(name: String) throws {
    let text = try #require(Themes.text(name))
    for role in Role.themed {
      #expect(text.split(separator: "\n").contains { $0.hasPrefix("\(role) ") }, "\(name): \(role)")
    }
  }

  @Test func thereIsNoOther() { #expect(Themes.text("dark.theme") == nil) }
}
