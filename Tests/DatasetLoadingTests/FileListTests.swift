import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

@Suite final class FileListTests {
  private let folder = NSTemporaryDirectory() + "deskql-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    return folder + "/" + name
  }

  private func code(_ request: LoadRequest) -> String {
    do throws(Diagnostic) {
      _ = try DatasetLoader.load(request)
      return "loaded"
    } catch {
      return error.code
    }
  }

  @Test func joinsFilesByTheNamesOfTheirColumns() throws {
    _ = try write("t-2024-02.csv", "Status;id;cost\nopen;3;1\nsolved;4;2\n")
    _ = try write("t-2024-01.csv", "id,status\n1,open\n2,new\n")
    _ = try write("t-2024-03.json", "[{\"id\":5,\"cost\":\"2.25\",\"tags\":[\"x\"]}]")
    _ = try write("other.csv", "x\n1\n")
    for threads in [1, 2] {
      let loaded = try DatasetLoader.load(
        LoadRequest(path: folder + "/t-2024-*", name: "tickets", threads: threads))
      #expect(loaded.cells("id") == ["1", "2", "3", "4", "5"])
      #expect(loaded.cells("status") == ["open", "new", "open", "solved", nil])
      #expect(loaded.cells("cost") == [nil, nil, "1.0", "2.0", "2.25"])
      #expect(loaded.cells("tags") == [nil, nil, nil, nil, "x"])
      #expect(loaded.report.notes.contains { $0.contains("3 files") })
      #expect(loaded.report.notes.contains { $0.contains("-01.csv' has no 'cost', 'tags'") })
    }
  }

  @Test func joinsColumnsWhoseNamesDifferInMarksAlone() throws {
    _ = try write("a.csv", "Call Id,call_time,Call Time\n1,a,b\n")
    _ = try write("b.csv", "callId,Call Time,call_time\n2,c,d\n")
    _ = try write("c.csv", "CALL_ID,calltime\n3,e\n")
    let loaded = try DatasetLoader.load(LoadRequest(path: folder + "/?.csv"))
    #expect(loaded.cells("call_id") == ["1", "2", "3"])
    #expect(loaded.cells("call_time") == ["a", "d", nil])
    #expect(loaded.cells("call_time_2") == ["b", "c", nil])
    #expect(loaded.cells("calltime") == [nil, nil, "e"])
    #expect(loaded.report.notes.contains("'CALL_ID' of 'c.csv' is 'Call Id'"))
  }

  @Test func joinsColumnsInTheirOwnUnitsAndZones() throws {
    _ = try write("1.csv", "id,created (UTC),handle time (min)\n1,2024-01-01 10:00,10\n")
    _ = try write(
      "2.csv", "id,created (America/New_York),handle_time_ms\n2,2024-01-01 10:00,1500\n")
    _ = try write(
      "3.csv", "id,created (UTC),handle time\n,,(s)\n3,2024-01-01 10:00,10\n4,2024-01-02 10:00,20\n"
    )
    for threads in [1, 2] {
      let loaded = try DatasetLoader.load(
        LoadRequest(path: folder + "/?.csv", name: "tickets", threads: threads))
      #expect(loaded.cells("created").prefix(2) == ["1704103200", "1704121200"])
      #expect(loaded.cells("created")[2] == "1704103200")
      #expect(loaded.cells("handle_time") == ["600.0", "1.5", "10.0", "20.0"])
      #expect(
        loaded.report.notes.contains("'handle_time_ms' of '2.csv' is 'handle time (min)'"))
    }
  }

  @Test func namesTheFileOfAProblem() throws {
    let rows = (0..<200).map { "\($0)\n" }.joined()
    let first = try write("a.csv", "n,m\n" + rows.replacingOccurrences(of: "\n", with: ",1\n"))
    let second = try write("b.csv", "m,n\n1,5\n1,bad\n")
    var request = LoadRequest(path: first)
    request.furtherPaths = [second]
    let loaded = try DatasetLoader.load(request)
    #expect(loaded.table.rowCount == 202 && loaded.type("n") == .number)
    let problem = try #require(loaded.report.problems.first)
    #expect(problem.file == second && problem.record == 3 && problem.line == 3)
  }

  @Test func refusesPatternsWithoutMatch() throws {
    #expect(code(LoadRequest(path: folder + "/none-*.csv")) == "file-not-found")
    let odd = try write("odd[1].csv", "a\n1\n")
    #expect(code(LoadRequest(path: odd)) == "loaded")
  }

  @Test func refusesWhatChangesWhileItIsRead() throws {
    let path = try write("cut.csv", "a,b\n" + String(repeating: "1,2\n", count: 100_000))
    let source = try ByteSource(path: path, LoadRequest(path: path))
    #expect(truncate(path, 1_000) == 0)
    do throws(Diagnostic) {
      _ = try DatasetLoader.load(source, LoadRequest(path: path), LoadTuning())
      Issue.record("loaded")
    } catch {
      #expect(error.code == "file-changed")
    }
  }

  @Test func readsAppendedFilesUpToTheirFirstSize() throws {
    let path = try write("grown.csv", "a,b\n1,2\n")
    let source = try ByteSource(path: path, LoadRequest(path: path))
    _ = try write("grown.csv", "a,b\n1,2\n3,4\n")
    let loaded = try DatasetLoader.load(source, LoadRequest(path: path), LoadTuning())
    #expect(loaded.table.rowCount == 1)
  }

  @Test func namesHTMLPages() throws {
    let page = "<!DOCTYPE html>\n<html><body>\n<p>403, Forbidden</p>\n</body></html>\n"
    let error = try #require(failure(Array(page.utf8)))
    #expect(error.code == "ragged")
    #expect(error.notes.contains { $0.contains("looks like HTML") })
  }
}
