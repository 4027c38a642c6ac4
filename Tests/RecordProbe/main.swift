import Glibc
import Ground
import Record

/// A program that writes a record and tells what was acknowledged, for `make test-faults`.
///
///     RecordProbe create|open FILE [lines=N] [appenders=N] [bytes=N] [large] [closing]
///                                  [waiting=N] [elsewhere=FILE] [child] [heir] [hold]
///     RecordProbe repair FILE COPY
///
/// Each line of its output is one write(2), made only after what it tells has happened:
///
///     opened|acknowledged|elsewhere N HASH   the first N lines are safe, and chain to HASH
///     refused WORDS                          nothing was taken, and the writer goes on
///     failed WORDS                           the writer is poisoned, or never came to be
///     poisoned WORDS                         what a later append is told
///
/// It ends with 0, or with 3 where something failed.
struct Probe: Sendable {
  /// The record's name.
  let path: String
  /// With `waiting`, every N-th command is appended by one that waits for it, and may write it itself.
  private let options: [String: String]

  init(_ path: String, options: [String]) {
    self.path = path
    self.options = Dictionary(
      options.map { option in
        let parts = option.split(separator: "=", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      }, uniquingKeysWith: { $1 })
  }

  private func number(_ name: String, _ value: Int) -> Int { options[name].flatMap { Int($0) } ?? value }

  /// All lines bear the same time: what the clock does is not looked at here.
  private static let noon = Moment(milliseconds: 1_795_262_400_000)

  // MARK: A life

  /// Creates or opens the record, appends, and where asked goes on elsewhere; tells whether all went well.
  func live(creating: Bool) async throws(RecordError) -> Bool {
    let writer =
      creating
      ? try RecordWriter.create(path: path, session: "faults", app: "probe", at: Self.noon)
      : try RecordWriter.open(path: path, at: Self.noon, knows: { _, _ in true }).0
    tell("opened", writer)
    if options["heir"] != nil { letChildrenInherit(path) }
    if options["child"] != nil || options["heir"] != nil { startChild() }
    var isWell = await appendAll(to: writer)
    if let elsewhere = options["elsewhere"] {
      let next = try writer.continueElsewhere(path: elsewhere)
      tell("elsewhere", next)
      for number in 1001...1003 { isWell = await append(number, to: next) && isWell }
      next.close()
    }
    if options["hold"] != nil {
      say("holding")
      while readLine() != nil {}
    }
    writer.close()
    say("closed")
    return isWell
  }

  private func appendAll(to writer: RecordWriter) async -> Bool {
    let appenders = number("appenders", 1)
    let each = number("lines", 0) / appenders
    return await withTaskGroup(of: Bool.self) { group in
      for appender in 0..<appenders {
        group.addTask {
          for index in 0..<each {
            guard await append(appender * each + index, to: writer) else { return false }
          }
          return true
        }
      }
      return await group.reduce(true) { $0 && $1 }
    }
  }

  /// Appends a command until it is taken; tells whether it was.
  private func append(_ number: Int, to writer: RecordWriter) async -> Bool {
    while true {
      do {
        try await appendOnce(number, to: writer)
        return true
      } catch .diskNearlyFull {
        say("refused \(RecordError.diskNearlyFull.phrase.en)")
        guard readLine() != nil else { return false }
      } catch {
        say("failed \(error.phrase.en)")
        // Whoever comes later must be told as well, and nothing of it may be written.
        for _ in 1...2 {
          do {
            try await appendOnce(number, to: writer)
          } catch {
            say("poisoned \(error.phrase.en)")
          }
        }
        return false
      }
    }
  }

  private func appendOnce(_ number: Int, to writer: RecordWriter) async throws(RecordError) {
    let isClosing = options["closing"] != nil
    if let each = options["waiting"].flatMap({ Int($0) }), number % each == 0 {
      try writer.appendAndWait(drafts(number), at: Self.noon, by: "host", cmd: .random(), closing: isClosing)
      return tell("acknowledged", writer)
    }
    let result = await withCheckedContinuation { continuation in
      do throws(RecordError) {
        try writer.append(
          drafts(number), at: Self.noon, by: "host", cmd: .random(), closing: isClosing
        ) { result in
          if case .success = result { tell("acknowledged", writer) }
          continuation.resume(returning: result.map { _ in })
        }
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
    try result.get()
  }

  /// One line, two in every third command, and with `large` a third command of more than a batch.
  private func drafts(_ number: Int) -> [Draft] {
    let isLarge = options["large"] != nil && number == 2
    let text = String(repeating: "é \"\n", count: (isLarge ? 40_000 : self.number("bytes", 200)) / 7)
    return (0..<(isLarge ? 12 : number % 3 == 0 ? 2 : 1)).map { part in
      Draft(type: "x.probe", data: ["n": .int(number), "part": .int(part), "text": .string(text)])
    }
  }

  // MARK: Children

  /// Lets a child have the record's descriptor, as if the writer had forgotten to prevent it.
  private func letChildrenInherit(_ path: String) {
    for file in Int32(3)..<64 {
      var name = [CChar](repeating: 0, count: 4096)
      guard readlink("/proc/self/fd/\(file)", &name, name.count - 1) > 0 else { continue }
      let target = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if target == path { _ = fcntl(file, F_SETFD, 0) }
    }
  }

  private func startChild() {
    var child: pid_t = 0
    var words: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
    let failed = posix_spawnp(&child, "sleep", nil, nil, &words, environ)
    for word in words { free(word) }
    say(failed == 0 ? "child \(child)" : "failed no child")
  }
}

/// Tells how far a record is safe.
func tell(_ what: String, _ writer: RecordWriter) {
  while true {
    let (count, hash) = (writer.acknowledgedCount, writer.acknowledgedHash)
    // Another thread may write meanwhile; number and hash must belong together.
    if writer.acknowledgedCount == count { return say("\(what) \(count) \(hash)") }
  }
}

/// Writes a line to standard output at once: what was told before a crash must not lie in a buffer.
func say(_ words: String) {
  let bytes = Array((words + "\n").utf8)
  _ = write(STDOUT_FILENO, bytes, bytes.count)
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2, ["create", "open", "repair"].contains(arguments[0]) else {
  say("usage: RecordProbe create|open|repair FILE …")
  exit(64)
}
RecordWriter.ignoreWriteSignals()
say("pid \(getpid())")
do {
  guard arguments[0] != "repair" else {
    let report = try RecordCheck.repair(path: arguments[1], from: Array(arguments.dropFirst(2)))
    say("repaired \(report?.lines ?? 0)")
    exit(0)
  }
  let probe = Probe(arguments[1], options: Array(arguments.dropFirst(2)))
  exit(try await probe.live(creating: arguments[0] == "create") ? 0 : 3)
} catch {
  say("failed \(error.phrase.en)")
  exit(3)
}
