"""DataFusion in this process, over Arrow batches or its own tables."""
from . import h2o_questions, support_questions
from .columns import CATEGORIES, CORES, TICKET_COLUMNS, TIMES


class DataFusion:
    name = "datafusion"

    def __init__(self):
        import datafusion
        self.df = datafusion
        self.version = datafusion.__version__
        self.ctx = datafusion.SessionContext(
            datafusion.SessionConfig().with_target_partitions(CORES))

    def partitioned(self, name, table):
        """Two partitions of engine-sized batches, so that both cores work."""
        table = table.combine_chunks()
        half = (table.num_rows + CORES - 1) // CORES
        self.ctx.register_record_batches(name, [
            table.slice(i * half, half).to_batches(max_chunksize=8192) for i in range(CORES)])

    def arrow(self, tickets, surveys):
        """Both files through pyarrow's reader, categories as dictionaries."""
        import pyarrow as pa
        import pyarrow.compute as pc
        from pyarrow import csv
        cat, time = pa.dictionary(pa.int32(), pa.string()), pa.timestamp("s")
        tt = {c: cat if c in CATEGORIES else time if c in TIMES else pa.string() for c in TICKET_COLUMNS}
        tt |= {"id": pa.int32(), "handle_seconds": pa.int32(), "replies": pa.int8(), "reopens": pa.int8(),
               "cost": pa.float64()}
        st = {"id": pa.int32(), "ticket_id": pa.int32(), "kind": cat, "score": pa.int8(),
              "responded_at": time, "comment": pa.string()}

        def read(path, types):
            return csv.read_csv(
                path, read_options=csv.ReadOptions(block_size=8 << 20),
                parse_options=csv.ParseOptions(newlines_in_values=True),
                convert_options=csv.ConvertOptions(column_types=types, strings_can_be_null=True,
                                                   null_values=[""], timestamp_parsers=["%Y-%m-%dT%H:%M:%SZ"])
            ).unify_dictionaries()

        tickets, surveys = read(tickets, tt), read(surveys, st)
        i = TICKET_COLUMNS.index("customer_id")
        tickets = tickets.set_column(i, "customer_id", pc.cast(
            pc.utf8_slice_codeunits(tickets["customer_id"], 1), pa.int32()))
        i = TICKET_COLUMNS.index("tags")
        tickets = tickets.set_column(i, "tags", pc.split_pattern(tickets["tags"], ";"))
        return tickets, surveys

    def native(self, name, path, types):
        """The engine's own CSV reader (stated types: its inference fails on quoted newlines)."""
        import pyarrow as pa
        self.ctx.register_csv(name + "_csv", path, options=self.df.CsvReadOptions(
            newlines_in_values=True, schema=pa.schema(types)))
        self.ctx.sql(f"create table {name} as select * from {name}_csv").collect()

    def load(self, tickets, surveys, variant):
        if variant == "plain":
            import pyarrow as pa
            big, text, time = pa.int64(), pa.string(), pa.timestamp("s")
            t = {c: time if c in TIMES else text for c in TICKET_COLUMNS}
            t |= {c: big for c in ("id", "handle_seconds", "replies", "reopens")} | {"cost": pa.float64()}
            self.native("tickets", tickets, t)
            self.native("surveys", surveys, {
                "id": big, "ticket_id": big, "kind": text, "score": big, "responded_at": time, "comment": text})
        else:
            tickets, surveys = self.arrow(tickets, surveys)
            self.partitioned("tickets", tickets)
            self.partitioned("surveys", surveys)
        self.q = support_questions.datafusion(variant)

    def run(self, q):
        return self.ctx.sql(self.q[q]).collect()

    def rows(self, q):
        return [tuple(r.values()) for b in self.run(q) for r in b.to_pylist()]

    def load_h2o(self, path, variant):
        import pyarrow as pa
        from pyarrow import csv
        cat = pa.string() if variant == "plain" else pa.dictionary(pa.int32(), pa.string())
        types = {c: cat for c in ("id1", "id2", "id3")} | {
            c: pa.int32() for c in ("id4", "id5", "id6", "v1", "v2")} | {"v3": pa.float64()}
        if variant == "plain":
            self.native("x", path, types)
        else:
            self.partitioned("x", csv.read_csv(path, convert_options=csv.ConvertOptions(
                column_types=types)).unify_dictionaries())
        self.h = h2o_questions.sql("datafusion")

    def run_h2o(self, q):
        self.ans = self.ctx.sql(self.h[q]).collect()

    def sums(self, q, columns):
        import pyarrow as pa
        import pyarrow.compute as pc
        t = pa.Table.from_batches(self.ans)
        return [t.num_rows] + [pc.sum(t[c].cast(pa.float64())).as_py() for c in columns]
