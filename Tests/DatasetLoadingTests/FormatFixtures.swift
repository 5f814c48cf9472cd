import Foundation

/// Small files of binary formats, made by other programs.
enum FormatFixtures {
  /// The text that the packed fixtures hold.
  static let text = "id,created,score\n1,2024-03-01,5\n2,2024-03-02,3\n"

  /// `text`, by Python's gzip.
  static let gzip = decoded(
    "H4sIAAAAAAACA8tM0UkuSk0sSU3RKU7OL0rlMtQxMjAy0TUw1jUw1DHlMkJwjXSMuQCusk2hLwAAAA==")

  /// `text` in two members, with zeros behind them.
  static let gzipTwoMembers = decoded(
    "H4sIAAAAAAACA8tM0UkuSk0sSU3RKU7OL0rlMtQxMjAy0QUAxX3CGxgAAAAfiwgAAAAAAAIDMzDWNTDUMeUy0j"
      + "EyMDLRNQByjXSMuQBOGfLdFwAAAAAAAAAAAAAAAAAAAAAAAAA=")

  /// `text`, by libzstd.
  static let zstd = decoded(
    "KLUv/SQveQEAaWQsY3JlYXRlZCxzY29yZQoxLDIwMjQtMDMtMDEsNQoyLDIwMjQtMDMtMDIsMwrlfNjf")

  /// A database with the tables tickets, csat_answers and audit, packed by gzip.
  static let sqlite = decoded(
    "H4sIAAAAAAACA+2UP0/CUBDA795raTAhYTEdiOZCQkJjdXFwMoKGjUVlr6/laaqVxvaIrHwMXPwcJC7GT+J3cH"
      + "KyLRDBxVUDv+H+vbt7w717l+fdkDVdx8m9YjoEAYjQIgLITAADvpE/fITfEXAQYCUvxirgMx5n6k+zJ0u2beMR"
      + "Kz/SatgPuRDG2UWn3etQr33a7VARao6cK2HZjQaOZZEdpIo9NUgfdZIu23KldvmkyWFwp9kL+xQOWN/oxKU0iB"
      + "O9cB0PLbtWw/F2ccMsPZ0rsdJ3Hmyu9Br6tzpgYj1il4I4ZUq0ilzyo9gvhDObzRTwHV8zteG/UJJmvoByV5il"
      + "mlUFmu3k28tWFA50a7GouINmed8CRfWHYcy6X3eL53AyneQ85fMX+AH4mYkNa4EhJJalgbKMZgXmP/2GteQLs3"
      + "Bt8wAIAAA=")

  private static func decoded(_ text: String) -> [UInt8] {
    Data(base64Encoded: text).map { [UInt8]($0) } ?? []
  }
}
