import CFuzzer
import Glibc

// BERAAD_FUZZ says what is fuzzed, record or plan, and all arguments go to libFuzzer, which also starts this program
// itself (https://llvm.org/docs/LibFuzzer.html).
let what = getenv("BERAAD_FUZZ").map { String(cString: $0) }
var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv

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

switch what {
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
default: fatalError("BERAAD_FUZZ is record or plan")
}
