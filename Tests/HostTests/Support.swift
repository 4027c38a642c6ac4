import Conference
import Dispatch
import Foundation
import Ground
import Host
import Record
import Seating
import Synchronization
import Testing

/// A host over a record in a folder of its own, with a clock that only moves when told to.
final class Stage: Sendable {
  let folder: String
  let clock = Mutex(Moment(milliseconds: 1_795_262_400_000))

  var path: String { folder + "/record.jsonl" }

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "beraad-host-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var now: @Sendable () -> Moment { { self.clock.withLock { $0 } } }

  func wait(minutes: Int) { clock.withLock { $0 = $0 + .minutes(minutes) } }

  func create(
    _ opening: Opening = Stage.opening, engine: any SeatingEngine = Annealer()
  ) throws -> ConferenceHost {
    let writer = try RecordWriter.create(path: path, session: "proef", app: "test", at: now())
    let host = ConferenceHost(
      writer: writer, lines: [writer.firstLine], engine: engine, now: now)
    #expect(host.refusal(of: .open(opening), by: "host") == nil)
    return host
  }

  func reopen() throws -> ConferenceHost {
    let (writer, report) = try RecordWriter.open(
      path: path, at: now(), knows: Event.knows(type:version:))
    return ConferenceHost(writer: writer, lines: report.lines, engine: Annealer(), now: now)
  }

  static let opening = Opening(
    plan: Plan(
      title: "Proef",
      items: [
        AgendaItem(id: "a", phase: .plenary, title: "Opening", seconds: 600),
        AgendaItem(id: "b", phase: .breakout, title: "Ronde 1", seconds: 1200),
        AgendaItem(id: "c", phase: .breakout, title: "Ronde 2", seconds: 1200),
        AgendaItem(id: "d", phase: .reportBack, title: "Terug", seconds: 600),
        AgendaItem(id: "e", phase: .closing, title: "Slot", seconds: 600),
      ], tables: (1...3).map { Table(number: $0, seats: 5) }),
    participants: (1...12).map {
      Participant(id: "p\($0)", name: "Mens \($0)", group: "G\($0 % 3)", municipality: "M\($0 % 2)")
    },
    survey: [SurveyAnswer(text: "Van tevoren", kind: "idea", source: "enquête")],
    zone: Zone(name: "Europe/Amsterdam", offset: 3600))
}

extension ConferenceHost {
  /// Gives a command, waits for its answer and returns why it was refused, or nil.
  func refusal(of command: Command, by: String = "facilitator", cmd: CommandID = .random()) -> Phrase? {
    let answer = Answer()
    let done = DispatchSemaphore(value: 0)
    submit(command, by: by, cmd: cmd) { result in
      if case .failure(let error) = result { answer.phrase.withLock { $0 = error.phrase } }
      done.signal()
    }
    done.wait()
    return answer.phrase.withLock { $0 }
  }

  private final class Answer: Sendable { let phrase = Mutex<Phrase?>(nil) }
}
