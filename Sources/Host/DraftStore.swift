import Dispatch
import Glibc
import Ground
import Synchronization

/// Keeps what is being typed on disk, so that a half-typed line survives a crash.
///
/// Drafts are a convenience: a file that is broken or cannot be written is no error, and is told once. They
/// are no part of the record, and may hold what is sensitive: only their owner can read them. All methods may
/// be called from any thread, and only `load` and `flush` wait for the disk.
public final class DraftStore: Sendable {
  /// The file: a JSON object of texts by their places.
  public let path: String

  private let folder: String
  private let onTrouble: @Sendable (Phrase) -> Void
  // Below the record's writer: a draft never makes a line wait.
  private let queue = DispatchQueue(label: "beraad.drafts", qos: .utility)
  private let state = Mutex(State())

  private struct State {
    /// What is to be written; nil when all of it was.
    var waiting: [String: String]?
    /// What the file holds as far as we know; nil: unknown.
    var written: [String: String]?
    var hasTold = false
  }

  /// Creates the store of one conference; nothing is read or written yet.
  ///
  /// - Parameters:
  ///   - conference: what names the conference, wherever its folder moves; `ConferenceHost.id`.
  ///   - folder: where drafts are kept; made when it is needed.
  ///   - onTrouble: called at most once, on any thread, with what is wrong.
  public init(
    conference: CommandID, folder: String, onTrouble: @escaping @Sendable (Phrase) -> Void = { _ in }
  ) {
    self.folder = folder
    path = "\(folder)/\(conference).json"
    self.onTrouble = onTrouble
  }

  /// `$XDG_STATE_HOME/beraad/` and `name`, else under `~/.local/state`; nil where there is no home either.
  ///
  /// Source: the XDG Base Directory Specification, which ignores paths that are not absolute.
  public static func standardFolder(_ name: String = "drafts") -> String? {
    func absolute(_ name: String) -> String? {
      guard let value = getenv(name) else { return nil }
      let path = String(cString: value)
      return path.hasPrefix("/") ? path : nil
    }
    let state = absolute("XDG_STATE_HOME") ?? absolute("HOME").map { $0 + "/.local/state" }
    return state.map { $0 + "/beraad/" + name }
  }

  /// Returns the texts that were being typed when the program ended, by their places.
  public func load() -> [String: String] {
    queue.sync {
      guard let bytes = read() else { return [:] }
      guard case .object(let members)? = try? JSON(parsing: bytes) else {
        tell(
          Phrase(
            nl: "De bewaarde half getypte tekst (\(path)) is onleesbaar.",
            en: "The half-typed text that was kept (\(path)) cannot be read."))
        return [:]
      }
      var drafts: [String: String] = [:]
      for member in members {
        if case .string(let text) = member.value { drafts[member.key] = text }
      }
      return drafts
    }
  }

  /// Keeps these texts instead of those before; returns at once.
  ///
  /// While one writing is underway only the latest of what comes in waits. Empty texts are left out; where
  /// none is left the file goes.
  public func save(_ drafts: [String: String]) {
    let drafts = drafts.filter { !$0.value.isEmpty }
    let isFirst = state.withLock { state in
      defer { state.waiting = drafts }
      return state.waiting == nil
    }
    if isFirst { queue.async { self.writeWaiting() } }
  }

  /// Waits until all that was saved is in the file; for a clean end.
  public func flush() { queue.sync { writeWaiting() } }

  // MARK: - On the queue

  private func writeWaiting() {
    let drafts = state.withLock { state -> [String: String]? in
      defer { state.waiting = nil }
      return state.waiting == state.written ? nil : state.waiting
    }
    guard let drafts else { return }
    let failure = drafts.isEmpty ? remove() : write(drafts)
    state.withLock { $0.written = failure == nil ? drafts : nil }
    guard let failure else { return }
    tell(
      Phrase(
        nl: "Half getypte tekst wordt nu niet bewaard (\(path)): \(failure). Het naslagwerk wel.",
        en: "Half-typed text is not kept now (\(path)): \(failure). The record is."))
  }

  private func tell(_ phrase: Phrase) {
    let isFirst = state.withLock { state in
      defer { state.hasTold = true }
      return !state.hasTold
    }
    if isFirst { onTrouble(phrase) }
  }

  /// Writes a file beside it and renames that over it, so that at any moment there is a whole one.
  ///
  /// Not synced: what must outlive a power failure is in the record. Returns why it failed, or nil.
  private func write(_ drafts: [String: String]) -> String? {
    let object = JSON.object(drafts.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) })
    var bytes: [UInt8] = []
    object.write(to: &bytes)
    makeFolder()
    // One name for all: what a crash leaves behind is overwritten the next time.
    let temporary = path + ".new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return reason() }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = reason()
        close(file)
        unlink(temporary)
        return reason
      }
      rest = rest.dropFirst(count)
    }
    close(file)
    return rename(temporary, path) == 0 ? nil : reason()
  }

  private func remove() -> String? {
    unlink(path + ".new")
    return unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR ? nil : reason()
  }

  private func read() -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Makes the folder and those above it that lack; where that fails, opening the file says why.
  private func makeFolder() {
    var part = ""
    for name in folder.split(separator: "/") {
      part += (part.isEmpty && !folder.hasPrefix("/") ? "" : "/") + name
      mkdir(part, 0o700)
    }
  }

  private func reason() -> String { String(cString: strerror(errno)) }
}
