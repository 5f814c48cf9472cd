import ColumnStore
import Testing

@testable import DatasetLoading

@Suite struct ExportHeaderTests {
  /// The names that a file with these headers and no rows gets.
  private func names(_ headers: String, _ path: String = "tickets.csv") throws -> [String] {
    try load(headers + "\n", path: path).table.schema.columns.map(\.name)
  }

  @Test func knowsZendesk() throws {
    #expect(
      try names(
        "Id,Requester,Subject,Status,Priority,Via,Ticket type,Created at,Solved at,Assignee,Group,"
          + "Tags,Reopens,Replies,First reply time in minutes,"
          + "First reply time in minutes within business hours,Full resolution time in minutes,"
          + "Satisfaction Score,Organization,Product area [list]")
        == [
          "id", "customer", "subject", "status", "priority", "channel", "type", "created",
          "resolved", "agent", "team", "tags", "reopens", "replies", "first_response_time",
          "first_reply_time_in_minutes_within_business_hours", "resolution_time", "score",
          "organization", "product_area",
        ])
  }

  @Test func knowsFreshdeskAndIntercom() throws {
    #expect(
      try names(
        "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,"
          + "Resolved time,Closed time,Last update time,Initial response time,Time tracked,"
          + "First response time (in hrs),Resolution time (in hrs),Agent interactions,"
          + "Customer interactions,Survey results,Tags,Full name,Company Name")
        == [
          "id", "subject", "status", "priority", "channel", "type", "agent", "team", "created",
          "due", "resolved", "closed", "updated", "first_response", "handle_time",
          "first_response_time", "resolution_time", "replies", "contacts", "score", "tags",
          "customer", "organization",
        ])
    #expect(
      try names(
        "Conversation ID,Conversation created at (America/New_York),Channel,"
          + "Teammate currently assigned,Team currently assigned,First response time (seconds),"
          + "Time to close (seconds),Handling time (seconds),Last teammate rating,"
          + "Last teammate rating remark,Resolved on first contact,Topics,"
          + "Current conversation state", "conversations.csv")
        == [
          "id", "created", "channel", "agent", "team", "first_response_time", "resolution_time",
          "handle_time", "score", "comment", "first_contact_resolved", "tags", "status",
        ])
  }

  @Test func knowsJiraSalesforceServiceNowAndGorgias() throws {
    #expect(
      try names(
        "Issue key,Summary,Issue Type,Status,Priority,Assignee,Reporter,Created,Resolved,Labels,"
          + "Custom field (Time to first response),Custom field (Satisfaction rating),"
          + "Custom field (Source),[CHART] Date of First Response", "issues.csv")
        == [
          "id", "subject", "type", "status", "priority", "agent", "customer", "created",
          "resolved", "tags", "time_to_first_response", "score", "channel", "first_response",
        ])
    #expect(
      try names(
        "Case Number,Date/Time Opened,Date/Time Closed,Case Origin,Case Owner,Account Name,"
          + "Contact Name,Case Reason,Escalated", "cases.csv")
        == [
          "id", "created", "closed", "channel", "agent", "organization", "customer", "category",
          "escalated", "resolved",
        ])
    #expect(
      try names(
        "number,opened_at,resolved_at,closed_at,contact_type,assigned_to,assignment_group,"
          + "caller_id,short_description,incident_state,reopen_count,calendar_duration",
        "incidents.csv")
        == [
          "id", "created", "resolved", "closed", "channel", "agent", "team", "customer", "subject",
          "status", "reopens", "resolution_time",
        ])
    #expect(
      try names(
        "Ticket id,Creation date,Closed date,Initial channel,Assignee name,Customer email,"
          + "Survey score,Ticket Field: Type,First response time (s),Number of agent messages")
        == [
          "id", "created", "closed", "channel", "agent", "customer", "score", "type",
          "first_response_time", "replies", "resolved",
        ])
  }

  @Test func usesTheZoneOfAHeader() throws {
    let loaded = try load(
      "Conversation ID,Conversation created at (America/New_York)\n1,2024-01-01 10:00:00\n",
      path: "conversations.csv")
    #expect(loaded.cells("created") == ["1704121200"])
    let utc = try load("id,Created at (UTC)\n1,2024-01-01 10:00:00\n", path: "tickets.csv")
    #expect(utc.cells("created") == ["1704103200"])
    let offset = try load("id,Created at (GMT+2)\n1,2024-01-01 10:00:00\n", path: "tickets.csv")
    #expect(offset.cells("created") == ["1704096000"])
  }

  @Test func readsFlags() throws {
    let loaded = try load(
      "id,VIP [flag],Answered (Y/N)\n1,1,Y\n2,0,N\n", path: "tickets.csv")
    #expect(loaded.type("vip") == .boolean && loaded.type("answered") == .boolean)
  }

  @Test func skipsTheHeadersOfSurveyTools() throws {
    let monkey = try load(
      "Respondent ID,End Date,How likely are you to recommend us?,Why?,Which?,\n"
        + ",,,Open-Ended Response,Phone,Mail\n"
        + "114,2024-01-02 10:00:00,9,\"good,\nreally\",1,0\n115,2024-01-03 10:00:00,3,,0,1\n",
      path: "survey.csv")
    #expect(monkey.table.rowCount == 2)
    #expect(monkey.cells("score") == ["9", "3"] && monkey.cells("kind") == ["nps", "nps"])
    #expect(monkey.type("responded") == .time)
    let qualtrics = try load(
      "StartDate,RecordedDate,ResponseId,NPS\nStart Date,Recorded Date,Response ID,\"How, likely?\"\n"
        + "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"recordedDate\"\"}\","
        + "\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n"
        + "2024-01-01 09:00:00,2024-01-01 09:05:00,R_1,10\n", path: "qualtrics responses.csv")
    #expect(qualtrics.table.rowCount == 1 && qualtrics.cells("score") == ["10"])
    let plain = try load("Respondent ID,NPS\n1,9\n", path: "survey.csv")
    #expect(plain.table.rowCount == 1)
  }

  @Test func tellsWhatASurveyMeasures() throws {
    #expect(try load("id,score\n1,9\n", path: "nps_survey.csv").cells("kind") == ["nps"])
    #expect(try load("id,CES\n1,5\n", path: "survey.csv").cells("kind") == ["ces"])
    #expect(try load("id,score\n1,5\n", path: "survey.csv").column("kind") == nil)
    #expect(try load("id,score,kind\n1,5,ces\n", path: "nps.csv").cells("kind") == ["ces"])
  }
}
