import Glibc

/// Milliseconds on the wall and of all processors, up to now.
struct Clocks {
  let wall: Double
  let cpu: Double

  /// Never inlined: the count of instructions is divided at its calls.
  @inline(never)
  static func now() -> Clocks {
    Clocks(wall: milliseconds(CLOCK_MONOTONIC), cpu: milliseconds(CLOCK_PROCESS_CPUTIME_ID))
  }

  private static func milliseconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}

/// Megabytes that this process holds in memory.
struct Memory {
  let resident: Double
  /// The most it ever held.
  let peak: Double

  static func now() -> Memory {
    var kilobytes: [String: Double] = [:]
    if let file = fopen("/proc/self/status", "r") {
      var line = [CChar](repeating: 0, count: 256)
      while fgets(&line, 256, file) != nil {
        let text = String(
          decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let words = text.split { $0 == "\t" || $0 == " " || $0 == ":" }
        if words.count > 1 { kilobytes[String(words[0])] = Double(words[1]) }
      }
      fclose(file)
    }
    return Memory(
      resident: (kilobytes["VmRSS"] ?? 0) / 1024, peak: (kilobytes["VmHWM"] ?? 0) / 1024)
  }
}
