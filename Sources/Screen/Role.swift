/// What a cell means; a theme maps it to a look.
///
/// Views name roles and never colours, so that one file changes the looks of everything.
public enum Role: UInt8, CaseIterable, Sendable {
  /// Plain text.
  case text
  /// Text that may be overlooked.
  case dim
  /// Text that stands out.
  case strong
  /// The title of a pane.
  case title
  /// The border of a pane.
  case border
  /// The border of the pane that has the keys.
  case borderFocus
  /// The chosen row.
  case selected
  /// A field one can type in.
  case input
  /// The name of a key.
  case key
  /// What a key does.
  case hint
  /// All is well.
  case ok
  /// Something to know.
  case notice
  /// Something to act on soon.
  case warning
  /// Something to act on now.
  case alarm
  /// The clock stands still.
  case paused
  /// Large digits: full blocks, so a state colours the blocks and never their ground.
  case digits
  /// Large digits when something is to be done soon.
  case digitsWarning
  /// Large digits when something is to be done now.
  case digitsAlarm
  /// Large digits of a clock that stands still.
  case digitsPaused
  /// The filled part of a bar.
  case bar
  /// What must not be shown to the room.
  case sensitive
  /// The ground of a pop-up.
  case popup
  /// The dots of a picture that a camera reads: black on white whatever the theme is.
  case dots
  /// The same with the colours changed about.
  case dotsDark
  /// A stakeholder group; there are eight.
  case group1, group2, group3, group4, group5, group6, group7, group8

  /// The roles that tell of a state, and so must differ without any colour too.
  public static let states: [Role] = [.selected, .ok, .notice, .warning, .alarm, .paused, .sensitive]

  /// The roles whose looks a theme decides.
  public static let themed = allCases.filter { ![.dots, .dotsDark].contains($0) }

  /// Returns the role of a stakeholder group by its place from 0; past the eighth they begin again.
  public static func group(_ index: Int) -> Role {
    let first = Int(Role.group1.rawValue)
    return Role(rawValue: UInt8(first + ((index % 8) + 8) % 8)) ?? .group1
  }
}
