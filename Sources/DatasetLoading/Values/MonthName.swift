/// The names of months in the languages that exports come in.
enum MonthName {
  /// The month that a name in lower case begins or abbreviates, 1 to 12.
  static func number(_ name: [UInt8]) -> Int? { months[name] }

  private static let whole = [
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
  ]

  private static let short = [
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "ene feb mar abr may jun jul ago set oct nov dic",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "jän feb mär apr mai jun jul aug sept okt nov dez",
    "oca şub mar nis may haz tem ağu eyl eki kas ara",
  ]

  private static let months = NumberedNames(whole + short, from: 1)
}
