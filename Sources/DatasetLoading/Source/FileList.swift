import Diagnostics
import Glibc

/// The files that a path stands for.
enum FileList {
  /// The path itself, or the files that a pattern matches, in the order of their names.
  static func files(_ path: String) throws(Diagnostic) -> [String] {
    let isPattern = path.contains { $0 == "*" || $0 == "?" || $0 == "[" }
    // A file may be named like a pattern.
    if !isPattern || access(path, F_OK) == 0 { return [path] }
    var found = glob_t()
    defer { globfree(&found) }
    let result = glob(path, GLOB_NOSORT | GLOB_TILDE, nil, &found)
    if result == GLOB_NOMATCH { throw LoadErrors.noMatch(path) }
    if result != 0 { throw LoadErrors.cannotOpen(path, result == GLOB_NOSPACE ? ENOMEM : errno) }
    var files: [String] = []
    for index in 0..<Int(found.gl_pathc) {
      if let name = found.gl_pathv[index] { files.append(String(cString: name)) }
    }
    // By bytes, so that the order is the same in every locale.
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
