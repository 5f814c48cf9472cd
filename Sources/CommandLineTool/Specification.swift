import Interactive

/// `deskql --spec`: the language, the measures, the prompt and the program as one JSON object.
enum Specification {
  static func text() -> String {
    let options = OptionTable.rows().map { row in
      JSONValue.object([("usage", .text(row.usage)), ("meaning", .text(row.meaning))])
    }
    let codes = ExitStatus.meanings.map { entry in
      JSONValue.object([("code", .integer(Int(entry.code))), ("meaning", .text(entry.meaning))])
    }
    let members: [(String, JSONValue)] =
      [("name", .text("DeskQL")), ("version", .text(programVersion))]
      + LanguageReference.members() + ShellReference.members()
      + [("command_line", .list(options)), ("exit_codes", .list(codes))]
    return JSONValue.object(members).page
  }
}
