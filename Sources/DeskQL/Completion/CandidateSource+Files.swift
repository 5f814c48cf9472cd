import Glibc

extension CandidateSource {
  /// The files with some name endings in the folder that is typed, and its folders; relative
  /// paths count from the working directory.
  func files(_ extensions: [String]) -> [Suggestion] {
    guard word.quote != "`" else { return [] }
    let cut = word.content.lastIndex(of: "/").map(word.content.index(after:))
    let folder = String(word.content[..<(cut ?? word.content.startIndex)])
    let showsHidden = word.content[(cut ?? word.content.startIndex)...].hasPrefix(".")
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(stream) }
    var folders: [Suggestion] = []
    var files: [Suggestion] = []
    for _ in 0..<Self.entryLimit {
      guard let entry = readdir(stream) else { break }
      let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != "..",
        showsHidden || !name.hasPrefix("."), Self.isPrintable(name), word.begins(folder + name)
      else { continue }
      let path = folder + name
      if Self.isFolder(path, UInt32(entry.pointee.d_type)) {
        // Left open, so that the path can go on.
        let open = String(quoted(path + "/").dropLast())
        folders.append(Suggestion(open, "folder"))
      } else if extensions.contains(where: { name.lowercased().hasSuffix("." + $0) }) {
        files.append(Suggestion(quoted(path), "file"))
      }
    }
    return files.sorted { $0.text < $1.text } + folders.sorted { $0.text < $1.text }
  }

  private static var entryLimit: Int { 20_000 }

  /// No text of the language can hold a control character.
  private static func isPrintable(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }

  private static func isFolder(_ path: String, _ type: UInt32) -> Bool {
    if type != UInt32(DT_LNK) && type != UInt32(DT_UNKNOWN) { return type == UInt32(DT_DIR) }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
