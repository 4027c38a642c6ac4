import Conference
import Ground
import Testing

@testable import Dossier

private func texts(_ findings: [Finding]) -> [String] { findings.map { $0.text(.nl) } }

/// The ways in which programs write text.
enum Encoding: CaseIterable, Sendable {
  case utf8, utf8WithMark, utf16Little, utf16Big, windows1252

  func bytes(_ text: String) -> [UInt8] {
    switch self {
    case .utf8: Array(text.utf8)
    case .utf8WithMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case .utf16Little: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16Big: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .windows1252:
      text.unicodeScalars.map { scalar in
        switch scalar {
        case "€": 0x80
        case "’": 0x92
        case "–": 0x96
        default: UInt8(scalar.value)
        }
      }
    }
  }
}

@Suite struct EncodingTests {
  static let rows = [
    ["naam", "organisatie", "groep", "gemeente", "dieet"],
    ["Zoë Ruë", "’t Huis, \"De Brug\"; €", "cliënt", "Súdwest–Fryslân", "glutenvrij\nen\tzoutarm"],
    ["Jan", "", "wethouder", "Almere", ""],
  ]

  static let cases = Encoding.allCases.flatMap { encoding in
    [",", ";", "\t"].flatMap { separator in ["\n", "\r\n", "\r"].map { (encoding, separator, $0) } }
  }

  @Test(arguments: cases) func everyWayOfWritingReadsTheSame(
    encoding: Encoding, separator: String, end: String
  ) {
    let text = Self.rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"").replacing("\n", with: end) + "\"" }.joined(
        separator: separator)
    }.joined(separator: end)
    for tail in ["", end, end + end] {
      let reading = ParticipantsReader.read(bytes: encoding.bytes(text + tail))
      #expect(
        reading.participants == [
          Participant(
            id: "P001", name: "Zoë Ruë", organisation: "’t Huis, \"De Brug\"; €", group: "cliënt",
            municipality: "Súdwest–Fryslân",
            attributes: [.init(name: "dieet", value: "glutenvrij en zoutarm")]),
          Participant(id: "P002", name: "Jan", group: "wethouder", municipality: "Almere"),
        ])
      #expect(reading.lines == [2, 4])
      if encoding == .windows1252 {
        #expect(texts(reading.findings).count == 1)
        #expect(reading.findings.first?.isError == false)
        #expect(reading.findings.first?.line == 2)
      } else {
        #expect(texts(reading.findings) == [])
      }
    }
  }

  @Test func theRoundTripHoldsForAnyText() {
    var random = SplitMix64(seed: 7)
    let alphabet: [String] = [
      "a", "é", "😀", ",", ";", "\t", "\"", "\n", "\r\n", " ", "=", "'", "\u{301}", "x,y",
    ]
    for seed in 0..<500 {
      let cells = (0..<4).map { _ in
        "c" + (0..<random.below(12)).map { _ in alphabet[random.below(alphabet.count)] }.joined() + "c"
      }
      let separator = [",", ";", "\t"][random.below(3)]
      let text =
        "a\(separator)b\n"
        + cells.map { inQuotes($0) }.chunks(of: 2).map {
          $0.joined(separator: separator)
        }.joined(separator: "\r\n")
      var findings = Findings(file: "f")
      let rows = CSV(Array(text.utf8), &findings)?.rows.flatMap(\.cells)
      #expect(rows == cells.map { $0.replacing("\r\n", with: "\n") }, "seed 7, text \(seed)")
      #expect(findings.all == [])
    }
  }
}

