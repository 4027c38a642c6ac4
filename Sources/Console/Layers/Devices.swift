import Conference
import Ground
import Screen

/// The devices in the hall, and how they get in, as the host has them at one moment.
public enum HallDevices: Sendable, Equatable {
  /// No device can reach this host.
  case off
  /// They cannot, and why.
  case trouble(Phrase)
  /// They can.
  case on(Served)

  /// Where the host is, with which codes devices get in, and who is in.
  public struct Served: Sendable, Equatable {
    /// A join code with what it is for.
    public struct Code: Sendable, Equatable {
      var code: String
      var use: Phrase
      /// Creates a code.
      public init(code: String, use: Phrase) {
        self.code = code
        self.use = use
      }
    }

    /// A device that was let in.
    public struct Device: Sendable, Equatable {
      var number: Int
      var role: DeviceRole
      var address: String
      var since: Moment
      var isConnected: Bool
      /// Creates a device.
      public init(number: Int, role: DeviceRole, address: String, since: Moment, isConnected: Bool) {
        self.number = number
        self.role = role
        self.address = address
        self.since = since
        self.isConnected = isConnected
      }
    }

    var addresses: [String]
    var name: Phrase?
    var notice: Phrase?
    var square: DotSquare?
    var codes: [Code]
    var devices: [Device]

    /// Creates a picture of one moment.
    ///
    /// `name` is the words by which devices know the host's certificate, nil without encryption; `square` the first
    /// address as a QR code; `notice` what the facilitator should know of how the host is served.
    public init(
      addresses: [String], name: Phrase? = nil, notice: Phrase? = nil, square: DotSquare? = nil,
      codes: [Code], devices: [Device]
    ) {
      self.addresses = addresses
      self.name = name
      self.notice = notice
      self.square = square
      self.codes = codes
      self.devices = devices
    }
  }
}

/// What the facilitator wants of the devices in the hall.
public enum DevicesRequest: Sendable, Equatable {
  /// Tell how things are.
  case look
  /// Let devices reach this host.
  case open
  /// Make new codes; the old ones are good no more.
  case renew
  /// Take the pass of the device with this number back.
  case revoke(Int)
}

extension Model {
  /// Shows how devices get in and who is in, or asks whether they may.
  mutating func showDevices(_ devices: HallDevices) {
    if case .card(let card)? = layers.last, card.title == DeviceWords.title { layers.removeLast() }
    switch devices {
    case .off:
      layers.append(.question(Question(text: DeviceWords.mayOpen) { _ in [.devices(.open)] }))
    case .trouble(let phrase): say(phrase, .warning)
    case .on(let served):
      let card = Card(
        title: DeviceWords.title, paragraphs: DeviceWords.paragraphs(served, language),
        footer: served.square == nil ? DeviceWords.footer : DeviceWords.footerWithSquare
      ) { model, key in
        switch key {
        case .enter:
          model.chooseDevice(served)
          return []
        case .character("n"): return [.devices(.renew)]
        case .character("q") where served.square != nil:
          model.showSquare(served)
          return []
        default: return nil
        }
      }
      layers.append(.card(card))
    }
  }

  /// Shows the address for a camera, with what is to be compared.
  private mutating func showSquare(_ served: HallDevices.Served) {
    let text = served.addresses.prefix(1) + (served.name.map { [$0[language]] } ?? [])
    layers.append(
      .card(Card(title: DeviceWords.square, paragraphs: Array(text), square: served.square)))
  }

  /// Lists the devices that are in; Enter puts the chosen one out after a yes, Del at once.
  private mutating func chooseDevice(_ served: HallDevices.Served) {
    guard !served.devices.isEmpty else { return say(DeviceWords.nobody) }
    let entries = served.devices.map { device in
      Menu.Entry(
        // The address is not searched: whoever types "tafel 2" does not mean 192.0.2.7.
        id: String(device.number), text: device.role.phrase[language],
        detail: [device.address, session.zone.clock(device.since), DeviceWords.state(device)[language]]
          .joined(separator: " "))
    }
    let device = { @Sendable (entry: Menu.Entry) in
      served.devices.first { String($0.number) == entry.id }
    }
    var menu = Menu(title: DeviceWords.putOut, entries: entries) { model, choice in
      guard case .entry(let entry) = choice, let device = device(entry) else { return [] }
      let text = DeviceWords.mayPutOut("\(entry.text) · \(device.address)")
      model.layers.append(.question(Question(text: text) { _ in [.devices(.revoke(device.number))] }))
      return []
    }
    menu.remove = (
      DeviceWords.atOnce,
      { model, entry in
        guard let device = device(entry) else { return [] }
        model.say(DeviceWords.isOut("\(entry.text) · \(device.address)"))
        return [.devices(.revoke(device.number))]
      }
    )
    open(menu)
  }
}

