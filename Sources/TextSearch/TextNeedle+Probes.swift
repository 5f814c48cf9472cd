/// How a needle is looked for in bytes that are not folded.
extension TextNeedle {
  /// Probes, one of which occurs in every text that contains the folded needle.
  static func probes(for folded: [UInt8]) -> [ByteProbe] {
    if folded.allSatisfy({ $0 < 0x80 }) { return folded.isEmpty ? [] : asciiProbes(folded) }
    let scalars = String(decoding: folded, as: UTF8.self).unicodeScalars.map { $0.value }
    if let probe = windowProbe(scalars) { return [probe] }
    return scalars.first { $0 >= 0x80 }.map { formProbes($0) } ?? []
  }

  /// The needle in ASCII, and the two scalars outside ASCII that may stand for a part of it.
  private static func asciiProbes(_ folded: [UInt8]) -> [ByteProbe] {
    let high = folded.map { byte in byte &- 0x61 < 26 ? byte & ~0x20 : byte }
    var probes = [ByteProbe(low: folded, high: high, isExact: true)]
    if folded.contains(0x6B) {
      probes.append(ByteProbe(scalar: CaseFolding.kelvinSign, isExact: false))
    }
    // The `i` of `İ` is followed by a combining dot, so it can only be the end of the needle.
    if folded.last == 0x69 {
      probes.append(ByteProbe(scalar: CaseFolding.dottedCapitalI, isExact: false))
    }
    return probes
  }

  /// The longest run of scalars in the needle whose forms are equally long and differ by at most
  /// two values in each byte.
  private static func windowProbe(_ scalars: [UInt32]) -> ByteProbe? {
    var best: (low: [UInt8], high: [UInt8]) = ([], [])
    var current = best
    for (index, scalar) in scalars.enumerated() {
      let next = index &+ 1 < scalars.count ? scalars[index &+ 1] : CaseFolding.combiningDot
      if let forms = byteForms(of: scalar, before: next) {
        current.low += forms.low
        current.high += forms.high
        if current.low.count > best.low.count { best = current }
      } else {
        current = ([], [])
      }
    }
    return best.low.isEmpty ? nil : ByteProbe(low: best.low, high: best.high, isExact: false)
  }

  /// A probe for each form of a scalar.
  private static func formProbes(_ scalar: UInt32) -> [ByteProbe] {
    let dotted = scalar == CaseFolding.combiningDot ? [CaseFolding.dottedCapitalI] : []
    return (CaseFolding.variants(of: scalar) + dotted).map {
      ByteProbe(scalar: $0, isExact: false)
    }
  }

  /// The bytes of the forms of a scalar, nil where they are not equally long or too many.
  private static func byteForms(
    of scalar: UInt32, before next: UInt32
  ) -> (low: [UInt8], high: [UInt8])? {
    // `İ` may stand for an `i` and a dot, or for the end or the start of a needle.
    if scalar == CaseFolding.combiningDot { return nil }
    if scalar == 0x69, next == CaseFolding.combiningDot { return nil }
    var low: [UInt8] = []
    var high: [UInt8] = []
    for variant in CaseFolding.variants(of: scalar) {
      var bytes: [UInt8] = []
      CaseFolding.appendUTF8(variant, to: &bytes)
      if low.isEmpty {
        low = bytes
        high = bytes
        continue
      }
      guard bytes.count == low.count else { return nil }
      for index in bytes.indices where bytes[index] != low[index] {
        if high[index] != low[index], high[index] != bytes[index] { return nil }
        high[index] = bytes[index]
      }
    }
    return (low, high)
  }
}
