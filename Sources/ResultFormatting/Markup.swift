/// Text in HTML and SVG.
enum Markup {
  /// The text escaped for elements and quoted attributes alike.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The foreign text with nothing hidden in it, escaped.
  static func text(_ foreign: String) -> String { escaped(Printable.text(foreign)) }
}
