/// Texts in one piece of memory, with bytes behind each that may be read, since parsers load whole
/// words.
///
/// The first values of a file are looked at many times before all are read: to give each memory of
/// its own would take longer than to read a small file.
struct PaddedTexts: RandomAccessCollection {
  /// Bytes that other texts may have parts of, too; never written to, since each that writes would
  /// have a copy of all.
  private let shared: [UInt8]
  /// The bytes of the texts that are no part of those.
  private var own: [UInt8] = []
  /// Where the texts stand in the shared bytes and, counted on, in those of their own.
  private var places: [Range<Int>] = []

  /// No texts yet; those to come may be parts of these bytes, in which padding stands at the end.
  init(partsOf shared: [UInt8] = []) { self.shared = shared }

  init(_ texts: some Sequence<some Collection<UInt8>>) {
    self.init()
    for text in texts { append(text) }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { places.count }

  /// The text at a position; its own indices begin anywhere.
  subscript(position: Int) -> ArraySlice<UInt8> {
    let place = places[position]
    if place.lowerBound < shared.count { return shared[place] }
    return own[place.lowerBound &- shared.count..<place.upperBound &- shared.count]
  }

  /// Makes room for so many places.
  mutating func reserve(_ count: Int) { places.reserveCapacity(places.count &+ count) }

  mutating func append(_ text: some Collection<UInt8>) {
    let start = shared.count &+ own.count
    own.append(contentsOf: text)
    places.append(start..<shared.count &+ own.count)
    own.append(contentsOf: PaddedTexts.zeros)
  }

  /// Adds a part of the shared bytes.
  mutating func append(part: Range<Int>) { places.append(part) }

  /// Some of the texts, in the same memory.
  func filter(_ isKept: (UnsafeBufferPointer<UInt8>) -> Bool) -> PaddedTexts {
    var kept = self
    kept.places = shared.withUnsafeBufferPointer { shared in
      own.withUnsafeBufferPointer { own in
        places.filter { place in
          let isShared = place.lowerBound < shared.count
          let (start, end) = (place.lowerBound &- shared.count, place.upperBound &- shared.count)
          return isKept(UnsafeBufferPointer(rebasing: isShared ? shared[place] : own[start..<end]))
        }
      }
    }
    return kept
  }

  private static let zeros = [UInt8](repeating: 0, count: ParsedText.padding)
}

extension UnsafeBufferPointer<UInt8> {
  /// A copy with so many zeros behind it.
  func padded(by padding: Int) -> [UInt8] {
    Array(unsafeUninitializedCapacity: count &+ padding) { copy, size in
      let end = copy.initialize(fromContentsOf: self)
      copy[end...].initialize(repeating: 0)
      size = copy.count
    }
  }

  /// Which of these bytes some others are, by where they lie in memory; nil where they lie elsewhere.
  func place(of part: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    guard let base = baseAddress, let start = part.baseAddress else { return nil }
    let offset = Int(bitPattern: start) &- Int(bitPattern: base)
    return offset >= 0 && offset <= count &- part.count ? offset..<offset &+ part.count : nil
  }
}
