import CKernels

extension [dq_keyed_row] {
  /// Sorts by key; rows of one key keep their order.
  mutating func sortByKey() {
    var scratch = self
    dq_sort_keyed(&self, count, &scratch)
  }
}
