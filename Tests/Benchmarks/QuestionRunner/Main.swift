import DeskQL
import Glibc

/// Loads files into one session and times questions on request, so that other engines' runs can
/// stand between ours: `question-runner [--threads N] QUESTIONS [NAME=]FILE…`.
///
/// `QUESTIONS` is a folder of `NAME.deskql`. Each line of standard input asks for one thing, and
/// one line of JSON answers it: `time NAME COUNT`, `answer NAME` (as CSV) or `sums NAME` (how many
/// rows, and the sum of each column of numbers).
@main
enum Main {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    var threads = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    if arguments.first == "--threads", let given = arguments.dropFirst().first.flatMap({ Int($0) })
    {
      threads = given
      arguments = arguments.dropFirst(2)
    }
    guard let folder = arguments.popFirst() else { fail("QUESTIONS [NAME=]FILE… are needed") }
    do {
      let runner = QuestionRunner(session: Session(threads: threads), folder: folder)
      say(try runner.load(Array(arguments)))
      while let line = readLine() {
        say(runner.answer(line.split(separator: " ").map(String.init)))
      }
    } catch {
      fail(error.diagnostics.map(\.message).joined(separator: "; "))
    }
  }

  private static func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  private static func fail(_ message: String) -> Never {
    let line = Array("question-runner: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
  }
}
