import Foundation
import Ground
import Testing

/// The seal that the hall saw at the closing, and the record years later.
@Suite struct SealJourney {
  @Test func whoWroteTheSealDownCanHoldItBesideTheRecord() throws {
    let place = try Place()
    let folder = place.path + "/demo"
    _ = try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder)
    let upto = try #require(try Journal(folder).all("record.sealed").last?["upto"]?.int)
    let sum = try Program.run(
      ["/bin/sh", "-c", "head -n \(upto + 1) '\(folder)/record.jsonl' | sha256sum"],
      environment: place.environment)
    let digits = String(sum.output.prefix(64))
    try #require(digits.count == 64)

    let lists = try ["nl", "en"].map { language in
      let check = try place.beraad("check", folder, "--language", language)
      let lines = check.output.split(separator: "\n")
      try #require(check.status == 0 && lines.count == 4, "\(check)")
      #expect(lines[1].contains(" \(upto + 1) "))
      #expect(lines[2].filter { $0 != " " } == digits)
      let words = lines[3].split(separator: " ")
      #expect(words.count == 8)
      return words
    }
    #expect(lists[0] != lists[1])
    let report = try JSON(parsing: try place.beraad("check", folder, "--json").output)
    #expect(report["seals"] == ["count": 1, "upto": .int(upto), "sha256": .string(digits)])
  }

  @Test func aRecordWithoutASealSaysNothingOfOne() throws {
    let place = try Place()
    let golden = Repository.path + "/Tests/RecordTests/Golden/foreign-type.jsonl"
    let check = try place.beraad("check", golden)
    #expect(check.status == 0 && check.output.split(separator: "\n").count == 1, "\(check)")
  }
}
