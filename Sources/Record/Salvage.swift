import Ground

/// All lines of a record that can be read, those behind damaged places too, and where lines are missing.
public struct Salvage: Sendable {
  /// The lines, in order; their numbers jump where lines are missing.
  public private(set) var lines: [Line]
  /// The gaps, in order; none where the record holds together.
  public private(set) var gaps: [Gap] = []

  /// The first place behind the last line that is in, which does not hold together.
  private var damage: Damage?

  init(_ lines: [Line], _ islands: Islands?) {
    self.lines = lines
    guard let islands else { return }
    for island in islands.all { add(island) }
    damage = damage ?? islands.end
    // What stands at the very end without a line feed was never told to anyone.
    if let damage, damage.reason != .torn { close(damage, before: nil) }
  }

  private mutating func add(_ island: Island) {
    damage = damage ?? island.damage
    let next = (lines.last?.seq ?? -1) + 1
    let known = island.lines.prefix { $0.seq < next }
    // What tells the known lines otherwise belongs to another record, or to another course of this one.
    guard known.allSatisfy({ line($0.seq) == $0 }) else { return }
    guard let first = island.lines.dropFirst(known.count).first, let place = damage else { return }
    close(place, before: first)
    damage = nil
    for line in island.lines.dropFirst(known.count) {
      var line = line
      // Times that go back are damage; what reads the lines relies on their order.
      if let last = lines.last { line.at = max(line.at, last.at) }
      lines.append(line)
    }
  }

  private mutating func close(_ place: Damage, before line: Line?) {
    gaps.append(
      Gap(
        position: lines.count, missing: line.map { $0.seq - (lines.last?.seq ?? -1) - 1 }, line: place.line,
        offset: place.offset, code: place.reason.code, reason: place.reason.phrase, after: lines.last?.at,
        before: line?.at))
  }

  /// The line with this number, or nil.
  private func line(_ seq: Int) -> Line? {
    let place = firstPlace(lines.count) { lines[$0].seq >= seq }
    return place < lines.count && lines[place].seq == seq ? lines[place] : nil
  }
}
