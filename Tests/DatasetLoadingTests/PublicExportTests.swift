import ColumnStore
import Diagnostics
import Testing

@testable import DatasetLoading

/// Small imitations of public data sets and exports, with their headers and ways of writing.
@Suite struct PublicExportTests {
  @Test func readsIncidentLogs() throws {
    let loaded = try load(
      "number,incident_state,reopen_count,made_sla,caller_id,opened_at,contact_type,priority,"
        + "assignment_group,assigned_to,resolved_at,closed_at\n"
        + "INC45,New,0,true,Caller 2,29/2/2016 01:16,Phone,3 - Moderate,Group 56,?,"
        + "29/2/2016 11:29,5/3/2016 12:00\n"
        + "INC46,Closed,0,true,Caller 2,1/3/2016 01:16,Phone,2 - High,?,Resolver 6,?,"
        + "5/3/2016 12:00\n")
    #expect(loaded.table.name == "tickets")
    #expect(loaded.cells("agent") == [nil, "Resolver 6"])
    #expect(loaded.cells("team") == ["Group 56", nil])
    // 5 March, since the other columns have the day first.
    #expect(loaded.cells("closed") == ["1457179200", "1457179200"])
    #expect(loaded.report.notes.contains { $0.contains("'agent': '?' (1) read as missing") })
  }

  @Test func readsPostsOfNetworks() throws {
    let loaded = try load(
      "tweet_id,author_id,inbound,created_at,text\n"
        + "1,sprintcare,False,Tue Oct 31 22:10:47 +0000 2017,@1 I understand.\n"
        + "2,115712,True,Tue Oct 31 22:11:45 +0200 2017,and how\n")
    #expect(loaded.type("created_at") == .time)
    #expect(loaded.cells("created_at") == ["1509487847", "1509480705"])
    #expect(loaded.cells("author_id") == ["sprintcare", "115712"])
  }

  @Test func readsServiceRequests() throws {
    let loaded = try load(
      "Unique Key,Created Date,Closed Date,Agency,Complaint Type,Incident Zip,Status,Due Date,"
        + "Open Data Channel Type\n"
        + "323,12/31/2015 11:59:45 PM,01/01/2016 12:55:15 AM,NYPD,Noise,10034,Closed,"
        + "01/01/2016 07:59:45 AM,PHONE\n")
    #expect(loaded.cells("id") == ["323"] && loaded.cells("channel") == ["PHONE"])
    #expect(loaded.cells("created") == ["1451606385"])
    #expect(loaded.type("closed") == .time && loaded.cells("type") == ["Noise"])
  }

  @Test func joinsDoubledLabels() throws {
    let loaded = try load(
      "Issue key,Created,Status,Labels,Labels,Labels\n"
        + "SUP-1,14/Mar/24 3:02 PM,Done,printer,hw,\nSUP-2,02/Apr/24 11:12 AM,Open,,,mail\n")
    #expect(loaded.cells("tags") == ["hw+printer", "mail"])
    #expect(loaded.cells("created") == ["1710428520", "1712056320"])
  }

  @Test func leavesOutPreviews() throws {
    let loaded = try load(
      "RecordedDate,Status,ResponseId,NPS,Comment\n"
        + "2024-03-01 10:00,IP Address,R_1,9,fine\n2024-03-02 10:00,Survey Preview,R_2,0,test\n",
      path: "survey.csv", name: "surveys")
    #expect(loaded.cells("score") == ["9"] && loaded.cells("comment") == ["fine"])
    #expect(loaded.report.rowCount == 1)
    #expect(loaded.report.notes.contains { $0.contains("Survey Preview") })
  }

  @Test func turnsHelpScoutsRatings() throws {
    let loaded = try load(
      "number,createdAt,ratingId,ratingComments\n1,2024-03-01,1,great\n2,2024-03-02,3,bad\n"
        + "3,2024-03-02,,\n", name: "tickets")
    #expect(loaded.cells("score") == ["3", "1", nil])
    let remark = loaded.table.schema.columns.first { $0.name == "score" }?.remark
    #expect(remark?.contains("Help Scout") == true)
  }

  @Test func namesCodes() throws {
    let fresh = try load(
      "[{\"id\":1,\"created_at\":\"2024-03-01T10:00:00Z\",\"status\":2,\"priority\":4,"
        + "\"source\":1,\"responder_id\":7},{\"id\":2,\"created_at\":\"2024-03-01T11:00:00Z\","
        + "\"status\":5,\"priority\":1,\"source\":10,\"responder_id\":null}]", name: "tickets")
    #expect(fresh.cells("status") == ["open", "closed"])
    #expect(fresh.cells("priority") == ["urgent", "low"])
    #expect(fresh.cells("channel") == ["email", "outbound email"])
    // Another system's numbers stay as they are.
    let other = try load("id,created,status\n1,2024-03-01,2\n", name: "tickets")
    #expect(other.cells("status") == ["2"])
    let unknown = try load("id,created,status,responder_id\n1,2024-03-01,12,1\n", name: "tickets")
    #expect(unknown.cells("status") == ["12"])
  }
}
