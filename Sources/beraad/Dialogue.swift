import Ground

/// Questions and answers as plain lines: they work with a screen reader and on any terminal.
enum Dialogue {
  /// The answers ended (Ctrl-D): whoever was asked wants no more of it.
  struct Left: Error {}

  /// An answer that was understood, or what to say instead.
  typealias Answer<Value> = Result<Value, Misunderstood>

  /// Why an answer does not do, with what would.
  struct Misunderstood: Error {
    let phrase: Phrase
    init(nl: String, en: String) { phrase = Phrase(nl: nl, en: en) }
  }

  /// Writes lines for whoever is asked; control characters in them are shown, never obeyed.
  static func tell(_ lines: String...) throws {
    try output(lines.map(visible).joined(separator: "\n") + "\n")
  }

  /// Asks until the answer is understood; an empty one is the `usual` one.
  ///
  /// Throws `Left` where there are no more answers.
  static func ask<Value>(
    _ question: Phrase, usual: String = "", _ understand: (String) -> Answer<Value>
  ) throws -> Value {
    while true {
      try output(visible(question[language] + (usual.isEmpty ? "" : " [\(usual)]")) + ": ")
      guard let line = readLine() else {
        try output("\n")
        throw Left()
      }
      // Arrow keys and their like arrive as control characters here: they are no part of an answer.
      let typed = String(String.UnicodeScalarView(line.unicodeScalars.filter { !isControl($0) })).trimmed
      switch understand(typed.isEmpty ? usual : typed) {
      case .success(let value): return value
      case .failure(let misunderstood): try tell("  " + misunderstood.phrase[language])
      }
    }
  }

  /// Asks for a whole number within bounds.
  static func number(_ question: Phrase, usual: Int, in bounds: ClosedRange<Int>) throws -> Int {
    try ask(question, usual: "\(usual)") { typed in
      if let number = Int(typed), bounds.contains(number) { return .success(number) }
      return .failure(
        .init(
          nl: "Typ een getal van \(bounds.lowerBound) tot en met \(bounds.upperBound).",
          en: "Type a number from \(bounds.lowerBound) to \(bounds.upperBound)."))
    }
  }

  /// Asks for yes or no.
  static func isYes(_ question: Phrase) throws -> Bool {
    try ask(question, usual: say(nl: "j", en: "y")) { typed in
      switch typed.lowercased() {
      case "j", "ja", "y", "yes": .success(true)
      case "n", "nee", "no": .success(false)
      default: .failure(.init(nl: "Typ j voor ja of n voor nee.", en: "Type y for yes or n for no."))
      }
    }
  }

  private static func visible(_ text: String) -> String {
    text.unicodeScalars.map { isControl($0) && $0 != "\n" ? "�" : String($0) }.joined()
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }
}
