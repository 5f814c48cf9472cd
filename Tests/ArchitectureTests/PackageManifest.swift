import Foundation

/// The rooms and their arrows as Package.swift has them.
enum PackageManifest {
  /// What each target of Sources may import of the package and its dependencies.
  static let dependencies: [String: Set<String>] = {
    let file = SourceTree.root.appending(path: "Package.swift")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [:] }
    var found: [String: Set<String>] = [:]
    let target = /\.(?:target|executableTarget|systemLibrary)\(\s*name: "(\w+)"/
    let starts = text.matches(of: target)
    for (index, match) in starts.enumerated() {
      let rest = text[match.range.upperBound...]
      let nextTarget = index + 1 < starts.count ? starts[index + 1].range.lowerBound : text.endIndex
      let end = rest.firstRange(of: ".testTarget")?.lowerBound ?? text.endIndex
      let body = text[match.range.upperBound..<min(nextTarget, end)]
      found[String(match.1)] = Set(dependencies(in: body))
    }
    return found
  }()

  private static func dependencies(in target: Substring) -> [String] {
    guard let start = target.firstRange(of: "dependencies: [") else { return [] }
    var depth = 1
    let list = target[start.upperBound...].prefix { character in
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      return depth > 0
    }
    let products = list.matches(of: /\.product\(name: "(\w+)"/).map { String($0.1) }
    let targets = list.replacing(/\.product\([^)]*\)/, with: "").matches(of: /"(\w+)"/)
    return products + targets.map { String($0.1) }
  }
}
