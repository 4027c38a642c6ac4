import Foundation
import Ground
import Testing

/// The reader that works on bytes against Foundation's.
struct JSONTextTests {
  /// Every text is read to the same values as Foundation reads it, or refused by both; where only this reader
  /// refuses, it is for a key that occurs twice, too many levels or too many digits.
  @Test func agreesWithFoundation() throws {
    var random = SplitMix64(seed: 11)
    var (accepted, refused, stricter) = (0, 0, 0)
    for number in 0..<20_000 {
      var bytes = Array(value(&random, depth: 0).utf8)
      if number % 3 > 0 { mutate(&bytes, &random) }
      let theirs = try? JSONDecoder().decode(Foreign.self, from: Data(bytes))
      let flaw = flaw(bytes)
      switch (flaw, theirs) {
      case (nil, let theirs?):
        let text = try JSONText(parsing: bytes)
        #expect(theirs == Foreign(text.json), "number \(number) of seed 11")
        #expect(isSame(text, text.json), "number \(number) of seed 11")
        accepted += 1
      case (.duplicateKey?, _?): stricter += 1
      // Foundation passes over a comma behind the last element of an array, which RFC 8259 has not.
      case (.syntax?, _?) where self.flaw(withoutLastCommas(bytes)) == nil: stricter += 1
      case (_?, nil): refused += 1
      case (nil, nil) where try Foreign(JSON(parsing: bytes)).holdsBeyond: break
      case (nil, nil), (_?, _?):
        Issue.record(
          "number \(number): \(String(decoding: bytes, as: UTF8.self)), \(String(describing: flaw))")
      }
    }
    #expect(accepted > 8000 && refused > 3000 && stricter > 50)
  }

