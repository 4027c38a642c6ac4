import Glibc

/// The time that really passes, as people who wait count it.
enum ProcessClock {
  /// Nanoseconds since the machine was started; never goes back, whatever is done to the time of day.
  ///
  /// It goes on while the machine sleeps: a laptop that was closed in a break shows afterwards how long it took.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// When the program was started, by the same clock.
  ///
  /// The kernel knows it in ticks, usually of 10 ms; loading the program and reading arguments come after it.
  /// Where it cannot be known, it is now.
  static func start() -> Int64 {
    let now = now()
    guard let status = readText("/proc/self/stat"), let name = status.lastIndex(of: ")") else { return now }
    // The program's name may hold spaces; starttime is the 22nd field, and the third comes after the name.
    let fields = status[status.index(after: name)...].split(separator: " ")
    let ticks = Int64(sysconf(Int32(_SC_CLK_TCK)))
    guard fields.count > 19, let started = Int64(fields[19]), ticks > 0 else { return now }
    let start = started * (1_000_000_000 / ticks)
    // Further back than any start takes: then the two clocks are not the same, as in some containers.
    return (now - 10_000_000_000...now).contains(start) ? start : now
  }
}
