import Conference
import Ground
import Testing

@Suite struct ReadingWordsTests {
  @Test(arguments: [
    (WarningStage.halfTime, "halverwege", "halfway"),
    (.left(300), "nog 5 minuten", "5 minutes left"),
    (.left(60), "nog 1 minuut", "1 minute left"),
    (.left(90), "nog 1 minuut en 30 seconden", "1 minute and 30 seconds left"),
    (.left(121), "nog 2 minuten en 1 seconde", "2 minutes and 1 second left"),
    (.left(30), "nog 30 seconden", "30 seconds left"),
    (.end, "tijd is om", "time is up"),
    (.over(600), "10 min over tijd", "10 min over time"),
    (.over(3900), "1 uur 5 min over tijd", "1 hour 5 min over time"),
    (.over(90), "1:30 over tijd", "1:30 over time"),
  ]) func warnings(stage: WarningStage, nl: String, en: String) {
    #expect(stage.phrase == Phrase(nl: nl, en: en))
  }

  @Test(
    arguments: [
      (0, "0:00", "0:00"), (754_000, "12:34", "12:34"), (45_000, "0:45", "0:45"),
      (3_723_000, "1:02:03", "1:02:03"), (-45_000, "-0:45", "+0:45"), (-190_000, "-3:10", "+3:10"),
      (-3_600_000, "-1:00:00", "+1:00:00"), (59_999, "0:59", "1:00"), (3_599_001, "59:59", "1:00:00"),
      (1, "0:00", "0:01"), (-1, "0:00", "0:00"), (-999, "0:00", "0:00"), (-1_001, "-0:01", "+0:01"),
    ] as [(Interval, String, String)])
  func digits(interval: Interval, length: String, left: String) {
    #expect(minutesAndSeconds(interval) == length)
    #expect(minutesAndSeconds(left: interval) == left)
  }

  @Test(
    arguments: [
      (0, "0 min", "0 min"), (60_000, "1 min", "1 min"), (-240_000, "4 min", "4 min"),
      (89_999, "1 min", "1 min"), (90_000, "2 min", "2 min"), (-90_000, "2 min", "2 min"),
      (3_600_000, "1 uur", "1 hour"), (7_260_000, "2 uur 1 min", "2 hours 1 min"),
    ] as [(Interval, String, String)])
  func lengths(interval: Interval, nl: String, en: String) {
    #expect(lengthPhrase(interval) == Phrase(nl: nl, en: en))
  }

  /// The words of the day while it runs 4 minutes late, then on time, then early, then when it is over.
  @Test func theDay() throws {
    var run = try Run()
    #expect(run.words == ["op schema"])
    run.wait(4)
    #expect(run.words == ["4 min achter op schema"])
    try run.send(.advance)
    #expect(run.words == ["4 min achter op schema", "door de late start"])
    run.wait(11)
    try run.send(.advance)
    #expect(run.words == ["op schema"])
    run.wait(15, seconds: 29)
    try run.seat(round: 1, [1: ["p1"]])
    try run.send(.advance)
    #expect(run.words == ["5 min voor op schema", "door ‘Opening’"])
    run.wait(29, seconds: 31)
    #expect(run.words == ["5 min voor op schema", "door ‘Opening’"])
    run.wait(5, seconds: 25)
    #expect(run.words == ["op schema"])
    try run.send(.close(deliberate: true))
    #expect(run.words == ["1 uur 10 min eerder klaar dan gepland", "door overslaan van ‘Ronde 2’"])
    #expect(
      run.clock.day.driftPhrase(in: run.session).en == "finished 1 hour 10 min earlier than planned")
  }

  @Test func aDayThatEndsLateOrOnTime() throws {
    var run = try Run()
    run.session = try Run.whole().session
    #expect(run.clock.day.driftPhrase(in: run.session).nl == "1 min eerder klaar dan gepland")
    var late = try Run(
      plan: Plan(title: "t", items: [AgendaItem(id: "i", phase: .plenary, title: "P", seconds: 60)]))
    try late.send(.advance)
    late.wait(1)
    var onTime = late
    try onTime.send(.close(deliberate: false))
    #expect(onTime.words == ["op tijd klaar"])
    late.wait(2)
    try late.send(.close(deliberate: false))
    #expect(late.words == ["2 min later klaar dan gepland", "door ‘P’"])
  }
}

extension Run {
  /// The day in Dutch words: how far off schedule, and through what.
  var words: [String] {
    let day = clock.day
    return [day.driftPhrase(in: session), day.causePhrase(in: session)].compactMap { $0?.nl }
  }
}
