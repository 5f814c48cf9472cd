import ArgumentParser

/// A value of an option that goes by its name.
///
/// The library would find the same names by reflection, which takes longer than a small file's load.
protocol NamedChoice: ExpressibleByArgument, CaseIterable, RawRepresentable
where RawValue == String {}

extension NamedChoice {
  /// The name, which help shows as the default.
  public var defaultValueDescription: String { rawValue }
  /// The names that may be given.
  public static var allValueStrings: [String] { allCases.map(\.rawValue) }
  /// Nothing: the names say what they mean.
  public static var allValueDescriptions: [String: String] { [:] }
}
