import Ground
import Seating

// A drawing that stands in a record, drawn once more: what shows years later that nobody chose who sat where.

/// What came of drawing once more what stands in a record.
public struct DrawingCheck: Sendable, Equatable {
  /// The place in the record of the drawing's first line.
  public var seq: Int
  /// The rounds that it drew, from 1.
  public var rounds: [Int]
  /// How it was drawn.
  public var drawing: RoundSeating.Drawing
  /// What came of it.
  public var verdict: Verdict

  /// What came of drawing once more.
  public enum Verdict: Sendable, Equatable {
    /// The same tables.
    case same
    /// Other tables at these rounds.
    case differs(rounds: [Int])
    /// The drawing is of another engine, or another version of it: it was not drawn again.
    case otherEngine
    /// The record does not say from which line it was drawn, and from the line in front of it other tables come.
    case unknownStart
    /// There are no tables at all; the reasons.
    case refused(SeatingRefusal)
  }
}

extension DrawingCheck {
  /// Draws every drawing in a record once more, each from the moment at which it was drawn then.
  ///
  /// That costs as much time as the drawings did. Who came or left while it went on has its chair, or none, by
  /// the same rule as then. Tables that a round kept from the one before are no drawing.
  public static func all(
    in lines: [Line], with engine: any SeatingEngine, on workers: SeatingWorkers = .oneByOne
  ) -> [DrawingCheck] {
    let drawn = RecordedDrawing.all(in: lines)
    let starts = Set(drawn.compactMap(\.drawing.after))
    let places = Dictionary(grouping: drawn, by: \.place)
    var session = Session()
    var before: [Int: Session] = [:]
    var checks: [DrawingCheck] = []
    for (place, line) in lines.enumerated() {
      for one in places[place] ?? [] {
        let start = one.drawing.after.map { before[$0] } ?? session
        checks.append(one.check(from: start, session, with: engine, on: workers))
      }
      // A line that this version cannot read changes nothing.
      try? session.apply(line)
      if starts.contains(line.seq) { before[line.seq] = session }
    }
    return checks
  }
}

/// The lines of one drawing in a record.
private struct RecordedDrawing {
  /// The place of its first line among all lines.
  let place: Int
  let first: Line
  let drawing: RoundSeating.Drawing
  var rounds: [Int] = []
  /// The people by round and table as the record has them.
  var seated: [Int: [Int: [String]]] = [:]

  /// The drawings in a record, in order.
  static func all(in lines: [Line]) -> [RecordedDrawing] {
    var found: [RecordedDrawing] = []
    var place = 0
    while place < lines.count {
      let cmd = lines[place].cmd
      let end = lines[place...].firstIndex { $0.cmd != cmd } ?? lines.count
      let events = lines[place..<end].map { try? Event($0) }
      let others = events.contains { if case .phaseStarted = $0 { true } else { false } }
      if !others, let one = RecordedDrawing(lines[place..<end]) { found.append(one) }
      place = end
    }
    return found
  }

  /// The drawing that the lines of one command hold; nil: none.
  private init?(_ lines: ArraySlice<Line>) {
    let events = lines.indices.compactMap { place in (try? Event(lines[place])).map { (place, $0) } }
    guard case .seatingDrawn(_, let drawing)? = events.first?.1, let place = events.first?.0 else {
      return nil
    }
    self.place = place
    first = lines[place]
    self.drawing = drawing
    for (_, event) in events {
      switch event {
      case .seatingDrawn(let round, _): rounds.append(round)
      case .tableSeated(let round, let table, let people): seated[round, default: [:]][table] = people
      default: break
      }
    }
  }

  /// Draws it once more from `start`, and seats it in `before`, which has all lines in front of its own.
  func check(
    from start: Session?, _ before: Session, with engine: any SeatingEngine, on workers: SeatingWorkers
  ) -> DrawingCheck {
    func check(_ verdict: DrawingCheck.Verdict) -> DrawingCheck {
      DrawingCheck(seq: first.seq, rounds: rounds, drawing: drawing, verdict: verdict)
    }
    guard drawing.engine == engine.name else { return check(.otherEngine) }
    guard let start else { return check(.unknownStart) }
    let order = DrawingOrder(
      seed: UInt64(bitPattern: Int64(drawing.seed)), effort: drawing.effort, brokenOffAt: drawing.brokenOffAt)
    do throws(SeatingRefusal) {
      let again = before.trying(try start.draw(with: engine, order, on: workers).rounds)
      let other = rounds.filter { round in
        let now = again.seatings[round]?.tables ?? [:]
        return now.filter { !$0.value.isEmpty } != seated[round]?.filter { !$0.value.isEmpty }
      }
      guard !other.isEmpty else { return check(.same) }
      return check(drawing.after == nil ? .unknownStart : .differs(rounds: other))
    } catch {
      return check(.refused(error))
    }
  }
}
