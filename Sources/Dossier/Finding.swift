import Ground

/// A mistake in a dossier, or something to look at: where it is, what is wrong and how to mend it.
public struct Finding: Sendable, Hashable {
  /// The file's name within the dossier, or a folder's path.
  public var file: String
  /// The line, from 1; nil: the file as a whole.
  public var line: Int?
  /// Whether the conference cannot run with it; else it is a notice.
  public var isError: Bool
  /// What is wrong.
  public var what: Phrase
  /// How to mend it.
  public var mend: Phrase

  /// Creates a finding.
  public init(file: String, line: Int?, isError: Bool = true, what: Phrase, mend: Phrase) {
    self.file = file
    self.line = line
    self.isError = isError
    self.what = what
    self.mend = mend
  }

  /// Returns the finding as one line: `plan.yaml:12: what is wrong — how to mend it`.
  public func text(_ language: Language) -> String {
    "\(file)\(line.map { ":\($0)" } ?? ""): \(what[language]) — \(mend[language])"
  }
}

/// Why a dossier cannot be read or made, with every mistake that was found.
public struct DossierError: Error, Sendable, Equatable {
  /// What kind of failure it is: a program chooses its exit code by it.
  public var reason: Reason
  /// The mistakes in the order of files and lines, at least one of error level; notices are among them.
  public var findings: [Finding]

  /// A kind of failure.
  public enum Reason: Sendable {
    /// The folder, or a file that it must have, is not there or cannot be opened.
    case missing
    /// What is there holds mistakes.
    case invalid
    /// A folder or file could not be made.
    case cannotCreate
    /// There is no template or example of that name.
    case unknownName
  }

  /// Creates an error from its findings.
  public init(_ reason: Reason, _ findings: [Finding]) {
    self.reason = reason
    self.findings = findings
  }
}

/// Collects the findings of one file.
struct Findings {
  let file: String
  private(set) var all: [Finding] = []

  init(file: String) { self.file = file }

  mutating func error(_ line: Int?, _ what: Phrase, mend: Phrase) {
    all.append(Finding(file: file, line: line, what: what, mend: mend))
  }

  mutating func notice(_ line: Int?, _ what: Phrase, mend: Phrase) {
    all.append(Finding(file: file, line: line, isError: false, what: what, mend: mend))
  }

  /// The findings by line, those of one line as they were found; those of the whole file last.
  var sorted: [Finding] {
    all.enumerated().sorted { a, b in
      (a.element.line ?? .max, a.offset) < (b.element.line ?? .max, b.offset)
    }.map(\.element)
  }
}

/// Returns `text` between quotation marks, short enough for a message and on one line.
func quoted(_ text: String) -> String {
  let line = cleaned(text, keepingLines: false).text
  return "“\(line.count > 40 ? line.prefix(39) + "…" : line[...])”"
}

/// Returns `text` without control characters and white space around it, and whether it had any of the former.
///
/// Tabs become spaces, and so do line ends unless they are kept.
func cleaned(_ text: String, keepingLines: Bool) -> (text: String, hadControls: Bool) {
  var result = String.UnicodeScalarView()
  var hadControls = false
  for character in text {
    if character.isNewline {
      result.append(keepingLines ? "\n" : " ")
      continue
    }
    for scalar in character.unicodeScalars {
      if scalar == "\t" {
        result.append(" ")
      } else if scalar.properties.generalCategory == .control {
        hadControls = true
      } else {
        result.append(scalar)
      }
    }
  }
  return (String(result).trimmed, hadControls)
}
