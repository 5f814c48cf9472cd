import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

/// The input half of the reliability table; corpora, packed files and lists of files have suites
/// of their own.
@Suite struct ReliabilityTests {
  private func error(_ path: String, _ flag: CancellationFlag = CancellationFlag()) -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try DatasetLoader.load(LoadRequest(path: path, cancellation: flag))
      return nil
    } catch {
      return error
    }
  }

  private func temporary(_ name: String) -> String {
    NSTemporaryDirectory() + "deskql-\(UUID().uuidString)-" + name
  }

  @Test func boundsWhatDevicesGive() {
    #expect(error("/dev/zero")?.code == "limit")
    #expect(error("/dev/null")?.code == "no-header")
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func namesFilesThatMayNotBeRead() throws {
    let path = temporary("denied.csv")
    try Data("a\n1\n".utf8).write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    chmod(path, 0)
    #expect(error(path)?.code == "file-not-readable")
  }

  @Test func readsPackedPipes() throws {
    let path = temporary("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let writer = Thread {
      guard let file = fopen(path, "w") else { return }
      for part in [FormatFixtures.gzip.prefix(20), FormatFixtures.gzip.dropFirst(20)] {
        _ = part.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
        fflush(file)
        usleep(20_000)
      }
      fclose(file)
    }
    writer.start()
    let loaded = try DatasetLoader.load(LoadRequest(path: path))
    #expect(loaded.cells("score") == ["5", "3"])
  }

  @Test func stopsWhileAPipeGivesNothing() throws {
    let path = temporary("silent")
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let flag = CancellationFlag()
    let other = Thread {
      let descriptor = open(path, O_WRONLY)
      usleep(100_000)
      flag.set()
      usleep(1_000_000)
      close(descriptor)
    }
    other.start()
    let start = ContinuousClock().now
    #expect(error(path, flag)?.code == "cancelled")
    #expect(ContinuousClock().now - start < .milliseconds(900))
  }

  @Test func limitsTheLengthOfAHeader() {
    let bytes = [UInt8](repeating: 0x78, count: 17 << 20)
    let found = failure(bytes)
    #expect(found?.code == "limit" && found?.message.contains("header") == true)
  }

  @Test func keepsMessagesShortAndClean() {
    let name = "\u{1B}[31m" + String(repeating: "x", count: 5_000) + ".csv"
    for bytes in [[], [0x61, 0x0A, 0xFF], [0x1F, 0x8B], [0x50, 0x4B, 3, 4]] as [[UInt8]] {
      let message = failure(bytes, path: name)?.message ?? ""
      #expect(message.utf8.count < 1_000 && !message.isEmpty)
      #expect(!message.utf8.contains { $0 < 0x20 })
    }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5])
  func standsDamageOfAnyKind(kind: Int) {
    let sheet =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row><c s=\"2\"><v>45366.5</v></c></row>"
    let text = "[{\"a\":1,\"b\":{\"c\":[\"x\",\"é\"]}},{\"a\":2.5e3,\"d\":null,\"b\":{}}]"
    let samples: [[UInt8]] = [
      FormatFixtures.gzip, FormatFixtures.zstd, FormatFixtures.sqlite, Array(text.utf8),
      ZipFixture.workbook([("A", sheet)], strings: "<si><t>day &amp; time</t></si>"),
      [0xFF, 0xFE] + Array("a,b\n\"1\",2\n".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
    ]
    var random = SeededGenerator(seed: UInt64(kind))
    for _ in 0..<300 {
      var bytes = samples[kind]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
        if bytes.isEmpty { bytes = [0] }
      }
      // A table or an error, but never a crash.
      if let error = failure(bytes) { #expect(error.message.utf8.count < 1_000) }
    }
  }
}
