"""Whole processes: start-up, one-shot questions over files, loads, reopened snapshots."""
import os
import subprocess
import sys
import tempfile

from peers import VARIANTS, cold_commands

from . import answers, process, tables, workers

# What takes so many times the fastest peer runs only once.
SLOW = 8
QUESTIONS = {"main": "csat by channel where month = 2024-03", "weekly": "p90 frt by week"}


def startup(program, tickets, turns):
    with tempfile.TemporaryDirectory() as folder:
        ten = os.path.join(folder, "ten.csv")
        with open(tickets, encoding="utf-8") as source, open(ten, "w", encoding="utf-8") as target:
            target.write("id,score\n" + "".join(f"{i},{i % 5}\n" for i in range(10)))
        commands = {"deskql --version": [program, "--version"],
                    "deskql, ten rows": [program, f"t={ten}", "-c", "count from t"],
                    **cold_commands.startup(ten)}
        # These are short, and each turn is an order of its own.
        times = process.interleaved({k: (argv, None) for k, argv in commands.items()}, 3 * turns)
    rows = [(label, tables.figure(spent)) for label, spent in times.items()]
    tables.table("Start-up", ["whole process", "ms"], rows)
    return {"title": "Start-up", "times": times}


def rows_of(text):
    """The rows of what a tool printed, without a header, weeks by their names."""
    lines = [line.replace('"', "").split(",") for line in text.splitlines() if line]
    rows = [[answers.cell(value) for value in line] for line in lines]
    rows = [row for row in rows if any(isinstance(value, float) for value in row)]
    for row in rows:
        if isinstance(row[0], str) and row[0][:2] == "20":
            row[0] = answers.week(row[0])
    return answers.ordered(rows)


def cold(program, files, size, turns):
    """Each question: every spelling runs once and must agree with ours; the fastest of each tool
    runs in turn with ours, if it is not far behind."""
    found = []
    for name, text in QUESTIONS.items():
        argv = [program, *files, "-c", text]
        mine = rows_of(process.run(argv)["text"])
        best = {}
        for (tool, variant), command in cold_commands.commands(name, *files).items():
            if tool == "sqlite3" and os.path.getsize(files[0]) > 1e9:
                continue
            try:
                once = process.run(*command)
            except (RuntimeError, OSError) as error:
                print(f"cold {tool} {variant}: {error}", file=sys.stderr, flush=True)
                continue
            wrong = answers.difference(mine, rows_of(once["text"]))
            if wrong:
                print(f"cold {size} {name} {tool} {variant}: the answers differ: {wrong}",
                      file=sys.stderr, flush=True)
            elif tool not in best or once["ms"] < best[tool][0]:
                best[tool] = once["ms"], variant, command
        commands = {("deskql", ""): (argv, None)}
        times, fastest = {}, min((x[0] for x in best.values()), default=0)
        for tool, (once, variant, command) in best.items():
            if once > SLOW * fastest:
                times[tool, variant] = [once]
            else:
                commands[tool, variant] = command
        times |= process.interleaved(commands, turns)
        comparison = tables.Comparison(text)
        ours = times.pop(("deskql", ""))
        for (tool, variant), spent in times.items():
            comparison.add(tool, variant, ours, spent)
        found.append(comparison)
    tools = list(dict.fromkeys(key[0] for comparison in found for key in comparison.pairs))
    return tables.compare(f"Whole process from CSV files, {size} tickets", found, tools)


def load(runner, files, peers, size, turns):
    """Both files into memory, each time in a new process."""
    makers = {"deskql": lambda: workers.ours(runner, "questions", files)}
    for name, variant, _ in peers:
        makers[f"{name} {variant}"] = lambda name=name, variant=variant: workers.peer(
            name, variant, "support", files)
    runs = {label: [] for label in makers}
    for _ in range(turns):
        for label, make in makers.items():
            try:
                with make() as worker:
                    runs[label].append(worker.loaded)
            except RuntimeError as error:
                print(f"load {label}: {error}", file=sys.stderr, flush=True)
    volume = sum(map(os.path.getsize, files))
    ours = [x["ms"] / 1e3 for x in runs["deskql"]]
    rows = []
    for label, loads in runs.items():
        if loads:
            wall, used = ([x[k] / 1e3 for x in loads] for k in ("ms", "cpu_ms"))
            median = tables.median(wall)
            ratio = median / tables.median(ours) if ours else None
            held, peak = (tables.median(x[k] - x["before_mb"] for x in loads)
                          for k in ("held_mb", "peak_mb"))
            rows.append((label, tables.figure(wall), tables.ratio(ratio),
                         f"{tables.median(used):.2f}", f"{volume / 1e9 / median:.2f}",
                         f"{held:,.0f}", f"{peak:,.0f}"))
    title = f"Load of both files, {size} tickets ({volume / 1e6:,.0f} MB)"
    head = ["engine", "s", "ratio to ours", "CPU s", "GB/s", "held MB", "peak MB"]
    tables.table(title, head, rows)
    return {"title": title, "runs": runs}


def snapshot(program, files, size, turns):
    """A saved snapshot, and DuckDB's own file, opened and asked the main question."""
    with tempfile.TemporaryDirectory() as folder:
        mine, other = os.path.join(folder, "desk.deskdb"), os.path.join(folder, "desk.duckdb")
        try:
            process.run([program, *files, "-c", f"save '{mine}'"])
        except RuntimeError as error:
            print(f"\n### Snapshot, {size} tickets\n\nnot measured: {error}", flush=True)
            return {}
        # By the program that opens it: the library from PyPI may be newer and write another format.
        for name, path in zip(("tickets", "surveys"), files):
            process.run([cold_commands.DUCKDB, other, "-c", f"create table {name} as from '{path}'"])
        sql = cold_commands.duck_sql("main", "auto", *files)
        sql = sql.replace(f"'{files[0]}'", "tickets").replace(f"'{files[1]}'", "surveys")
        commands = {"deskql": ([program, mine, "-c", QUESTIONS["main"]], None),
                    "duckdb": ([cold_commands.DUCKDB, "-csv", other, "-c", sql], None)}
        replies = [rows_of(process.run(*command)["text"]) for command in commands.values()]
        wrong = answers.difference(*replies)
        if wrong:
            raise RuntimeError(f"the snapshot and DuckDB differ: {wrong}")
        times = process.interleaved(commands, turns)
    comparison = tables.Comparison(QUESTIONS["main"])
    comparison.add("duckdb", "", times["deskql"], times["duckdb"])
    return tables.compare(f"Snapshot opened and asked, {size} tickets", [comparison], ["duckdb"])
