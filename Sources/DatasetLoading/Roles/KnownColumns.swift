/// A column that DeskQL knows: its name, what its values must be, and the headers it goes by.
struct KnownColumn: Sendable {
  var name: String
  var expectation: Expectation
  /// Headers as help desks and survey tools write them; the likeliest first.
  var aliases: [String]

  /// What the values of a known column are.
  enum Expectation: Sendable {
    /// A name or number of a thing; it is text where a number would change it.
    case identifier
    /// A name that repeats, such as an agent's.
    case key
    case time, date, duration, number, boolean, tags
    case freeText
    /// Whatever they are.
    case any
  }

  init(_ name: String, _ expectation: Expectation, _ aliases: String...) {
    self.name = name
    self.expectation = expectation
    self.aliases = aliases
  }
}

/// The known columns of each role, with the headers of Zendesk, Freshdesk, Intercom, Jira,
/// Salesforce, ServiceNow, Gorgias, Help Scout and the survey tools.
extension KnownColumns {
  static let tickets: [KnownColumn] = [
    KnownColumn(
      "id", .identifier, "Ticket ID", "Id", "Ticket number", "Conversation ID", "Case Number",
      "Issue key", "Display ID", "Case ID", "Number", "Ticket", "Call ID", "Complaint ID", "Key",
      "Id ticket"),
    KnownColumn(
      "created", .time, "Created at", "Created time", "Created date", "Creation date",
      "Created datetime", "Date created", "Created on", "Conversation created at",
      "Conversation started at", "Ticket created", "Date/Time Opened", "Opened at", "Opened",
      "Sys created on", "Date received", "Call timestamp", "Creada", "Data abertura", "Date",
      "Call date"),
    KnownColumn(
      "first_response", .time, "First response at", "First responded at", "First reply at",
      "First replied at", "Conversation first replied at", "First admin reply at",
      "Date of First Response", "[CHART] Date of First Response", "Initial response time",
      "First response date"),
    KnownColumn(
      "resolved", .time, "Resolved at", "Resolved time", "Resolved date", "Solved at",
      "Date resolved", "Resolution date", "Ticket last resolved", "Resolution datetime"),
    KnownColumn(
      "closed", .time, "Closed at", "Closed time", "Closed date", "Date closed",
      "Date/Time Closed", "Conversation last closed at", "Conversation first closed at",
      "Data fechamento"),
    KnownColumn("due", .time, "Due at", "Due date", "Due by", "Due by time"),
    KnownColumn(
      "updated", .time, "Updated at", "Updated time", "Last updated", "Last update time",
      "Last modified", "Last modified date", "Sys updated on"),
    KnownColumn(
      "status", .key, "Ticket status", "Current conversation state", "Conversation state",
      "Incident state", "State", "Case status"),
    KnownColumn(
      "channel", .key, "Ticket channel", "Via", "Via channel", "Source", "Conversation source",
      "Case origin", "Origin", "Contact type", "Initial channel", "Submitted via"),
    KnownColumn(
      "priority", .key, "Ticket priority", "Conversation priority", "Severity", "Prioridade"),
    KnownColumn(
      "type", .key, "Ticket type", "Issue type", "Request type", "Case type", "Tipo chamado"),
    KnownColumn(
      "category", .key, "Issue category", "Ticket category", "Case reason", "Topic", "Topics"),
    KnownColumn("product", .key, "Product purchased", "Product name"),
    KnownColumn(
      "team", .key, "Group", "Group name", "Assignment group", "Team currently assigned",
      "Owner group", "Department", "Queue", "Assigned team", "Group id", "Team name"),
    KnownColumn(
      "agent", .key, "Agent name", "Assignee", "Assignee name", "Assigned to", "Responder",
      "Teammate currently assigned", "Case owner", "Owner", "Owner id", "Assignee id",
      "Responder id", "Assignee email", "Analista"),
    KnownColumn(
      "customer", .key, "Customer id", "Requester", "Requester id", "Contact id",
      "Requester email", "Customer email", "Customer name", "User id", "User email", "Reporter",
      "Contact name", "Contact", "Caller id", "Caller", "Email", "Full name", "Cliente"),
    KnownColumn(
      "organization", .key, "Organisation", "Company", "Company name", "Account",
      "Account name", "Organization name"),
    KnownColumn("country", .key, "Customer country", "Country code"),
    KnownColumn("language", .key, "Locale", "Ticket language"),
    KnownColumn("tags", .tags, "Tag", "Labels", "Ticket tags", "Conversation tag", "Topics list"),
    KnownColumn(
      "subject", .freeText, "Ticket subject", "Title", "Ticket title", "Summary",
      "Short description"),
    KnownColumn(
      "description", .freeText, "Ticket description", "Body", "Message", "Content",
      "Consumer complaint narrative"),
    KnownColumn(
      "handle_time", .duration, "Handling time", "Handle", "Time tracked", "Time spent",
      "Call duration", "Avg talk duration", "Talk time", "Time worked"),
    KnownColumn(
      "reply_time", .duration, "Reply", "Average reply time", "Average response time",
      "Avg response time", "Avg reply time"),
    KnownColumn(
      "first_response_time", .duration, "First reply time", "Time to first response",
      "First response time", "Time to admin reply", "Reply time"),
    KnownColumn(
      "resolution_time", .duration, "Full resolution time", "Time to resolution",
      "Time to close", "Time to last close", "Time to resolve", "Calendar duration",
      "Tempo resolucao"),
    KnownColumn(
      "replies", .number, "Agent replies", "Agent interactions", "Number of agent messages",
      "Replies to close a conversation", "Reply count", "Public replies"),
    KnownColumn(
      "contacts", .number, "Customer interactions", "Number of customer messages",
      "Contact count"),
    KnownColumn(
      "reopens", .number, "Reopen count", "Count reopens", "Reopened", "Reopen", "Reaberto"),
    KnownColumn("escalated", .boolean, "Is escalated", "Escalation"),
    KnownColumn(
      "first_contact_resolved", .boolean, "Resolved on first contact",
      "First contact resolution", "FCR"),
    KnownColumn("cost", .number, "Ticket cost", "Cost per contact", "Contact cost"),
    KnownColumn(
      "score", .number, "CSAT", "CSAT score", "Satisfaction score", "Satisfaction rating",
      "Customer satisfaction rating", "Customer rating", "Customer satisfaction", "Survey score",
      "Last teammate rating", "Conversation rating", "CX score rating", "Statisfaction score",
      "Survey results", "Rating", "Satisfacao cliente"),
    KnownColumn("nps_score", .number, "NPS"),
    KnownColumn("ces_score", .number, "CES", "Customer effort score", "Effort score"),
    KnownColumn(
      "responded", .time, "Responded at", "Survey replied date", "Scored datetime",
      "Rating created at", "Satisfaction date"),
    KnownColumn(
      "comment", .freeText, "Satisfaction comment", "Last teammate rating remark",
      "Rating comments", "Survey comment"),
  ]

