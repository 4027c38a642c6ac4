import Ground
import Screen
import Themes

/// All themes within reach: those inside the program, and the files of the person and of the system.
///
/// A file goes before a theme of the program with the same name, and the folders before one another in their order.
public struct ThemeShelf: Sendable {
  /// Where a theme comes from.
  public enum Source: Sendable, Hashable {
    /// It is inside the program.
    case program
    /// It is the file at this path.
    case file(String)
  }

  /// A theme that can be chosen.
  public struct Entry: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Where it comes from.
    public let source: Source
  }

  /// What a theme is when none is chosen, by whether the terminal's ground is light.
  public static func usual(onLightGround isLight: Bool) -> String { isLight ? "light" : "dark" }

  private let folders: [String]

  /// Creates a shelf of these folders, in which `NAME.theme` is a theme.
  public init(folders: [String]) { self.folders = folders }

  /// The themes that can be chosen: the program's first, then those of the folders by name.
  public var entries: [Entry] {
    let files = folders.flatMap { folder in
      UserFile.names(in: folder, endingIn: ".theme").map { Entry(name: $0, source: .file(path($0, folder))) }
    }
    var names: Set<String> = []
    let found = files.filter { names.insert($0.name).inserted }
    return Themes.names.map { name in
      found.first { $0.name == name } ?? Entry(name: name, source: .program)
    } + found.filter { !Themes.names.contains($0.name) }.sorted { $0.name < $1.name }
  }

  /// Returns a theme by its name or the path of its file.
  ///
  /// A file is read anew each time, so that one can edit it and look. Throws `ThemeTrouble`.
  public func theme(_ name: String) throws(ThemeTrouble) -> Theme {
    if let entry = entries.first(where: { $0.name == name }) {
      switch entry.source {
      case .program: return try parse(Themes.text(name) ?? "", name: name, file: name)
      case .file(let path): return try read(path, name: name)
      }
    }
    return try read(name, name: name)
  }

  private func read(_ path: String, name: String) throws(ThemeTrouble) -> Theme {
    let text: String
    do throws(UserFile.Failure) {
      text = try UserFile.read(path)
    } catch {
      throw error.isMissing ? .unknown(name, entries.map(\.name)) : .unreadable(path, reason: error.reason)
    }
    return try parse(text, name: name, file: path)
  }

  private func parse(_ text: String, name: String, file: String) throws(ThemeTrouble) -> Theme {
    do throws(ThemeError) {
      return try Theme.parse(text, name: name)
    } catch {
      throw .broken(file, error)
    }
  }

  private func path(_ name: String, _ folder: String) -> String { "\(folder)/\(name).theme" }
}

/// Why a theme cannot be used.
public enum ThemeTrouble: Error, Sendable, Hashable {
  /// There is no theme and no file of that name; the names that there are.
  case unknown(String, [String])
  /// The file cannot be read.
  case unreadable(String, reason: String)
  /// The file has a mistake.
  case broken(String, ThemeError)

  /// The trouble in words; a mistake with its file and line.
  public var phrase: Phrase {
    switch self {
    case .unknown(let name, let names):
      let list = names.joined(separator: ", ")
      return Phrase(
        nl: "Er is geen thema ‘\(name)’. Kies uit: \(list).",
        en: "There is no theme ‘\(name)’. Choose from: \(list).")
    case .unreadable(let path, let reason):
      return Phrase(
        nl: "Het thema \(path) is niet te lezen: \(reason).",
        en: "The theme \(path) cannot be read: \(reason).")
    case .broken(let path, let error): return Self.place(path, error)
    }
  }

  /// The trouble with a file's name only, for where there is little room.
  public var brief: Phrase {
    guard case .broken(let path, let error) = self else { return phrase }
    return Self.place(path.split(separator: "/").last.map(String.init) ?? path, error)
  }

  private static func place(_ file: String, _ error: ThemeError) -> Phrase {
    Phrase(nl: "\(file):\(error.line): \(error.phrase.nl)", en: "\(file):\(error.line): \(error.phrase.en)")
  }
}
