// Lives lives on simulated disks, on all processors: `Lives SECONDS FIRST-SEED`.
//
// Without the fuzzer's coverage, which takes four fifths of the time and which lives do not ask for.
import Dispatch
import Glibc
import Synchronization

@testable import Record

let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard numbers.count == 2, let seconds = numbers[0], let first = numbers[1] else {
  print("usage: Lives SECONDS FIRST-SEED")
  exit(64)
}
let lived = Atomic<UInt64>(0)
let start = ContinuousClock.now
let end = start + .seconds(seconds)
DispatchQueue.concurrentPerform(iterations: processors) { _ in
  while .now < end {
    let seed = first + lived.add(1, ordering: .relaxed).oldValue
    guard let complaint = RecordModel.run(seed: seed) else { continue }
    print("\(complaint)\nBERAAD_SEED=\(seed) swift test --filter ModelTests lives it again")
    exit(1)
  }
}
let count = lived.load(ordering: .relaxed)
let rate = Double(count) / ((.now - start) / .seconds(1))
print("\(count) lives from seed \(first), \(Int(rate)) a second; nothing was lost")
