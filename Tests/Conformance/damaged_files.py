"""Loads damaged files and counts the tables that are silently wrong.

    damaged_files.py PROGRAM [--files N] [--seed N] [--keep DIR] [--show KIND]

Each file is read as a person would read it, refused, read otherwise with a note that says so
("said"), or silently wrong; the exit code is 1 if any is. Without --files all files are tried.
"""

import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

from damaged_tables import Damages, tables, text


class Reader:
    """Runs the program on files and keeps what it says about clean ones."""

    def __init__(self, program, folder):
        self.program = program
        self.path = os.path.join(folder, "export.csv")
        self.clean = {}

    def read(self, data):
        """The rows, what was said, and the exit code."""
        with open(self.path, "wb") as file:
            file.write(data)
        run = subprocess.run(
            [self.program, self.path, "-c", "list *", "--format", "json"], capture_output=True,
            timeout=20, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})
        said = run.stderr.decode("utf-8", "replace")
        if run.returncode != 0:
            return None, said, run.returncode
        return values(json.loads(run.stdout)), said, 0

    def truth(self, rows):
        """What the program reads in a clean file of these rows."""
        data = text(rows, always=True)
        if data not in self.clean:
            self.clean[data] = self.read(data)[0]
        return self.clean[data]


def values(answer):
    """The columns' names and the values, numbers and their texts being alike."""
    def plain(value):
        try:
            return float(value)
        except (TypeError, ValueError):
            return value
    names = [column["name"] for column in answer["columns"]]
    return [names] + [[plain(row[name]) for name in names] for row in answer["rows"]]


def verdict(reader, data, truths):
    """One word on how a file was read, with what was said."""
    found, said, code = reader.read(data)
    if code != 0:
        is_fine = code == 1 and 0 < len(said.encode()) < 2_000
        return ("refused" if is_fine else "CRASHED"), said
    for rows in truths:
        expected = reader.truth(rows)
        if found == expected or (found[1:] == expected[1:] and said):
            return "right", said
    return ("said" if said.strip() else "SILENTLY WRONG"), said


def chosen(seed, count):
    """All files, or so many of them: each kind of each table once, then at random."""
    files = []
    for name, rows in tables(seed).items():
        for kind, data, truths in Damages(rows, random.Random(seed)).every():
            files.append((name, kind, data, truths))
    if count is None or count >= len(files):
        return files
    pick = random.Random(seed)
    pick.shuffle(files)
    seen = set()
    first = [f for f in files if not ((f[0], f[1]) in seen or seen.add((f[0], f[1])))]
    kept = set(map(id, first))
    return (first + [f for f in files if id(f) not in kept])[:count]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--files", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    counts = collections.defaultdict(collections.Counter)
    total = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(options.program, folder)
        for number, (name, kind, data, truths) in enumerate(chosen(options.seed, options.files)):
            word, said = verdict(reader, data, truths)
            counts[kind][word] += 1
            total[word] += 1
            if word.isupper() or (options.show and options.show in (kind, word)):
                print(f"{word}: {kind} of {name}\n    {said.strip()[:600]}")
                if options.keep:
                    os.makedirs(options.keep, exist_ok=True)
                    path = os.path.join(options.keep, f"{name}-{kind}-{number}.csv")
                    with open(path, "wb") as file:
                        file.write(data)
    if options.files is None:
        for kind in counts:
            print(f"{kind:34}", ", ".join(f"{w} {n}" for w, n in sorted(counts[kind].items())))
    print(f"{sum(total.values())} files:", ", ".join(f"{w} {n}" for w, n in sorted(total.items())))
    return 1 if any(word.isupper() for word in total) else 0


if __name__ == "__main__":
    sys.exit(main())
