import Diagnostics

extension Parser {
  /// Reads a load of a file into a dataset.
  ///
  ///     load = "load" text { "," text } [ "as" name ]
  ///            [ "with" "(" mapping { "," mapping } [ "," ] ")" ]
  func parseLoad() throws(ParseFailure) -> LoadStatement {
    index += 1
    let path = try parseText("the path of a file")
    var further: [TextNode] = []
    while accept(.comma) { further.append(try parseText("the path of a file")) }
    let name = accept(.as) ? try parseName("a name") : nil
    var mappings: [(column: NameNode, header: TextNode)] = []
    if accept(.with) {
      let open = index
      try expect(.leftBracket)
      repeat {
        if current.symbol == .rightBracket { break }
        mappings.append(try parseMapping())
      } while accept(.comma)
      try close(open)
    }
    return LoadStatement(path: path, furtherPaths: further, name: name, mappings: mappings)
  }

  /// Reads an option of the load, which alone means yes, or the header that holds a known column.
  ///
  ///     mapping = name [ "=" ( text | name ) ]
  private func parseMapping() throws(ParseFailure) -> (column: NameNode, header: TextNode) {
    let column = try parseName("the name of a column or option")
    guard accept(.equal) else {
      return (column, TextNode(value: "yes", range: column.range))
    }
    let token = current
    if token.isName {
      index += 1
      return (column, TextNode(value: name(of: token).text, range: token.range))
    }
    return (column, try parseText("the header of a column"))
  }

  /// Reads a save of the last result.
  ///
  ///     save = "save" text
  func parseSave() throws(ParseFailure) -> TextNode {
    index += 1
    return try parseText("the path of a file")
  }

  /// Reads the run of another script.
  ///
  ///     include = "include" text
  func parseInclude() throws(ParseFailure) -> TextNode {
    index += 1
    return try parseText("the path of a script")
  }
}
