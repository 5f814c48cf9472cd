import DeskQL
import Foundation
import Testing

@Suite("Naughty texts")
struct NaughtyTextTests {
  private static let file =
    Checkout.root.appending(path: "../shared/corpora/blns/blns-as-csv.csv").standardized

  /// The texts of the column `subject`, as bytes.
  private func subjects(_ session: Session) throws -> String {
    let table = try session.query("list id, subject from naughty order by id")
    return ResultFormatter.text(of: table, options: FormatOptions(format: .csv))
  }

  @Test(
    "Load, export and load again",
    .enabled(
      if: Checkout.exists(file), "there is no shared/corpora/blns beside this checkout"))
  func comesBackByteForByte() throws {
    let first = Session(threads: 2)
    try first.load(path: Self.file.path, as: "naughty")
    let exported = try subjects(first)
    let copy = FileManager.default.temporaryDirectory
      .appending(path: "deskql-naughty-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: copy) }
    try Data(exported.utf8).write(to: copy)
    let second = Session(threads: 1)
    try second.load(path: copy.path, as: "naughty")
    #expect(try Data(subjects(second).utf8) == Data(exported.utf8))

    let original = DelimitedText(try Checkout.text(of: Self.file)).rows
    let loaded = DelimitedText(exported).rows
    #expect(original.count == 515 && loaded.count == original.count)
    for (have, want) in zip(loaded, original) where Data(have[1].utf8) != Data(want[1].utf8) {
      Issue.record("\(want[0]): \(want[1].debugDescription), not \(have[1].debugDescription)")
    }
  }
}
