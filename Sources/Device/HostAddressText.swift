import Ground
import Wire

extension HostAddress {
  /// Reads `https://host:port`, also without the scheme or the port, or gives nil.
  ///
  /// Only who writes `http://` goes without encryption.
  public init?(url text: String) {
    var rest = Substring(text)
    var scheme = Scheme.https
    if let mark = rest.firstRange(of: "://") {
      guard let written = Scheme(rawValue: rest[..<mark.lowerBound].lowercased()) else { return nil }
      scheme = written
      rest = rest[mark.upperBound...]
    }
    if rest.last == "/" { rest.removeLast() }
    var host = rest
    var port: Int? = Wire.defaultPort
    if rest.first == "[", let end = rest.firstIndex(of: "]") {
      host = rest[rest.index(after: rest.startIndex)..<end]
      let behind = rest[rest.index(after: end)...]
      if !behind.isEmpty { port = behind.first == ":" ? Int(behind.dropFirst()) : nil }
    } else if let colon = rest.lastIndex(of: ":") {
      host = rest[..<colon]
      port = Int(rest[rest.index(after: colon)...])
    }
    guard !host.isEmpty, !host.contains(where: { " /@?#".contains($0) }), let port,
      (1...65_535).contains(port)
    else { return nil }
    self.init(host: String(host), port: port, scheme: scheme)
  }
}
