import Glibc

/// The list of candidates under the line: with their meanings, one to a line; many or bare ones in
/// columns.
enum CompletionListing {
  static func text(of candidates: [LineCompletion.Candidate]) -> String {
    text(of: candidates, width: screenWidth())
  }

  static func text(of candidates: [LineCompletion.Candidate], width: Int) -> String {
    let shown = candidates.prefix(limit)
    let widest = shown.map(\.text.count).max() ?? 0
    var lines: [String]
    if shown.count <= limitWithMeanings && shown.contains(where: { !$0.meaning.isEmpty }) {
      lines = shown.map { candidate in
        let text = padded(candidate.text, to: widest) + "  " + candidate.meaning
        return String(text.prefix(max(widest, width - 1)))
      }
    } else {
      lines = columns(shown.map(\.text), widest: widest, width: width)
    }
    if candidates.count > limit { lines.append("… and \(candidates.count - limit) more") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads down the columns, as file listings do.
  private static func columns(_ words: [String], widest: Int, width: Int) -> [String] {
    let columnCount = max(1, (width - 1) / (widest + 2))
    let rowCount = (words.count + columnCount - 1) / columnCount
    return (0..<rowCount).map { row in
      stride(from: row, to: words.count, by: rowCount)
        .map { padded(words[$0], to: widest) }
        .joined(separator: "  ")
    }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func screenWidth() -> Int {
    var size = winsize()
    let hasSize = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    return hasSize && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  private static let limitWithMeanings = 24
  private static let limit = 200
}
