#!/usr/bin/env python3
"""Computes the answers of the conformance cases with DuckDB (PyPI: duckdb).

    python3 answers.py              writes cases/NAME.csv for every cases/NAME.sql
    python3 answers.py NAME ...     only these
    python3 answers.py --check      writes nothing; fails if a file would change

A case is NAME.deskql (the question in DeskQL, over data/*.csv) and NAME.sql (the same question,
written from the meaning of the words and never from what the engine says). The answers of
cases whose name begins with `vs_` may hold a part of the columns (a comparison has `_change_pct`
and `_p` too). The views below are what the SQL
stands on; times are UTC wall clock, durations seconds.
"""
import math
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
VIEWS = r"""
set timezone = 'UTC';

create table t as  -- tickets
select id, created_at as created, first_response_at as first_response, resolved_at as resolved,
  channel, status, priority, team, agent, customer_id as customer, product, category,
  case when tags is null then [] else list_distinct(string_split(tags, ';')) end as tags,
  handle_seconds as handle_time, reply_seconds as reply_time, replies, contacts, reopens,
  escalated, cost, subject,
  epoch(first_response_at - created_at) as frt, epoch(resolved_at - created_at) as rt
from read_csv('{data}/tickets.csv', nullstr = '', columns = {{
  'id': 'BIGINT', 'created_at': 'TIMESTAMP', 'first_response_at': 'TIMESTAMP',
  'resolved_at': 'TIMESTAMP', 'channel': 'VARCHAR', 'status': 'VARCHAR',
  'priority': 'VARCHAR', 'team': 'VARCHAR', 'agent': 'VARCHAR', 'customer_id': 'BIGINT',
  'product': 'VARCHAR', 'category': 'VARCHAR', 'tags': 'VARCHAR', 'handle_seconds': 'BIGINT',
  'reply_seconds': 'BIGINT', 'replies': 'BIGINT', 'contacts': 'BIGINT', 'reopens': 'BIGINT',
  'escalated': 'BOOLEAN', 'cost': 'DOUBLE', 'subject': 'VARCHAR'}});

create table c as  -- customers
select id, started_at as started, ended_at as ended, mrr, plan, segment, country
from read_csv('{data}/customers.csv', nullstr = '', columns = {{
  'id': 'BIGINT', 'started_at': 'DATE', 'ended_at': 'DATE', 'mrr': 'DOUBLE',
  'plan': 'VARCHAR', 'segment': 'VARCHAR', 'country': 'VARCHAR'}});

create table h as  -- shifts
select agent, date, available_seconds as available, occupied_seconds as occupied
from read_csv('{data}/shifts.csv', nullstr = '', columns = {{
  'agent': 'VARCHAR', 'date': 'DATE', 'available_seconds': 'BIGINT',
  'occupied_seconds': 'BIGINT'}});

create view tc as  -- a ticket with its customer
select t.*, plan, segment, country, mrr, started, ended
from t left join c on c.id = t.customer;

create table s as  -- surveys, with the clock
select s.id, s.ticket_id as ticket, kind, score, sent_at as sent, responded_at as responded,
  comment, coalesce(responded_at, t.created) as clock
from read_csv('{data}/surveys.csv', nullstr = '', columns = {{
  'id': 'BIGINT', 'ticket_id': 'BIGINT', 'kind': 'VARCHAR', 'score': 'BIGINT',
  'sent_at': 'TIMESTAMP', 'responded_at': 'TIMESTAMP', 'comment': 'VARCHAR'}}) s
left join t on t.id = s.ticket_id;

create view st as  -- a survey with its ticket and that ticket's customer
select s.*, tc.* exclude (id)
from s left join tc on tc.id = s.ticket;

create macro year_of(x) as strftime(x, '%Y');
create macro quarter_of(x) as strftime(x, '%Y') || '-Q' || quarter(x);
create macro month_of(x) as strftime(x, '%Y-%m');
create macro week_of(x) as strftime(x, '%G-W%V');
create macro day_of(x) as strftime(x, '%Y-%m-%d');
create macro hour_of(x) as strftime(x, '%Y-%m-%dT%H');
create macro local(x, zone) as timezone(zone, timezone('UTC', x));
create macro rank_of(priority) as list_position(['low', 'normal', 'high', 'urgent'], priority);
-- The share of rows for which a condition is true; a missing condition is left out.
create macro percent(x) as 100 * avg(case when x then 1.0::double when not x then 0.0 end);
create macro nps_of(x) as
  avg(case when x >= 9 then 100.0::double when x <= 6 then -100.0 when x is not null then 0.0 end);
"""


def p_of_shares(good, count, other_good, other_count):
    """The two-sided p-value of the difference of two shares (pooled z-test)."""
    pooled = (good + other_good) / (count + other_count)
    error = math.sqrt(pooled * (1 - pooled) * (1 / count + 1 / other_count))
    if error == 0:
        return None
    z = (good / count - other_good / other_count) / error
    return math.erfc(abs(z) / math.sqrt(2))


def prepared():
    connection = duckdb.connect()
    connection.create_function(
        "p_of_shares", p_of_shares, ["BIGINT"] * 4, "DOUBLE", null_handling="special")
    connection.execute(VIEWS.format(data=HERE / "data"))
    return connection


def text(value):
    """A value in DeskQL's CSV form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    value = str(value)
    if any(mark in value for mark in ',"\r\n'):
        value = '"' + value.replace('"', '""') + '"'
    return value


def answer(connection, sql):
    cursor = connection.execute(sql)
    lines = [[column[0] for column in cursor.description], *cursor.fetchall()]
    return "".join(",".join(text(value) for value in line) + "\n" for line in lines)


def main(arguments):
    is_check = "--check" in arguments
    names = [name for name in arguments if name != "--check"]
    connection, changed, empty = prepared(), [], []
    cases = HERE / "cases"
    paths = [cases / f"{name}.sql" for name in names] or sorted(cases.glob("*.sql"))
    for path in paths:
        try:
            found = answer(connection, path.read_text(encoding="utf-8"))
        except Exception as error:
            sys.exit(f"{path.name}: {error}")
        if found.count("\n") < 2:
            empty.append(path.stem)
        target = path.with_suffix(".csv")
        if not target.exists() or target.read_text(encoding="utf-8") != found:
            changed.append(path.stem)
            if not is_check:
                target.write_text(found, encoding="utf-8")
    pairs = {path.stem for path in cases.glob("*.deskql")} ^ {path.stem for path in
                                                               cases.glob("*.sql")}
    print(f"{len(paths)} cases, {len(changed)} changed", *changed)
    if empty:
        print("without rows:", *empty)
    if pairs:
        print("without its other half:", *sorted(pairs))
    return 1 if pairs or is_check and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
