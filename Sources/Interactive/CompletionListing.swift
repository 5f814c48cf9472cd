import LineEditing

/// The list of candidates under the line, the likeliest first, read down its columns: with their
/// meanings, and as many as leave the line in sight; where the list is asked for once more, the
/// words of all.
struct CompletionListing {
  /// Columns of the screen.
  var width: Int
  /// Lines of the screen.
  var height: Int
  /// Whether meanings may stand in dim type.
  var usesColor: Bool

  /// The lines of the list.
  ///
  /// - Parameters:
  ///   - hasMore: whether there are others that are not among them.
  ///   - isAgain: whether the same list was shown before.
  func text(
    of candidates: [LineCompletion.Candidate], hasMore: Bool = false, isAgain: Bool = false
  ) -> String {
    let shown = candidates.prefix(Self.limit).map { candidate in
      var candidate = candidate
      candidate.text = DisplayWidth.shortened(
        candidate.text, to: max(20, width / 2), mark: "…")
      return candidate
    }
    var count = shown.count
    var lines = withMeanings(Array(shown))
    if lines.isEmpty, isAgain {
      lines = bare(shown.map(\.text))
    } else if lines.isEmpty {
      // What the likeliest mean, as how many rows have a value, says more than the last ones do.
      count = countFittingWithMeanings(shown)
      lines = withMeanings(Array(shown.prefix(count)))
      if lines.isEmpty {
        count = countFitting(shown.map(\.text))
        lines = bare(shown.prefix(count).map(\.text))
      }
    }
    if hasMore {
      lines.append("… and more: type on")
    } else if candidates.count > count {
      let isWhole = count == shown.count
      lines.append(
        "… and \(candidates.count - count) more: type on" + (isWhole ? "" : ", or Tab again"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Columns of words and meanings; empty where they would not leave the line in sight.
  private func withMeanings(_ candidates: [LineCompletion.Candidate]) -> [String] {
    guard candidates.contains(where: { !$0.meaning.isEmpty }) else { return [] }
    let wordWidth = candidates.map { DisplayWidth.of($0.text) }.max() ?? 0
    let meaningWidth = candidates.map { DisplayWidth.of($0.meaning) }.max() ?? 0
    let most = max(1, height - Self.linesKept)
    var columns = 1
    while candidates.count > columns * most { columns += 1 }
    let room = (width - 1 - Self.gap * (columns - 1)) / columns - wordWidth - 2
    guard room >= min(meaningWidth, Self.smallestMeaning) else { return [] }
    // Short meanings leave room for further columns, which keep the list short.
    let cell = wordWidth + 2 + min(meaningWidth, room)
    columns = max(columns, min((width - 1 + Self.gap) / (cell + Self.gap), candidates.count))
    let style = TextStyle(usesColor: usesColor)
    return lines(candidates.count, columns: columns) { index, isLast in
      let candidate = candidates[index]
      let meaning = DisplayWidth.shortened(
        candidate.meaning, to: min(meaningWidth, room), mark: "…")
      let padding =
        isLast ? 0 : min(meaningWidth, room) - DisplayWidth.of(meaning) + Self.gap
      return padded(candidate.text, to: wordWidth) + "  " + style.dim(meaning)
        + String(repeating: " ", count: padding)
    }
  }

  /// How many candidates fit on the screen with the beginnings of their meanings; none where only a
  /// few would.
  private func countFittingWithMeanings(_ candidates: [LineCompletion.Candidate]) -> Int {
    let meaningWidth = candidates.map { DisplayWidth.of($0.meaning) }.max() ?? 0
    let wordWidth = candidates.map { DisplayWidth.of($0.text) }.max() ?? 0
    let smallest = min(meaningWidth, Self.smallestMeaning)
    let columns = (width - 1 + Self.gap) / (wordWidth + 2 + smallest + Self.gap)
    let count = min(candidates.count, columns * max(1, height - Self.linesKept))
    return count >= Self.few ? count : 0
  }

  /// How many words leave the line in sight.
  private func countFitting(_ words: [String]) -> Int {
    min(words.count, columnCount(of: words) * max(1, height - Self.linesKept))
  }

  private func columnCount(of words: [String]) -> Int {
    let widest = words.map(DisplayWidth.of).max() ?? 0
    return max(1, (width - 1) / (widest + 2))
  }

  private func bare(_ words: [String]) -> [String] {
    let widest = words.map(DisplayWidth.of).max() ?? 0
    return lines(words.count, columns: columnCount(of: words)) { index, isLast in
      isLast ? words[index] : padded(words[index], to: widest + 2)
    }
  }

  /// Lines that read down the columns, as file listings do.
  private func lines(
    _ count: Int, columns: Int, cell: (_ index: Int, _ isLast: Bool) -> String
  ) -> [String] {
    let rows = (count + columns - 1) / columns
    return (0..<rows).map { row in
      stride(from: row, to: count, by: rows).map { cell($0, $0 + rows >= count) }.joined()
    }
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }

  private static let limit = 200
  private static let gap = 3
  /// The line being edited and some of what stands above it.
  private static let linesKept = 4
  /// A meaning cut shorter than this says nothing.
  private static let smallestMeaning = 20
  /// Fewer candidates with meanings say less than more of them without.
  private static let few = 6
}
