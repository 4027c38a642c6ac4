import Conference

/// Whether mending the tables would help, worked out when people came or went and never for a frame or a key.
struct MendHint: Sendable {
  private(set) var helps = false
  /// The place of the record's line up to which it is known to hold.
  private var seq = -1
  private var source: Source?

  /// Up to how many people it is worked out by itself; in a larger hall the proposal is there when asked for.
  private static let quickHall = 200

  /// All that changes the answer.
  private struct Source: Sendable, Equatable {
    var openRound: Int
    var seatings: [Int: RoundSeating]
    var presence: [String: Presence]
    var rules: MixingRules?
  }

  /// Works it out anew where people came, went or moved since.
  mutating func follow(_ session: Session) {
    guard seq != session.lastSeq else { return }
    seq = session.lastSeq
    let now = Source(
      openRound: session.openRound, seatings: session.seatings, presence: session.presence,
      rules: session.plan?.mixing)
    guard now != source else { return }
    source = now
    guard session.flow.status != .closed, session.participants.count <= Self.quickHall,
      session.seatsHaveChanged
    else {
      helps = false
      return
    }
    let proposal = try? session.reseatProposal()
    helps = proposal != nil
  }
}
