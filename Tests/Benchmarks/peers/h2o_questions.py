"""The ten group-by questions of h2oai/db-benchmark in each peer's words; h2o/*.deskql has ours."""

_H2O_SQL = {
    "q1": "select id1, sum(v1) v1 from x group by id1",
    "q2": "select id1, id2, sum(v1) v1 from x group by id1, id2",
    "q3": "select id3, sum(v1) v1, avg(v3) v3 from x group by id3",
    "q4": "select id4, avg(v1) v1, avg(v2) v2, avg(v3) v3 from x group by id4",
    "q5": "select id6, sum(v1) v1, sum(v2) v2, sum(v3) v3 from x group by id6",
    "q6": "select id4, id5, median(v3) med, stddev(v3) sd from x group by id4, id5",
    "q7": "select id3, max(v1) - min(v2) r from x group by id3",
    "q9": "select id2, id4, power(corr(v1, v2), 2) r2 from x group by id2, id4",
    "q10": "select id1, id2, id3, id4, id5, id6, sum(v3) v3, count(*) n from x group by id1, id2, id3, id4, id5, id6",
}


def sql(engine):
    q = dict(_H2O_SQL)
    if engine == "duckdb":
        q["q8"] = "select id6, unnest(max(v3, 2)) v3 from x where v3 is not null group by id6"
    elif engine == "chdb":
        q["q6"] = "select id4, id5, quantileExactInclusive(0.5)(v3) med, stddevSamp(v3) sd from x group by id4, id5"
        q["q8"] = ("select id6, arrayJoin(arraySlice(arrayReverseSort(groupArray(v3)), 1, 2)) v3 "
                   "from x group by id6")
    elif engine == "datafusion":
        q["q8"] = ("select id6, v3 from (select id6, v3, row_number() over "
                   "(partition by id6 order by v3 desc) r from x) t where r <= 2")
    return q


def polars(x):
    import polars as pl
    c, x = pl.col, x.lazy()
    return {
        "q1": x.group_by("id1").agg(c("v1").sum()),
        "q2": x.group_by("id1", "id2").agg(c("v1").sum()),
        "q3": x.group_by("id3").agg(c("v1").sum(), c("v3").mean()),
        "q4": x.group_by("id4").agg(c("v1").mean(), c("v2").mean(), c("v3").mean()),
        "q5": x.group_by("id6").agg(c("v1").sum(), c("v2").sum(), c("v3").sum()),
        "q6": x.group_by("id4", "id5").agg(c("v3").median().alias("med"), c("v3").std().alias("sd")),
        "q7": x.group_by("id3").agg((c("v1").max() - c("v2").min()).alias("r")),
        "q8": x.drop_nulls("v3").group_by("id6").agg(c("v3").top_k(2)).explode("v3"),
        "q9": x.group_by("id2", "id4").agg((pl.corr("v1", "v2") ** 2).alias("r2")),
        "q10": x.group_by("id1", "id2", "id3", "id4", "id5", "id6").agg(c("v3").sum(), pl.len().alias("n")),
    }
