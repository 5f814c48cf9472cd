import ColumnStore
import Testing

@testable import DatasetLoading

/// More imitations: what other help desks, cities and telephone systems write.
@Suite struct HelpDeskExportTests {
  private func known(_ header: String, _ row: String) throws -> [String: String] {
    let loaded = try load(header + "\n" + row + "\n", path: "export.csv")
    var names = ["dataset": loaded.table.name]
    for column in loaded.table.schema.columns { names[column.header] = column.name }
    return names
  }

  @Test func knowsHubSpotAndZoho() throws {
    let hubSpot = try known(
      "Ticket ID,Ticket name,Ticket status,Create date,Ticket owner,Source,Close date,"
        + "Time to close (HH:mm:ss),Time to first agent email reply (HH:mm:ss),Associated Contact",
      "3001,x,New,2024-03-01 10:00,Ann,Chat,2024-03-02 16:00,30:00:00,0:12:30,Jo")
    #expect(hubSpot["dataset"] == "tickets" && hubSpot["Create date"] == "created")
    #expect(hubSpot["Ticket owner"] == "agent" && hubSpot["Associated Contact"] == "customer")
    #expect(hubSpot["Time to first agent email reply (HH:mm:ss)"] == "first_response_time")
    let zoho = try known(
      "Ticket Id,Status (Ticket),Created Time (Ticket),Ticket Closed Time,Ticket Owner,"
        + "Happiness Rating",
      "40001,Open,15 Mar 2024 10:00 AM,16 Mar 2024 10:00 AM,Ann,Good")
    #expect(zoho["Created Time (Ticket)"] == "created" && zoho["Ticket Closed Time"] == "closed")
    #expect(zoho["Ticket Owner"] == "agent" && zoho["Happiness Rating"] == "score")
  }

  @Test func knowsServiceRequestsOfCities() throws {
    let boston = try known(
      "case_enquiry_id,open_dt,sla_target_dt,closed_dt,case_status,case_title,source",
      "101005,2024-01-03 09:15:00,2024-01-04 09:15:00,2024-01-03 12:15:00,Closed,Pothole,App")
    #expect(boston["dataset"] == "tickets" && boston["open_dt"] == "created")
    #expect(boston["closed_dt"] == "closed" && boston["sla_target_dt"] == "due")
    let chicago = try load(
      "SR_NUMBER,STATUS,ORIGIN,CREATED_DATE,CREATED_HOUR,CREATED_DAY_OF_WEEK\n"
        + "SR18-1,Open,Phone Call,01/13/2024 09:15:00 AM,9,7\n", path: "311.csv")
    #expect(chicago.table.name == "tickets" && chicago.cells("id") == ["SR18-1"])
    // An hour of the day and a day of the week are no lengths of time.
    #expect(chicago.type("created_hour") == .number)
    #expect(chicago.type("created_day_of_week") == .number)
  }

  @Test func readsHoursWithDecimalCommas() throws {
    let loaded = try load(
      "Incident ID;Status;Open Time;Handle Time (Hours)\n"
        + "IM1;Closed;5-2-2012 13:32;1,5\nIM2;Closed;14-2-2012 13:32;0,25\nIM3;Open;3-3-2012 8:00;2\n"
    )
    #expect(loaded.type("handle_time") == .duration)
    #expect(loaded.cells("handle_time") == ["5400.0", "900.0", "7200.0"])
    let long = try load(
      "id;created;status;handle hours\n1;2024-01-01;a;1,123456789012345678\n2;2024-01-02;a;0,5\n")
    #expect(long.cells("handle_time").last == "1800.0")
  }

  @Test func saysThatTicketsHaveSeveralRows() throws {
    let log = "number,incident_state,opened_at\nINC1,New,2024-01-01\nINC1,Closed,2024-01-02\n"
    let note = "1 row has the id of an earlier row; each row counts as a ticket"
    #expect(try load(log, path: "log.csv").report.notes.contains(note))
    let numbers =
      "id,status,created\n7,a,2024-01-01\n8,b,2024-01-02\n,c,2024-01-03\n,d,2024-01-04\n"
    #expect(!(try load(numbers, path: "log.csv").report.notes.joined().contains("earlier")))
  }

