import Glibc

extension TimeZoneRules {
  private static let directory = "/usr/share/zoneinfo"
  // Entries of the database's directory that are not places.
  private static let placeholders: Set = ["Factory", "localtime", "posixrules"]

  /// Reads the rules of a zone.
  ///
  /// - Parameter identifier: an IANA name (`Europe/Berlin`), `UTC`, `Z`, or an offset from UTC
  ///   (`+02:00`, `-0530`, `+2`), which needs no database.
  /// - Throws: `TimeZoneError` for a name that is not known or a file that cannot be read.
  public convenience init(identifier: String) throws(TimeZoneError) {
    switch identifier {
    case "UTC", "utc", "Z", "z":
      self.init(identifier: "UTC", fixedOffset: 0)
      return
    default: break
    }
    if let seconds = Self.fixedOffset(identifier) {
      let name = seconds == 0 ? "UTC" : CivilText.offset(Int(seconds))
      self.init(identifier: name, fixedOffset: seconds)
      return
    }
    guard Self.isPlausible(identifier),
      let bytes = Self.contents(of: "\(Self.directory)/\(identifier)")
    else { throw .unknown(identifier) }
    guard bytes.starts(with: TimeZoneFile.magic) else { throw .unknown(identifier) }
    guard let file = TimeZoneFile(bytes) else { throw .malformed(identifier) }
    self.init(identifier: identifier, file: file)
  }

  /// The names of every zone of the system's database, sorted; empty when there is none.
  public static func knownIdentifiers() -> [String] {
    var names: [String] = []
    collect(in: directory, prefix: "", depth: 0, into: &names)
    return names.sorted()
  }

  // A name is looked up as a path: nothing in it may lead out of the database's directory, and
  // its `right` tree, which counts leap seconds, is no zone of ours.
  private static func isPlausible(_ name: String) -> Bool {
    guard (1...64).contains(name.utf8.count), let first = name.utf8.first else { return false }
    guard isLetter(first), !isCopyOfTheTree(name.prefix { $0 != "/" }) else { return false }
    return name.utf8.allSatisfy { byte in
      isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
    }
  }

  private static func isCopyOfTheTree(_ name: some StringProtocol) -> Bool {
    name == "right" || name == "posix"
  }

  /// Seconds east of UTC of `+2`, `+02`, `+0200` or `+02:00`; nil for anything else.
  private static func fixedOffset(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return nil
    }
    var digits = Array(bytes.dropFirst())
    if digits.count == 5, digits[2] == UInt8(ascii: ":") { digits.remove(at: 2) }
    guard digits.count == 1 || digits.count == 2 || digits.count == 4,
      digits.allSatisfy(isDigit)
    else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    let (hours, minutes) = digits.count == 4 ? (number / 100, number % 100) : (number, 0)
    guard hours <= 23, minutes <= 59 else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func contents(of path: String, limit: Int = 1 << 18) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count < limit {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  private static func collect(
    in path: String, prefix: String, depth: Int, into names: inout [String]
  ) {
    guard depth < 4, let stream = opendir(path) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard isPlausible(name), !placeholders.contains(name) else { continue }
      var status = stat()
      let full = "\(path)/\(name)"
      guard stat(full, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        collect(in: full, prefix: "\(prefix)\(name)/", depth: depth + 1, into: &names)
      } else if contents(of: full, limit: 4)?.starts(with: TimeZoneFile.magic) == true {
        names.append(prefix + name)
      }
    }
  }
}
