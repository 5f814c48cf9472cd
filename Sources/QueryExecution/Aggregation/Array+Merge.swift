extension Array {
  /// Changes each element by the one in the same place of an array of the same length.
  mutating func merge(_ other: [Element], _ body: (inout Element, Element) -> Void) {
    withUnsafeMutableBufferPointer { own in
      for (index, theirs) in other.enumerated() where index < own.count {
        body(&own[index], theirs)
      }
    }
  }
}
