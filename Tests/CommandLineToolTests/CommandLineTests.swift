import Interactive
import Testing

@testable import CommandLineTool

@Suite("The command line")
struct CommandLineTests {
  @Test func everythingAtOnce() throws {
    let command = try DeskQLCommand.parse([
      "tickets.csv", "calls=x.csv", "-c", "csat", "--command", "nps", "-f", "a.deskql", "-f", "-",
      "--format", "json", "-o", "out.json", "--set", "month=2024-04", "--set", "x=-1", "--demo",
      "--keep-going", "--threads", "2",
    ])
    #expect(command.data == ["tickets.csv", "calls=x.csv"])
    #expect(command.command == ["csat", "nps"])
    #expect(command.file == ["a.deskql", "-"])
    #expect(command.format == .json)
    #expect(command.output == "out.json")
    #expect(command.set == ["month=2024-04", "x=-1"])
    #expect(command.demo && command.keepGoing)
    #expect(command.threads == 2)
  }

  @Test(arguments: [
    ["--threads", "0"], ["--threads", "x"], ["--set", "x"], ["--set", "=1"], ["--format", "xls"],
    ["-f", "-", "-f", "-"], ["-o", ""], ["--bogus"], ["-c"],
  ])
  func mistakes(arguments: [String]) {
    #expect(throws: (any Error).self) { try DeskQLCommand.parse(arguments) }
  }

  @Test func exitCodes() {
    #expect(ExitStatus.success.rawValue == 0)
    #expect(ExitStatus.failure.rawValue == 1)
    #expect(ExitStatus.usage.rawValue == 64)
    #expect(ExitStatus(.failed(target: "x", code: 5)).rawValue == 3)
    #expect(ExitStatus(.closedPipe).rawValue == 141)
    #expect(ExitStatus(.interrupted).rawValue == 130)
  }

  @Test func samplesAreLookedForUpwards() {
    #expect(
      SampleData.candidateFolders(for: "/opt/deskql/bin/deskql") == [
        "/opt/deskql/bin/Samples", "/opt/deskql/bin/share/deskql/samples",
        "/opt/deskql/Samples", "/opt/deskql/share/deskql/samples",
        "/opt/Samples", "/opt/share/deskql/samples", "/Samples", "/share/deskql/samples",
      ])
  }
}
