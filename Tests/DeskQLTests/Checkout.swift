import Foundation

/// The folders of the checkout that tests read.
enum Checkout {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let samples = root.appending(path: "Samples")
  static let conformance = root.appending(path: "Tests/Conformance")
  /// Cases kept outside the project; absent in a fresh clone.
  static let sharedConformance = root.appending(path: "../shared/conformance").standardized
  static let mistakes = root.appending(path: "Tests/DeskQLTests/Mistakes")
  static let program = root.appending(path: ".build/debug/deskql")

  static func exists(_ place: URL) -> Bool {
    FileManager.default.fileExists(atPath: place.path)
  }

  static func text(of file: URL) throws -> String {
    try String(contentsOf: file, encoding: .utf8)
  }

  /// The files of a folder with this ending, by name.
  static func files(in folder: URL, ending: String) -> [URL] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix("." + ending) }.sorted()
      .map { folder.appending(path: $0) }
  }
}

/// A new folder for a test, which removes it.
func temporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "deskql-\(ProcessInfo.processInfo.globallyUniqueString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}
