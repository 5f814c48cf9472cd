import Glibc

/// The script that runs at the start of every conversation: definitions, parameters and settings
/// of the user's own.
public enum StartFile {
  /// Where it is: `deskql/init.deskql` in `$XDG_CONFIG_HOME`, by default `~/.config`; nil where
  /// there is none.
  public static func path(environment: (String) -> String?) -> String? {
    let folder: String
    if let config = environment("XDG_CONFIG_HOME"), config.hasPrefix("/") {
      folder = config
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      folder = home + "/.config"
    } else {
      return nil
    }
    let path = folder + "/deskql/init.deskql"
    return access(path, F_OK) == 0 ? path : nil
  }
}
