import Ground

extension Draft {
  /// Throws where the draft, with this time and name, could not be read back as it was meant.
  func check(at: Moment, by: String) throws(RecordError) {
    guard !by.isEmpty, by.utf8.allSatisfy(Envelope.isNameByte) else { throw flaw("by") }
    // The format has room for the years 0 to 9999 only.
    guard Self.times.contains(at.milliseconds) else { throw flaw("at") }
    guard !type.isEmpty, type.utf8.allSatisfy(Envelope.isTypeByte) else { throw flaw("type") }
    guard version >= 1 else { throw flaw("v") }
    guard case .object = data else { throw flaw("data is no object") }
    try check(data, depth: 0)
  }

  private func check(_ value: JSON, depth: Int) throws(RecordError) {
    switch value {
    case .null, .bool, .string: return
    case .int(let number):
      // Beyond 2^53 jq and many other readers round.
      guard number.magnitude <= 1 << 53 else { throw flaw("\(number) > 2^53") }
    case .number(let digits):
      guard (try? JSON(parsing: digits)) == value else { throw flaw("number \(digits)") }
    case .array(let values):
      guard depth < Self.maxDepth else { throw flaw("depth") }
      for value in values { try check(value, depth: depth + 1) }
    case .object(let members):
      guard depth < Self.maxDepth else { throw flaw("depth") }
      guard Set(members.map(\.key)).count == members.count else { throw flaw("duplicate key") }
      for member in members { try check(member.value, depth: depth + 1) }
    }
  }

  /// The milliseconds from the first of the year 0 up to the year 10000.
  private static let times: Range<Int64> = -62_167_219_200_000..<253_402_300_800_000

  /// What `Ground`'s reader takes.
  private static let maxDepth = 63

  private func flaw(_ why: String) -> RecordError { .invalidDraft(type: type, why) }
}
