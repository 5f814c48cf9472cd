import Testing

@testable import DatasetLoading

@Suite struct PaddedTextsTests {
  private let bytes = Array("one,two,three".utf8).withUnsafeBufferPointer { $0.padded(by: 16) }

  @Test func partsAndOwnTextsStandInTheirOrder() {
    var texts = PaddedTexts(partsOf: bytes)
    texts.append(part: 0..<3)
    texts.append(Array("four".utf8))
    texts.append(part: 8..<13)
    texts.append([])
    texts.append(Array("five".utf8))
    #expect(strings(texts) == ["one", "four", "three", "", "five"])
    #expect(strings(texts.filter { $0.count > 3 }) == ["four", "three", "five"])
  }

  private func strings(_ texts: PaddedTexts) -> [String] {
    texts.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Where thousands of columns have parts of the same bytes, a text of its own costs each no copy.
  @Test func textsOfTheirOwnLeaveSharedBytesAlone() {
    var texts = PaddedTexts(partsOf: bytes)
    texts.append(part: 4..<7)
    texts.append(Array("four".utf8))
    let places = [bytes[4...], texts[0]].map { $0.withUnsafeBufferPointer { $0.baseAddress } }
    #expect(places[0] == places[1])
  }

  @Test func onlyWholePartsHaveAPlace() {
    bytes.withUnsafeBufferPointer { whole in
      let head = UnsafeBufferPointer(rebasing: whole[..<10])
      #expect(head.place(of: UnsafeBufferPointer(rebasing: whole[4..<10])) == 4..<10)
      #expect(head.place(of: UnsafeBufferPointer(rebasing: whole[4..<11])) == nil)
      #expect(UnsafeBufferPointer(rebasing: whole[2...]).place(of: head) == nil)
    }
  }
}
