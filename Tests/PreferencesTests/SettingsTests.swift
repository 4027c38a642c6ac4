import Foundation
import Ground
import Preferences
import Testing

/// A folder of its own, removed with all that is in it.
final class Scratch {
  let path = FileManager.default.temporaryDirectory.appending(path: "beraad-\(UUID().uuidString)")
    .path(percentEncoded: false)

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws -> String {
    let file = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path(percentEncoded: false)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
}

@Suite struct SettingsTests {
  @Test func settingsAreReadAsTheyStand() {
    let settings = Settings(
      text: "# mine\n theme= light \nlanguage = nl\r\nmouse = nee\nbell = on\nfuture = 3\n")
    #expect(settings[.theme] == "light" && settings.language == .nl)
    #expect(settings.isOn(.mouse) == false && settings.isOn(.bell) == true)
    #expect(settings.troubles.isEmpty)
    #expect(Settings()[.theme] == nil && Settings().isOn(.bell) == nil && Settings().text.isEmpty)
  }

  @Test(arguments: [
    ("theme", 1), ("theme =", 1), ("= light", 1), ("theme = a\n\ntheme = b", 3), ("language = fr", 1),
    ("# x\nmouse = perhaps", 2), ("bell = loud", 1),
  ]) func aMistakeIsNamedByItsLine(text: String, line: Int) {
    let settings = Settings(text: text)
    #expect(settings.troubles.map(\.line) == [line])
    #expect(settings.language == nil && settings.isOn(.mouse) == nil && settings.isOn(.bell) == nil)
  }

  @Test func onlyTheLineThatChangesChanges() {
    let text = "# mine\n\ntheme = light\nfuture = 3\nwhat is this\n"
    var settings = Settings(text: text)
    settings.set(.theme, to: "mono")
    #expect(settings.text == text.replacingOccurrences(of: "light", with: "mono"))
    settings.set(.bell, to: "no")
    #expect(settings.text.hasSuffix("what is this\nbell = no\n"))
    #expect(settings[.theme] == "mono" && settings.isOn(.bell) == false)
  }

  /// A line that means nothing is mended in its place; a value never makes a second line.
  @Test func aBrokenLineIsMended() {
    var settings = Settings(text: "language = fr\nmouse = no")
    settings.set(.language, to: "en\nbell = yes")
    #expect(settings.text == "language = en bell = yes\nmouse = no\n")
    settings.set(.language, to: "en")
    #expect(settings.language == .en && settings.troubles.isEmpty)
  }

  @Test func whatIsRememberedIsThere() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/a/b/settings"
    #expect(Settings(path: path).troubles.isEmpty)
    #expect(Settings.remember(.theme, "light", path: path) == nil)
    #expect(Settings.remember(.mouse, "no", path: path) == nil)
    #expect(try scratch.text("a/b/settings") == "theme = light\nmouse = no\n")
    #expect(Settings(path: path)[.theme] == "light")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/a/b") == ["settings"])
  }

  /// Whoever keeps settings elsewhere and links to them keeps the link.
  @Test func aLinkStaysALink() throws {
    let scratch = try Scratch()
    let target = try scratch.write("theme = mono\n", to: "elsewhere/mine")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/settings", withDestinationPath: target)
    #expect(Settings.remember(.theme, "dark", path: scratch.path + "/settings") == nil)
    #expect(try scratch.text("elsewhere/mine") == "theme = dark\n")
    let kind = try FileManager.default.attributesOfItem(atPath: scratch.path + "/settings")[.type]
    #expect(kind as? FileAttributeType == .typeSymbolicLink)
  }

  @Test func whatCannotBeIsTold() throws {
    let scratch = try Scratch()
    let file = try scratch.write("", to: "file")
    #expect(Settings.remember(.theme, "dark", path: file + "/settings")?.nl.contains("file/settings") == true)
    #expect(Settings(path: scratch.path).troubles.map(\.line) == [0])
  }
}
