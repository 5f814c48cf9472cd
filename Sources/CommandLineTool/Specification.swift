import ArgumentParser
import Interactive

/// `deskql --spec`: the language, the measures, the prompt and the program as one JSON object.
enum Specification {
  static func text() -> String {
    let tasks =
      CompletionScript.tasks.sorted { $0.word < $1.word }
      + [(CompletionScript.word, CompletionScript.self)]
    let taskList = tasks.map { word, command in
      JSONValue.object([
        ("word", .text(word)), ("meaning", .text(command.configuration.abstract)),
        ("command_line", .list(options(of: command))),
      ])
    }
    let codes = ExitStatus.meanings.map { entry in
      JSONValue.object([("code", .integer(Int(entry.code))), ("meaning", .text(entry.meaning))])
    }
    let members: [(String, JSONValue)] =
      [("name", .text("DeskQL")), ("version", .text(programVersion))]
      + LanguageReference.members() + ShellReference.members()
      + [
        ("command_line", .list(options(of: DeskQLCommand.self))), ("tasks", .list(taskList)),
        ("exit_codes", .list(codes)),
      ]
    return JSONValue.object(members).page
  }

  private static func options(of command: any ParsableCommand.Type) -> [JSONValue] {
    OptionTable.rows(of: command).map { row in
      .object([("usage", .text(row.usage)), ("meaning", .text(row.meaning))])
    }
  }
}
