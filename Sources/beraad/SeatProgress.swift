import Conference
import Dispatch
import Glibc
import Ground
import Seating
import Synchronization

/// Tells on stderr how far a drawing is, once it takes longer than half a second.
///
/// On a terminal one line is written over and over; elsewhere there is a line every five seconds.
final class SeatProgress {
  private let start: Int64
  private let deadline: Int64?
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let drawingBegan = ProcessClock.now()
  private var toldAt: Int64
  private var width = 0

  /// Creates the progress of a program that started at `start` and must end at `deadline`, if there is one.
  init(start: Int64, deadline: Int64?) {
    self.start = start
    self.deadline = deadline
    toldAt = start
  }

  /// Tells of the best so far, unless something was told a moment ago.
  func tell(_ soFar: SeatingDrawing) {
    let now = ProcessClock.now()
    let pause: Int64 = isTerminal ? 100_000_000 : 5_000_000_000
    guard now - start > 500_000_000, now - toldAt >= pause else { return }
    toldAt = now
    let text = words(soFar, now)[language]
    if isTerminal {
      let rest = String(repeating: " ", count: max(0, width - text.count))
      width = text.count
      _ = writeAll("\r" + text + rest, to: STDERR_FILENO)
    } else {
      complain(text)
    }
  }

  /// Clears the line, if there is one.
  func end() {
    if width > 0 { _ = writeAll("\r" + String(repeating: " ", count: width) + "\r", to: STDERR_FILENO) }
    width = 0
  }

  /// `Beste 150,3; ondergrens 149,6; 0,5 % erboven; nog 3 s`.
  private func words(_ soFar: SeatingDrawing, _ now: Int64) -> Phrase {
    let (cost, bound) = (soFar.score.total, soFar.bound.total)
    var dutch = ["Beste \(costInWords(cost).nl)", "ondergrens \(costInWords(bound).nl)"]
    var english = ["Best \(costInWords(cost).en)", "bound \(costInWords(bound).en)"]
    if let above = SeatingSummary.above(cost: cost, bound: bound) {
      dutch.append("\(above.nl) erboven")
      english.append("\(above.en) above it")
    }
    if let left = secondsLeft(soFar, now) {
      dutch.append("nog \(left) s")
      english.append("\(left) s left")
    }
    return Phrase(nl: dutch.joined(separator: "; "), en: english.joined(separator: "; "))
  }

  private func secondsLeft(_ soFar: SeatingDrawing, _ now: Int64) -> Int64? {
    if let deadline { return max(0, deadline - now + 999_999_999) / 1_000_000_000 }
    guard soFar.proposals > 0 else { return nil }
    let part = Double(soFar.effort - soFar.proposals) / Double(soFar.proposals)
    let seconds = part * Double(now - drawingBegan) / 1e9
    return seconds < 1e9 ? Int64(max(0, seconds).rounded(.up)) : nil
  }
}

/// Ctrl-C and the system's request to end, while tables are drawn.
///
/// The first asks for the best so far, the second ends the program at once.
final class BreakOff {
  private let requests = Requests()
  private let sources: [any DispatchSourceSignal]

  private final class Requests: Sendable {
    let count = Atomic<Int>(0)
  }

  /// Whether somebody asked to break off.
  var isAsked: Bool { requests.count.load(ordering: .relaxed) > 0 }

  /// Takes the signals over from now on.
  init() {
    let requests = requests
    // A queue of its own: the others may be busy with the drawing.
    let queue = DispatchQueue(label: "beraad.break-off", qos: .userInteractive)
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if requests.count.add(1, ordering: .relaxed).newValue > 1 { _exit(128 + number) }
      }
      source.resume()
      return source
    }
  }
}