extension DeviceRole {
  /// What a device is for, in words.
  public var phrase: Phrase {
    switch self {
    case .facilitator: Phrase(nl: "gespreksleider", en: "facilitator")
    case .noteTaker(let table): Phrase(nl: "notulist van tafel \(table)", en: "note-taker of table \(table)")
    case .screen: Phrase(nl: "scherm in de zaal", en: "screen in the room")
    case .observer: Phrase(nl: "meekijker", en: "observer")
    }
  }
}

private enum DeviceWords {
  static let title = Phrase(nl: "Apparaten in de zaal", en: "Devices in the hall")
  static let footer = Phrase(
    nl: "Enter apparaat weren · n nieuwe codes · Esc sluit",
    en: "Enter put a device out · n new codes · Esc closes")
  static let footerWithSquare = Phrase(
    nl: "Enter apparaat weren · n nieuwe codes · q QR-code · Esc sluit",
    en: "Enter put a device out · n new codes · q QR code · Esc closes")
  static let square = Phrase(nl: "Het adres als QR-code", en: "The address as a QR code")
  static let putOut = Phrase(nl: "Welk apparaat weren?", en: "Put which device out?")
  static let nobody = Phrase(nl: "Er is nog geen apparaat binnen.", en: "No device is in yet.")
  static let mayOpen = Phrase(
    nl: "Laptops van tafels en het scherm in de zaal toelaten?",
    en: "Let the tables’ laptops and the screen in the room in?")

  static let atOnce = Phrase(nl: "nu weren", en: "put out now")

  static func isOut(_ device: String) -> Phrase {
    Phrase(
      nl: "\(device) is geweerd; het kan alleen terug met een code.",
      en: "\(device) was put out; it only comes back with a code.")
  }

  static func mayPutOut(_ device: String) -> Phrase {
    Phrase(
      nl: "\(device) weren? Het kan alleen terug met een code.",
      en: "Put \(device) out? It only comes back with a code.")
  }

  static func state(_ device: HallDevices.Served.Device) -> Phrase {
    device.isConnected
      ? Phrase(nl: "✓ verbonden", en: "✓ connected") : Phrase(nl: "✗ weg", en: "✗ away")
  }

  static func paragraphs(_ served: HallDevices.Served, _ language: Language) -> [String] {
    var lines = served.addresses
    if let name = served.name {
      lines.append(
        Phrase(nl: "Woorden van deze host: \(name.nl)", en: "This host’s words: \(name.en)")[language])
    }
    if let notice = served.notice { lines.append(notice[language]) }
    if let url = served.addresses.first {
      // Without being told otherwise a laptop speaks TLS; so the line fits.
      let address = url.hasPrefix("https://") ? String(url.dropFirst(8)) : url
      lines.append(
        Phrase(
          nl: "Op de laptop van een tafel: beraad note \(address) --table 4",
          en: "On a table’s laptop: beraad note \(address) --table 4")[language])
    }
    lines.append("")
    if served.codes.isEmpty {
      lines.append(
        Phrase(
          nl: "De codes zijn verlopen; n maakt nieuwe.", en: "The codes have expired; n makes new ones.")[
            language])
    }
    lines += served.codes.map { "\($0.code)   \($0.use[language])" }
    let connected = served.devices.count(where: \.isConnected)
    let count = served.devices.count
    lines += [
      "",
      Phrase(
        nl: "\(count) \(count == 1 ? "apparaat" : "apparaten") binnen, waarvan \(connected) nu verbonden.",
        en: "\(count) \(count == 1 ? "device is" : "devices are") in, \(connected) of them connected now.")[
          language],
    ]
    return lines
  }
}
