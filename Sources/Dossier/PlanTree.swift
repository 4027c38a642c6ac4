import Ground
import Yams

/// The YAML of a plan as a tree with line numbers.
enum PlanTree {
  /// The largest plan that is read, in bytes.
  static let byteLimit = 1 << 20
  /// The deepest nesting that is read.
  static let depthLimit = 64
  /// Stands before a key that occurs once more in the same place, so that reading can go on.
  ///
  /// The YAML reader stops at the first such key, and every mistake is to be told at once.
  private static let again = "beraad-again-"

  /// Returns the tree's root, or nil with findings.
  static func compose(_ text: String, _ findings: inout Findings) -> Node? {
    guard text.utf8.count <= byteLimit else {
      findings.error(
        nil, Phrase(nl: "het plan is groter dan 1 MiB", en: "the plan is larger than 1 MiB"),
        mend: Phrase(nl: "haal weg wat geen plan is", en: "remove what is no plan"))
      return nil
    }
    if let line = lineOfAliasBomb(text) {
      findings.error(
        line,
        Phrase(
          nl: "het plan verwijst te vaak naar zichzelf (* en &)",
          en: "the plan refers to itself too often (* and &)"),
        mend: Phrase(nl: "schrijf de herhaalde delen uit", en: "write the repeated parts in full"))
      return nil
    }
    var text = text
    for _ in 0..<100 {
      do {
        guard let root = try Yams.compose(yaml: text), !isEmpty(root) else {
          findings.error(
            nil, Phrase(nl: "het plan is leeg", en: "the plan is empty"),
            mend: Phrase(
              nl: "begin met “titel: …” en “agenda:”, of maak een dossier met “beraad new”",
              en: "start with “title: …” and “agenda:”, or make a dossier with “beraad new”"))
          return nil
        }
        if let line = lineTooDeep(root, level: 0) {
          findings.error(
            line,
            Phrase(
              nl: "het plan is hier meer dan \(depthLimit) niveaus diep",
              en: "the plan is more than \(depthLimit) levels deep here"),
            mend: Phrase(nl: "haal lagen weg", en: "remove levels"))
          return nil
        }
        return root
      } catch let error as YamlError {
        if case .duplicatedKeysInMapping(_, let context) = error, let marked = mark(context.mark, in: text) {
          text = marked
          continue
        }
        report(error, text, &findings)
        return nil
      } catch {
        break
      }
    }
    findings.error(
      nil, Phrase(nl: "het plan is geen leesbare YAML", en: "the plan is no readable YAML"),
      mend: Phrase(nl: "vergelijk het met een sjabloon", en: "compare it with a template"))
    return nil
  }

  /// Returns a key as it was written, without what marks it as occurring again.
  static func written(_ key: String) -> String {
    var key = key[...]
    while key.hasPrefix(again) { key = key.dropFirst(again.count) }
    return String(key)
  }

  private static func isEmpty(_ node: Node) -> Bool {
    if case .scalar(let scalar) = node { scalar.string.trimmed.isEmpty } else { false }
  }

