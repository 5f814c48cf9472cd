"""From files to a printed answer, as somebody at a shell asks: the peers' scripts and commands.

'auto' lets the tool guess the types; 'typed' states them; 'text' compares dates as text, so that no
timestamp is parsed (q01 only).
"""
import os
import shutil
import sys


def duckdb_binary():
    """The native CLI itself: the 'duckdb' that pip puts in bin/ is a Python launcher around it."""
    for folder in sys.path:
        path = os.path.join(folder, "duckdb_cli", "duckdb")
        if os.access(path, os.X_OK):
            return path
    return "duckdb"


DUCKDB = duckdb_binary()

DUCK_T = ("{'id':'INTEGER','created_at':'TIMESTAMP','first_response_at':'TIMESTAMP','resolved_at':'TIMESTAMP',"
          "'channel':'VARCHAR','priority':'VARCHAR','status':'VARCHAR','team':'VARCHAR','agent':'VARCHAR',"
          "'customer_id':'VARCHAR','tags':'VARCHAR','product':'VARCHAR','handle_seconds':'INTEGER',"
          "'replies':'INTEGER','reopens':'INTEGER','cost':'DOUBLE','subject':'VARCHAR'}")
DUCK_S = ("{'id':'INTEGER','ticket_id':'INTEGER','kind':'VARCHAR','score':'TINYINT',"
          "'responded_at':'%s','comment':'VARCHAR'}")


def duck_source(path, columns):
    if columns is None:
        return f"'{path}'"
    return (f"read_csv('{path}',header=true,auto_detect=false,delim=',',quote='\"',escape='\"',"
            f"columns={columns})")


def duck_sql(question, variant, t, s):
    typed = variant != "auto"
    tt = duck_source(t, DUCK_T if typed else None)
    ss = duck_source(s, DUCK_S % ("VARCHAR" if variant == "text" else "TIMESTAMP") if typed else None)
    if question == "main":
        return (f"select t.channel, 100.0*count_if(s.score >= 4)/count(*) csat from {ss} s "
                f"join {tt} t on t.id = s.ticket_id where s.kind = 'csat' and s.responded_at >= '2024-03-01' "
                "and s.responded_at < '2024-04-01' group by 1 order by 1")
    return (f"select date_trunc('week', created_at)::date w, "
            f"quantile_cont(date_diff('second', created_at, first_response_at), 0.9) p90 from {tt} "
            "where first_response_at is not null group by 1 order by 1")


def polars_py(question, variant, t, s):
    head = "import polars as pl\nimport sys\nc=pl.col\n"
    time = "pl.String" if variant == "text" else "pl.Datetime('ms')"
    if variant == "auto":
        read = "t=pl.scan_csv(%r,try_parse_dates=True)\ns=pl.scan_csv(%r,try_parse_dates=True)\n" % (t, s)
    else:
        read = ("t=pl.scan_csv(%r,schema_overrides={'id':pl.Int32,'created_at':pl.Datetime('ms'),'first_response_at':pl.Datetime('ms')})\n"
                "s=pl.scan_csv(%r,schema_overrides={'ticket_id':pl.Int32,'score':pl.Int8,'responded_at':%s})\n" % (t, s, time))
    if question == "main":
        where = {"auto": "c('responded_at').is_between(pl.datetime(2024,3,1,time_zone='UTC'),"
                         "pl.datetime(2024,4,1,time_zone='UTC'),closed='left')",
                 "typed": "c('responded_at').is_between(pl.datetime(2024,3,1),pl.datetime(2024,4,1),closed='left')",
                 "text": "c('responded_at').str.starts_with('2024-03')"}[variant]
        q = (f"q=s.filter(c('kind')=='csat',{where}).join(t.select('id','channel'),"
             "left_on='ticket_id',right_on='id').group_by('channel').agg("
             "(100.0*(c('score')>=4).sum()/pl.len()).alias('csat')).sort('channel')\n")
    else:
        q = ("q=t.filter(c('first_response_at').is_not_null()).select(c('created_at').dt.truncate('1w').dt.date().alias('w'),"
             "(c('first_response_at')-c('created_at')).dt.total_seconds().alias('d')).group_by('w').agg("
             "c('d').quantile(0.9,'linear').alias('p90')).sort('w')\n")
    return head + read + q + "q.collect(engine='streaming').write_csv(sys.stdout.buffer)\n"


