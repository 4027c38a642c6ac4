// Lives lives on simulated disks, on all processors: `Lives SECONDS FIRST-SEED`.
//
// Without the fuzzer's coverage, which takes four fifths of the time and which lives do not ask for.
import Dispatch
import Glibc
import Synchronization

func nanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard numbers.count == 2, let seconds = numbers[0], let first = numbers[1] else {
  print("usage: Lives SECONDS FIRST-SEED")
  exit(64)
}
let lived = Atomic<UInt64>(0)
let start = nanoseconds()
let end = start + seconds * 1_000_000_000
DispatchQueue.concurrentPerform(iterations: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) { _ in
  while nanoseconds() < end {
    let seed = first + lived.add(1, ordering: .relaxed).oldValue
    guard let complaint = RecordModel.run(seed: seed) else { continue }
    print("\(complaint)\nBERAAD_SEED=\(seed) swift test --filter ModelTests lives it again")
    exit(1)
  }
}
let count = lived.load(ordering: .relaxed)
let rate = Double(count) / Double(nanoseconds() - start) * 1e9
print("\(count) lives from seed \(first), \(Int(rate)) a second; nothing was lost")
