import Conference
import Foundation
import Ground
import Host
import Server
import Testing
import Wire
import Yams

/// docs/openapi.yaml says what the server does.
@Suite(.serialized) struct APITests {
  private let document: [String: Any]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/openapi.yaml")
    document = try #require(try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)) as? [String: Any])
  }

  private func part(_ path: String...) throws -> [String: Any] {
    try path.reduce(document) { try #require($0[$1] as? [String: Any]) }
  }

  @Test func namesEveryCommandAndProblem() throws {
    let types = try part("components", "schemas", "Command", "properties", "type")["enum"] as? [String]
    #expect(types == CommandType.allCases.map(\.rawValue))
    let problems = try part("components", "schemas", "Problem", "properties", "problem")["enum"] as? [String]
    let phrase = Phrase(nl: "", en: "")
    let all: [WireProblem] = [
      .malformed(""), .noPass, .wrongCode, .notAllowed, .notHere, .diverged,
      .behind(LineMark(seq: 0, hash: "00000000")),
      .refused(phrase, wantsYes: false),
      .tooLong, .otherCommand, .tooMany(after: 1), .notYet, .disk(phrase),
    ]
    #expect(problems == all.map(\.status.name))
    // Every status that a problem has is one that some path lists.
    let listed = try paths().flatMap { $0.statuses }
    #expect(Set(all.map(\.status.number)).isSubset(of: listed))
  }

  private func paths() throws -> [(path: String, method: String, statuses: [Int])] {
    try part("paths").flatMap { path, methods in
      try #require(methods as? [String: Any]).map { method, operation in
        let responses = try #require((operation as? [String: Any])?["responses"] as? [String: Any])
        return (path, method.uppercased(), responses.keys.compactMap { Int($0) })
      }
    }
  }

  /// Every path is there, refuses who has no pass where it wants one, and answers a good request as the page says.
  @Test func everyPathAnswersAsItSays() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.noteTaker, table: 1)
    let paths = try paths()
    #expect(paths.count == 10)
    for (path, method, statuses) in paths {
      let path = path.replacing("{id}", with: hall.host.id.description)
        .replacing("{key}", with: CommandID(high: 0, low: 7).description)
      let wrong = try await hall.ask(method, path, body: "{")
      #expect(statuses.contains(wrong.status), "\(method) \(path): \(wrong)")
      #expect(wrong.status == 200 || wrong.json["problem"]?.string?.isEmpty == false)
      let other = try await hall.ask(method == "GET" ? "POST" : "GET", path)
      #expect(other.status == 404, "\(path) has one method")
      // A pass, but a mark or key that is none.
      let body = String(decoding: CommandBody.bytes(.undo) ?? [], as: UTF8.self)
      let odd = try await hall.ask(
        method, path, token: pass.token, headers: ["Last-Event-ID": "x", "Idempotency-Key": "x"], body: body)
      #expect(statuses.contains(odd.status), "\(method) \(path): \(odd)")
    }
    #expect(
      Set(paths.map(\.path)) == [
        "/", "/v1", Wire.join, route(Wire.events), route(Wire.commands), route(Wire.devices),
        route(Wire.door),
        route(Wire.drawings), route(Wire.lines),
        route { Wire.drawing(CommandID(high: 0, low: 8), $0) }
          .replacing(CommandID(high: 0, low: 8).description, with: "{key}"),
      ])
  }

  private func route(_ path: (CommandID) -> String) -> String {
    let id = CommandID(high: 0, low: 7)
    return path(id).replacing(id.description, with: "{id}")
  }

  /// The members that answers have are those of the page, and those that it requires are there.
  @Test func answersHaveTheMembersOfTheirSchema() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.noteTaker, table: 1)
    let good = try await hall.post(
      .contribute(NewContribution(table: 1, kind: "idea", text: "x")), token: pass.token)
    let problem = try await hall.post(.undo, token: "none")
    let facilitator = try await hall.join(.facilitator)
    let devices = try await hall.ask("GET", Wire.devices(hall.host.id), token: facilitator.token)
    let found = DrawingCard.found(
      rounds: [], cost: 2, bound: 1, isOptimal: false, elapsed: 3, isDone: false)
    for (json, schema) in [
      (devices.json, "Devices"), (JSONText(found.json), "Drawing"),
      (JSONText(DrawingCard.refused(Phrase(same: "x")).json), "Drawing"),
      (try await hall.ask("GET", "/v1").json, "Card"), (JSONText(pass.json), "Pass"), (good.json, "Answer"),
      (problem.json, "Problem"),
    ] {
      let schema = try part("components", "schemas", schema)
      let members = Set((json.object?.all ?? []).map(\.key))
      let properties = try #require(schema["properties"] as? [String: Any])
      #expect(members.isSubset(of: properties.keys), "\(json.text)")
      #expect(members.isSuperset(of: try #require(schema["required"] as? [String])), "\(json.text)")
    }
  }
}
