"""What the editor, the screen and the pager do at a pseudo-terminal, with data loaded.

    python3 terminal.py PATH/TO/deskql

Needs pexpect.
"""

import os
import re
import signal
import sys
import tempfile
import time
import unittest

try:
    import pexpect
except ImportError:
    sys.exit("skipped: this test needs pexpect (pip install pexpect)")

from support.keys import press_control_d
from support.signals import heed_all

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "deskql"
SAMPLES = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "Samples")
PROMPT = "deskql> "
CODES = re.compile(r"\r\x1b\[[0-9]+G|\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-B0-2]|[\x00\x07]")

# What is typed before Tab, and what stands in the line or below it then.
COMPLETIONS = [
    ("tick", "tickets +tickets created"),
    ("csat by chan", "channel "),
    ("csat wh", "where "),
    ("csat where chan", "channel "),
    ("csat where channel = em", "email "),
    ("csat where channel = ", "email .*2,604 rows"),
    ("csat where channel in (em", "email "),
    ("csat where channel in (email, ch", "chat "),
    ("csat where channel con", "contains "),
    ("csat where channel is not mi", "missing "),
    ("csat where month = 2024-0", "2024-03 +month"),
    ("csat in 2024-1", "2024-10"),
    ("csat in last ye", "last year "),
    ("csat by month vs prev", "previous "),
    ("tickets by channel with sha", "share "),
    ("csat by channel having resp", "responses"),
    ("csat by channel order by cs", "csat "),
    ("csat by channel order by csat de", "desc "),
    ("tickets by month chart li", "line "),
    ("tickets by month on reso", "resolved "),
    ("count from sur", "surveys "),
    ("median fr", "frt "),
    ("percent(fr", "frt "),
    ("list id, chan", "channel "),
    ("tickets where frt > ", "1h"),
    ("tickets where escalated = t", "true "),
    ("tickets where weekday = Mon", "Monday "),
    ("tickets where priority = urg", "urgent "),
    ("show met", "metrics "),
    ("show columns of tick", "tickets "),
    ("describe np", "nps "),
    ("set week_start = sun", "sunday "),
    ("set time", "timezone "),
    ("load 'Samples/shi", "'Samples/shifts.csv' "),
    (".open Samples/cust", "Samples/customers.csv "),
    (".mode mark", "markdown "),
    (".help hav", "having "),
    (".wat", ".watch "),
    (".columns surv", "surveys "),
    ("\\tim", r"\\timer "),
]


def text_of(output):
    """The output without what colours it or moves the cursor."""
    return CODES.sub("", output)


