import Glibc
import Ground

/// The lines of one command on their way to the disk.
struct Entry {
  var lines: [Line] = []
  var bytes: [UInt8] = []
  /// The offset behind each line in `bytes`.
  var ends: [Int] = []
  var hash: ChainHash
  var completion: @Sendable (Result<[Line], RecordError>) -> Void
}

/// What the writer's thread and those who append share.
struct WriterState {
  /// Taken in, but not yet taken up.
  var queue: [Entry] = []
  /// Whether a thread writes at this moment; who appends meanwhile leaves it to that thread or the next.
  var isWriting = false
  /// The number, time and hash that the next line follows on, acknowledged or not.
  var nextSeq: Int
  var lastAt: Moment
  var hash: ChainHash
  /// The last reading of the host's clock, to see a jump back once.
  var lastClock: Moment
  var acknowledged: Acknowledged
  var failure: RecordError?
  var freeBytes: Int
  var wantsFreeBytes = false
  var isClosing = false
  var isClosed = false
}

/// Takes all that is queued, writes, syncs and acknowledges it, one thread at a time.
///
/// That is the writer's own thread, or one that appends and would wait for it anyway: to wake another thread takes
/// a fifth of the time of a sync.
struct WriterLoop: Sendable {
  let state: Monitor<WriterState>
  let disk: Disk
  let file: Int32
  let path: String

  private enum Work {
    case write([Entry], from: Int)
    case fail([Entry], RecordError)
    case measure
    case stop
  }

  /// Works until the writer is closed.
  func run() {
    while perform(state.wait(nextWork)) {}
  }

  /// Does what there is to do next; returns whether there was anything.
  ///
  /// For models that have no threads, so that the same calls come in the same order each time.
  func step() -> Bool {
    let work = state.access { $0.isClosed ? nil : nextWork(&$0) }
    guard let work else { return false }
    _ = perform(work)
    return true
  }

  /// Returns whether there can be more to do.
  private func perform(_ work: Work) -> Bool {
    switch work {
    case .write(let batch, let size): write(batch, from: size)
    case .fail(let batch, let error): for entry in batch { entry.completion(.failure(error)) }
    case .measure: measure()
    case .stop:
      disk.close(file)
      state.access { $0.isClosed = true }
      return false
    }
    return true
  }

  private func nextWork(_ state: inout WriterState) -> Work? {
    guard !state.isWriting else { return nil }
    if let failure = state.failure, !state.queue.isEmpty {
      defer { state.queue = [] }
      return .fail(state.queue, failure.asPoison)
    }
    if !state.queue.isEmpty {
      var size = 0
      let taken = state.queue.prefix { entry in
        size += entry.bytes.count
        return size <= Scan.maxBatch
      }
      // An entry larger than a batch goes alone, in several writes.
      let batch = Array(state.queue.prefix(max(1, taken.count)))
      state.queue.removeFirst(batch.count)
      state.isWriting = true
      return .write(batch, from: state.acknowledged.count)
    }
    if state.wantsFreeBytes { return .measure }
    return state.isClosing ? .stop : nil
  }

  /// Writes a batch behind `size` bytes on the thread that calls, which has set `isWriting`.
  func write(_ batch: [Entry], from size: Int) {
    defer {
      // After the completions, so that those of the next batch come behind them.
      let hasMore = state.quietly { state in
        state.isWriting = false
        return !state.queue.isEmpty || state.wantsFreeBytes || state.isClosing
      }
      // The writer's thread is woken only where it has something to do.
      if hasMore { state.wake() }
    }
    let bytes = joined(batch)
    do {
      for piece in pieces(batch, bytes) {
        try disk.writeAll(file, piece, path: path)
        try disk.syncingData(file, path: path)
      }
      let free = disk.freeBytes(file)
      state.quietly {
        // Commands without lines add nothing, so that the last line need not be the last command's.
        if let last = batch.last, let line = batch.last(where: { !$0.lines.isEmpty })?.lines.last {
          $0.acknowledged.append(bytes, hash: last.hash, last: line)
        }
        $0.freeBytes = free
      }
      for entry in batch { entry.completion(.success(entry.lines)) }
    } catch {
      // Cut off what nobody was told of, so that the file stays a record. Best effort: the disk is failing,
      // and opening the record cuts a torn line as well.
      _ = disk.truncate(file, size)
      state.quietly { $0.failure = error }
      for entry in batch { entry.completion(.failure(error)) }
    }
  }

  private func joined(_ batch: [Entry]) -> [UInt8] {
    guard batch.count != 1 else { return batch[0].bytes }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batch.reduce(0) { $0 + $1.bytes.count })
    for entry in batch { bytes += entry.bytes }
    return bytes
  }

  /// Divides a batch that is too large for one write at the ends of its lines.
  private func pieces(_ batch: [Entry], _ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    guard !bytes.isEmpty else { return [] }
    guard bytes.count > Scan.maxBatch, let ends = batch.first?.ends else { return [bytes[...]] }
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, end) in ends.enumerated() {
      let next = index + 1 < ends.count ? ends[index + 1] : Int.max
      if next == Int.max || next - start > Scan.maxBatch {
        pieces.append(bytes[start..<end])
        start = end
      }
    }
    return pieces
  }

  private func measure() {
    let free = disk.freeBytes(file)
    state.access {
      $0.freeBytes = free
      $0.wantsFreeBytes = false
    }
  }
}
