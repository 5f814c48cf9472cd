import DeskQL
import Foundation
import Testing

/// One question with its recorded answer.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
  let script: URL
  var name: String { script.deletingPathExtension().lastPathComponent }
  var testDescription: String { name }
  /// The answers of comparisons may hold a part of the columns.
  var isComparison: Bool { name.hasPrefix("vs_") }

  static let own = all(in: Checkout.conformance)
  static let shared = all(in: Checkout.sharedConformance)

  private static func all(in folder: URL) -> [ConformanceCase] {
    Checkout.files(in: folder.appending(path: "cases"), ending: "deskql").map(Self.init)
  }

  /// Runs the script and holds what it gives against the answer.
  func check(in session: Session, relative tolerance: Double, isWhole: Bool) throws {
    let answer = try Checkout.text(of: script.deletingPathExtension().appendingPathExtension("csv"))
    var texts: [String] = []
    do {
      for case .table(let table) in try session.run(Checkout.text(of: script), name: name) {
        texts.append(ResultFormatter.text(of: table, options: FormatOptions(format: .csv)))
      }
    } catch let error as ScriptError {
      if NotAvailableYet.explains(error) { return }
      let renderer = DiagnosticRenderer()
      let lines = error.diagnostics.map { renderer.render($0, in: error.source) }
      Issue.record("\(lines.joined(separator: "\n"))")
      return
    }
    let differences = DelimitedText(texts.joined(separator: "\n"))
      .differences(from: DelimitedText(answer), relative: tolerance, isWhole: isWhole)
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }
}

@Suite("Conformance")
struct ConformanceTests {
  @Test("Own cases", arguments: ConformanceCase.own)
  func own(_ example: ConformanceCase) throws {
    try example.check(
      in: LoadedData.conformance.session(), relative: 1e-9, isWhole: !example.isComparison)
  }

  @Test(
    "Shared cases",
    .enabled(
      if: Checkout.exists(Checkout.sharedConformance),
      "there is no shared/conformance beside this checkout"),
    arguments: ConformanceCase.shared)
  func shared(_ example: ConformanceCase) throws {
    try example.check(
      in: LoadedData.sharedConformance.session(), relative: 1e-6, isWhole: false)
  }

  @Test func casesAreFound() {
    #expect(ConformanceCase.own.count > 350)
    #expect(ConformanceCase.own.filter { !$0.isComparison }.count > 300)
  }
}
