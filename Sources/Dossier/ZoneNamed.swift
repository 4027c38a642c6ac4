import Foundation
import Ground

extension Zone {
  /// Whether there is a zone called `name` in the tz database.
  static func exists(named name: String) -> Bool { TimeZone(identifier: name) != nil }

  /// Creates the zone called `name` in the tz database with its changes within 400 days of `moment`, or nil
  /// where there is no such zone.
  public init?(named name: String, around moment: Moment) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    func offset(_ second: Int64) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }
    // Zones keep an offset for weeks at least, so looking every three days misses no change.
    let step: Int64 = 3 * 86_400
    let middle = moment.milliseconds.floorDivided(by: 1000)
    let first = middle - 400 * 86_400
    var changes: [Change] = []
    for start in stride(from: first, to: middle + 400 * 86_400, by: Int(step)) {
      var (before, after) = (start, start + step)
      let old = offset(before)
      let new = offset(after)
      guard old != new else { continue }
      while after - before > 1 {
        let half = (before + after) / 2
        if offset(half) == old { before = half } else { after = half }
      }
      changes.append(Change(at: Moment(milliseconds: after * 1000), offset: new))
    }
    self.init(name: name, offset: offset(first), changes: changes)
  }
}
