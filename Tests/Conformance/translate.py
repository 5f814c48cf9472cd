"""The meaning of a random query, as SQL for DuckDB: conditions, keys, measures, rows.

Made from the structures of query_generator.py and from LANGUAGE.md and METRICS.md, never from what
DeskQL says. All times are wall clock of the session (columns that end in `_l`).
"""
from query_generator import (CHILD, DATES, DEFINITIONS, MEASURE_DEFINITIONS, OWN, PARAMETERS,
                             TIMES, holder, walk)

TABLES = r"""
create or replace table c as
select id, started_at as started, ended_at as ended, mrr, plan, segment, country,
  started_at::timestamp as started_l, ended_at::timestamp as ended_l
from read_csv('{data}/customers.csv', nullstr = '', columns = {{
  'id': 'BIGINT', 'started_at': 'DATE', 'ended_at': 'DATE', 'mrr': 'DOUBLE',
  'plan': 'VARCHAR', 'segment': 'VARCHAR', 'country': 'VARCHAR'}});

create or replace table h as
select agent, date, date::timestamp as date_l, available_seconds as available,
  occupied_seconds as occupied, row_number() over () as id
from read_csv('{data}/shifts.csv', nullstr = '', columns = {{
  'agent': 'VARCHAR', 'date': 'DATE', 'available_seconds': 'BIGINT',
  'occupied_seconds': 'BIGINT'}});

create or replace table t as
with raw as (select * from read_csv('{data}/tickets.csv', nullstr = '', columns = {{
  'id': 'BIGINT', 'created_at': 'TIMESTAMP', 'first_response_at': 'TIMESTAMP',
  'resolved_at': 'TIMESTAMP', 'channel': 'VARCHAR', 'status': 'VARCHAR',
  'priority': 'VARCHAR', 'team': 'VARCHAR', 'agent': 'VARCHAR', 'customer_id': 'BIGINT',
  'product': 'VARCHAR', 'category': 'VARCHAR', 'tags': 'VARCHAR', 'handle_seconds': 'BIGINT',
  'reply_seconds': 'BIGINT', 'replies': 'BIGINT', 'contacts': 'BIGINT', 'reopens': 'BIGINT',
  'escalated': 'BOOLEAN', 'cost': 'DOUBLE', 'subject': 'VARCHAR'}}))
select r.id, created_at as created, first_response_at as first_response, resolved_at as resolved,
  {created_at} as created_l, {first_response_at} as first_response_l, {resolved_at} as resolved_l,
  channel, status, priority, team, agent, customer_id as customer, product, category,
  case when tags is null then [] else list_distinct(string_split(tags, ';')) end as tags,
  case when tags is null then [] else string_split(lower(tags), ';') end as tags_lower,
  handle_seconds as handle_time, reply_seconds as reply_time, replies, contacts, reopens,
  escalated, cost, subject,
  epoch(first_response_at - created_at)::bigint as frt,
  epoch(resolved_at - created_at)::bigint as resolution_time,
  case when customer_id is not null then exists (select 1 from raw p
    where p.customer_id = r.customer_id and p.created_at < r.created_at
    and p.created_at >= r.created_at - interval 7 day) end as is_repeat,
  c.started, c.ended, c.started_l, c.ended_l, c.mrr, c.plan, c.segment, c.country
from raw r left join c on c.id = r.customer_id;

create or replace table s as
select s.id, s.ticket_id as ticket, kind, score, sent_at as sent, responded_at as responded,
  comment, {sent_at} as sent_l, {responded_at} as responded_l,
  coalesce({responded_at}, t.created_l) as clock_l, t.* exclude (id)
from read_csv('{data}/surveys.csv', nullstr = '', columns = {{
  'id': 'BIGINT', 'ticket_id': 'BIGINT', 'kind': 'VARCHAR', 'score': 'BIGINT',
  'sent_at': 'TIMESTAMP', 'responded_at': 'TIMESTAMP', 'comment': 'VARCHAR'}}) s
left join t on t.id = s.ticket_id;

create or replace macro rank_of(x) as
  list_position(['low', 'normal', 'high', 'urgent'], lower(x));
"""
LINK = {"T": "i.ticket = o.id", "C": "i.customer = o.id"}
CLOCK = {"T": "created_l", "S": "clock_l", "C": "started_l", "H": "date_l"}


