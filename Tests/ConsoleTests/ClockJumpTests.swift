import Conference
import Ground
import Screen
import Testing

@testable import Console

/// The machine's time of day was set: the facilitator is told, and nothing else changes.
@Suite struct ClockJumpTests {
  static func line(_ rig: Rig, _ data: JSON) -> Line {
    Line(
      seq: rig.host.lastSeq + 1, at: rig.model.now, type: "clock.adjusted", by: "host", cmd: .random(),
      data: data)
  }

  @Test(arguments: [
    (-86_400_000, "De tijd van dit apparaat is 24 uur vooruitgezet. De klokken hier lopen gewoon door."),
    (3_600_000, "De tijd van dit apparaat is 1 uur teruggezet. De klokken hier lopen gewoon door."),
    (-3000, "De tijd van dit apparaat is 3 s vooruitgezet. De klokken hier lopen gewoon door."),
  ]) func aJumpIsSaid(back: Int, text: String) throws {
    var rig = try Rig()
    rig.press(.character(" "))
    rig.wait(minutes: 4)
    let before = rig.model.session.clock(at: rig.model.now).item?.elapsed
    rig.update(.lines([Self.line(rig, ["back": .int(back), "ahead": .int(-back)])]))
    #expect(rig.model.toast?.text == text)
    #expect(rig.model.session.clock(at: rig.model.now).item?.elapsed == before)
  }

  /// Older records tell of jumps that the record's time followed.
  @Test func whatAnOlderRecordTellsIsNotSaid() throws {
    var rig = try Rig()
    rig.update(.lines([Self.line(rig, ["back": 4000])]))
    #expect(rig.model.toast == nil)
  }
}
