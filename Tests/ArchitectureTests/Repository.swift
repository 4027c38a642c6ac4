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

  /// All that is shipped: the sources, and the rooms that lie elsewhere.
  static func sources() throws -> [SourceFile] {
    try (["Sources"] + Room.all.map(\.folder).filter { !$0.hasPrefix("Sources/") }).flatMap(files)
  }
}
