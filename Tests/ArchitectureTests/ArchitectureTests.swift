import Testing

/// The rules of docs/ARCHITECTURE.md that a machine can check, applied to this repository.
@Suite struct ArchitectureTests {
  @Test func everyRoomKeepsTheRules() throws {
    let sources = try Repository.shipped()
    try #require(sources.contains { $0.path == "Sources/Ground/Moment.swift" }, "looked in the wrong place")
    let rules: [Rule] = [importRule, lengthRule, cursesRule, purityRule, bundleRule, printRule]
    #expect(sources.flatMap { file in rules.flatMap { $0(file) } } == [])
    #expect(try Repository.testTools().flatMap(importRule) == [])
  }

  @Test func packageDeclaresWhatTheRoomsImport() throws {
    let manifest = Manifest(try Repository.text("Package.swift"))
    try #require(
      manifest.dependencies["Conference"]?.contains("Ground") == true, "could not read Package.swift")
    #expect(manifest.faults == [])
    let files = try Repository.shipped() + Repository.testTools()
    #expect(files.flatMap(manifest.undeclaredImports) == [])
  }

  @Test func testsNeverSleep() throws {
    let tests = try Repository.files(in: "Tests").filter { !$0.path.hasPrefix("Tests/ArchitectureTests/") }
    try #require(!tests.isEmpty, "looked in the wrong place")
    #expect(tests.flatMap(sleepRule) == [])
  }

  @Test func pureRoomsMayImportOnlyPureRooms() {
    let pure = Set(Room.all.filter(\.isPure).map(\.name))
    for room in Room.all where room.isPure { #expect(room.imports.subtracting(pure) == []) }
  }

  @Test func onlyTheProgramImportsTheConsole() {
    #expect(Room.all.filter { $0.imports.contains("Console") }.map(\.name) == ["beraad"])
    #expect(Room.all.filter { $0.imports.contains("CCurses") }.map(\.name) == ["Terminal"])
    #expect(Room.all.filter { $0.imports.contains("Yams") }.map(\.name) == ["Dossier"])
  }
}