  static let surveys: [KnownColumn] = [
    KnownColumn(
      "score", .number, "CSAT", "CSAT score", "NPS", "NPS score", "CES", "CES score", "Rating",
      "Survey score", "Satisfaction score", "Satisfaction rating", "Customer rating", "Answer",
      "Conversation rating", "Calculated score"),
    KnownColumn(
      "id", .identifier, "Survey ID", "Response ID", "Respondent ID", "Rating ID", "Score ID"),
    KnownColumn(
      "ticket", .identifier, "Ticket ID", "Conversation ID", "Case ID", "Case number",
      "Issue key", "Ticket number", "External reference"),
    KnownColumn("kind", .key, "Survey type", "Type", "Survey kind", "Survey"),
    KnownColumn(
      "responded", .time, "Responded at", "Submitted at", "Response date", "Answered at",
      "Submit date", "Recorded date", "Date modified", "Scored datetime", "End date",
      "Survey replied date", "Created at", "Created", "Updated at", "Date"),
    KnownColumn("sent", .time, "Sent at", "Survey sent at", "Surveyed at", "Sent date"),
    KnownColumn(
      "customer", .key, "Customer ID", "Customer email", "Requester", "Requester id", "Person",
      "User ID", "Recipient email", "Email address", "Contact ID", "Email", "Customer name"),
    KnownColumn(
      "agent", .key, "Agent name", "Assignee", "Assignee id", "Assigned to", "Rating user name"),
    KnownColumn("comment", .freeText, "Feedback", "Body text", "Remark", "Text", "Comments"),
  ]

  static let customers: [KnownColumn] = [
    KnownColumn(
      "id", .identifier, "Customer ID", "Customer", "Account ID", "User ID", "Contact ID"),
    KnownColumn(
      "started", .date, "Started at", "Start date", "Signup date", "Signed up at", "Created at",
      "Created", "Customer since", "Created date", "User registered date"),
    KnownColumn(
      "ended", .date, "Ended at", "End date", "Churned at", "Churn date", "Cancelled at",
      "Canceled at", "Cancellation date"),
    KnownColumn("mrr", .number, "Monthly recurring revenue", "Monthly charges", "Monthly fee"),
    KnownColumn("plan", .key, "Plan name", "Subscription", "Tier"),
    KnownColumn("segment", .key, "Customer segment"),
    KnownColumn(
      "organization", .key, "Organisation", "Company", "Company name", "Account name"),
    KnownColumn("country", .key, "Country code"),
    KnownColumn("industry", .key, "Sector"),
  ]

  static let shifts: [KnownColumn] = [
    KnownColumn("agent", .key, "Agent name", "Agent ID", "Teammate", "Employee"),
    KnownColumn("date", .date, "Shift date", "Day", "Work date"),
    KnownColumn(
      "available", .duration, "Available time", "Availability", "Logged in", "Scheduled",
      "Online"),
    KnownColumn(
      "occupied", .duration, "Occupied time", "Busy", "Busy time", "Handling time", "Worked"),
  ]
}