  @Test func readsCalls() throws {
    let loaded = try load(
      "call id,date (TZ offset incl.),datetime (UTC),from,via,user\n"
        + "9,2024-03-01,2024-03-01 10:00:00,+33123456789,call,Ann\n"
        + "10,2024-03-02,2024-03-02 10:00:00,+4915112345678,call,Ann\n", name: "tickets")
    #expect(loaded.cells("created") == ["1709287200", "1709373600"])
    #expect(loaded.cells("from") == ["+33123456789", "+4915112345678"])
  }

  @Test func findsTheScoreOfForms() throws {
    let form = try load(
      "Timestamp,How likely are you to recommend us to a friend?,Any comments?\n"
        + "2024/03/15 10:12:33 AM GMT+1,9,ok\n2024/03/16 1:12:33 PM GMT+1,3,no\n")
    #expect(form.table.name == "surveys" && form.cells("score") == ["9", "3"])
    #expect(form.cells("responded") == ["1710493953", "1710591153"])
    let typeform = try load(
      "#,\"How likely is it that you would recommend us?\",Submit Date (UTC),Network ID\n"
        + "a1,9,2024-03-15 10:00:00,n1\na2,4,2024-03-16 10:00:00,n2\n")
    #expect(typeform.table.name == "surveys" && typeform.cells("score") == ["9", "4"])
    #expect(typeform.cells("id") == ["a1", "a2"] && typeform.cells("customer") == ["n1", "n2"])
    let other = try load("user_id,text,FF_Score\n1,a,4\n2,b,5\n", name: "surveys")
    #expect(other.cells("score") == ["4", "5"])
  }

  @Test func readsTagsInBrackets() throws {
    let head = "id,created,status,tags\n"
    let quoted = try load(
      head + "1,2024-01-01,a,\"[\"\"vip\"\",\"\"re\\u00e9l, x\"\"]\"\n2,2024-01-02,a,[]\n")
    #expect(quoted.cells("tags") == ["reél, x+vip", nil])
    let bare = try load(head + "1,2024-01-01,a,\"{vip,refund}\"\n2,2024-01-02,a,{}\n")
    #expect(bare.cells("tags") == ["refund+vip", nil])
    let python = try load(head + "1,2024-01-01,a,\"['a', 'b c']\"\n2,2024-01-02,a,['a']\n")
    #expect(python.cells("tags") == ["a+b c", "a"])
    for end in [("[", "]"), ("", "")] {
      let named = try load(
        end.0
          + "{\"id\":1,\"created\":\"2024-01-01\",\"tags\":[{\"id\":4,\"name\":\"a\"},{\"name\":\"b\"}]}"
          + (end.0.isEmpty ? "\n" : ",")
          + "{\"id\":2,\"created\":\"2024-01-02\",\"tags\":[]}" + end.1, name: "tickets")
      #expect(named.cells("tags") == ["a+b", nil])
      #expect(!named.report.notes.contains { $0.contains("JSON text") }, "\(named.report.notes)")
    }
  }

  @Test func readsTagsBetweenBlanks() throws {
    let told = try load(
      "id,created,status,tags\n1,2024-01-01,a,vip urgent\n2,2024-01-01,a,vip\n"
        + "3,2024-01-01,a,urgent\n")
    #expect(told.cells("tags") == ["urgent+vip", "vip", "urgent"])
    let zendesk = try load(
      "Id,Created at,Status,Tags,Group stations\n1,2024-01-01,a,vip urgent,1\n")
    #expect(zendesk.cells("tags") == ["urgent+vip"])
    let other = try load(
      "id,created,status,tags\n1,2024-01-01,a,Billing issue\n2,2024-01-01,a,Bug\n")
    #expect(other.cells("tags") == ["Billing issue", "Bug"])
  }

