import Conference
import Ground

extension Session {
  /// The kind of `contribution`; where the plan lacks it, one that the field knows, or one with its bare id.
  func kind(of contribution: Contribution) -> Kind {
    usualKind(contribution.kind)
      ?? Kind(id: contribution.kind, name: Phrase(same: contribution.kind))
  }

  /// The kinds of the plan in its order, followed by those that only contributions name.
  var kindsInUse: [Kind] {
    var seen: Set<String> = []
    return ((plan?.kinds ?? []) + contributions.map(kind(of:))).filter { seen.insert($0.id).inserted }
  }

  /// The people at `table` in `round`.
  func people(at table: Int, round: Int) -> [Participant] {
    (seating(round: round)?.tables[table] ?? []).compactMap { participant($0) }
  }

  /// How long the item at `index` held the room until `now`: from start to end, with what of it was paused.
  func actual(_ index: Int, at now: Moment) -> (whole: Interval, paused: Interval) {
    let whole = flow.visits.lazy.filter { $0.item == index }
      .reduce(Interval(0)) { $0 + (($1.ended ?? now) - $1.started) }
    return (whole, whole - flow.elapsed(index, at: now))
  }
}

/// How much was brought forward, where and by which groups (S0.12); what was withdrawn does not count, and what was
/// merged counts where it was merged into.
struct Figures {
  /// A place at which contributions came in.
  enum Place: Hashable {
    case table(Int)
    case plenary
    /// From outside the room, by the name of the source.
    case source(String)
  }

  private var counts: [Place: [String: Int]] = [:]
  /// The sources outside the room, such as `enquête`, in order of their first answer.
  private(set) var sources: [String] = []
  /// The number of contributions that were withdrawn.
  private(set) var withdrawn = 0
  /// The number of contributions that were merged into others.
  private(set) var merged = 0
  /// The places that brought something forward, be it merged into another's.
  private(set) var active: Set<Place> = []
  /// The stakeholder groups of which somebody sat at a table while it brought something forward.
  ///
  /// Who said what is not recorded, so this is as near as the record comes to who was heard (S4.10).
  private(set) var groupsHeard: Set<String> = []

  init(_ session: Session) {
    var heard: [Int: Set<Int>] = [:]
    for contribution in session.contributions {
      if contribution.isWithdrawn {
        withdrawn += 1
        continue
      }
      let place = Place(contribution)
      if case .source(let name) = place, !sources.contains(name) { sources.append(name) }
      if case .table(let number) = place {
        heard[session.round(of: contribution), default: []].insert(number)
      }
      active.insert(place)
      if contribution.mergedInto != nil {
        merged += 1
        continue
      }
      counts[place, default: [:]][contribution.kind, default: 0] += 1
    }
    for (round, tables) in heard {
      for table in tables {
        groupsHeard.formUnion(session.people(at: table, round: round).compactMap(\.group))
      }
    }
  }

  /// Returns the number of contributions at `place`, of one kind or of all.
  func count(_ place: Place, kind: String? = nil) -> Int {
    guard let kind else { return counts[place]?.values.reduce(0, +) ?? 0 }
    return counts[place]?[kind] ?? 0
  }

  /// Returns the number of contributions from the room, of one kind or of all; surveys are not counted.
  func room(kind: String? = nil) -> Int {
    counts.keys.reduce(0) { $0 + ($1.isInRoom ? count($1, kind: kind) : 0) }
  }

  /// Returns the number of answers from outside the room, of one kind or of all.
  func surveys(kind: String? = nil) -> Int {
    sources.reduce(0) { $0 + count(.source($1), kind: kind) }
  }
}

extension Figures.Place {
  /// The place from which `contribution` came.
  init(_ contribution: Contribution) {
    if let source = contribution.source {
      self = .source(source)
    } else {
      self = contribution.table.map { .table($0) } ?? .plenary
    }
  }

  /// Whether it is in the room and not a survey.
  var isInRoom: Bool { if case .source = self { false } else { true } }
}
