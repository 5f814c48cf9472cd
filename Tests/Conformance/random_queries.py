#!/usr/bin/env python3
"""Asks DeskQL random queries over random data and compares with DuckDB (PyPI: duckdb).

    random_queries.py --deskql PATH [--count 2000] [--seed 1] [--only K] [--jobs N]

Every difference is shown with its seed and number, which bring it back: `--seed N --only K`.
The last line counts: `N passed, N failed`.
"""
import argparse
import csv
import io
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

import random_data
import translate
from query_generator import Generator, ZONES, definitions, render
from reference import ANY, Reference

BATCH = 100  # queries of one process, over the same data and with the same settings
FILES = ["tickets", "surveys", "customers", "shifts"]


class Batch:
    """The data, the settings and the queries of one run of the program."""

    def __init__(self, seed, number, folder):
        rng = random.Random(f"batch {seed} {number}")
        self.seed, self.first, self.folder = seed, number * BATCH, folder
        self.settings = {
            "timezone": rng.choice(ZONES), "week_start": rng.choice(["monday", "monday", "sunday"]),
            "today": datetime(2024, 1, 1) + timedelta(days=rng.randrange(200))}
        day_end = (self.settings["today"] + timedelta(days=1)).replace(
            tzinfo=ZoneInfo(self.settings["timezone"]))
        self.settings["now"] = day_end.astimezone(timezone.utc).replace(tzinfo=None)
        self.settings["scale"] = rng.choice(random_data.SCALES)
        random_data.write(folder, f"{seed} {number}", self.settings["scale"])
        self.queries = [Generator(random.Random(f"{seed} {self.first + index}"),
                                  self.settings).query() for index in range(BATCH)]

    def prelude(self):
        return (f"set timezone = '{self.settings['timezone']}'\n"
                f"set week_start = {self.settings['week_start']}\n"
                f"set today = {self.settings['today']:%Y-%m-%d}\n"
                + "".join(f"{line}\n" for line in definitions()))

    def reference(self):
        connection = duckdb.connect(config={"threads": 1})
        connection.execute(translate.tables(self.folder, self.settings["timezone"]))
        return Reference(connection, self.settings)

    def ask(self, deskql, texts, threads=2, files="{folder}/{name}.csv"):
        """What DeskQL says to each query: the lines of its result, or a text that says why not."""
        marks = [f"list id as mark_{index} from customers limit 0" for index in range(len(texts))]
        script = self.prelude() + "".join(f"{text}\n{mark}\n" for text, mark in zip(texts, marks))
        result = subprocess.run(
            [deskql, *(f"{name}={files.format(folder=self.folder, name=name)}" for name in FILES),
             "--keep-going", "--format", "csv", "--threads", str(threads), "-f", "-"],
            input=script.encode(), capture_output=True)
        output = result.stdout.decode()
        answers, start = [], 0
        for index in range(len(texts)):
            mark = f"mark_{index}\n"
            end = output.find(mark, start)
            if end < 0:
                break
            # An empty line parts results.
            answers.append(output[start:end].removesuffix("\n") or None)
            start = end + len(mark)
            if output[start:start + 1] == "\n":
                start += 1
        if len(answers) == len(texts):
            for index, answer in enumerate(answers):
                if answer is None and len(texts) > 1:
                    answers[index] = self.ask(deskql, [texts[index]], threads, files)[0]
                elif answer is None:
                    answers[index] = Failure(result.stderr.decode())
            return answers
        if len(texts) == 1:
            return [Failure(f"exit {result.returncode}: {result.stderr.decode()}")]
        middle = len(texts) // 2
        return (self.ask(deskql, texts[:middle], threads, files)
                + self.ask(deskql, texts[middle:], threads, files))


class Failure:
    """DeskQL's error message in place of a result."""

    def __init__(self, text):
        self.text = text


def lines_of(text):
    """A CSV result; a lone missing value is an empty line."""
    return [line or [""] for line in csv.reader(io.StringIO(text, newline=""))]


def is_alike(cell, value):
    if value is ANY:
        return True
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, int):
        return cell == str(value)
    if isinstance(value, float):
        try:
            found = float(cell)
        except ValueError:
            return False
        return abs(found - value) <= 1e-9 * max(abs(found), abs(value), 1e-3)
    if isinstance(value, datetime):
        return cell == value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return cell == value.isoformat()
    return cell == str(value)


