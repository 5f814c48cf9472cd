/// A result as a picture, apart from how it is drawn.
struct ChartModel {
  /// What is drawn.
  enum Picture {
    case bars([BarPanel])
    case lines([LinePanel])
    case heat([HeatPanel])
    case spark(SparkTable)
  }

  var title: String
  var picture: Picture
  /// What of the result is not in the picture.
  var remarks: [String]
}

/// One value as drawn.
struct ChartPoint {
  /// Nil is a gap.
  var value: Double?
  /// The value as people read it.
  var text: String
  var interval: ValueInterval?
  var intervalText = ""

  static let gap = ChartPoint(value: nil, text: "", interval: nil)
}

/// Values that belong together.
struct ChartSeries {
  var name: String
  var points: [ChartPoint]
}

/// One measure as bars: a group of bars, one of each series, for each label.
struct BarPanel {
  var name: String
  var labels: [String]
  var series: [ChartSeries]
  var scale: ChartScale
}

/// Measures of one unit over a common axis.
struct LinePanel {
  var name: String
  var axis: ChartAxis
  var series: [ChartSeries]
  var scale: ChartScale
}

/// One measure as a grid of shades.
struct HeatPanel {
  var name: String
  var rowLabels: [String]
  var columnLabels: [String]
  /// How many columns there are, of which the first are drawn.
  var columnCount: Int
  /// By row, then by column.
  var cells: [[ChartPoint]]
  var lowest: ChartPoint
  var highest: ChartPoint

  /// What is said where only some of the columns are drawn.
  func remark(drawn: Int) -> String? {
    guard drawn < columnCount else { return nil }
    return "\(NumberText.grouped(Int64(columnCount))) columns (the first \(drawn) drawn)"
  }

  /// How far the value lies from the lowest towards the highest, 0 to 1.
  func fraction(_ value: Double) -> Double {
    guard let low = lowest.value, let high = highest.value, high > low else { return 1 }
    let fraction = (value / 2 - low / 2) / (high / 2 - low / 2)
    return fraction.isFinite ? min(1, max(0, fraction)) : 1
  }
}

/// A small line in each row of a table.
struct SparkTable {
  /// Nil where there is no key but the one of time.
  var keyName: String?
  var measures: [String]
  /// The first and last label of the axis.
  var span: String
  /// One for each row, and in it one series for each measure.
  var rows: [(label: String, series: [ChartSeries])]
}

/// Where the points of a line stand from left to right.
struct ChartAxis {
  var labels: [String]
  /// 0 to 1, one for each label.
  var positions: [Double]
  /// The places as even steps from 0, those of absent periods left free.
  var slots: [Int]
  /// Whether the point follows directly upon the one before; a line is drawn only then.
  var followsPrevious: [Bool]
}
