import Conference
import Ground
import Host
import Record
import Testing

/// The record is sealed every 15 minutes in which something happens (docs/RECORD.md, "Seals").
@Suite struct SealingTests {
  /// The lines that were added, by type; closes the host.
  private func types(_ host: ConferenceHost, _ stage: Stage) throws -> [String] {
    host.close()
    #expect(try RecordCheck.check(path: stage.path).isGood)
    return try RecordReader.read(path: stage.path).lines.map(\.type)
  }

  @Test func aRecordThatGrowsIsSealedEveryFifteenMinutes() throws {
    let stage = try Stage()
    let host = try stage.create()
    // What the opening wrote counts as what came since.
    for minute in 1...60 {
      stage.wait(minutes: 1)
      #expect(host.refusal(of: .mark("\(minute)")) == nil)
      host.sealWhenDue()
    }
    let types = try types(host, stage)
    let opening = types.prefix { $0 != "marker.set" }.count
    let seals = types.indices.filter { types[$0] == "record.sealed" }
    // One behind the marker of each quarter, with the seals in front of it.
    #expect(seals == [15, 30, 45, 60].enumerated().map { opening + $1 + $0 })
    // Each holds for all lines in front of it.
    let lines = try RecordReader.read(path: stage.path).lines
    #expect(seals.allSatisfy { lines[$0].data["upto"] == .int($0 - 1) && lines[$0].by == "host" })
  }

  @Test func whereNothingHappensNothingIsSealed() throws {
    let stage = try Stage()
    let host = try stage.create()
    for _ in 1...10 {
      stage.wait(minutes: 14)
      host.sealWhenDue()
      host.sealWhenDue()
    }
    #expect(try types(host, stage).filter { $0 == "record.sealed" }.count == 1)
  }

  /// The closing seal is the last: the periodic one does not come behind it.
  @Test func aClosedConferenceKeepsItsClosingSeal() throws {
    let stage = try Stage()
    let host = try stage.create()
    #expect(host.refusal(of: .close(deliberate: true)) == nil)
    stage.wait(minutes: 60)
    host.sealWhenDue()
    let types = try types(host, stage)
    #expect(types.suffix(2) == ["conference.closed", "record.sealed"])
    #expect(types.count { $0 == "record.sealed" } == 1)
  }

  /// The time goes on counting from the last seal in the record, also in another process.
  @Test func openedAgainTheLastSealCounts() throws {
    let stage = try Stage()
    let host = try stage.create()
    stage.wait(minutes: 15)
    host.sealWhenDue()
    stage.wait(minutes: 10)
    #expect(host.refusal(of: .mark("tien")) == nil)
    host.close()
    let again = try stage.reopen()
    again.sealWhenDue()
    stage.wait(minutes: 5)
    again.sealWhenDue()
    #expect(try types(again, stage).suffix(3) == ["record.sealed", "marker.set", "record.sealed"])
    #expect(try RecordReader.read(path: stage.path).lines.last?.at == stage.now())
  }

  /// A clock that jumps back an hour does not put the seal off by that hour.
  @Test func aClockThatJumpsBackPutsNoSealOff() throws {
    let stage = try Stage()
    let host = try stage.create()
    stage.wait(minutes: 15)
    host.sealWhenDue()
    stage.wait(minutes: -60)
    #expect(host.refusal(of: .mark("terug")) == nil)
    host.sealWhenDue()
    host.sealWhenDue()
    let tail = ["record.sealed", "clock.adjusted", "marker.set", "record.sealed"]
    #expect(try types(host, stage).suffix(4) == tail[...])
  }

  /// A seal is nobody's deed: undo goes past it, and nothing that people see changes.
  @Test func aSealDisturbsNothing() throws {
    let stage = try Stage()
    let host = try stage.create()
    #expect(host.refusal(of: .contribute(.init(table: 2, kind: "idea", text: "Eén"))) == nil)
    let before = host.session
    stage.wait(minutes: 15)
    host.sealWhenDue()
    #expect(host.refusal(of: .mark("erna")) == nil)
    #expect(host.refusal(of: .undo) == nil)
    #expect(host.refusal(of: .undo) == nil)
    #expect(host.session.contributions.last?.isWithdrawn == true)
    #expect(host.refusal(of: .redo) == nil)
    #expect(host.session.contributions == before.contributions)
    #expect(try types(host, stage).filter { $0 == "record.sealed" }.count == 1)
  }

  /// So that it can be opened anew with an edited plan.
  @Test func aSealBeforeTheBeginningLeavesTheConferenceUntouched() throws {
    let stage = try Stage()
    let host = try stage.create()
    stage.wait(minutes: 20)
    host.sealWhenDue()
    #expect(try types(host, stage).last == "record.sealed")
    let again = try stage.reopen()
    #expect(again.session.isUntouched)
    again.close()
  }
}
