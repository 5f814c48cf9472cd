import Diagnostics

/// The texts that the cells of a workbook refer to by number.
final class SharedStrings: Sendable {
  private let heap: [UInt8]
  private let ends: [Int]

  /// No texts.
  init() {
    heap = []
    ends = []
  }

  /// Reads the table of texts; runs of differently formatted letters are one text.
  init(_ stream: any ByteStream, path: String) throws(Diagnostic) {
    let xml = try XMLReader(stream, path: path)
    var heap: [UInt8] = []
    var ends: [Int] = []
    var isPhonetic = false
    loop: while true {
      switch try xml.next() {
      case .open:
        if xml.isNamed("si") { xml.text.removeAll() }
        if xml.isNamed("rPh") { isPhonetic = true }
        if xml.isNamed("t") { xml.takesText = !isPhonetic }
      case .close:
        if xml.isNamed("t") { xml.takesText = false }
        if xml.isNamed("rPh") { isPhonetic = false }
        if xml.isNamed("si") {
          heap += UnsafeBufferPointer(start: xml.text.base, count: xml.text.count)
          ends.append(heap.count)
          if heap.count > SharedStrings.sizeLimit {
            throw LoadErrors.unpacksTooLarge(path, limit: SharedStrings.sizeLimit)
          }
        }
      case .end: break loop
      }
    }
    self.heap = heap
    self.ends = ends
  }

  private static let sizeLimit = 1 << 30

  /// Calls `body` with the bytes of a text; false where there is none of that number.
  func withText(_ index: Int, _ body: (UnsafePointer<UInt8>, Int) -> Void) -> Bool {
    guard index >= 0, index < ends.count else { return false }
    let start = index == 0 ? 0 : ends[index &- 1]
    heap.withUnsafeBufferPointer { heap in
      if let base = heap.baseAddress { body(base + start, ends[index] &- start) }
    }
    return true
  }
}
