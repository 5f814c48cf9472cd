"""Completion of the program's words in bash, zsh and fish.

    python3 shells.py PATH/TO/deskql

Needs pexpect, and the shells: the tests of one that is not installed are skipped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import pexpect
except ImportError:
    sys.exit("skipped: this test needs pexpect (pip install pexpect)")

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "deskql"


class ShellTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="deskql-shell-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.at("bin")
        os.symlink(PROGRAM, os.path.join(self.folder, "bin", "deskql"))
        for name in ("tickets.csv", "weekly.deskql"):
            open(os.path.join(self.at("work"), name), "w").close()
        self.environment = dict(
            os.environ, HOME=self.folder, TERM="xterm", LC_ALL="C.UTF-8",
            PATH=os.path.join(self.folder, "bin") + ":" + os.environ["PATH"])

    def at(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(path, exist_ok=True)
        return path

    def script(self, shell):
        return subprocess.run([PROGRAM, "--generate-completion-script", shell],
                              capture_output=True, text=True, check=True).stdout

    def run_in(self, *words):
        return subprocess.run(words, env=self.environment, cwd=self.at("work"), text=True,
                              capture_output=True, check=True).stdout

    def assert_completes(self, candidates):
        """`candidates` gives what is offered for a line that ends where the cursor is; it may wait
        for the word that is wanted."""
        for line, wanted in [("deskql t", "tickets.csv"), ("deskql f", "fmt"),
                             ("deskql chec", "check"), ("deskql --form", "--format"),
                             ("deskql --format json", "jsonl"), ("deskql -o x --err", "--errors"),
                             ("deskql fmt --c", "--check"), ("deskql check --s", "--strict"),
                             ("deskql fmt w", "weekly.deskql"), ("deskql check --er", "--errors"),
                             ("deskql check --errors j", "json"), ("deskql --format=js", "jsonl"),
                             ("deskql x=tick", "tickets.csv")]:
            with self.subTest(line=line):
                self.assertIn(wanted, candidates(line, wanted))
        with self.subTest("a task has no options of the program"):
            self.assertNotIn("--format", candidates("deskql check --", "--strict"))

    def test_bash(self):
        path = os.path.join(self.folder, "completion.bash")
        with open(path, "w") as file:
            file.write(self.script("bash"))

        def candidates(line, _):
            # bash takes = for a word of its own.
            words = line.replace("=", " = ").split(" ")
            return self.run_in(
                "bash", "-c",
                f"source {path}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
                f"COMP_LINE='{line}'; COMP_POINT={len(line)}; "
                "$(complete -p deskql | sed 's/.*-F \\([^ ]*\\).*/\\1/') deskql "
                f"'{words[-1]}' '{words[-2]}'; "
                "printf '%s\\n' \"${COMPREPLY[@]}\"")

        self.assert_completes(candidates)

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish(self):
        path = os.path.join(self.folder, "deskql.fish")
        with open(path, "w") as file:
            file.write(self.script("fish"))
        self.assert_completes(lambda line, _: self.run_in(
            "fish", "--no-config", "-c", f"source {path}; complete -C '{line}'"))

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh(self):
        with open(os.path.join(self.at("zsh"), "_deskql"), "w") as file:
            file.write(self.script("zsh"))
        shell = pexpect.spawn("zsh", ["-f"], env=self.environment, cwd=self.at("work"),
                              encoding="utf-8", dimensions=(60, 150), timeout=30)
        self.addCleanup(shell.close, True)
        # Control-X lists what may come, without filling it in.
        shell.sendline(f"PS1='READY> '; fpath=({self.at('zsh')} $fpath); autoload -U compinit; "
                       "compinit -u -D; LISTMAX=1000; bindkey '^X' list-choices; "
                       "zle_highlight=(none); echo LOADED")
        shell.expect("LOADED\r")
        shell.expect("READY> ")

        def candidates(line, wanted):
            shell.send(line + "\x18")
            shell.expect_exact(wanted)
            listed = shell.before + wanted
            # The line is cleared, and a word that ends the list is said.
            shell.send("\x15echo END\r")
            shell.expect(r"\n(\x1b\[J)?END\r\n")
            listed += shell.before
            shell.expect("READY> ")
            return listed

        self.assert_completes(candidates)


if __name__ == "__main__":
    unittest.main()
