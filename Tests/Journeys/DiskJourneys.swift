import Foundation
import Glibc
import Ground
import PTYKit
import Testing

/// The disk fills while somebody types; needs root, for a small disk of its own.
@Suite(.serialized, .enabled(if: SmallDisk.canBeMade, "no small disk can be mounted here"))
struct DiskJourneys {
  /// With the very last room gone a write fails: nothing more goes into this file, and `w` goes on in another.
  @Test func aFullDiskAndTheWayOut() throws {
    let place = try Place()
    let disk = try SmallDisk(place.path + "/disk")
    let folder = disk.path + "/rogplus"
    try FileManager.default.copyItem(atPath: try place.rogplus(), toPath: folder)
    let console = try CrashJourneys.breakout(place, folder)
    try CrashJourneys.note("Nog op de oude schijf", table: 1, on: console)
    let kept = try console.number(after: "Tafel 1 · ")

    // Longer than what is left of the file's last block.
    let text = "Getypt op een volle schijf:" + String(repeating: " zoveel woorden", count: 300)
    console.paste(text)
    try console.waitFor("zoveel woorden")
    // At the last moment: had the host measured the room meanwhile, nothing would be written at all.
    disk.fill(leaving: 0)
    try console.press(.enter, shows: "!! De schijf is vol. Wat bevestigd was, is bewaard.")
    try console.waitFor("× niet bewaard")
    #expect(console.text.contains("zoveel woorden"), "\(console.report)")
    #expect(try console.number(after: "Tafel 1 · ") == kept)

    // Room alone does not make a file whole of which a write failed.
    disk.free()
    try console.press(.enter, shows: "Er wordt niets meer geschreven")
    let other = place.path + "/verder.jsonl"
    try console.leaveNotes()
    try console.press("\u{1B}[20~", shows: "Verder in een nieuw bestand")  // F9
    console.send(other)
    try console.press(.enter, shows: "Het naslagwerk gaat verder in het nieuwe bestand.")
    console.send("n")
    try console.press(.enter, shows: "Tafel 1 · \(kept + 1) regel")
    try console.leaveNotes()
    try console.leave()

    try place.expectGood(folder)
    try place.expectGood(other)
    let (old, new) = (try Journal(folder), try Journal(other))
    #expect(Array(new.lines.prefix(old.lines.count)) == old.lines)
    #expect(new.all("contribution.added").last?["text"]?.string == text)
    #expect(old.all("contribution.added").last?["text"] == "Nog op de oude schijf")
  }

  /// With too little room for comfort a note is refused before anything is written, and kept once there is room.
  @Test func anAlmostFullDiskOnlyWaits() throws {
    let place = try Place()
    let disk = try SmallDisk(place.path + "/disk")
    let folder = disk.path + "/rogplus"
    try FileManager.default.copyItem(atPath: try place.rogplus(), toPath: folder)
    let console = try CrashJourneys.breakout(place, folder)
    disk.fill(leaving: 300_000)
    // The room is measured behind each write and now and then between: the first note may still go through,
    // and then the second does not.
    console.send("n")
    try console.waitFor("Enter bewaar")
    let before = try console.number(after: "Tafel 1 · ")
    console.send("Blijft staan")
    console.send(.enter)
    try console.waitUntil("the note is kept or refused") {
      console.text.contains("Tafel 1 · \(before + 1) regel") || console.text.contains("× niet bewaard")
    }
    let kept = try console.number(after: "Tafel 1 · ")
    if kept > before {
      console.send("Blijft staan")
      console.send(.enter)
    }
    try console.waitFor("× niet bewaard: De schijf is bijna vol")
    try console.waitFor("! schijf bijna vol")
    #expect(console.text.contains("Blijft staan"))

    disk.free()
    console.send(.enter)
    try console.waitForIdle()
    // The room is measured anew by the refusal, in the background: one Enter more is needed at most.
    if try console.number(after: "Tafel 1 · ") == kept { console.send(.enter) }
    try console.waitFor("Tafel 1 · \(kept + 1) regel")
    try console.leaveNotes()
    try console.leave()
    try place.expectGood(folder)
    #expect(try Journal(folder).all("contribution.added").last?["text"] == "Blijft staan")
  }
}

/// A disk of 4 MiB in memory.
final class SmallDisk {
  let path: String

  static let canBeMade: Bool = {
    guard let place = try? Place() else { return false }
    return (try? SmallDisk(place.path + "/disk")) != nil
  }()

  init(_ path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard mount("tmpfs", path, "tmpfs", 0, "size=4m") == 0 else { throw CannotMount(error: errno) }
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  /// Fills it until no more than so many bytes are left.
  func fill(leaving bytes: Int) {
    let file = open(path + "/vol", O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    var room = statvfs()
    statvfs(path, &room)
    let free = Int(room.f_bavail * room.f_frsize) - bytes
    let block = [UInt8](repeating: 120, count: 4096)
    var written = 0
    while written < free {
      let count = write(file, block, block.count)
      guard count > 0 else { return }
      written += count
    }
  }

  /// Makes room again.
  func free() { unlink(path + "/vol") }

  struct CannotMount: Error { let error: Int32 }
}
