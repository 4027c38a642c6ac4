/// A person who was invited, as the list of participants has them.
public struct Participant: Sendable, Equatable {
  /// Names the person in the record; distinct within a conference.
  public var id: String
  /// The person's name.
  public var name: String
  /// The organisation, or nil.
  public var organisation: String?
  /// The stakeholder group (S0.6), or nil.
  public var group: String?
  /// The municipality (S0.7), or nil.
  public var municipality: String?
  /// The further columns of the list in its order, empty cells left out.
  public var attributes: [Attribute]

  /// A further column of the list of participants.
  public struct Attribute: Sendable, Equatable {
    /// The column's heading.
    public var name: String
    /// The cell.
    public var value: String
    /// Creates an attribute.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates a participant.
  public init(
    id: String, name: String, organisation: String? = nil, group: String? = nil,
    municipality: String? = nil, attributes: [Attribute] = []
  ) {
    self.id = id
    self.name = name
    self.organisation = organisation
    self.group = group
    self.municipality = municipality
    self.attributes = attributes
  }

  /// Returns the value on which the mixing rules' attribute `name` mixes, or nil where it is empty.
  public func value(of name: String) -> String? {
    switch name {
    case "organisation": organisation
    case "group": group
    case "municipality": municipality
    default: attributes.first { $0.name == name }?.value
    }
  }
}
