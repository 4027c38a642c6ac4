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
    #expect(text(model).contains("notulist van tafel 4 · 192.0.2.8"))
    #expect(text(model).contains("✓ verbonden") && text(model).contains("✗ weg"))
    _ = model.update(.input(.key(.down)))
    _ = model.update(.input(.key(.enter)))
    #expect(text(model).contains("weren?"))
    #expect(model.update(.input(.key(.character("j")))) == [.devices(.revoke(2))])
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
}
