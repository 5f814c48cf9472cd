"""The engines that DeskQL is measured against.

'plain' keeps text as text; 'typed' is what that engine's experts would do (enum, categorical,
dictionary or LowCardinality columns, narrow integers, tags split at load, the customer's number as
an integer); 'mergetree' is typed, sorted by creation time, on a disk in memory.
"""

# Name: (module, class), the ways to keep its tables, the ways to run a question.
VARIANTS = {
    "duckdb": (("duckdb_peer", "DuckDB"), ["plain", "typed"], [""]),
    "polars": (("polars_peer", "Polars"), ["plain", "typed"], ["in-memory", "streaming"]),
    "chdb": (("chdb_peer", "ChDB"), ["plain", "typed", "mergetree"], [""]),
    "datafusion": (("datafusion_peer", "DataFusion"), ["plain", "typed"], [""]),
}
