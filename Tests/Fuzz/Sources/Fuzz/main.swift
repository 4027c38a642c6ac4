import CFuzzer
import Glibc

// Fuzz record|plan … goes to libFuzzer (https://llvm.org/docs/LibFuzzer.html); Fuzz disk SECONDS SEED lives lives
// on a simulated disk and says how many.
let usage = "usage: Fuzz record|plan [libFuzzer's options and folders] | Fuzz disk SECONDS [FIRST-SEED]"
guard CommandLine.arguments.count > 1 else { fatalError(usage) }

/// Ends the program where a property does not hold, so that the fuzzer keeps the bytes.
func judge(_ complaint: String?) {
  guard let complaint else { return }
  _ = Array("\(complaint)\n".utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  abort()
}

/// What libFuzzer's own main would call; it is linked but not used.
@_cdecl("LLVMFuzzerTestOneInput")
func unused(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 { 0 }

func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}

var count = CommandLine.argc - 1
// libFuzzer takes the first for the program's name.
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1

switch CommandLine.arguments[1] {
case "record":
  exit(
    LLVMFuzzerRunDriver(&count, &arguments) { start, count in
      let bytes = bytes(start, count)
      judge(RecordProperties.complaint(bytes) ?? Foreign.complaint(bytes))
      return 0
    })
case "plan":
  exit(
    LLVMFuzzerRunDriver(&count, &arguments) { start, count in
      judge(PlanProperties.complaint(bytes(start, count)))
      return 0
    })
case "disk":
  let numbers = CommandLine.arguments.dropFirst(2).map { UInt64($0) ?? 0 }
  liveOnDisks(seconds: numbers.first ?? 60, from: numbers.dropFirst().first ?? 0)
default: fatalError(usage)
}
