/// An answer to a survey held before the conference (S4.1), to be brought in as a contribution.
public struct SurveyAnswer: Sendable, Equatable {
  /// The answer's text, never empty.
  public var text: String
  /// The kind of contribution it becomes.
  public var kind: String
  /// Where it came from: the survey's name, such as `enquête`.
  public var source: String
  /// The columns kept with it in their order: number, author's number, votes.
  public var origin: [Participant.Attribute]

  /// Creates an answer.
  public init(text: String, kind: String, source: String, origin: [Participant.Attribute] = []) {
    self.text = text
    self.kind = kind
    self.source = source
    self.origin = origin
  }
}
