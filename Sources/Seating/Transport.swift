/// Whether every source can send what it has to sinks that fit it.
enum Transport {
  /// Returns sources that have more together than all the sinks that fit them can take, or nil where
  /// everything can be sent.
  ///
  /// Source: augmenting paths (Ford and Fulkerson 1956); what the last search reaches is Hall's violator.
  static func shortfall(
    supply: [Int], capacity: [Int], fits: (_ source: Int, _ sink: Int) -> Bool
  ) -> (sources: [Int], sinks: [Int])? {
    var sent = [[Int]](repeating: [Int](repeating: 0, count: capacity.count), count: supply.count)
    var room = capacity
    for source in supply.indices {
      var left = supply[source]
      while left > 0 {
        // Breadth first: from a source to sinks that fit, from a full sink to sources that could give way.
        var cameFrom = [Int](repeating: -1, count: capacity.count)
        var reachedBy = [Int](repeating: -1, count: supply.count)
        var reached = [source]
        var next = 0
        var end: Int?
        while next < reached.count, end == nil {
          let from = reached[next]
          next += 1
          for sink in capacity.indices where cameFrom[sink] < 0 && fits(from, sink) {
            cameFrom[sink] = from
            if room[sink] > 0 {
              end = sink
              break
            }
            for other in supply.indices
            where other != source && reachedBy[other] < 0 && sent[other][sink] > 0 {
              reachedBy[other] = sink
              reached.append(other)
            }
          }
        }
        guard let end else {
          return (reached.sorted(), capacity.indices.filter { cameFrom[$0] >= 0 })
        }
        // Back along the path: first the most that it can carry, then carry it.
        var amount = min(left, room[end])
        var sink = end
        while cameFrom[sink] != source {
          let giving = cameFrom[sink]
          sink = reachedBy[giving]
          amount = min(amount, sent[giving][sink])
        }
        sink = end
        sent[cameFrom[sink]][sink] += amount
        while cameFrom[sink] != source {
          let giving = cameFrom[sink]
          sink = reachedBy[giving]
          sent[giving][sink] -= amount
          sent[cameFrom[sink]][sink] += amount
        }
        room[end] -= amount
        left -= amount
      }
    }
    return nil
  }
}
