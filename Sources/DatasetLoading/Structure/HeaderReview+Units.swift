/// Records of a header that name types, units or zones.
extension HeaderReview {
  /// Whether every field names a type or a unit, if only those of some columns, as in `,,(min)`
  /// or `#,min`.
  func isUnits(_ fields: [ArraySlice<UInt8>], above figures: [Int]) -> Bool {
    let told = fields.indices.filter { !fields[$0].isEmpty && fields[$0] != [0x23] }
    return told.contains { figures.contains($0) }
      && told.allSatisfy { column in
        let text = HeaderReview.unbracketed(fields[column])
        return HeaderReview.typeNames.contains(text.lowercased())
          || HeaderReview.hint(fields[column]) != nil
      }
  }

  /// What a further record of the header says about a column's unit or zone.
  static func hint(_ field: ArraySlice<UInt8>) -> String? {
    let text = unbracketed(field)
    let header = HeaderText("x (\(text))")
    let isTold = header.unit != nil || header.clock != nil || header.zone?.rules != nil
    return isTold && text.count <= 30 ? text : nil
  }

  private static func unbracketed(_ field: ArraySlice<UInt8>) -> String {
    let text = SafeText.string(field)
    let isBracketed = text.first == "(" && text.last == ")" || text.first == "[" && text.last == "]"
    return isBracketed && text.count > 2 ? String(text.dropFirst().dropLast()) : text
  }

  static let typeNames: Set<String> = [
    "text", "string", "varchar", "char", "character", "int", "integer", "number", "numeric",
    "float", "double", "decimal", "date", "datetime", "time", "timestamp", "bool", "boolean",
    "category",
  ]
}
