/// A file as the rules see it.
struct SourceFile {
  /// Seen from the root of the repository: `Sources/Ground/Moment.swift`.
  let path: String
  let text: String

  /// Its lines, numbered from 1, without what follows `//`.
  ///
  /// swift-format keeps block comments out of this repository, so this is all there is to strip.
  var code: [(number: Int, text: Substring)] {
    lines.enumerated().map { index, line in
      (index + 1, line[..<(line.firstRange(of: comment)?.lowerBound ?? line.endIndex)])
    }
  }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The modules it imports, each with its line.
  var imports: [(line: Int, module: String)] {
    code.compactMap { number, text in
      text.firstMatch(of: importOfModule).map { (number, String($0.module)) }
    }
  }

  /// Not the two strokes of `https://`.
  private var comment: some RegexComponent { /(?:^|\s)\/\// }

  /// Also `@preconcurrency public import struct Foundation.Date`.
  private var importOfModule: Regex<(Substring, module: Substring)> {
    /^\s*(?:@?\w+\s+)*import\s+(?:(?:struct|class|enum|protocol|typealias|func|var|let)\s+)?(?<module>\w+)/
  }
}

/// A rule reads one file and names every place where it is broken, as `path:line: what is wrong`.
typealias Rule = (SourceFile) -> [String]

/// Every Swift file lies in a room of the table and imports only what the table allows that room.
func importRule(_ file: SourceFile) -> [String] {
  guard file.path.hasSuffix(".swift") else { return [] }
  guard let room = Room.of(file.path) else {
    return ["\(file.path):1: in no room of Tests/ArchitectureTests/Rooms.swift"]
  }
  return file.imports.filter { !room.imports.contains($0.module) }.map { line, module in
    let allowed = room.imports.isEmpty ? "nothing" : room.imports.sorted().joined(separator: ", ")
    return "\(file.path):\(line): imports \(module); \(room.name) may import \(allowed)"
  }
}

/// No file of the sources is longer than a person wants to read.
func lengthRule(_ file: SourceFile) -> [String] {
  let limit = 600
  let count = file.text.hasSuffix("\n") ? file.lines.count - 1 : file.lines.count
  return count > limit ? ["\(file.path):\(count): longer than \(limit) lines"] : []
}

/// Only CCurses includes the headers of ncurses, whose macros and globals must not spread.
func cursesRule(_ file: SourceFile) -> [String] {
  Room.of(file.path)?.name == "CCurses"
    ? []
    : found(
      /#\s*include\s*[<"](?:ncursesw?\/)?(?:n?curses|term|panel|menu|form)\.h/, in: file, "curses header")
}

/// Pure rooms read no clock, draw no lots but with a generator they are given, and know no surroundings.
///
/// What the standard library alone offers; the import rule keeps out the rest.
func purityRule(_ file: SourceFile) -> [String] {
  guard Room.of(file.path)?.isPure == true else { return [] }
  return found(
    /\bDate\(\)|\bDate\.now\b|\bclock_gettime\b|\b(?:Continuous|Suspending)Clock\b/, in: file, "reads a clock"
  )
    + found(
      /\bSystemRandomNumberGenerator\b|\.(?:random|randomElement|shuffled?)\(\)|\.random\(in:(?!.*using:)/,
      in: file, "draws lots without a given generator")
    + found(/\bCommandLine\b|\breadLine\(|\bgetenv\b/, in: file, "knows its surroundings")
}

/// `Bundle.module` bakes the build folder's path into the program: it dies on everyone else's machine.
func bundleRule(_ file: SourceFile) -> [String] {
  found(/\bBundle\.module\b/, in: file, "Bundle.module; embed the resource in the code")
}

/// Only the program itself writes to standard output; anything else would write through the screen.
func printRule(_ file: SourceFile) -> [String] {
  Room.of(file.path)?.name == "beraad"
    ? [] : found(/(?:^|[^\w.])(?:print|debugPrint|dump)\(/, in: file, "prints")
}

/// Tests wait for what must happen, never for time to pass.
func sleepRule(_ file: SourceFile) -> [String] {
  found(/(?:^|\W)(?:u|nano)?sleep\(/, in: file, "sleeps")
}

private func found(_ pattern: some RegexComponent, in file: SourceFile, _ what: String) -> [String] {
  file.code.filter { $0.text.contains(pattern) }.map { "\(file.path):\($0.number): \(what)" }
}