def tables(folder, zone):
    """The statements that make the tables for a session's time zone."""
    local = {name: name if zone == "UTC" else f"timezone('{zone}', timezone('UTC', {name}))"
             for name in ("created_at", "first_response_at", "resolved_at", "sent_at",
                          "responded_at")}
    return "set timezone = 'UTC';" + TABLES.format(data=folder, **local)


def quote(text):
    return "'" + text.replace("'", "''") + "'"


class Translation:
    """Conditions and values of one dataset's rows, under the name `o`, as SQL."""

    def __init__(self, dataset, settings, on=None, name="o"):
        self.dataset, self.settings, self.on, self.name = dataset, settings, on, name

    @property
    def clock(self):
        return f"{self.name}.{self.on}_l" if self.on else f"{self.name}.{CLOCK[self.dataset]}"

    # Values

    def column(self, name):
        if name in DEFINITIONS:
            _, kind, node = DEFINITIONS[name]
            return self.condition(node) if kind == "boolean" else self.value(node)
        return f"{self.name}.{name}"

    def time(self, name):
        return self.clock if name is None else f"{self.name}.{name}_l"

    def bucket(self, grain, column):
        x = self.time(column)
        if self.settings["week_start"] == "sunday" and grain == "week":
            x = f"({x} + interval 1 day)"
        return {
            "year": f"strftime({x}, '%Y')",
            "quarter": f"strftime({x}, '%Y') || '-Q' || quarter({x})",
            "month": f"strftime({x}, '%Y-%m')", "week": f"strftime({x}, '%G-W%V')",
            "day": f"strftime({x}, '%Y-%m-%d')", "hour": f"strftime({x}, '%Y-%m-%dT%H')",
            "weekday": f"dayname({x})", "hour_of_day": f"hour({x})",
            "month_of_year": f"month({x})"}[grain]

    def value(self, node):
        kind = node[0]
        if kind == "parameter":
            return self.value(PARAMETERS[node[1]])
        if kind == "column":
            return self.column(node[1])
        if kind in ("number", "duration"):
            return f"{node[1]!r}"
        if kind == "text":
            return quote(node[1])
        if kind == "boolean":
            return str(node[1]).lower()
        if kind == "bucket":
            return self.bucket(node[1], node[2])
        if kind == "arithmetic":
            left, right = self.value(node[2]), self.value(node[3])
            if node[1] == "/":
                return f"({left}::double / nullif({right}, 0))"
            return f"({left} {node[1]} {right})"
        if kind == "coalesce":
            return f"coalesce({self.value(node[1])}, {self.value(node[2])})"
        if kind == "call":
            return f"{node[1]}({self.value(node[2])})"
        if kind == "choose":
            return (f"(case when {self.condition(node[1])} then {self.value(node[2])} "
                    f"else {self.value(node[3])} end)")
        raise ValueError(node)

    # Conditions: two-valued, so that `not` is an exact opposite

    def is_children(self, node):
        """Whether a test is one of the rows that belong to this one: every test in it is."""
        if CHILD.get(self.dataset) is None:
            return False
        if node[0] in ("and", "or"):
            return all(map(self.is_children, node[1]))
        if node[0] == "not":
            return self.is_children(node[1])
        return any(self.is_child(name) for name in columns(node))

    def is_child(self, name):
        if name == "id":
            return False
        return holder([self.dataset], name) == CHILD.get(self.dataset)

    def exists(self, tests):
        child = CHILD[self.dataset]
        inner = Translation(child, self.settings, None, "i")
        return (f"exists (select 1 from {child.lower()} i where {LINK[self.dataset]} and "
                + " and ".join(inner.condition(test) for test in tests) + ")")

    def condition(self, node):
        kind = node[0]
        if kind == "and":
            mine = [part for part in flat(node) if not self.is_children(part)]
            theirs = [part for part in flat(node) if self.is_children(part)]
            # One by itself means what it means outside of the `and`: what is no more than denied
            # asks that no such row is there.
            lone = theirs if len(theirs) == 1 else []
            theirs = [] if lone else theirs
            parts = [self.condition(part) for part in mine + lone]
            if theirs:
                parts.append(self.exists(theirs))
            return "(" + " and ".join(parts) + ")"
        if kind == "or":
            return "(" + " or ".join(self.condition(part) for part in node[1]) + ")"
        if kind == "not":
            return f"(not {self.condition(node[1])})"
        if self.is_children(node):
            return self.exists([node])
        return self.test(node)

    def test(self, node):
        kind = node[0]
        no = lambda flag: "not " if flag else ""
        if kind == "test":
            return f"coalesce({self.value(node[1])}, false)"
        if kind == "compare":
            return self.compare(node[1], node[2], node[3])
        if kind == "in":
            if node[1] == ("column", "tag"):
                tests = [self.holds(value) for value in node[2]]
            else:
                tests = [self.compare("=", node[1], value) for value in node[2]]
            return f"({no(node[3])}({' or '.join(tests)}))"
        if kind == "between":
            x, low, high = map(self.value, node[1:4])
            return f"({no(node[4])}coalesce({x} >= {low} and {x} <= {high}, false))"
        if kind == "search":
            x = self.value(node[2])
            if node[1] == "matches":
                found = f"regexp_matches({x}, {quote(node[3])})"
            else:
                function = {"contains": "contains", "starts with": "starts_with",
                            "ends with": "suffix"}[node[1]]
                found = f"{function}(lower({x}), lower({quote(node[3])}))"
            return f"({no(node[4])}coalesce({found}, false))"
        if kind == "missing":
            if node[1] == ("column", "tag"):
                return f"({no(node[2])}(coalesce(len({self.name}.tags), 0) = 0))"
            x = self.time(node[1][1]) if node[1][1] in TIMES else self.value(node[1])
            return f"({x} is {no(node[2])}null)"
        if kind == "when":
            return self.when(node[1], self.moment(node[2]), node[3])
        if kind == "within":
            return f"({no(node[3])}{self.inside(self.moment(node[1]), node[2])})"
        if kind == "during":
            x = self.moment(node[1])
            return (f"({no(node[4])}coalesce({x} >= '{node[2].start}' and {x} < '{node[3].end}',"
                    " false))")
        raise ValueError(node)

    def moment(self, target):
        return self.time(target[2] if target[0] == "bucket" else target[1])

    def inside(self, x, period):
        return f"coalesce({x} >= '{period.start}' and {x} < '{period.end}', false)"

    def when(self, operator, x, period):
        if operator == "=":
            return self.inside(x, period)
        if operator == "!=":
            return f"(not {self.inside(x, period)})"
        edge = {">": f">= '{period.end}'", ">=": f">= '{period.start}'",
                "<": f"< '{period.start}'", "<=": f"< '{period.end}'"}[operator]
        return f"coalesce({x} {edge}, false)"

    def holds(self, value):
        return f"coalesce(list_contains({self.name}.tags_lower, lower({self.value(value)})), false)"

    def compare(self, operator, left, right):
        if left == ("column", "tag"):
            test = self.holds(right)
            return test if operator == "=" else f"(not {test})"
        if operator == "!=":
            return f"(not {self.compare('=', left, right)})"
        a, b = self.value(left), self.value(right)
        if right[0] == "text" or right == ("parameter", "word") or left[0] == "column" and left[1] in TEXT:
            change = "lower" if operator == "=" else "rank_of"
            a, b = f"{change}({a})", f"{change}({b})"
        return f"coalesce({a} {operator} {b}, false)"

    def known(self, node):
        """Every column of a condition is known, but for those that are asked whether they are."""
        names = set()
        self.collect(node, names)
        return " and ".join(f"{name} is not null" for name in sorted(names)) or "true"

    def collect(self, node, names):
        if isinstance(node, list):
            for part in node:
                self.collect(part, names)
        elif isinstance(node, tuple) and node and node[0] == "column" and \
                node[1] in DEFINITIONS:
            self.collect(DEFINITIONS[node[1]][2], names)
        elif isinstance(node, tuple) and node and node[0] == "column":
            names.add(self.time(node[1]) if node[1] in TIMES else self.column(node[1]))
        elif isinstance(node, tuple) and node and node[0] == "bucket":
            names.add(self.time(node[2]))
        elif isinstance(node, tuple) and node and node[0] == "coalesce":
            names.add(self.value(node))  # known where one of its values is
        elif isinstance(node, tuple) and not (node and node[0] == "missing"):
            for part in node:
                self.collect(part, names)

    # Rows with their keys

    def keys(self, keys):
        """What is selected from, and the SQL of each key."""
        source, found = f"{self.dataset.lower()} {self.name}", []
        if ("column", "tag") in keys:
            source = (f"(select *, unnest(case when coalesce(len(tags), 0) = 0 then [null] "
                      f"else tags end) as tag_k from {self.dataset.lower()}) {self.name}")
        for key in keys:
            if key == ("column", "tag"):
                found.append(f"{self.name}.tag_k")
            elif key[0] == "column" and self.is_child(key[1]):
                child = CHILD[self.dataset]
                link = {"T": "ticket", "C": "customer"}[self.dataset]
                source += (f" left join (select distinct {link} as child_link, {key[1]} as child_k "
                           f"from {child.lower()}) x on x.child_link = {self.name}.id")
                found.append("x.child_k")
            else:
                found.append(self.value(key))
        return source, found


