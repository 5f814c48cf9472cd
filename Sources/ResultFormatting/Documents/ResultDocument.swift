/// Results that make up one document: a report in HTML, or a sheet of pictures in SVG. Neither
/// names anything outside itself.
public struct ResultDocument {
  private let options: FormatOptions
  private var title: String?
  private var body = ByteBuffer()
  /// The lower end of the pictures so far.
  private var height = 0.0
  private var pictureTexts = ""

  /// A document without results, of the format `report` or `svg`.
  public init(options: FormatOptions) {
    self.options = options
  }

  /// Adds a result: its title, its picture where it asks for one, its table and notes. A sheet of
  /// pictures takes only the picture; false where there is nothing to draw. `check` is asked from
  /// time to time; what it throws leaves a document that is of no use.
  public mutating func add<Failure: Error>(
    _ table: ResultTable, check: () throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    title = title ?? (table.title.isEmpty ? nil : table.plainTitle)
    if options.format == .svg { return addPicture(of: table) }
    body.append("<section>\n")
    if !table.title.isEmpty { body.append("<h2>\(Markup.text(table.plainTitle))</h2>\n") }
    var isFolded = false
    if table.chart != nil, let model = ChartBuilder.model(of: table, options: options) {
      let chart = SVGChart(model, showsTitle: false)
      body.append(Self.open(height: chart.canvas.y, label: model.title))
      body.append(chart.canvas.elements + "</svg>\n")
      isFolded = table.rowCount > Self.openRowLimit
    }
    if isFolded {
      let count = NumberText.grouped(Int64(table.rowCount))
      body.append("<details><summary>\(count) rows</summary>\n")
    }
    body.append("<div class=\"scroll\">\n")
    let writer = HTMLWriter(table, options: options)
    writer.writeHeader(into: &body)
    for row in 0..<table.rowCount {
      if row & 0xFF == 0 { try check() }
      writer.writeRow(row, into: &body)
    }
    writer.writeEnd(into: &body)
    body.append(isFolded ? "</div>\n</details>\n" : "</div>\n")
    writer.writeNotes(into: &body)
    body.append("</section>\n")
    return true
  }

  /// A longer table below its picture is folded.
  private static let openRowLimit = 20

  /// Adds prose, such as a plan; a sheet of pictures has no room for it.
  public mutating func add(text: String) {
    guard options.format == .report else { return }
    body.append("<section><pre>\(Markup.escaped(Printable.lines(text)))</pre></section>\n")
  }

  /// The whole document.
  public var bytes: [UInt8] {
    var buffer = ByteBuffer()
    let title = Markup.text(self.title ?? "DeskQL")
    if options.format == .svg {
      buffer.append(Self.open(height: height, label: self.title ?? "", isWhole: true))
      buffer.append("<title>\(title)</title>\n<style>\(DocumentStyle.chart)</style>\n")
      buffer.append("<rect class=\"page\" x=\"-16\" y=\"-16\" width=\"100%\" height=\"100%\"/>\n")
      buffer.append(pictureTexts + "</svg>\n")
      return buffer.bytes
    }
    buffer.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>
      \(DocumentStyle.chart)
      \(DocumentStyle.page)
      </style>
      </head>
      <body>
      <main>

      """)
    return buffer.bytes + body.bytes + Array("</main>\n</body>\n</html>\n".utf8)
  }

  private mutating func addPicture(of table: ResultTable) -> Bool {
    guard let model = ChartBuilder.model(of: table, options: options) else { return false }
    let chart = SVGChart(
      model, showsTitle: true, notes: table.notes.map(Printable.text), top: height)
    height = chart.canvas.y + 16
    pictureTexts += chart.canvas.elements
    return true
  }

  /// The opening tag of a picture; a whole file has a margin and says what language it is in.
  private static func open(height: Double, label: String, isWhole: Bool = false) -> String {
    let margin = isWhole ? 16 : 0
    let (width, height) = (Int(SVGCanvas.width) + 2 * margin, Int(height) + 2 * margin)
    let language = isWhole ? " xmlns=\"http://www.w3.org/2000/svg\"" : ""
    let size = isWhole ? " width=\"\(width)\" height=\"\(height)\"" : ""
    return
      "<svg\(language)\(size) viewBox=\"\(-margin) \(-margin) \(width) \(height)\" role=\"img\""
      + " aria-label=\"\(Markup.text(label))\">\n"
  }
}
