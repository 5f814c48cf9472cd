import Interactive

/// `deskql --man`: the manual in roff, made of what the help, the prompt and the settings say.
enum ManualPage {
  static func text() -> String {
    let sections: [(title: String, body: String)] =
      [
        ("NAME", "deskql \\- ask customer\\-support data"),
        (
          "SYNOPSIS",
          """
          .B deskql
          [\\fIdata\\fR ...] [\\fB\\-c\\fR \\fIquery\\fR] [\\fB\\-f\\fR \\fIscript\\fR]
          [\\fIoptions\\fR]
          .br
          .B deskql fmt
          [\\fIoptions\\fR] \\fIscript\\fR ...
          .br
          .B deskql check
          [\\fIoptions\\fR] \\fIdata\\fR ...
          .br
          .B deskql \\-\\-generate\\-completion\\-script
          [bash|zsh|fish]
          """
        ),
        (
          "DESCRIPTION",
          escaped(
            """
            DeskQL loads exports of tickets, surveys, customers and shifts and answers questions \
            about them in a small language: csat by channel where month = 2024-03. Without a script or a \
            command it opens a prompt.
            """) + "\n.PP\n.nf\n" + escaped(DeskQLCommand.examples) + "\n.fi"
        ),
        ("OPTIONS", list(OptionTable.rows())),
      ]
      + CompletionScript.tasks.map { word, command in
        ("OPTIONS OF \(word.uppercased())", list(OptionTable.rows(of: command)))
      } + [
        ("COMMANDS OF THE PROMPT", list(ShellReference.commands.map { ($0.usage, $0.meaning) })),
        ("ENVIRONMENT", list(environment)),
        ("FILES", list(files)),
        ("EXIT STATUS", list(ExitStatus.meanings.map { (String($0.code), $0.meaning) })),
        (
          "SEE ALSO",
          escaped("'show metrics' and '.help' at the prompt; Grammar.md has the whole language.")
        ),
      ]
    return ".TH DESKQL 1 \"\" \"DeskQL \(escaped(programVersion))\"\n"
      + sections.map { ".SH \($0.title)\n\($0.body)\n" }.joined()
  }

  /// Variables that the program reads.
  private static let environment: [(String, String)] =
    Session.settings.map { name in
      ("DESKQL_\(name.uppercased())", "the setting \(name), as 'set \(name) = …' takes it")
    } + [
      ("PAGER", "shows at a terminal what is taller than the screen; nothing is cut then"),
      ("NO_COLOR", "forbids colours"),
      ("TERM", "'dumb' forbids colours, line editing and the pager"),
      ("LC_ALL, LC_CTYPE, LANG", "pictures are drawn in ASCII where the locale is not UTF-8"),
    ]

  private static let files: [(String, String)] = [
    (
      "$XDG_CONFIG_HOME/deskql/init.deskql",
      "statements that run at the start of every conversation (default ~/.config)"
    ),
    ("$XDG_STATE_HOME/deskql/history", "what was typed at the prompt (default ~/.local/state)"),
  ]

  private static func list(_ rows: [(String, String)]) -> String {
    rows.map { ".TP\n.B \(escaped($0.0))\n\(escaped($0.1))" }.joined(separator: "\n")
  }

  /// Text in which roff sees no requests.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var result = line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" : ""
      for character in line {
        switch character {
        case "\\": result += "\\e"
        case "-": result += "\\-"
        default: result.append(character)
        }
      }
      return result
    }.joined(separator: "\n")
  }
}
