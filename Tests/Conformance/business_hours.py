#!/usr/bin/env python3
"""Compares `business(frt)` with a count of the open minutes, one by one.

    business_hours.py --deskql PATH [--count 1000] [--seed 1]

Opening hours, holidays and zones are random, breaks and overlaps among them; the spans lie around
the changes of the clock. The last line counts: `N passed, N failed`.
"""
import argparse
import csv
import io
import random
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# Zones, and for each instants at which its clocks change.
CHANGES = {
    "UTC": ["2024-05-01T00:00"], "Asia/Kathmandu": ["2024-05-01T00:00"],
    "Europe/Berlin": ["2024-03-31T01:00", "2024-10-27T01:00"],
    "America/New_York": ["2024-03-10T07:00", "2024-11-03T06:00"],
    "America/Havana": ["2024-03-10T05:00", "2024-11-03T05:00"],
    "Africa/Cairo": ["2024-04-25T22:00", "2024-10-31T21:00"],
    "Australia/Lord_Howe": ["2024-04-06T15:00", "2024-10-05T15:30"]}
SPANS = 40  # of one run of the program
OPENINGS = [0, 30, 60, 120, 150, 480, 540, 555]


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def opening_hours(rng):
    """The words of `set hours`, and for each weekday the open minutes from and to."""
    words, week = [], [[] for _ in DAYS]
    for _ in range(rng.choice([1, 1, 2, 2, 3])):
        first = rng.randrange(7)
        last = rng.randrange(first, 7)
        start = rng.choice(OPENINGS)
        end = rng.choice([minute for minute in (90, 150, 180, 720, 1020, 1440) if minute > start])
        days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        words.append(f"{days} {clock(start)}-{clock(end)}")
        for day in range(first, last + 1):
            week[day].append((start, end))
    return ", ".join(words), week


def open_seconds(start, end, zone, week, holidays):
    """The minutes from `start` to `end`, both UTC, at which the clock shows an open time."""
    seconds = 0
    while start < end:
        local = start.replace(tzinfo=timezone.utc).astimezone(zone)
        minute = local.hour * 60 + local.minute
        if local.date() not in holidays and \
                any(first <= minute < last for first, last in week[local.weekday()]):
            seconds += 60
        start += timedelta(minutes=1)
    return seconds


def check(deskql, rng, folder):
    """The number of spans that agree, and of those that do not."""
    name = rng.choice(sorted(CHANGES))
    words, week = opening_hours(rng)
    changes = [datetime.fromisoformat(text) for text in CHANGES[name]]
    holidays = {(rng.choice(changes) + timedelta(days=rng.randrange(-4, 5))).date()
                for _ in range(rng.randrange(4))}
    spans = []
    for _ in range(SPANS):
        start = rng.choice(changes) + timedelta(minutes=rng.randrange(-5 * 1440, 5 * 1440))
        length = rng.choice([rng.randrange(300), rng.randrange(8 * 1440)])
        spans.append((start, start + timedelta(minutes=length)))
    rows = "".join(f"{number},{start:%Y-%m-%dT%H:%M:%SZ},{end:%Y-%m-%dT%H:%M:%SZ}\n"
                   for number, (start, end) in enumerate(spans))
    (folder / "tickets.csv").write_text("id,created,first_response\n" + rows, encoding="utf-8")
    script = f"set timezone = '{name}'\nset hours = {words}\n"
    if holidays:
        script += f"set holidays = ({', '.join(str(day) for day in sorted(holidays))})\n"
    result = subprocess.run(
        [deskql, f"{folder}/tickets.csv", "--format", "csv", "-f", "-"], capture_output=True,
        input=(script + "list id, business(frt) as open order by id\n").encode())
    found = [row[1] for row in csv.reader(io.StringIO(result.stdout.decode()))][1:]
    if len(found) != SPANS:
        print(script, result.stderr.decode())
        return 0, SPANS
    failed = 0
    for (start, end), own in zip(spans, found):
        wanted = open_seconds(start, end, ZoneInfo(name), week, holidays)
        if float(own or -1) != wanted:
            failed += 1
            print(f"{script}from {start} to {end}: {own}, not {wanted}\n")
    return SPANS - failed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--deskql", required=True, help="the program")
    parser.add_argument("--count", type=int, default=1000, help="how many spans (1000)")
    parser.add_argument("--seed", type=int, default=1, help="which spans (1)")
    options = parser.parse_args()
    rng = random.Random(f"business hours {options.seed}")
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="deskql-") as folder:
        for _ in range((options.count + SPANS - 1) // SPANS):
            right, wrong = check(options.deskql, rng, Path(folder))
            passed, failed = passed + right, failed + wrong
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
