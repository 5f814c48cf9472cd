#!/usr/bin/env python3
"""Checks DeskQL against itself: what must not matter does not.

    metamorphic.py --deskql PATH [--count 500] [--seed 1]

- any number of threads gives the same bytes
- rows in another order give the same groups, and so do files in two parts
- the rows that meet a condition and those that meet its opposite are all rows
- a script printed by `deskql fmt` prints the same again, and answers the same

The last line counts: `N passed, N failed`.
"""
import argparse
import csv
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from query_generator import Generator, NAMES, render, walk, words
from random_queries import BATCH, Batch, FILES, Failure, lines_of


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, is_right, *words):
        self.passed += is_right
        self.failed += not is_right
        if not is_right:
            print(*words, sep="\n  ", flush=True)


def shown(answer):
    return f"error: {answer.text}" if isinstance(answer, Failure) else answer


def is_near(one, two):
    """The same lines, but for the last bits of sums."""
    if isinstance(one, Failure) or isinstance(two, Failure):
        return isinstance(one, Failure) and isinstance(two, Failure)
    first, second = lines_of(one), lines_of(two)
    return len(first) == len(second) and all(
        len(a) == len(b) and all(map(is_near_cell, a, b)) for a, b in zip(first, second))


def is_near_cell(a, b):
    if a == b:
        return True
    try:
        return abs(float(a) - float(b)) <= 1e-9 * max(abs(float(a)), abs(float(b)), 1e-3)
    except ValueError:
        return False


def shuffle(folder, rng):
    for name in FILES:
        path = folder / f"{name}.csv"
        header, *rows = records(path)
        rng.shuffle(rows)
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])


def split(folder):
    """Puts each file's rows into two files, which `paths` names together."""
    for name in FILES:
        header, *lines = records(folder / f"{name}.csv")
        for part, half in (("1", lines[:len(lines) // 3]), ("2", lines[len(lines) // 3:])):
            with open(folder / f"{name}_{part}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *half])


def records(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def depends_on_rows(query):
    """Whether the order of the rows may show: lists with ties, tickets of the same second."""
    if query["list"]:
        return not any(name == "id" for name, _ in query["order"]) or query["top"] is not None
    return any(part == "repeat_rate" for item in query["items"] for part in walk(item["value"]))


def check_threads(batch, deskql, texts, answers, tally):
    for threads in (1, 7):
        for text, one, two in zip(texts, answers, batch.ask(deskql, texts, threads)):
            tally.check(shown(one) == shown(two), f"THREADS {threads} and 2 differ", text,
                        shown(one), shown(two))


def check_rows(batch, deskql, texts, answers, tally):
    shuffle(batch.folder, random.Random(batch.seed))
    for query, text, one, two in zip(batch.queries, texts, answers, batch.ask(deskql, texts)):
        if not depends_on_rows(query):
            tally.check(is_near(one, two), "SHUFFLED ROWS differ", text, batch.prelude(),
                        shown(one), shown(two))


def check_parts(batch, deskql, texts, answers, tally):
    split(batch.folder)
    found = batch.ask(deskql, texts, files="{folder}/{name}_?.csv")
    for text, one, two in zip(texts, answers, found):
        tally.check(shown(one) == shown(two), "FILES in parts differ", text, shown(one), shown(two))


def check_opposites(batch, deskql, rng, tally):
    generator = Generator(rng, batch.settings)
    groups = []
    for _ in range(BATCH // 2):
        dataset = rng.choice("TTTSSCH")
        test = generator.condition([dataset], 3, rng.random() < 0.4)
        text = f"count from {NAMES[dataset]} where "
        groups.append((text + words(test), text + f"not ({words(test)})",
                       f"count from {NAMES[dataset]}"))
    answers = iter(batch.ask(deskql, [text for group in groups for text in group]))
    for texts in groups:
        found = [next(answers) for _ in texts]
        if any(isinstance(answer, Failure) for answer in found):
            tally.check(False, "OPPOSITE fails", *texts, *map(shown, found))
            continue
        some, others, everything = (int(answer.split("\n")[1]) for answer in found)
        tally.check(some + others == everything, "OPPOSITES are not all", *texts,
                    f"{some} + {others}, not {everything}")


def check_print(batch, deskql, texts, answers, tally):
    paths = [batch.folder / f"query{index}.deskql" for index in range(len(texts))]
    for path, text in zip(paths, texts):
        path.write_text(text + "\n", encoding="utf-8")

    def printed():
        result = subprocess.run([deskql, "fmt", *map(str, paths)], capture_output=True)
        if result.returncode != 0:
            print(result.stderr.decode())
        return [path.read_text(encoding="utf-8").rstrip("\n") for path in paths]

    once = printed()
    for text, one, two in zip(texts, once, printed()):
        tally.check(one != "" and one == two, "PRINTED twice differs", text, one, two)
    for text, form, one, two in zip(texts, once, answers, batch.ask(deskql, once)):
        tally.check(shown(one) == shown(two), "PRINTED answers differ", text, form, shown(one),
                    shown(two))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--deskql", required=True, help="the program")
    parser.add_argument("--count", type=int, default=500, help="how many queries (500)")
    parser.add_argument("--seed", type=int, default=1, help="which queries (1)")
    options = parser.parse_args()
    tally = Tally()
    for number in range((options.count + BATCH - 1) // BATCH):
        with tempfile.TemporaryDirectory(prefix="deskql-") as folder:
            batch = Batch(f"metamorphic {options.seed}", number, Path(folder))
            texts = [render(query) for query in batch.queries]
            answers = batch.ask(options.deskql, texts)
            check_threads(batch, options.deskql, texts, answers, tally)
            check_print(batch, options.deskql, texts, answers, tally)
            check_opposites(batch, options.deskql, random.Random(f"{options.seed} {number}"), tally)
            check_parts(batch, options.deskql, texts, answers, tally)
            check_rows(batch, options.deskql, texts, answers, tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
