import ArgumentParser
import Interactive

/// `deskql --generate-completion-script`: what a shell reads to complete the program's words.
struct CompletionScript: ParsableCommand {
  static let word = "--generate-completion-script"

  static let configuration = CommandConfiguration(
    commandName: "deskql \(word)", abstract: "Write what a shell reads to complete the options.")

  @Argument(help: "bash, zsh or fish; the present shell's where it is left out.")
  var shell: CompletionShell?

  func validate() throws {
    guard shell ?? .autodetected() != nil else {
      throw ValidationError("this shell has no completion script: name bash, zsh or fish.")
    }
  }

  /// Writes the script.
  func run() -> ExitStatus {
    let shell = shell ?? .autodetected() ?? .bash
    do {
      try OutputWriter.standardOutput().write(Self.text(for: shell) + "\n")
    } catch {
      if let diagnostic = error.diagnostic {
        MessageWriter.standardError().show(diagnostic)
      }
      return ExitStatus(error)
    }
    return .success
  }

  /// The library knows the options of the program; its tasks are not subcommands to it, since any
  /// other first word is a file, and are added here.
  private static func text(for shell: CompletionShell) -> String {
    let script = DeskQLCommand.completionScript(for: shell)
    switch shell {
    case .zsh: return zsh(script)
    case .fish: return fish(script)
    default: return bash(script)
    }
  }

  static let tasks: [(word: String, command: any ParsableCommand.Type)] = [
    (FormatCommand.word, FormatCommand.self), (CheckCommand.word, CheckCommand.self),
  ]

  /// An option of a task: what it does, and the words that it takes, where it takes any.
  private struct TaskOption {
    var name: String
    var meaning: String
    var values: [String] = []
  }

  private static func options(of command: any ParsableCommand.Type) -> [TaskOption] {
    OptionTable.rows(of: command).filter { $0.usage.hasPrefix("--") }.map { usage, meaning in
      let words = usage.dropFirst(2).split(separator: " ", maxSplits: 1)
      let option = TaskOption(name: String(words.first ?? ""), meaning: meaning)
      guard words.count > 1 else { return option }
      // The help lists them: `(values: text, json; default: text)`.
      let listed = meaning.split(separator: "(values: ").dropFirst().first ?? ""
      let values = listed.prefix { $0 != ";" && $0 != ")" }.split(separator: ", ").map(String.init)
      let told = meaning.split(separator: " (values: ").first ?? ""
      return TaskOption(name: option.name, meaning: String(told), values: values)
    }
  }

  private static func abstract(_ command: any ParsableCommand.Type) -> String {
    command.configuration.abstract
  }

  // MARK: Shells

  private static func zsh(_ script: String) -> String {
    let tasks = tasks.map { word, command in
      let options = options(of: command).map { option in
        let values = option.values.joined(separator: " ")
        return option.values.isEmpty
          ? "'--\(option.name)[\(option.meaning)]'"
          : "'--\(option.name)=[\(option.meaning)]:\(option.name):(\(values))'"
      }
      return """
            \(word)) shift words; ((CURRENT--)); _arguments \(options.joined(separator: " ")) \
        '*:file:_files'; return;;
        """
    }
    let words = Self.tasks.map { "'\($0.word):\(abstract($0.command))'" }.joined(separator: " ")
    // The subcommand `help` that the library offers cannot stand beside files in zsh.
    var lines = script.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasSuffix(":->command'") && !$0.hasSuffix(":->arg'") }
      // `--format=json` is as good as `--format json`.
      .map { $0.replacing(#/^( *'--[a-z-]+)(\[.*\]:)/#) { "\($0.1)=\($0.2)" } }
    if let files = lines.firstIndex(where: { $0.contains("'*:data:_files'") }) {
      lines[files] = lines[files].replacing("_files", with: "_deskql_files")
      lines.insert("        '1:data:_deskql_first'", at: files)
    }
    if let start = lines.firstIndex(of: "_deskql() {") {
      lines.insert(
        "    case $words[2] in\n\(tasks.joined(separator: "\n"))\n    esac", at: start + 1)
      lines.insert(
        """
        _deskql_first() {
            local -a tasks=(\(words))
            _describe task tasks
            _deskql_files
        }
        _deskql_files() {
            compset -P '[A-Za-z0-9_]#='
            _files
        }

        """, at: start)
    }
    return lines.joined(separator: "\n")
  }

  private static func fish(_ script: String) -> String {
    let words = tasks.map(\.word).joined(separator: " ")
    let offer = "-n '__deskql_should_offer_completions_for_flags_or_options"
    var lines = script.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("-fa 'help'") }
      .map { line in
        guard line.hasPrefix("complete "), let found = line.firstRange(of: offer) else {
          return String(line)
        }
        let condition = "-n 'not __deskql_in_task \(words); and " + offer.dropFirst(4)
        return line[..<found.lowerBound] + condition + line[found.upperBound...]
      }
    lines.append(
      """
      function __deskql_in_task
          set -l words (commandline -opc)
          test (count $words) -gt 1; and contains -- $words[2] $argv
      end
      """)
    for (word, command) in tasks {
      lines.append(
        "complete -c deskql -n 'test (count (commandline -opc)) -eq 1' -a \(word) "
          + "-d '\(abstract(command))'")
      for option in options(of: command) {
        let values = option.values.joined(separator: " ")
        lines.append(
          "complete -c deskql -n '__deskql_in_task \(word)' -l \(option.name) "
            + (option.values.isEmpty ? "" : "-x -a '\(values)' ") + "-d '\(option.meaning)'")
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func bash(_ script: String) -> String {
    let words = tasks.map(\.word).joined(separator: " ")
    let cases = tasks.map { word, command in
      let options = options(of: command)
      let values = options.filter { !$0.values.isEmpty }.map { option in
        "[[ \"${prev}\" = --\(option.name) ]] && COMPREPLY=($(compgen -W "
          + "'\(option.values.joined(separator: " "))' -- \"${cur}\"))"
      }
      let names = options.map { "--\($0.name)" }.joined(separator: " ")
      return """
            \(word))
                COMPREPLY=($(compgen -f -- "${cur}"))
                [[ "${cur}" = -* ]] && COMPREPLY=($(compgen -W '\(names)' -- "${cur}"))
                \(values.joined(separator: "\n            "))
                return ;;
        """
    }
    return script + """

      _deskql_tasks() {
          local cur="${COMP_WORDS[COMP_CWORD]}" prev="${3}"
          # The = of --format=json is a word of its own here.
          if [[ "${cur}" = "=" ]]; then
              prev="${COMP_WORDS[COMP_CWORD-1]}" cur=""
              COMP_WORDS[COMP_CWORD]=""
          elif [[ "${prev}" = "=" ]]; then
              prev="${COMP_WORDS[COMP_CWORD-2]}"
              COMP_WORDS=("${COMP_WORDS[@]:0:COMP_CWORD-1}" "${cur}")
              ((COMP_CWORD--))
          fi
          ((COMP_CWORD > 1)) && case "${COMP_WORDS[1]}" in
      \(cases.joined(separator: "\n"))
          esac
          _deskql "${1}" "${cur}" "${prev}"
          ((COMP_CWORD == 1)) && COMPREPLY+=($(compgen -W '\(words)' -- "${cur}"))
      }

      complete -o filenames -F _deskql_tasks deskql
      """
  }
}

extension CompletionShell: @retroactive ExpressibleByArgument {}
