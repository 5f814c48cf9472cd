"""Loads that take long, at a pseudo-terminal and in pipes.

    python3 loading.py PATH/TO/deskql

Needs pexpect. A named pipe gives its rows as slowly as a test wants.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

try:
    import pexpect
except ImportError:
    sys.exit("skipped: this test needs pexpect (pip install pexpect)")

from support.signals import heed_all

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "deskql"
PROMPT = "deskql> "
ROWS = b"".join(b"%d,2024-03-01T10:00:00Z,web\n" % i for i in range(1000))


class SlowFile:
    """A named pipe with a header and rows that ends when it is told to."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "tickets.csv")
        os.mkfifo(self.path)
        self.is_open = threading.Event()
        self.may_end = threading.Event()
        self.thread = threading.Thread(target=self.write, daemon=True)
        self.thread.start()

    def write(self):
        with open(self.path, "wb", buffering=0) as pipe:
            self.is_open.set()
            try:
                pipe.write(b"id,created,channel\n" + ROWS)
                self.may_end.wait(60)
            except BrokenPipeError:
                pass

    def end(self):
        self.may_end.set()
        self.thread.join(60)


class Loading(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.folder.name,
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }
        self.slow = SlowFile(self.folder.name)
        self.children = []

    def tearDown(self):
        for child in self.children:
            child.close(force=True)
        self.slow.end()
        self.folder.cleanup()

    def start(self, *arguments, **environment):
        child = pexpect.spawn(
            PROGRAM, list(arguments), env={**self.environment, **environment},
            encoding="utf-8", timeout=30, dimensions=(40, 100), echo=True)
        self.children.append(child)
        return child

    def test_progress_is_shown_and_taken_away(self):
        child = self.start(self.slow.path, "-c", "tickets")
        child.expect(r"\r[^\r]*tickets\.csv  \d+ kB  [\d.]+ k?B/s\x1b\[K")
        self.slow.end()
        child.expect(r"\r\x1b\[K")
        child.expect("1,?000")
        child.expect(pexpect.EOF)
        self.assertNotIn("B/s", child.before)
        child.wait()
        self.assertEqual(child.exitstatus, 0)

    def test_no_progress_on_a_screen_that_cannot_erase(self):
        child = self.start(self.slow.path, "-c", "tickets", TERM="dumb")
        timer = threading.Timer(1.5, self.slow.end)
        timer.start()
        child.expect(pexpect.EOF)
        self.assertNotIn("B/s", child.before)
        self.assertNotIn("\x1b[K", child.before)

    def test_nothing_in_pipes(self):
        timer = threading.Timer(1.5, self.slow.end)
        timer.start()
        done = subprocess.run(
            [PROGRAM, self.slow.path, "-c", "tickets"], env=self.environment,
            capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr, b"")
        self.assertIn(b"1000", done.stdout)

    def test_control_c_ends_a_single_run(self):
        child = self.start(self.slow.path, "-c", "tickets")
        child.expect("B/s")
        child.sendintr()
        child.expect(pexpect.EOF)
        # The line of progress is not left behind.
        self.assertTrue(child.before.rstrip("\r\n").endswith("\x1b[K"), repr(child.before))
        child.wait()
        self.assertEqual(child.exitstatus, 130)

    def test_an_interrupt_ends_a_check(self):
        other = os.path.join(self.folder.name, "other.csv")
        with open(other, "w") as file:
            file.write("id,created\n1,2024-03-01\n")
        check = subprocess.Popen(
            [PROGRAM, "check", self.slow.path, other], env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertTrue(self.slow.is_open.wait(30))
        check.send_signal(signal.SIGINT)
        out, err = check.communicate(timeout=30)
        self.assertEqual(check.returncode, 130)
        self.assertEqual(out, b"")
        self.assertEqual(err, b"")

    def test_a_snapshot_that_is_cut_while_it_is_open(self):
        rows = os.path.join(self.folder.name, "rows.csv")
        path = os.path.join(self.folder.name, "desk.deskdb")
        with open(rows, "w") as file:
            file.write("id,created,channel,subject\n")
            for i in range(20_000):
                file.write(f"{i},2024-03-01T10:00:00Z,web,subject {i}\n")
        child = self.start("tickets=" + rows)
        child.expect(PROMPT)
        child.send(f"save '{path}'\r")
        child.expect("Saved tickets")
        child.expect(PROMPT)
        child.send(f"load '{path}'\r")
        child.expect(r"deskdb: tickets \(20,000 rows\)")
        child.expect(PROMPT)
        os.truncate(path, 8192)
        for _ in range(2):
            child.send("tickets by channel where subject contains '77'\r")
            child.expect("the snapshot .* is damaged|can no longer be read")
            child.expect(PROMPT)
        child.send(f"load '{path}'\r")
        child.expect("is damaged")
        child.send(f"load '{rows}' as tickets\r")
        child.expect("20,000 rows")
        child.send("tickets\r")
        child.expect("20,000")
        child.send(".quit\r")
        child.expect(pexpect.EOF)
        child.wait()
        self.assertEqual(child.exitstatus, 0)

    def test_control_c_brings_the_prompt_back_with_all_that_was_loaded(self):
        ratings = os.path.join(self.folder.name, "surveys.csv")
        with open(ratings, "w") as file:
            file.write("ticket_id,kind,score\n1,csat,5\n2,csat,1\n")
        child = self.start(ratings)
        child.expect(PROMPT)
        child.send(f"load '{self.slow.path}' as tickets\r")
        child.expect("B/s")
        child.sendintr()
        child.expect("Cancelled")
        child.expect(PROMPT)
        child.send("csat\r")
        child.expect("50.0%")
        child.expect(PROMPT)
        child.send("show datasets\r")
        child.expect("surveys")
        child.expect(PROMPT)
        self.assertNotIn("tickets  ", child.before)
        child.send(".quit\r")
        child.expect(pexpect.EOF)
        child.wait()
        self.assertEqual(child.exitstatus, 0)


if __name__ == "__main__":
    heed_all()
    unittest.main()
