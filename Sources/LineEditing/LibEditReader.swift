import CLineEditing

/// Lines typed at a terminal, edited by libedit: arrow keys, search by Ctrl-R, completion by Tab,
/// pastes as one text, Alt-Enter for a new line within a statement.
public final class LibEditReader: LineReader {
  private let editor: OpaquePointer
  private let callbacks: Unmanaged<Callbacks>

  /// An editor on the standard streams; nil where there is no memory for one.
  ///
  /// `completion` gets the line and the cursor's UTF-8 offset, `listing` gives the lines that are
  /// shown of several candidates, for the first time or again. `shouldStop` is asked after every
  /// signal and says whether the line is given up.
  public init?(
    shouldStop: @escaping () -> Bool,
    completion: @escaping (String, Int) -> LineCompletion,
    listing: @escaping (LineCompletion, _ isAgain: Bool) -> String
  ) {
    let callbacks = Unmanaged.passRetained(
      Callbacks(shouldStop: shouldStop, completion: completion, listing: listing))
    let editor = line_editor_open(
      callbacks.toOpaque(),
      { context in Callbacks.from(context)?.shouldStop() == true ? 1 : 0 },
      { text, isLast in
        let text = String(cString: text)
        let letter = isLast != 0 ? text.last : text.first
        return Int32(truncatingIfNeeded: letter?.unicodeScalars.count ?? 0)
      },
      { context, editor in
        Callbacks.from(context)?.complete(editor) ?? LINE_EDITOR_NOTHING_FOUND
      })
    guard let editor else {
      callbacks.release()
      return nil
    }
    self.editor = editor
    self.callbacks = callbacks
  }

  deinit {
    line_editor_close(editor)
    callbacks.release()
  }

  /// Waits for the next line.
  public func readLine(prompt: String, start: LineStart) -> LineEvent {
    let event = line_editor_read(editor, prompt, start.before, start.behind, start.goesOn ? 1 : 0)
    switch event {
    case LINE_EDITOR_LINE: return .line(String(cString: line_editor_text(editor)))
    case LINE_EDITOR_LEFT_UPWARDS:
      return .leftUpwards(String(cString: line_editor_text(editor)))
    case LINE_EDITOR_INTERRUPTED: return .interrupted
    default: return .endOfInput
    }
  }

  /// Adds an entry, of one or several lines, to what the arrow keys recall.
  public func remember(_ entry: String) {
    line_editor_remember(editor, entry)
  }
}

/// What the C side calls back.
private final class Callbacks {
  let shouldStop: () -> Bool
  private let completion: (String, Int) -> LineCompletion
  private let listing: (LineCompletion, Bool) -> String
  /// The line and the cursor for which a list was last shown.
  private var listed: (line: String, cursor: Int)?

  init(
    shouldStop: @escaping () -> Bool, completion: @escaping (String, Int) -> LineCompletion,
    listing: @escaping (LineCompletion, _ isAgain: Bool) -> String
  ) {
    self.shouldStop = shouldStop
    self.completion = completion
    self.listing = listing
  }

  static func from(_ context: UnsafeMutableRawPointer?) -> Callbacks? {
    context.map { Unmanaged<Callbacks>.fromOpaque($0).takeUnretainedValue() }
  }

  /// One candidate is filled in; of several, what they share, and the list of them is shown.
  func complete(_ editor: OpaquePointer) -> line_editor_completion {
    var cursor = 0
    let line = String(cString: line_editor_edited(editor, &cursor))
    let found = completion(line, cursor)
    guard let first = found.candidates.first, found.range.lowerBound <= cursor else {
      return LINE_EDITOR_NOTHING_FOUND
    }
    let typed = cursor - found.range.lowerBound
    if found.candidates.count == 1 {
      let rest = Array(line.utf8.dropFirst(cursor))
      // The end of the word may stand behind the cursor already.
      let known = first.overlap(with: rest)
      let isFollowedByBlank = rest.dropFirst(known).first == UInt8(ascii: " ")
      line_editor_delete_next(editor, known)
      let separator = isFollowedByBlank ? "" : first.separator
      line_editor_replace(editor, typed, first.text + separator)
      return LINE_EDITOR_LINE_CHANGED
    }
    // Those that are not listed may go on otherwise.
    let shared = found.hasMore ? "" : found.commonPrefix
    let isAgain = listed.map { $0 == (line, cursor) } ?? false
    if shared.utf8.count > typed {
      line_editor_replace(editor, typed, shared)
    } else {
      listed = (line, cursor)
    }
    line_editor_show(editor, "\n" + listing(found, isAgain))
    return LINE_EDITOR_LIST_SHOWN
  }
}
