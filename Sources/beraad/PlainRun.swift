import ArgumentParser
import Console
import Dispatch
import Foundation
import Ground
import Host
import Screen

/// The choice of plain lines instead of a screen.
struct PlainOption: ParsableArguments {
  @Flag(
    help: help(
      nl: "Gewone regels in plaats van een scherm: voor schermlezers, elke terminal, en scripts.",
      en: "Plain lines instead of a screen: for screen readers, any terminal, and scripts."))
  var accessible = false

  /// Whether it was asked for, here or by ACCESSIBLE=1.
  var isWanted: Bool { accessible || !["", "0"].contains(environment("ACCESSIBLE") ?? "") }
}

/// Runs the plain console of a host on the main thread; it ends where the lines end.
///
/// `onStart` is called when the first lines are there.
func runPlain(
  _ host: ConferenceHost, notice: Phrase? = nil, onStart: @escaping @MainActor () -> Void = {}
) -> Never {
  let drafts = draftStore(host)
  let link = link(to: host, drafts)
  MainActor.assumeIsolated {
    var model = Model(
      session: host.session, now: host.now(), size: Size(rows: 24, columns: 80), language: language,
      notice: notice)
    model.restore(drafts: drafts?.load() ?? [:])
    let program = PlainProgram(PlainConsole(model), link: link, hasPrompt: hasTerminal) { text in
      // Where nobody can read it any more the record goes on.
      _ = writeAll(text, to: STDOUT_FILENO)
    } onQuit: {
      drafts?.flush()
      host.close()
      Foundation.exit(0)
    }
    host.listen { lines in
      DispatchQueue.main.async { MainActor.assumeIsolated { program.take(.lines(lines)) } }
    }
    host.keepSealed()
    program.start()
    onStart()
    // Waiting for a person must not hold up the clock.
    DispatchQueue.global().async {
      while let line = readLine() {
        DispatchQueue.main.async { MainActor.assumeIsolated { program.read(line) } }
      }
      DispatchQueue.main.async { MainActor.assumeIsolated { program.read(nil) } }
    }
  }
  RunLoop.main.run()
  Foundation.exit(0)
}