@Suite struct ParticipantsTests {
  @Test(arguments: [
    ("", nil, "het bestand is leeg"),
    ("\n \n", nil, "het bestand is leeg"),
    ("\u{FEFF}", nil, "het bestand is leeg"),
    ("naam;groep\n", nil, "geen enkele deelnemer"),
    ("naam\n\n\n", nil, "geen enkele deelnemer"),
    ("naan,groep\nJan,x", 1, "geen kolom met namen — bedoelde u “naam”?"),
    ("x,y\n1,2", 1, "noem een kolom “naam”"),
    ("naam,groep\nJan,x\nPiet\nKees,y", 3, "deze rij heeft 1 cel, de kopregel 2"),
    ("naam,groep\nJan,x\nPiet,a,b\nKees,y", 3, "deze rij heeft 3 cellen, de kopregel 2"),
    ("naam,groep\n\"Jan\nJansen\",x,y\n", 2, "deze rij heeft 3 cellen"),
    ("naam,naam \nJan,x", 1, "twee kolommen heten “naam”"),
    ("naam,\nJan,x", 1, "kolom 2 heeft geen naam"),
    ("naam,groep\n,x\nJan,y\nPiet,y", 2, "de naam ontbreekt"),
    ("naam,id\nJan,\nPiet,2", 2, "het id van “Jan” ontbreekt"),
    ("naam,id\nJan,1\nPiet,1", 3, "het id “1” staat ook op regel 2"),
    ("naam,organisatie\nJan,A\nPiet,A\njan,a", 4, "staat met dezelfde organisatie ook op regel 2"),
    ("naam\n\"Jan\nPiet", 2, "een aanhalingsteken wordt niet gesloten"),
    ("naam,groep\n\"Jan\"x,y\nPiet,z", 2, "tekst na het sluitende aanhalingsteken"),
    (
      "naam\n" + String(repeating: "x", count: 201) + "\nJan\nPiet", 2,
      "“naam” is 201 tekens lang; het mogen er 200 zijn"
    ),
    ("naam\nJan\u{0}\nPiet", 2, "nulteken"),
    ("PK\u{3}\u{4}…", nil, "bestand van een rekenprogramma"),
  ]) func mistakes(text: String, line: Int?, says: String) throws {
    let reading = ParticipantsReader.read(bytes: Array(text.utf8))
    let errors = reading.findings.filter(\.isError)
    #expect(errors.count == 1, "\(texts(errors))")
    #expect(errors.first?.line == line)
    #expect(texts(errors).first?.contains(says) == true, "\(texts(errors))")
    #expect(errors.first?.file == "participants.csv")
  }

  @Test(arguments: [
    ("naam\nJan", 2, "maar één deelnemer"),
    ("naam,id\nJan,1\nJan,2", 3, "staat met dezelfde organisatie ook op regel 2"),
    ("naam\nJ\u{1B}[31man\nPiet", 2, "onzichtbare stuurtekens"),
  ]) func notices(text: String, line: Int, says: String) {
    let reading = ParticipantsReader.read(bytes: Array(text.utf8))
    #expect(reading.findings.map(\.isError) == [false])
    #expect(reading.findings.first?.line == line)
    #expect(texts(reading.findings).first?.contains(says) == true, "\(texts(reading.findings))")
  }

  @Test func everyMistakeIsToldAtOnce() {
    let reading = ParticipantsReader.read(bytes: Array("naam,id\n,1\nJan\nPiet,\nKees,4\nKoos,4".utf8))
    #expect(reading.findings.map(\.line) == [2, 3, 4, 6])
  }

  @Test func columnsMayStandInAnyOrderAndEitherLanguage() {
    let reading = ParticipantsReader.read(
      bytes: Array(
        "Municipality;Rol;NAME;Group;Organization;Nr\r\nAlmere;host;Jan;x;A;7\r\n;;Piet;;;8;;\r\n;;;;;\r\n"
          .utf8))
    #expect(reading.findings == [])
    #expect(
      reading.participants == [
        Participant(
          id: "7", name: "Jan", organisation: "A", group: "x", municipality: "Almere",
          attributes: [.init(name: "Rol", value: "host")]),
        Participant(id: "8", name: "Piet"),
      ])
  }

  @Test func excelsSeparatorLineIsNoHeading() {
    let reading = ParticipantsReader.read(bytes: Array("sep=|\nnaam|groep\nJan|x\nPiet|y".utf8))
    #expect(reading.participants.map(\.group) == ["x", "y"])
    #expect(reading.lines == [3, 4])
  }

  @Test func namesOf200CharactersAndManyPeopleAreFine() {
    let name = String(repeating: "ë", count: 197)
    let text =
      "naam\n"
      + (100..<1_300).map { "\(name)\(padded($0, 4).suffix(3))\($0)".suffix(200) }.joined(separator: "\n")
    let reading = ParticipantsReader.read(bytes: Array(text.utf8))
    #expect(reading.findings == [])
    #expect(reading.participants.count == 1_200)
    #expect(reading.participants.first?.id == "P0001")
    #expect(reading.participants.last?.id == "P1200")
  }

  @Test func groupsAreThoseOfThePlan() {
    var reading = ParticipantsReader.read(
      bytes: Array("naam,groep\nJan,CLIENT\nPiet,wethoder\nKees,\nKoos,qqqqq".utf8))
    ParticipantsReader.checkGroups(&reading, against: ["cliënt", "wethouder"], file: "participants.csv")
    #expect(reading.participants.map(\.group) == ["cliënt", "wethoder", nil, "qqqqq"])
    #expect(
      texts(reading.findings) == [
        "participants.csv:3: de groep “wethoder” staat niet in plan.yaml — bedoelde u “wethouder”?",
        "participants.csv:5: de groep “qqqqq” staat niet in plan.yaml — kies uit: cliënt, wethouder, of zet de groep erbij onder “groepen”",
      ])
  }
}

