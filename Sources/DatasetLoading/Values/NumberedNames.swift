/// Short names that stand for numbers, such as those of months in several languages.
///
/// They are looked up for the values of every file, so they are made faster than a dictionary is.
struct NumberedNames {
  /// The bytes of a name, with zeros behind them.
  private struct Key: Comparable {
    var front: UInt64 = 0
    var back: UInt64 = 0

    /// The key of a name; nil where it is longer than any that is known.
    init?(_ name: some Collection<UInt8>) {
      if name.count > 16 { return nil }
      for (index, byte) in name.enumerated() {
        let shift = UInt64(56 &- (index & 7) &* 8)
        if index < 8 { front |= UInt64(byte) &<< shift } else { back |= UInt64(byte) &<< shift }
      }
    }

    static func < (left: Key, right: Key) -> Bool {
      left.front == right.front ? left.back < right.back : left.front < right.front
    }
  }

  private var names: [(key: Key, number: Int)] = []

  /// Names between blanks, each of which stands for its place in its line; `-` for none.
  init(_ lines: [String], from first: Int) {
    for line in lines {
      var name: [UInt8] = []
      var number = first
      for byte in line.utf8 {
        if byte != 0x20 {
          name.append(byte)
          continue
        }
        add(name, number)
        name.removeAll(keepingCapacity: true)
        number &+= 1
      }
      add(name, number)
    }
    names.sort { $0.key < $1.key }
  }

  private mutating func add(_ name: [UInt8], _ number: Int) {
    if let key = Key(name), name != [0x2D] { names.append((key, number)) }
  }

  /// The number of a name; nil for an unknown one.
  subscript(name: some Collection<UInt8>) -> Int? {
    guard let key = Key(name) else { return nil }
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low &+ high) / 2
      if names[middle].key < key { low = middle &+ 1 } else { high = middle }
    }
    return low < names.count && names[low].key == key ? names[low].number : nil
  }
}
