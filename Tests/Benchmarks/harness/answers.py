"""Answers of all engines in one form, so that they can be compared."""
import csv
import datetime
import io

# Which column of an answer holds months or weeks.
MONTHS = {"q06": 1, "q07": 0, "q08": 0}
WEEKS = {"q02": 0}
# The peers leave out the rows without an agent or a tag; ours have a group of their own.
NAMED = {"q05", "q10"}
TOLERANCE = 1e-5


def cell(value):
    if isinstance(value, bool) or value in (None, ""):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)


def flat(row):
    return [x for value in row for x in (flat(value) if isinstance(value, list) else [cell(value)])]


def month(value):
    """'2024-03' from a date, or from 202403."""
    if isinstance(value, float):
        return f"{int(value) // 100}-{int(value) % 100:02}"
    return value[:7]


def week(value):
    if "W" in value:
        return value
    year, number, _ = datetime.date.fromisoformat(value[:10]).isocalendar()
    return f"{year}-W{number:02}"


def ordered(rows):
    return sorted(rows, key=lambda row: [str(x) for x in row if not isinstance(x, float)])


def ours(question, text):
    rows = [[cell(value) for value in row] for row in csv.reader(io.StringIO(text))][1:]
    if question in NAMED:
        rows = [row for row in rows if row[0] is not None]
    return ordered(rows)


def theirs(question, rows, width):
    """`width`: the columns that ours has; theirs may have a count behind them."""
    rows = [flat(row)[:width] for row in rows]
    for row in rows:
        if question in MONTHS:
            row[MONTHS[question]] = month(row[MONTHS[question]])
        if question in WEEKS:
            row[WEEKS[question]] = week(row[WEEKS[question]])
    return ordered(rows)


def close(a, b):
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= TOLERANCE * max(1.0, abs(a))
    return a == b


def difference(mine, other):
    """None where both are the same, else what differs."""
    if len(mine) != len(other):
        return f"{len(mine)} and {len(other)} rows"
    for a, b in zip(mine, other):
        if len(a) != len(b) or not all(map(close, a, b)):
            return f"{a} and {b}"
    return None
