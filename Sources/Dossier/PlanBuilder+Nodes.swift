import Conference
import Ground
import Yams

/// A value in the plan with the key above it, or an element of a list.
struct Field {
  /// The key as it was written; for an element of a list, that of the list.
  var written: String
  /// The line, from 1.
  var line: Int
  /// The value.
  var value: Node
}

/// Reading of single values; whatever does not fit becomes a finding and nil.
extension PlanBuilder {
  func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

  /// Whether the value was left out: `key:` with nothing behind it, or `~`.
  func isEmpty(_ node: Node) -> Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null"].contains(scalar.string)
  }

  /// Returns the values under the keys of a mapping; unknown and repeated keys are reported.
  mutating func fields<Key: Vocabulary>(_ node: Node, _: Key.Type, place: Phrase) -> [Key: Field] {
    guard case .mapping(let mapping) = node else {
      findings.error(
        line(node),
        Phrase(
          nl: "\(place.nl) moet uit regels “sleutel: waarde” bestaan",
          en: "\(place.en) must be lines of “key: value”"),
        mend: Key.mend(""))
      return [:]
    }
    var fields: [Key: Field] = [:]
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        findings.error(
          line(key), Phrase(nl: "een sleutel moet een woord zijn", en: "a key must be a word"),
          mend: Key.mend(""))
        continue
      }
      let field = Field(written: PlanTree.written(scalar.string), line: line(key), value: value)
      guard let word = Key(word: field.written) else {
        findings.error(
          field.line,
          Phrase(
            nl: "\(place.nl) kent \(quoted(field.written)) niet",
            en: "\(place.en) knows no \(quoted(field.written))"),
          mend: Key.mend(field.written))
        continue
      }
      if let earlier = fields[word] { repeated(field, earlier: earlier) } else { fields[word] = field }
    }
    return fields
  }

  mutating func repeated(_ field: Field, earlier: Field?) {
    let alike = earlier.map { folded($0.written) == folded(field.written) } ?? true
    findings.error(
      field.line,
      alike
        ? Phrase(
          nl: "\(quoted(field.written)) staat er twee keer", en: "\(quoted(field.written)) occurs twice")
        : Phrase(
          nl: "\(quoted(field.written)) en \(quoted(earlier?.written ?? "")) zijn hetzelfde",
          en: "\(quoted(field.written)) and \(quoted(earlier?.written ?? "")) are the same"),
      mend: earlier.map {
        Phrase(nl: "haal er een weg (zie ook regel \($0.line))", en: "remove one (see line \($0.line), too)")
      } ?? Phrase(nl: "haal er een weg", en: "remove one"))
  }

  mutating func wrongType(_ field: Field, _ wanted: Phrase) {
    findings.error(
      field.line,
      Phrase(
        nl: "wat bij \(quoted(field.written)) staat is niet goed",
        en: "the value of \(quoted(field.written)) is not right"),
      mend: Phrase(nl: "schrijf \(wanted.nl)", en: "write \(wanted.en)"))
  }

  /// Returns the text of a value, or nil where it is empty; `limit` counts characters.
  mutating func text(_ field: Field?, limit: Int = 500, keepingLines: Bool = false) -> String? {
    guard let field, !isEmpty(field.value) else { return nil }
    guard case .scalar(let scalar) = field.value else {
      wrongType(field, Phrase(nl: "één tekst", en: "one text"))
      return nil
    }
    let (text, hadControls) = cleaned(scalar.string, keepingLines: keepingLines)
    if hadControls {
      findings.notice(
        field.line,
        Phrase(
          nl: "in \(quoted(field.written)) stonden onzichtbare stuurtekens; die zijn weggelaten",
          en: "\(quoted(field.written)) held invisible control characters; they were left out"),
        mend: Phrase(nl: "kijk of de tekst klopt", en: "see whether the text is right"))
    }
    guard text.count <= limit else {
      findings.error(
        field.line,
        Phrase(
          nl: "\(quoted(field.written)) is \(text.count) tekens lang; het mogen er \(limit) zijn",
          en: "\(quoted(field.written)) is \(text.count) characters long; \(limit) are allowed"),
        mend: Phrase(nl: "maak de tekst korter", en: "shorten the text"))
      return nil
    }
    return text.isEmpty ? nil : text
  }

  /// Returns the elements of a list; a single value is a list of one.
  func list(_ field: Field?) -> [Field] {
    guard let field, !isEmpty(field.value) else { return [] }
    guard case .sequence(let sequence) = field.value else { return [field] }
    return sequence.map { Field(written: field.written, line: line($0), value: $0) }
  }

  /// Returns which word of a vocabulary a value is.
  mutating func word<Word: Vocabulary>(_ field: Field?, _: Word.Type) -> Word? {
    guard let field, let text = text(field) else { return nil }
    if let word = Word(word: text) { return word }
    findings.error(
      field.line,
      Phrase(
        nl: "\(quoted(field.written)) kan niet \(quoted(text)) zijn",
        en: "\(quoted(field.written)) cannot be \(quoted(text))"),
      mend: Word.mend(text))
    return nil
  }

  /// Returns a whole number within `range`.
  mutating func number(_ field: Field?, _ range: ClosedRange<Int>) -> Int? {
    guard let field, let text = text(field) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      findings.error(
        field.line,
        Phrase(
          nl: "\(quoted(field.written)) kan niet \(quoted(text)) zijn",
          en: "\(quoted(field.written)) cannot be \(quoted(text))"),
        mend: Phrase(
          nl: "schrijf een heel getal van \(range.lowerBound) tot en met \(range.upperBound)",
          en: "write a whole number from \(range.lowerBound) to \(range.upperBound)"))
      return nil
    }
    return number
  }

  /// Returns a length of time in seconds, from `atLeast` to 24 hours.
  mutating func seconds(_ field: Field, atLeast: Int = 0) -> Int? {
    guard let text = text(field) else { return nil }
    guard let seconds = TimeText.seconds(text) else {
      findings.error(
        field.line, Phrase(nl: "\(quoted(text)) is geen duur", en: "\(quoted(text)) is no length of time"),
        mend: Phrase(
          nl: "schrijf minuten (45) of uren en minuten (1u30)",
          en: "write minutes (45) or hours and minutes (1h30)"))
      return nil
    }
    guard (atLeast...86_400).contains(seconds) else {
      findings.error(
        field.line,
        seconds < atLeast
          ? Phrase(nl: "\(quoted(field.written)) is 0", en: "\(quoted(field.written)) is 0")
          : Phrase(nl: "\(quoted(text)) is meer dan 24 uur", en: "\(quoted(text)) is more than 24 hours"),
        mend: Phrase(
          nl: "schrijf een duur van 1 minuut tot 24 uur", en: "write a length from 1 minute to 24 hours"))
      return nil
    }
    return seconds
  }

  /// Returns a time on the clock.
  mutating func localTime(_ field: Field) -> LocalTime? {
    guard let text = text(field) else { return nil }
    if let time = TimeText.local(text) { return time }
    findings.error(
      field.line, Phrase(nl: "\(quoted(text)) is geen tijd", en: "\(quoted(text)) is no time of day"),
      mend: Phrase(
        nl: "schrijf 13:00, of “dag 2 09:00” voor de volgende dag",
        en: "write 13:00, or “day 2 09:00” for the next day"))
    return nil
  }
}
