import Conference
import Device
import Foundation
import Ground
import Host
import Testing
import Wire

@testable import Server

/// What the network does wrong between devices and the host, by lot (S4.7, S4.8).
///
/// `BERAAD_SEEDS=500` tries that many seeds in place of the gate's dozen.
@Suite(.serialized) struct ProxyTests {
  static let seeds = 1...(ProcessInfo.processInfo.environment["BERAAD_SEEDS"].flatMap { UInt64($0) } ?? 12)

  @Test(arguments: seeds) func allArrivesOnceAndInOrder(seed: UInt64) async throws {
    let hall = try await Hall()
    let proxy = try await HostileProxy.open(to: hall.port, seed: seed)
    // Two at the same table.
    var laptops: [(name: String, table: Int, laptop: Laptop)] = []
    for (number, table) in [1, 2, 3, 1].enumerated() {
      let pass = try await hall.join(.noteTaker, table: table)
      let laptop = try Laptop(hall.folder + "/\(number)", pass, ports: [proxy.port], seed: seed)
      laptops.append(("laptop\(number)", table, laptop))
    }
    let before = hall.host.count
    for number in 0..<7 {
      for (name, table, laptop) in laptops { laptop.note("\(name) nummer \(number)", table: table) }
      #expect(await hall.give(.mark("moment \(number)")) == nil)
    }
    for (name, _, laptop) in laptops { try await laptop.wait(name) { $0.hasSettled } }
    // What was held on its way comes in after all, and changes nothing.
    try await proxy.rest()
    let fates = try await proxy.tally()
    #expect(fates.count > HostileProxy.Fate.allCases.count / 2, "\(fates)")
    proxy.become(.foul(0))
    #expect(hall.host.count == before + 7 * 5)
    let (record, last) = (hall.record, hall.host.count - 1)
    let (lines, notes) = (record.split(separator: 0x0A), try Notes(hall.path))
    for (name, _, laptop) in laptops {
      try await laptop.wait(name) { $0.link.replica.mark?.seq == last }
      #expect(notes.of(name) == laptop.given)
      for (key, state) in laptop.settled {
        guard case .inRecord(let seq) = state else {
          Issue.record("\(name): \(state)")
          continue
        }
        #expect(String(decoding: lines[seq], as: UTF8.self).contains("\"cmd\":\"\(key)\""))
      }
      #expect(await laptop.close() == record)
    }
    await proxy.close()
  }

  @Test func aTableWithoutNetworkHoldsNobodyUp() async throws {
    let hall = try await Hall()
    let foul = try await HostileProxy.open(to: hall.port, seed: 7)
    let shut = try await HostileProxy.open(to: hall.port, seed: 8, .shut)
    let far = try Laptop(
      hall.folder + "/far", try await hall.join(.noteTaker, table: 3), ports: [shut.port])
    let near = try Laptop(
      hall.folder + "/near", try await hall.join(.noteTaker, table: 1), ports: [foul.port])
    for number in 0..<10 {
      far.note("far nummer \(number)", table: 3)
      near.note("near nummer \(number)", table: 1)
    }
    try await near.wait("near") { $0.hasSettled }
    #expect(try Notes(hall.path).texts == near.given)
    #expect(far.settled.isEmpty)
    shut.become(.foul(50))
    try await far.wait("far") { $0.hasSettled }
    #expect(try Notes(hall.path).texts == near.given + far.given)
    for proxy in [foul, shut] { proxy.become(.foul(0)) }
    let last = hall.host.count - 1
    for laptop in [far, near] {
      try await laptop.wait("copy") { $0.link.replica.mark?.seq == last }
      #expect(await laptop.close() == hall.record)
    }
    for proxy in [foul, shut] { await proxy.close() }
  }

  // MARK: - The same key

