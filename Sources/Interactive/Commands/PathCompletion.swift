import Glibc

/// File names for Tab.
enum PathCompletion {
  /// The paths that begin as `word` does; folders end with a slash.
  static func candidates(for word: String) -> [String] {
    let cut = word.lastIndex(of: "/").map { word.index(after: $0) } ?? word.startIndex
    let folder = String(word[..<cut])
    let start = word[cut...]
    guard let stream = opendir(folder.isEmpty ? "." : DataArgument.expandingHome(folder)) else {
      return []
    }
    defer { closedir(stream) }
    var paths: [String] = []
    while let entry = readdir(stream), paths.count < limit {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name, name.hasPrefix(start), start.hasPrefix(".") || !name.hasPrefix(".") else {
        continue
      }
      // No control characters reach the screen.
      guard Printable.text(name) == name else { continue }
      paths.append(folder + name + (entry.pointee.d_type == UInt8(DT_DIR) ? "/" : ""))
    }
    return paths.sorted()
  }

  private static let limit = 2000
}
