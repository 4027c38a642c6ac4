import Foundation
import Ground
import Testing

@testable import Dossier

/// What the fuzzer collected, through the properties that it looks for; `ArbitraryBytesTests` changes dossiers.
@Suite struct CorpusTests {
  @Test func whatWasCollectedKeepsTheProperties() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fuzz/Corpus/plan", directoryHint: .isDirectory)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    try #require(names.count > 15)
    for name in names {
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      let complaint = PlanProperties.complaint(bytes)
      #expect(complaint == nil, "\(name)")
    }
  }
}
