import Glibc
import Ground
import Testing

@testable import Record

/// Following a record that somebody else writes.
@Suite struct FollowerTests {
  let folder: TemporaryFolder
  let bytes: [UInt8]
  let lines: [Line]

  init() throws {
    folder = try TemporaryFolder()
    let writer = try RecordWriter.create(path: folder.file("whole"), session: "s", app: "0.1.0", at: noon)
    for number in 1...8 {
      _ = try writer.appendAndWait(
        [note("één \(number)", number: number)], at: noon + Interval(number), by: "note-4", cmd: someCommand)
    }
    bytes = try Disk.real.contents(of: folder.file("whole"))
    lines = try RecordReader.read(path: folder.file("whole")).lines
  }

  private func append(_ part: some Sequence<UInt8>) throws {
    let file = try Disk.real.opening(folder.file(), O_WRONLY | O_APPEND | O_CREAT)
    defer { Disk.real.close(file) }
    try Disk.real.writeAll(file, part, path: folder.file())
  }

  private func added(_ news: RecordFollower.News?) -> [Line]? {
    if case .added(let lines) = news { lines } else { nil }
  }

  private func whole(_ news: RecordFollower.News?) -> [Line]? {
    if case .whole(let lines) = news { lines } else { nil }
  }

  /// In pieces of any length: every line once, in order, and none before it is whole.
  @Test(arguments: [1, 7, 64, 193, 1000]) func aGrowingRecordComesLineByLine(piece: Int) throws {
    var follower = RecordFollower(path: folder.file())
    var seen: [Line] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + piece)
      try append(bytes[start..<end])
      start = end
      let news = follower.look()
      if let lines = whole(news) {
        #expect(seen.isEmpty)
        seen = lines
      } else if let lines = added(news) {
        seen += lines
      } else {
        #expect(news == nil)
      }
      let isAtEnd = bytes[..<end].count { $0 == 0x0A }
      #expect(seen.count == isAtEnd)
    }
    #expect(seen == lines)
    #expect(follower.look() == nil)
  }

  @Test func aRecordThatIsNotThereYetIsToldOnce() throws {
    var follower = RecordFollower(path: folder.file())
    guard case .unreachable(.notFound) = follower.look() else {
      Issue.record("not told")
      return
    }
    #expect(follower.look() == nil)
    try append(bytes)
    #expect(whole(follower.look()) == lines)
  }

  @Test func aRecordThatVanishesAndComesBackGoesOn() throws {
    try append(bytes)
    var follower = RecordFollower(path: folder.file())
    #expect(whole(follower.look()) == lines)
    _ = rename(folder.file(), folder.file("away"))
    guard case .unreachable(.notFound) = follower.look() else {
      Issue.record("not told")
      return
    }
    _ = rename(folder.file("away"), folder.file())
    #expect(added(follower.look()) == [])
    #expect(follower.look() == nil)
  }

  /// Another file, or other bytes in this one: what was told before counts no more.
  @Test func aRecordThatIsReplacedIsReadAnew() throws {
    try append(bytes)
    var follower = RecordFollower(path: folder.file())
    _ = follower.look()
    let other = try RecordWriter.create(path: folder.file("other"), session: "t", app: "0.1.0", at: noon)
    for _ in 1...12 { _ = try other.appendAndWait([note("x")], at: noon, by: "note-4", cmd: someCommand) }
    let others = try Disk.real.contents(of: folder.file("other"))
    #expect(others.count > bytes.count)
    let file = try Disk.real.opening(folder.file(), O_WRONLY)
    try Disk.real.writeAll(file, others, path: folder.file())
    Disk.real.close(file)
    #expect(whole(follower.look())?.count == 13)
    // Cut back behind what was read, as after a batch that could not be written.
    _ = truncate(folder.file(), others.count - 20)
    #expect(whole(follower.look())?.count == 12)
    _ = try folder.write(bytes)
    #expect(whole(follower.look()) == lines)
  }

  @Test func damageIsToldBehindTheLinesInFrontOfIt() throws {
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }
    var bad = bytes
    // A letter inside the eighth line.
    bad[ends[6] + 200] ^= 1
    for first in [ends[3] + 1, bad.count] {
      _ = try folder.write(bad[..<first])
      var follower = RecordFollower(path: folder.file())
      var seen = whole(follower.look()) ?? []
      if first < bad.count {
        try append(bad[first...])
        seen += added(follower.look()) ?? []
      }
      #expect(seen == Array(lines[..<7]))
      guard case .damaged(let damage) = follower.look() else {
        Issue.record("not told")
        continue
      }
      #expect(damage.line == 8 && damage.offset == ends[6] + 1)
      #expect(follower.look() == nil)
      // Mended it goes on, from there or, where it is a new file, from the beginning.
      _ = try folder.write(bytes)
      let mended = follower.look()
      #expect(whole(mended) == lines || added(mended) == Array(lines[7...]))
    }
  }

  @Test func aFileThatIsNoRecordIsDamaged() throws {
    _ = try folder.write(Array("geen naslagwerk\n".utf8))
    var follower = RecordFollower(path: folder.file())
    guard case .damaged = follower.look() else {
      Issue.record("not told")
      return
    }
    #expect(follower.look() == nil)
  }
}
