import Testing

/// The build alone misses an import that is reached through another target.
@Suite("Rooms")
struct RoomTests {
  /// Modules of the toolchain that any room may use.
  private static let toolchain: Set<String> = ["Glibc", "Synchronization"]
  /// Rooms that stand on nothing but themselves, whatever the package allows them.
  private static let pure: [String: Set<String>] = [
    "Diagnostics": [], "CivilTime": [], "Results": [], "QuerySyntax": ["Diagnostics"],
    "ColumnStore": ["CKernels"], "ResultFormatting": ["Results"],
    "MetricCatalog": ["QuerySyntax", "Diagnostics", "Results"],
  ]

  @Test func theManifestIsUnderstood() {
    let rooms = PackageManifest.dependencies
    #expect(rooms["QuerySyntax"] == ["Diagnostics"])
    #expect(rooms["CommandLineTool"] == ["DeskQL", "Interactive", "ArgumentParser"])
    #expect(rooms["CLibEdit"] == [])
    #expect(SourceTree.files.count > 150)
  }

  @Test("Imports follow the arrows", arguments: SourceTree.files)
  func imports(of file: SourceFile) throws {
    let allowed = try #require(
      PackageManifest.dependencies[file.room], "\(file.room) is no target of Package.swift")
    for (module, line) in file.imports where !Self.toolchain.contains(module) {
      #expect(
        allowed.contains(module), "\(file.path):\(line) imports \(module), which is not below it")
      #expect(!module.hasPrefix("Foundation"), "\(file.path):\(line) imports \(module)")
    }
  }

  @Test("The lowest rooms stay as they are", arguments: pure.keys.sorted())
  func pureRoom(_ room: String) throws {
    let allowed = try #require(Self.pure[room])
    let declared = try #require(PackageManifest.dependencies[room])
    #expect(declared.isSubset(of: allowed), "\(room) may stand on \(allowed.sorted()) only")
  }

  @Test func theArrowsHaveNoCircle() {
    var open: Set<String> = []
    var done: Set<String> = []
    func visit(_ room: String) {
      guard !done.contains(room), let below = PackageManifest.dependencies[room] else { return }
      #expect(open.insert(room).inserted, "\(room) stands on itself")
      for next in below where !open.contains(next) { visit(next) }
      done.insert(room)
    }
    for room in PackageManifest.dependencies.keys.sorted() {
      open = []
      visit(room)
    }
  }
}
