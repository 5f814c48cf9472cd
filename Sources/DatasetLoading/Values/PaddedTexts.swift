/// Texts side by side in one piece of memory, with zeros behind each, since parsers load whole
/// words.
///
/// The first values of a file are looked at many times before all are read: to give each memory of
/// its own would take longer than to read a small file.
struct PaddedTexts: RandomAccessCollection {
  private var bytes: [UInt8] = []
  private var places: [Range<Int>] = []

  init() {}

  init(_ texts: some Sequence<some Collection<UInt8>>) {
    for text in texts { append(text) }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { places.count }

  /// The text at a position; its own indices begin anywhere.
  subscript(position: Int) -> ArraySlice<UInt8> { bytes[places[position]] }

  /// Makes room for so many texts of the usual length.
  mutating func reserve(_ count: Int) {
    bytes.reserveCapacity(bytes.count &+ count &* PaddedTexts.usualSize)
    places.reserveCapacity(places.count &+ count)
  }

  private static let usualSize = 32

  mutating func append(_ text: some Collection<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: text)
    places.append(start..<bytes.count)
    bytes.append(contentsOf: PaddedTexts.zeros)
  }

  /// Some of the texts, in the same memory.
  func filter(_ isKept: (ArraySlice<UInt8>) -> Bool) -> PaddedTexts {
    var kept = self
    kept.places = places.filter { isKept(bytes[$0]) }
    return kept
  }

  private static let zeros = [UInt8](repeating: 0, count: ParsedText.padding)
}
