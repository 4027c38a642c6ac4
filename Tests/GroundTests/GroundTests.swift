import Ground
import Testing

@Suite struct MomentTests {
  @Test func everyMillisecondSurvivesTheRoundTrip() {
    for milli in 0..<1000 {
      let moment = Moment(milliseconds: 1_795_000_000_000 + Int64(milli))
      #expect(Moment(rfc3339: moment.rfc3339) == moment)
      #expect(moment.rfc3339.utf8.count == 24)
    }
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_795_262_400_000, "2026-11-21T12:00:00.000Z"),
  ]) func knownMoments(milliseconds: Int64, text: String) {
    #expect(Moment(milliseconds: milliseconds).rfc3339 == text)
    #expect(Moment(rfc3339: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "2026-02-29T00:00:00.000Z", "2026-11-21T24:00:00.000Z", "2026-11-21T12:00:00Z",
    "2026-11-21T12:00:00.000+01:00", "2026-11-21 12:00:00.000Z", "", "+026-11-21T12:00:00.000Z",
  ]) func notMoments(text: String) { #expect(Moment(rfc3339: text) == nil) }

  @Test func everyDayOfFourCenturiesRoundTrips() {
    for day in -141_000..<6_000 { #expect(CalendarDate(daysSince1970: day).daysSince1970 == day) }
  }
}

@Suite struct ZoneTests {
  /// Amsterdam around the spring of 2026: summer time begins on 29 March at 01:00 UTC.
  let zone = Zone(
    name: "Europe/Amsterdam", offset: 3600,
    changes: [
      .init(at: Moment(rfc3339: "2026-03-29T01:00:00.000Z") ?? Moment(milliseconds: 0), offset: 7200),
      .init(at: Moment(rfc3339: "2026-10-25T01:00:00.000Z") ?? Moment(milliseconds: 0), offset: 3600),
    ])

  @Test(arguments: [
    ("2026-03-28", 9 * 60, "2026-03-28T08:00:00.000Z"), ("2026-03-29", 9 * 60, "2026-03-29T07:00:00.000Z"),
    ("2026-03-29", 150, "2026-03-29T01:30:00.000Z"),  // 02:30 does not exist
    ("2026-10-25", 150, "2026-10-25T00:30:00.000Z"),  // 02:30 comes twice
    ("2026-10-26", 0, "2026-10-25T23:00:00.000Z"),
  ]) func wallClockToMoment(date: String, minute: Int, utc: String) throws {
    let date = try #require(CalendarDate(date))
    #expect(zone.moment(date: date, minute: minute).rfc3339 == utc)
  }

  @Test func momentToWallClock() throws {
    let moment = try #require(Moment(rfc3339: "2026-03-29T22:30:00.000Z"))
    #expect(zone.local(moment).date.text == "2026-03-30")
    #expect(zone.clock(moment) == "00:30")
  }
}

@Suite struct JSONTests {
  @Test(arguments: [
    #"{"a":[1,-2,true,false,null,"é\"\\\n\u0001😀"],"b":{}}"#, "[]", "0", "1.5e3", "-0",
    "18446744073709551616",
  ]) func roundTrips(text: String) throws { #expect(try JSON(parsing: text).text == text) }

  @Test(arguments: [
    "", "{", "[1,]", "01", "1.", "--1", #"{"a":1,"a":2}"#, #""\ud800""#, #""\udc00""#, "nul", "1 2",
    "\"\u{1}\"",
    #"{"a" 1}"#, "{\"a\":1,}", "'a'", "1e", "+1", ".5", "\u{FEFF}1",
  ]) func refuses(text: String) { #expect(throws: JSONError.self) { try JSON(parsing: text) } }

  @Test func refusesWrongUTF8AndDepth() {
    #expect(throws: JSONError.self) { try JSON(parsing: [UInt8]([0x22, 0xFF, 0x22])) }
    #expect(throws: JSONError.self) { try JSON(parsing: [UInt8]([0x22, 0xC0, 0x80, 0x22])) }
    #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "[", count: 100_000)) }
  }

  @Test func surrogatePairsAndEscapes() throws {
    #expect(try JSON(parsing: #""\ud83d\ude00\/\b\f""#) == .string("😀/\u{8}\u{C}"))
  }
}

@Test func commandIDsRoundTrip() throws {
  let id = CommandID(high: 1, low: .max)
  #expect(id.description == "0000000000000001ffffffffffffffff")
  #expect(CommandID(id.description) == id)
  #expect(CommandID("0000000000000001FFFFFFFFFFFFFFFF") == nil)
}
