import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

@Suite struct EncodingTests {
  @Test(arguments: [true, false], [true, false])
  func readsUTF16(isLittleEndian: Bool, hasMark: Bool) throws {
    let text = (hasMark ? "\u{FEFF}" : "") + "id,name\n1,Zoë 😀\n2,日本\n"
    let bytes = text.utf16.flatMap { unit in
      isLittleEndian
        ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    let mappings =
      hasMark ? [] : [(column: "encoding", header: isLittleEndian ? "utf-16le" : "UTF-16BE")]
    let loaded = try load(bytes, mappings: mappings)
    #expect(loaded.table.schema.columns.map(\.name) == ["id", "name"])
    #expect(loaded.cells("name") == ["Zoë 😀", "日本"])
  }

  @Test(
    arguments: [
      ("windows-1252", [0x80, 0x93, 0xE9], "€“é"), ("windows-1254", [0xFE, 0xDD, 0x80], "şİ€"),
      ("latin-1", [0xE9, 0xFF], "éÿ"), ("cp1251", [0xCF, 0xF0], "Пр"), ("ISO-8859-9", [0xFD], "ı"),
    ] as [(String, [UInt8], String)])
  func readsBytesWhenAsked(name: String, bytes: [UInt8], text: String) throws {
    let file = Array("id,name\n1,".utf8) + bytes + Array("\n".utf8)
    let loaded = try load(file, mappings: [("encoding", name)])
    #expect(loaded.cells("name") == [text])
    let error = failure(file)
    #expect(error?.code == "not-utf8")
    #expect(error?.message.contains("record 2, line 2, byte 10") == true)
    #expect(error?.help?.contains("encoding") == true)
  }

  @Test func refusesWhatIsNoCharacter() {
    let text: [UInt8] = [0xFF, 0xFE] + Array("a,b\n".utf8).flatMap { [$0, 0] as [UInt8] }
    let half: [UInt8] = text + [0x3D, 0xD8, 0x0A, 0]
    #expect(failure(half)?.code == "encoding")
    #expect(failure([0xFF, 0xFE, 0x61, 0, 0x62])?.code == "encoding")
    let none = Array("a,b\n".utf8) + [0x81] + Array(",1\n".utf8)
    #expect(failure(none, mappings: [("encoding", "windows-1252")])?.code == "encoding")
    let unknown = failure(none, mappings: [("encoding", "klingon")])
    #expect(unknown?.code == "load-option" && unknown?.help?.contains("windows-1254") == true)
  }

  @Test func saysWhenTheMarkWins() throws {
    let loaded = try load("\u{FEFF}id,name\n1,é\n", mappings: [("encoding", "windows-1252")])
    #expect(loaded.cells("name") == ["é"])
    #expect(loaded.report.notes.contains { $0.contains("UTF-8") })
  }
}

private func load(
  _ text: String, mappings: [(column: String, header: String)]
) throws(Diagnostic) -> LoadedDataset {
  try load(Array(text.utf8), mappings: mappings)
}