TEXT = {name for names in OWN.values() for name in names["text"]}
assert DATES <= TIMES


def columns(node):
    """The names of the columns in a node, buckets of them included."""
    for part in walk(node):
        if isinstance(part, tuple) and part and part[0] == "column" and len(part) == 2:
            yield part[1]
        elif isinstance(part, tuple) and part and part[0] == "bucket" and part[2]:
            yield part[2]


def flat(node):
    """The parts of nested `and`s."""
    for part in node[1]:
        if part[0] == "and":
            yield from flat(part)
        else:
            yield part


# Measures: leaves are aggregates over the rows of one dataset, combined by arithmetic

def leaf(dataset, stat, x="1", kind=None, only="true", default=None):
    return ("leaf", dataset, stat, x, kind, only, default)


def share(dataset, test, known="true", kind=None, only="true"):
    return leaf(dataset, "share", f"(case when {known} then {test} end)", kind, only)


MEASURES = {
    "tickets": leaf("T", "count", default=0),
    "frt": leaf("T", "mean", "o.frt"),
    "reply_time_avg": ("/", leaf("T", "sum", "o.reply_time * o.replies"),
                       leaf("T", "sum", "o.replies", only="o.reply_time is not null")),
    "aht": leaf("T", "mean", "o.handle_time"),
    "resolution_time": leaf("T", "mean", "o.resolution_time"),
    "resolution_rate": share("T", "o.resolved is not null"),
    "fcr": share("T", "coalesce(o.resolved is not null and o.reopens = 0 and o.contacts <= 1, "
                      "false)"),
    "single_reply_rate": share("T", "o.replies = 1", only="o.resolved is not null"),
    "reopen_rate": share("T", "o.reopens > 0", only="o.resolved is not null"),
    "escalation_rate": share("T", "o.escalated"),
    "repeat_rate": share("T", "o.is_repeat"),
    "cost_per_contact": leaf("T", "mean", "o.cost"),
    "tickets_per_agent": ("/", leaf("T", "known", "o.agent", default=0),
                          leaf("T", "distinct", "o.agent", default=0)),
    "conversations_per_day": ("/", leaf("T", "known", "o.agent", default=0),
                              leaf("T", "distinct", "case when o.agent is not null and {clock} is "
                                   "not null then (o.agent, {clock}::date) end", default=0)),
    "csat_score": leaf("S", "mean", "o.score", "csat"),
    "nps": leaf("S", "nps", "case when o.score >= 9 then 100 when o.score <= 6 then -100 "
                "when o.score is not null then 0 end", "nps"),
    "promoters": share("S", "o.score >= 9", kind="nps"),
    "passives": share("S", "o.score in (7, 8)", kind="nps"),
    "detractors": share("S", "o.score <= 6", kind="nps"),
    "ces": leaf("S", "mean", "o.score", "ces"),
    "responses": leaf("S", "known", "o.score", default=0),
    "response_rate": share("S", "o.score is not null"),
    "occupancy": ("*", ("constant", 100), ("/", leaf("H", "sum", "o.occupied"),
                                          leaf("H", "sum", "o.available"))),
}
MEASURES["art"] = MEASURES["reply_time_avg"]
MEASURES["one_touch"] = MEASURES["single_reply_rate"]
LOWER_IS_BETTER = {"frt", "reply_time_avg", "art", "aht", "resolution_time", "reopen_rate",
                   "escalation_rate", "repeat_rate", "cost_per_contact", "dsat", "detractors"}

