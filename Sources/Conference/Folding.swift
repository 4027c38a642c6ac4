import Ground

extension Session {
  /// Folds a record from its beginning: the same as one line after the other, in a fraction of the time.
  ///
  /// `gaps` are where lines are missing. Lines that cannot be read count as they do in `apply`, and are passed
  /// over.
  public init(folding lines: ArraySlice<Line>, gaps: [Gap] = []) {
    self.init()
    history = History(asked: Session.commandsAskedFor(in: lines))
    contributions.reserveCapacity(lines.count { $0.type == EventType.contributionAdded.rawValue })
    fold(lines, gaps)
    if !history.askForAll() {
      // The last commands changed less than their number promised: what came before them counts after all.
      self.init()
      fold(lines, gaps)
    }
  }

  private mutating func fold(_ lines: ArraySlice<Line>, _ gaps: [Gap]) {
    var place = lines.startIndex
    for gap in gaps where lines.startIndex...lines.endIndex ~= gap.position {
      for line in lines[place..<gap.position] { try? apply(line) }
      place = gap.position
      meet(gap)
    }
    for line in lines[place...] { try? apply(line) }
  }

  /// The commands that an undo in `lines` takes back, and the last ones, which one behind them can.
  private static func commandsAskedFor(in lines: ArraySlice<Line>) -> Set<CommandID> {
    var asked: Set<CommandID> = []
    for line in lines.reversed() where line.by != "host" {
      asked.insert(line.cmd)
      // Twice as many as are remembered: not every command changes something.
      if asked.count == 2 * History.limit { break }
    }
    for line in lines where line.type == EventType.actionUndone.rawValue {
      if case .actionUndone(let cmd)? = try? Event(line) { asked.insert(cmd) }
    }
    return asked
  }
}
