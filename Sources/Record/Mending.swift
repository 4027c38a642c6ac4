import Ground

/// A record put together anew from a damaged file and its copies, every link of the chain proven.
///
/// Each line is taken from wherever it stands whole: it has the next number and follows from the hash in
/// front. So two copies that are damaged in different places mend a record, and each other.
struct Mending {
  private(set) var bytes: [UInt8] = []
  private(set) var lines = 0
  /// The lines that the damaged file does not hold whole.
  private(set) var fetched = 0

  /// The damaged file, and behind it the copies.
  private let files: [[UInt8]]
  /// The lines that have the form of one, by their number, those of the damaged file first.
  private var places: [Int: [Place]] = [:]

  /// The damaged file, taken apart.
  private let pieces: [Piece]

  /// A line in one of the files.
  private struct Place {
    var file: Int
    /// Its bytes with the LF.
    var range: Range<Int>
    /// The hash that it ends with.
    var hash: ChainHash
    /// Whether it follows from the hash at the end of the line that stands in front of it in its file.
    var isProven: Bool
  }

  /// Puts together what can be.
  ///
  /// Throws `copyDiffers` where two files go on in different ways from the same line.
  init(_ damaged: [UInt8], with copies: [[UInt8]]) throws(RecordError) {
    files = [damaged] + copies
    pieces = Mending.pieces(of: files, 0)
    let copied = files.indices.dropFirst().flatMap { [files] in Mending.pieces(of: files, $0) }
    for piece in pieces + copied {
      if let (seq, place) = piece.line { places[seq, default: []].append(place) }
    }
    var hash = ChainHash.zero
    while let place = try follower(of: hash) {
      bytes += files[place.file][place.range]
      lines += 1
      fetched += place.file == 0 ? 0 : 1
      hash = place.hash
    }
  }

  /// What stands between two line feeds of a file.
  private struct Piece {
    /// Its number and place, where it has the form of a line.
    var line: (seq: Int, place: Place)?
    /// Whether it begins as a line does.
    var hasHead: Bool
    /// Whether it ends as a line does.
    var hasTail: Bool
  }

  /// Takes a file apart, what follows its last line feed left out.
  private static func pieces(of files: [[UInt8]], _ file: Int) -> [Piece] {
    files[file].withUnsafeBytes { bytes in
      var pieces: [Piece] = []
      var start = 0
      var last: ChainHash? = .zero
      while start < bytes.count {
        let raw = RawLine(bytes, from: start)
        guard raw.isWhole else { break }
        let end = Envelope.hash(atEndOf: raw.text)
        var piece = Piece(hasHead: raw.text.starts(with: "{\"seq\":".utf8), hasTail: end != nil)
        if let envelope = try? Envelope(checking: raw), let seq = envelope.seq {
          let isProven = last.map { raw.hash(after: $0) == envelope.hash } ?? false
          piece.line = (
            seq, Place(file: file, range: start..<raw.end, hash: envelope.hash, isProven: isProven)
          )
        }
        pieces.append(piece)
        last = end
        start = raw.end
      }
      return pieces
    }
  }

  /// The line that comes next, or nil where none of the files has it.
  private func follower(of hash: ChainHash) throws(RecordError) -> Place? {
    var found: Place?
    for place in places[lines] ?? [] where follows(place, hash) {
      if let found, files[found.file][found.range] != files[place.file][place.range] {
        throw .copyDiffers(line: lines + 1)
      }
      found = found ?? place
    }
    return found
  }

  private func follows(_ place: Place, _ hash: ChainHash) -> Bool {
    files[place.file].withUnsafeBytes { bytes in
      RawLine(UnsafeRawBufferPointer(rebasing: bytes[place.range.dropLast()])).hash(after: hash) == place.hash
    }
  }

  // MARK: Nothing lost

  /// Throws where a line of the damaged file, whole or not, would be lost.
  ///
  /// `copyDiffers` for a proven line that the result tells otherwise, `copyTooShort` where it ends too early.
  func checkNothingIsLost() throws(RecordError) {
    var ends = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { ends.append(index + 1) }
    // The last line that is sure, and behind it what looks like the beginning or the end of a line.
    var sure = -1
    var (heads, tails) = (0, 0)
    for piece in pieces {
      if let (seq, place) = piece.line {
        let isKept = seq < lines && bytes[ends[seq]..<ends[seq + 1]] == files[0][place.range]
        if place.isProven, !isKept {
          throw seq < lines ? .copyDiffers(line: seq + 1) : .copyTooShort(lines: lines)
        }
        if isKept {
          sure = max(sure, seq)
          (heads, tails) = (0, 0)
          continue
        }
      }
      if piece.hasHead { heads += 1 }
      if piece.hasTail { tails += 1 }
    }
    // One damaged line can look like two pieces, but never with two heads and two tails.
    guard lines > sure + max(heads, tails) else { throw .copyTooShort(lines: lines) }
  }
}
