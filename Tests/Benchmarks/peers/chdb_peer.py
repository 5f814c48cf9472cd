"""ClickHouse in this process (chdb), its tables in memory or, sorted, on a memory disk."""
import json
import os
import shutil
import tempfile

from . import h2o_questions, support_questions
from .columns import CATEGORIES, TICKET_COLUMNS, TIMES


class ChDB:
    name = "chdb"

    def __init__(self):
        import chdb
        from chdb import session
        self.version = f"{chdb.__version__} (ClickHouse {getattr(chdb, 'engine_version', '?')})"
        self.dir = tempfile.mkdtemp(dir="/dev/shm")
        self.s = session.Session(self.dir)

    def close(self):
        self.s.close()
        shutil.rmtree(self.dir, ignore_errors=True)

    def memory_disk_mb(self):
        return sum(os.path.getsize(os.path.join(folder, file))
                   for folder, _, files in os.walk(self.dir) for file in files) / 1e6

    def sql(self, text, fmt="TabSeparated"):
        return self.s.query(text, fmt)

    @staticmethod
    def schema(variant):
        if variant == "plain":
            n, text, cat, big, small, tiny, f = "Nullable(%s)", "Nullable(String)", "Nullable(String)", "Int64", "Int64", "Int64", "Float64"
            time = {c: "Nullable(DateTime('UTC'))" for c in TIMES}
        else:
            n, text, cat, big, small, tiny, f = "%s", "String", "LowCardinality(String)", "UInt32", "UInt32", "UInt8", "Float32"
            time = {c: "DateTime('UTC')" for c in TIMES}
        time["created_at"] = "DateTime('UTC')"
        t = {c: cat if c in CATEGORIES else time[c] if c in TIMES else text for c in TICKET_COLUMNS}
        t |= {"id": big, "handle_seconds": n % small, "replies": tiny, "reopens": tiny, "cost": n % f}
        s = {"id": big, "ticket_id": big, "kind": "String" if variant == "plain" else cat, "score": tiny,
             "responded_at": "DateTime('UTC')", "comment": text}
        return t, s

    def load(self, tickets, surveys, variant):
        ts, ss = self.schema(variant)

        def columns(d):
            return ", ".join(f"{k} {v}" for k, v in d.items())

        def source(path, d):
            return f"file('{path}', CSVWithNames, '{columns(d).replace(chr(39), chr(92) + chr(39))}')"

        engine = "MergeTree order by %s" if variant == "mergetree" else "Memory --%s"
        target, pick = dict(ts), "*"
        if variant != "plain":
            target |= {"tags": "Array(LowCardinality(String))", "customer_id": "UInt32"}
            pick = ("* replace (toUInt32OrZero(substring(customer_id, 2)) as customer_id, "
                    "splitByChar(';', tags) as tags)")
            pick = pick.replace("splitByChar(';', tags)", "if(tags = '', [], splitByChar(';', tags))")
        self.sql("create database if not exists b engine = Atomic")
        self.sql("use b")
        self.sql(f"create table tickets ({columns(target)}) engine = {engine % 'created_at'}")
        self.sql(f"insert into tickets select {pick} from {source(tickets, ts)}")
        self.sql(f"create table surveys ({columns(ss)}) engine = {engine % 'ticket_id'}")
        self.sql(f"insert into surveys select * from {source(surveys, ss)}")
        if variant == "mergetree":
            self.sql("optimize table tickets final")
            self.sql("optimize table surveys final")
        self.q = support_questions.chdb(variant)

    def run(self, q):
        return self.sql(self.q[q])

    def rows(self, q):
        return json.loads(str(self.sql(self.q[q], "JSONCompact")))["data"]

    def load_h2o(self, path, variant):
        cat = "String" if variant == "plain" else "LowCardinality(String)"
        d = (f"id1 {cat}, id2 {cat}, id3 String, id4 Int32, id5 Int32, id6 Int32, v1 Int32, v2 Int32, v3 Float64")
        engine = "MergeTree order by tuple()" if variant == "mergetree" else "Memory"
        self.sql("create database if not exists b engine = Atomic")
        self.sql("use b")
        self.sql(f"create table x ({d}) engine = {engine}")
        self.sql(f"insert into x select * from file('{path}', CSVWithNames, '{d}')")
        if variant == "mergetree":
            self.sql("optimize table x final")
        self.h = h2o_questions.sql("chdb")

    def run_h2o(self, q):
        self.sql("drop table if exists ans")
        self.sql(f"create table ans engine = Memory as {self.h[q]}")

    def sums(self, q, columns):
        sums = ", ".join(f"sum(toFloat64({c}))" for c in columns)
        return json.loads(str(self.sql(f"select count(), {sums} from ans", "JSONCompact")))["data"][0]
