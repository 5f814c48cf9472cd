import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import SnapshotFile

@Suite("Saving snapshots")
struct SavingTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder.file("desk.deskdb")
  }

  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? Diagnostic)?.code
    }
  }

  @Test func onlySnapshotsAreReplaced() throws {
    try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
    #expect(code { try Sample.save(to: path) } == "would-overwrite")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    #expect(code { try Sample.save(to: folder.path) } == "would-overwrite")
    #expect(code { try Sample.save(to: folder.file("nowhere/desk.deskdb")) } == "cannot-save")
    #expect(folder.names == ["desk.deskdb"])
  }

  @Test func aSaveThatFailsLeavesTheOldFile() throws {
    try Sample.save(to: path)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let flag = CancellationFlag()
    flag.set()
    #expect(
      code { try SnapshotFile.save(Sample.contents, to: path, cancellation: flag) {} }
        == "cancelled")
    #expect(
      code {
        try SnapshotFile.save(Sample.contents, to: path, cancellation: CancellationFlag()) {
          () throws(Diagnostic) in throw Diagnostic("doubtful", "no")
        }
      } == "doubtful")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(folder.names == ["desk.deskdb"])
  }

  @Test func linksAndRightsStay() throws {
    try Sample.save(to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let link = folder.file("link.deskdb")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    try Sample.save(to: link)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    #expect(folder.names == ["desk.deskdb", "link.deskdb"])
  }

  /// A full disk: this device takes nothing.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func devicesAreNoSnapshots() {
    #expect(code { try Sample.save(to: "/dev/full") } == "would-overwrite")
  }
}
