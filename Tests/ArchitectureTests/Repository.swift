import Foundation

/// The working copy that this test was built from.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Every Swift and C file below a folder; none when there is no such folder.
  static func files(in folder: String) throws -> [SourceFile] {
    let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path) ?? .init()
    return try names.compactMap { $0 as? String }.filter { name in
      [".swift", ".c", ".h"].contains { name.hasSuffix($0) }
    }.sorted().map { SourceFile(path: "\(folder)/\($0)", text: try text("\(folder)/\($0)")) }
  }

  /// All that is shipped: whatever lies in Sources, and the rooms that lie elsewhere.
  static func shipped() throws -> [SourceFile] {
    try (["Sources"] + folders { $0.isShipped && !$0.folder.hasPrefix("Sources/") }).flatMap(files)
  }

  /// The rooms that only tests use.
  static func testTools() throws -> [SourceFile] { try folders { !$0.isShipped }.flatMap(files) }

  private static func folders(of rooms: (Room) -> Bool) -> [String] { Room.all.filter(rooms).map(\.folder) }
}
