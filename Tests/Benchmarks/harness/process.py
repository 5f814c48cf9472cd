"""Whole processes, from the call to the end, as somebody at a shell has them."""
import os
import random
import subprocess
import tempfile
import time


def run(argv, stdin=None):
    """Milliseconds on the wall, of the processors, and what was printed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        source = subprocess.PIPE if stdin else subprocess.DEVNULL
        start = time.perf_counter()
        process = subprocess.Popen(argv, stdin=source, stdout=out, stderr=errors)
        if stdin:
            process.stdin.write(stdin.encode())
            process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if status:
            errors.seek(0)
            raise RuntimeError(errors.read().decode(errors="replace")[-300:].strip())
        return {"ms": wall * 1e3, "cpu_ms": (usage.ru_utime + usage.ru_stime) * 1e3,
                "text": out.read().decode(errors="replace")}


def interleaved(commands, turns):
    """{label: (argv, stdin)} to {label: [milliseconds]}, one of each in every turn; the first turn
    warms the file cache and is not counted. Each turn has an order of its own: whoever always came
    behind the largest process would always find the caches of the processor as that left them."""
    times = {label: [] for label in commands}
    draw = random.Random(1)
    for turn in range(turns + 1):
        for label in draw.sample(list(commands), len(commands)):
            argv, stdin = commands[label]
            spent = run(argv, stdin)["ms"]
            if turn:
                times[label].append(spent)
    return times
