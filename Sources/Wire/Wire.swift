import Ground

/// Where things are and how long they last on the wire, version 1.
public enum Wire {
  /// The port where nothing else is said.
  public static let defaultPort = 7413
  /// The path of the host's card, in front of all others.
  public static let root = "/v1"
  /// The path where a device gets its pass.
  public static let join = "/v1/join"
  /// The most bytes of a command.
  public static let maxBody = 65_536
  /// The most bytes of lines that a device gives a host at once.
  public static let maxLines = 1 << 20
  /// Between two heartbeats.
  public static let heartbeat = Interval.seconds(10)
  /// A device that heard nothing for so long takes the host for gone.
  public static let silence = Interval.seconds(25)

  /// The path of the stream of events of a conference.
  public static func events(_ conference: CommandID) -> String { "\(root)/conferences/\(conference)/events" }
  /// The path where the commands of a conference are taken.
  public static func commands(_ conference: CommandID) -> String {
    "\(root)/conferences/\(conference)/commands"
  }
  /// The path where a laptop that takes a conference over gets lines that it lacks.
  public static func lines(_ conference: CommandID) -> String { "\(root)/conferences/\(conference)/lines" }
  /// The path of who is let in to a conference.
  public static func devices(_ conference: CommandID) -> String {
    "\(root)/conferences/\(conference)/devices"
  }
  /// The path where it is changed who is let in.
  public static func door(_ conference: CommandID) -> String { "\(root)/conferences/\(conference)/door" }
  /// The path where drawings of tables begin and end.
  public static func drawings(_ conference: CommandID) -> String {
    "\(root)/conferences/\(conference)/drawings"
  }
  /// The path of one drawing.
  public static func drawing(_ key: CommandID, _ conference: CommandID) -> String {
    "\(drawings(conference))/\(key)"
  }
}
