/// The prompt's commands and the formats as data.
public enum ShellReference {
  /// The commands, in the order of `.help`.
  public static var commands: [(usage: String, meaning: String)] {
    ReplCommand.all.map { ($0.usage, $0.meaning) }
  }

  /// The members of the description.
  public static func members() -> [(String, JSONValue)] {
    let commands = ReplCommand.all.map { command in
      JSONValue.object([
        ("names", .texts(command.names.map { "." + $0 })),
        ("arguments", .text(command.arguments)), ("meaning", .text(command.meaning)),
      ])
    }
    let formats = OutputFormat.allCases.map { format in
      JSONValue.object([
        ("name", .text(format.rawValue)), ("meaning", .text(format.meaning)),
        ("for_programs", .boolean(format.isMachineReadable)),
      ])
    }
    return [("formats", .list(formats)), ("commands", .list(commands))]
  }
}
