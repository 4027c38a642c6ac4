import Foundation
import Ground

@testable import Record

/// Foundation's reader of JSON as a judge of ours.
enum Foreign {
  /// Returns what Foundation says otherwise of these bytes as JSON, and of the lines that a scan accepts.
  static func complaint(_ bytes: [UInt8]) -> String? {
    if let complaint = difference(bytes) { return complaint }
    for line in Scan(RecordProperties.chained(bytes)).lines {
      var payload: [UInt8] = []
      line.payload.write(to: &payload)
      if let complaint = difference(payload) { return complaint }
    }
    return nil
  }

  private static func difference(_ bytes: [UInt8]) -> String? {
    // Foundation also reads other encodings than UTF-8, and passes over a mark in front.
    guard !bytes.contains(0), !bytes.starts(with: [0xEF, 0xBB, 0xBF]), bytes.first.map({ $0 < 0xFE }) ?? true
    else { return nil }
    let isTheirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
    let flaw = flaw(bytes)
    switch (flaw, isTheirs) {
    case (nil, true), (_?, false): return nil
    // Ours are stricter there. Foundation also passes over a comma behind the last element of an array, which
    // RFC 8259 has not.
    case (.duplicateKey?, true), (.tooDeep?, true), (.number?, true): return nil
    case (.syntax?, true) where bytes.contains(UInt8(ascii: ",")): return nil
    case (let flaw?, true): return "Foundation reads what we refuse: \(flaw)"
    // A number that is too large for a double.
    case (nil, false) where bytes.contains { (0x30...0x39).contains($0) }: return nil
    case (nil, false): return "Foundation refuses what we read"
    }
  }

  private static func flaw(_ bytes: [UInt8]) -> JSONError.Reason? {
    bytes.withUnsafeBytes { bytes -> JSONError.Reason? in
      do throws(JSONError) {
        try JSONCheck.check(bytes)
        return nil
      } catch {
        return error.reason
      }
    }
  }
}
