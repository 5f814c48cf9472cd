/// The productions of the language in EBNF, as Grammar.md publishes them.
public enum GrammarText {
  /// Each production's name and what it stands for, in the order in which they are read.
  public static let productions: [(name: String, body: String)] = {
    var result: [(name: String, body: String)] = []
    let text = String(decoding: PackageResources.Grammar_ebnf, as: UTF8.self)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if !line.hasPrefix(" "), words.count > 2, words[1] == "=" {
        result.append((words[0], words.dropFirst(2).joined(separator: " ")))
      } else if !result.isEmpty {
        result[result.count - 1].body += " " + words.joined(separator: " ")
      }
    }
    return result
  }()
}
