import Ground
import PTYKit
import Testing

/// Ten thousand keys that nobody meant.
@Suite(.serialized) struct StormJourney {
  /// All that a keyboard sends, letters most: also what answers questions, so that all is tried.
  private static let keys: [String] =
    "abcdefghijklmnopqrstuvwxyz0123456789 +-=#?:/*.,!<>[]{}()ABCDEFGHIJKLMNOPQRSTUVWXYZéë日🙂".map(String.init)
    + [
      "\r", "\t", "\u{7F}", "\u{1B}[Z", "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[H",
      "\u{1B}[F",
    ]
    + ["\u{1B}[5~", "\u{1B}[6~", "\u{1B}[3~", "\u{1B}[2~", "\u{1B}[1;2C", "\u{1B}[1;5D", "\u{1B}[1;5A"]
    + [
      "\u{1B}OP", "\u{1B}OQ", "\u{1B}OR", "\u{1B}OS", "\u{1B}[15~", "\u{1B}[17~", "\u{1B}[18~", "\u{1B}[20~",
    ]
    + (1...26).filter { $0 != 3 }.map { String(UnicodeScalar(UInt8($0))) } + "aimgsvc19".map { "\u{1B}\($0)" }
    + ["\u{1B}[200~een\rtwee\rdrie\u{1B}[201~", "\u{1B}[<0;20;9M\u{1B}[<0;20;9m", "\u{1B}[<64;9;9M"]

  /// Whatever is pressed: the program never breaks, and what was in the record stays in it, as it was.
  @Test(arguments: [1 as UInt64, 2015]) func tenThousandKeys(seed: UInt64) throws {
    let place = try Place()
    let folder = try place.rogplus()
    // The person's own editor comes back at once.
    let environment = ["EDITOR": "true", "VISUAL": "true"]
    var console = try place.console(["run", folder], rows: 30, columns: 100, environment: environment)
    try console.waitFor("Nog niet begonnen")
    try console.advance(to: "Inloop met koffie")
    var random = SplitMix64(seed: seed)
    var kept: [JSON] = []
    for _ in 0..<200 {
      let burst = (0..<50).map { _ in Self.keys[Int(random.next() % UInt64(Self.keys.count))] }
      console.send(burst.joined())
      // A lone Esc, told apart from the key behind it by the pause.
      try console.waitForIdle()
      console.send(.escape)
      try console.waitForIdle()
      if console.hasExited {
        // Somebody pressed q and answered yes: that is an end in order, and the conference goes on.
        #expect(try console.waitForExit() == 0, "seed \(seed): \(console.report)")
        console = try place.console(["run", folder], rows: 30, columns: 100, environment: environment)
        try console.waitUntil("the screen is there") { console.isOnAlternateScreen }
      }
      let lines = try Journal(folder).all("contribution.added")
      try #require(lines.starts(with: kept), "seed \(seed)")
      kept = lines
    }
    #expect(kept.contains { $0["source"] == nil || $0["source"] == .null }, "no note was ever kept")
    console.signal(9)
    try console.waitForExit()
    try place.expectGood(folder)
  }
}
