"""Measures DeskQL beside its peers: run it through Tests/Benchmarks/run, which prepares it."""
import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time

from . import machine, tables, warm, whole, workers

GROUPS = ["startup", "cold", "load", "warm", "cores", "h2o", "snapshot"]


def arguments():
    parser = argparse.ArgumentParser(prog="Tests/Benchmarks/run", description=__doc__)
    parser.add_argument("--rows", type=float, action="append",
                        help="tickets; may be repeated (default 1e3, 1e6, 1e7)")
    parser.add_argument("--quick", action="store_true", help="1e3 and 1e6 tickets, three turns")
    parser.add_argument("--group", choices=GROUPS, action="append", help="default: all")
    parser.add_argument("--peer", action="append", help="default: all; 'none' for ours alone")
    parser.add_argument("--turns", type=int, default=7, help="runs of each, taken in turn")
    parser.add_argument("--data", required=True, type=os.path.abspath, help=argparse.SUPPRESS)
    parser.add_argument("--build", required=True, type=os.path.abspath, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.quick:
        given.turns = min(given.turns, 3)
    given.rows = [int(x) for x in given.rows or ([1e3, 1e6] if given.quick else [1e3, 1e6, 1e7])]
    return given


def short(rows):
    for unit, name in ((1_000_000, "m"), (1_000, "k")):
        if rows % unit == 0:
            return f"{rows // unit}{name}"
    return str(rows)


def generate(data, rows, h2o=False):
    """The files with so many rows, made where they are not there."""
    folder = os.path.join(data, ("h2o-" if h2o else "") + short(rows))
    names = ["x.csv"] if h2o else ["tickets.csv", "surveys.csv"]
    files = [os.path.join(folder, name) for name in names]
    if not all(map(os.path.exists, files)):
        kind = ["--h2o"] if h2o else []
        subprocess.run([sys.executable, "-m", "harness.generate", "--rows", str(rows),
                        "--out", folder, *kind], check=True, stdout=sys.stderr)
    return files


def describe(found, missing, figures):
    with open("/proc/cpuinfo") as file:
        model = next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                            cwd=workers.HERE).stdout.strip()
    versions = {name: subprocess.run(
        [sys.executable, "-c", f"import {name}; print({name}.__version__)"], capture_output=True,
        text=True).stdout.strip() for name in dict.fromkeys(peer[0] for peer in found)}
    about = {
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "commit": commit,
        "machine": f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, Linux {platform.release()}",
        "load before": "%.1f, %.1f, %.1f" % os.getloadavg(),
        **{f"{name} version": version for name, version in versions.items()},
        **{f"{name} is missing": reason for name, reason in missing.items()},
        "memory, copied": f"{figures['copy_1']} GB/s by one core, {figures['copy_2']} by two",
        "separators of the tickets, scanned":
            f"{figures['scan_1']} GB/s by one core, {figures['scan_2']} by two",
    }
    tables.table("DeskQL measured", ["what", ""], about.items())
    return about


def installed(program, folder):
    """A copy of the program, as all peers are copies: of what a linker has written, the system
    maps every page by itself."""
    target = os.path.join(folder, os.path.basename(program))
    shutil.copy(program, target)
    return target


def main():
    given = arguments()
    os.makedirs(given.data, exist_ok=True)
    groups = given.group or GROUPS
    program = installed(os.path.join(given.build, "deskql"), given.data)
    runner = os.path.join(given.build, "QuestionRunner")
    files = {rows: generate(given.data, rows) for rows in given.rows}
    found, missing = workers.peers(given.peer)
    largest = files[max(given.rows)]
    measure = machine.build(given.data)
    results = [describe(found, missing, machine.figures(measure, largest[0]))]
    if "startup" in groups:
        results.append(whole.startup(program, largest[0], 3 * given.turns))
    for rows in given.rows:
        size = short(rows)
        if "cold" in groups:
            results.append(whole.cold(program, files[rows], size, given.turns))
        if rows < 100_000:
            continue  # the other groups need some size
        if "load" in groups:
            results.append(whole.load(runner, files[rows], found, size, given.turns))
        if "warm" in groups:
            title = f"Support questions, tables loaded, {size} tickets"
            one = warm.Warm(runner, "support", "questions", files[rows], given.turns)
            results += one.run(found, title)
        if "cores" in groups:
            title = f"One and two threads, {size} tickets"
            results.append(
                warm.cores(runner, "questions", files[rows], 3 * given.turns, title, measure))
        if "snapshot" in groups:
            results.append(whole.snapshot(program, files[rows], size, given.turns))
    if "h2o" in groups:
        rows = max(given.rows)
        path = generate(given.data, rows, h2o=True)
        one = warm.Warm(runner, "h2o", "h2o", path, given.turns)
        results += one.run(found, f"h2o group-by, {short(rows)} rows")
    with open(os.path.join(given.data, "results.json"), "w") as file:
        json.dump(results, file, indent=1)


main()
