import Ground
import Testing
import Wire

/// A stream of events arrives as it was sent, however the network cuts it.
@Suite struct EventStreamTests {
  private let lines = [
    #"{"seq":0,"at":"2026-11-21T12:00:00.000Z","data":{"text":"é — \"data: x\""},"h":"0123456789abcdef0123456789abcdef"}"#,
    #"{"seq":1042,"at":"2026-11-21T12:00:01.000Z","data":{},"h":"2f9a802456789abcdef0123456789abc"}"#,
  ]

  private var stream: [UInt8] {
    var bytes = EventStream.opening
    EventStream.append(lines: Array((lines[0] + "\n").utf8), to: &bytes)
    bytes += EventStream.heartbeat
    EventStream.append(lines: Array((lines[1] + "\n").utf8), to: &bytes)
    return bytes
  }

  private var events: [EventReader.Event] {
    [
      .line(LineMark(seq: 0, hash: "01234567"), Array(lines[0].utf8)), .heartbeat,
      .line(LineMark(seq: 1042, hash: "2f9a8024"), Array(lines[1].utf8)),
    ]
  }

  @Test func cutAtEveryByte() {
    let stream = stream
    for cut in 0...stream.count {
      var reader = EventReader()
      let taken = [reader.take(stream[..<cut]), reader.take(stream[cut...])]
      #expect(taken.compactMap(\.self).flatMap(\.self) == events, "cut at \(cut)")
    }
    var reader = EventReader()
    var oneByOne: [EventReader.Event] = []
    for byte in stream { oneByOne += reader.take([byte]) ?? [] }
    #expect(oneByOne == events)
  }

  @Test func whatIsNoStreamIsNotKept() {
    var reader = EventReader()
    #expect(reader.take([UInt8](repeating: 0x61, count: EventReader.maxField + 1)) == nil)
    var other = EventReader()
    #expect(
      other.take(Array("id: nonsense\ndata: x\n\ndata: y\n\nid: 1.01234567\n\nevent: z\n\n".utf8)) == [])
  }

  @Test func marks() {
    #expect(LineMark("1042.2f9a8024") == LineMark(seq: 1042, hash: "2f9a8024"))
    for text in [
      "", "1", "1.", "-1.01234567", "01.01234567", "1.0123456", "1.0123456G", "1.01234567.", "1.ABCDEF01",
    ] {
      #expect(LineMark(text) == nil, "\(text)")
    }
    #expect(LineMark(line: Array("{\"seq\":1".utf8)) == nil)
    #expect(LineMark(line: Array("".utf8)) == nil)
  }
}

@Suite struct JoinCodeTests {
  @Test func isReadAsPeopleTypeIt() throws {
    let code = try #require(JoinCode("bado-kitu"))
    #expect(code.description == "bado-kitu")
    for text in ["BADO KITU", "badokitu", " Bado - Kitu "] { #expect(JoinCode(text) == code) }
    for text in ["", "bado", "bado-kitux", "abdo-kitu", "bado-kity", "bádo-kitu"] {
      #expect(JoinCode(text) == nil, "\(text)")
    }
  }

  /// Guessable once in millions.
  @Test func thereAreMillions() {
    #expect(JoinCode.count > 40_000_000)
    var random = SplitMix64(seed: 1)
    let codes = Set((0..<2000).map { _ in JoinCode(using: &random) })
    #expect(codes.count > 1990)
    #expect(codes.allSatisfy { JoinCode($0.description) == $0 })
  }
}