SNAPSHOT_PARTS = {
    "active": "({start} < e and ({end} is null or {end} >= e))",
    "began_active": "({start} < a and ({end} is null or {end} >= a))",
    "new": "({start} >= a and {start} < e)",
    "lost": "({end} >= a and {end} < e)",
    "new_active": "({start} >= a and {start} < e and ({end} is null or {end} >= e))",
}


def measure(value, translation_of):
    """The tree of leaves of a measure or aggregate of the generator."""
    if value[0] == "measure" and value[2] in MEASURE_DEFINITIONS:
        return measure(MEASURE_DEFINITIONS[value[2]][1], translation_of)
    if value[0] == "measure" and value[2] in ("csat", "dsat"):
        _, _, good, bad = translation_of("S").settings["scale"]
        test = f"o.score >= {good}" if value[2] == "csat" else f"o.score <= {bad}"
        return share("S", test, kind="csat")
    if value[0] == "measure":
        return MEASURES[value[2]]
    if value[0] == "formula":
        return (value[1], measure(value[2], translation_of), measure(value[3], translation_of))
    _, dataset, function, operand = value[:4]
    rows = translation_of(dataset)
    if function == "percent":
        return share(dataset, rows.condition(operand), rows.known(operand))
    if function == "within":
        limit = rows.value(value[4])
        late = f"(o.created + interval {limit} second <= timestamp '{rows.settings['now']}')"
        return share(dataset, f"coalesce(o.{operand[1]} <= {limit}, false)",
                     f"(o.{operand[1]} is not null or {late})")
    x = rows.value(operand)
    if function == "mode":
        return leaf(dataset, "mode", x)
    if function == "count":
        return leaf(dataset, "known", x, default=0)
    if function == "distinct":
        return leaf(dataset, "distinct", x, default=0)
    if function == "corr":
        return leaf(dataset, "corr", (x, rows.value(value[4])))
    if function == "avg":
        return leaf(dataset, "mean", x)
    if function in ("sum", "min", "max", "stddev", "variance"):
        return leaf(dataset, function, x)
    quantile = {"median": 0.5, "quantile": value[4] if len(value) > 4 else None}.get(
        function, float(function[1:]) / 100 if function[0] == "p" else None)
    return leaf(dataset, f"quantile {quantile!r}", x)


