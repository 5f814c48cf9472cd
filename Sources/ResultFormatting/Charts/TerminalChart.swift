/// A picture in characters.
struct TerminalChart {
  let model: ChartModel
  let width: Int
  let usesASCII: Bool
  let style: TextStyle

  init(_ model: ChartModel, options: FormatOptions) {
    self.model = model
    width = max(Self.smallestWidth, options.terminal?.width ?? 80)
    usesASCII = options.usesASCII
    style = TextStyle(usesColor: options.terminal?.usesColor ?? false)
  }

  /// The lines of the picture, with the title above and remarks below.
  func lines() -> [String] {
    var lines: [String] = []
    if !model.title.isEmpty {
      lines += DisplayWidth.heading(model.title, to: width, mark: mark).map(style.bold)
    }
    switch model.picture {
    case .bars(let panels):
      let labelled = panels.count > 1 || panels.contains { $0.series.count > 1 }
      for panel in panels { lines += bars(panel, isLabelled: labelled) }
    case .lines(let panels):
      for panel in panels { lines += plot(panel, isLabelled: panels.count > 1) }
    case .heat(let panels):
      for panel in panels { lines += heat(panel, isLabelled: panels.count > 1) }
    case .spark(let table): lines += sparks(table)
    }
    return lines
      + model.remarks.flatMap { DisplayWidth.wrapped($0, to: width) }.map(style.dim)
  }

  /// What stands for characters that are left out.
  var mark: String { usesASCII ? "..." : "…" }

  func fitted(_ text: String, to width: Int) -> String {
    DisplayWidth.shortened(text, to: width, mark: mark)
  }

  /// The text with blanks up to the width.
  func padded(_ text: String, to width: Int, onRight: Bool = false) -> String {
    let fitted = fitted(text, to: width)
    let blanks = String(repeating: " ", count: max(0, width - DisplayWidth.of(fitted)))
    return onRight ? blanks + fitted : fitted + blanks
  }

  /// The names of the series, each with its mark, in as many lines as they need.
  func legend(_ names: [String], mark: (Int) -> String) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for (index, name) in names.enumerated() {
      let name = fitted(name, to: width - 4)
      let cells = DisplayWidth.of(name) + 4
      if used > 0, used + cells > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      line += (used > 0 ? "  " : "") + style.series(index, mark(index)) + " " + name
      used += cells
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static let smallestWidth = 20
}
