import Foundation

@testable import DeskQL

/// Files that are loaded once; every test gets a session of its own over the same columns.
final class LoadedData: Sendable {
  static let samples = LoadedData(Checkout.samples)
  static let conformance = LoadedData(Checkout.conformance.appending(path: "data"))
  static let sharedConformance = LoadedData(Checkout.sharedConformance.appending(path: "data"))

  /// The end of 2024, so that answers do not change with the day of the test.
  static let now: Int64 = 1_735_603_200

  private let loaded: Result<SessionState, any Error>

  private init(_ folder: URL) {
    loaded = Result {
      let session = Session(threads: 2)
      for file in Checkout.files(in: folder, ending: "csv") { try session.load(path: file.path) }
      return session.state.withLock { $0 }
    }
  }

  /// A session over the data in which nothing is defined or set.
  func session() throws -> Session {
    let state = try loaded.get()
    let session = Session(threads: 2, now: { Self.now })
    session.state.withLock { $0 = state }
    return session
  }
}