  /// Returns the line of the deepest part that is too deep, or nil.
  private static func lineTooDeep(_ node: Node, level: Int) -> Int? {
    guard level < depthLimit else { return node.mark?.line ?? 1 }
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        if let line = lineTooDeep(key, level: level + 1) ?? lineTooDeep(value, level: level + 1) {
          return line
        }
      }
    case .sequence(let sequence):
      for element in sequence {
        if let line = lineTooDeep(element, level: level + 1) { return line }
      }
    case .scalar, .alias: break
    }
    return nil
  }

  /// Returns the line of the last alias where there are so many that expanding them could blow up, or nil.
  ///
  /// The YAML reader copies what an alias names, aliases inside it included: n of them can stand for 3^(n/3)
  /// copies. This counts what looks like one, before anything is read.
  private static func lineOfAliasBomb(_ text: String) -> Int? {
    var aliases = 0
    var anchors = 0
    var line = 1
    var lineOfLast = 1
    var before = UInt8(ascii: "\n")
    let bytes = text.utf8
    var index = bytes.startIndex
    while index != bytes.endIndex {
      let byte = bytes[index]
      bytes.formIndex(after: &index)
      if byte == UInt8(ascii: "\n") { line += 1 }
      let isStart = [0x0A, 0x20, 0x09, 0x2C, 0x5B, 0x7B, 0x3A, 0x2D, 0x3F].contains(before)
      let isFollowed = index != bytes.endIndex && bytes[index] > 0x20
      if isStart, isFollowed, byte == UInt8(ascii: "*") {
        aliases += 1
        lineOfLast = line
      }
      if isStart, isFollowed, byte == UInt8(ascii: "&") { anchors += 1 }
      before = byte
    }
    return anchors > 0 && aliases > 24 ? lineOfLast : nil
  }

  /// Returns `text` with the key at `mark` marked as occurring again, or nil where there is no such place.
  private static func mark(_ mark: Mark, in text: String) -> String? {
    var scalars = text.unicodeScalars
    var index = scalars.startIndex
    var line = 1
    while line < mark.line {
      guard let end = scalars[index...].firstIndex(where: isLineEnd) else { return nil }
      index = scalars.index(after: end)
      if scalars[end] == "\r", index < scalars.endIndex, scalars[index] == "\n" {
        index = scalars.index(after: index)
      }
      line += 1
    }
    guard let place = scalars.index(index, offsetBy: mark.column - 1, limitedBy: scalars.endIndex),
      place < scalars.endIndex
    else { return nil }
    let isQuoted = scalars[place] == "\"" || scalars[place] == "'"
    guard isQuoted || scalars[place].properties.isAlphabetic || scalars[place].properties.numericType != nil
    else { return nil }
    scalars.insert(contentsOf: again.unicodeScalars, at: isQuoted ? scalars.index(after: place) : place)
    return String(scalars)
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
  }

  /// A vertical tab and a form feed end no line, for YAML as for editors.
  private static func isLineEnd(_ character: Character) -> Bool {
    character.isNewline && character != "\u{B}" && character != "\u{C}"
  }

  // MARK: - Syntax errors

  private static func report(_ error: YamlError, _ text: String, _ findings: inout Findings) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: isLineEnd)
    let indentedByTab = lines.indices.filter { lines[$0].prefix { $0 == " " || $0 == "\t" }.contains("\t") }
    if !indentedByTab.isEmpty {
      for line in indentedByTab.prefix(20) {
        findings.error(
          line + 1, Phrase(nl: "deze regel begint met een tab", en: "this line starts with a tab"),
          mend: Phrase(
            nl: "spring in met spaties, twee per niveau", en: "indent with spaces, two for each level"))
      }
      return
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      // Past the last line the mistake is on the last one that holds anything.
      let last = (lines.lastIndex { !$0.trimmed.isEmpty } ?? 0) + 1
      findings.error(min(mark.line, last), meaning(of: problem), mend: mend(of: problem))
    case .reader(_, let offset, _, _):
      let line = offset.map { text.prefix($0).count(where: isLineEnd) + 1 }
      findings.error(
        line,
        Phrase(
          nl: "hier staat een onzichtbaar stuurteken", en: "there is an invisible control character here"),
        mend: Phrase(nl: "typ de regel opnieuw", en: "type the line anew"))
    case .duplicatedKeysInMapping(let keys, let context):
      findings.error(
        context.mark.line,
        Phrase(
          nl: "\(quoted(keys.first ?? "")) staat er twee keer", en: "\(quoted(keys.first ?? "")) occurs twice"
        ),
        mend: Phrase(nl: "haal er een weg", en: "remove one"))
    default:
      findings.error(
        nil, Phrase(nl: "het plan is geen leesbare YAML", en: "the plan is no readable YAML"),
        mend: Phrase(nl: "vergelijk het met een sjabloon", en: "compare it with a template"))
    }
  }

  private static func meaning(of problem: String) -> Phrase {
    switch problem {
    case "mapping values are not allowed in this context":
      Phrase(
        nl: "hier mag geen dubbele punt met een waarde staan", en: "no colon with a value may stand here")
    case "could not find expected ':'":
      Phrase(nl: "hier wordt een dubbele punt verwacht", en: "a colon is expected here")
    case "did not find expected key", "did not find expected '-' indicator":
      Phrase(nl: "het inspringen klopt hier niet", en: "the indentation is wrong here")
    case "found unexpected end of stream":
      Phrase(
        nl: "een aanhalingsteken of haakje wordt niet gesloten", en: "a quote or bracket is never closed")
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      Phrase(nl: "een haakje wordt niet gesloten", en: "a bracket is never closed")
    case "found character that cannot start any token":
      Phrase(nl: "met dit teken kan geen waarde beginnen", en: "no value can start with this character")
    case "found undefined alias":
      Phrase(
        nl: "een waarde die met * begint is een verwijzing", en: "a value that starts with * is a reference")
    case "but found another document":
      Phrase(
        nl: "een plan is één document; hier begint een tweede (---)",
        en: "a plan is one document; a second one starts here (---)")
    default: Phrase(nl: "dit is geen geldige YAML (\(problem))", en: "this is no valid YAML (\(problem))")
    }
  }

  private static func mend(of problem: String) -> Phrase {
    switch problem {
    case "did not find expected key", "did not find expected '-' indicator":
      Phrase(
        nl: "laat regels die bij elkaar horen even ver inspringen, met spaties",
        en: "indent lines that belong together equally far, with spaces")
    case "found unexpected end of stream", "did not find expected ',' or ']'",
      "did not find expected ',' or '}'":
      Phrase(nl: "zet het sluitende teken erbij", en: "add the closing character")
    case "but found another document": Phrase(nl: "haal de regel --- weg", en: "remove the line ---")
    default:
      Phrase(
        nl: "zet teksten met : # * & [ of { tussen aanhalingstekens, en kijk naar de regel erboven",
        en: "put texts with : # * & [ or { between quotes, and look at the line above")
    }
  }
}
