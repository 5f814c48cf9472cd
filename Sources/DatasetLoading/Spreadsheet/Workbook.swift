import ColumnStore
import Diagnostics
struct Workbook {
  init(_ file: ByteSource, _ flag: CancellationFlag) throws(Diagnostic) {}
  func part(_ options: LoadOptions) throws(Diagnostic) -> TablePart { throw LoadErrors.packedArchive("") }
}
