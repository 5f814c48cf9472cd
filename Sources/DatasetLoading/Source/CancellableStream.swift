import ColumnStore
import Diagnostics

/// A stream that ends with an error once the load is to stop.
final class CancellableStream: ByteStream {
  private let stream: any ByteStream
  private let flag: CancellationFlag

  init(_ stream: any ByteStream, _ flag: CancellationFlag) {
    self.stream = stream
    self.flag = flag
  }

  func read(_ target: UnsafeMutableRawPointer, count: Int) throws(Diagnostic) -> Int {
    if flag.isSet { throw LoadErrors.cancelled() }
    return try stream.read(target, count: count)
  }
}
