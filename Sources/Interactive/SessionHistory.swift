import LineEditing

/// What was typed in this and earlier sessions.
public final class SessionHistory {
  /// The entries, oldest first.
  public private(set) var entries: [String] = []
  /// The lines of an unfinished statement that stand above the one being edited.
  public var pending = ""
  private let file: HistoryFile?
  private var isFileUsable = true

  /// A history kept in the file; without one, only as long as the session.
  public init(file: HistoryFile?) {
    self.file = file
  }

  /// Reads the file and hands its entries to the reader; a warning where it cannot be read, after
  /// which it is not written either.
  func load(into reader: any LineReader) -> String? {
    guard let file else { return "no home folder: the history lasts as long as this session" }
    do {
      entries = try file.load()
      for entry in entries { reader.remember(entry) }
      return nil
    } catch {
      isFileUsable = false
      return error.message
    }
  }

  /// Adds an entry, unless it is the same as the last; a warning, once, where it cannot be kept.
  func add(_ entry: String, to reader: any LineReader) -> String? {
    if entry == entries.last { return nil }
    entries.append(entry)
    reader.remember(entry)
    guard let file, isFileUsable else { return nil }
    do {
      try file.append(entry)
      return nil
    } catch {
      isFileUsable = false
      return error.message
    }
  }
}
