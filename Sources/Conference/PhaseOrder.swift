import Ground

extension Phase {
  /// Whether `phase` may start after `main`, the last phase that is neither a break nor a change-over.
  ///
  /// `main` is nil at the beginning. A break or a change-over may stand between any two; after the closing
  /// only a break (the drinks) may come.
  public static func mayFollow(_ phase: Phase, after main: Phase?) -> Bool {
    switch main {
    case nil: [.arrival, .plenary, .breakout].contains(phase)
    case .arrival: [.plenary, .breakout, .changeover, .pause].contains(phase)
    case .plenary: [.plenary, .breakout, .closing, .changeover, .pause].contains(phase)
    case .breakout: [.breakout, .reportBack, .changeover, .pause].contains(phase)
    case .reportBack: [.plenary, .breakout, .closing, .changeover, .pause].contains(phase)
    case .closing: phase == .pause
    case .changeover, .pause: false
    }
  }

  /// Whether the phase counts for the order of phases; a break or a change-over does not.
  public var isMain: Bool { self != .pause && self != .changeover }

  /// The phase's name on the screen.
  public var name: Phrase {
    switch self {
    case .arrival: Phrase(nl: "inloop", en: "arrival")
    case .plenary: Phrase(nl: "plenair", en: "plenary")
    case .breakout: Phrase(nl: "uiteen in groepen", en: "breakout")
    case .reportBack: Phrase(nl: "terugkoppeling", en: "report-back")
    case .changeover: Phrase(nl: "wisselen", en: "change-over")
    case .pause: Phrase(nl: "pauze", en: "break")
    case .closing: Phrase(nl: "afsluiting", en: "closing")
    }
  }
}
