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
    /// A rating, as a number or in words.
    case score
    /// A clock time without its day.
    case dayClock
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
      "Id ticket", "Incident ID", "Unique key", "Incident number", "Case", "Call number", "Sys ID",
      "ID chamado", "SR number", "Service request number", "Service request ID",
      "Case enquiry ID", "Conversation number", "Unique ID", "Request ID", "Request number",
      "Ticketnummer"),
    KnownColumn(
      "created", .time, "Created at", "Created time", "Created date", "Creation date",
      "Created datetime", "Date created", "Created on", "Conversation created at",
      "Conversation started at", "Ticket created", "Ticket created at", "Date/Time Opened",
      "Opened at", "Opened", "Date opened", "Opened date", "Open date", "Open time",
      "Sys created on", "Date received", "Received at", "Submitted at", "Call timestamp",
      "Call start", "Call start time", "Creada", "Creado", "Fecha de creación", "Data abertura",
      "Data de abertura", "Data criacao", "Erstellt", "Erstellt am", "Date de création",
      "Create date", "Open dt", "Issue reported at", "Reported at", "Reported date", "Reported on",
      "Date reported", "Creation time", "Request date", "Requested at", "Date logged", "Logged at",
      "Datetime", "Date", "Call date", "Timestamp", "Start time"),
    KnownColumn(
      "first_response", .time, "First response at", "First responded at", "First reply at",
      "First replied at", "Conversation first replied at", "First admin reply at",
      "Date of First Response", "Initial response time", "First response date",
      "First response datetime", "First public comment at", "Email message date",
      "Issue responded", "Issue responded at",
      "Time to first response"),
    KnownColumn(
      "resolved", .time, "Resolved at", "Resolved time", "Resolved date", "Solved at",
      "Date resolved", "Resolution date", "Ticket last resolved", "Resolution datetime",
      "Resolved on", "Solved", "Date solved", "Resuelta", "Data resolucao", "Gelöst am",
      "Resolved dt",
      "Time to resolution", "Resolution time"),
    KnownColumn(
      "closed", .time, "Closed at", "Closed time", "Closed date", "Date closed",
      "Closed on", "Close date", "Close time", "Date/Time Closed", "Conversation last closed at",
      "Conversation first closed at", "Data fechamento", "Data de fechamento", "Closed dt",
      "Ticket closed time", "Ticket closed date", "Last close at"),
    KnownColumn(
      "due", .time, "Due at", "Due date", "Due by", "Due by time", "SLA target dt", "Target dt"),
    KnownColumn(
      "updated", .time, "Updated at", "Updated time", "Last updated", "Last update time",
      "Last modified", "Last modified date", "Sys updated on", "Actualizada"),
    KnownColumn(
      "status", .key, "Ticket status", "Current conversation state", "Conversation state",
      "Incident state", "State", "Case status", "Estado", "Situacao"),
    KnownColumn(
      "channel", .key, "Ticket channel", "Via", "Via channel", "Source", "Conversation source",
      "Case origin", "Origin", "Contact type", "Initial channel", "Submitted via",
      "Last used integration type", "Contact channel", "Open data channel type", "Canal",
      "Kanal", "Contact method", "Source type"),
    KnownColumn(
      "priority", .key, "Ticket priority", "Conversation priority", "Priority name", "Severity",
      "Urgency",
      "Prioridade", "Prioridad", "Priorität", "Priorité"),
    KnownColumn(
      "type", .key, "Ticket type", "Issue type", "Request type", "Case type", "Complaint type",
      "Tipo chamado",
      "Tipo de incidencia", "Tipo", "Issue type name"),
    KnownColumn(
      "category", .key, "Issue category", "Ticket category", "Case reason", "Topic", "Categoria"),
    KnownColumn("product", .key, "Product purchased", "Product name", "Produto", "Producto"),
    KnownColumn(
      "team", .key, "Group", "Group name", "Assignment group", "Team currently assigned",
      "Owner group", "Department", "Queue", "Assigned team", "Assigned group", "Group id",
      "Support team", "Equipe", "Agent group", "Support group", "Owner department"),
    KnownColumn(
      "agent", .key, "Agent name", "Assignee", "Assignee name", "Assigned to", "Responder",
      "Teammate currently assigned", "Case owner", "Owner", "Owner id", "Assignee id",
      "Responder id", "Assignee email", "Analista", "Persona asignada", "Agente",
      "Bearbeiter", "Support agent", "Ticket owner", "Assigned agent", "Handled by",
      "Assignee display name", "Admin assignee ID"),
    KnownColumn(
      "customer", .key, "Customer id", "Requester", "Requester id", "Contact id",
      "Requester email", "Customer email", "Customer name", "User id", "User email", "Reporter",
      "Contact name", "Contact", "Caller id", "Caller", "Email", "Full name", "Cliente",
      "User name", "Informador", "Kunde", "Associated contact", "Reporter display name"),
    KnownColumn(
      "organization", .key, "Organisation", "Company", "Company name", "Account",
      "Account name", "Organisation name", "Empresa", "Associated company"),
    KnownColumn("country", .key, "Customer country", "Country code"),
    KnownColumn("language", .key, "Locale", "Ticket language"),
    KnownColumn(
      "tags", .tags, "Tag", "Labels", "Ticket tags", "Conversation tag", "Conversation tags",
      "Topics", "Etiquetas"),
    KnownColumn(
      "subject", .freeText, "Ticket subject", "Title", "Ticket title", "Summary",
      "Short description", "Resumen", "Assunto", "Betreff", "Ticket name", "Case title"),
    KnownColumn(
      "description", .freeText, "Ticket description", "Body", "Message", "Content",
      "Consumer complaint narrative"),
    KnownColumn(
      "handle_time", .duration, "Handling time", "Average handling time",
      "Average handle time", "Time tracked", "Time spent", "Call duration",
      "Avg talk duration", "Talk duration", "Talk time", "Time worked", "AHT",
      "Total handle", "Total handle time", "Connected handling time"),
    KnownColumn(
      "reply_time", .duration, "Reply", "Average reply time", "Average response time",
      "Avg response time", "Avg reply time"),
    KnownColumn(
      "first_response_time", .duration, "First reply time", "Time to first response",
      "Time to first reply", "Time to admin reply", "Speed of answer",
      "Average speed of answer", "Reply time", "FRT", "ASA", "Time to first agent reply",
      "Time to first agent email reply"),
    KnownColumn(
      "resolution_time", .duration, "Full resolution time", "Time to resolution",
      "Time to close", "Time to last close", "Time to resolve", "Calendar duration",
      "Resolution duration", "Tempo resolucao", "Tempo de resolucao"),
    KnownColumn(
      "replies", .number, "Agent replies", "Agent interactions", "Number of agent messages",
      "Replies to close a conversation", "Replies to resolve", "Reply count", "Public replies"),
    KnownColumn(
      "contacts", .number, "Customer interactions", "Number of customer messages",
      "Contact count"),
    KnownColumn(
      "reopens", .number, "Reopen count", "Count reopens", "Times reopened", "Reopened",
      "Is reopened",
      "Reopen", "Reaberto"),
    KnownColumn(
      "escalated", .boolean, "Is escalated", "Escalation", "Escalated flag", "Fr escalated"),
    KnownColumn(
      "first_contact_resolved", .boolean, "Resolved on first contact",
      "First contact resolution", "First call resolution", "FCR",
      "Resolved on first response"),
    KnownColumn("cost", .number, "Ticket cost", "Cost per contact", "Contact cost"),
    KnownColumn(
      "score", .score, "CSAT", "CSAT score", "CSAT rating", "Satisfaction score",
      "Satisfaction rating", "Satisfaction rating score", "Customer satisfaction rating",
      "Customer satisfaction score", "Customer rating", "Customer satisfaction", "Survey score",
      "Last teammate rating", "Conversation rating rating", "Conversation rating",
      "CX score rating", "Statisfaction score", "Survey results", "Rating", "Satisfaction",
      "Satisfacao cliente", "Satisfacao", "Feedback score", "Rating ID",
      "Happiness rating", "Bewertung"),
    KnownColumn("nps_score", .score, "NPS", "NPS rating"),
    KnownColumn("ces_score", .score, "CES", "Customer effort score", "Effort score"),
    KnownColumn(
      "responded", .time, "Responded at", "Survey replied date", "Scored datetime",
      "Rating created at", "Satisfaction date", "Survey date", "Survey response date"),
    KnownColumn(
      "comment", .freeText, "Satisfaction comment", "Last teammate rating remark",
      "Rating comments", "Survey comment", "Satisfaction rating comment", "Customer comment"),
  ]

  static let surveys: [KnownColumn] = [
    KnownColumn(
      "score", .score, "CSAT", "CSAT score", "NPS", "NPS score", "CES", "CES score", "Rating",
      "Survey score", "Satisfaction score", "Satisfaction rating", "Customer rating", "Answer",
      "Conversation rating", "Calculated score", "Rating ID", "Bewertung"),
    KnownColumn(
      "id", .identifier, "Survey ID", "Response ID", "Respondent ID", "Score ID", "#"),
    KnownColumn(
      "ticket", .identifier, "Ticket ID", "Conversation ID", "Case ID", "Case number",
      "Issue key", "Ticket number", "External reference"),
    KnownColumn("kind", .key, "Survey type", "Type", "Survey kind", "Survey"),
    KnownColumn(
      "responded", .time, "Responded at", "Submitted at", "Response date", "Answered at",
      "Submit date", "Recorded date", "Date modified", "Scored datetime", "End date",
      "Survey replied date", "Date created", "Rating created at", "Created at", "Created",
      "Updated at", "Survey date", "Date", "Timestamp", "Zeitstempel",
      "Marca temporal", "Horodateur"),
    KnownColumn("sent", .time, "Sent at", "Survey sent at", "Surveyed at", "Sent date"),
    KnownColumn(
      "customer", .key, "Customer ID", "Customer email", "Requester", "Requester id", "Person",
      "User ID", "Recipient email", "Email address", "Contact ID", "Email", "Customer name",
      "Rating customer name", "Respondent", "Network ID"),
    KnownColumn(
      "agent", .key, "Agent name", "Assignee", "Assignee id", "Assigned to", "Rating user name"),
    KnownColumn(
      "comment", .freeText, "Feedback", "Body text", "Remark", "Text", "Comments",
      "Rating comments",
      "Open ended response"),
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
