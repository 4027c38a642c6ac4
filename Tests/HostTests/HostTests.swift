import Conference
import Dispatch
import Foundation
import Ground
import Host
import Record
import Seating
import Synchronization
import Testing

@Suite struct HostTests {
  @Test func aConferenceSurvivesTheHost() throws {
    let stage = try Stage()
    let host = try stage.create()
    #expect(host.refusal(of: .advance) == nil)
    stage.wait(minutes: 4)
    #expect(host.refusal(of: .contribute(.init(table: 2, kind: "idea", text: "Eén"))) == nil)
    let before = host.session
    host.close()
    let again = try stage.reopen()
    #expect(again.session == before)
    // The clock stands where it would have been.
    stage.wait(minutes: 3)
    #expect(again.session.clock(at: stage.now()).item?.elapsed == .minutes(7))
    #expect(again.session.contributions.map(\.source) == ["enquête", nil])
    again.close()
  }

  @Test func nobodyIsToldBeforeItIsInTheRecord() throws {
    let stage = try Stage()
    let host = try stage.create()
    let path = stage.path
    let seen = Seen()
    host.listen { lines in
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      let found = lines.allSatisfy { text.contains("{\"seq\":\($0.seq),") }
      seen.all.withLock { $0.append(found) }
    }
    for number in 1...20 { #expect(host.refusal(of: .mark("\(number)")) == nil) }
    #expect(seen.all.withLock { $0 } == Array(repeating: true, count: 20))
    host.close()
  }

  private final class Seen: Sendable { let all = Mutex<[Bool]>([]) }

  @Test func tablesAreDrawnWhenABreakoutNeedsThem() throws {
    let stage = try Stage()
    let host = try stage.create()
    #expect(host.refusal(of: .advance) == nil)
    #expect(host.refusal(of: .advance) == nil)
    let seating = try #require(host.session.shownSeating).seating
    #expect(seating.tables.values.map(\.count).sorted() == [4, 4, 4])
    #expect(seating.drawing.engine == Annealer().name)
    #expect(host.session.seatings.count == 2)
    host.close()
    #expect(try RecordCheck.check(path: stage.path).isGood)
  }

  /// A late arrival gets the smallest table that lacks their group; a no-show moves nobody.
  @Test func lateArrivalsAndNoShowsMoveNobody() throws {
    let stage = try Stage()
    let host = try stage.create()
    #expect(host.refusal(of: .advance) == nil)
    #expect(host.refusal(of: .advance) == nil)
    let before = try #require(host.session.shownSeating).seating
    #expect(host.refusal(of: .leave("p1")) == nil)
    let late = Command.register(name: "Laat", organisation: nil, group: "G1", municipality: nil)
    #expect(host.refusal(of: late) == nil)
    let after = try #require(host.session.shownSeating).seating
    #expect(after.tables.values.joined().count == 12)
    let id = try #require(host.session.participants.last?.id)
    for number in 1...3 {
      let stayed = (after.tables[number] ?? []).filter { $0 != id }
      #expect(stayed == (before.tables[number] ?? []).filter { $0 != "p1" })
    }
    // Only the table that p1 left has an empty chair more than the others.
    #expect(after.table(of: id) == before.table(of: "p1"))
    host.close()
  }

  /// A conference does not stop because one more person came than there are chairs.
  @Test func whoComesBeyondTheChairsGetsOne() throws {
    let stage = try Stage()
    var opening = Stage.opening
    for index in opening.plan.tables.indices { opening.plan.tables[index].seats = 4 }
    let host = try stage.create(opening)
    func walkIn(_ name: String) -> Phrase? {
      host.refusal(of: .register(name: name, organisation: nil, group: "G1", municipality: nil))
    }
    #expect(walkIn("Voor de indeling") == nil)
    #expect(host.refusal(of: .advance) == nil)
    #expect(host.refusal(of: .advance) == nil)
    #expect(walkIn("Tijdens de ronde") == nil)
    let tables = try #require(host.session.shownSeating).seating.tables
    #expect(tables.values.map(\.count).sorted() == [4, 5, 5])
    host.close()
  }

  @Test func aCommandThatComesTwiceCountsOnce() throws {
    let stage = try Stage()
    let host = try stage.create()
    let cmd = CommandID.random()
    let note = Command.contribute(.init(table: 1, kind: "idea", text: "Een keer"))
    #expect(host.refusal(of: note, by: "note-1", cmd: cmd) == nil)
    #expect(host.refusal(of: note, by: "note-1", cmd: cmd) == nil)
    host.close()
    let again = try stage.reopen()
    #expect(again.refusal(of: note, by: "note-1", cmd: cmd) == nil)
    #expect(again.session.contributions.count == 2)
    again.close()
  }

  /// S4.8: all tables at once, nothing overwritten, each table's own order kept.
  @Test func allTablesAtOnce() throws {
    let stage = try Stage()
    let host = try stage.create()
    DispatchQueue.concurrentPerform(iterations: 8) { table in
      for number in 0..<25 {
        let note = Command.contribute(
          .init(table: table % 3 + 1, kind: "idea", text: "\(table)/\(number)"))
        #expect(host.refusal(of: note, by: "note-\(table)") == nil)
      }
    }
    let texts = host.session.contributions.dropFirst().map(\.text)
    #expect(Set(texts).count == 200)
    for table in 0..<8 {
      #expect(texts.filter { $0.hasPrefix("\(table)/") } == (0..<25).map { "\(table)/\($0)" })
    }
    host.close()
    #expect(try RecordCheck.check(path: stage.path).isGood)
  }

  /// Nobody hears that a command is kept before it is, also who gives it again meanwhile.
  @Test func aCommandGivenAgainWhileItIsUnderWay() throws {
    let stage = try Stage()
    let host = try stage.create()
    let cmd = CommandID.random()
    let group = DispatchGroup()
    let seen = Counts()
    for _ in 0..<2 {
      group.enter()
      host.submit(.mark("x"), by: "note-1", cmd: cmd) { result in
        let count = host.session.markers.count
        if case .success = result { seen.all.withLock { $0.append(count) } }
        group.leave()
      }
    }
    group.wait()
    #expect(seen.all.withLock { $0 } == [1, 1])
    host.close()
  }

  private final class Counts: Sendable { let all = Mutex<[Int]>([]) }

  @Test func closingSealsTheRecord() throws {
    let stage = try Stage()
    let host = try stage.create()
    #expect(host.refusal(of: .close(deliberate: true)) == nil)
    host.close()
    let lines = try RecordReader.read(path: stage.path).lines
    #expect(lines.last?.type == "record.sealed")
    #expect(lines.last?.data["upto"] == .int(lines.count - 2))
  }

  /// A plan of 500 items and 1,000 people with names of 200 characters.
  @Test func aLargeOpeningFitsTheLinesOfTheRecord() throws {
    let stage = try Stage()
    var opening = Stage.opening
    opening.plan.items =
      (1..<500).map { AgendaItem(id: "i\($0)", phase: .plenary, title: "Onderdeel \($0)", seconds: 60) }
      + [AgendaItem(id: "i500", phase: .closing, title: "Slot", seconds: 60)]
    opening.participants = (1...1000).map {
      Participant(id: "p\($0)", name: String(repeating: "Lang ", count: 39) + "\($0)")
    }
    let host = try stage.create(opening)
    #expect(host.session.items.count == 500 && host.session.participants.count == 1000)
    let before = host.session
    host.close()
    let again = try stage.reopen()
    #expect(again.session == before)
    again.close()
  }

  @Test func aSecondHostIsRefused() throws {
    let stage = try Stage()
    let host = try stage.create()
    #expect(throws: RecordError.self) { try stage.reopen() }
    host.close()
    try stage.reopen().close()
  }

  /// More pins than seats.
  @Test func rulesThatCannotBeMetAreSaidInWords() throws {
    let stage = try Stage()
    var opening = Stage.opening
    opening.plan.mixing.pins = (1...6).map { .init(person: "p\($0)", table: 2) }
    let host = try stage.create(opening)
    #expect(host.refusal(of: .advance) == nil)
    let why = try #require(host.refusal(of: .advance))
    #expect(why.nl.contains("afel 2"), "\(why.nl)")
    #expect(host.session.currentItem?.id == "a")
    host.close()
  }

  @Test func goingOnElsewhereKeepsEverything() throws {
    let stage = try Stage()
    let host = try stage.create()
    #expect(host.refusal(of: .mark("voor")) == nil)
    let copy = stage.folder + "/elders.jsonl"
    try host.continueElsewhere(path: copy)
    #expect(host.refusal(of: .mark("na")) == nil)
    host.close()
    let lines = try RecordReader.read(path: copy).lines
    #expect(lines.filter { $0.type == "marker.set" }.count == 2)
    #expect(try RecordReader.read(path: stage.path).lines.count == lines.count - 1)
  }
}
