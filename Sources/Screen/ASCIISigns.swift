/// Returns what a terminal that knows ASCII only shows for a cell: as many signs as the cell has columns.
///
/// Letters lose their marks, lines and blocks become the nearest sign, what has none becomes "?".
public func asciiSigns(for cell: String) -> String {
  guard let scalar = cell.unicodeScalars.first else { return "" }
  if scalar.isASCII { return String(scalar) }
  if let sign = signs[scalar] { return String(sign) }
  if (0x2500...0x257F).contains(scalar.value) { return "+" }  // The corners and crossings of lines.
  return String(repeating: "?", count: TextWidth.width(cell))
}

private let signs: [Unicode.Scalar: Unicode.Scalar] = {
  var signs: [Unicode.Scalar: Unicode.Scalar] = [:]
  for (sign, group) in groups { for scalar in group.unicodeScalars { signs[scalar] = sign } }
  return signs
}()

private let groups: KeyValuePairs<Unicode.Scalar, String> = [
  "A": "ÀÁÂÃÄÅĀĂĄ", "C": "ÇĆĈĊČ", "D": "ĎĐ", "E": "ÈÉÊËĒĔĖĘĚ", "G": "ĜĞĠĢ", "I": "ÌÍÎÏĨĪĬĮİ", "L": "ĹĻĽŁ",
  "N": "ÑŃŅŇ", "O": "ÒÓÔÕÖØŌŎŐ", "R": "ŔŖŘ", "S": "ŚŜŞŠȘ", "T": "ŢŤȚ", "U": "ÙÚÛÜŨŪŬŮŰŲ", "Y": "ÝŶŸ",
  "Z": "ŹŻŽ",
  "a": "àáâãäåāăą", "c": "çćĉċč©", "d": "ďđ", "e": "èéêëēĕėęě€", "g": "ĝğġģ", "i": "ìíîïĩīĭįı", "l": "ĺļľł",
  "n": "ñńņň", "o": "òóôõöøōŏő○◌□☐", "r": "ŕŗř®", "s": "śŝşšșß", "t": "ţťț", "u": "ùúûüũūŭůűųµ",
  "v": "✓✔↓▼", "x": "×✗✘", "y": "ýÿŷ", "z": "źżž",
  "'": "‘’′‚", "\"": "“”„″▀", "-": "–—−‑─━═┄┈", "|": "│┃║┆┊‖▏▎▍▐", ">": "→▶›»▸►", "<": "←◀‹«", "^": "↑▲",
  "#": "█▇▆▅▉▊▋▌▓■", "_": "▁▂▃▄", "*": "●◉★☆◆◇•", ".": "…░·", ":": "▒", "~": "≈✎", " ": "\u{A0}",
]
