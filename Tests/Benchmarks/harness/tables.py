"""Figures and Markdown tables."""
import statistics


def median(times):
    return statistics.median(times)


def spread(times):
    """Half of what lies between the quartiles, as a share of the median; of two times or more."""
    low, _, high = statistics.quantiles(times, n=4)
    return (high - low) / 2 / median(times)


def milliseconds(value):
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def figure(times):
    if not times:
        return "–"
    return milliseconds(median(times)) + (f" ±{spread(times):.0%}" if len(times) > 3 else "")


def ratio(value):
    if value is None:
        return "–"
    return f"{value:.1f}×" if value < 100 else f"{value:.0f}×"


def geometric_mean(values):
    return statistics.geometric_mean(values) if values else None


def table(title, head, rows):
    print(f"\n### {title}\n\n| " + " | ".join(head) + " |")
    print("| " + " | ".join(["---"] + ["---:"] * (len(head) - 1)) + " |")
    for row in rows:
        print("| " + " | ".join(str(x) for x in row) + " |", flush=True)


class Comparison:
    """The times of one question: ours beside each spelling of each peer, from the same minutes."""

    def __init__(self, label):
        self.label = label
        self.ours = []
        self.pairs = {}  # (peer, spelling): (ours, theirs)

    def add(self, peer, spelling, ours, theirs):
        self.ours += ours
        self.pairs[peer, spelling] = ours, theirs

    def best(self, peer=None):
        """(spelling, ours beside it, theirs) of the fastest spelling of a peer, or of all."""
        have = [(key, pair) for key, pair in self.pairs.items() if peer in (None, key[0])]
        if not have:
            return None
        key, pair = min(have, key=lambda item: median(item[1][1]))
        return key, median(pair[0]), median(pair[1])

    def ratio(self, peer=None):
        best = self.best(peer)
        return best[2] / best[1] if best else None

    def row(self, peers):
        cells = [self.label, figure(self.ours)]
        for peer in peers:
            best = self.best(peer)
            cells.append(milliseconds(best[2]) + (f" {best[0][1]}" if best[0][1] else "")
                         if best else "–")
        best = self.best()
        return cells + [best[0][0] if best else "–", ratio(self.ratio())]

    def json(self):
        return {"label": self.label, "ours": self.ours,
                "peers": {" ".join(key): {"ours": a, "theirs": b}
                          for key, (a, b) in self.pairs.items()}}


def compare(title, comparisons, peers):
    """One table; gives it as JSON."""
    rows = [comparison.row(peers) for comparison in comparisons]
    ratios = [x.ratio() for x in comparisons if x.ratio()]
    if ratios:
        total = ["all", milliseconds(sum(median(x.ours) for x in comparisons if x.ours))]
        for peer in peers:
            best = [x.best(peer) for x in comparisons]
            total.append(milliseconds(sum(b[2] for b in best)) if all(best) else "–")
        total += ["median, least, geometric mean", " ".join([
            ratio(median(ratios)), ratio(min(ratios)), ratio(geometric_mean(ratios))])]
        rows.append(total)
    table(title, ["ms", "DeskQL", *peers, "best peer", "ratio to it"], rows)
    return {"title": title, "rows": [x.json() for x in comparisons]}
