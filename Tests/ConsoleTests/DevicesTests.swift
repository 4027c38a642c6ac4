import Conference
import Ground
import Screen
import Testing

@testable import Console

/// Who is let in, from the console (S4.7).
@Suite struct DevicesTests {
  private let served = HallDevices.on(
    HallDevices.Served(
      addresses: ["http://192.0.2.7:7413"],
      codes: [
        .init(code: "bado-kitu", use: Phrase(nl: "notulist van een tafel", en: "note-taker of a table"))
      ],
      devices: [
        .init(
          number: 1, role: .noteTaker(table: 4), address: "192.0.2.8", since: Moment(milliseconds: 0),
          isConnected: true),
        .init(
          number: 2, role: .screen, address: "192.0.2.9", since: Moment(milliseconds: 0), isConnected: false),
      ]))

  private func model() -> Model {
    Model(
      session: Session(), now: Moment(milliseconds: 0), size: Size(rows: 24, columns: 80), language: .nl)
  }

  private func text(_ model: Model) -> String { model.view().plainText }

  @Test func devicesAreLetInAfterAYes() {
    var model = model()
    #expect(model.update(.input(.key(.function(6)))) == [.devices(.look)])
    #expect(model.update(.devices(.off)) == [])
    #expect(text(model).contains("toelaten?"))
    #expect(model.update(.input(.key(.enter))) == [])
    #expect(model.update(.input(.key(.character("j")))) == [.devices(.open)])
    #expect(model.layers.isEmpty)
  }

  @Test func showsAddressCodesAndWhoIsIn() {
    var model = model()
    _ = model.update(.devices(served))
    // What is told again takes the place of what was told before.
    _ = model.update(.devices(served))
    #expect(model.layers.count == 1)
    for part in [
      "http://192.0.2.7:7413", "bado-kitu", "notulist van een tafel", "2 apparaten", "1 nu verbonden",
    ] {
      #expect(text(model).contains(part), "\(part)")
    }
    #expect(model.update(.input(.key(.character("n")))) == [.devices(.renew)])
    #expect(model.update(.input(.key(.escape))) == [])
    #expect(model.layers.isEmpty)
  }

  @Test func aDeviceIsPutOut() {
    var model = model()
    _ = model.update(.devices(served))
    _ = model.update(.input(.key(.enter)))
    #expect(text(model).contains("›notulist van tafel 4 ") && text(model).contains(" 192.0.2.8 "))
    #expect(text(model).contains("✓ verbonden") && text(model).contains("✗ weg"))
    _ = model.update(.input(.key(.down)))
    _ = model.update(.input(.key(.enter)))
    #expect(text(model).contains("scherm in de zaal · 192.0.2.9 weren?"))
    #expect(model.update(.input(.key(.character("j")))) == [.devices(.revoke(2))])
  }

  @Test func oneKeyPutsTheChosenDeviceOut() {
    for key in [Key.delete, .control("x")] {
      var model = model()
      _ = model.update(.devices(served))
      _ = model.update(.input(.key(.enter)))
      #expect(text(model).contains("Del = nu weren"))
      _ = model.update(.input(.key(.down)))
      #expect(model.update(.input(.key(key))) == [.devices(.revoke(2))])
      // Back on the card, which the host's answer takes the place of.
      #expect(model.layers.count == 1)
      #expect(text(model).contains("scherm in de zaal · 192.0.2.9 is geweerd"))
    }
  }

  @Test func delDoesNothingWhereNoDeviceIsMeant() {
    var model = model()
    _ = model.update(.devices(served))
    _ = model.update(.input(.key(.enter)))
    for character in "qqq" { _ = model.update(.input(.key(.character(character)))) }
    #expect(model.update(.input(.key(.delete))) == [])
    #expect(model.layers.count == 2)
  }

  @Test func whatIsWrongIsSaid() {
    var model = model()
    _ = model.update(.devices(.trouble(Phrase(nl: "De poort is bezet.", en: "The port is taken."))))
    #expect(text(model).contains("De poort is bezet."))
    let nobody = HallDevices.on(HallDevices.Served(addresses: ["x"], codes: [], devices: []))
    _ = model.update(.devices(nobody))
    #expect(text(model).contains("verlopen"))
    _ = model.update(.input(.key(.enter)))
    #expect(text(model).contains("nog geen apparaat"))
  }

  // MARK: - A host that is served over TLS

  /// With what stands there at most: two networks, a square as large as addresses make it.
  private func hall(square: DotSquare?) -> HallDevices {
    HallDevices.on(
      HallDevices.Served(
        addresses: ["https://192.168.178.123:7413", "https://10.0.0.7:7413"],
        name: Phrase(
          nl: "aap ananas balkon berg borstel camera deken duif",
          en: "acorn arch banjo bishop branch camel chair clock"),
        notice: Phrase(nl: "Het certificaat kan niet worden bewaard.", en: "The certificate cannot be kept."),
        square: square,
        codes: [
          .init(code: "bado-kitu", use: Phrase(nl: "notulist van een tafel", en: "note-taker of a table")),
          .init(code: "fire-lomu", use: Phrase(nl: "scherm in de zaal", en: "screen in the room")),
          .init(code: "gama-nipo", use: Phrase(nl: "meekijken", en: "looking on")),
          .init(code: "hedi-rusa", use: Phrase(nl: "gespreksleider", en: "facilitator")),
        ], devices: []))
  }

  private var square: DotSquare? {
    DotSquare(dots: (0..<29).map { row in (0..<29).map { column in (row * column + row + column) % 3 == 0 } })
  }

  @Test(arguments: Language.allCases) func showsTheWordsOfTheHost(language: Language) throws {
    for (square, name) in [(square, "devices-square"), (nil, "devices")] {
      var rig = try Rig(size: Size(rows: 24, columns: 80), language: language)
      _ = rig.model.update(.devices(hall(square: square)))
      try expectSnapshot(rig.screen, "\(name).\(language).80x24")
    }
  }

  @Test(arguments: Language.allCases) func theAddressForACamera(language: Language) throws {
    for size in [Size(rows: 24, columns: 80), Size(rows: 20, columns: 60)] {
      var rig = try Rig(size: size, language: language)
      _ = rig.model.update(.devices(hall(square: square)))
      rig.press(.character("q"))
      try expectSnapshot(rig.screen, "square.\(language).\(size.columns)x\(size.rows)")
      // Back to where one came from.
      rig.press(.escape)
      #expect(rig.model.layers.count == 1)
    }
    var rig = try Rig(size: Size(rows: 24, columns: 80), language: language)
    _ = rig.model.update(.devices(hall(square: nil)))
    rig.press(.character("q"))
    #expect(rig.model.layers.count == 1)
  }

  /// A camera wants dark on light, also from a dark screen.
  @Test func theDotsAreBlackOnWhiteInEveryTheme() throws {
    #expect(throws: ThemeError.self) { try Theme.parse("dots = red on blue", name: "x") }
    for theme in [Theme.fallback, try Theme.parse("text = red on blue", name: "x")] {
      #expect(theme[.dots, .direct] == Look(foreground: 0, background: 0xFF_FF_FF))
      #expect(theme[.dots, .many] == Look(foreground: 16, background: 231))
      #expect(theme[.dots, .eight] == Look(foreground: 0, background: 7))
      #expect(theme[.dotsDark, .sixteen] == Look(foreground: 15, background: 0))
      #expect(theme[.dots, .none] == Look(reverse: true) && theme[.dotsDark, .none] == Look())
    }
  }
}
