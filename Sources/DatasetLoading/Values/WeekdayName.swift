/// The names of the days of the week in the languages that exports come in.
enum WeekdayName {
  /// The day that a name in lower case stands for, whole or abbreviated, Monday being 0.
  static func number(_ name: [UInt8]) -> Int? { days[name] }

  /// The day of the week of a day since 1970-01-01, a Thursday.
  static func number(days: Int) -> Int { ((days &+ 3) % 7 &+ 7) % 7 }

  // Without "mar" for Tuesday, which is March too.
  private static let names = [
    "monday tuesday wednesday thursday friday saturday sunday",
    "mon tue wed thu fri sat sun", "mon tues weds thurs fri sat sun",
    "mon tue wed thur fri sat sun",
    "lunes martes miércoles jueves viernes sábado domingo", "lun - mié jue vie sáb dom",
    "segunda terça quarta quinta sexta sábado domingo", "seg ter qua qui sex sáb dom",
    "lundi mardi mercredi jeudi vendredi samedi dimanche", "lun - mer jeu ven sam dim",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag", "mo di mi do fr sa so",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
  ]

  private static let days = NumberedNames(names, from: 0)
}
