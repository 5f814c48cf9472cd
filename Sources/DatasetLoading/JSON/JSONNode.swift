/// A key of the records' objects, with what stands below it.
final class JSONNode {
  let key: [UInt8]
  /// The keys down to it, joined by points.
  let name: String
  private(set) var children: [JSONNode] = []
  private var positions: [[UInt8]: Int] = [:]
  // Keys mostly come in the same order, so the one behind the last is tried first; objects that
  // begin again begin with the first.
  private var next = 0
  /// The slot of its values, -1 while it has none.
  var slot = -1
  var hasScalar = false
  var hasList = false
  /// Whether an array held more than plain words and numbers.
  var hasOddList = false
  /// The last record in which it stood.
  var record = -1

  // Whether the key as text is the key as JSON.
  private let isPlain: Bool

  init(key: [UInt8], name: String) {
    self.key = key
    isPlain = !key.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
    self.name = name
  }

  /// Whether its values are lists of words.
  var isList: Bool { hasList && !hasOddList }

  /// Whether it makes a column; a key that is only ever null does, unless it stands for objects.
  var isColumn: Bool { slot >= 0 && (hasScalar || hasList || hasOddList || children.isEmpty) }

  /// The child that mostly comes next, where its key is written without escapes.
  var expected: JSONNode? {
    next < children.count && children[next].isPlain ? children[next] : nil
  }

  /// Says that an object begins.
  func expectFirst() { next = 0 }

  /// Says that the expected child has come.
  func takeExpected() { next &+= 1 }

  /// The child for a key, made where it is new and may be.
  func child(_ key: UnsafeBufferPointer<UInt8>, canGrow: Bool) -> JSONNode? {
    let bytes = Array(key)
    if let position = positions[bytes] {
      next = position &+ 1
      return children[position]
    }
    guard canGrow else { return nil }
    let word = SafeText.string(bytes)
    let child = JSONNode(key: bytes, name: name.isEmpty ? word : "\(name).\(word)")
    positions[bytes] = children.count
    children.append(child)
    next = children.count
    return child
  }

  /// Calls `body` with this node and all below it.
  func forEach(_ body: (JSONNode) -> Void) {
    body(self)
    for child in children { child.forEach(body) }
  }
}
