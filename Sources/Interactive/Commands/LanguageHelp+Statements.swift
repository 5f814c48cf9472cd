extension LanguageHelp {
  /// The statements beside queries.
  static let statements: [Topic] = [
    Topic(
      "list",
      text: """
        list COLUMN, … | list * [where …] [order by …] [limit N]   rows instead of groups
          list id, subject, frt where tag = refund order by frt desc limit 20
        """),
    Topic(
      "load", "files",
      text: """
        load 'PATH' [as NAME] [with (column = 'header', …)]   loads a file into a dataset
        CSV, TSV, JSON, .xlsx, SQLite, also .gz; * stands for several files; Tab completes names
          load 'export.csv' as tickets with (created = 'Opened At')
        """),
    Topic(
      "save",
      text: """
        save 'PATH'   keeps what is loaded in one file that loads at once
          save 'support.deskdb'
        """),
    Topic(
      "show", "metrics", "datasets", "columns", "definitions", "problems", "goals",
      text: """
        show metrics | datasets | columns [of NAME] | definitions | settings | problems | goals
          show metrics
          show columns of tickets
        """),
    Topic(
      "describe",
      text: """
        describe NAME   what a measure, column or definition is: formula, unit, values
          describe csat
        """),
    Topic(
      "explain", "analyze",
      text: """
        explain QUERY   how it is computed: datasets, filters, how many rows pass each
          explain csat by team where channel = email
        """),
    Topic(
      "define",
      text: """
        define NAME = EXPRESSION ["what it is"]   names a condition, value or measure
          define slow = frt > 4h
          define sla = percent(frt <= 1h) "answered within the hour"
        """),
    Topic(
      "param",
      text: """
        param NAME = VALUE   $NAME in later statements; --set NAME=VALUE sets it from outside
          param month = 2024-03
        """),
    Topic(
      "set", "settings",
      text: """
        set NAME = VALUE   timezone, week_start, today, hours, holidays, csat_scale, csat_good,
        ces_scale, intervals; show settings lists the values, DESKQL_NAME sets one from outside
          set timezone = 'Europe/Berlin'
          set hours = mon-fri 09:00-17:00
        """),
    Topic(
      "goal",
      text: """
        goal MEASURE OP VALUE   what vs goal compares with
          goal csat >= 85%
        """),
    Topic(
      "include",
      text: """
        include 'PATH'   runs the statements of another script; .read does so from the prompt
          include 'definitions.deskql'
        """),
    Topic(
      "why",
      text: """
        why MEASURE [by KEY, …] [in|where …] vs BASELINE   which segments moved it
          why csat where month = 2024-03 vs previous
        """),
    Topic(
      "spikes",
      text: """
        spikes MEASURE by [KEY,] BUCKET   the points that stand out from their own history
          spikes tickets by day
        """),
    Topic(
      "correlate",
      text: """
        correlate MEASURE with COLUMN, …   how strongly columns go with a value of the rows
          correlate csat with frt, replies
        """),
    Topic(
      "link",
      text: """
        link MEASURE to churn within DURATION   how many of each band of scores left
          link csat to churn within 90d
        """),
    Topic(
      "compare",
      text: """
        compare definitions of MEASURE   the same measure as well-known products define it
          compare definitions of one_touch
        """),
  ]
}
