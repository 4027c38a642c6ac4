import Ground

/// A payload whose members are read by name and kind.
struct Fields {
  let type: String
  private let members: JSONText.Members?

  init(type: String, data: JSONText) {
    self.type = type
    members = data.object
  }

  func wrong(_ member: String) -> EventError { .malformed(type: type, member: member) }

  func value<Value>(_ key: String, _ read: (JSONText) -> Value?) throws(EventError) -> Value {
    guard let value = members?[key].flatMap(read) else { throw wrong(key) }
    return value
  }

  /// Absent and null are nil; a value of the wrong kind is an error.
  func valueIfAny<Value>(_ key: String, _ read: (JSONText) -> Value?) throws(EventError) -> Value? {
    guard let value = members?[key], !value.isNull else { return nil }
    guard let value = read(value) else { throw wrong(key) }
    return value
  }

  func string(_ key: String) throws(EventError) -> String { try value(key, \.string) }
  func stringIfAny(_ key: String) throws(EventError) -> String? { try valueIfAny(key, \.string) }
  func int(_ key: String) throws(EventError) -> Int { try value(key, \.int) }
  /// A whole number that must lie in `range`: a record may say anything, and clocks must be able to count it.
  func int(_ key: String, in range: ClosedRange<Int>) throws(EventError) -> Int {
    try value(key) { $0.int.flatMap { range.contains($0) ? $0 : nil } }
  }
  func intIfAny(_ key: String, in range: ClosedRange<Int>) throws(EventError) -> Int? {
    try valueIfAny(key) { $0.int.flatMap { range.contains($0) ? $0 : nil } }
  }
  func intIfAny(_ key: String) throws(EventError) -> Int? { try valueIfAny(key, \.int) }
  func bool(_ key: String) throws(EventError) -> Bool { try value(key, \.bool) }
  func dateIfAny(_ key: String) throws(EventError) -> CalendarDate? {
    try valueIfAny(key) { $0.string.flatMap { CalendarDate($0) } }
  }

  func choice<Choice: RawRepresentable<String>>(_ key: String) throws(EventError) -> Choice {
    try value(key) { $0.string.flatMap(Choice.init(rawValue:)) }
  }
  func choiceIfAny<Choice: RawRepresentable<String>>(_ key: String) throws(EventError) -> Choice? {
    try valueIfAny(key) { $0.string.flatMap(Choice.init(rawValue:)) }
  }
  func command(_ key: String) throws(EventError) -> CommandID {
    try value(key) { $0.string.flatMap { CommandID($0) } }
  }

  /// An array in which every element can be read; absent is empty.
  func list<Element>(_ key: String, _ read: (JSONText) -> Element?) throws(EventError) -> [Element] {
    guard let value = members?[key], !value.isNull else { return [] }
    guard let array = value.array else { throw wrong(key) }
    let elements = array.compactMap(read)
    guard elements.count == array.count else { throw wrong(key) }
    return elements
  }
  func strings(_ key: String) throws(EventError) -> [String] { try list(key, \.string) }
  func ints(_ key: String) throws(EventError) -> [Int] { try list(key, \.int) }

  /// An array of objects, each read by its members; absent is empty.
  func objects<Element>(
    _ key: String, _ read: (Fields) throws(EventError) -> Element
  ) throws(EventError) -> [Element] {
    var elements: [Element] = []
    for data in try list(key, { $0.object == nil ? nil : $0 }) {
      elements.append(try read(Fields(type: type, data: data)))
    }
    return elements
  }

  func object(_ key: String) throws(EventError) -> Fields {
    Fields(type: type, data: try value(key) { $0.object == nil ? nil : $0 })
  }
  func objectIfAny(_ key: String) throws(EventError) -> Fields? {
    try valueIfAny(key) { $0.object == nil ? nil : $0 }.map { Fields(type: type, data: $0) }
  }

  /// An object whose members are all strings, in their order; absent is empty.
  func attributes(_ key: String) throws(EventError) -> [Participant.Attribute] {
    guard let value = members?[key], !value.isNull else { return [] }
    guard let members = value.object else { throw wrong(key) }
    var attributes: [Participant.Attribute] = []
    for member in members.all {
      guard let text = member.value.string else { throw wrong("\(key).\(member.key)") }
      attributes.append(Participant.Attribute(name: member.key, value: text))
    }
    return attributes
  }
}
