import Diagnostics
import Testing

@testable import DatasetLoading

/// Every header that a known help desk or survey tool writes, with the known column it stands for.
@Suite struct AliasTests {
  /// Loads a file with one header beside two that make its role certain, and gives its name.
  private func name(_ header: String, _ role: String) throws -> String {
    let quoted = "\"" + header.replacing("\"", with: "\"\"") + "\""
    return try load(quoted + ",z1,z2\n", path: role + ".csv", name: role)
      .table.schema.columns[0].name
  }

  private static let tickets: [(name: String, headers: [String])] = [
    (
      "id",
      [
        "Id", "ID", "ticket_id", "Ticket ID", "display_id", "Conversation ID", "Issue key",
        "Case Number", "CaseNumber", "Case ID", "number", "sys_id", "Ticket id",
      ]
    ),
    (
      "created",
      [
        "Created at", "Created time", "created_at", "Conversation created at (America/New_York)",
        "Conversation started at (UTC)", "Ticket created (UTC)", "Created", "Date/Time Opened",
        "Created Date", "CreatedDate", "opened_at", "sys_created_on", "Creation date",
        "created_datetime", "Creada", "createdAt",
      ]
    ),
    (
      "first_response",
      [
        "Initial response time", "Conversation first replied at (UTC)", "first_admin_reply_at",
        "[CHART] Date of First Response", "Email Message Date",
      ]
    ),
    (
      "first_response_time",
      [
        "First reply time in minutes", "First response time (in hrs)",
        "First response time (seconds)", "time_to_admin_reply", "First response time (s)",
      ]
    ),
    (
      "resolved",
      [
        "Solved at", "Resolved time", "Ticket last resolved", "Resolved", "resolutiondate",
        "resolved_at",
      ]
    ),
    (
      "closed",
      [
        "Closed time", "Conversation first closed at (UTC)", "Conversation last closed at (UTC)",
        "Date/Time Closed", "ClosedDate", "closed_at", "Closed date", "closedAt",
      ]
    ),
    (
      "resolution_time",
      [
        "Full resolution time in minutes", "Resolution time (in hrs)",
        "full_resolution_time_in_minutes", "Time to close (seconds)", "time_to_last_close",
        "calendar_duration", "Resolution time (s)", "resolutionTime (s)",
      ]
    ),
    ("handle_time", ["Time tracked", "Handling time (seconds)", "handleTime"]),
    (
      "channel",
      [
        "Via", "via.channel", "Source", "Channel", "Conversation source", "Custom field (Source)",
        "Case Origin", "Origin", "contact_type", "Initial channel",
        "Last used integration type",
      ]
    ),
    (
      "agent",
      [
        "Assignee", "Agent", "responder_id", "Teammate currently assigned", "Case Owner", "OwnerId",
        "assigned_to", "Assignee name", "Assignee email",
      ]
    ),
    ("team", ["Group", "Team currently assigned", "assignment_group"]),
    (
      "customer",
      [
        "Requester", "Requester email", "Full name", "Email", "Contact ID", "User name",
        "User email", "User ID", "Reporter", "Contact Name", "ContactId", "caller_id", "contact",
        "Customer name", "Customer email",
      ]
    ),
    ("organization", ["Organization", "Company Name", "Company name", "Account Name", "account"]),
    ("subject", ["Subject", "Title", "Ticket title", "Summary", "short_description"]),
    ("type", ["Ticket type", "Type", "Issue Type", "Request Type", "Ticket Field: Type"]),
    ("category", ["Case Reason", "category"]),
    ("tags", ["Tags", "Topics", "Conversation tag", "Labels"]),
    (
      "status",
      ["Status", "Current conversation state", "state", "incident_state"]
    ),
    ("priority", ["Priority", "Conversation priority"]),
    ("reopens", ["Reopens", "count_reopens", "reopen_count"]),
    (
      "replies",
      [
        "Replies", "Agent interactions", "Replies to close a conversation",
        "Number of agent messages", "repliesToResolve",
      ]
    ),
    ("contacts", ["Customer interactions", "Number of customer messages"]),
    ("first_contact_resolved", ["Resolved on first contact"]),
    ("escalated", ["is_escalated", "fr_escalated", "Escalated", "IsEscalated", "escalation"]),
    (
      "score",
      [
        "Satisfaction Score", "Survey results", "Last teammate rating", "CX Score rating",
        "Conversation rating", "conversation_rating.rating", "Satisfaction rating",
        "Custom field (Satisfaction rating)", "Survey score", "ratingId",
      ]
    ),
    ("comment", ["Last teammate rating remark", "ratingComments"]),
    (
      "responded",
      [
        "Custom field (Satisfaction date)", "Survey replied date", "scored_datetime",
        "ratingCreatedAt",
      ]
    ),
  ]

  private static let surveys: [(name: String, headers: [String])] = [
    ("id", ["Respondent ID", "ResponseId", "response_id", "id", "#"]),
    (
      "responded",
      [
        "End Date", "date_modified", "RecordedDate", "EndDate", "created_at", "Submit Date (UTC)",
        "submitted_at",
      ]
    ),
    (
      "customer", ["Email Address", "RecipientEmail", "person", "ratingCustomerName", "Network ID"]
    ),
    ("agent", ["ratingUserName"]),
    ("kind", ["survey_type"]),
    ("score", ["score", "calculated.score", "Conversation rating", "ratingId"]),
    ("comment", ["comment", "feedback", "body_text", "ratingComments"]),
    ("ticket", ["ExternalReference", "ticket_id", "conversation_id"]),
  ]

  @Test func knowsTheHeadersOfTickets() throws {
    for (expected, headers) in AliasTests.tickets {
      for header in headers { #expect(try name(header, "tickets") == expected, "\(header)") }
    }
  }

  @Test func knowsTheHeadersOfSurveys() throws {
    for (expected, headers) in AliasTests.surveys {
      for header in headers { #expect(try name(header, "surveys") == expected, "\(header)") }
    }
  }
}
