import Ground

/// Which look each role has, at every depth of colour.
///
/// A theme is a text that anyone can edit, one role a line:
///
///     # role = colour [on colour] [bold] [dim] [reverse] [underline]
///     text = #d8dee9 on #14181d
///     alarm = #ffffff on #c01c28 bold
///     alarm/8 = white on red bold
///
/// A colour is `default`, one of the sixteen by name (`red`, `bright-blue` …) or `#rrggbb`. Colours are
/// brought to the nearest that the terminal has; a line for one depth (`/none`, `/8`, `/16`, `/256`,
/// `/direct`) decides for itself, `/16` for eight colours too. A role without a ground has that of `text`. Without colours the states still
/// differ by reverse, bold and underline.
public struct Theme: Sendable, Equatable {
  /// What it is called.
  public var name: String

  private var lines: [Place: Style] = [:]

  private struct Place: Hashable {
    var role: Role
    var depth: ColourDepth?
  }

  private struct Style: Equatable {
    var foreground: Colour?
    var background: Colour?
    var look = Look()
  }

  /// A theme that needs no file and no colour.
  public static let fallback = Theme(name: "fallback")

  private init(name: String) { self.name = name }

  /// The look of a role on a terminal of a depth.
  public subscript(role: Role, depth: ColourDepth) -> Look {
    if depth != .none, !Role.themed.contains(role) {
      let (black, white) = (Colour.rgb(0).number(at: depth), Colour.rgb(0xFF_FF_FF).number(at: depth))
      return role == .dots
        ? Look(foreground: black, background: white) : Look(foreground: white, background: black)
    }
    if depth == .none {
      return lines[Place(role: role, depth: ColourDepth.none)]?.look ?? .withoutColour(role)
    }
    guard let style = style(of: role, at: depth) else { return .withoutColour(role) }
    var look = style.look
    look.foreground = style.foreground?.number(at: depth)
    look.background = (style.background ?? self.style(of: .text, at: depth)?.background)?.number(at: depth)
    if let foreground = look.foreground, foreground == look.background {
      // Two colours that became one: text that cannot be seen is worse than text of another colour.
      look.foreground = [7, 0].first { $0 != look.background }
    }
    return look
  }

  private func style(of role: Role, at depth: ColourDepth) -> Style? {
    let places: [ColourDepth?] = depth == .eight ? [.eight, .sixteen, nil] : [depth, nil]
    return places.lazy.compactMap { lines[Place(role: role, depth: $0)] }.first
  }

  /// Returns the theme that a text describes; a role that it leaves out looks as it does without colours.
  public static func parse(_ text: String, name: String) throws(ThemeError) -> Theme {
    var theme = Theme(name: name)
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let words = line.split(whereSeparator: \.isWhitespace)
      // "#rrggbb" is a colour; a comment begins a line, or follows as a word of its own.
      let content = Array(words.prefix { $0 != "#" })
      guard let first = content.first, first.first != "#" else { continue }
      guard content.count > 2, content[1] == "=" else {
        throw ThemeError(
          line: number,
          phrase: Phrase(
            nl: "Verwacht: rol = kleur [on kleur] [bold] [dim] [reverse] [underline].",
            en: "Expected: role = colour [on colour] [bold] [dim] [reverse] [underline]."))
      }
      let place = try place(first, line: number)
      guard theme.lines[place] == nil else {
        throw ThemeError(
          line: number,
          phrase: Phrase(nl: "\(first) staat er al eerder.", en: "\(first) was given before."))
      }
      theme.lines[place] = try style(content.dropFirst(2), line: number)
    }
    return theme
  }

  private static func place(_ word: Substring, line: Int) throws(ThemeError) -> Place {
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let role = Role.themed.first(where: { "\($0)" == parts[0] }) else {
      throw ThemeError(
        line: line,
        phrase: Phrase(
          nl: "Onbekende rol \(parts[0]). Er zijn: \(roleNames).",
          en: "Unknown role \(parts[0]). There are: \(roleNames)."))
    }
    guard parts.count == 2 else { return Place(role: role) }
    guard let depth = depths[String(parts[1])] else {
      throw ThemeError(
        line: line,
        phrase: Phrase(
          nl: "Onbekend aantal kleuren \(parts[1]). Er zijn: none, 8, 16, 256, direct.",
          en: "Unknown number of colours \(parts[1]). There are: none, 8, 16, 256, direct."))
    }
    return Place(role: role, depth: depth)
  }

  private static func style(_ words: ArraySlice<Substring>, line: Int) throws(ThemeError) -> Style {
    var style = Style()
    var words = words
    style.foreground = try colour(words.removeFirst(), line: line)
    if words.first == "on" {
      words.removeFirst()
      style.background = try colour(words.popFirst() ?? "", line: line)
    }
    for word in words {
      switch word {
      case "bold": style.look.bold = true
      case "dim": style.look.dim = true
      case "reverse": style.look.reverse = true
      case "underline": style.look.underline = true
      default:
        throw ThemeError(
          line: line,
          phrase: Phrase(
            nl: "Onbekend woord \(word). Er zijn: on, bold, dim, reverse, underline.",
            en: "Unknown word \(word). There are: on, bold, dim, reverse, underline."))
      }
    }
    return style
  }

  private static func colour(_ word: Substring, line: Int) throws(ThemeError) -> Colour? {
    if word == "default" { return nil }
    guard let colour = Colour(word) else {
      let names = Colour.names.joined(separator: ", ")
      throw ThemeError(
        line: line,
        phrase: Phrase(
          nl: "Onbekende kleur \(word). Er zijn: default, #rrggbb, \(names).",
          en: "Unknown colour \(word). There are: default, #rrggbb, \(names)."))
    }
    return colour
  }

  private static let depths: [String: ColourDepth] = [
    "none": .none, "8": .eight, "16": .sixteen, "256": .many, "direct": .direct,
  ]

  private static var roleNames: String { Role.themed.map { "\($0)" }.joined(separator: ", ") }
}

/// What is wrong with a theme's text.
public struct ThemeError: Error, Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// What is wrong with it.
  public let phrase: Phrase
}
