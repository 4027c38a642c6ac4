import Dispatch
import Glibc

/// How many processors there are, 1 at least.
let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

/// Calls `body` with 0 up to `count`, on all processors at once, and gives the results in that order.
func atOnce<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
  if count == 1 { return [body(0)] }
  return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
    // Each call has a place of its own.
    nonisolated(unsafe) let places = buffer
    DispatchQueue.concurrentPerform(iterations: count) { index in
      places.initializeElement(at: index, to: body(index))
    }
    initialized = count
  }
}
