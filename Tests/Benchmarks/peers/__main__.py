"""One peer with its tables loaded, answering requests as question-runner does for DeskQL:

    python -m peers PEER VARIANT support TICKETS SURVEYS
    python -m peers PEER VARIANT h2o FILE

Lines on standard input: `time NAME COUNT [SPELLING]`, `answer NAME`, `sums NAME`.
"""
import importlib
import json
import os
import resource
import sys
import time

from . import VARIANTS
from .columns import H2O_SUMS


def memory():
    """Megabytes resident now, and at most."""
    with open("/proc/self/status") as file:
        lines = dict(line.split(":", 1) for line in file)
    return int(lines["VmRSS"].split()[0]) / 1024, int(lines["VmHWM"].split()[0]) / 1024


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def load(peer, variant, data, paths):
    before, start, cpu_start = memory()[0], time.perf_counter(), cpu()
    if data == "support":
        peer.load(*paths, variant)
    else:
        peer.load_h2o(*paths, variant)
    wall, used = time.perf_counter() - start, cpu() - cpu_start
    time.sleep(0.5)  # some give memory back a little later
    held, peak = memory()
    disk = peer.memory_disk_mb() if hasattr(peer, "memory_disk_mb") else 0
    return {"ms": wall * 1e3, "cpu_ms": used * 1e3, "before_mb": before, "held_mb": held + disk,
            "peak_mb": peak + disk, "version": peer.version}


def timed(work, count):
    wall, used = [], []
    for _ in range(count):
        start, cpu_start = time.perf_counter(), cpu()
        work()
        wall.append((time.perf_counter() - start) * 1e3)
        used.append((cpu() - cpu_start) * 1e3)
    return {"ms": wall, "cpu_ms": used}


def answer(peer, data, request):
    kind, question = request[:2]
    work = peer.run if data == "support" else peer.run_h2o
    if len(request) > 3:
        peer.engine = request[3]
    if kind == "time":
        return timed(lambda: work(question), int(request[2]))
    if kind == "answer":
        return {"rows": [list(row) for row in peer.rows(question)]}
    work(question)
    rows, *sums = peer.sums(question, H2O_SUMS[question])
    return {"rows": int(rows), "sums": [float(value) for value in sums]}


def main():
    name, variant, data, *paths = sys.argv[1:]
    module, kind = VARIANTS[name][0]
    out = os.fdopen(os.dup(1), "w")  # an engine may print to standard output
    os.dup2(2, 1)

    def say(reply):
        print(json.dumps(reply, default=str), file=out, flush=True)

    peer = getattr(importlib.import_module(f"peers.{module}"), kind)()
    say(load(peer, variant, data, paths))
    for line in sys.stdin:
        try:
            say(answer(peer, data, line.split()))
        except Exception as error:  # one question out of reach must not lose the others
            say({"error": f"{type(error).__name__}: {error}"[:300]})
    if hasattr(peer, "close"):
        peer.close()


main()
