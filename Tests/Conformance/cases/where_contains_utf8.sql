-- Case is folded letter by letter: ß stays one letter.
select count(*) as tickets from t where lower(subject) like '%écran%'
  or lower(subject) like '%straße%'