def statistics(stat, x, only):
    """The columns v (the value), n (the rows behind it), and two more that its interval needs."""
    f = f"filter (where {only})" if only != "true" else ""
    if stat == "count":
        return f"count(*) {f}, count(*) {f}, null, null"
    if stat == "corr":
        a, b = x
        n = f"count(*) filter (where {only} and {a} is not null and {b} is not null)"
        return (f"corr({a}, {b}) filter (where {only} and {a} is not null and {b} is not null), "
                f"{n}, null, null")
    n = f"count({x}) {f}"
    if stat == "known":
        return f"{n}, {n}, null, null"
    if stat == "distinct":
        return f"count(distinct {x}) {f}, {n}, null, null"
    if stat == "mode":
        counts = f"map_entries(histogram({x}) {f})"
        return (f"list_sort(list_transform({counts}, lambda e: struct_pack(n := -e.value::bigint, "
                f"k := e.key)))[1].k, {n}, null, null")
    if stat == "share":
        good = f"count(*) filter (where {only} and {x})"
        return f"100.0 * {good} / nullif({n}, 0), {n}, {good}, null"
    if stat in ("mean", "nps"):
        var = "var_samp" if stat == "mean" else "var_pop"
        return f"avg({x}) {f}, {n}, {var}({x}) {f}, null"
    if stat.startswith("quantile"):
        return f"quantile_cont({x}, {stat[9:]}) {f}, {n}, null, null"
    function = {"stddev": "stddev_samp", "variance": "var_samp"}.get(stat, stat)
    return f"{function}({x}) {f}, {n}, null, null"
