/// A file as the rules see it.
struct SourceFile {
  /// Seen from the root of the repository: `Sources/Ground/Moment.swift`.
  let path: String
  let text: String

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The modules it imports, each with its line; also `@preconcurrency public import struct Foundation.Date`.
  var imports: [(line: Int, module: String)] {
    let before: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "var", "let"]
    return lines.enumerated().compactMap { index, line in
      let words = line.split(separator: " ").drop { before.contains($0) || $0.hasPrefix("@") }
      guard words.first == "import" else { return nil }
      let module = words.dropFirst().drop { kinds.contains($0) }.first ?? ""
      return (index + 1, String(module.prefix { $0 != "." }))
    }
  }

  /// The lines with one of these words in their code, as `path:line: what is wrong`.
  ///
  /// A word is found where it is no part of a longer name: `Date()`, not `CalendarDate()`.
  func faults(_ words: [String], _ what: String, unless: (Substring) -> Bool = { _ in false }) -> [String] {
    // Hardly a file has one of them, and to look at the text as a whole is quick.
    words.filter { text.contains($0) }.flatMap { word in
      lines.enumerated().filter { has(word, in: code($1)) && !unless($1) }.map {
        "\(path):\($0.offset + 1): \(what)"
      }
    }
  }

  /// A line up to its comment.
  ///
  /// swift-format keeps block comments out of this repository. Without its space `//` is that of `https://`.
  private func code(_ line: Substring) -> Substring {
    let isComment = line.drop { $0 == " " }.hasPrefix("//")
    return isComment ? "" : line[..<(line.firstRange(of: " //")?.lowerBound ?? line.endIndex)]
  }

  private func has(_ word: String, in line: Substring) -> Bool {
    func isName(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }
    return line.ranges(of: word).contains { range in
      !(isName(word.first) && isName(line[..<range.lowerBound].last))
        && !(isName(word.last) && isName(line[range.upperBound...].first))
    }
  }
}

/// A rule reads one file and names every place where it is broken.
typealias Rule = @Sendable (SourceFile) -> [String]

/// Every Swift file lies in a room of the table and imports only what the table allows that room.
@Sendable func importRule(_ file: SourceFile) -> [String] {
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
@Sendable func lengthRule(_ file: SourceFile) -> [String] {
  let limit = 600
  let count = file.text.hasSuffix("\n") ? file.lines.count - 1 : file.lines.count
  return count > limit ? ["\(file.path):\(count): longer than \(limit) lines"] : []
}

/// Only CCurses includes the headers of ncurses, whose macros and globals must not spread.
@Sendable func cursesRule(_ file: SourceFile) -> [String] {
  guard Room.of(file.path)?.name != "CCurses" else { return [] }
  return file.faults(["curses.h", "ncurses.h", "term.h"], "includes ncurses") { !$0.contains("#") }
}

/// Pure rooms read no clock, draw no lots but with a generator they are given, and know no surroundings.
///
/// Most of this needs an import, which the import rule refuses; the rest the standard library offers to all.
@Sendable func purityRule(_ file: SourceFile) -> [String] {
  guard let room = Room.of(file.path), room.isPure else { return [] }
  let clocks = ["Date()", "Date.now", "clock_gettime", "ContinuousClock", "SuspendingClock"]
  let chance = [".random()", ".random(in:", ".randomElement()", ".shuffle()", ".shuffled()"]
  return file.faults(clocks, "reads a clock")
    + file.faults(["CommandLine", "readLine", "getenv"], "knows its surroundings")
    // Ground makes the random ids of commands, for the edges to call.
    + (room.name == "Ground"
      ? []
      : file.faults(chance + ["SystemRandomNumberGenerator"], "draws lots without a given generator") {
        $0.contains("using:")
      })
}

/// `Bundle.module` bakes the build folder's path into the program: it dies on everyone else's machine.
@Sendable func bundleRule(_ file: SourceFile) -> [String] {
  file.faults(["Bundle.module"], "uses Bundle.module; embed the resource in the code")
}

/// Only the program itself writes to standard output; anything else would write through the screen.
@Sendable func printRule(_ file: SourceFile) -> [String] {
  guard Room.of(file.path)?.name != "beraad" else { return [] }
  return file.faults(["print(", "debugPrint(", "dump("], "prints") { $0.contains(".print(") }
}

/// Tests wait for what must happen, never for time to pass.
@Sendable func sleepRule(_ file: SourceFile) -> [String] {
  file.faults(["sleep(", "usleep(", "nanosleep("], "sleeps")
}
