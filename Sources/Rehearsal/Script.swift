import Conference
import Ground

/// What is bound to happen in a conference besides its agenda, made once from the plan and the seed.
struct Script: Sendable {
  /// Something that the facilitator does when so many hundredths of an item have passed.
  struct Beat: Sendable {
    var share: Int
    var deed: Deed
  }

  /// What the facilitator does once.
  enum Deed: Sendable {
    /// Give five minutes more and tell the tables.
    case extend
    /// Let the clock stand still for two minutes.
    case pause
    /// Start the next item too early, to undo it at once.
    case slip
    /// Shorten what is ahead if the day runs late.
    case finishOnTime
    /// Set a marker.
    case mark
    /// Show a contribution to the room, or hide it again.
    case show, hide
    /// Note a proposition or a quote from the plenary.
    case bring
    /// Tell the tables how to begin, or the quietest one to go on.
    case welcome, encourage
    /// Register somebody who is not on the list.
    case walkIn
  }

  /// Whether and when an invited person comes.
  enum Fate: Sendable {
    /// When so many hundredths of the arrival have passed.
    case inTime(Int)
    /// When so many hundredths of the first round have passed.
    case late(Int)
    case never
  }

  /// What happens in an item, by item index, in order of time.
  var beats: [Int: [Beat]] = [:]
  /// The people who are still to come or to be marked absent, by participant id.
  var people: [(id: String, fate: Fate)] = []

  init(_ session: Session, _ chance: Chance) {
    let items = session.items
    let breakouts = items.indices.filter { items[$0].phase == .breakout }
    let byLength = items.indices.sorted { (-items[$0].seconds, $0) < (-items[$1].seconds, $1) }
    func isLong(_ index: Int) -> Bool { items[index].seconds >= 600 }

    for index in items.indices { beats[index] = Script.usual(items[index]) }
    if let index = breakouts.first(where: isLong) ?? byLength.first(where: isLong) {
      add(.extend, chance.within(60...75, "extend"), to: index)
    }
    if let index = breakouts.last(where: isLong) ?? byLength.first(where: isLong) {
      add(.pause, chance.within(30...45, "pause"), to: index)
    }
    let slips = items.indices.dropLast().filter { items[$0].seconds >= 240 }
    // Not into a breakout if it can be helped: everybody would stand up.
    if let index = slips.first(where: { items[$0].phase == .plenary && items[$0 + 1].phase != .breakout })
      ?? slips.first(where: { items[$0 + 1].phase != .breakout && items[$0].phase != .reportBack })
      ?? slips.first
    {
      add(.slip, chance.within(50...65, "slip"), to: index)
    }
    if let last = breakouts.last, last > 0 { add(.finishOnTime, 50, to: last - 1) }
    if let index = items.indices.first(where: { items[$0].phase == .reportBack }) ?? byLength.first {
      add(.mark, chance.within(20...50, "mark"), to: index)
    }
    if !items.isEmpty { add(.walkIn, 80, to: 0) }
    for index in items.indices { beats[index]?.sort { $0.share < $1.share } }
    people = Script.people(session, chance)
  }

  private mutating func add(_ deed: Deed, _ share: Int, to index: Int) {
    beats[index, default: []].append(Beat(share: share, deed: deed))
  }

  /// What happens in every item of a phase.
  private static func usual(_ item: AgendaItem) -> [Beat] {
    switch item.phase {
    case .breakout: [Beat(share: 1, deed: .welcome), Beat(share: 50, deed: .encourage)]
    case .plenary:
      [Beat(share: 20, deed: .show)]
        + (item.seconds >= 480 ? [Beat(share: 35, deed: .bring), Beat(share: 70, deed: .bring)] : [])
        + [Beat(share: 85, deed: .hide)]
    case .reportBack:
      [
        Beat(share: 15, deed: .show), Beat(share: 40, deed: .show), Beat(share: 55, deed: .bring),
        Beat(share: 65, deed: .show), Beat(share: 85, deed: .hide),
      ]
    case .closing: [Beat(share: 30, deed: .show), Beat(share: 80, deed: .hide)]
    case .arrival, .changeover, .pause: []
    }
  }

  /// Of 50 people 3 stay away and 4 come late.
  private static func people(_ session: Session, _ chance: Chance) -> [(id: String, fate: Fate)] {
    let order = chance.shuffled(Array(session.participants.indices), "who comes")
    let absent = (order.count * 6 + 50) / 100
    let late = (order.count * 8 + 50) / 100
    return order.enumerated().map { place, index in
      let fate: Fate
      if place < absent {
        fate = .never
      } else if place < absent + late {
        fate = .late(chance.within(5...60, "late", index))
      } else {
        // The larger of two: most people come in the second half.
        fate = .inTime(max(chance.within(0...88, "a", index), chance.within(0...88, "b", index)))
      }
      return (session.participants[index].id, fate)
    }
  }
}
