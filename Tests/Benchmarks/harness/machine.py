"""What the machine can do, whatever runs on it."""
import json
import os
import shutil
import subprocess

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "machine.c")


def build(folder):
    """The program that measures."""
    binary = os.path.join(folder, "machine")
    compiler = shutil.which("clang") or "cc"
    subprocess.run([compiler, "-O3", "-march=native", "-pthread", SOURCE, "-o", binary], check=True)
    return binary


def figures(binary, *words):
    """GB/s on one and on two threads: of memory and of a scan for separators, where a file of
    tickets is named, else of a loop whose threads share nothing."""
    return json.loads(subprocess.run([binary, *words], capture_output=True, check=True).stdout)
