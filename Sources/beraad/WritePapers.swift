import Conference
import Console
import Dispatch
import Documents
import Glibc
import Ground

/// Writes table cards and the list of names of all drawn rounds into `documents` beside the record.
///
/// As text and as HTML to print; files of before are replaced, each at once. Tells on a thread of its own.
func writePapers(
  _ session: @escaping @Sendable () -> Session, beside record: String,
  _ tell: @escaping @Sendable (ConsoleLink.Papers) -> Void
) {
  // The disk may be slow, and a hall of thousands makes a long list.
  DispatchQueue.global().async {
    let session = session()
    let language = session.plan?.language ?? language
    let papers = HallPapers(session: session, rounds: session.seatedRounds, language: language)
    let folder = (record.lastIndex(of: "/").map { String(record[..<$0]) } ?? ".") + "/documents"
    let (cards, names) = (
      Phrase(nl: "tafelkaarten", en: "table-cards"), Phrase(nl: "namenlijst", en: "names")
    )
    let texts: [(name: String, what: Phrase, text: String)] = [
      ("\(cards[language]).html", toPrint("tafelkaarten", "table cards"), papers.html([.cards])),
      ("\(names[language]).html", toPrint("namenlijst", "list of names"), papers.html([.names])),
      ("\(cards[language]).txt", asText("tafelkaarten", "table cards"), papers.text([.cards])),
      ("\(names[language]).txt", asText("namenlijst", "list of names"), papers.text([.names])),
    ]
    if mkdir(folder, 0o700) != 0, errno != EEXIST { return tell(.failed(cannotWrite(folder, errno))) }
    for (name, _, text) in texts {
      if let code = replace("\(folder)/\(name)", with: text) {
        return tell(.failed(cannotWrite("\(folder)/\(name)", code)))
      }
    }
    tell(.written(folder: folder, files: texts.map { ($0.name, $0.what) }))
  }
}

private func toPrint(_ nl: String, _ en: String) -> Phrase {
  Phrase(
    nl: "de \(nl) om af te drukken (in een browser)", en: "the \(en) to print (in a browser)"
  )
}

private func asText(_ nl: String, _ en: String) -> Phrase {
  Phrase(nl: "de \(nl) als gewone tekst", en: "the \(en) as plain text")
}

private func cannotWrite(_ path: String, _ code: Int32) -> Phrase {
  let reason = String(cString: strerror(code))
  return Phrase(
    nl:
      "\(path) kon niet geschreven worden: \(reason). Kijk of u in die map mag schrijven en of de schijf vol is; "
      + "de conferentie zelf loopt gewoon door.",
    en:
      "\(path) could not be written: \(reason). See whether you may write in that folder and whether the disk "
      + "is full; the conference itself goes on as it is.")
}

/// Puts a text in the place of a file, whole, and returns the system's error, or nil.
private func replace(_ path: String, with text: String) -> Int32? {
  let draft = "\(path).\(getpid())"
  // Names of people: for the eyes of the owner.
  let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard file >= 0 else { return errno }
  var code: Int32? = writeAll(text, to: file) ? nil : errno
  if close(file) != 0, code == nil { code = errno }
  if code == nil, rename(draft, path) != 0 { code = errno }
  if code != nil { unlink(draft) }
  return code
}
