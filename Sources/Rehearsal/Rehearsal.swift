import Conference
import Ground

/// The people in the hall, simulated: the note-takers at the tables and, if wanted, the facilitator.
///
/// It gives commands and looks at the session for what became of them; a command that was refused is
/// dropped. The same seed, plan and moments give the same commands.
public struct Rehearsal: Sendable {
  /// A command and who gives it.
  public struct Act: Sendable, Equatable {
    /// Who gives it: `facilitator`, `note-4`.
    public var by: String
    /// The command.
    public var command: Command

    /// Creates an act.
    public init(by: String, command: Command) {
      self.by = by
      self.command = command
    }
  }

  let chance: Chance
  var voice: Voice
  var noteTakers = NoteTakers()
  var lead = Lead()

  /// Creates the people of one conference, who write in `language`.
  public init(seed: UInt64, language: Language = .nl) {
    chance = Chance(seed: seed)
    voice = Voice(chance: chance, language: language)
  }
}

/// What chance decides, by name: each question has one answer, whatever was asked before it.
///
/// A generator would hand its numbers out in the order in which people happen to act; then one table more
/// would change what every other table does. The mixing is that of SplitMix64 (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014).
struct Chance: Sendable {
  let seed: UInt64

  /// Returns 64 bits for the question `subject` about `numbers`.
  func bits(_ subject: String, _ numbers: Int...) -> UInt64 {
    var bits = mixed(seed)
    for byte in subject.utf8 { bits = mixed(bits ^ UInt64(byte)) }
    for number in numbers { bits = mixed(bits ^ UInt64(truncatingIfNeeded: number)) }
    return bits
  }

  /// Returns a number in `range` for the question `subject` about `first` and `second`.
  func within(_ range: ClosedRange<Int>, _ subject: String, _ first: Int = 0, _ second: Int = 0) -> Int {
    let count = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(bits(subject, first, second) % count)
  }

  /// Returns `elements` in a random order for the question `subject` about `number`.
  func shuffled<Element>(_ elements: [Element], _ subject: String, _ number: Int = 0) -> [Element] {
    elements.indices.sorted { bits(subject, number, $0) < bits(subject, number, $1) }
      .map { elements[$0] }
  }

  private func mixed(_ value: UInt64) -> UInt64 {
    var bits = value &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Turns the sentences of the phrasebook into texts of which no two are the same, as far as they reach.
struct Voice: Sendable {
  let chance: Chance
  let language: Language
  private var said: Set<String> = []
  private var turns: [String: Int] = [:]

  init(chance: Chance, language: Language) {
    self.chance = chance
    self.language = language
  }

  /// Returns a text of that kind of contribution.
  mutating func contribution(kind: String) -> String { say(Phrasebook.sentences(kind: kind), kind) }

  /// Returns a text that elaborates another.
  mutating func elaboration() -> String { say(Phrasebook.elaborations, "elaboration") }

  /// Returns what is added to a text of that kind that is put better, or nil where nothing fits.
  mutating func addition(kind: String) -> String? {
    let additions = Phrasebook.additions(kind: kind)
    guard !additions.isEmpty else { return nil }
    turns["addition", default: 0] += 1
    return text(additions, "addition", turn: turns["addition"] ?? 0)
  }

  private mutating func say(_ sentences: [Phrase], _ subject: String) -> String {
    var text = ""
    // Enough to pass every sentence that has no slots left to vary; after that, people repeat themselves.
    for _ in 0..<(2 * sentences.count) {
      turns[subject, default: 0] += 1
      text = self.text(sentences, subject, turn: turns[subject] ?? 0)
      if said.insert(text).inserted { break }
    }
    return text
  }

  /// All sentences once in a random order, then all in another.
  private func text(_ sentences: [Phrase], _ subject: String, turn: Int) -> String {
    let order = chance.shuffled(sentences, "order of " + subject, turn / sentences.count)
    return filled(order[turn % sentences.count][language], subject, turn: turn)
  }

  private func filled(_ template: String, _ subject: String, turn: Int) -> String {
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = rest[rest.index(after: open)..<close]
      text += rest[..<open]
      text += word(name.lowercased(), "\(subject) \(name)", turn: turn, isCapital: name.first == "W")
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  private func word(_ slot: String, _ subject: String, turn: Int, isCapital: Bool) -> String {
    guard let words = Phrasebook.slots[slot] else { return "" }
    let word = words[chance.within(0...(words.count - 1), subject, turn)][language]
    return isCapital ? word.prefix(1).uppercased() + word.dropFirst() : word
  }
}
