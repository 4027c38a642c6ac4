import Conference
import Dossier
import Examples
import Foundation
import Ground
import Templates
import Testing

/// A folder of its own for one test, removed with it.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "beraad-dossier-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: path + "/" + name, atomically: false, encoding: .utf8)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
  }
}

@Suite struct TemplateTests {
  @Test(arguments: TemplateFolder.names.map(\.name)) func everyTemplateRunsAsItIs(name: String) throws {
    let scratch = try Scratch()
    try TemplateFolder.create(template: name, at: scratch.path + "/d", title: nil)
    let dossier = try Dossier.read(folder: scratch.path + "/d")
    #expect(dossier.notices.map { $0.text(.nl) } == [])
    #expect(dossier.participants.count >= 20)
    #expect(dossier.plan.items.contains { $0.phase == .breakout })
  }
}

@Suite struct RogplusTests {
  @Test func theExampleIsTheCase() throws {
    let scratch = try Scratch()
    try Examples.write("rogplus", to: scratch.path + "/d")
    let dossier = try Dossier.read(folder: scratch.path + "/d")
    #expect(dossier.notices.map { $0.text(.nl) } == [])
    #expect(dossier.participants.count == 50)
    #expect(dossier.survey.count == 165)
  }
}