def difference(answer, expected):
    """What is wrong with DeskQL's answer; None where nothing is."""
    if isinstance(answer, Failure):
        return "error"
    if not expected.header:  # no value has become a column
        return None if answer.strip() == "" else "columns, not none"
    lines = lines_of(answer)
    header, rows = lines[0], lines[1:]
    missing = [name for name in expected.header if name not in header]
    if missing:
        return f"missing columns {missing}"
    extra = [name for name in header if name not in expected.header]
    if any(not name.endswith(("_p", "_low", "_high", "_n", "_share")) for name in extra):
        return f"columns too many: {extra}"
    places = [header.index(name) for name in expected.header]
    if len(set(header)) < len(header):
        places = list(range(len(header)))
    if len(rows) != len(expected.rows):
        return f"{len(rows)} rows, not {len(expected.rows)}"
    for number, (row, wanted) in enumerate(zip(rows, expected.rows)):
        for place, value, name in zip(places, wanted, expected.header):
            is_same = is_alike(row[place], value)
            if not is_same and name.endswith(("_p", "_low", "_high")) and \
                    isinstance(value, float) and row[place]:
                is_same = abs(float(row[place]) - value) <= 1e-7 * max(1, abs(value))
            base = name.removesuffix("_pct").removesuffix("_change")
            if not is_same and base != name and base in header and isinstance(value, float):
                # Two sums that are equal but for the last bit: the change is that bit.
                own = row[header.index(base)]
                is_same = bool(row[place] and own) and \
                    abs(float(row[place]) - value) <= 1e-9 * max(1, abs(float(own)))
            if not is_same:
                return f"row {number}, {name}: {row[place]!r}, not {value!r}"
    return None


def report(batch, index, text, answer, expected, problem, sql):
    number = batch.first + index
    settings = batch.prelude().split("define")[0].strip().replace("\n", "; ")
    lines = [f"DIFFERENCE {problem}", f"  reproduce: --seed {batch.seed} --only {number}",
             f"  settings: {settings}", f"  query: {text}"]
    lines += [f"  sql: {each}" for each in sql]
    shown = answer.text.strip() if isinstance(answer, Failure) else answer
    lines += ["  DeskQL:", *(f"    {line}" for line in shown.split("\n")[:40])]
    if expected is not None:
        lines += ["  DuckDB:", "    " + ",".join(expected.header)]
        lines += ["    " + ",".join("?" if value is ANY else "" if value is None else str(value)
                                    for value in row) for row in expected.rows[:40]]
    return "\n".join(lines) + "\n"


def check(batch, deskql, only=None):
    """The number of queries that agree, of those that do not, and what to say of them."""
    indexes = range(BATCH) if only is None else [only - batch.first]
    texts = [render(batch.queries[index]) for index in indexes]
    answers = batch.ask(deskql, texts)
    reference, passed, reports = batch.reference(), 0, []
    for index, text, answer in zip(indexes, texts, answers):
        expected = None
        try:
            expected = reference.answer(batch.queries[index])
            problem = difference(answer, expected)
        except duckdb.Error as error:
            problem = f"DuckDB: {error}"
        if problem is None:
            passed += 1
            if only is not None:
                reports.append(f"{text}\n{answer}")
        else:
            reports.append(report(batch, index, text, answer, expected, problem, reference.sql))
    return passed, len(texts) - passed, reports


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--deskql", required=True, help="the program")
    parser.add_argument("--count", type=int, default=2000, help="how many queries (2000)")
    parser.add_argument("--seed", type=int, default=1, help="which queries (1)")
    parser.add_argument("--only", type=int, help="the number of the one query to run")
    parser.add_argument("--keep", type=Path, help="a folder for the data of --only")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at a time")
    options = parser.parse_args()
    numbers = range((options.count + BATCH - 1) // BATCH)
    if options.only is not None:
        numbers = [options.only // BATCH]

    def run(number):
        with tempfile.TemporaryDirectory(prefix="deskql-") as folder:
            folder = options.keep or Path(folder)
            folder.mkdir(exist_ok=True)
            return check(Batch(options.seed, number, folder), options.deskql, options.only)

    passed = failed = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for right, wrong, reports in pool.map(run, numbers):
            passed, failed = passed + right, failed + wrong
            for text in reports:
                print(text, flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
