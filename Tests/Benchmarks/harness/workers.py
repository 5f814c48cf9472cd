"""Processes that hold an engine with its tables and answer requests line by line."""
import json
import os
import select
import subprocess
import sys
import tempfile

from peers import VARIANTS

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class OutOfTime(RuntimeError):
    """A worker was stopped because it took too long."""

    def __init__(self, worker, limit):
        super().__init__(f"over {limit} s")
        self.worker = worker


class Worker:
    """An engine; `loaded` tells what its load took."""

    # No answer is worth more seconds.
    LIMIT = 60

    def __init__(self, argv):
        self.argv = argv
        self.start()

    def start(self):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(self.argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True, cwd=HERE)
        self.loaded = self.read()

    def read(self, limit=None):
        """The next line; after `limit` seconds the process starts anew, with its tables loaded."""
        if not select.select([self.process.stdout], [], [], limit)[0]:
            self.process.kill()
            self.close()
            self.start()
            raise OutOfTime(self, limit)
        line = self.process.stdout.readline()
        if not line:
            self.errors.seek(0)
            raise RuntimeError(self.errors.read()[-300:].strip() or "it ended")
        return json.loads(line)

    def ask(self, *request):
        try:
            self.process.stdin.write(" ".join(map(str, request)).strip() + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise RuntimeError("it ended") from None
        reply = self.read(self.LIMIT)
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply

    def time(self, question, spelling="", last=0.0):
        """Milliseconds of one run; a short question first runs once to warm up again, because
        another engine had the caches in between."""
        count = 2 if last < 200 else 1
        return self.ask("time", question, count, spelling)["ms"][-1]

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.errors.close()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def ours(program, questions, files, threads=None):
    some = ["--threads", str(threads)] if threads else []
    return Worker([program, *some, os.path.join(HERE, questions), *files])


def peer(name, variant, data, paths):
    return Worker([sys.executable, "-m", "peers", name, variant, data, *paths])


def peers(only):
    """Every peer and variant that is installed; the others with the reason."""
    found, missing = [], {}
    for name, (_, variants, spellings) in VARIANTS.items():
        if only and name not in only:
            continue
        check = subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True,
                               text=True)
        if check.returncode:
            missing[name] = check.stderr.strip().splitlines()[-1]
        else:
            found += [(name, variant, spellings) for variant in variants]
    return found, missing
