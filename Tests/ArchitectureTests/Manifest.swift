/// What Package.swift declares: the targets that are no tests, with the modules that each depends on.
struct Manifest {
  let dependencies: [String: Set<String>]

  init(_ text: String) {
    let declarations = text.matches(
      of: /\n\s*(?:room|tests|\.target|\.executableTarget|\.systemLibrary)\(\s*(?:name:\s*)?"(\w+)"/)
    var dependencies: [String: Set<String>] = [:]
    for declaration in declarations where !declaration.0.contains("tests(") {
      let rest = text[declaration.range.upperBound...]
      let list = rest.prefixMatch(of: /\s*,\s*(?:dependencies:\s*)?\[([^\]]*)\]/)?.1 ?? ""
      // Of `.product(name: "Crypto", package: "swift-crypto")` only the name is a module.
      let names = list.replacing(/package:\s*"[^"]*"/, with: "").matches(of: /"(\w+)"/)
      dependencies[String(declaration.1)] = Set(names.map { String($0.1) })
    }
    self.dependencies = dependencies
  }

  /// Targets that the table of rooms does not know, or that depend on more than it allows.
  var faults: [String] {
    dependencies.sorted { $0.key < $1.key }.flatMap { name, modules -> [String] in
      guard let room = Room.all.first(where: { $0.name == name }) else {
        return ["Package.swift: \(name) is in no line of Tests/ArchitectureTests/Rooms.swift"]
      }
      return modules.subtracting(room.imports).sorted().map {
        "Package.swift: \(name) may not depend on \($0)"
      }
    }
  }

  /// Imports that Package.swift does not declare; whether they build depends on what was built before.
  func undeclaredImports(_ file: SourceFile) -> [String] {
    guard let room = Room.of(file.path), let declared = dependencies[room.name] else { return [] }
    return file.imports.filter { !declared.contains($0.module) && !Room.system.contains($0.module) }.map {
      "\(file.path):\($0.line): imports \($0.module), which Package.swift does not declare for \(room.name)"
    }
  }
}
