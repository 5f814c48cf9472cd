import Diagnostics

/// Reads objects as records: what stands in nested ones gets the names of all keys on the way.
final class JSONRecordReader {
  let reader: JSONReader
  /// The keys; it grows while `isSurvey` is true.
  var root = JSONNode(key: [], name: "")
  /// Whether the keys are gathered; otherwise they are known and the values are wanted.
  let isSurvey: Bool
  /// Objects with a key that stands twice, and the first such key.
  private(set) var doubledKeys = 0
  private(set) var firstDoubled: (key: String, line: Int)?
  /// The values of the record at hand.
  private(set) var slots: [Slot] = []
  /// Reads an array of objects that stands outside all other arrays, from its first object to
  /// its end, given the keys down to it; nil where such arrays are values like others.
  var onArray: ((_ keys: [String], _ depth: Int) throws(Diagnostic) -> Void)?
  /// The keys down to each list without elements that `onArray` would else be asked about.
  private(set) var emptyLists: [[String]] = []
  private var record = -1
  private var keys: [String] = []

  /// Where a value stands in the reader's text.
  struct Slot {
    var record = -1
    var start = 0
    var end = 0
    var isQuoted = false
  }

  init(_ reader: JSONReader, isSurvey: Bool) {
    self.reader = reader
    self.isSurvey = isSurvey
  }

  /// Takes the known keys; `slotCount` is how many of them have values.
  func start(root: JSONNode, slotCount: Int) {
    self.root = root
    slots = Array(repeating: Slot(), count: slotCount)
    root.forEach { $0.record = -1 }
  }

  /// Whether the record at hand has a value in a slot.
  func isSet(_ slot: Int) -> Bool { slots[slot].record == record }

  /// Reads one object.
  func readRecord(depth: Int) throws(Diagnostic) {
    record &+= 1
    reader.text.removeAll()
    reader.hasNUL = false
    let line = reader.line
    try object(root, depth: depth)
    if reader.hasNUL {
      throw LoadErrors.json(
        reader.path, line: line, byte: reader.byte,
        "the object that ends here holds a zero character (\\u0000), which no text holds")
    }
  }

  private func object(_ node: JSONNode, depth: Int) throws(Diagnostic) {
    try reader.checkDepth(depth)
    try reader.expect(0x7B, "{")
    node.expectFirst()
    if try reader.next() != 0x7D {
      while true {
        if try reader.next() != 0x22 { throw reader.failure("a key in quotes is missing") }
        let child = try key(of: node)
        try reader.expect(0x3A, "a colon")
        if child.record == record { noteDoubled(child) }
        child.record = record
        try value(child, depth: depth &+ 1)
        if try reader.next() != 0x2C { break }
        reader.advance()
      }
    }
    try reader.expect(0x7D, "a comma or }")
  }

  private func key(of node: JSONNode) throws(Diagnostic) -> JSONNode {
    if let expected = node.expected, reader.skip(expected.key) {
      node.takeExpected()
      return expected
    }
    let start = reader.text.count
    try reader.string()
    let bytes = UnsafeBufferPointer(
      start: reader.text.base + start, count: reader.text.count &- start)
    let child = node.child(bytes, canGrow: isSurvey)
    reader.text.truncate(to: start)
    guard let child else { throw reader.failure("the file changed while it was read") }
    return child
  }

  /// Forgets what a doubled key held before, since the last one counts.
  private func noteDoubled(_ node: JSONNode) {
    doubledKeys &+= 1
    if firstDoubled == nil { firstDoubled = (node.name, reader.line) }
    if isSurvey { return }
    node.forEach { below in
      if below.slot >= 0 { slots[below.slot].record = -1 }
      below.record = -1
    }
    node.record = record
  }

  private func value(_ node: JSONNode, depth: Int) throws(Diagnostic) {
    let start = reader.text.count
    let first = try reader.next()
    switch first {
    case 0x7B:
      if onArray != nil { keys.append(SafeText.string(node.key)) }
      try object(node, depth: depth)
      if onArray != nil { keys.removeLast() }
      return
    case 0x5B:
      return try list(node, depth: depth)
    case 0x22: try reader.string()
    case 0x74: try reader.word("true")
    case 0x66: try reader.word("false")
    case 0x6E:
      try reader.word("null")
      reader.text.truncate(to: start)
      if isSurvey, node.slot < 0 { node.slot = addSlot() }
      return
    case nil: throw reader.failure("the text ends where a value should stand")
    default: try reader.number()
    }
    node.hasScalar = true
    set(node, start: start, isQuoted: first == 0x22)
  }

  private func set(_ node: JSONNode, start: Int, isQuoted: Bool) {
    if isSurvey {
      if node.slot < 0 { node.slot = addSlot() }
      reader.text.truncate(to: start)
    } else if node.slot >= 0 {
      slots[node.slot] = Slot(
        record: record, start: start, end: reader.text.count, isQuoted: isQuoted)
    }
  }

  private func addSlot() -> Int {
    slots.append(Slot())
    return slots.count &- 1
  }

  /// The byte between the words of a list; a list with a word that holds it is kept as JSON.
  static let listSeparator: UInt8 = 0x1F

  /// Reads an array: words and numbers as a list, everything else as JSON text.
  private func list(_ node: JSONNode, depth: Int) throws(Diagnostic) {
    let start = reader.text.count
    if !isSurvey, !node.isList {
      try reader.value(depth: depth)
      return set(node, start: start, isQuoted: true)
    }
    node.hasList = true
    try reader.checkDepth(depth)
    try reader.expect(0x5B, "[")
    if let onArray, try reader.next() == 0x7B {
      node.hasOddList = true
      try onArray(keys + [SafeText.string(node.key)], depth)
      return set(node, start: start, isQuoted: true)
    }
    if onArray != nil, try reader.next() == 0x5D {
      emptyLists.append(keys + [SafeText.string(node.key)])
    }
    if try reader.next() != 0x5D {
      while true {
        try element(node, depth: depth &+ 1)
        if try reader.next() != 0x2C { break }
        reader.advance()
      }
    }
    try reader.expect(0x5D, "a comma or ]")
    set(node, start: start, isQuoted: true)
  }

  private func element(_ node: JSONNode, depth: Int) throws(Diagnostic) {
    let start = reader.text.count
    switch try reader.next() {
    case 0x22:
      try reader.string()
      for index in start..<max(start, reader.text.count)
      where reader.text.base[index] == JSONRecordReader.listSeparator {
        node.hasOddList = true
      }
    case 0x7B, 0x5B:
      try reader.value(depth: depth)
      node.hasOddList = true
    case 0x74: try reader.word("true")
    case 0x66: try reader.word("false")
    case 0x6E:
      try reader.word("null")
      reader.text.truncate(to: start)
    case nil: throw reader.failure("the text ends where a value should stand")
    default: try reader.number()
    }
    reader.text.append(JSONRecordReader.listSeparator)
  }
}
