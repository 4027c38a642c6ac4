import CQREncode

/// The dots of a QR code, worked out by libqrencode.
public enum QRCode {
  /// Returns the rows of dots, true where dark, without the margin; nil for a text that is too long.
  ///
  /// Of the lowest level of correction, which gives the smallest square: nothing wears it off a screen.
  public static func dots(of text: String) -> [[Bool]]? {
    guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L) else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    // The lowest bit of each byte is the dot; the others say what it is for.
    return (0..<width).map { row in
      (0..<width).map { column in code.pointee.data[row * width + column] & 1 == 1 }
    }
  }
}