  @Test(arguments: [
    (#"{"a":1,"a":2}"#, JSONError.Reason.duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey),
    (#"{"b":{"a":1},"a":{"a":1,"b":2,"a":3}}"#, .duplicateKey), (#""\ud83d""#, .syntax),
    (#""\udc00""#, .escape), (#"{"a":01}"#, .number), ("[1,]", .syntax), (#"{"a":1,}"#, .syntax),
    ("\"a\u{1}\"", .syntax), ("[1] 2", .trailing), ("", .syntax), (#"{"a":tru}"#, .syntax), ("\"", .syntax),
    (#"{"a""#, .syntax), (#"["#, .syntax), (#""\"#, .escape), (#""\u12"#, .escape), ("-", .number),
    ("1.", .number), ("1e", .number),
  ]) func saysWhatIsWrong(text: String, reason: JSONError.Reason) {
    #expect(flaw(Array(text.utf8)) == reason)
  }

  @Test func manyKeysAreLookedUp() {
    let members = (0..<5000).map { #""k\#($0)":\#($0)"# }
    #expect(flaw(Array("{\(members.joined(separator: ","))}".utf8)) == nil)
    #expect(flaw(Array("{\(members.joined(separator: ",")),\"k17\":1}".utf8)) == .duplicateKey)
  }

  @Test func levelsAndDigitsEndSomewhere() {
    #expect(flaw(Array(String(repeating: "[", count: 100_000).utf8)) == .tooDeep)
    #expect(flaw(Array(String(repeating: "1", count: 4300).utf8)) == nil)
    #expect(flaw(Array(String(repeating: "1", count: 4301).utf8)) == .number)
  }

  @Test func membersAreFoundUnderAnySpelling() throws {
    let bytes = Array(
      #" { "a\u0062" : [ 1 , -9223372036854775808, 9223372036854775808, -0, 1.0 ] , "é":"x" }"#.utf8)
    let text = try JSONText(parsing: bytes)
    #expect(text["ab"]?.array?.map(\.int) == [1, .min, nil, nil, nil])
    #expect(text["é"]?.string == "x")
    #expect(text["e\u{301}"] == nil)
    #expect(text["a"] == nil)
  }

  // MARK: - Support

  private func flaw(_ bytes: [UInt8]) -> JSONError.Reason? {
    do throws(JSONError) {
      _ = try JSONText(parsing: bytes)
      return nil
    } catch {
      return error.reason
    }
  }

  private func withoutLastCommas(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    for byte in bytes {
      if byte == UInt8(ascii: "]"), let last = kept.lastIndex(where: { $0 > 0x20 }),
        kept[last] == UInt8(ascii: ",")
      {
        kept.remove(at: last)
      }
      kept.append(byte)
    }
    return kept
  }

  private func isSame(_ text: JSONText, _ value: JSON) -> Bool {
    switch value {
    case .null: text.isNull
    case .bool(let bool): text.bool == bool
    case .int(let int): text.int == int
    case .number: text.int == nil && text.string == nil && text.bool == nil
    case .string(let string): text.string == string
    case .array(let values):
      text.array?.count == values.count && zip(text.array ?? [], values).allSatisfy { isSame($0, $1) }
    case .object(let members):
      text.object?.all.map(\.key) == members.map(\.key)
        && members.allSatisfy { member in text[member.key].map { isSame($0, member.value) } ?? false }
    }
  }

  private func value(_ random: inout SplitMix64, depth: Int) -> String {
    func space() -> String { random.below(12) == 0 ? [" ", "\n\t", "  "][random.below(3)] : "" }
    switch random.below(depth > 4 ? 7 : 10) {
    case 0: return ["null", "true", "false"][random.below(3)]
    case 1, 2: return "\(Int(truncatingIfNeeded: random.next()) >> random.below(64))"
    case 3:
      return ["0", "-0", "1.5", "2e3", "-1E-2", "9223372036854775808", "12345678901234567890123"][
        random.below(7)]
    case 4, 5, 6: return string(&random)
    case 7:
      let elements = (0..<random.below(4)).map { _ in space() + value(&random, depth: depth + 1) + space() }
      return "[\(elements.joined(separator: ","))]"
    default:
      let members = (0..<random.below(5)).map { _ in
        "\(space())\(random.below(3) == 0 ? string(&random) : "\"k\(random.below(9))\"")\(space()):"
          + value(&random, depth: depth + 1)
      }
      return "\(space()){\(members.joined(separator: ","))}\(space())"
    }
  }

  private func string(_ random: inout SplitMix64) -> String {
    let parts = [
      "a", "table ", "é", "😀", "\u{2028}", #"\n"#, #"\""#, #"\\"#, #"\u0041"#, #"\ud83d\ude00"#, #"\/"#, "]}",
      "1",
      "een langere zin, zoals mensen die schrijven",
    ]
    return "\"\((0..<random.below(6)).map { _ in parts[random.below(parts.count)] }.joined())\""
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let letters =
      Array(#""\{}[]:,0123456789.eE+-tfnu/ "#.utf8) + [0x01, 0x0A, 0x7F, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
    for _ in 0..<(1 + random.below(3)) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(4) {
      case 0: bytes[place] ^= 1 << UInt8(random.below(8))
      case 1: bytes.insert(letters[random.below(letters.count)], at: place)
      case 2: bytes.remove(at: place)
      default: bytes.removeSubrange(place...)
      }
    }
  }
}

/// A value as Foundation reads it: no order of members, and numbers that are no integers as doubles.
private indirect enum Foreign: Decodable, Equatable {
  case null, bool(Bool), int(Int), double(Double), beyond, string(String), array([Foreign])
  case object([String: Foreign])

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    // What is of another kind is tried as the next; what is not well formed is an error.
    if single.decodeNil() {
      self = .null
    } else if let keyed = try Foreign.ofKind({ try decoder.container(keyedBy: Key.self) }) {
      self = .object(
        try Dictionary(keyed.allKeys.map { ($0.stringValue, try keyed.decode(Foreign.self, forKey: $0)) }) {
          $1
        })
    } else if var list = try Foreign.ofKind({ try decoder.unkeyedContainer() }) {
      var elements: [Foreign] = []
      while !list.isAtEnd { elements.append(try list.decode(Foreign.self)) }
      self = .array(elements)
    } else if let bool = try Foreign.ofKind({ try single.decode(Bool.self) }) {
      self = .bool(bool)
    } else if let string = try Foreign.ofKind({ try single.decode(String.self) }) {
      self = .string(string)
    } else {
      let double = try single.decode(Double.self)
      self = (try? single.decode(Int.self)).map { .int($0) } ?? .double(double)
    }
  }

  private static func ofKind<Value>(_ decode: () throws -> Value) throws -> Value? {
    do { return try decode() } catch DecodingError.typeMismatch { return nil }
  }

  /// Whether a number in it is too large for a double.
  var holdsBeyond: Bool {
    switch self {
    case .beyond: true
    case .array(let elements): elements.contains(where: \.holdsBeyond)
    case .object(let members): members.values.contains(where: \.holdsBeyond)
    default: false
    }
  }

  init(_ value: JSON) {
    switch value {
    case .null: self = .null
    case .bool(let bool): self = .bool(bool)
    case .int(let int): self = .int(int)
    case .number(let text):
      guard let double = Double(text), double.isFinite else {
        self = .beyond
        return
      }
      // Foundation takes 2e3 for the integer that it is.
      self = Int(exactly: double).map { .int($0) } ?? .double(double)
    case .string(let string): self = .string(string)
    case .array(let values): self = .array(values.map { Foreign($0) })
    case .object(let members):
      self = .object(Dictionary(members.map { ($0.key, Foreign($0.value)) }) { $1 })
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