@Suite struct SurveyTests {
  /// S4.1: answers become contributions with the survey as their source; where they came from is kept.
  @Test func answersKeepTheirOrigin() {
    let spec = SurveySpec(
      textColumn: "Antwoord", kindColumn: "soort", keep: ["nr", "wie"],
      only: [.init(column: "ok", values: ["1", "ja"])])
    let csv = """
      nr,antwoord,soort,ok,wie
      1,"Meer, en
      beter",Stelling,1,A
      2,Niet dit,,0,B
      3, ,idee,ja,C
      4,Dit ook,,JA,
      """
    let reading = SurveyReader.read(bytes: Array(csv.utf8), spec: spec)
    #expect(
      reading.answers == [
        SurveyAnswer(
          text: "Meer, en\nbeter", kind: "proposition", source: "enquête",
          origin: [.init(name: "nr", value: "1"), .init(name: "wie", value: "A")]),
        SurveyAnswer(
          text: "Dit ook", kind: "idea", source: "enquête", origin: [.init(name: "nr", value: "4")]),
      ])
    #expect(
      texts(reading.findings) == ["survey.csv: 1 leeg antwoord is overgeslagen — u hoeft niets te doen"])
  }

  @Test(arguments: [
    ("nr,x\n1,2", SurveySpec(), 1, "in welke kolom de antwoorden staan"),
    (
      "nr,antwoord\n1,2", SurveySpec(textColumn: "antword"), 1,
      "de kolom “antword” is er niet — bedoelde u “antwoord”?"
    ),
    ("nr,antwoord\n1,2", SurveySpec(keep: ["qqqq"]), 1, "noem in plan.yaml een van: nr, antwoord"),
    ("nr,antwoord\n1,2", SurveySpec(kindColumn: "soort"), 1, "de kolom “soort” is er niet"),
    (
      "nr,antwoord\n1,2", SurveySpec(only: [.init(column: "ok", values: ["1"])]), 1,
      "de kolom “ok” is er niet"
    ),
    (
      "soort,antwoord\nide,2", SurveySpec(kindColumn: "soort"), 2,
      "de soort “ide” is niet bekend — bedoelde u “idee”?"
    ),
    ("antwoord\n" + String(repeating: "x", count: 8_001), SurveySpec(), 2, "8001 tekens lang"),
    ("", SurveySpec(), nil, "het bestand is leeg"),
  ]) func mistakes(text: String, spec: SurveySpec, line: Int?, says: String) {
    let errors = SurveyReader.read(bytes: Array(text.utf8), spec: spec).findings.filter(\.isError)
    #expect(errors.map(\.line) == [line])
    #expect(texts(errors).first?.contains(says) == true, "\(texts(errors))")
  }

  @Test func aSurveyWithoutAnswersIsANotice() {
    let findings = SurveyReader.read(bytes: Array("antwoord\n".utf8)).findings
    #expect(findings.map(\.isError) == [false])
  }
}

/// Returns a cell between quotes; a quote followed by an accent is one character but still a quote to double.
private func inQuotes(_ cell: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in cell.unicodeScalars {
    scalars.append(contentsOf: scalar == "\"" ? [scalar, scalar] : [scalar])
  }
  return "\"\(String(scalars))\""
}

extension Array {
  /// Returns the elements in groups of `size`.
  func chunks(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
