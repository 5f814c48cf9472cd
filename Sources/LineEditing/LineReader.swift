/// What came of waiting for a line.
public enum LineEvent: Hashable, Sendable {
  /// A line without its end; several where they were pasted as one.
  case line(String)
  /// Whoever types goes up into the lines above; what stands in the line so far.
  case leftUpwards(String)
  /// A signal ended the wait, and what was typed is dropped.
  case interrupted
  case endOfInput
}

/// Somebody who types lines.
public protocol LineReader: AnyObject {
  /// Waits for the next line after showing the prompt where there is somebody to read it.
  ///
  /// - Parameter start: what the line begins as, and whether it may be left upwards.
  func readLine(prompt: String, start: LineStart) -> LineEvent
  /// Adds a whole statement, of one or several lines, to what can be recalled.
  func remember(_ entry: String)
}

extension LineReader {
  /// Waits for the next line, which begins empty.
  public func readLine(prompt: String) -> LineEvent {
    readLine(prompt: prompt, start: LineStart())
  }
}

/// What a line begins as.
public struct LineStart: Hashable, Sendable {
  /// The text before the cursor.
  public var before = ""
  /// The text behind it.
  public var behind = ""
  /// Whether other lines of the same text stand above it.
  public var goesOn = false

  /// An empty line that stands by itself.
  public init() {}
}

/// The words that may stand at the cursor.
public struct LineCompletion: Hashable, Sendable {
  /// One of them.
  public struct Candidate: Hashable, Sendable {
    /// What it puts into the line.
    public var text: String
    /// What it is, in one line.
    public var meaning: String

    /// A word with its meaning.
    public init(text: String, meaning: String = "") {
      self.text = text
      self.meaning = meaning
    }

    /// How many bytes of what stands behind the cursor are the candidate's own end.
    func overlap(with rest: [UInt8]) -> Int {
      let own = Array(text.utf8)
      return stride(from: min(own.count - 1, rest.count), to: 0, by: -1).first {
        own.suffix($0).elementsEqual(rest.prefix($0))
      } ?? 0
    }

    /// What is put behind it where it is the only one: a blank behind a finished word or text,
    /// nothing behind what is left open, such as a bracket or a folder.
    var separator: String {
      guard let last = text.last else { return "" }
      if "'\"`".contains(last) { return text.count > 1 ? " " : "" }
      return "(/=.".contains(last) ? "" : " "
    }
  }

  /// What a candidate replaces: UTF-8 offsets in the line, up to the cursor.
  public var range: Range<Int>
  /// The words, in the order in which they are listed.
  public var candidates: [Candidate]
  /// Whether there are others that are not among them.
  public var hasMore: Bool

  /// Candidates for the given part of the line.
  public init(range: Range<Int>, candidates: [Candidate], hasMore: Bool = false) {
    self.range = range
    self.candidates = candidates
    self.hasMore = hasMore
  }

  /// What all candidates begin with, as the first of them writes it; letter case aside.
  var commonPrefix: String {
    guard let first = candidates.first?.text else { return "" }
    var prefix = first[...]
    for candidate in candidates.dropFirst() {
      var end = prefix.startIndex
      for (mine, other) in zip(prefix.indices, candidate.text) {
        guard prefix[mine].lowercased() == other.lowercased() else { break }
        end = prefix.index(after: mine)
      }
      prefix = prefix[..<end]
    }
    return String(prefix)
  }
}