  @Test func twoDevicesWithTheSameKeyAreToldTheSame() async throws {
    let hall = try await Hall()
    let passes = [
      try await hall.join(.noteTaker, table: 1), try await hall.join(.noteTaker, table: 1),
    ]
    for round in 0..<10 {
      let key = CommandID.random()
      let one = Command.contribute(NewContribution(table: 1, kind: "idea", text: "een \(round)"))
      let other = Command.contribute(NewContribution(table: 1, kind: "idea", text: "ander \(round)"))
      let replies = try await withThrowingTaskGroup(of: (isOne: Bool, reply: Reply).self) { group in
        for pass in passes {
          for isOne in [true, true, true, false] {
            group.addTask {
              (isOne, try await hall.post(isOne ? one : other, token: pass.token, key: key))
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let taken = replies.filter { $0.reply.status == 201 }
      // The first of the two is in the record; whoever brought it is told the same, and whoever did not why.
      #expect(Set(taken.map(\.isOne)).count == 1 && Set(taken.map(\.reply.body)).count == 1)
      for (isOne, reply) in replies where isOne != taken.first?.isOne {
        #expect(reply.status == 422 && reply.problem == "other-command")
      }
      #expect(hall.host.session.contributions.count == round + 1)
      #expect(
        hall.host.session.contributions.last?.text
          == "\(taken.first?.isOne == true ? "een" : "ander") \(round)")
    }
  }

  /// The folder of a laptop was copied to another one, and both go on with what was kept in it.
  @Test func twoLaptopsWithTheSameOutbox() async throws {
    let hall = try await Hall()
    let proxy = try await HostileProxy.open(to: hall.port, seed: 3)
    let pass = try await hall.join(.noteTaker, table: 1)
    let keys = (0..<10).map { _ in CommandID.random() }
    let laptops = try ["a", "b"].map { try Laptop(hall.folder + "/\($0)", pass, ports: [proxy.port]) }
    for (number, key) in keys.enumerated() {
      for laptop in laptops { laptop.note("zelfde nummer \(number)", table: 1, key: key) }
    }
    let odd = CommandID.random()
    for (laptop, text) in zip(laptops, ["links", "rechts"]) { laptop.note(text, table: 1, key: odd) }
    for laptop in laptops { try await laptop.wait("same outbox") { $0.hasSettled } }
    let notes = try Notes(hall.path)
    #expect(notes.of("zelfde") == (0..<10).map { "zelfde nummer \($0)" })
    #expect(notes.texts.count == 11)
    for key in keys { #expect(laptops[0].settled[key] == laptops[1].settled[key]) }
    let outcomes = laptops.compactMap { $0.settled[odd] }
    #expect(outcomes.contains(.refused(WireProblem.otherCommand.phrase)))
    #expect(outcomes.contains { if case .inRecord = $0 { true } else { false } })
    proxy.become(.foul(0))
    let last = hall.host.count - 1
    for laptop in laptops {
      try await laptop.wait("copy") { $0.link.replica.mark?.seq == last }
      #expect(await laptop.close() == hall.record)
    }
    await proxy.close()
  }

  /// Refused, and told so; then it comes once more, late, when it would no longer be refused.
  @Test func aRefusalHoldsHoweverLateTheCommandComesAgain() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.noteTaker, table: 1)
    let key = CommandID.random()
    let first = try await hall.post(.undo, token: pass.token, key: key)
    #expect(first.status == 409)
    let note = Command.contribute(NewContribution(table: 1, kind: "idea", text: "Blijft"))
    #expect(try await hall.post(note, token: pass.token).status == 201)
    let again = try await hall.post(.undo, token: pass.token, key: key)
    #expect(again.status == 409 && again.body == first.body)
    #expect(hall.host.session.contributions.map(\.text) == ["Blijft"])
    // Under a number of its own it is another one.
    #expect(try await hall.post(.undo, token: pass.token).status == 201)
  }

  @Test func oldRefusalsAreForgotten() throws {
    let seen = SeenCommands()
    let refusal = WireProblem.refused(Phrase(same: "no"), wantsYes: false)
    let keys = (0..<5000).map { CommandID(high: 1, low: $0) }
    for key in keys {
      try seen.see(key, [1])
      seen.refuse(key, refusal)
    }
    try seen.see(keys[0], [2])
    for key in keys.suffix(1000) {
      #expect(throws: refusal) { try seen.see(key, [1]) }
      #expect(throws: WireProblem.otherCommand) { try seen.see(key, [2]) }
    }
    // What the disk could not take may be taken the next time.
    seen.refuse(keys[1], .disk(Phrase(same: "full")))
    try seen.see(keys[1], [1])
  }
}
