import Ground

/// What somebody always wants of the program, in a file that can be edited by hand.
///
/// One `key = value` a line; a line that begins with `#` is a comment:
///
///     theme = light
///     language = nl
///     mouse = no
///     bell = yes
///
/// Keys that this version does not know are kept as they are.
public struct Settings: Sendable, Equatable {
  /// A setting that the program knows.
  public enum Key: String, CaseIterable, Sendable {
    /// The name or file of the colour theme.
    case theme
    /// The language, `nl` or `en`.
    case language
    /// Whether the mouse is the program's: yes or no.
    case mouse
    /// Whether a warning may sound: yes or no.
    case bell
  }

  /// A line that means nothing.
  public struct Trouble: Sendable, Hashable {
    /// The line, from 1; 0: the file as a whole.
    public let line: Int
    /// What is wrong with it.
    public let phrase: Phrase

    /// The trouble with the file's name and the line.
    public func phrase(in file: String) -> Phrase {
      let place = line > 0 ? "\(file):\(line)" : file
      return Phrase(nl: "\(place): \(phrase.nl)", en: "\(place): \(phrase.en)")
    }
  }

  /// The lines that were passed over.
  public private(set) var troubles: [Trouble] = []

  private var lines: [String]
  private var values: [Key: (line: Int, value: String)] = [:]

  /// Reads settings from their text.
  public init(text: String = "") {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    if lines.last == "" { lines.removeLast() }
    for index in lines.indices { read(index) }
  }

  /// Reads the file at `path`; there are no settings where there is no file.
  public init(path: String) {
    do throws(UserFile.Failure) {
      self.init(text: try UserFile.read(path))
    } catch {
      self.init()
      guard !error.isMissing else { return }
      troubles = [
        Trouble(
          line: 0,
          phrase: Phrase(nl: "niet te lezen: \(error.reason)", en: "cannot be read: \(error.reason)"))
      ]
    }
  }

  /// The text as it stands in the file.
  public var text: String { lines.map { $0 + "\n" }.joined() }

  /// The value of a setting, or nil where it is not given or means nothing.
  public subscript(key: Key) -> String? { values[key]?.value }

  /// The language, or nil.
  public var language: Language? { self[.language].flatMap(Language.init(rawValue:)) }

  /// Whether a setting of yes or no is on, or nil where it is not given.
  public func isOn(_ key: Key) -> Bool? { self[key].flatMap(Self.truth) }

  /// Gives a setting a value; only its own line changes, and a new one comes at the end.
  ///
  /// Line ends in the value become spaces.
  public mutating func set(_ key: Key, to value: String) {
    let value = value.split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
    let line = "\(key.rawValue) = \(value)"
    if let old = place(of: key) {
      lines[old] = line
      self = Settings(text: text)
    } else {
      self = Settings(text: text + line + "\n")
    }
  }

  /// Gives a setting a value in the file at `path`, as it is there now.
  ///
  /// The file is replaced in one go. Returns why that could not be, or nil.
  public static func remember(_ key: Key, _ value: String, path: String) -> Phrase? {
    do throws(UserFile.Failure) {
      var settings: Settings
      do throws(UserFile.Failure) {
        settings = Settings(text: try UserFile.read(path))
      } catch  where error.isMissing {
        settings = Settings()
      }
      settings.set(key, to: value)
      try UserFile.write(settings.text, to: path)
      return nil
    } catch {
      return Phrase(
        nl: "De keuze kon niet bewaard worden in \(path): \(error.reason).",
        en: "The choice could not be kept in \(path): \(error.reason).")
    }
  }

  /// The line to change: that of the value, or one of the key that means nothing.
  private func place(of key: Key) -> Int? {
    values[key]?.line ?? lines.firstIndex { Self.split($0)?.key == key.rawValue }
  }

  private static func split(_ line: String) -> (key: String, value: String)? {
    guard line.trimmed.first != "#", let sign = line.firstIndex(of: "=") else { return nil }
    return (line[..<sign].trimmed.lowercased(), line[line.index(after: sign)...].trimmed)
  }

  private mutating func read(_ index: Int) {
    let line = lines[index].trimmed
    guard !line.isEmpty, line.first != "#" else { return }
    guard let (word, value) = Self.split(line), !word.isEmpty, !value.isEmpty else {
      return complain(index, Phrase(nl: "Verwacht: naam = waarde.", en: "Expected: name = value."))
    }
    guard let key = Key(rawValue: word) else { return }
    if let first = values[key] {
      return complain(
        index,
        Phrase(
          nl: "\(word) staat al op regel \(first.line + 1).",
          en: "\(word) was given on line \(first.line + 1)."))
    }
    switch key {
    case .language where Language(rawValue: value) == nil:
      complain(index, Phrase(nl: "language is nl of en.", en: "language is nl or en."))
    case .mouse where Self.truth(value) == nil, .bell where Self.truth(value) == nil:
      complain(index, Phrase(nl: "\(word) is ja of nee.", en: "\(word) is yes or no."))
    default: values[key] = (index, value)
    }
  }

  private mutating func complain(_ index: Int, _ phrase: Phrase) {
    troubles.append(Trouble(line: index + 1, phrase: phrase))
  }

  private static func truth(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "yes", "ja", "on", "aan", "true": true
    case "no", "nee", "off", "uit", "false": false
    default: nil
    }
  }

  /// Settings are equal where their texts are.
  public static func == (one: Settings, other: Settings) -> Bool { one.lines == other.lines }
}
