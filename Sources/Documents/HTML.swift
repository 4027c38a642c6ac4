import Ground

// Pages that are one file: no scripts, nothing from elsewhere, made to be printed.

extension String {
  /// The text on one line of HTML, in an element or between the quotes of an attribute.
  var html: String {
    var escaped = ""
    for scalar in oneLine.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// Returns a whole page; `title` is people's text, `style` and `body` are CSS and HTML already.
func htmlPage(title: String, style: String, body: String, language: Language) -> String {
  """
  <!DOCTYPE html>
  <html lang="\(language.rawValue)">
  <head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
  <meta name="viewport" content="width=device-width">
  <title>\(title.html)</title>
  <style>
  \(style)
  </style>
  </head>
  <body>
  \(body)
  </body>
  </html>

  """
}
