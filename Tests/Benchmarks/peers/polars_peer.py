"""Polars in this process: lazy frames over its columns in memory."""
from . import h2o_questions, support_questions
from .columns import CATEGORIES, TICKET_COLUMNS, TIMES


class Polars:
    name = "polars"

    def __init__(self):
        import polars
        self.pl = polars
        self.version = polars.__version__
        self.engine = "in-memory"

    def schemas(self, variant):
        pl = self.pl
        time = pl.Datetime("us" if variant == "plain" else "ms")
        text = pl.String if variant == "plain" else pl.Categorical
        big, small, tiny = (pl.Int64,) * 3 if variant == "plain" else (pl.Int32, pl.Int32, pl.Int8)
        t = {c: text if c in CATEGORIES else time if c in TIMES else pl.String for c in TICKET_COLUMNS}
        t |= {"id": big, "handle_seconds": small, "replies": tiny, "reopens": tiny, "cost": pl.Float64}
        s = {"id": big, "ticket_id": big, "kind": text, "score": tiny, "responded_at": time, "comment": pl.String}
        return t, s

    def load(self, tickets, surveys, variant):
        pl = self.pl
        ts, ss = self.schemas(variant)
        t = pl.read_csv(tickets, schema=ts)
        s = pl.read_csv(surveys, schema=ss)
        if variant == "typed":
            t = t.with_columns(
                pl.col("tags").str.split(";").cast(pl.List(pl.Categorical)),
                pl.col("customer_id").str.slice(1).cast(pl.Int32))
        self.q = support_questions.polars(variant, t.rechunk(), s.rechunk())

    def run(self, q):
        return self.q[q].collect(engine=self.engine)

    def rows(self, q):
        return self.run(q).rows()

    def load_h2o(self, path, variant):
        pl = self.pl
        text = pl.String if variant == "plain" else pl.Categorical
        ints = {c: pl.Int32 for c in ("id4", "id5", "id6", "v1", "v2")}
        x = pl.read_csv(path, schema={"id1": text, "id2": text, "id3": text, **ints, "v3": pl.Float64})
        self.h = h2o_questions.polars(x.rechunk())

    def run_h2o(self, q):
        self.ans = self.h[q].collect(engine=self.engine)

    def sums(self, q, columns):
        pl = self.pl
        return self.ans.select([pl.len()] + [pl.col(c).cast(pl.Float64).sum().alias(c + "_") for c in columns]).row(0)
