/// The colour themes that are inside the program.
public enum Themes {
  /// Their names; the first one is used when none is asked for.
  public static let names = ["dark", "light", "projector", "colour-blind", "mono"]

  /// Returns the text of a theme, or nil when there is none of that name.
  public static func text(_ name: String) -> String? {
    let bytes: [UInt8]? =
      switch name {
      case "dark": PackageResources.dark_theme
      case "light": PackageResources.light_theme
      case "projector": PackageResources.projector_theme
      case "colour-blind": PackageResources.colour_blind_theme
      case "mono": PackageResources.mono_theme
      default: nil
      }
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }
}
