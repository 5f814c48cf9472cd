"""Loads randomly damaged files of every format: no crash, no hang, no blow-up of memory.

    fuzz_files.py PROGRAM [--seconds N] [--seed N] [--keep DIR] [--memory MIB]

PROGRAM is best a debug build, or one with `swift build --sanitize=address` (then give --memory 0).
Each run is a program of its own that loads one file and lists it. A file that makes it end by a
signal, take longer than 20 seconds or use more memory than allowed is kept.
"""

import argparse
import gzip
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile

from damaged_tables import Damages, tables, text


def workbook(rows):
    """A small .xlsx file with shared and inline strings, numbers, dates and a hidden sheet."""
    shared = sorted({cell for row in rows for cell in row})
    def escaped(cell):
        return cell.replace("&", "&amp;").replace("<", "&lt;")
    def cells(row, r):
        for c, cell in enumerate(row):
            name = chr(65 + c) + str(r + 1)
            if cell.isdigit():
                yield f'<c r="{name}" s="{c % 2}"><v>{cell}</v></c>'
            elif (r + c) % 3 == 0:
                yield f'<c r="{name}" t="inlineStr"><is><t>{escaped(cell)}</t></is></c>'
            else:
                yield f'<c r="{name}" t="s"><v>{shared.index(cell)}</v></c>'
    body = "".join(f'<row r="{r + 1}">' + "".join(cells(row, r)) + "</row>"
                   for r, row in enumerate(rows))
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{relation}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{relation}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{body}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {space}>"
        + "".join(f"<si><r><t>{escaped(s)}</t></r></si>" for s in shared) + "</sst>",
        "xl/styles.xml": f'<styleSheet {space}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue(), parts


def zipped(parts):
    """An archive of parts that are stored as they stand, so that damage reaches the XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def database(rows, folder):
    """A SQLite file with one table."""
    path = os.path.join(folder, "seed.sqlite")
    if os.path.exists(path):
        os.unlink(path)
    connection = sqlite3.connect(path)
    names = ", ".join(f'"{name}"' for name in rows[0])
    connection.execute(f"create table tickets ({names})")
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"insert into tickets values ({marks})", rows[1:])
    connection.commit()
    connection.close()
    with open(path, "rb") as file:
        return file.read()


def seeds(folder, pick):
    """Sound files, by the format that they are in."""
    found = []
    for name, rows in tables(pick.randrange(1000)).items():
        records = [dict(zip(rows[0], row)) for row in rows[1:]]
        nested = [{"a": {"b": [r]}, "tags": list(r.values())[:2], "n": 1.5e3} for r in records]
        found += [("csv", text(rows)), ("tsv", text(rows, delimiter="\t")),
                  ("quoted", text(rows, delimiter=";", always=True)),
                  ("apostrophes", text(rows, quote="'", always=True)),
                  ("backslashes", text(rows, escape="\\", always=True)),
                  ("utf-16", text(rows).decode().encode("utf-16")),
                  ("json", json.dumps(records).encode()),
                  ("nested", json.dumps({"tickets": nested}, ensure_ascii=False).encode()),
                  ("jsonl", b"".join(json.dumps(r).encode() + b"\n" for r in records)),
                  ("gzip", gzip.compress(text(rows), mtime=0)),
                  ("sqlite", database(rows, folder))]
        packed, parts = workbook(rows)
        found += [("xlsx", packed), ("stored xlsx", zipped(parts))]
        kinds = list(Damages(rows, pick).heads()) + list(Damages(rows, pick).quotes())
        found += [(kind, data) for kind, data, _ in kinds]
    return found


SCRAPS = [b'"', b"'", b",", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"{", b"}", b"[", b"]",
          b"\\", b"\\u", b"\\ud800", b"1e999", b"-", b"9" * 40, b"99999-99-99", b"<", b"&#", b"]]>",
          b"NaN", b"\xed\xa0\x80", b"\xe2\x80\xa8", b";", b"\t", b"|", b"Z", b"+99:99"]


def damaged(data, others, pick):
    """The same file with a few changes."""
    data = bytearray(data)
    for _ in range(pick.choice([1, 1, 2, 3, 8, 30])):
        place = pick.randrange(len(data) + 1)
        length = pick.choice([1, 1, 2, 8, 64, 1000])
        choice = pick.randrange(9)
        if choice == 0 and data:
            data[place % len(data)] ^= 1 << pick.randrange(8)
        elif choice == 1 and data:
            data[place % len(data)] = pick.randrange(256)
        elif choice == 2:
            del data[place:place + length]
        elif choice == 3:
            data[place:place] = pick.choice(SCRAPS)
        elif choice == 4:
            data[place:place] = pick.choice(SCRAPS) * pick.choice([2, 50, 3000])
        elif choice == 5:
            data[place:place] = data[place:place + length] * pick.choice([1, 2, 40])
        elif choice == 6:
            del data[place:]
        elif choice == 7:
            other = pick.choice(others)[1]
            start = pick.randrange(len(other) + 1)
            data[place:place] = other[start:start + length]
        else:
            data[place:place + 4] = pick.randbytes(4)
    return bytes(data)


OPTIONS = ["", "", "", "", "with (header = 'no')", "with (encoding = 'windows-1252')", "with (strict)",
           "with (delimiter = ';;')", "with (quote = '''')", "with (escape = '\\')",
           "with (dates = 'day-first')", "with (decimal = 'comma')"]


def run(program, path, options):
    """How the program ended and the most memory that it held, in MiB."""
    script = f"load '{path}' as data {options}\nlist * from data\nshow columns\nshow problems"
    child = subprocess.Popen([program, "-c", script], stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE)
    timer = signal.signal(signal.SIGALRM, lambda *_: child.kill())
    signal.alarm(20)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    late = signal.alarm(0) == 0
    signal.signal(signal.SIGALRM, timer)
    return child.returncode, usage.ru_maxrss // 1024, said, late


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="fuzz-finds")
    parser.add_argument("--memory", type=int, default=400)
    options = parser.parse_args()
    pick = random.Random(options.seed)
    end = time.monotonic() + options.seconds
    runs = finds = most = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "tickets.data")
        pool = seeds(folder, pick)
        while time.monotonic() < end:
            kind, data = pick.choice(pool)
            data = damaged(data, pool, pick)
            with open(path, "wb") as file:
                file.write(data)
            chosen = pick.choice(OPTIONS)
            code, memory, said, late = run(options.program, path, chosen)
            runs += 1
            most = max(most, memory)
            is_heavy = options.memory and memory > options.memory
            if code not in (0, 1) or late or is_heavy or b"AddressSanitizer" in said:
                finds += 1
                os.makedirs(options.keep, exist_ok=True)
                name = os.path.join(options.keep, f"{options.seed}-{runs}")
                with open(name, "wb") as file:
                    file.write(data)
                print(f"{kind} {chosen}: exit {code}, {memory} MiB, kept as {name}", flush=True)
                print("   ", said[-300:].decode("utf-8", "replace").strip(), flush=True)
    print(f"{runs} files, {finds} finds, {most} MiB at most")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
