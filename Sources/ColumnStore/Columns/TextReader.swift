/// Reads the texts of a column in which they hardly repeat, however they are held.
///
/// It belongs to one thread.
public struct TextReader {
  private let read: (Int) -> UnsafeBufferPointer<UInt8>?

  fileprivate init(_ read: @escaping (Int) -> UnsafeBufferPointer<UInt8>?) { self.read = read }

  /// The UTF-8 of a row, nil where missing; the bytes live until the next call.
  public func utf8(_ row: Int) -> UnsafeBufferPointer<UInt8>? { read(row) }

  /// The text of a row, nil where missing.
  public func string(_ row: Int) -> String? {
    read(row).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Column {
  /// A reader of texts that hardly repeat; nil for all other columns.
  public func textReader() -> TextReader? {
    switch self {
    case .text(let texts):
      return TextReader { row in
        texts.validity.map { $0[row] } ?? true ? texts.heap.utf8(row) : nil
      }
    case .template(let texts):
      let reader = TemplateReader(texts)
      return TextReader { reader.utf8($0) }
    case .number, .dictionary, .tags: return nil
    }
  }
}
