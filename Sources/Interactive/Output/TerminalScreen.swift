import Glibc

/// What is known of the terminal behind a descriptor.
public struct TerminalScreen: Sendable {
  let descriptor: Int32
  /// Whether colours and dim type may be used; `NO_COLOR` and `TERM=dumb` forbid them.
  public let usesColor: Bool
  /// Whether only ASCII can be drawn with, as the locale says.
  public let usesASCII: Bool

  /// The terminal behind the descriptor; nil where there is none.
  public init?(descriptor: Int32) {
    guard isatty(descriptor) == 1 else { return nil }
    self.descriptor = descriptor
    let forbidsColor = environmentValue("NO_COLOR").map { !$0.isEmpty } ?? false
    usesColor = !forbidsColor && !Self.isDumb
    usesASCII = Self.isASCIILocale
  }

  /// Columns of the screen at this moment.
  public var width: Int { size.ws_col > 0 ? Int(size.ws_col) : 80 }

  /// Lines of the screen at this moment.
  public var height: Int { size.ws_row > 0 ? Int(size.ws_row) : 24 }

  private var size: winsize {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : winsize()
  }

  /// Whether a locale is named and it has no UTF-8. Where none is, the terminal is taken for one of
  /// today.
  private static var isASCIILocale: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(environmentValue)
    guard let name = names.first(where: { !$0.isEmpty })?.lowercased() else { return false }
    return !name.hasSuffix("utf-8") && !name.hasSuffix("utf8")
  }

  /// Whether the terminal cannot move its cursor.
  public static var isDumb: Bool {
    guard let name = environmentValue("TERM") else { return true }
    return name.isEmpty || name == "dumb"
  }
}

/// The value of an environment variable; nil where it is not set.
public func environmentValue(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
