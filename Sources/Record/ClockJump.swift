import Ground

extension Draft {
  /// The machine's clock jumped back by `back` milliseconds, forward where that is negative, and the record's
  /// time does not follow: from here on the machine's clock is `ahead` milliseconds ahead of it.
  public static func clockJumped(back: Interval, ahead: Interval) -> Draft {
    Draft(type: "clock.adjusted", data: ["back": .int(Int(back)), "ahead": .int(Int(ahead))])
  }
}

extension [Line] {
  /// How far the machine's clock was ahead of the record's time after these lines, in milliseconds.
  public var clockAhead: Interval {
    // A line without it tells of a moment's confusion, not of the clock's place.
    let told =
      reversed().lazy.filter { $0.type == "clock.adjusted" }.compactMap { $0.payload["ahead"]?.int }.first
      ?? 0
    // A clock that was never set begins in 1970; a number beyond that comes from no clock.
    let century: Interval = 100 * 366 * 24 * .minutes(60)
    return (-century...century).contains(Interval(told)) ? Interval(told) : 0
  }
}
