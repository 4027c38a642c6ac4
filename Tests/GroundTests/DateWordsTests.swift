import Ground
import Testing

/// Dates as people type them (S1.13).
@Suite struct DateWordsTests {
  @Test(arguments: [
    ("12-12", "2026-12-12"), ("12/12/26", "2026-12-12"), ("1-3-2027", "2027-03-01"),
    ("2026-12-12", "2026-12-12"), (" 12 december ", "2026-12-12"), ("12 dec. 2027", "2027-12-12"),
    ("December 12", "2026-12-12"), ("3 mrt", "2027-03-03"), ("3 March", "2027-03-03"),
    ("21-11", "2026-11-21"), ("20-11", "2027-11-20"), ("29-2", "2028-02-29"),
  ])
  func areRead(text: String, date: String) {
    #expect(CalendarDate(typed: text, onOrAfter: Self.day)?.text == date)
  }

  @Test(arguments: ["", "morgen", "12", "31-2-2027", "31-4", "12-13", "12 d", "1-2-3-4", "12-12-202", "²-2"])
  func orAreNoDate(text: String) {
    #expect(CalendarDate(typed: text, onOrAfter: Self.day) == nil)
  }

  private static let day = CalendarDate(daysSince1970: 20_778)

  @Test func countFromTheDayItself() { #expect(Self.day.text == "2026-11-21") }
}
