import Conference
import Dispatch
import Ground
import Record
import Synchronization

extension ConferenceHost {
  static let sealType = "record.sealed"

  /// A record to which lines are added is sealed this often.
  static let sealInterval = Interval.minutes(15)

  /// Has the record sealed every 15 minutes for as long as there is this host.
  ///
  /// Nothing waits for it: the bytes are read on a thread of its own.
  public func keepSealed() {
    // Some seconds late is early enough.
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + .seconds(5)) { [weak self] in
      guard let self else { return }
      sealWhenDue()
      keepSealed()
    }
  }

  /// Appends a seal where the last one, or the opening, is 15 minutes ago and lines came since.
  ///
  /// Reads all bytes since the last seal: not for a thread that draws a screen.
  public func sealWhenDue() {
    let time = now()
    let isDue = state.withLock { state in
      // A clock that jumped back must not put the seal off.
      let isDue = abs(time - state.sealedAt) >= Self.sealInterval && state.recorded.lastSeq > state.lastSeal
      // What fails, such as on a full disk, is tried again when the next one is due.
      if isDue { state.sealedAt = time }
      return isDue
    }
    if isDue { seal(closing: false) }
  }

  /// Appends a seal over all lines that are in the record; whoever listens is told.
  ///
  /// A conference that was closed is sealed by itself. A `closing` seal may use the space kept in reserve.
  func seal(closing: Bool) {
    guard let line = add(state.withLock { $0.writer }.sealDraft(), closing: closing) else { return }
    state.withLock { state in
      state.sealedAt = line.at
      state.lastSeal = line.seq
    }
  }
}
