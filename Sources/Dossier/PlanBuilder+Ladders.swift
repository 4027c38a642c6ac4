import Conference
import Ground
import Yams

extension PlanBuilder {
  /// Reads the ladders: ordered labels for contributions, the lowest first (S1.8).
  mutating func ladders(_ field: Field?) -> [Ladder] {
    var ladders: [Ladder] = []
    for entry in list(field) {
      guard let ladder = ladder(entry) else { continue }
      if ladders.contains(where: { $0.id == ladder.id }) {
        repeated(Field(written: ladder.name, line: entry.line, value: entry.value), earlier: nil)
      } else {
        ladders.append(ladder)
      }
    }
    return ladders
  }

  private mutating func ladder(_ entry: Field) -> Ladder? {
    let keys = fields(entry.value, LadderKey.self, place: Phrase(nl: "een ladder", en: "a ladder"))
    guard let name = text(keys[.name], limit: 40) else {
      findings.error(
        entry.line, Phrase(nl: "deze ladder heeft geen naam", en: "this ladder has no name"),
        mend: Phrase(nl: "schrijf “naam: …”", en: "write “name: …”"))
      return nil
    }
    guard let id = id(keys[.id], from: name, line: entry.line) else { return nil }
    var rungs: [String] = []
    for element in list(keys[.rungs]) {
      guard let rung = text(element, limit: 60) else { continue }
      if rungs.contains(where: { folded($0) == folded(rung) }) {
        repeated(Field(written: rung, line: element.line, value: element.value), earlier: nil)
      }
      rungs.append(rung)
    }
    guard rungs.count >= 2 else {
      findings.error(
        keys[.rungs]?.line ?? entry.line,
        Phrase(
          nl: "de ladder \(quoted(name)) heeft geen twee treden",
          en: "the ladder \(quoted(name)) has no two rungs"),
        mend: Phrase(
          nl: "schrijf “treden: [laag, hoog]”, de laagste eerst",
          en: "write “rungs: [low, high]”, the lowest first"))
      return nil
    }
    return Ladder(id: id, name: name, rungs: rungs)
  }
}
