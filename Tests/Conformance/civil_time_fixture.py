#!/usr/bin/env python3
"""Writes ../CivilTimeTests/PythonFigures.swift: what Python's zoneinfo says of some zones.

Run it again when a zone is added; the figures lie in years whose rules are settled, and far
enough ahead (2500) to need the rule in a zone file's footer.
"""
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
         "Europe/Dublin", "America/St_Johns", "America/Sao_Paulo", "Pacific/Apia",
         "Asia/Tokyo", "Africa/Casablanca", "America/Havana", "Pacific/Auckland"]
YEARS = [1975, 1986, 1999, 2007, 2011, 2018, 2024, 2024, 2036]
AHEAD = [2037, 2038, 2039, 2100, 2399, 2440, 2500]
HOUR = 3600


def changes(zone, year):
    """The instants of a year at which the offset changes, to the second."""
    start = int(datetime(year, 1, 1, tzinfo=timezone.utc).timestamp())
    end = int(datetime(year + 1, 1, 1, tzinfo=timezone.utc).timestamp())
    offset = lambda t: datetime.fromtimestamp(t, zone).utcoffset()
    for low in range(start, end, 6 * HOUR):
        high = low + 6 * HOUR
        if offset(low) != offset(high):
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            yield high


def main():
    random.seed(20240315)
    offsets, locals_ = [], []
    for name in ZONES:
        zone = ZoneInfo(name)
        years = YEARS + AHEAD
        # What Morocco will do differs from one release of the zones to the next.
        if name == "Africa/Casablanca":
            years = [year for year in years if year <= 2024]
        instants = []
        for year in years:
            for t in changes(zone, year):
                instants += [t - 1, t, t + 1]
                before = datetime.fromtimestamp(t - 1, zone).utcoffset()
                after = datetime.fromtimestamp(t, zone).utcoffset()
                wall = datetime(1970, 1, 1) + timedelta(seconds=t) + min(before, after)
                width = abs(after - before)
                for local in [wall - timedelta(seconds=1), wall, wall + width / 2,
                              wall + width - timedelta(seconds=1), wall + width]:
                    utc = int(local.replace(tzinfo=zone, fold=0).timestamp())
                    seconds = int((local - datetime(1970, 1, 1)).total_seconds())
                    locals_.append((name, seconds, utc))
            start = int(datetime(year, 1, 1, tzinfo=timezone.utc).timestamp())
            instants += [start + random.randrange(365 * 24 * HOUR) for _ in range(2)]
        for t in instants:
            offsets.append((name, t, int(datetime.fromtimestamp(t, zone).utcoffset()
                                         .total_seconds())))

    def table(title, doc, rows):
        lines = [f"  /// {doc}", f'  static let {title} = """']
        for name in ZONES:
            words = [f"{a}>{b}" for zone, a, b in rows if zone == name]
            while words:
                line = f"    {name}"
                while words and len(line) + 1 + len(words[0]) <= 100:
                    line += " " + words.pop(0)
                lines.append(line)
        return lines + ['    """']

    out = ["/// What Python's zoneinfo says; written by Tests/Conformance/civil_time_fixture.py.",
           "enum PythonFigures {"]
    out += table("offsets", "A zone, then `instant>offset`, in seconds.", offsets) + [""]
    out += table("instants", "A zone, then `local time>instant`, in seconds.", locals_) + ["}"]
    target = Path(__file__).resolve().parent.parent / "CivilTimeTests" / "PythonFigures.swift"
    target.write_text("\n".join(out) + "\n")


main()
