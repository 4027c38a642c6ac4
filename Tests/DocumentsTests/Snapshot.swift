import Glibc
import Testing

/// Compares `text` with the file `name` in Snapshots, byte by byte; with `BERAAD_UPDATE_SNAPSHOTS=1` in the
/// environment the file is written instead.
func expectSnapshot(_ text: String, _ name: String, testFile: String = #filePath) throws {
  let path =
    testFile.prefix(through: testFile.lastIndex(of: "/") ?? testFile.startIndex) + "Snapshots/\(name)"
  if getenv("BERAAD_UPDATE_SNAPSHOTS").map({ String(cString: $0) }) == "1" {
    let file = try #require(fopen(String(path), "w"))
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    return
  }
  let file = try #require(fopen(String(path), "r"), "no snapshot \(name); see expectSnapshot")
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  guard Array(text.utf8) != bytes else { return }
  // The first line that differs says more than two whole documents.
  let expected = String(decoding: bytes, as: UTF8.self).split(
    separator: "\n", omittingEmptySubsequences: false)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let number =
    zip(lines, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? min(lines.count, expected.count)
  Issue.record(
    """
    \(name), line \(number + 1)
    is:     \(number < lines.count ? String(lines[number]) : "(end)")
    should: \(number < expected.count ? String(expected[number]) : "(end)")
    """)
}
