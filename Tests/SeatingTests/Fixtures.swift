import Conference
import Foundation
import Ground
import Testing

@testable import Seating

/// The case in Cases/`name`, with the earlier answer that it names.
func seatingCase(_ name: String) throws -> SeatingCase {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases/\(name)")
  let json = try JSON(parsing: String(contentsOf: folder.appending(path: "case.json"), encoding: .utf8))
  let table = try String(contentsOf: folder.appending(path: "participants.csv"), encoding: .utf8)
  let lines = table.split(whereSeparator: \.isNewline).map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
  let head = try #require(lines.first)
  var seating = try SeatingCase(
    json, people: lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) })
  if let previous = seating.previousFile {
    let text = try String(contentsOf: folder.appending(path: previous), encoding: .utf8)
    _ = try seating.hold(JSON(parsing: text))
  }
  return seating
}

extension SeatingProblem {
  /// A plan by formula: the table of person p in round r.
  func plan(_ table: (_ person: Int, _ round: Int) -> Int) -> SeatingPlan {
    SeatingPlan(
      rounds: (0..<rounds).map { round in
        var seated = [[Int]](repeating: [], count: tables.count)
        for person in everyone { seated[table(person, round)].append(person) }
        return seated
      })
  }

  /// A small problem with rules drawn at random: many can be met, many cannot.
  static func random(_ random: inout SplitMix64, people: Int, tables: Int, rounds: Int) -> SeatingProblem {
    func some(_ count: Int) -> Set<Int> {
      Set((0..<count).filter { _ in random.below(2) == 0 })
    }
    func person() -> Int { random.below(people) }
    let size = (people + tables - 1) / tables
    var problem = SeatingProblem(
      people: people, rounds: rounds,
      tables: (0..<tables).map { _ in
        let maximum = max(0, size - 1 + random.below(4))
        return .init(minimum: random.below(3) == 0 ? random.below(maximum + 1) : 0, maximum: maximum)
      })
    for kind in [SeatingProblem.Attribute.Kind.mirror, .spread] {
      problem.attributes.append(
        .init(kind: kind, weight: 1 + random.below(5), values: (0..<people).map { _ in random.below(4) - 1 }))
    }
    for _ in 0..<random.below(3) { problem.keepApart.append(distinct([person(), person()])) }
    for _ in 0..<random.below(3) {
      problem.keepTogether.append(distinct([person(), person(), person()].dropLast(random.below(2))))
    }
    for _ in 0..<random.below(3) {
      problem.pins.append(
        .init(
          person: person(), table: random.below(tables), rounds: random.below(2) == 0 ? nil : some(rounds)))
    }
    for _ in 0..<random.below(3) { problem.allowedTables[person()] = some(tables) }
    for _ in 0..<random.below(3) { problem.absent[person()] = some(rounds) }
    for _ in 0..<random.below(3) {
      problem.history.append(.init(a: person(), b: person(), times: random.below(3)))
    }
    return problem
  }
}