  @Test func idsKeepWhatTheySay() throws {
    #expect(try load("id,v\n1.10,1\n1.1,2\n").cells("id") == ["1.10", "1.1"])
    #expect(try load("id,v\n7.0,1\n8.0,2\n").cells("id") == ["7", "8"])
    let agents = try load("id,created,status,agent\n1,2024-01-01,a,1.10\n2,2024-01-01,a,1.1\n")
    #expect(agents.cells("agent") == ["1.10", "1.1"])
    #expect(try load("account,v\n1e5,1\n2,2\n").cells("account") == ["1e5", "2"])
  }

  @Test func knowsTheObjectsOfInterfaces() throws {
    let jira = try load(
      "{\"issues\":[{\"key\":\"A-1\",\"fields\":{\"created\":\"2024-03-15T10:00:00.000+0100\","
        + "\"resolutiondate\":\"2024-03-15T12:00:00.000+0100\",\"status\":{\"name\":\"Done\"},"
        + "\"issuetype\":{\"name\":\"Bug\"},\"assignee\":{\"displayName\":\"Ann\"}}}]}")
    #expect(jira.table.name == "tickets")
    #expect(
      jira.table.schema.columns.map(\.name)
        == ["id", "created", "resolved", "status", "type", "agent"])
    let intercom = try load(
      "{\"id\":1,\"created_at\":1710000000,\"state\":\"open\",\"statistics\":"
        + "{\"time_to_admin_reply\":60,\"count_reopens\":1,\"last_close_at\":1710003600}}\n"
        + "{\"id\":2,\"created_at\":1710000000,\"state\":\"open\"}\n")
    #expect(intercom.cells("first_response_time") == ["60", nil])
    #expect(intercom.cells("reopens") == ["1", nil] && intercom.type("closed") == .time)
    let freshdesk = try load(
      "[{\"id\":1,\"created_at\":\"2024-01-01\",\"status\":2,\"stats\":{\"resolved_at\":\"2024-01-02\"}}]"
    )
    #expect(freshdesk.type("resolved") == .date)
  }

  @Test func knowsTheChannelOfHelpScout() throws {
    let told = try known(
      "number,type,createdAt,closedAt,source", "1,email,2024-01-01,2024-01-02,customer")
    #expect(told["type"] == "channel" && told["source"] == "source")
    let other = try known("number,type,created,status,source", "1,question,2024-01-01,open,web")
    #expect(other["type"] == "type" && other["source"] == "channel")
  }

  /// Salesforce has no other end of a case than its closing.
  @Test func closedTicketsAreResolved() throws {
    let text =
      "Case Number,Date/Time Opened,Date/Time Closed,Status\n1,2024-01-01,2024-01-03,Closed\n"
    for wanted in [nil, ["created", "resolved"]] as [Set<String>?] {
      let loaded = try load(text, wanted: wanted)
      #expect(loaded.cells("resolved") == loaded.cells("closed"))
      #expect(loaded.report.notes.contains { $0.contains("'resolved' is read from") })
    }
    let both = try load("id,created,closed,resolved\n1,2024-01-01,2024-01-05,2024-01-02\n")
    #expect(both.cells("resolved") != both.cells("closed"))
    let ready = try load("id,created,closed,Resolution time (s)\n1,2024-01-01,2024-01-05,60\n")
    #expect(ready.column("resolved") == nil && ready.cells("resolution_time") == ["60"])
  }

  @Test func knowsSurveysInWords() throws {
    let typeform = try known(
      "#,How likely are you to recommend us?,ticket_id,Submit Date (UTC),Network ID",
      "abc,9,1001,2024-03-15 10:01:00,aa11")
    #expect(typeform["#"] == "id" && typeform["Network ID"] == "customer")
    let monkey = try known(
      "Respondent ID,End Date,How satisfied are you with our support?",
      "114,03/15/2024 10:05:00 AM,Very satisfied")
    #expect(monkey["How satisfied are you with our support?"] == "score")
  }
}
