import Conference
import Ground

/// The one thing that the room screen shows at a moment.
enum RoomPicture: Sendable, Equatable {
  /// Nothing was opened yet.
  case notOpen
  /// The conference is still to begin.
  case welcome
  /// Who sits where in a round, from 1: find your name.
  case seats(round: Int)
  /// What runs in the plenary, in a break, or at the door.
  case item
  /// The question on which the tables work.
  case question
  /// A table that reports back.
  case report
  /// A vote that is open, or its result.
  case ballot(id: String)
  /// The conference is over.
  case closed
}

extension Session {
  /// So long a table's people are shown where they sit, at the beginning of a round.
  static let roomSeatsTime = Interval.minutes(3)
  /// So long the result of a vote stays, unless the next item begins.
  static let roomResultTime = Interval.minutes(3)
  /// So long a message to all stays.
  static let roomMessageTime = Interval.seconds(90)

  /// Returns what the room screen shows at `time`.
  func roomPicture(at time: Moment) -> RoomPicture {
    guard isOpen else { return .notOpen }
    if flow.status == .closed { return .closed }
    if let ballot = roomBallot(at: time) { return .ballot(id: ballot.id) }
    if let round = roomSeatsRound(at: time) { return .seats(round: round) }
    switch currentItem?.phase {
    case nil: return .welcome
    case .breakout: return .question
    case .reportBack: return .report
    case .arrival, .plenary, .changeover, .pause, .closing: return .item
    }
  }

  /// The vote that has the screen: the open one, or the last one for a while after it was closed.
  private func roomBallot(at time: Moment) -> Ballot? {
    if let open = openBallot { return open }
    let closed = ballots.filter { !$0.isWithdrawn && $0.closedAt != nil }
    guard let last = closed.max(by: { ($0.closedAt ?? $0.openedAt) < ($1.closedAt ?? $1.openedAt) }),
      let end = last.closedAt, time - end < Session.roomResultTime
    else { return nil }
    // The next item needs the screen.
    if let visit = flow.visits.last, visit.started > end { return nil }
    return last
  }

  /// The round whose seats the hall needs to know now, or nil.
  private func roomSeatsRound(at time: Moment) -> Int? {
    guard let current = flow.current else { return flow.status == .prepared ? drawnRoomRound(1) : nil }
    switch items[current].phase {
    case .arrival: return drawnRoomRound(openRound)
    case .changeover, .pause:
      let next = items.indices.dropFirst(current + 1).first {
        items[$0].phase != .changeover && items[$0].phase != .pause
      }
      return next.flatMap(round(of:)).flatMap(drawnRoomRound)
    case .breakout:
      // Whoever stays at the same table has nothing to look for.
      guard items[current].seating == .draw, let reading = itemClock(at: time),
        reading.elapsed < min(Session.roomSeatsTime, reading.planned / 5)
      else { return nil }
      return round(of: current).flatMap(drawnRoomRound)
    case .plenary, .reportBack, .closing: return nil
    }
  }

  private func drawnRoomRound(_ round: Int) -> Int? {
    seating(round: round).flatMap { $0.tables.values.contains { !$0.isEmpty } ? round : nil }
  }
}
