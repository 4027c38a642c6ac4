import Ground

/// Lines behind a damaged place that chain among themselves.
public struct Island: Sendable {
  /// The lines, in order and without gaps.
  public internal(set) var lines: [Line]
  /// The number of the first line in the file, counted from 1.
  public let firstLine: Int
  /// Whether the first line is proven too: it follows from the hash written at the end of the damaged line.
  ///
  /// The others follow from the line in front of them.
  public let isHeadProven: Bool
  /// Where and why what stands in front stops holding together.
  let damage: Damage
}

/// All that chains behind the first damaged place of a file.
struct Islands {
  private(set) var all: [Island] = []
  /// Where and why the end of the file holds nothing more that chains; nil where the last island reaches it.
  private(set) var end: Damage?

  /// The island that the next line may belong to.
  private var open: Island?
  /// The first place behind the last island that does not hold together.
  private var damage: Damage?

  /// Finds the islands from a damaged line on, which `good` is the hash in front of.
  init(in file: [UInt8], from damage: Damage, after good: ChainHash) {
    self.damage = damage
    file.withUnsafeBytes { find(in: $0, of: file, from: damage, after: good) }
    end = self.damage
  }

  private mutating func find(
    in bytes: UnsafeRawBufferPointer, of file: [UInt8], from first: Damage, after good: ChainHash
  ) {
    var names = Names()
    var hash: ChainHash? = good
    // The number that a line must have to stand right behind lines that are whole; nil behind others.
    var next: Int? = first.line - 1
    var start = first.offset
    var number = first.line
    while start < bytes.count {
      let raw = RawLine(bytes, from: start)
      let here = { (reason: DamageReason) in Damage(line: number, offset: raw.start, reason: reason) }
      do {
        let (line, written) = try Self.read(raw, of: file, &names)
        let follows = hash.map { raw.hash(after: $0) == written } ?? false
        if follows, open != nil, line.seq == next {
          open?.lines.append(line)
          next = line.seq + 1
        } else if !follows, line.seq == next {
          // Nothing is missing in front of it, so that it is this line that went bad.
          close(at: here(.chain))
          next = nil
        } else {
          close(at: here(next.map { .seq(expected: $0) } ?? .chain))
          open = damage.map {
            Island(lines: [line], firstLine: number, isHeadProven: follows, damage: $0)
          }
          damage = nil
          next = line.seq + 1
        }
      } catch {
        close(at: here(error))
        next = nil
      }
      hash = Envelope.hash(atEndOf: raw.text)
      start = raw.end
      number += 1
    }
    close(at: nil)
  }

  private static func read(
    _ raw: RawLine, of file: [UInt8], _ names: inout Names
  ) throws(DamageReason) -> (Line, ChainHash) {
    guard raw.isWhole else { throw .torn }
    let envelope = try Envelope(checking: raw)
    do throws(Unreadable) {
      return (try Line(envelope, of: raw.text, in: file, from: raw.start, names: &names), envelope.hash)
    } catch {
      throw .unreadable(error.why)
    }
  }

  /// Ends the island that is open, in front of a place that does not belong to it.
  private mutating func close(at place: Damage?) {
    if let island = open {
      // A single line that follows from nothing is no island: nothing says that it is whole.
      if island.isHeadProven || island.lines.count > 1 {
        all.append(island)
      } else {
        damage = island.damage
      }
      open = nil
    }
    damage = damage ?? place
  }
}