CH_T = ("id UInt32, created_at DateTime(\\'UTC\\'), first_response_at Nullable(DateTime(\\'UTC\\')), resolved_at Nullable(DateTime(\\'UTC\\')), "
        "channel LowCardinality(String), priority String, status String, team String, agent String, customer_id String, "
        "tags String, product String, handle_seconds Nullable(UInt32), replies UInt8, reopens UInt8, "
        "cost Nullable(Float32), subject String")
CH_S = "id UInt32, ticket_id UInt32, kind LowCardinality(String), score UInt8, responded_at %s, comment String"


def chdb_py(question, variant, t, s):
    tt, ss = f"file('{t}', CSVWithNames)", f"file('{s}', CSVWithNames)"
    if variant != "auto":
        when = "String" if variant == "text" else "DateTime(\\'UTC\\')"
        tt = f"file('{t}', CSVWithNames, '{CH_T}')"
        ss = f"file('{s}', CSVWithNames, '{CH_S % when}')"
    if question == "main":
        where = "startsWith(responded_at, '2024-03')" if variant == "text" else \
            "responded_at >= toDateTime('2024-03-01 00:00:00') and responded_at < toDateTime('2024-04-01 00:00:00')"
        q = (f"select t.channel, 100.0*countIf(s.score >= 4)/count() csat from {tt} t join "
             f"(select ticket_id, score from {ss} where kind = 'csat' and {where}) s on t.id = s.ticket_id "
             "group by 1 order by 1")
    else:
        q = (f"select toStartOfWeek(created_at, 1) w, quantileExactInclusive(0.9)(toInt64(first_response_at) - "
             f"toInt64(created_at)) p90 from {tt} where first_response_at is not null group by w order by w")
    return f"import chdb\nprint(chdb.query({q!r}, 'CSV'), end='')\n"


def datafusion_py(question, variant, t, s):
    if question == "main":
        cols, scols = ["id", "channel"], ["ticket_id", "kind", "score", "responded_at"]
        q = ("select t.channel, 100.0*count(*) filter (where s.score >= 4)/count(*) csat from s join t "
             "on t.id = s.ticket_id where s.kind = 'csat' and s.responded_at >= '2024-03-01T00:00:00Z' and "
             "s.responded_at < '2024-04-01T00:00:00Z' group by t.channel order by t.channel")
        if variant != "text":
            q = q.replace("'2024-03-01T00:00:00Z'", "timestamp '2024-03-01T00:00:00'").replace(
                "'2024-04-01T00:00:00Z'", "timestamp '2024-04-01T00:00:00'")
    else:
        cols, scols = ["created_at", "first_response_at"], None
        q = ("select date_trunc('week', created_at) w, percentile_cont(0.9) within group (order by "
             "cast(cast(first_response_at as bigint) - cast(created_at as bigint) as double)) p90 from t "
             "where first_response_at is not null group by 1 order by 1")
    if variant == "auto":
        # The engine's own CSV reader. Its schema inference stops at quoted newlines ("Expected 1
        # records, found 17"), so the schema is stated here too.
        return f"""import datafusion as df, pyarrow as pa
ts,st,i=pa.timestamp('s'),pa.string(),pa.int32()
T=pa.schema(dict(id=i,created_at=ts,first_response_at=ts,resolved_at=ts,channel=st,priority=st,status=st,team=st,agent=st,customer_id=st,tags=st,product=st,handle_seconds=i,replies=i,reopens=i,cost=pa.float64(),subject=st))
S=pa.schema(dict(id=i,ticket_id=i,kind=st,score=i,responded_at=ts,comment=st))
x=df.SessionContext()
x.register_csv('t',{t!r},options=df.CsvReadOptions(newlines_in_values=True,schema=T))
x.register_csv('s',{s!r},options=df.CsvReadOptions(newlines_in_values=True,schema=S))
for b in x.sql({q!r}).collect():
 for r in b.to_pylist(): print(*r.values(),sep=',')
"""
    time = "pa.string()" if variant == "text" else "pa.timestamp('s')"
    read = f"""import datafusion as df, pyarrow as pa
from pyarrow import csv
x=df.SessionContext()
def rd(p,cols):
    ty={{'id':pa.int32(),'ticket_id':pa.int32(),'score':pa.int8(),'created_at':pa.timestamp('s'),'responded_at':{time},'first_response_at':pa.timestamp('s')}}
    return csv.read_csv(p,read_options=csv.ReadOptions(block_size=8<<20),parse_options=csv.ParseOptions(newlines_in_values=True),convert_options=csv.ConvertOptions(include_columns=cols,column_types=ty,strings_can_be_null=True,timestamp_parsers=['%Y-%m-%dT%H:%M:%SZ']))
def put(n,tb):
    h=(tb.num_rows+1)//2
    x.register_record_batches(n,[tb.slice(0,h).to_batches(max_chunksize=8192),tb.slice(h).to_batches(max_chunksize=8192)])
put('t',rd({t!r},{cols!r}))
"""
    if scols:
        read += f"put('s',rd({s!r},{scols!r}))\n"
    return read + f"for b in x.sql({q!r}).collect():\n for r in b.to_pylist(): print(*r.values(),sep=',')\n"


