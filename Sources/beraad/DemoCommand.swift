import ArgumentParser
import Conference
import Console
import Dispatch
import Documents
import Dossier
import Examples
import Glibc
import Ground
import Host
import Rehearsal
import Synchronization

/// `beraad demo`: the ROGPlus conference with simulated note-takers.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: say(
      nl: "Leid de voorbeeldconferentie; de tafels schrijven vanzelf.",
      en: "Run the example conference; the tables write by themselves."),
    discussion: example("beraad demo", "beraad demo --headless --speed 0"))

  @Flag(
    help: help(
      nl: "Zonder terminal: ook de procesbegeleider is gesimuleerd.",
      en: "Without a terminal: the facilitator is simulated, too."))
  var headless = false

  @Option(
    help: help(
      nl: "Hoeveel maal zo snel als echt; 0: zo snel als het gaat (alleen met --headless).",
      en: "How many times faster than real; 0: as fast as it goes (only with --headless)."))
  var speed = 1

  @Option(help: help(nl: "De map voor de conferentie.", en: "The folder for the conference."))
  var dir: String?

  @Flag(help: help(nl: "Zonder rondleiding.", en: "Without the guided tour."))
  var noTour = false

  @OptionGroup var plain: PlainOption
  @OptionGroup var options: ScreenOptions

  func validate() throws {
    guard (0...1_000_000).contains(speed), headless || speed > 0 else {
      throw ValidationError(
        say(
          nl: "--speed is 1 tot 1000000; 0 kan alleen met --headless.",
          en: "--speed is 1 to 1000000; 0 goes with --headless only."))
    }
  }

  func run() throws {
    let isPlain = !headless && plain.isWanted
    if !headless, !isPlain {
      try requireTerminal(
        instead: Phrase(
          nl: "Zonder terminal kan wel: beraad demo --headless.",
          en: "Without a terminal there is: beraad demo --headless."))
    }
    // First what can be wrong about the screen: then no folder is made for nothing.
    let screen = headless || isPlain ? nil : try options.chosenTheme()
    let folder = try dir ?? temporaryFolder()
    do {
      try Examples.write("rogplus", to: folder)
    } catch {
      throw failure(error)
    }
    let clock = DemoClock(start: try demoStart(folder), speed: speed)
    let host = try openConference(folder: folder, clock: clock).host
    let rehearsal = Rehearsal(seed: 2015, language: host.session.plan?.language ?? .nl)
    if !headless {
      complain(
        say(nl: "Het naslagwerk van deze demo: \(host.path)", en: "The record of this demo: \(host.path)"))
    }
    if isPlain { runPlain(host) { startNoteTakers(host, rehearsal) } }
    if let (theme, trouble) = screen {
      try runConsole(
        host, theme: theme, mouse: options.wantsMouse, notice: trouble, tour: noTour ? nil : Tour()
      ) {
        startNoteTakers(host, rehearsal)
      }
    }
    try rehearse(host, rehearsal, clock)
  }

  /// Yesterday at the plan's time, so that the record never runs ahead of real time.
  private func demoStart(_ folder: String) throws -> Moment {
    do throws(DossierError) {
      let plan = try Dossier.read(folder: folder).plan
      let yesterday = systemMoment() + -.minutes(24 * 60)
      guard let zone = Zone(named: plan.zoneName, around: yesterday), let minute = plan.startMinute else {
        return yesterday
      }
      return zone.moment(date: zone.local(yesterday).date, minute: minute)
    } catch {
      throw failure(error)
    }
  }

  private func temporaryFolder() throws -> String {
    var template = temporaryTemplate()
    guard mkdtemp(&template) != nil else {
      let reason = String(cString: strerror(errno))
      throw failure(
        .cannotCreate, nl: "Er kon geen tijdelijke map gemaakt worden: \(reason). Kies er een met --dir.",
        en: "No temporary folder could be made: \(reason). Choose one with --dir.")
    }
    return completed(template) + "/rogplus"
  }

  // MARK: - Headless

  /// Lets the simulated people hold the whole conference, then tells what came of it.
  private func rehearse(_ host: ConferenceHost, _ people: Rehearsal, _ clock: DemoClock) throws {
    var people = people
    let step = Interval.seconds(15)
    while let acts = people.facilitator(host.session, at: clock.now) {
      // A simulated person shrugs at a refusal; a record that cannot be written ends it, see below.
      for act in acts { _ = host.outcome(of: act.command, by: act.by) }
      let from = clock.now
      clock.wait(step)
      // All tables at once: the writer puts what comes together on disk in one go.
      let waiting = DispatchGroup()
      for act in people.notes(host.session, from: from, to: clock.now) {
        waiting.enter()
        host.submit(act.command, by: act.by) { _ in waiting.leave() }
      }
      waiting.wait()
      if let error = host.recordError { throw failure(error) }
    }
    host.close()
    let session = host.session
    let summary = Summary(session: session, reading: session.clock(at: session.lastAt))
    try output(say(nl: "Naslagwerk: ", en: "Record: ") + host.path + "\n\n" + summary.text(language) + "\n")
  }

  // MARK: - In the terminal

  /// Lets the tables write while somebody runs the conference.
  @MainActor private func startNoteTakers(_ host: ConferenceHost, _ people: Rehearsal) {
    var people = people
    var from = host.now()
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + 1, repeating: 1)
    timer.setEventHandler {
      let now = host.now()
      for act in people.notes(host.session, from: from, to: now) {
        host.submit(act.command, by: act.by) { _ in }
      }
      from = now
    }
    timer.resume()
    DemoCommand.timer = timer
  }

  /// Kept for as long as the program runs.
  @MainActor private static var timer: (any DispatchSourceTimer)?
}

/// A clock that runs faster than real from a given moment on, or that only moves when it is told to.
final class DemoClock: Sendable {
  private let start: Moment
  private let speed: Int
  private let realStart = ProcessClock.now()
  private let skipped = Mutex<Interval>(0)

  init(start: Moment, speed: Int) {
    self.start = start
    self.speed = speed
  }

  /// The moment it shows.
  var now: Moment {
    start + (ProcessClock.now() - realStart) / 1_000_000 * Int64(speed) + skipped.withLock { $0 }
  }

  /// Lets `interval` pass on this clock.
  func wait(_ interval: Interval) {
    guard speed > 0 else { return skipped.withLock { $0 += interval } }
    var time = timespec()
    time.tv_sec = Int(interval / Int64(speed) / 1000)
    time.tv_nsec = Int(interval * 1_000_000 / Int64(speed)) % 1_000_000_000
    nanosleep(&time, nil)
  }
}
