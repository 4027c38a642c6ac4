import Glibc
import Seating
import Synchronization

extension SeatingWorkers {
  /// As many parts at once as there are cores, at the priority of the thread that asks for them.
  ///
  /// Threads inherit how nice the one is that makes them. Those of `DispatchQueue.concurrentPerform` do not: they
  /// would search at the priority of the record's writer.
  static let allCores = SeatingWorkers { count, part in
    withoutActuallyEscaping(part) { part in
      let parts = Parts(count, part)
      var threads: [pthread_t] = []
      for _ in 1..<max(1, min(count, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) {
        if let thread = parts.startThread() { threads.append(thread) }
      }
      // This thread does what the others leave, also where there are no others to be had.
      parts.work()
      for thread in threads { pthread_join(thread, nil) }
    }
  }
}

/// Parts of a work that threads take one by one.
private final class Parts: Sendable {
  private let count: Int
  private let part: @Sendable (Int) -> Void
  private let taken = Atomic(0)

  init(_ count: Int, _ part: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.part = part
  }

  /// Does parts until all are taken.
  func work() {
    while true {
      let number = taken.add(1, ordering: .relaxed).oldValue
      guard number < count else { return }
      part(number)
    }
  }

  /// Has a new thread work, too.
  func startThread() -> pthread_t? {
    let parts = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Parts>.fromOpaque(context).takeRetainedValue().work() }
        return nil
      }, parts.toOpaque())
    if failed == 0 { return thread }
    parts.release()
    return nil
  }
}
