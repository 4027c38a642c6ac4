/// The stream of events as the host sends it.
///
/// Source: Server-Sent Events, HTML Living Standard, section 9.2.
public enum EventStream {
  /// What a stream begins with: how long a client waits before it comes again, in milliseconds.
  public static let opening = Array("retry: 2000\n\n".utf8)
  /// Tells that the host is there while nothing happens: a comment, which clients pass over.
  public static let heartbeat = Array(": hb\n\n".utf8)

  /// Appends whole lines of a record, each with its LF, as events to `bytes`.
  ///
  /// A line of a record holds no line end of its own, so that one `data` field carries it byte by byte.
  public static func append(lines: some RandomAccessCollection<UInt8>, to bytes: inout [UInt8]) {
    // A type that is known: asked for byte by byte, any collection is many times slower.
    var rest = ArraySlice(lines)
    while let end = rest.firstIndex(of: 0x0A) ?? (rest.isEmpty ? nil : rest.endIndex) {
      let line = rest[..<end]
      rest = rest[end...].dropFirst()
      guard let mark = LineMark(line: line) else { continue }
      bytes += "id: \(mark)\ndata: ".utf8
      bytes += line
      bytes += "\n\n".utf8
    }
  }
}

/// Takes a stream of events apart, however the network cut it.
///
/// Source: Server-Sent Events, HTML Living Standard, section 9.2.6; of the fields `id` and `data` are read.
public struct EventReader {
  /// What a stream brings.
  public enum Event: Sendable, Equatable {
    /// A line of the record, without its LF, with the mark that the host gave it.
    case line(LineMark, [UInt8])
    /// The host is there.
    case heartbeat
  }

  private var rest: [UInt8] = []
  private var mark: LineMark?
  private var data: [UInt8]?

  /// The longest field that is taken in; no line of a record is as long.
  public static let maxField = 70_000

  /// Creates a reader at the beginning of a stream.
  public init() {}

  /// Takes in what came, and gives the events that are complete with it; nil where this is no stream of a host.
  public mutating func take(_ bytes: some Sequence<UInt8>) -> [Event]? {
    rest += bytes
    var events: [Event] = []
    var start = 0
    while let end = rest[start...].firstIndex(of: 0x0A) {
      let field = rest[start..<end]
      start = end + 1
      if field.isEmpty {
        if let mark, let data { events.append(.line(mark, data)) }
        (mark, data) = (nil, nil)
      } else if field.first == UInt8(ascii: ":") {
        events.append(.heartbeat)
      } else if let value = value(of: "id: ", in: field) {
        mark = LineMark(String(decoding: value, as: UTF8.self))
      } else if let value = value(of: "data: ", in: field) {
        data = Array(value)
      }
    }
    rest.removeFirst(start)
    return rest.count > Self.maxField ? nil : events
  }

  private func value(of name: String, in field: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    field.starts(with: name.utf8) ? field.dropFirst(name.utf8.count) : nil
  }
}
