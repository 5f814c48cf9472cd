"""DuckDB in this process, its tables in memory."""
from . import h2o_questions, support_questions
from .columns import CATEGORIES, CORES


class DuckDB:
    name = "duckdb"

    def __init__(self):
        import duckdb
        self.version = duckdb.__version__
        self.con = duckdb.connect()
        self.con.execute("set enable_progress_bar = false; set preserve_insertion_order = false; "
                         f"set threads = {CORES}")

    TICKETS = ("{'id': '%(int)s', 'created_at': '%(time)s', 'first_response_at': '%(time)s', "
               "'resolved_at': '%(time)s', 'channel': 'VARCHAR', 'priority': 'VARCHAR', "
               "'status': 'VARCHAR', 'team': 'VARCHAR', 'agent': 'VARCHAR', 'customer_id': 'VARCHAR', "
               "'tags': 'VARCHAR', 'product': 'VARCHAR', 'handle_seconds': '%(small)s', "
               "'replies': '%(tiny)s', 'reopens': '%(tiny)s', 'cost': 'DOUBLE', 'subject': 'VARCHAR'}")
    SURVEYS = ("{'id': '%(int)s', 'ticket_id': '%(int)s', 'kind': 'VARCHAR', 'score': '%(tiny)s', "
               "'responded_at': '%(time)s', 'comment': 'VARCHAR'}")
    PLAIN = {"int": "BIGINT", "time": "TIMESTAMP", "small": "BIGINT", "tiny": "BIGINT"}
    NARROW = {"int": "INTEGER", "time": "TIMESTAMP", "small": "INTEGER", "tiny": "TINYINT"}

    @staticmethod
    def read(path, columns):
        return (f"read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '\"', "
                f"escape = '\"', columns = {columns})")

    def load(self, tickets, surveys, variant):
        run = self.con.execute
        types = self.PLAIN if variant == "plain" else self.NARROW
        rt, rs = self.read(tickets, self.TICKETS % types), self.read(surveys, self.SURVEYS % types)
        if variant == "plain":
            run(f"create table tickets as from {rt}")
            run(f"create table surveys as from {rs}")
        else:
            run(f"create temp table raw as from {rt}")
            for c in CATEGORIES:
                run(f"create type {c}_e as enum (select distinct {c} from raw where {c} is not null order by 1)")
            run("create table tickets as select * replace (" +
                ", ".join(f"{c}::{c}_e as {c}" for c in CATEGORIES) +
                ", substr(customer_id, 2)::integer as customer_id"
                ", string_split(tags, ';') as tags) from raw")
            run("drop table raw")
            run("create type kind_e as enum ('ces', 'csat', 'nps')")
            run(f"create table surveys as select * replace (kind::kind_e as kind) from {rs}")
        self.q = support_questions.duckdb(variant)

    def run(self, q):
        return self.con.execute(self.q[q]).fetchall()

    rows = run

    def load_h2o(self, path, variant):
        f = "double" if variant == "plain" else "float"
        read = self.read(path, "{'id1': 'VARCHAR', 'id2': 'VARCHAR', 'id3': 'VARCHAR', 'id4': 'INTEGER', "
                         "'id5': 'INTEGER', 'id6': 'INTEGER', 'v1': 'INTEGER', 'v2': 'INTEGER', 'v3': '%s'}" % f)
        run = self.con.execute
        if variant == "plain":
            run(f"create table x as from {read}")
        else:
            run(f"create temp table y as from {read}")
            for c in ("id1", "id2", "id3"):
                run(f"create type {c}_e as enum (select distinct {c} from y order by 1)")
            run("create table x as select * replace (id1::id1_e as id1, id2::id2_e as id2, id3::id3_e as id3) from y")
            run("drop table y")
        self.h = h2o_questions.sql("duckdb")

    def run_h2o(self, q):
        self.con.execute(f"create or replace temp table ans as {self.h[q]}")

    def sums(self, q, columns):
        sums = ", ".join(f"sum({c}::double)" for c in columns)
        return self.con.execute(f"select count(*), {sums} from ans").fetchone()