def sqlite_text(question, t, s):
    load = f".mode csv\n.import '{t}' tickets\n"
    if question == "main":
        return load + f".import '{s}' surveys\n" + (
            "select t.channel, 100.0*sum(cast(s.score as int) >= 4)/count(*) from surveys s "
            "join tickets t on t.id = s.ticket_id where s.kind = 'csat' and s.responded_at >= '2024-03-01' "
            "and s.responded_at < '2024-04-01' group by 1 order by 1;\n")
    return load + (
        "with d as (select date(created_at, 'weekday 0', '-6 days') w, "
        "strftime('%s', first_response_at) - strftime('%s', created_at) d from tickets "
        "where first_response_at <> ''), r as (select w, d, row_number() over (partition by w order by d) - 1 i, "
        "count(*) over (partition by w) n, lead(d) over (partition by w order by d) e from d) "
        "select w, d + coalesce((e - d)*(0.9*(n - 1) - i), 0) from r where i = cast(0.9*(n - 1) as int) order by w;\n")


def commands(question, t, s):
    py = sys.executable
    variants = ["auto", "typed"] + (["text"] if question == "main" else [])
    out = {}
    for v in variants:
        sql = duck_sql(question, v, t, s)
        out["duckdb-cli", v] = [DUCKDB, "-csv", "-c", sql], None
        out["duckdb-py", v] = [py, "-c", "import duckdb\nc = duckdb.connect()\nc.execute('set enable_progress_bar = false')\n"
                               "for r in c.execute(%r).fetchall(): print(*r, sep=',')" % sql], None
        out["polars", v] = [py, "-c", polars_py(question, v, t, s)], None
        out["chdb", v] = [py, "-c", chdb_py(question, v, t, s)], None
        if v != "text":
            label = {"auto": "native", "typed": "pyarrow"}[v]
            out["datafusion", label] = [py, "-c", datafusion_py(question, v, t, s)], None
    if shutil.which("sqlite3"):
        out["sqlite3", "text"] = ["sqlite3", ":memory:"], sqlite_text(question, t, s)
    return out


def startup(ten):
    """The price of starting: a trivial answer, and a count of ten rows in a file."""
    py = sys.executable
    out = {
        "/bin/true": ["/bin/true"],
        "sqlite3, select 1": ["sqlite3", ":memory:", "select 1"],
        "sqlite3, ten rows": ["sqlite3", ":memory:", "-cmd", ".mode csv", "-cmd", f".import '{ten}' t",
                              "select count(*) from t"],
        "duckdb, select 1": [DUCKDB, "-csv", "-c", "select 1"],
        "duckdb, ten rows": [DUCKDB, "-csv", "-c", f"select count(*) from '{ten}'"],
        "python, print(1)": [py, "-c", "print(1)"],
        "duckdb in python, select 1": [
            py, "-c", "import duckdb; print(duckdb.connect().execute('select 1').fetchall())"],
        "polars, select 1": [py, "-c", "import polars as pl; print(pl.select(pl.lit(1)))"],
        "chdb, select 1": [py, "-c", "import chdb; print(chdb.query('select 1'))"],
        "datafusion, select 1": [
            py, "-c", "import datafusion; print(datafusion.SessionContext().sql('select 1').collect())"],
    }
    return {label: argv for label, argv in out.items() if shutil.which(argv[0])}
