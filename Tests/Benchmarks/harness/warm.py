"""Questions to tables that are loaded: the support questions, and the h2o group-by ones."""
import os
import sys

from peers import VARIANTS
from peers.columns import H2O_SUMS

from . import answers, machine, tables, workers


def labels(folder):
    """{name: the question in our words}, in the order of their numbers."""
    path = os.path.join(workers.HERE, folder)
    names = sorted((f[:-7] for f in os.listdir(path) if f.endswith(".deskql")),
                   key=lambda name: int(name[1:]))
    found = {}
    for name in names:
        with open(os.path.join(path, name + ".deskql")) as file:
            text = " ".join(file.read().split())
        found[name] = f"{name} {text if len(text) < 72 else text[:70] + '…'}"
    return found


class Warm:
    """One table of warm questions."""

    def __init__(self, program, data, folder, files, turns):
        self.data, self.folder, self.files, self.turns = data, folder, files, turns
        self.questions = labels(folder)
        named = [f"x={files[0]}"] if data == "h2o" else files
        self.mine = workers.ours(program, folder, named)
        self.comparisons = {name: tables.Comparison(label) for name, label in self.questions.items()}
        self.answers = {}
        for name, comparison in self.comparisons.items():
            try:
                self.answers[name] = self.answer(name)
            except RuntimeError as error:
                comparison.label += f" ({error})"

    def answer(self, question):
        """Ours, or of h2o, where answers are long, the count of its rows and its sums."""
        if self.data == "h2o":
            mine = self.mine.ask("sums", question)
            sums = list(mine["sums"].values())[-len(H2O_SUMS[question]):]
            return [[float(mine["rows"]), *sums]]
        return answers.ours(question, self.mine.ask("answer", question)["csv"])

    def differs(self, peer, question):
        """None where the peer's answer is ours."""
        mine = self.answers[question]
        if self.data == "h2o":
            other = peer.ask("sums", question)
            return answers.difference(mine, [[float(other["rows"]), *other["sums"]]])
        rows = answers.theirs(question, peer.ask("answer", question)["rows"], len(mine[0]))
        return answers.difference(mine, rows)

    def against(self, name, variant, spellings):
        """Checks every answer of one variant of a peer, then times it in turn with ours."""
        with workers.peer(name, variant, self.data, self.files) as peer:
            for question in list(self.answers):
                try:
                    wrong = self.differs(peer, question)
                    if wrong:
                        raise RuntimeError(f"the answers differ: {wrong}")
                    self.alternate(peer, name, variant, spellings, question)
                except RuntimeError as error:
                    print(f"{name} {variant} {question}: {error}", file=sys.stderr, flush=True)
                    if getattr(error, "worker", None) is self.mine:
                        self.comparisons[question].label += f" ({error})"
                        del self.answers[question]
            return peer.loaded["version"]

    def alternate(self, peer, name, variant, spellings, question):
        """The first turn warms up and is not counted."""
        ours, theirs = [], {spelling: [] for spelling in spellings}
        for _ in range(self.turns + 1):
            ours.append(self.mine.time(question, last=ours[-1] if ours else 0))
            for spelling, times in theirs.items():
                times.append(peer.time(question, spelling, times[-1] if times else 0))
        for spelling, times in theirs.items():
            label = f"{variant} {spelling}".strip()
            self.comparisons[question].add(name, label, ours[1:], times[1:])

    def alone(self):
        """Ours without a peer."""
        for question in self.answers:
            self.comparisons[question].ours = [self.mine.time(question) for _ in range(self.turns)]

    def run(self, peers, title):
        versions = {}
        with self.mine:
            if not peers:
                self.alone()
            for name, variant, spellings in peers:
                if self.data == "h2o" and variant == "mergetree":
                    continue  # not in any order there: only slower than in memory
                try:
                    versions[name] = self.against(name, variant, spellings)
                except RuntimeError as error:
                    print(f"{name} {variant}: {error}", file=sys.stderr, flush=True)
        names = [name for name in VARIANTS if name in {peer[0] for peer in peers}]
        return tables.compare(title, list(self.comparisons.values()), names), versions


def cores(program, folder, files, turns, title, measure):
    """The same questions on one and on two threads, in turn; beside them what a loop gains whose
    threads share nothing, which is what the processors have to give in these minutes."""
    rows = []
    with workers.ours(program, folder, files, 1) as one, \
            workers.ours(program, folder, files, 2) as two:
        for question, label in labels(folder).items():
            single, double, loop = [], [], []
            for _ in range(turns + 1):
                single.append(one.time(question, last=single[-1] if single else 0))
                double.append(two.time(question, last=double[-1] if double else 0))
                found = machine.figures(measure)
                loop.append(found["loop_2"] / found["loop_1"])
            single, double = single[1:], double[1:]
            gain = tables.median(single) / tables.median(double)
            rows.append((label, tables.figure(single), tables.figure(double), tables.ratio(gain),
                         tables.ratio(tables.median(loop))))
    tables.table(title, ["ms", "one thread", "two threads", "gain", "gain of a loop"], rows)
    return {"title": title, "rows": rows}
