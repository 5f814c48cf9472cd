import CKernels
import ColumnStore
import Testing

/// More rows than a byte can count vectors of, so that each kernel has to carry on.
private let placeSizes = oddSizes + [64 * 255 + 1, 64 * 300 + 17]

@Suite("Place kernels")
struct PlaceKernelTests {
  @Test(arguments: placeSizes)
  func codesOfABlock(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 31)
    let bytes = random.values(count, in: UInt8(200)...206)
    let words = random.values(count, in: UInt16(60_000)...60_004)
    let longs = random.values(count, in: UInt32(3_000_000_000)...3_000_000_006)
    var (low, high): (UInt32, UInt32) = (0, 0)
    if count > 0 {
      dq_code_bounds_u8(bytes, count, &low, &high)
      #expect([low, high] == [UInt32(bytes.min() ?? 0), UInt32(bytes.max() ?? 0)])
      dq_code_bounds_u16(words, count, &low, &high)
      #expect([low, high] == [UInt32(words.min() ?? 0), UInt32(words.max() ?? 0)])
      dq_code_bounds_u32(longs, count, &low, &high)
      #expect([low, high] == [longs.min() ?? 0, longs.max() ?? 0])
    }
    var places = [UInt8](repeating: 0, count: count)
    dq_places_codes_u8(bytes, count, 200, 7, &places)
    dq_places_codes_u16(words, count, 60_000, 5, &places)
    dq_places_codes_u32(longs, count, 3_000_000_000, 7, &places)
    let wanted = (0..<count).map { row in
      (Int(bytes[row]) - 200) * 35 + (Int(words[row]) - 60_000) * 7
        + Int(longs[row]) - 3_000_000_000
    }
    #expect(places.map(Int.init) == wanted)
  }

  @Test(arguments: placeSizes)
  func valuesBitsAndMasks(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 32)
    let groups = random.values(count, in: UInt8(0)...12)
    let values = random.values(count, in: Int8(-128)...(-120))
    let (bits, taken) = (
      (0..<count).map { _ in Bool.random(using: &random) }, groups.map { $0 > 3 }
    )
    var places = groups
    dq_places_codes_u8(values.map(UInt8.init(bitPattern:)), count, 128, 9, &places)
    #expect(places.map(Int.init) == (0..<count).map { Int(groups[$0]) * 9 + Int(values[$0]) + 128 })
    let masks = [bits, taken].map { Bitmap($0) }
    withExtendedLifetime(masks) {
      dq_places_bits(masks[0].words, count, &places)
      dq_places_within(masks[1].words, count, &places)
    }
    #expect(
      places.map(Int.init)
        == (0..<count).map { row in
          guard taken[row] else { return Int(DQ_NO_PLACE) }
          let place = (Int(groups[row]) * 9 + Int(values[row]) + 128) * 2 + (bits[row] ? 1 : 0)
          return place & 0xFF
        })
  }

  @Test(arguments: placeSizes, [1, 7, 8, 16, 17, 64, 255])
  func countsByPlace(count: Int, placeCount: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 33)
    var places = random.values(count, in: UInt8(0)...UInt8(placeCount - 1))
    // One place takes nearly all rows, as in a file that is in order.
    for row in places.indices where row % 300 > 20 { places[row] = UInt8(placeCount - 1) }
    for row in places.indices where row % 7 == 3 { places[row] = UInt8(DQ_NO_PLACE) }
    var counts = [UInt32](repeating: 3, count: placeCount)
    dq_count_places(places, count, placeCount, &counts)
    var wanted = [UInt32](repeating: 3, count: placeCount)
    for place in places where place != UInt8(DQ_NO_PLACE) { wanted[Int(place)] += 1 }
    #expect(counts == wanted)
  }
}
