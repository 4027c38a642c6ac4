import Conference
import Foundation
import Ground
import Host
import Record
import Seating
import Server
import Synchronization
import Wire

/// A host in a process of its own, to be killed, whose clock goes when it is told to.
///
///     HallProbe FOLDER TABLES
///
/// It goes on from the record and the passes in the folder, or begins one. Its first line tells the port and the codes
/// of note-takers and of the facilitator; then it answers each line of its input with one of its own:
///
///     +MS      so many milliseconds pass; the host's time
///     memory   what it holds of memory, in KiB
///
/// It ends with its input.
@main struct HallProbe {
  private static let start = Moment(milliseconds: 1_795_262_400_000)

  static func main() async throws {
    let folder = CommandLine.arguments[1]
    let (host, time) = try await open(folder + "/record.jsonl", tables: Int(CommandLine.arguments[2]) ?? 1)
    let store = DraftStore(conference: host.id, folder: folder + "/passes")
    let server = ConferenceServer(host, kept: store.load()) { store.save($0) }
    // On a thread of its own, since those of Swift's concurrency serve.
    Thread.detachNewThread { answer(host, time) }
    try await server.run(address: "127.0.0.1", port: 0) { port in
      let codes = [Door.Purpose.noteTaker, .facilitator].map {
        server.door.code(for: $0, now: host.now())?.description ?? "-"
      }
      say("\(port) \(codes.joined(separator: " "))")
    }
  }

  private final class Time: Sendable {
    let now: Mutex<Moment>
    init(_ start: Moment) { now = Mutex(start) }
  }

  private static func open(_ path: String, tables: Int) async throws -> (ConferenceHost, Time) {
    if FileManager.default.fileExists(atPath: path) {
      let (writer, report) = try RecordWriter.open(path: path, at: start) { _, _ in true }
      let time = Time(report.lines.last?.at ?? start)
      let host = ConferenceHost(
        writer: writer, lines: report.lines, engine: Annealer(), now: { time.now.withLock { $0 } })
      return (host, time)
    }
    let time = Time(start)
    let writer = try RecordWriter.create(path: path, session: "dagdeel", app: "test", at: start)
    let host = ConferenceHost(
      writer: writer, lines: [writer.firstLine], engine: Annealer(), now: { time.now.withLock { $0 } })
    let plan = Plan(
      title: "Dagdeel",
      items: [
        AgendaItem(id: "a", phase: .plenary, title: "Opening", seconds: 1800),
        AgendaItem(id: "b", phase: .plenary, title: "Aan tafel", seconds: 9000),
        AgendaItem(id: "c", phase: .closing, title: "Slot", seconds: 1800),
      ], tables: (1...tables).map { Table(number: $0, seats: 8) })
    let opening = Opening(
      plan: plan, participants: [], survey: [], zone: Zone(name: "Europe/Amsterdam", offset: 3600))
    try await withCheckedThrowingContinuation { done in
      host.submit(.open(opening), by: "host") { result in done.resume(with: result.map { _ in }) }
    }
    return (host, time)
  }

  private static func answer(_ host: ConferenceHost, _ time: Time) {
    while let line = readLine() {
      if line == "memory" {
        say("\(residentMemory())")
      } else if line.hasPrefix("+"), let passing = Int64(line.dropFirst()) {
        time.now.withLock { $0 = $0 + passing }
        host.sealWhenDue()
        say(host.now().rfc3339)
      }
    }
    host.close()
    exit(0)
  }

  private static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  private static func residentMemory() -> Int {
    let words =
      (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return words.count > 1 ? (Int(words[1]) ?? 0) * 4 : 0
  }
}
