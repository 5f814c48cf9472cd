import Glibc

/// What is known of the terminal behind a descriptor.
public struct TerminalScreen: Sendable {
  let descriptor: Int32
  /// Whether colours and dim type may be used; `NO_COLOR` and `TERM=dumb` forbid them.
  public let usesColor: Bool

  /// The terminal behind the descriptor; nil where there is none.
  public init?(descriptor: Int32) {
    guard isatty(descriptor) == 1 else { return nil }
    self.descriptor = descriptor
    let forbidsColor = environmentValue("NO_COLOR").map { !$0.isEmpty } ?? false
    usesColor = !forbidsColor && !Self.isDumb
  }

  /// Columns of the screen at this moment.
  public var width: Int {
    var size = winsize()
    let hasSize = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
    return hasSize && size.ws_col > 0 ? Int(size.ws_col) : 80
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
