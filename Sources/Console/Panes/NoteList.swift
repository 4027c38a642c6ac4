import Conference
import Ground
import Screen

/// The lines of a table as they came, the newest at the bottom like a chat, each with what became of it.
struct NoteList {
  let note: NotePane
  let table: Int?
  let scene: Model.Scene

  /// One line of the list.
  private struct Line {
    var id: NotePane.Line
    var number = ""
    var sign: String
    var kind: String
    var text: String
    /// What became of it in words, where a sign does not tell enough.
    var word: String?
    var role: Role
    var isTop = false
    var isSensitive = false
  }

  private static let kindColumns = 13
  /// The number, the star, the sign and the kind.
  private static let headColumns = 10 + kindColumns

  func draw(on surface: inout Surface, in rect: Rect) {
    let lines = lines
    guard rect.rows > 0, rect.columns > Self.headColumns else { return }
    guard !lines.isEmpty else {
      for (offset, line) in TextWidth.wrap(scene.text(Texts.noLines), columns: rect.columns - 2)
        .prefix(rect.rows).enumerated()
      {
        surface.put(line, row: rect.row + offset, column: rect.column + 1, role: .dim)
      }
      return
    }
    let chosen = lines.firstIndex { $0.id == note.line }
    let texts = shown(lines, chosen: chosen, in: rect)
    var row = rect.row + rect.rows - texts.reduce(0) { $0 + $1.rows.count }
    for (index, rows) in texts {
      let place = Rect(row: row, column: rect.column, rows: rows.count, columns: rect.columns)
      scene.mark(place, .row(.note, index))
      draw(lines[index], rows, isChosen: index == chosen, on: &surface, place)
      row += rows.count
    }
  }

  /// The lines that fit, each with its rows; the last ones, or those around the chosen one.
  private func shown(_ lines: [Line], chosen: Int?, in rect: Rect) -> [(index: Int, rows: [String])] {
    let columns = rect.columns - Self.headColumns - 1
    func rows(_ index: Int) -> [String] {
      let line = lines[index]
      let all = TextWidth.wrap(line.text + (line.word.map { " — \($0)" } ?? ""), columns: columns)
      let limit = index == chosen ? max(1, min(5, rect.rows)) : rect.rows >= 20 ? 3 : rect.rows >= 12 ? 2 : 1
      guard all.count > limit else { return all.isEmpty ? [""] : all }
      // The end of a line that is cut must not hide that it was not kept.
      let last = line.word.map { "… — \($0)" } ?? "…"
      let room = max(1, columns - TextWidth.width(last))
      return all.prefix(limit - 1) + [TextWidth.clip(all[limit - 1], to: room).trimmingEllipsis + last]
    }
    func window(to end: Int) -> [(index: Int, rows: [String])] {
      var found: [(index: Int, rows: [String])] = []
      var room = rect.rows
      for index in (0...end).reversed() {
        let texts = rows(index)
        guard texts.count <= room else { break }
        room -= texts.count
        found.insert((index, texts), at: 0)
      }
      return found
    }
    let last = lines.count - 1
    guard let chosen else { return window(to: last) }
    let near = window(to: min(last, chosen + 2))
    return near.first.map { $0.index <= chosen } ?? false ? near : window(to: chosen)
  }

  private func draw(
    _ line: Line, _ rows: [String], isChosen: Bool, on surface: inout Surface, _ rect: Rect
  ) {
    func role(_ role: Role) -> Role { isChosen ? .selected : role }
    surface.fill(rect, role: role(.text))
    surface.put(
      (isChosen ? "›" : " ") + line.number, row: rect.row, column: rect.column, role: role(.dim), width: 6)
    surface.put(line.isTop ? "★" : " ", row: rect.row, column: rect.column + 6, role: role(.strong), width: 1)
    surface.put(line.sign, row: rect.row, column: rect.column + 8, role: role(line.role), width: 1)
    surface.put(
      TextWidth.clip(line.kind, to: Self.kindColumns - 1), row: rect.row, column: rect.column + 10,
      role: role(line.isSensitive ? .sensitive : .hint), width: Self.kindColumns - 1)
    for (offset, text) in rows.enumerated() {
      surface.put(
        text, row: rect.row + offset, column: rect.column + Self.headColumns,
        role: role(line.role == .ok ? .text : line.role), width: rect.columns - Self.headColumns - 1)
    }
    if isChosen { surface.cursor = (rect.row, rect.column) }
  }

  // MARK: - What they say

  private var lines: [Line] {
    scene.expected.contributions(ofTable: table).map(line) + note.sent.filter { $0.table == table }.map(line)
  }

  private func line(_ one: Contribution) -> Line {
    let merged = one.mergedInto.map { Phrase(nl: "samengevoegd met \($0)", en: "merged into \($0)") }
    let isChanged = isChangeKept(one)
    let words = [
      isChanged ? scene.text(Texts.changeKeptHere) : nil, one.owner.map { "→ \($0)" },
      one.due.map { scene.text($0.phrase) },
      one.isWithdrawn ? scene.text(Texts.withdrawn) : merged.map(scene.text),
    ].compactMap { $0 }
    return Line(
      id: .kept(one.id), number: one.id, sign: isChanged ? "▪" : one.isWithdrawn ? "×" : "✓",
      kind: name(one.kind),
      text: flat(one.text), word: words.isEmpty ? nil : words.joined(separator: " · "),
      role: isChanged ? .notice : one.stands ? .ok : .dim, isTop: one.isTop,
      isSensitive: scene.session.isSensitive(one))
  }

  /// Whether a change of it is on this laptop and not in the record yet.
  private func isChangeKept(_ one: Contribution) -> Bool {
    guard scene.station.expected != nil else { return false }
    return scene.session.contributionIndex(one.id).map { scene.session.contributions[$0] } != one
  }

  private func line(_ sent: NotePane.Sent) -> Line {
    let (sign, word, role): (String, Phrase, Role) =
      switch sent.stage {
      case .underway: ("…", Phrase(nl: "onderweg", en: "under way"), .notice)
      case .kept: ("▪", Texts.keptHere, .notice)
      case .refused(let why): ("×", Texts.notKept(why), .alarm)
      }
    // As it will stand in the record: with the kind that was typed before it.
    let read = NoteText(
      sent.typed, kind: sent.kind, kinds: scene.session.plan?.kinds ?? [],
      today: scene.session.zone.local(scene.clock.now).date)
    return Line(
      id: .sent(sent.id), number: sent.changes ?? "", sign: sign, kind: name(read.kind),
      text: flat(NoteText.typed(read.contribution(table: sent.table))),
      word: scene.text(word), role: role)
  }

  private func name(_ kind: String) -> String {
    scene.session.usualKind(kind).map { scene.text($0.name) } ?? kind
  }

  private func flat(_ text: String) -> String { TextWidth.oneLine(text) }
}

extension String {
  /// Without the ellipsis that clipping put at its end.
  fileprivate var trimmingEllipsis: String { hasSuffix("…") ? String(dropLast()) : self }
}
