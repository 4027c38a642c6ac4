extension Session {
  func placement(of person: Participant, in seating: RoundSeating, round: Int) -> Int? { nil }
}