class Terminal(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.children = []

    def tearDown(self):
        for child in self.children:
            child.close(force=True)
        self.folder.cleanup()

    def start(self, *arguments, size=(50, 100), **environment):
        base = {
            "PATH": os.environ["PATH"], "HOME": self.folder.name, "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
        }
        child = pexpect.spawn(
            PROGRAM, list(arguments), env={**base, **environment}, encoding="utf-8",
            timeout=60, dimensions=size, cwd=os.path.dirname(os.path.abspath(SAMPLES)))
        self.children.append(child)
        child.expect(PROMPT)
        return child

    def ask(self, child, line):
        child.send(line + "\r")
        child.expect("\n")
        child.expect(PROMPT)
        return text_of(child.before)

    def path(self, name, content=None):
        path = os.path.join(self.folder.name, name)
        if content is not None:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
        return path

    def test_completion(self):
        child = self.start("--demo")
        for typed, wanted in COMPLETIONS:
            with self.subTest(typed):
                child.send(typed)
                # Where several words begin so, the second Tab lists them.
                child.send("\t\t")
                # The line is dropped, and an answer shows that all was drawn.
                child.send("\x15.mode\r")
                child.expect(r"\n(\x1b\[\?2004l)?table\r\n")
                shown = text_of(child.before)
                child.expect(PROMPT)
                self.assertRegex(shown, wanted)

    def test_completion_before_anything_is_loaded(self):
        child = self.start()
        child.send("\t")
        child.expect("load +load a file")
        child.sendintr()
        child.expect(PROMPT)

    def test_a_completed_text_is_followed_by_a_blank(self):
        child = self.start("--demo")
        child.send("tickets where channel = em\t")
        child.send("and month = 2024-03\r")
        child.expect("│ +[0-9]+ │")
        child.expect(PROMPT)
        self.assertIn("channel = email and month = 2024-03", self.history()[-1])

    def history(self):
        with open(self.path(".local/state/deskql/history"), encoding="utf-8") as file:
            return file.read().splitlines()

    def test_the_first_start_says_how_to_go_on(self):
        child = self.start()
        self.assertIn("'.open FILE' loads an export", text_of(child.before))
        shown = self.ask(child, ".open Samples/tickets.csv")
        self.assertIn("tickets: 5,713 rows", shown)
        self.assertIn("█", self.ask(child, "tickets by channel chart"))
        self.assertIn("outside the data", self.ask(child, "tickets in last 8 weeks"))

    def test_charts_on_and_off(self):
        child = self.start("--demo")
        self.ask(child, ".chart on")
        self.assertIn("█", self.ask(child, "tickets by channel"))
        self.ask(child, ".chart off")
        self.assertIn("┌", self.ask(child, "tickets by channel"))

    def test_the_width_of_results(self):
        child = self.start("--demo")
        self.ask(child, ".width 50")
        lines = self.ask(child, "list id, subject, channel limit 3").splitlines()
        self.assertEqual({len(line) for line in lines if line.startswith(("│", "┌"))}, {50})
        self.ask(child, ".width")
        child.setwinsize(50, 70)
        wide = self.ask(child, "list id, subject, organization, tags limit 3")
        self.assertEqual(max(len(line) for line in wide.splitlines()), 70)

    def test_a_start_file(self):
        self.path(".config/deskql/init.deskql", "define mail = channel = email\nset intervals = off")
        child = self.start("--demo")
        self.assertRegex(self.ask(child, "count if mail from tickets"), "2,604")
        self.assertRegex(self.ask(child, "show settings"), "intervals +│ off")
        plain = self.start("--demo", "--no-init")
        self.assertIn("error", self.ask(plain, "count if mail from tickets"))

    def test_a_broken_start_file_is_said(self):
        self.path(".config/deskql/init.deskql", "set timezon = 'UTC'\n")
        child = self.start()
        self.assertIn("init.deskql:1:5", text_of(child.before))
        self.path(".config/deskql/init.deskql", "define a = csat\ndefine b = (\n")
        child = self.start()
        self.assertIn("Nothing of the start-up file was run.", text_of(child.before))

    def test_settings_of_the_environment(self):
        child = self.start(DESKQL_TIMEZONE="Europe/Berlin")
        self.assertIn("Europe/Berlin", self.ask(child, "show settings"))
        other = self.start(DESKQL_TIMEZON="UTC")
        self.assertIn("DESKQL_TIMEZONE", text_of(other.before))

    def test_a_pager_that_fails_is_said(self):
        child = self.start("--demo", size=(12, 100), PAGER="false")
        self.assertIn("'false' failed with code 1", self.ask(child, "tickets by day"))

    def test_the_pager_shows_what_is_taller_than_the_screen(self):
        log = self.path("paged")
        child = self.start("--demo", size=(12, 100), PAGER=f"cat > {log}")
        self.assertIn("┌", self.ask(child, "tickets by channel top 2"))
        self.assertFalse(os.path.exists(log))
        shown = self.ask(child, "list id")
        self.assertNotIn("┌", shown)
        with open(log, encoding="utf-8") as file:
            self.assertEqual(file.read().count("\n"), 5713 + 5)

    def test_a_pager_that_is_left_early_or_missing(self):
        for pager in ["true", "no-such-program-here", "head -n 1"]:
            child = self.start("--demo", size=(12, 100), PAGER=pager)
            self.ask(child, "list *")
            self.assertIn("4", self.ask(child, "tickets by channel top 2"))

    def test_the_pager_ends_with_the_program(self):
        mark = self.path("waits")
        child = self.start("--demo", size=(12, 100), PAGER=f"sh -c 'echo $$ > {mark}; sleep 60'")
        child.send("list id\r")
        while not os.path.exists(mark) or os.path.getsize(mark) == 0:
            time.sleep(0.05)
        time.sleep(0.3)
        child.kill(signal.SIGTERM)
        child.expect(pexpect.EOF)
        child.wait()
        self.assertEqual(child.exitstatus, 143)
        with open(mark, encoding="utf-8") as file:
            self.assertRaises(ProcessLookupError, os.kill, int(file.read()), 0)

    def test_a_pager_that_is_missing_leaves_head_and_tail(self):
        child = self.start("--demo", size=(12, 100), PAGER="no-such-program-here")
        answer = self.ask(child, "list id from tickets")
        self.assertIn("5,713 rows (40 shown", answer)
        self.assertNotIn("not found", answer)

    def test_tab_in_the_midst_of_a_word(self):
        child = self.start("--demo")
        child.send("csat by channel where month = 2024-03" + "\x1b[D" * 24)
        child.send("\t\r")
        child.expect("csat by channel where month = 2024-03")
        child.expect("│ email")
        child.expect(PROMPT)
        child.send("tickets where channel = 'email' and priority = high" + "\x1b[D" * 22)
        child.send("\x1b[D\t\r")
        child.expect(r"│ tickets │")
        child.expect(PROMPT)
        self.assertNotIn("error", child.before)

    def test_letters_of_several_characters_are_taken_whole(self):
        child = self.start("--demo")
        accent, family = "e\u0301", "\U0001F468\u200D\U0001F469\u200D\U0001F467"
        # Backspace; Left and Delete; Left, Right and Backspace; Ctrl-D.
        for keys in (f"{family}{accent}\x7f\x7f", f"{accent}{family}\x1b[D\x1b[D\x1b[3~\x1b[3~",
                     f"{family}\x02\x06\x7f", f"{accent}\x1bOD\x04"):
            child.send("tickets where subject contains 'caf" + keys + "x'\r")
            child.expect("\n")
            child.expect(PROMPT)
            self.assertEqual(self.history()[-1], "tickets where subject contains 'cafx'")

    def test_accents_stay_on_the_screen(self):
        child = self.start()
        child.send('list "cafe\u0301" x')
        child.expect("x")
        # Whatever draws the line anew, from its start.
        child.send("\x01")
        child.expect('list "cafe\u0301" x')
        child.sendintr()
        child.expect(PROMPT)

    def test_home_and_end_of_a_line_of_several(self):
        child = self.start("--demo")
        child.send("tickets by channel\x1b\rmonth = 2024-03")
        child.expect("2024-03")
        child.send("\x01where \x05 and team is not missing\r")
        child.expect("chat")
        child.expect(PROMPT)

    def test_results_go_where_standard_output_goes(self):
        path = self.path("out.csv")
        child = self.start(size=(50, 100))
        child.send(".quit\r")
        child.expect(pexpect.EOF)
        inner = pexpect.spawn(
            "/bin/sh", ["-c", f"exec '{PROGRAM}' --no-init --demo > '{path}'"], encoding="utf-8",
            timeout=60, env={**os.environ, "HOME": self.folder.name, "TERM": "xterm-256color"},
            cwd=os.path.dirname(os.path.abspath(SAMPLES)))
        self.children.append(inner)
        inner.expect(PROMPT)
        inner.send("tickets by priority top 1\r")
        inner.expect(PROMPT)
        inner.sendeof()
        inner.expect(pexpect.EOF)
        with open(path, encoding="utf-8") as file:
            self.assertRegex(file.read(), r"^priority,tickets\n\w+,\d+\n\n?$")

    def test_watching_files(self):
        path = self.path("tickets.csv", "id,channel\n1,email\n")
        child = self.start(path)
        self.ask(child, "count from tickets")
        child.send(".watch\r")
        child.expect("changes")
        with open(path, "a", encoding="utf-8") as file:
            file.write("2,chat\n")
        child.expect("2 rows")
        child.expect("│ +2 │")
        os.rename(path, path + ".away")
        child.expect("is gone")
        with open(path + ".next", "w", encoding="utf-8") as file:
            file.write("id,channel\n1,email\n2,chat\n3,chat\n")
        os.rename(path + ".next", path)
        child.expect("│ +3 │")
        child.sendintr()
        child.expect("Stopped.")
        child.expect(PROMPT)
        child.send(".watch 1\r")
        child.expect("│ +3 │")
        child.expect("│ +3 │")
        child.sendintr()
        child.expect("Stopped.")
        child.expect(PROMPT)

    def test_what_nobody_writes_to_can_be_given_up(self):
        path = self.path("silent", "")
        os.remove(path)
        os.mkfifo(path)
        child = self.start()
        for statement in [f".read {path}", f"include '{path}'", f".open {path}"]:
            child.send(statement + "\r")
            child.expect("\n")
            time.sleep(0.3)
            child.sendintr()
            child.expect("Cancelled")
            child.expect(PROMPT)
        child.send("show goals\r")
        child.expect("goal")
        child.expect(PROMPT)

    def test_control_c_in_a_query(self):
        # Many slow patterns in one entry: far more work than half a second on any machine.
        text = "ab" * 400
        rows = "".join(f"{i},{text}{i}\n" for i in range(60_000))
        child = self.start(self.path("notes.csv", "n,words\n" + rows))
        alternatives = "|".join(f"(a?b?){{{n}}}c" for n in range(10, 40))
        child.send("\x1b[200~" + "; ".join(
            f"count from notes where words matches '{alternatives}|{n}$'" for n in range(100)
        ) + "\x1b[201~\r")
        time.sleep(0.5)
        child.sendintr()
        child.expect("Cancelled")
        child.expect(PROMPT)
        self.assertIn("60,000", self.ask(child, "count from notes"))

    def test_control_c_in_an_output(self):
        child = self.start("--demo")
        self.ask(child, ".mode csv")
        child.send("list * order by id\r")
        child.expect("50001")
        child.sendintr()
        child.expect(PROMPT)
        self.assertIn("table", self.ask(child, ".mode table") + self.ask(child, ".mode"))

    def test_control_c_in_a_document(self):
        path = self.path("many.csv", "id,words\n" + "1,some words\n" * 1_000_000)
        child = self.start(f"many={path}")
        target = self.path("many.html")
        self.ask(child, f".once {target}")
        child.send("list * from many\r")
        time.sleep(0.8)
        child.sendintr()
        child.expect("Cancelled", timeout=3)
        child.expect(PROMPT)
        self.assertFalse(os.path.exists(target))

    def test_keys_right_behind_control_c_begin_a_new_line(self):
        child = self.start()
        for _ in range(3):
            child.send("a line that is given up ")
            time.sleep(0.1)
            child.send("\x03.mode csv\r")
            child.expect(PROMPT)
            child.expect(PROMPT)
            self.assertIn("csv", self.ask(child, ".mode"))

    def test_control_c_in_a_load(self):
        path = self.path("big.csv", "id,words\n" + "1,some words\n" * 3_000_000)
        child = self.start()
        begin = time.monotonic()
        child.send(f".open {path}\r")
        child.expect("rows")
        child.expect(PROMPT)
        whole = time.monotonic() - begin
        endings = []
        # The last ones come as the load ends, or behind it.
        for part in (0.1, 0.5, 0.8, 0.9, 0.95, 1.0, 1.05):
            child.send(f".open {path}\r")
            time.sleep(part * whole)
            child.sendintr()
            endings.append(child.expect(["Cancelled", "rows"]))
            # Behind a load that has ended, Ctrl-C begins a new line.
            child.send(".nowhere\r")
            child.expect("there is no command")
            child.expect(PROMPT)
        self.assertEqual(endings[0], 0, endings)

    def test_control_c_while_nothing_comes(self):
        pipe = self.path("pipe")
        os.mkfifo(pipe)
        child = self.start()
        for command in (".read /dev/stdin", ".open x=/dev/stdin", f".read {pipe}"):
            child.send(command + "\r")
            time.sleep(0.4)
            child.sendintr()
            child.expect("Cancelled")
            child.expect(PROMPT)
        self.assertIn("mode", self.ask(child, ".help mode"))

    def test_statements_of_several_lines_come_back_whole(self):
        child = self.start("--demo")
        child.send("tickets\x1b\rby channel\r")
        child.expect("email")
        child.expect(PROMPT)
        child.send("\x1b[A\r")
        child.expect("email")
        child.expect(PROMPT)
        self.assertEqual(self.history(), ["tickets\\nby channel"])

    def test_two_sessions_keep_each_others_lines(self):
        first, second = self.start(), self.start()
        for number in range(3):
            self.ask(first, f".mode csv ;{' ' * number}")
            self.ask(second, f".mode json ;{' ' * number}")
        first.kill(signal.SIGKILL)
        press_control_d(second)
        self.assertEqual(sorted(set(self.history())), [".mode csv ;", ".mode json ;"])

    def test_bytes_of_the_data_do_nothing(self):
        foul = "".join(chr(c) for c in [*range(1, 32), *range(127, 160), 0x202E, 0x2066])
        foul = foul.replace("\n", "").replace("\r", "").replace('"', "")
        path = self.path("tickets.csv", f'id,channel,subject\n1,"a{foul}b","\x1b]0;x\x07"\n')
        child = self.start()
        outputs = [self.raw(child, f".open {path}")]
        for query in [
            "list *", "tickets by channel", "tickets by channel chart", "describe channel",
            "show columns", "explain tickets by channel", ".mode vertical", "list *",
            ".mode json", "list *", ".mode markdown", "list *", "tickets where channel = 'a",
            f"tickets where channel = 'x\x1b[31m", "tickets where channel = 'x\u202ey'", "\x1b[A",
            ".history", ".nonsense\x9b31m",
        ]:
            outputs.append(self.raw(child, query))
        for output in outputs:
            left = [c for c in CODES.sub("", output)
                    if (ord(c) < 32 and c not in "\r\n\t\b") or 127 <= ord(c) < 160
                    or ord(c) in (0x202E, 0x2066)]
            self.assertEqual(left, [], repr(output))

    def raw(self, child, line):
        """What came back, and the echo of the line."""
        child.send("\x1b[200~" + line + "\x1b[201~\r")
        child.expect("\n")
        echo = child.before
        child.expect(PROMPT)
        return echo + child.before


if __name__ == "__main__":
    heed_all()
    unittest.main()
