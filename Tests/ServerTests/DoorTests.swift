import Conference
import Ground
import Synchronization
import Testing
import Wire

@testable import Server

/// A host that begins again knows its devices.
@Suite struct DoorTests {
  private let noon = Moment(milliseconds: 1_795_262_400_000)

  private final class Kept: Sendable { let texts = Mutex<[String: String]>([:]) }

  private func door(_ kept: Kept, now: Moment) -> Door {
    Door(now: now, kept: kept.texts.withLock { $0 }) { texts in kept.texts.withLock { $0 = texts } }
  }

  @Test func passesAndCodesOutliveTheHost() throws {
    let kept = Kept()
    let first = door(kept, now: noon)
    let code = try #require(first.code(for: .noteTaker, now: noon)).description
    let (token, _) = try first.join(JoinRequest(code: code, table: 4), from: "192.0.2.8", now: noon)
    let (other, _) = try first.join(JoinRequest(code: code, table: 5), from: "::1", now: noon)
    first.revoke(2)

    let later = noon + .minutes(60)
    let second = door(kept, now: later)
    #expect(second.code(for: .noteTaker, now: later)?.description == code)
    let device = try second.device(token)
    #expect(device == Door.Device(number: 1, role: .noteTaker(table: 4), address: "192.0.2.8", since: noon))
    #expect(throws: WireProblem.noPass) { try second.device(other) }
    // Numbers are not given twice.
    _ = try second.join(JoinRequest(code: code, table: 6), from: "::1", now: later)
    #expect(second.devices.map(\.number) == [1, 3])

    // The codes had their time; the passes go on.
    let evening = noon + .minutes(300)
    let third = door(kept, now: evening)
    #expect(third.code(for: .noteTaker, now: evening).map(\.description) != code)
    #expect(third.devices.count == 2)
    // No token is kept, only what it can be told by.
    #expect(kept.texts.withLock { texts in !texts.contains { ($0.key + $0.value).contains(token) } })
  }

  @Test func whatCannotBeReadLetsNobodyIn() throws {
    let kept = Kept()
    let good = door(kept, now: noon)
    let code = try #require(good.code(for: .screen, now: noon)).description
    let (token, _) = try good.join(JoinRequest(code: code), from: "::1", now: noon)
    for (name, text) in kept.texts.withLock({ $0 }) {
      for wrong in ["", "x", "1 boss 2026-11-21T12:00:00.000Z ::1", text + "\u{0}", String(text.dropFirst())]
      {
        var texts = kept.texts.withLock { $0 }
        texts[name] = wrong
        let door = Door(now: noon, kept: texts)
        #expect(Door.Purpose.allCases.allSatisfy { door.code(for: $0, now: noon) != nil }, "\(name) \(wrong)")
        guard name.hasPrefix("device."), !wrong.contains("\u{0}") else { continue }
        #expect(throws: WireProblem.noPass) { try door.device(token) }
      }
    }
  }
}
