"""Drives the program at a pseudo-terminal and in pipes, as people and shells do.

    python3 conversation.py PATH/TO/deskql

Needs pexpect. The statements used run without any data.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import termios
import time
import unittest

try:
    import pexpect
except ImportError:
    sys.exit("skipped: this test needs pexpect (pip install pexpect)")

from support.keys import press_control_d
from support.signals import heed_all

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "deskql"
PROMPT = "deskql> "
BAD = "oops_no_such_measure"


class Conversation(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.folder.name,
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }
        self.children = []

    def tearDown(self):
        for child in self.children:
            child.close(force=True)
        self.folder.cleanup()

    def start(self, *arguments, **environment):
        child = pexpect.spawn(
            PROGRAM, list(arguments), env={**self.environment, **environment},
            encoding="utf-8", timeout=30, dimensions=(40, 100), echo=True)
        self.children.append(child)
        self.modes = termios.tcgetattr(child.child_fd)
        child.expect(PROMPT)
        return child

    def ask(self, child, line):
        child.send(line + "\r")

    def leave(self, child, code=0):
        child.expect(pexpect.EOF)
        child.wait()
        self.assertEqual(child.exitstatus, code)

    def history(self):
        path = os.path.join(self.folder.name, ".local/state/deskql/history")
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()

    def test_greets_answers_and_leaves(self):
        child = self.start()
        self.assertIn("DeskQL", child.before)
        self.ask(child, "show settings")
        child.expect(PROMPT)
        child.send("\x04")
        self.leave(child)

    def test_quit(self):
        child = self.start()
        self.ask(child, ".quit")
        self.leave(child)

    def test_an_error_has_a_caret_and_the_talk_goes_on(self):
        child = self.start()
        self.ask(child, BAD)
        child.expect(r"error.*\^\^\^")
        child.expect(PROMPT)
        self.ask(child, ".mode csv")
        child.expect(PROMPT)
        self.ask(child, ".mode")
        child.expect("csv")

    def test_control_c_drops_the_line_and_never_leaves(self):
        child = self.start()
        for _ in range(5):
            child.send(BAD)
            child.expect(BAD)
            start = time.monotonic()
            child.sendintr()
            child.expect(PROMPT)
            self.assertLess(time.monotonic() - start, 0.5)
        self.ask(child, ".mode")
        child.expect("table")

    def test_tab_completes_commands(self):
        child = self.start()
        child.send(".mo\t")
        child.expect("de ")
        child.send("js\t\t")
        child.expect("jsonl +.*one object per row")
        child.send("l\r")
        child.expect(PROMPT)
        self.ask(child, ".mode")
        child.expect("jsonl")

    def test_letters_beyond_ascii_in_any_locale(self):
        for locale in ["C.UTF-8", "C", "nowhere"]:
            child = self.start(LC_ALL=locale)
            self.ask(child, ".hé日本x\x7f👍")
            # The program's own words keep to what the locale says that the terminal can show.
            shown = ".hé日本👍" if "UTF-8" in locale else ".h" + 7 * "?"
            child.expect_exact(f"no command '{shown}'")
            self.assertEqual(self.history()[-1], ".hé日本👍")
            # Before the prompt Ctrl-D is the terminal's, which swallows it.
            child.expect(PROMPT)
            press_control_d(child)
            child.wait()
            self.assertEqual(child.exitstatus, 0)

    def test_a_paste_is_one_text(self):
        child = self.start()
        child.send("\x1b[200~.history\n.mode\tcsv\n\x1b[201~")
        time.sleep(0.3)
        self.assertFalse(os.path.exists(os.path.join(self.folder.name, ".local")))
        child.send("\r")
        child.expect(PROMPT)
        self.assertEqual(self.history(), [".history\\n.mode csv"])

    def test_a_paste_that_would_be_another_text_is_refused(self):
        child = self.start()
        for text in [".mode \x1b[31m csv", "count where x = 'a\tb'", "count where x = 'a\u200f'"]:
            child.send("\x1b[200~" + text + "\x1b[201~")
            child.expect("Not pasted")
            child.expect(PROMPT)
        self.ask(child, ".mode")
        child.expect("table")
        child.expect(PROMPT)
        self.assertEqual(self.history(), [".mode"])

    def test_a_paste_in_a_search_or_behind_a_key_runs_nothing(self):
        child = self.start()
        for key in ["\x12", "\x12mo", "\x16", "\x18", "\x1b"]:
            child.send(key)
            time.sleep(0.1)
            child.send("\x1b[200~.mode csv\n.mode json\n.mode\x1b[201~")
            time.sleep(0.2)
            child.send("\x03")
            child.expect(PROMPT)
        self.ask(child, ".mode")
        child.expect("table")

    def test_a_paste_after_a_stop_is_one_text(self):
        child = self.start()
        child.send(".mode")
        time.sleep(0.2)
        child.send("\x1a")
        child.expect("\x1b\\[\\?2004l")
        time.sleep(0.2)
        child.kill(signal.SIGCONT)
        child.expect("\x1b\\[\\?2004h")

    def test_search_for_what_was_typed_before(self):
        child = self.start()
        for line in [".mode json", ".mode csv", ".mode"]:
            self.ask(child, line)
            child.expect(PROMPT)
        child.send("\x12MODE ")
        child.expect("csv")
        child.send("\x12")
        child.expect("json")
        # Another letter has no match, and goes again; an arrow ends the search and moves.
        child.send("q")
        child.expect("not found")
        child.send("\x7f\x7f")
        child.expect("search")
        child.send("\x12\x1b[Dx\r")
        child.expect("csxv")
        child.expect(PROMPT)
        child.send(".timer\x12json\x07\r")
        child.expect("off\r\n")
        child.expect(PROMPT)
        child.send("\x12json\r")
        child.expect(PROMPT)
        self.assertEqual(
            self.history(),
            [".mode json", ".mode csv", ".mode", ".mode csxv", ".timer", ".mode json"])

    def test_keys_without_a_meaning_leave_no_letters(self):
        child = self.start()
        child.send(".mo\x1b[5~\x1b[15~\x1b[1;2A\x1b[3;5~\x1bOP\x1bx\x18\x1b[Zde\r")
        child.expect("table")
        child.expect(PROMPT)
        self.assertEqual(self.history(), [".mode"])

    def test_a_search_takes_the_rows_of_a_line_that_wraps(self):
        child = self.start("--demo")
        child.setwinsize(24, 40)
        self.ask(child, "count from tickets")
        child.send("median frt by agent, product where month = 2024-03")
        child.expect("2024-03")
        child.send("\x12count")
        child.expect_exact("\x1b[1A")
        child.expect("search. 'count': ")
        child.setwinsize(24, 24)
        child.expect_exact("J(search) 'count': count")
        child.send("\r")
        child.expect("5,713")
        child.expect(PROMPT)

    def test_arrows_go_from_line_to_line_of_a_statement(self):
        child = self.start("--demo")
        self.ask(child, "count from tickets")
        child.send("tickets\x1b\rby channel\r")
        child.expect("email")
        child.expect(PROMPT)
        child.send("\x1b[A\x1b[A, csat\r")
        child.expect("tickets, csat by channel")
        child.expect(PROMPT)
        child.send("\x1b[A\x1b[A\x1b[B, team\r")
        child.expect("tickets, csat by channel, team")
        child.expect(PROMPT)
        child.send("\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A\r")
        child.expect("5,713")

    def test_a_statement_is_edited_as_a_whole_before_it_ends(self):
        child = self.start("--demo")
        child.send("tickets by chanel,\r")
        child.expect(r"\.\.\.> ")
        child.send("priority\x1b[A" + 4 * "\x1b[D" + "n\r")
        child.expect("tickets by channel, priority")
        child.expect(PROMPT)
        self.assertEqual(self.history(), ["tickets by channel,\\npriority"])
        child.send("count from (\r")
        child.expect(r"\.\.\.> ")
        child.send("\x1b[A\x7ftickets\r")
        child.expect("5,713")

    def test_line_ends_of_two_bytes_are_one(self):
        child = self.start("--demo")
        child.send("count from tickets\r\nwhere channel = email\r\n")
        child.expect("5,713")
        child.send("count from (\r\nshow goals")
        child.expect(r"\.\.\.> ")
        child.expect("show goals")
        self.assertNotIn("\n", child.before, "nothing ends the second line before it has begun")
        child.sendintr()
        child.expect(PROMPT)

    def test_terminated_in_the_midst_of_a_paste_or_search(self):
        for keys in ["\x1b[200~.mode ", "\x12mo"]:
            child = self.start()
            child.send(keys)
            time.sleep(0.2)
            child.kill(signal.SIGTERM)
            self.leave(child, 143)

    def test_an_interrupted_paste_is_given_up_whole(self):
        child = self.start()
        child.send("\x1b[200~.mode csv\nab\x03cd\n.mode json\n.mode csv\n\x1b[201~")
        child.expect(PROMPT)
        self.ask(child, ".mode")
        child.expect("table")
        child.expect(PROMPT)
        # The end of a paste without its beginning is nothing either.
        child.send("\x1b[201~.mode markdown\r")
        child.expect(PROMPT)
        self.assertEqual(self.history(), [".mode", ".mode markdown"])

    def test_a_paste_that_does_not_end_can_be_left(self):
        child = self.start()
        child.send("\x1b[200~.mode csv")
        time.sleep(0.2)
        child.send("\x03")
        child.expect(PROMPT)
        self.ask(child, ".mode")
        child.expect("table")

    def test_type_is_plain_at_the_prompt_and_after_leaving(self):
        child = self.start()
        self.ask(child, "show settings")
        child.expect(PROMPT)
        shown = child.before
        child.send("\x04")
        child.expect(pexpect.EOF)
        types = re.findall(r"\x1b\[([0-9;]*)m", shown + child.before)
        self.assertIn("1", types)
        self.assertIn(types[-1], ("0", ""))

    def test_half_a_character_takes_no_other_with_it(self):
        child = self.start()
        os.write(child.child_fd, b".mode csv \xc3(\x7f\x7f\r")
        child.expect(PROMPT)
        self.ask(child, ".mode")
        child.expect("csv")

    def test_a_long_paste_is_whole(self):
        child = self.start()
        text = "." + "x" * 20000
        child.send("\x1b[200~" + text + "\x1b[201~\r")
        child.expect("there is no command")
        self.assertEqual(self.history(), [text])

    def test_history_outlives_the_session(self):
        first = self.start()
        self.ask(first, ".mode markdown")
        first.expect(PROMPT)
        first.kill(signal.SIGKILL)
        second = self.start()
        second.send("\x12markd")
        second.expect("mode markdown")
        second.send("\r")
        second.expect(PROMPT)
        self.ask(second, ".mode")
        second.expect("markdown")

    def test_an_open_statement_goes_on(self):
        child = self.start()
        self.ask(child, "csat by (")
        child.expect(r"   \.\.\.> ")
        child.sendintr()
        child.expect(PROMPT)

    def test_the_window_changes(self):
        child = self.start()
        child.send(".mode")
        child.expect("mode")
        for width in [60, 30, 120]:
            child.setwinsize(40, width)
            time.sleep(0.1)
        child.send(" csv\r")
        self.ask(child, ".mode")
        # The prompt is drawn anew at every change, so that only the answer tells.
        child.expect("csv\r\n")
        child.expect("csv\r\n")
        self.assertEqual(self.history(), [".mode csv", ".mode"])

    def test_terminated(self):
        for number, code in [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131)]:
            child = self.start()
            child.kill(number)
            self.leave(child, code)
            self.assertEqual(self.modes[3], termios.tcgetattr(child.child_fd)[3])

    def test_the_terminal_is_as_before_a_crash(self):
        for number in [signal.SIGSEGV, signal.SIGABRT, signal.SIGXCPU, signal.SIGALRM]:
            # Swift's own report of a crash would ask what to do.
            child = self.start(SWIFT_BACKTRACE="enable=no")
            child.send("csat")
            child.expect("csat")
            child.kill(number)
            child.expect(pexpect.EOF)
            child.wait()
            self.assertEqual(child.signalstatus, number)
            self.assertEqual(self.modes, termios.tcgetattr(child.child_fd))

    def test_the_terminal_is_as_before(self):
        child = self.start()
        press_control_d(child)
        self.assertEqual(self.modes, termios.tcgetattr(child.child_fd))

    def test_a_dumb_terminal_gets_no_codes(self):
        child = self.start(TERM="dumb")
        self.ask(child, BAD)
        child.expect("error")
        child.expect(PROMPT)
        press_control_d(child)
        self.assertNotIn("\x1b", child.before)

    def test_no_color(self):
        child = self.start(NO_COLOR="1")
        self.ask(child, BAD)
        child.expect(PROMPT)
        self.assertNotIn("\x1b[1;31m", child.before)

    def test_a_history_that_may_not_grow(self):
        child = pexpect.spawn(
            "/bin/sh", ["-c", 'ulimit -f 0; exec "$0"', PROGRAM], env=self.environment,
            encoding="utf-8", timeout=30)
        self.children.append(child)
        child.expect(PROMPT)
        self.ask(child, ".mode")
        child.expect(r"history .* cannot be\s+written: File too large")
        child.expect("table")
        self.ask(child, ".mode csv")
        child.expect(PROMPT)
        self.assertNotIn("cannot", child.before)

    def test_an_unwritable_home(self):
        child = self.start(HOME="/proc/nowhere")
        self.ask(child, ".mode")
        child.expect("history .* cannot be written")
        child.expect("table")
        self.ask(child, ".mode csv")
        child.expect(PROMPT)
        self.assertNotIn("cannot", child.before)


class Pipes(unittest.TestCase):
    def run_program(self, *arguments, **options):
        return subprocess.run(
            [PROGRAM, *arguments], capture_output="stdout" not in options, text=True,
            timeout=60, **options)

    def test_codes(self):
        none = subprocess.DEVNULL
        self.assertEqual(self.run_program("--version", stdin=none).returncode, 0)
        self.assertEqual(self.run_program("--bogus", stdin=none).returncode, 64)
        self.assertEqual(self.run_program("-c", BAD, stdin=none).returncode, 1)
        self.assertEqual(self.run_program("no-such.csv", stdin=none).returncode, 1)
        self.assertEqual(self.run_program("-f", "/no/script", stdin=none).returncode, 1)
        self.assertEqual(self.run_program(stdin=none).returncode, 0)

    def test_a_script_from_a_pipe(self):
        done = self.run_program(input="show settings\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertNotIn("\x1b", done.stdout)

    def test_a_full_disk(self):
        with open("/dev/full", "w") as full:
            done = self.run_program(
                "-c", "show settings", stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 3)
        self.assertIn("No space left on device", done.stderr)

    def test_a_reader_that_left(self):
        child = subprocess.Popen(
            [PROGRAM, "-f", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        child.stdout.close()
        child.stdin.write(b"show settings\n")
        child.stdin.close()
        self.assertEqual(child.wait(10), 141)
        self.assertEqual(child.stderr.read(), b"")
        child.stderr.close()

    def test_signals_while_waiting(self):
        for number, code in [(signal.SIGINT, 130), (signal.SIGTERM, 143)]:
            child = subprocess.Popen([PROGRAM, "-f", "-"], stdin=subprocess.PIPE)
            time.sleep(0.5)
            child.send_signal(number)
            self.assertEqual(child.wait(10), code)
            child.stdin.close()

    def test_standard_output_by_name_goes_on_where_it_stands(self):
        with tempfile.TemporaryFile("w+") as file:
            for name in ["-", "/dev/stdout", "/dev/fd/1"]:
                file.write("before\n")
                file.flush()
                done = self.run_program(
                    "-c", "show settings", "-o", name, stdin=subprocess.DEVNULL, stdout=file)
                self.assertEqual(done.returncode, 0)
            file.seek(0)
            text = file.read()
        self.assertEqual(text.count("before\n"), 3)
        self.assertEqual(text.count("week_start"), 3)

    def test_every_mistake_is_json_where_asked_for(self):
        for words in [
            ["--bogus"], ["--format", "nope"], ["check", "nosuch.csv"], ["-f", "nosuch.deskql"],
            ["fmt", "nosuch.deskql"], ["-c", "csat", b"\xff.csv"], ["-c", "1", "--set", "x=1"],
        ]:
            asked = ["--errors", "json"]
            task = words[0] in ("check", "fmt")
            words = words[:1] + asked + words[1:] if task else asked + words
            done = self.run_program(*words, stdin=subprocess.DEVNULL)
            self.assertIn(done.returncode, (1, 64))
            lines = done.stderr.splitlines()
            self.assertEqual(len(lines), 1, done.stderr)
            found = json.loads(lines[0])
            self.assertEqual(found["severity"], "error")
            if "nosuch" in str(words[-1]):
                self.assertEqual(found["file"], words[-1])

    def test_one_file_of_json_is_one_value(self):
        script = "set today = 2024-12-15; csat in last month vs previous; describe csat"
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "x.json")
            for query, wanted in [("tickets", dict), ("tickets; csat", list), (script, list)]:
                done = self.run_program("--demo", "-c", query, "-o", path)
                self.assertEqual(done.returncode, 0, done.stderr)
                with open(path, encoding="utf-8") as file:
                    found = json.load(file)
                self.assertIsInstance(found, wanted)
        self.assertEqual([found[0]["period"], found[0]["compared_period"]], ["2024-11", "2024-10"])
        units = {column["name"]: column["unit"] for column in found[0]["columns"]}
        self.assertEqual([units["csat"], units["csat_change"]], ["percent", "points"])
        done = self.run_program("--demo", "-c", "list tags limit 1", "--format", "json")
        self.assertTrue(json.loads(done.stdout)["columns"][0]["list"])

    def test_a_parameter_that_no_script_takes(self):
        done = self.run_program("--set", "mnth=3", "-c", "param month = 2", stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 1)
        self.assertIn("did you mean 'month'?", done.stderr)
        done = self.run_program("--set", "month=3", "-c", "param month =", stdin=subprocess.DEVNULL)
        self.assertIn("a value is missing", done.stderr)
        done = self.run_program("--set", "month=3", "-c", "param month = 2", stdin=subprocess.DEVNULL)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_line_end_in_the_name_of_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a\nb.csv")
            with open(path, "w") as file:
                file.write("id,channel\n1,chat\n")
            done = self.run_program("--errors", "json", f"tickets={path}", "-c", ".", stdin=subprocess.DEVNULL)
            self.assertNotIn("a\nb", done.stderr)
            done = self.run_program("check", path, stdin=subprocess.DEVNULL)
            self.assertIn("a\\nb.csv", done.stdout)

    def test_a_failed_run_leaves_the_old_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "r.csv")
            with open(path, "w") as file:
                file.write("old")
            self.run_program("-c", BAD, "-o", path, stdin=subprocess.DEVNULL)
            with open(path) as file:
                self.assertEqual(file.read(), "old")
            self.assertEqual(os.listdir(folder), ["r.csv"])


if __name__ == "__main__":
    heed_all()
    unittest.main()
