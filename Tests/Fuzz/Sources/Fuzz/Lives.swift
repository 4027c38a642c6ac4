import Glibc

/// Lives lives on simulated disks for some seconds; ends the program at the first that loses something.
func liveOnDisks(seconds: UInt64, from first: UInt64) {
  let start = now()
  var seed = first
  while now() - start < seconds * 1_000_000_000 {
    judge(RecordModel.run(seed: seed))
    seed += 1
  }
  let rate = Double(seed - first) / Double(now() - start) * 1e9
  print("\(seed - first) lives from seed \(first), \(Int(rate)) a second; nothing was lost")
}

private func now() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
