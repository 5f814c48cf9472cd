"""Periods and buckets of time as the language writes them, on the wall clock of the session."""
from datetime import date, datetime, timedelta

GRAINS = ["year", "quarter", "month", "week", "day", "hour"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def months_on(moment, count):
    """The first of the month that lies `count` months on."""
    number = moment.year * 12 + moment.month - 1 + count
    return datetime(number // 12, number % 12 + 1, 1)


def floor(moment, grain, week_start):
    """The start of the bucket that holds the moment."""
    day = datetime(moment.year, moment.month, moment.day)
    if grain == "week":
        back = (day.weekday() + (1 if week_start == "sunday" else 0)) % 7
        return day - timedelta(days=back)
    if grain == "hour":
        return day + timedelta(hours=moment.hour)
    if grain == "day":
        return day
    month = {"year": 1, "quarter": (moment.month - 1) // 3 * 3 + 1, "month": moment.month}[grain]
    return datetime(moment.year, month, 1)


def step(start, grain, count=1):
    """The bucket `count` on from the one that begins at `start`."""
    if grain in ("year", "quarter", "month"):
        return months_on(start, count * {"year": 12, "quarter": 3, "month": 1}[grain])
    return start + timedelta(**{grain + "s": count})


def label(start, grain, week_start="monday"):
    if grain == "year":
        return f"{start.year:04}"
    if grain == "quarter":
        return f"{start.year:04}-Q{(start.month + 2) // 3}"
    if grain == "month":
        return start.strftime("%Y-%m")
    if grain == "week":  # named after the Monday in it
        return (start + timedelta(days=1 if week_start == "sunday" else 0)).strftime("%G-W%V")
    return start.strftime("%Y-%m-%d" if grain == "day" else "%Y-%m-%dT%H")


def parse(text, week_start="monday"):
    """The start and the grain of a bucket from its label."""
    if "T" in text:
        return datetime.strptime(text, "%Y-%m-%dT%H"), "hour"
    if "Q" in text:
        return datetime(int(text[:4]), int(text[-1]) * 3 - 2, 1), "quarter"
    if "W" in text:
        monday = date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
        start = datetime(monday.year, monday.month, monday.day)
        return start - timedelta(days=1 if week_start == "sunday" else 0), "week"
    return {4: (lambda: (datetime(int(text), 1, 1), "year")),
            7: (lambda: (datetime.strptime(text, "%Y-%m"), "month")),
            10: (lambda: (datetime.strptime(text, "%Y-%m-%d"), "day"))}[len(text)]()


def year_earlier(text, week_start="monday"):
    """The bucket of the same name a year earlier; None where that year has none."""
    name = f"{int(text[:4]) - 1:04}{text[4:]}"
    try:
        _, grain = parse(text, week_start)
        return name if label(parse(name, week_start)[0], grain, week_start) == name else None
    except ValueError:
        return None


class Period:
    """A half-open span of wall-clock time, with the words that name it.

    `grain` and `count` are its own measure: what `vs previous` goes back by.
    """

    def __init__(self, text, start, end, grain, count=1):
        self.text, self.start, self.end, self.grain, self.count = text, start, end, grain, count

    def __repr__(self):
        return self.text

    def back(self, today, reached):
        return self.clip(Period("previous", step(self.start, self.grain, -self.count), self.start,
                                self.grain, self.count), today, reached)

    def year_back(self, today, reached):
        if self.grain == "week":  # the same week number of the year before
            return None
        try:
            return self.clip(Period("last year", self.start.replace(year=self.start.year - 1),
                                    self.end.replace(year=self.end.year - 1), self.grain,
                                    self.count), today, reached)
        except ValueError:
            return None

    def clip(self, base, today, reached):
        """A period in progress is compared with the same days of its baseline."""
        so_far = self.so_far(today, reached)
        if so_far is not None:
            base.end = min(base.end, base.start + so_far)
        return base

    def so_far(self, today, reached):
        """How much of a period has come by the end of today, or of the day up to which rows reach;
        None where it is over."""
        end = max(today, reached) + timedelta(days=1)
        return end - self.start if self.grain not in ("day", "hour") and \
            self.start <= today and end < self.end else None


def bucket_period(moment, grain, week_start):
    start = floor(moment, grain, week_start)
    return Period(label(start, grain, week_start), start, step(start, grain), grain)


def span(first, second):
    low, high = sorted((first, second), key=lambda period: period.start)
    count, place = 0, low.start
    while place < high.end:
        place, count = step(place, low.grain), count + 1
    return Period(f"{low.text}..{high.text}", low.start, high.end, low.grain, count)


def relative(words, grain, count, today, week_start):
    """`today`, `last 3 weeks` and their kind."""
    current = floor(today, grain, week_start)
    if words in ("today", "this"):
        start, end = current, step(current, grain)
    elif words == "yesterday":
        start, end = step(current, grain, -1), current
    else:
        start, end = step(current, grain, -count), current
    unit = f"{count} {grain}s" if count > 1 else grain
    text = words if words in ("today", "yesterday") else f"{words} {unit}"
    return Period(text, start, end, grain, 1 if words != "last" else count)
