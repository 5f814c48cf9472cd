import Foundation
import Testing

/// One source file of a room.
struct SourceFile: Sendable, CustomTestStringConvertible {
  let room: String
  /// Relative to the checkout.
  let path: String
  let lines: [String]
  var testDescription: String { path }

  /// The modules that the file imports, with the number of the line.
  var imports: [(module: String, line: Int)] {
    lines.enumerated().compactMap { index, line in
      let words = line.split(separator: " ").drop { $0.hasPrefix("@") || Self.access.contains($0) }
      guard words.first == "import", let module = words.dropFirst().last else { return nil }
      return (String(module.prefix { $0 != "." }), index + 1)
    }
  }

  /// The lines, blank where there is only a comment.
  let code: [String]

  init(path: String, text: String) {
    self.path = path
    room = path.components(separatedBy: "/")[1]
    lines = text.components(separatedBy: "\n")
    code = lines.map { $0.drop { $0 == " " }.hasPrefix("//") ? "" : $0 }
  }

  private static let access: Set<Substring> = ["public", "package", "internal", "private"]
}

/// The Swift files of every room.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let files: [SourceFile] = {
    let sources = root.appending(path: "Sources")
    let found = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String }
    return (found ?? []).filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard let text = try? String(contentsOf: sources.appending(path: path), encoding: .utf8)
      else { return nil }
      return SourceFile(path: "Sources/" + path, text: text)
    }
  }()
}
