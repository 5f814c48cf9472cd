// swift-tools-version: 6.1
import PackageDescription

/// The rooms of the house, in the direction of dependency; Tests/ArchitectureTests holds the
/// imports of every file against this list.
let package = Package(
  name: "DeskQL",
  products: [
    .library(name: "DeskQL", targets: ["DeskQL"]),
    .executable(name: "deskql", targets: ["CommandLineTool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "Diagnostics"),
    .target(name: "CivilTime"),
    .target(name: "Results"),
    .target(
      name: "QuerySyntax", dependencies: ["Diagnostics"],
      resources: [.embedInCode("Grammar.ebnf")]),
    .target(name: "CKernels"),
    .target(name: "ColumnStore", dependencies: ["CKernels"]),
    .target(name: "TextSearch", dependencies: ["ColumnStore", "CKernels"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "DatasetLoading",
      dependencies: [
        "ColumnStore", "CivilTime", "Diagnostics", "CKernels", "CZlib", "CZstd", "CSQLite",
      ]),
    .target(
      name: "SnapshotFile",
      dependencies: ["ColumnStore", "DatasetLoading", "Diagnostics", "CKernels"]),
    .target(
      name: "MetricCatalog", dependencies: ["QuerySyntax", "Diagnostics", "Results"],
      resources: [.embedInCode("Measures.deskql")]),
    .target(
      name: "QueryPlanning",
      dependencies: [
        "MetricCatalog", "QuerySyntax", "Diagnostics", "CivilTime", "Results", "ColumnStore",
        "TextSearch",
      ]),
    .target(
      name: "QueryExecution",
      dependencies: [
        "QueryPlanning", "QuerySyntax", "ColumnStore", "CivilTime", "Results", "Diagnostics",
        "TextSearch", "CKernels",
      ]),
    .target(name: "ResultFormatting", dependencies: ["Results"]),
    .target(
      name: "DeskQL",
      dependencies: [
        "Diagnostics", "QuerySyntax", "ColumnStore", "CivilTime", "DatasetLoading", "MetricCatalog",
        "QueryPlanning", "QueryExecution", "Results", "ResultFormatting", "SnapshotFile",
      ]),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(name: "CLineEditing", dependencies: ["CLibEdit"]),
    .target(name: "LineEditing", dependencies: ["CLineEditing"]),
    .target(name: "Interactive", dependencies: ["DeskQL", "LineEditing"]),
    .executableTarget(
      name: "CommandLineTool",
      dependencies: [
        "DeskQL", "Interactive",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "QuestionRunner", dependencies: ["DeskQL"], path: "Tests/Benchmarks/QuestionRunner"),
    .executableTarget(
      name: "MultiplySnapshot", dependencies: ["SnapshotFile", "ColumnStore", "Diagnostics"],
      path: "Tests/Benchmarks/MultiplySnapshot"),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"]),
    .testTarget(name: "QuerySyntaxTests", dependencies: ["QuerySyntax", "Diagnostics"]),
    .testTarget(name: "TextSearchTests", dependencies: ["TextSearch", "ColumnStore"]),
    .testTarget(name: "ColumnStoreTests", dependencies: ["ColumnStore", "CKernels"]),
    .testTarget(
      name: "DatasetLoadingTests",
      dependencies: ["DatasetLoading", "ColumnStore", "CivilTime", "Diagnostics", "CKernels"]),
    .testTarget(
      name: "SnapshotFileTests",
      dependencies: ["SnapshotFile", "ColumnStore", "DatasetLoading", "Diagnostics", "CKernels"]),
    .testTarget(
      name: "ResultFormattingTests", dependencies: ["ResultFormatting", "Results"],
      exclude: ["Pictures"]),
    .testTarget(name: "DeskQLTests", dependencies: ["DeskQL"], exclude: ["Mistakes", "RealFiles"]),
    .testTarget(name: "InteractiveTests", dependencies: ["Interactive", "LineEditing"]),
    .testTarget(
      name: "CommandLineToolTests", dependencies: ["CommandLineTool", "Interactive"],
      exclude: ["pty"]),
  ],
  swiftLanguageModes: [.v6]
)
