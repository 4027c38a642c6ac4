/// Returns the first number from 0 for which `holds`, or `count`; once it holds, it must hold for all after.
public func firstPlace(_ count: Int, _ holds: (Int) -> Bool) -> Int {
  var (low, high) = (0, count)
  while low < high {
    let middle = (low + high) / 2
    if holds(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
