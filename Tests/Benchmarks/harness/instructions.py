"""Counts the instructions of a load and of some questions, and holds them against the record.

Counts say what clocks on a shared machine cannot: they are the same in every run within a fraction
of a percent. They depend on the compiler and on what the processor offers (valgrind knows AVX2, not
AVX-512), so a record holds for its own kind of machine only; on another there is nothing to compare.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

from . import small_data

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RECORD = os.path.join(HERE, "instructions.json")
QUESTIONS = ["q01", "q04", "q08", "q11"]
LIMIT = 1.05


def kind():
    """What the counts depend on."""
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    with open("/proc/cpuinfo") as file:
        vectors = "AVX2" if " avx2 " in file.read() else "no AVX2"
    return f"Swift {re.search('version ([0-9.]+)', swift)[1]}, {vectors}"


def count(runner):
    """{what: instructions}, each question in its second run."""
    with tempfile.TemporaryDirectory() as folder:
        small_data.write(folder)
        files = [os.path.join(folder, name) for name in ("tickets.csv", "surveys.csv")]
        # Every reading of the clocks begins a new count: first around the load, then around each run.
        argv = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/counts",
                "--dump-before=*QuestionRunner*Clocks*now*", runner, "--threads", "1",
                os.path.join(HERE, "questions"), *files]
        done = subprocess.run(
            argv, input="".join(f"time {name} 2\n" for name in QUESTIONS), capture_output=True,
            text=True, env={"PATH": os.environ["PATH"], "SWIFT_DETERMINISTIC_HASHING": "1"})
        if done.returncode or '"error"' in done.stdout:
            sys.exit(f"{done.stdout}\n{done.stderr}"[-2000:])
        spans = []
        for path in glob.glob(f"{folder}/counts.*"):
            with open(path) as file:
                text = file.read()
            part = int(re.search(r"^part: (\d+)", text, re.M)[1])
            spans.append((part, int(re.search(r"^(?:summary|totals): (\d+)", text, re.M)[1])))
    spans = [instructions for _, instructions in sorted(spans)]
    # Between the two readings around each piece of work lies every second span.
    work = spans[1::2]
    if len(work) < 1 + 2 * len(QUESTIONS):
        sys.exit(f"{len(work)} pieces of work were counted, {1 + 2 * len(QUESTIONS)} expected")
    return {"load": work[0], **{name: work[2 + 2 * i] for i, name in enumerate(QUESTIONS)}}


def main():
    parser = argparse.ArgumentParser(prog="Tests/Benchmarks/instructions", description=__doc__)
    parser.add_argument("--record", action="store_true", help="write the counts down")
    parser.add_argument("--runner", required=True, help="the program question-runner")
    given = parser.parse_args()
    records = {}
    if os.path.exists(RECORD):
        with open(RECORD) as file:
            records = json.load(file)
    here, counts = kind(), count(given.runner)
    known = records.get(here, {})
    for name, value in counts.items():
        change = f"{value / known[name] - 1:+.1%}" if name in known else "not recorded"
        print(f"{name:6}{value:15,} instructions, {change}")
    if given.record:
        records[here] = counts
        with open(RECORD, "w") as file:
            json.dump(records, file, indent=2, sort_keys=True)
            file.write("\n")
    elif not known:
        print(f"there is no record for {here}: nothing to compare")
    else:
        grown = [name for name, value in counts.items() if value > LIMIT * known.get(name, value)]
        if grown:
            sys.exit(f"{', '.join(grown)} grew by over 5%: make it cheaper, or say in the commit why "
                     "it must cost more and run Tests/Benchmarks/instructions --record")


main()
