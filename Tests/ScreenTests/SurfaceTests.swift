import Ground
import Screen
import Testing

@Suite struct GeometryTests {
  @Test func rowsShareWhatIsLeft() {
    let rect = Rect(row: 1, column: 2, rows: 10, columns: 20)
    #expect(rect.splitRows([1, nil, nil, 2]).map(\.rows) == [1, 4, 3, 2])
    #expect(rect.splitRows([1, nil, nil, 2]).map(\.row) == [1, 2, 6, 9])
    #expect(rect.splitRows([8, nil, 8]).map(\.rows) == [8, 0, 2])
  }

  @Test func columnsKeepTheirGap() {
    let rect = Rect(row: 0, column: 5, rows: 3, columns: 21)
    #expect(rect.splitColumns([nil, nil], gap: 1).map(\.columns) == [10, 10])
    #expect(rect.splitColumns([nil, nil], gap: 1).map(\.column) == [5, 16])
    #expect(rect.splitColumns([30, 4], gap: 2).map(\.columns) == [21, 0])
  }

  @Test func partsNeverOverlapNorLeaveTheWhole() {
    for seed in UInt64(0)..<300 {
      var random = SplitMix64(seed: seed)
      let rect = Rect(
        row: 3, column: 4, rows: .random(in: 0...9, using: &random),
        columns: .random(in: 0...30, using: &random))
      let wishes: [Int?] = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        Bool.random(using: &random) ? nil : .random(in: -1...12, using: &random)
      }
      let parts = rect.splitColumns(wishes, gap: .random(in: 0...2, using: &random))
      var edge = rect.column
      for part in parts {
        #expect(
          part.column >= edge && part.column + part.columns <= rect.column + rect.columns, "seed \(seed)")
        edge = part.column + part.columns
      }
      #expect(rect.splitRows(wishes).reduce(0) { $0 + $1.rows } <= rect.rows, "seed \(seed)")
    }
  }

  @Test func insetNeverTurnsInsideOut() {
    #expect(Rect(row: 0, column: 0, rows: 1, columns: 5).inset().isEmpty)
    #expect(
      Rect(row: 0, column: 0, rows: 4, columns: 5).inset() == Rect(row: 1, column: 1, rows: 2, columns: 3))
  }
}

@Suite struct SurfaceTests {
  @Test func putsClipsAndCounts() {
    var surface = Surface(size: Size(rows: 3, columns: 10))
    #expect(surface.put("Tafel 4", row: 0, column: 1) == 7)
    #expect(surface.put("een lange regel", row: 1, column: 0) == 10)
    #expect(surface.put("日本語", row: 2, column: 0, width: 5) == 5)
    #expect(surface.plainText == " Tafel 4\neen lange…\n日本…")
    #expect(surface[2, 0].text == "日" && surface[2, 1].text == "")
  }

  @Test func outsideNothingHappens() {
    var surface = Surface(size: Size(rows: 2, columns: 4))
    let blank = surface
    #expect(surface.put("x", row: -1, column: 0) == 0)
    #expect(surface.put("x", row: 2, column: 0) == 0)
    #expect(surface.put("x", row: 0, column: 4) == 0)
    #expect(surface.put("x", row: 0, column: 0, width: 0) == 0)
    #expect(surface == blank)
    surface.put("日abc", row: 0, column: -1)
    #expect(surface.plainText == " abc\n")
  }

  @Test func aBoxHasItsTitleInTheBorder() {
    var surface = Surface(size: Size(rows: 3, columns: 14))
    surface.box(Rect(row: 0, column: 0, rows: 3, columns: 14), title: "Tafels en meer")
    #expect(surface.plainText == "┌─ Tafels … ─┐\n│            │\n└────────────┘")
    #expect(surface[0, 3].role == .title && surface[0, 0].role == .border)
  }

  @Test(arguments: [
    (0, 8, "····"), (1, 8, "▌···"), (4, 8, "██··"), (8, 8, "████"), (9, 8, "████"), (1, 1000, "▏···"),
    (999, 1000, "███▉"), (3, 0, "····"), (-1, 8, "····"),
  ]) func aBarShowsEighths(part: Int, whole: Int, shown: String) {
    var surface = Surface(size: Size(rows: 1, columns: 4))
    surface.bar(Rect(row: 0, column: 0, rows: 1, columns: 4), part: part, of: whole, role: .bar)
    #expect(surface.plainText == shown)
  }

  @Test func thePlaceOfTheCursorCounts() {
    var surface = Surface(size: Size(rows: 2, columns: 2))
    let without = surface
    surface.cursor = (1, 1)
    #expect(surface != without)
  }

  /// Whatever is drawn wherever: each row has just as many columns as the surface.
  @Test func wideCellsStayWhole() {
    for seed in UInt64(0)..<400 {
      var random = SplitMix64(seed: seed)
      var surface = Surface(size: Size(rows: 3, columns: 9))
      for _ in 0..<12 {
        let (row, column) = (Int.random(in: -1...3, using: &random), Int.random(in: -3...10, using: &random))
        let rect = Rect(row: row, column: column, rows: 2, columns: .random(in: 0...6, using: &random))
        switch Int.random(in: 0...3, using: &random) {
        case 0: surface.fill(rect, role: .popup, text: Bool.random(using: &random) ? "日" : ".")
        case 1: surface.box(rect, title: "日")
        case 2: surface.bar(rect, part: 3, of: 7, role: .bar)
        default: surface.put(randomText(&random, length: 8), row: row, column: column)
        }
      }
      for row in 0..<3 {
        let columns = (0..<9).reduce(0) { $0 + TextWidth.width(surface[row, $1].text) }
        #expect(columns == 9, "seed \(seed)")
        for column in 0..<9 where surface[row, column].text.isEmpty {
          #expect(TextWidth.width(surface[row, column - 1].text) == 2, "seed \(seed)")
        }
      }
    }
  }
}

@Suite struct BigDigitsTests {
  @Test func fiveRows() {
    #expect(
      BigDigits.rows("12:0", height: 5) == [
        "    ██  ██████      ██████", "    ██      ██  ██  ██  ██", "    ██  ██████      ██  ██",
        "    ██  ██      ██  ██  ██", "    ██  ██████      ██████",
      ])
  }

  @Test func threeRowsAreDrawnInHalves() {
    #expect(BigDigits.rows("8-", height: 3) == ["█▀█    ", "█▀█ ▀▀▀", "▀▀▀    "])
  }

  @Test func allCharactersDifferAndFit() {
    for height in [3, 5, 7] {
      var seen: Set<[String]> = []
      for character in "0123456789:-+ " {
        let rows = BigDigits.rows(String(character), height: height)
        #expect(rows.count == height)
        #expect(rows.allSatisfy { TextWidth.width($0) == BigDigits.width(String(character), height: height) })
        #expect(seen.insert(rows).inserted, "\(character) at \(height)")
      }
      #expect(
        BigDigits.rows("+12:34", height: height).allSatisfy {
          TextWidth.width($0) == BigDigits.width("+12:34", height: height)
        })
    }
  }
}
