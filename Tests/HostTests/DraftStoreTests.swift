import Foundation
import Ground
import Host
import Synchronization
import Testing

/// What is half typed outlives the program, and never is in its way.
@Suite struct DraftStoreTests {
  /// A folder of its own, and what the store complained of.
  final class Shelf: Sendable {
    let folder: String
    let troubles = Mutex<[Phrase]>([])
    let conference = CommandID(high: 1, low: 2)

    init() { folder = FileManager.default.temporaryDirectory.path + "/beraad-drafts-\(UUID().uuidString)" }

    deinit {
      chmod(folder, 0o700)
      try? FileManager.default.removeItem(atPath: folder)
    }

    func store(in folder: String? = nil) -> DraftStore {
      DraftStore(conference: conference, folder: folder ?? self.folder + "/a/b") { [self] phrase in
        troubles.withLock { $0.append(phrase) }
      }
    }

    func contents(of path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    func write(_ text: String, to path: String) throws {
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: false, encoding: .utf8)
    }
  }

  @Test func whatWasTypedIsThereTheNextTime() throws {
    let shelf = Shelf()
    let drafts = ["plenary": "een \"halve\" zin\nmet é 日本 👍", "table-3": "\u{1B}[2J", "edit-c12": " "]
    let store = shelf.store()
    #expect(store.load() == [:])
    store.save(drafts)
    store.flush()
    #expect(shelf.store().load() == drafts)
    #expect(store.path.hasSuffix("/a/b/00000000000000010000000000000002.json"))
    let facts = try FileManager.default.attributesOfItem(atPath: store.path)
    #expect(facts[.posixPermissions] as? Int == 0o600)
    #expect(shelf.troubles.withLock { $0 } == [])
  }

  @Test func theLastOfManySavesStays() {
    let shelf = Shelf()
    let store = shelf.store()
    for count in 1...2000 { store.save(["plenary": String(repeating: "x", count: count)]) }
    store.flush()
    #expect(shelf.store().load() == ["plenary": String(repeating: "x", count: 2000)])
  }

  @Test func theFileGoesWhenNothingIsLeft() {
    let shelf = Shelf()
    let store = shelf.store()
    store.save(["plenary": "a", "table-1": ""])
    store.flush()
    #expect(shelf.contents(of: store.path) == #"{"plenary":"a"}"#)
    store.save(["plenary": ""])
    store.flush()
    #expect(!FileManager.default.fileExists(atPath: store.path))
    #expect(shelf.store().load() == [:])
    // Nothing to remove is no trouble.
    shelf.store().save([:])
    #expect(shelf.troubles.withLock { $0 } == [])
  }

  /// Killed between writing and renaming: the old text counts, and the stray file is no hindrance.
  @Test func aStrayFileIsOverwritten() throws {
    let shelf = Shelf()
    let store = shelf.store()
    store.save(["plenary": "oud"])
    store.flush()
    try shelf.write("{\"plenary\":\"nieu", to: store.path + ".new")
    let next = shelf.store()
    #expect(next.load() == ["plenary": "oud"])
    next.save(["plenary": "nieuw"])
    next.flush()
    #expect(shelf.store().load() == ["plenary": "nieuw"])
    #expect(!FileManager.default.fileExists(atPath: store.path + ".new"))
    #expect(shelf.troubles.withLock { $0 } == [])
  }

  @Test(arguments: ["", "{\"plenary\":\"ha", "[]", "\u{0}\u{1}", "{\"plenary\":1,\"table-1\":\"goed\"}"])
  func aBrokenFileIsNoError(text: String) throws {
    let shelf = Shelf()
    let store = shelf.store()
    try shelf.write(text, to: store.path)
    let isObject = text.hasSuffix("}")
    #expect(store.load() == (isObject ? ["table-1": "goed"] : [:]))
    #expect(store.load() == (isObject ? ["table-1": "goed"] : [:]))
    #expect(shelf.troubles.withLock { $0.count } == (isObject ? 0 : 1))
    store.save(["plenary": "weer"])
    store.flush()
    #expect(shelf.store().load() == ["plenary": "weer"])
  }

  @Test func aPlaceThatCannotBeWrittenIsToldOnce() throws {
    let shelf = Shelf()
    // A file stands where the folder should: root too cannot write there.
    try shelf.write("", to: shelf.folder + "/file")
    let store = shelf.store(in: shelf.folder + "/file/drafts")
    for text in ["a", "ab", ""] {
      store.save(["plenary": text])
      store.flush()
    }
    #expect(store.load() == [:])
    let troubles = shelf.troubles.withLock { $0 }
    #expect(troubles.count == 1 && troubles.first?.en.contains("/file/drafts/") == true)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere")) func aReadOnlyFolderIsToldOnce() throws {
    let shelf = Shelf()
    let store = shelf.store(in: shelf.folder)
    store.save(["plenary": "a"])
    store.flush()
    chmod(shelf.folder, 0o500)
    store.save(["plenary": "ab"])
    store.save(["plenary": "abc"])
    store.flush()
    #expect(shelf.troubles.withLock { $0.count } == 1)
    #expect(store.load() == ["plenary": "a"])
    chmod(shelf.folder, 0o700)
    store.save(["plenary": "abcd"])
    store.flush()
    #expect(store.load() == ["plenary": "abcd"])
  }

  @Test func aConferenceIsNamedByItsRecord() throws {
    let stage = try Stage()
    let host = try stage.create()
    let id = host.id
    host.close()
    let again = try stage.reopen()
    #expect(again.id == id)
    again.close()
    #expect(try Stage().create().id != id)
  }
}
