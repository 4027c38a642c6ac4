import Screen
import Square
import Testing

/// The QR code that a camera reads, and how it is drawn.
@Suite struct QRCodeTests {
  /// Read by another program (zbarimg 0.23) as `https://192.168.1.10:7413/`.
  private static let known = """
    #######.####..#.#.#######
    #.....#....##...#.#.....#
    #.###.#..#.#.#.##.#.###.#
    #.###.#...##.##...#.###.#
    #.###.#...###.....#.###.#
    #.....#..#.#....#.#.....#
    #######.#.#.#.#.#.#######
    ........##..##.##........
    ##.##.#..#..#...#.#.....#
    .#.#.#.#..#....###..####.
    .#.##.####..#.##.#.###..#
    .##.#...#.......#.#..####
    ##..#.#..##.#.#..##.....#
    #.#.##..#.#.#..#.#.##..#.
    ###.#.####.....##.#.#####
    #.##...#.###..##...#.##.#
    #..#.##...#.#########.##.
    ........#...#.###...#.##.
    #######....#....#.#.#...#
    #.....#..#.###..#...#....
    #.###.#.#......######....
    #.###.#.##.##..##.#....##
    #.###.#..#.#...#.#..#####
    #.....#.#..##..#...##.###
    #######.#..#..####...#..#
    """

  private func dots(_ text: String) throws -> [[Bool]] { try #require(QRCode.dots(of: text)) }

  @Test func isTheOneThatAnotherProgramRead() throws {
    let dots = try dots("https://192.168.1.10:7413/")
    #expect(dots.map { String($0.map { $0 ? "#" : "." as Character }) }.joined(separator: "\n") == Self.known)
  }

  /// Three corners have the pattern by which a camera finds it, whatever the text; the text changes the rest.
  @Test(arguments: ["https://10.0.0.1:1/", "https://192.168.178.123:65535/", "http://[fe80::1]:7413/", ""])
  func hasItsCorners(text: String) throws {
    guard !text.isEmpty else {
      #expect(QRCode.dots(of: text) == nil)
      return
    }
    let dots = try dots(text)
    #expect(dots.allSatisfy { $0.count == dots.count } && dots.count % 4 == 1)
    let last = dots.count - 7
    for (top, left) in [(0, 0), (0, last), (last, 0)] {
      for row in 0..<7 {
        for column in 0..<7 {
          let ring = max(abs(row - 3), abs(column - 3))
          #expect(dots[top + row][left + column] == (ring != 2), "\(top) \(left) \(row) \(column)")
        }
      }
    }
    #expect(try dots != self.dots(text + "x"))
  }

  @Test func whatIsTooLongIsNone() { #expect(QRCode.dots(of: String(repeating: "é", count: 4000)) == nil) }

  /// From the cells the same dots can be read again, with four light ones around them.
  @Test func isDrawnTwoRowsToALine() throws {
    let dots = try dots("https://192.168.1.10:7413/")
    let square = try #require(DotSquare(dots: dots))
    #expect(square.size == Size(rows: 17, columns: 33))
    #expect(square.lines.count == 17 && square.lines.allSatisfy { $0.count == 33 })
    var drawn: [[Bool]] = []
    for line in square.lines {
      #expect(line.allSatisfy { " ▄".contains($0.sign) })
      drawn.append(line.map { $0.isDark })
      drawn.append(line.map { $0.isDark == ($0.sign == " ") })
    }
    for (row, line) in drawn.enumerated() {
      for (column, isDark) in line.enumerated() {
        let inside = dots.indices.contains(row - 4) && dots.indices.contains(column - 4)
        #expect(isDark == (inside && dots[row - 4][column - 4]), "\(row) \(column)")
      }
    }
    #expect(DotSquare(dots: []) == nil && DotSquare(dots: [[true, false], [true]]) == nil)
  }
}
