import ResultFormatting
import Testing

@Suite("Every format of one result")
struct GoldenFormatTests {
  @Test func table() {
    #expect(
      text(sample, .table) == """
        csat by channel
        ┌─────────┬───────────────────┬────────┬─────────┐
        │ channel │              csat │    frt │ tickets │
        ├─────────┼───────────────────┼────────┼─────────┤
        │ email   │  84.2%  81.0–87.1 │ 2h 14m │   1,204 │
        │ a, "b"  │ 100.0%            │    45s │       7 │
        │ (none)  │      –            │  3d 4h │       0 │
        ├─────────┼───────────────────┼────────┼─────────┤
        │ (total) │  <0.1%            │   4.5s │   1,211 │
        └─────────┴───────────────────┴────────┴─────────┘
        Only 12 of 340 tickets were rated.

        """)
  }

  @Test func tableInASCII() {
    let lines = text(sample, .table, ascii: true).split(separator: "\n")
    #expect(lines[1] == "+---------+----------------------+--------+---------+")
    #expect(lines[2] == "| channel |                 csat |    frt | tickets |")
    #expect(lines[4] == "| email   |  84.2%  81.0 to 87.1 | 2h 14m |   1,204 |")
    #expect(lines[6] == "| (none)  |      -               |  3d 4h |       0 |")
    #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  @Test func tableOnATerminalShowsIntervals() {
    let plain = text(sample, .table, terminal: .init(width: 80))
    #expect(plain.contains("│  84.2%  81.0–87.1 │"))
    #expect(plain.contains("│ 100.0%            │"))
    let colored = text(sample, .table, terminal: .init(width: 80, usesColor: true))
    #expect(colored.contains("84.2%  \u{1B}[2m81.0–87.1\u{1B}[0m"))
    #expect(colored.hasPrefix("\u{1B}[1mcsat by channel\u{1B}[0m\n"))
  }

  @Test func csv() {
    #expect(
      text(sample, .csv) == #"""
        channel,csat,frt,tickets
        email,84.21052631578948,8040,1204
        "a, ""b""",100,45,7
        ,,273600,0
        (total),0.01,4.5,1211

        """#)
  }

  @Test func csvQuotesWhatReadersTakeForStructure() {
    let table = column([.text("a\rb"), .text("a\nb"), .text(""), .text(" a;b ")])
    #expect(text(table, .csv) == "x\n\"a\rb\"\n\"a\nb\"\n\"\"\n a;b \n")
  }

  @Test func tsv() {
    let table = column([.text("a\tb\nc\\d\re"), .missing, .text("")])
    #expect(text(table, .tsv) == "x\na\\tb\\nc\\\\d\\re\n\n\n")
  }

  @Test func json() {
    #expect(
      text(sample, .json) == """
        {"title":"csat by channel","columns":[
        {"name":"channel","type":"text","unit":"text","better":"none","role":"key"},
        {"name":"csat","type":"number","unit":"percent","better":"higher","role":"measure"},
        {"name":"frt","type":"duration","unit":"duration","better":"lower","role":"measure"},
        {"name":"tickets","type":"number","unit":"count","better":"none","role":"measure"}],"rows":[
        {"channel":"email","csat":84.21052631578948,"frt":8040,"tickets":1204},
        {"channel":"a, \\"b\\"","csat":100,"frt":45,"tickets":7},
        {"channel":null,"csat":null,"frt":273600,"tickets":0},
        {"channel":"(total)","csat":0.01,"frt":4.5,"tickets":1211}],"notes":["Only 12 of 340 \
        tickets were rated."]}

        """)
  }

  @Test func jsonl() {
    let table = ResultTable(columns: [
      ResultColumn(
        name: "tags", unit: .text, role: .key, values: [.list(["a", "b\n"]), .list([]), .missing]),
      ResultColumn(
        name: "ok", unit: .boolean, role: .key, values: [.boolean(true), .boolean(false), .missing]
      ),
    ])
    #expect(
      text(table, .jsonl) == """
        {"tags":["a","b\\n"],"ok":true}
        {"tags":[],"ok":false}
        {"tags":null,"ok":null}

        """)
    #expect(text(table, .csv) == "tags,ok\n\"a;b\n\",true\n,false\n,\n")
  }

  @Test func markdown() {
    let table = column([.text("a|b\\c"), .text("<b>*x*</b>")], role: .key, name: "p90_frt")
    #expect(
      text(table, .markdown) == """
        | p90_frt |
        | --- |
        | a\\|b\\\\c |
        | \\<b>\\*x\\*\\</b> |

        """)
    #expect(text(sample, .markdown).hasPrefix("**csat by channel**\n\n| channel | csat | frt |"))
    #expect(text(sample, .markdown).contains("| --- | ---: | ---: | ---: |\n"))
  }

  @Test func html() {
    let table = column([.text("<script>'\"&")], name: "a<b")
    #expect(
      text(table, .html) == """
        <table>
        <thead>
        <tr><th scope="col">a&lt;b</th></tr>
        </thead>
        <tbody>
        <tr><td class="text">&lt;script&gt;&#39;&quot;&amp;</td></tr>
        </tbody>
        </table>

        """)
  }

  @Test func vertical() {
    #expect(
      text(sample, .vertical).hasPrefix(
        """
        csat by channel

        channel: email
        csat:    84.2%  81.0–87.1
        frt:     2h 14m
        tickets: 1,204

        channel: a, "b"

        """))
  }

  @Test(arguments: OutputFormat.allCases)
  func noRows(format: OutputFormat) {
    let table = ResultTable(columns: [
      ResultColumn(name: "channel", unit: .text, role: .key, values: [])
    ])
    let expected: [OutputFormat: String] = [
      .csv: "channel\n", .tsv: "channel\n", .jsonl: "", .vertical: "",
      .markdown: "| channel |\n| --- |\n",
    ]
    let written = text(table, format)
    if let answer = expected[format] { #expect(written == answer) }
    if format == .json { #expect(written.contains("\"rows\":[],")) }
  }

  @Test func columnsOfOneNameAreToldApart() {
    let table = ResultTable(columns: [
      ResultColumn(name: "channel", unit: .text, role: .key, values: [.text("chat")]),
      ResultColumn(name: "channel", unit: .count, role: .measure, values: [.integer(1)]),
      ResultColumn(name: "channel (2)", unit: .count, role: .measure, values: [.integer(2)]),
    ])
    #expect(
      text(table, .jsonl)
        == "{\"channel\":\"chat\",\"channel (2)\":1,\"channel (2) (2)\":2}\n")
  }

  @Test func aLongTitleKeepsItsEnd() {
    var table = sample
    table.title = "csat by " + (0..<60).map { "key\($0)" }.joined(separator: ", ") + " in 2024-03"
    let lines = text(table, .table, terminal: FormatOptions.Terminal(width: 40))
      .split(separator: "\n")
    #expect(lines[2].hasSuffix("…") && lines[3].hasSuffix("in 2024-03"))
    #expect(lines[..<4].allSatisfy { $0.count <= 40 })
  }
}
