"""What a random query should answer: SQL for the groups, and here the lines made of them.

Ordering, pivots, comparisons and the columns of `with` are put together from the groups' numbers,
each of which DuckDB computes from rows.
"""
import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import random_periods as periods
import student
import translate
from query_generator import BENCHMARKS, GOALS, holder, item_name, title
from translate import Translation, quote

ANY = object()  # a cell about which the language says nothing


@dataclass
class Stats:
    """A measure's value in a group, and what its interval is made of."""
    value: object
    n: object = ANY
    first: object = None
    second: object = None
    stat: str = "formula"


@dataclass
class Answer:
    header: list
    rows: list
    sql: list = field(default_factory=list)
    is_ordered: bool = True


def combine(operator, a, b):
    if a is None or b is None:
        return None
    if operator == "/":
        return a / b if b else None
    return {"+": a + b, "-": a - b, "*": a * b}[operator]


def clean(value):
    return None if isinstance(value, float) and (math.isnan(value) or math.isinf(value)) else value


def near(value):
    """Numbers that differ in their last bits only are alike."""
    return float(f"{value:.11g}") if isinstance(value, float) else value


class Reference:
    """Answers queries over the tables of one connection with one session's settings."""

    def __init__(self, connection, settings):
        self.connection, self.settings, self.sql = connection, settings, []

    def run(self, sql):
        self.sql.append(sql)
        return self.connection.execute(sql).fetchall()

    def answer(self, query):
        self.sql = []
        if query["list"]:
            found = self.listing(query)
        elif query["items"][0]["value"][0] == "snapshot":
            found = self.snapshot(query)
        else:
            found = self.groups(query)
        found.sql = self.sql
        return found

    # Rows and leaves

    def translation(self, query, dataset):
        return Translation(dataset, self.settings, query["on"])

    def filters(self, query, rows, where, period):
        tests = []
        keys = query["by"] + ([query["across"]] if query.get("across") else [])
        if query["on"] and any(key[0] == "bucket" and key[2] is None for key in keys):
            tests.append(f"{rows.clock} is not null")  # no moment, no place on the clock
        if where:
            tests.append(rows.condition(where))
        if period:
            tests.append(rows.inside(rows.clock, period))
        return tests

    def leaf(self, query, leaf, test, keys, where, period, groups=None, relation=None):
        """A leaf's statistics by group: of the groups' own rows, or of those in a relation."""
        _, dataset, stat, x, kind, only, default = leaf
        rows = self.translation(query, dataset)
        source, found = rows.keys(keys)
        tests = self.filters(query, rows, where, period)
        if kind:
            tests.append(f"o.kind = '{kind}'")
        filters = [part for part in (only, rows.condition(test) if test else "true")
                   if part != "true"]
        only = " and ".join(filters) or "true"
        x = x.replace("{clock}", rows.clock) if isinstance(x, str) else x
        names = [f"k{index}" for index in range(len(keys))]
        columns = "".join(f", {sql} as {name}" for sql, name in zip(found, names))
        inner = f"(select o.*{columns} from {source}"
        inner += (" where " + " and ".join(tests) if tests else "") + ") o"
        selected = translate.statistics(stat, x, only)
        if groups is None:
            listed = "".join(f"o.{name}, " for name in names)
            by = " group by " + ", ".join(f"o.{name}" for name in names) if names else ""
            sql = f"select {listed}{selected} from {inner}{by}"
        else:
            if not groups:
                return {}
            values = ", ".join("(" + ", ".join([str(index), *map(literal, group)]) + ")"
                               for index, group in enumerate(groups))
            sql = (f"select g.number, {selected} from (values {values}) "
                   f"g({', '.join(['number', *names])}) join {inner} on {relation} "
                   "group by g.number")
            return {groups[line[0]]: Stats(clean(line[1]), line[2], clean(line[3]), line[4], stat)
                    for line in self.run(sql)}
        width = len(names)
        return {tuple(line[:width]): Stats(clean(line[width]), line[width + 1],
                                           clean(line[width + 2]), line[width + 3], stat)
                for line in self.run(sql)}

    def tree(self, query, tree, test, *scope, **more):
        """The same tree with its leaves evaluated."""
        if tree[0] == "leaf":
            return ("leaf", self.leaf(query, tree, test, *scope, **more), tree[6], tree[2])
        if tree[0] == "constant":
            return tree
        return (tree[0], self.tree(query, tree[1], test, *scope, **more),
                self.tree(query, tree[2], test, *scope, **more))

    def groups_of(self, tree):
        if tree[0] == "leaf":
            return set(tree[1])
        if tree[0] == "constant":
            return set()
        return self.groups_of(tree[1]) | self.groups_of(tree[2])

    def at(self, tree, group):
        if tree[0] == "leaf":
            return tree[1].get(group) or Stats(tree[2], 0, 0 if tree[3] == "share" else None, None,
                                               tree[3])
        if tree[0] == "constant":
            return Stats(tree[1])
        return Stats(clean(combine(tree[0], self.at(tree[1], group).value,
                                   self.at(tree[2], group).value)))

    def measure(self, query, value):
        return translate.measure(value, lambda dataset: self.translation(query, dataset))

    # Groups

    def groups(self, query):
        keys = query["by"] + ([query["across"]] if query["across"] else [])
        items, vs, options = query["items"], query["vs"], query["with"]
        scope = (keys, query["where"], query["in"])
        trees = [self.tree(query, self.measure(query, item["value"]), item["if"], *scope)
                 for item in items]
        groups = set().union(*map(self.groups_of, trees)) if keys else {()}
        bases, to_base = self.bases(query, keys, groups, trees)
        reach = self.reach(keys, groups, query)
        if vs and keys and vs[0] in ("where", "period", "previous", "last year"):
            for base in bases:
                groups |= {group for group in map(to_base[1], self.groups_of(base))
                           if vs[0] in ("where", "period") or
                           self.is_within(keys, group, reach)}
        lines = sorted(groups, key=self.key_order(keys))
        if query["across"]:
            return self.pivot(query, lines, trees, bases, to_base)
        lines = self.filled(query, keys, lines)
        if query["having"]:
            _, operator, value, bound = query["having"]
            tree = self.tree(query, self.measure(query, value), None, keys, query["where"],
                             query["in"])
            lines = [group for group in lines
                     if compare(self.at(tree, group).value, operator, bound[1])]
        header, columns = self.columns(query, keys, lines, trees, bases, to_base)
        table = {group: list(group) + [columns[name][group] for name in header[len(keys):]]
                 for group in lines}
        rows = self.arranged(query, keys, lines, header, table, trees)
        return Answer(header, rows)

    def reach(self, keys, groups, query):
        """The first and last bucket of groups; None without a time among the keys."""
        place = self.timeline(keys)
        labels = [] if place is None else [group[place] for group in groups
                                           if group[place] is not None]
        if place == 0 and len(query["by"]) == 1:
            lines = self.filled(query, query["by"], [(label,) for label in sorted(set(labels))])
            labels = [label for label, in lines]
        return None if place is None else (min(labels, default="~"), max(labels, default=""))

    def is_within(self, keys, group, reach):
        """Whether a group that only a baseline has lies among the times of the query's own."""
        if reach is None:
            return True
        label = group[self.timeline(keys)]
        return label != "" and reach[0] <= label <= reach[1]

    def timeline(self, keys):
        places = [index for index, key in enumerate(keys)
                  if key[0] == "bucket" and key[1] in periods.GRAINS]
        return places[0] if len(places) == 1 else None

    def moved(self, label, count):
        if label is None:
            return None
        week_start = self.settings["week_start"]
        start, grain = periods.parse(label, week_start)
        return periods.label(periods.step(start, grain, count), grain, week_start)

    def years_on(self, label, count):
        """The bucket of the same name another year; no bucket's where that year has none."""
        if count < 0:
            return periods.year_earlier(label, self.settings["week_start"]) or ""
        name = f"{int(label[:4]) + 1:04}{label[4:]}" if label else ""
        return name if name and self.years_on(name, -1) == label else ""

    def bases(self, query, keys, groups, trees):
        """The trees of the baseline, and how a group finds its own there and back."""
        vs, same = query["vs"], (lambda group: group, lambda group: group)
        if not vs:
            return [], same
        where, period, timeline = query["where"], query["in"], self.timeline(keys)
        more, scope_keys = {}, keys
        if vs[0] == "where":
            where = vs[1]
        elif vs[0] == "period":
            period = vs[1]
        elif vs[0] in ("previous", "last year") and timeline is not None:
            period, where = None, self.unfinished(query, keys[timeline], where)
            move = self.moved if vs[0] == "previous" else self.years_on
            # What has no place on the timeline has nothing before it.
            shift = lambda count: lambda group: tuple(
                part if index != timeline else "" if part is None else move(part, count)
                for index, part in enumerate(group))
            same = (shift(-1), shift(1))
        elif vs[0] == "previous":
            period = period.back(self.settings["today"], self.reached(query))
        elif vs[0] == "last year":
            period = period.year_back(self.settings["today"], self.reached(query))
        elif vs[0] in ("goal", "benchmark"):
            return [("constant", self.figure(vs[0], item)) for item in query["items"]], same
        elif vs[0] == "rest":
            alike = " and ".join(f"o.k{index} is not distinct from g.k{index}"
                                 for index in range(len(keys)))
            if query["across"]:
                lines = sorted({group[:-1] for group in groups}, key=self.key_order(keys[:-1]))
                lines = self.filled(query, keys[:-1], lines) if len(keys) > 1 else lines
                values = sorted({group[-1:] for group in groups}, key=self.key_order(keys[-1:]))
                groups = [line + value for line in lines for value in values]
            else:
                groups = self.filled(query, keys, sorted(groups, key=self.key_order(keys)))
            more = {"groups": groups, "relation": f"not ({alike})"}
        else:
            scope_keys, same = [], (lambda group: (), None)
        return [self.tree(query, self.measure(query, item["value"]), item["if"], scope_keys, where,
                          period, **more) for item in query["items"]], same

    def figure(self, base, item):
        """The goal or the published figure of a measure; None where it has none."""
        name = item["value"][2] if item["value"][0] == "measure" else None
        return BENCHMARKS.get(name) if base == "benchmark" else GOALS.get(name, (0, None))[1]

    def unfinished(self, query, key, where):
        """Leaves out of the bucket before the one in progress the days that have not come there."""
        today, week_start = self.settings["today"], self.settings["week_start"]
        current = periods.bucket_period(today, key[1], week_start)
        reached = self.reached(query)
        if current.so_far(today, reached) is None:
            return where
        start, end = periods.step(current.start, key[1], -1), current.start
        if query["vs"][0] == "last year":
            name = self.years_on(current.text, -1)
            if name == "":
                return where
            start, _ = periods.parse(name, week_start)
            end = periods.step(start, key[1])
        late = periods.Period(
            "", min(start + current.so_far(today, reached), end), end, "day")
        test = ("within", key, late, True)
        return ("and", [where, test]) if where else test

    def reached(self, query):
        """The last day on which there are rows, in any of the query's datasets."""
        last = datetime.min
        for dataset in query["datasets"]:
            columns = [self.translation(query, dataset).clock]
            if dataset == "S" and not query["on"]:
                columns = ["o.responded_l", "(select max(created_l) from t)"]
            for column in columns:
                found = self.run(f"select max({column}) from {dataset.lower()} o")[0][0]
                last = max(last, found or last)
        return periods.floor(last, "day", "monday")

    def filled(self, query, keys, lines):
        """A time axis has no holes."""
        if len(keys) != 1 or self.timeline(keys) is None or "gaps" in query["with"]:
            return lines
        grain, week_start = keys[0][1], self.settings["week_start"]
        labels = [group[0] for group in lines if group[0] is not None]
        ranges = [found for found in (self.asked(query, dataset, keys[0])
                                      for dataset in query["datasets"]) if found]
        if ranges:
            first, last = min(low for low, _ in ranges), max(high for _, high in ranges)
            found, place = [], periods.floor(first, grain, week_start)
            while place <= last:
                found.append((periods.label(place, grain, week_start),))
                place = periods.step(place, grain)
            found += [line for line in lines if line not in set(found) and line[0] is not None]
            found.sort()
            return found + [line for line in lines if line[0] is None]
        if not labels:
            return lines
        first, _ = periods.parse(labels[0], week_start)
        last, _ = periods.parse(labels[-1], week_start)
        found = []
        while first <= last:
            found.append((periods.label(first, grain, week_start),))
            first = periods.step(first, grain)
        return found + [line for line in lines if line[0] is None]

    def asked(self, query, dataset, key):
        """The first and last instant that a period of the query leaves of a dataset's times; None
        where there is no period, or no time in it."""
        clock = query["on"] or {"T": "created", "C": "started", "H": "date"}.get(dataset)
        column = key[2] or clock
        start, end = self.named_span(query["where"], column, clock)
        if query["in"] and column == clock:
            start = max(start or query["in"].start, query["in"].start)
            end = min(end or query["in"].end, query["in"].end)
        if not start and not end:
            return None
        low, high = self.data_range({**query, "datasets": [dataset]}) if column == clock else \
            self.column_range({**query, "datasets": [dataset]}, column)
        if low is None:
            return None
        first = max(start or low, low)
        last = min(end - timedelta(microseconds=1) if end else high, high)
        return (first, last) if first <= last else None

    def named_span(self, where, column, clock):
        """The first instant, and the first after, that `where` demands of a time column."""
        def names(target):
            return column == (target[1] if target[0] == "column" else target[2] or clock)

        parts = translate.flat(where) if where and where[0] == "and" else [where]
        starts, ends = [], []
        for part in parts:
            if part and part[0] == "when" and names(part[2]):
                starts += [part[3].start] if part[1] in ("=", ">=") else []
                starts += [part[3].end] if part[1] == ">" else []
                ends += [part[3].end] if part[1] in ("=", "<=") else []
                ends += [part[3].start] if part[1] == "<" else []
            if part and part[0] == "within" and names(part[1]) and not part[3]:
                starts, ends = starts + [part[2].start], ends + [part[2].end]
            if part and part[0] == "during" and names(part[1]) and not part[4]:
                starts, ends = starts + [part[2].start], ends + [part[3].end]
        return max(starts, default=None), min(ends, default=None)

    def column_range(self, query, column):
        dataset = holder(query["datasets"], column).lower()
        return self.run(f"select min({column}_l), max({column}_l) from {dataset}")[0]

    def data_range(self, query):
        ends = []
        for dataset in query["datasets"]:
            if query["items"][0]["value"][0] == "snapshot":
                times = {"T": ("created", "first_response", "resolved"),
                         "C": ("started", "ended")}[dataset]
                last = ", ".join(f"{time}_l" for time in times)
                return self.run(f"select min({times[0]}_l), max(greatest({last})) "
                                f"from {dataset.lower()}")[0]
            if query["on"] and holder([dataset], query["on"]) != dataset:
                ends += [self.column_range(query, query["on"])]
                continue
            clocks = [self.translation(query, dataset).clock]
            if dataset == "S" and not query["on"]:  # of all columns that the clock reads
                clocks = ["o.responded_l", "(select {}(created_l) from t)"]
            for clock in clocks:
                ends += self.run(f"select min({clock.format('min')}), max({clock.format('max')}) "
                                 f"from {dataset.lower()} o")
        return (min((low for low, _ in ends if low), default=None),
                max((high for _, high in ends if high), default=None))

    # Columns

    def columns(self, query, keys, lines, trees, bases, to_base):
        header, columns = [title(key) for key in keys], {}
        vs, options = query["vs"], query["with"]

        def add(name, cells):
            header.append(name)
            columns[name] = cells

        for index, (item, tree) in enumerate(zip(query["items"], trees)):
            name = item_name(item)
            mine = {group: self.at(tree, group) for group in lines}
            add(name, {group: mine[group].value for group in lines})
            if vs:
                base = vs_suffix(vs)
                theirs = {group: self.at(bases[index], to_base[0](group)) for group in lines}
                add(f"{name}_{base}", {group: theirs[group].value for group in lines})
                add(f"{name}_change", {group: combine("-", mine[group].value, theirs[group].value)
                                       for group in lines})
                add(f"{name}_change_pct", {group: percent_change(mine[group], theirs[group])
                                           for group in lines})
                has_rows = vs[0] not in ("goal", "benchmark")
                add(f"{name}_p", {group: ANY if vs[0] == "total" else None if not has_rows else
                                  p_value(mine[group], theirs[group]) for group in lines})
                if "ci" in options:
                    ends = {group: change_interval(mine[group], theirs[group]) if has_rows else
                            (None, None) for group in lines}
                    add(f"{name}_change_low", {group: ends[group][0] for group in lines})
                    add(f"{name}_change_high", {group: ends[group][1] for group in lines})
            if "n" in options:
                add(f"{name}_n", {group: mine[group].n for group in lines})
            if "ci" in options:
                ends = {group: interval(mine[group]) for group in lines}
                add(f"{name}_low", {group: ends[group][0] for group in lines})
                add(f"{name}_high", {group: ends[group][1] for group in lines})
            if "share" in options and tree[0] == "leaf" and tree[3] in ("count", "known", "sum"):
                whole = self.at(self.tree(query, self.measure(query, item["value"]), item["if"], [],
                                          query["where"], query["in"]), ()).value
                add(f"{name}_share", {group: combine("/", combine("*", 100.0, mine[group].value),
                                                     whole) for group in lines})
            if "rank" in options:
                sign = direction(item["value"])
                scores = {group: interval(mine[group])[sign < 0] if options["rank"] == "fair"
                          else mine[group].value for group in lines}
                values = [score for score in scores.values() if score is not None]
                add(f"{name}_rank", {
                    group: ANY if sign is None else None if scores[group] is None else
                    place_among(scores[group], sign, values, options["rank"] == "fair")
                    for group in lines})
            for option in ("running", "rolling"):
                if option in options:
                    pooled = self.pooled(query, item, keys, lines, options[option]
                                         if option == "rolling" else None)
                    place = self.timeline(keys)
                    add(f"{name}_{option}", {
                        group: None if group[place] is None else self.at(pooled, group).value
                        for group in lines})
        return header, columns

    def pooled(self, query, item, keys, lines, count):
        place = self.timeline(keys)
        tests = [f"o.k{index} is not distinct from g.k{index}" for index in range(len(keys))
                 if index != place]
        tests.append(f"o.k{place} <= g.k{place}")
        relation = " and ".join(tests)
        if count:
            labels = {line[place] for line in lines if line[place] is not None}
            arms = " ".join(
                f"when {quote(label)} then o.k{place} >= {quote(self.moved(label, 1 - count))}"
                for label in labels)
            relation += f" and case g.k{place} {arms} else false end" if labels else " and false"
        return self.tree(query, self.measure(query, item["value"]), item["if"], keys,
                         query["where"], query["in"], groups=lines, relation=relation)

    # Order

    def key_order(self, keys):
        def rank(key, value):
            if value is None:
                return (1, 0)
            name = title(key)
            if key[0] == "column" and name == "priority":
                return (0, ["low", "normal", "high", "urgent"].index(value))
            if key[0] == "bucket" and key[1] == "weekday":
                return (0, periods.WEEKDAYS.index(value))
            return (0, value.encode() if isinstance(value, str) else value)
        return lambda group: tuple(rank(key, value) for key, value in zip(keys, group))

    def arranged(self, query, keys, lines, header, table, trees):
        options, top = query["with"], query["top"]
        order = self.key_order(keys)
        for name, down in reversed(query["order"]):
            place = header.index(name)
            if place < len(keys):
                rank = lambda group: self.key_order([keys[place]])((group[place],))[0]
                is_missing = lambda group: group[place] is None
            else:
                rank = lambda group: near(table[group][place])
                is_missing = lambda group: table[group][place] is None
            known = [group for group in lines if not is_missing(group)]
            lines = sorted(known, key=rank, reverse=down) + [
                group for group in lines if is_missing(group)]
        cut = []
        if top:
            tree = trees[0]
            if top["by"]:
                tree = self.tree(query, self.measure(query, top["by"]), None, keys, query["where"],
                                 query["in"])
            sign = 1 if top["bottom"] else -1
            if top.get("fair"):  # the best first
                sign *= direction(query["items"][0]["value"])

            def place_of(group):
                stats = self.at(tree, group)
                value = stats.value
                if top.get("fair"):
                    is_low = direction(query["items"][0]["value"]) < 0
                    value = interval(stats)[is_low]
                return (1, 0) if value is None else (0, sign * near(value))
            ranked = sorted(lines, key=lambda group: (place_of(group), order(group)))
            if top["per"]:
                at = keys.index(top["per"])
                per = self.key_order([top["per"]])
                kept, seen = [], {}
                for group in ranked:
                    seen[group[at]] = seen.get(group[at], 0) + 1
                    if seen[group[at]] <= top["count"]:
                        kept.append(group)
                kept.sort(key=lambda group: per((group[at],)))
            else:
                kept = ranked[:top["count"]]
            cut, lines = [group for group in lines if group not in set(kept)], kept
        rows = [table[group] for group in lines]
        if query["offset"]:
            rows = rows[query["offset"]:]
        if query["limit"] is not None:
            rows = rows[:query["limit"]]
        if "other" in options and cut:
            rows.append(self.extra("(other)", query, keys, header, cut))
        if "total" in options:
            rows.append(self.extra("(total)", query, keys, header, None))
        return rows

    def extra(self, name, query, keys, header, groups):
        """A row of all rows, or of all rows of some groups, counted once each."""
        row = [name] + [None] * (len(keys) - 1)
        stats, theirs = {}, {}
        vs = query["vs"]
        if vs and groups is None and (
                vs[0] not in ("previous", "last year") or self.timeline(keys) is None) and \
                vs[0] != "rest":
            bases, _ = self.bases(query, [], {()}, None)
            theirs = {item_name(item): self.at(base, ())
                      for item, base in zip(query["items"], bases)}
        for item in query["items"]:
            tree = self.measure(query, item["value"])
            if groups is None:
                found = self.tree(query, tree, item["if"], [], query["where"], query["in"])
                stats[item_name(item)] = self.at(found, ())
            else:
                stats[item_name(item)] = self.at(
                    self.merged(query, tree, item, keys, groups), ())
        for title_ in header[len(keys):]:
            row.append(self.base_cell(title_, vs, stats, theirs) if vs and title_ not in stats else
                       self.extra_cell(title_, stats))
        return row

    def base_cell(self, title_, vs, stats, theirs):
        """A cell of the total that comes of the comparison."""
        name = max((name for name in stats if title_.startswith(name + "_")), key=len)
        ending = title_[len(name) + 1:]
        mine, base = stats[name], theirs.get(name)
        has_rows = vs[0] not in ("goal", "benchmark")
        if ending == vs_suffix(vs):
            return base and base.value
        if ending == "change":
            return base and combine("-", mine.value, base.value)
        if ending == "change_pct":
            return base and percent_change(mine, base)
        if ending == "p":
            return ANY if vs[0] == "total" else p_value(mine, base) if base and has_rows else None
        if ending in ("change_low", "change_high"):
            return change_interval(mine, base)[ending == "change_high"] if base and has_rows else \
                None
        return self.extra_cell(title_, stats)

    def merged(self, query, tree, item, keys, groups):
        """The tree of the rows of several groups together."""
        if tree[0] == "constant":
            return tree
        if tree[0] != "leaf":
            return (tree[0], *(self.merged(query, part, item, keys, groups)
                               for part in tree[1:]))
        _, dataset, stat, x, kind, only, default = tree
        rows = self.translation(query, dataset)
        source, found = rows.keys(keys)
        tests = self.filters(query, rows, query["where"], query["in"])
        if kind:
            tests.append(f"o.kind = '{kind}'")
        tests.append("(" + " or ".join(
            "(" + " and ".join(f"{sql} is not distinct from {literal(part)}"
                               for sql, part in zip(found, group)) + ")" for group in groups) + ")")
        filters = [part for part in (only, rows.condition(item["if"]) if item["if"] else "true")
                   if part != "true"]
        x = x.replace("{clock}", rows.clock) if isinstance(x, str) else x
        line = self.run(f"select {translate.statistics(stat, x, ' and '.join(filters) or 'true')} "
                        f"from {source} where {' and '.join(tests)}")[0]
        return ("leaf", {(): Stats(clean(line[0]), line[1], clean(line[2]), line[3], stat)},
                default, stat)

    def extra_cell(self, name, stats):
        if name in stats:
            return stats[name].value
        base, _, ending = name.rpartition("_")
        if base in stats and ending == "n":
            return stats[base].n
        if base in stats and ending in ("low", "high"):
            return interval(stats[base])[ending == "high"]
        return ANY

    def pivot(self, query, lines, trees, bases, to_base):
        keys, across = query["by"], query["across"]
        rows_of = list(dict.fromkeys(group[:-1] for group in lines)) or ([()] if not keys else [])
        rows_of = self.filled(query, keys, rows_of) if keys else rows_of
        if query["having"]:
            _, operator, value, bound = query["having"]
            tree = self.tree(query, self.measure(query, value), None, keys, query["where"],
                             query["in"])
            rows_of = [group for group in rows_of
                       if compare(self.at(tree, group).value, operator, bound[1])]
        kept = rows_of[query["offset"] or 0:]
        kept = kept[:query["limit"]] if query["limit"] is not None else kept
        # The columns are those of the rows that are left.
        values = sorted({group[-1:] for group in lines if group[:-1] in set(kept)},
                        key=self.key_order([across]))
        totals = {}
        if "total" in query["with"]:
            totals = self.pivot_totals(query, across, values)
        header, rows = [title(key) for key in keys], {group: list(group) for group in kept}
        total = ["(total)"] + [None] * (len(keys) - 1)
        names = sorted((item_name(item) for item in query["items"]), key=len, reverse=True)
        for value in values:
            inner, cells = self.columns(query, keys + [across], [group + value for group in rows_of],
                                        trees, bases, to_base)
            text = "(none)" if value[0] is None else show(value[0])
            for name in inner[len(keys) + 1:]:
                base = next(base for base in names if name == base or
                            name.startswith(base + "_"))
                header.append(f"{text} {name}" if len(names) > 1 else text + name[len(base):])
                for group in kept:
                    rows[group].append(cells[name][group + value])
                total.append(totals.get(name, {}).get(value))
        return Answer(header, list(rows.values()) + ([total] if totals else []))

    def pivot_totals(self, query, across, values):
        """For each column the totals of each value of the key that becomes columns."""
        options = {name: value for name, value in query["with"].items() if name in ("n", "ci")}
        whole = {**query, "by": [], "with": options}
        scope = ([across], query["where"], query["in"])
        trees = [self.tree(query, self.measure(query, item["value"]), item["if"], *scope)
                 for item in query["items"]]
        if query["vs"] and (query["vs"][0] == "rest" or query["vs"][0] in (
                "previous", "last year") and self.timeline(query["by"]) is not None):
            whole["vs"] = None  # a total has nothing before it
        bases, to_base = self.bases(whole, [across], set(values), trees)
        return self.columns(whole, [across], values, trees, bases, to_base)[1]

    # Rows instead of groups

    def listing(self, query):
        dataset = query["datasets"][0]
        rows = self.translation(query, dataset)
        tests = self.filters(query, rows, query["where"], query["in"])
        names = [item[1] for item in query["items"]]
        sql = ("select " + ", ".join(rows.column(name) for name in names)
               + f" from {dataset.lower()} o" + (" where " + " and ".join(tests) if tests else ""))
        order = []
        rank = lambda name: f"rank_of(o.{name})" if name == "priority" else \
            f"lower(o.{name})" if name in translate.TEXT else rows.column(name)
        if query["top"]:
            top = query["top"]
            by = f"{rows.column(top['by'][1])} {'asc' if top['bottom'] else 'desc'} nulls last"
            per = top["per"] and f"o.{top['per'][1]}"
            sql += (" and " if tests else " where ") + f"{rows.column(top['by'][1])} is not null"
            sql += (f" qualify row_number() over ({'partition by ' + per if per else ''} "
                    f"order by {by}, o.id) <= {top['count']}")
            order = [f"{rank_of_key(top['per'][1])} nulls last", by] if per else [by]
        order += [f"{rank(name)} {'desc' if down else 'asc'} nulls last"
                  for name, down in query["order"]]
        sql += " order by " + ", ".join([*order, "o.id"])
        if query["limit"] is not None:
            sql += f" limit {query['limit']}"
        if query["offset"]:
            sql += f" offset {query['offset']}"
        return Answer(names, [list(line) for line in self.run(sql)])

    # Snapshots

    def utc(self, moment):
        """The instant of a wall-clock time, the earlier of two."""
        local = moment.replace(tzinfo=ZoneInfo(self.settings["timezone"]))
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    def snapshot(self, query):
        dataset, keys = query["datasets"][0], query["by"]
        rows = self.translation(query, dataset)
        start, end = {"T": ("o.created_l", "o.resolved_l"),
                      "C": ("o.started_l", "o.ended_l")}[dataset]
        week_start = self.settings["week_start"]
        place = self.timeline(keys)
        others = [key for index, key in enumerate(keys) if index != place]
        low, high = self.data_range(query)
        if place is None:
            spans = [("", query["in"].start, query["in"].end)]
        else:
            grain = keys[place][1]
            at = periods.floor(max(query["in"].start, low) if query["in"] else low, grain,
                               week_start)
            spans = []
            while at <= high and (not query["in"] or at < query["in"].end):
                spans.append((periods.label(at, grain, week_start), at, periods.step(at, grain)))
                at = periods.step(at, grain)
        table = self.counts(query, spans, place, others)
        base_spans = self.earlier(query, spans, place) if query["vs"] else []
        base = self.counts(query, base_spans, place, others)
        names = [item["value"][2] for item in query["items"]]
        if keys and others:
            own, theirs = ({group for group, line in each.items()
                            if any(counts_anything(name, line) for name in names)}
                           for each in (table, base))
            reach = self.reach(keys, own, query)
            shown = list(own | {group for group in theirs if self.is_within(keys, group, reach)})
        elif keys:
            shown = [(label,) for label, _, _ in spans]
        else:
            shown = [()]
        shown.sort(key=self.key_order(keys))
        out, header = [], [title(key) for key in keys]
        suffix = vs_suffix(query["vs"])
        for name in names:
            header += [name] + ([f"{name}_{end}" for end in (suffix, "change", "change_pct", "p")]
                                if suffix else [])
        for group in shown:
            row = list(group)
            for name in names:
                mine = self.moment_value(name, group, place, table, spans)
                row.append(mine.value)
                if suffix:
                    theirs = self.moment_value(name, group, place, base, base_spans)
                    is_said = ANY not in (mine.value, theirs.value)
                    row += [theirs.value, combine("-", mine.value, theirs.value) if is_said else
                            ANY, percent_change(mine, theirs) if is_said else ANY, None]
            out.append(row)
        return Answer(header, out)

    def moment_value(self, name, group, place, table, spans):
        label = group[place] if place is not None else ""
        months = [months_between(a, e) for at, a, e in spans if at == label]
        line = table.get(group, (0, 0, 0, 0, 0, None, 0))
        return Stats(snapshot_value(name, line, months[0] if months else 1))

    def earlier(self, query, spans, place):
        """The span that each is compared with, under its own label."""
        today, reached = self.settings["today"], self.reached(query)
        if query["vs"][0] == "period":
            return [("", query["vs"][1].start, query["vs"][1].end)]
        if place is None:
            base = query["in"].back(today, reached)
            return [("", base.start, base.end)]
        found, grain = [], query["by"][place][1]
        for label, start, end in spans:
            base = periods.Period(label, start, end, grain).back(today, reached)
            found.append((label, base.start, base.end))
        return found

    def counts(self, query, spans, place, others):
        """What is there, begins and ends in each span, by group."""
        dataset = query["datasets"][0]
        rows = self.translation(query, dataset)
        start, end = {"T": ("o.created_l", "o.resolved_l"),
                      "C": ("o.started_l", "o.ended_l")}[dataset]
        source, found = rows.keys(others)
        where = f" where {rows.condition(query['where'])}" if query["where"] else ""
        table = {}
        if spans:
            values = ", ".join(
                f"({quote(label)}, timestamp '{a}', timestamp '{e}', timestamp '{self.utc(e)}')"
                for label, a, e in spans)
            parts = {name: sql.format(start=start, end=end)
                     for name, sql in translate.SNAPSHOT_PARTS.items()}
            counts = ", ".join(f"count(*) filter (where {sql})" for sql in parts.values())
            columns = "".join(f", {sql} as k{index}" for index, sql in enumerate(found))
            listed = "".join(f", o.k{index}" for index in range(len(others)))
            extra = ", null, null"
            if dataset == "T":
                extra = (f", median(epoch(i - o.created)) filter (where {parts['active']})"
                         ", null")
            else:
                extra = (f", sum(o.mrr) filter (where {parts['active']}), count(o.mrr) "
                         f"filter (where {parts['active']})")
            for line in self.run(
                    f"select label{listed}, {counts}{extra} from (values {values}) b(label, a, e, i) "
                    f"cross join (select o.*{columns} from {source}{where}) o "
                    f"group by label{listed}"):
                group = list(line[1:1 + len(others)])
                if place is not None:
                    group.insert(place, line[0])
                table[tuple(group)] = line[1 + len(others):]
        return table



def vs_suffix(vs):
    """What the baseline's columns end in."""
    if vs is None:
        return None
    return vs[1].text.replace("-", "_") if vs[0] == "period" else vs[0].replace(" ", "_")


def place_among(value, sign, values, is_rough=False):
    """1 for the first; not said where another value may differ in its last bits only."""
    alike = [other for other in values if near(value) == near(other)]
    if any(value != other for other in alike) or len(alike) > 1 and (is_rough or value % 1):
        return ANY
    return 1 + sum(sign * other > sign * value for other in values)


def direction(value):
    """1 where the largest ranks first, -1 where the smallest does; None where nothing says."""
    if value[0] == "aggregate" and (value[-1] == "aht" or value[3] in (
            ("column", "frt"), ("column", "resolution_time"))):
        return -1 if value[2] == "avg" or value[2][0] in "mpq" else None
    return -1 if value[0] == "measure" and value[2] in translate.LOWER_IS_BETTER else 1


def months_between(start, end):
    """How many months a period has; 0 where it has no whole number of them."""
    if start.day != 1 or end.day != 1:
        return 0
    return (end.year - start.year) * 12 + end.month - start.month


def counts_anything(name, line):
    active, began, new, lost, new_active = line[:5]
    return {"backlog": active, "backlog_age": active, "active_customers": active,
            "new_customers": new, "lost_customers": lost, "churn": lost or began,
            "retention": active or began, "mrr": active, "arr": active, "arpa": active,
            "clv": active or lost or began}[name]


def snapshot_value(name, line, months):
    active, began, new, lost, new_active, money, _ = line
    churn = lost / began if began else None
    money = money or 0
    arpa = money / active if active else None
    return {
        "backlog": lambda: active, "backlog_age": lambda: line[5], "active_customers": lambda: active,
        "new_customers": lambda: new, "lost_customers": lambda: lost,
        "churn": lambda: 100 * churn if began else None,
        "retention": lambda: 100 * (active - new_active) / began if began else None,
        "mrr": lambda: money, "arr": lambda: 12 * money,
        "arpa": lambda: arpa,
        "clv": lambda: (arpa / (churn / months) if arpa is not None and churn else None)
        if months else ANY}[name]()


def rank_of_key(name):
    """What a key's values are ordered by."""
    return f"rank_of(o.{name})" if name == "priority" else f"o.{name}"


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return quote(value) if isinstance(value, str) else repr(value)


def show(value):
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def compare(value, operator, bound):
    if operator == "!=":
        return value is None or value != bound
    if value is None:
        return False
    return {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound,
            "=": value == bound}[operator]


def percent_change(mine, theirs):
    if mine.value is None or theirs.value is None:
        return None
    if theirs.value < 0 or mine.stat == "corr":
        return ANY
    return 100 * (mine.value - theirs.value) / theirs.value if theirs.value else None


def interval(stats):
    if stats.stat == "share":
        return student.wilson(stats.first, stats.n)
    if stats.stat == "mean":
        return student.mean_interval(stats.value, stats.first, stats.n)
    if stats.stat == "nps" and not stats.n:
        return None, None
    if stats.stat == "nps":
        half = student.Z95 * math.sqrt(stats.first / stats.n)
        return max(stats.value - half, -100.0), min(stats.value + half, 100.0)
    return ANY, ANY


def change_interval(mine, theirs):
    if mine.stat == "share":
        return student.newcombe(mine.first, mine.n, theirs.first, theirs.n)
    if mine.stat == "mean":
        if mine.value is None or theirs.value is None:
            return None, None
        return student.welch(mine.value, mine.first or 0.0, mine.n, theirs.value,
                             theirs.first or 0.0, theirs.n)[1:]
    return ANY, ANY


def p_value(mine, theirs):
    if mine.stat == "share":
        return student.shares_p(mine.first, mine.n, theirs.first, theirs.n)
    if mine.stat == "mean":
        if mine.value is None or theirs.value is None:
            return None
        return student.welch(mine.value, mine.first or 0.0, mine.n, theirs.value,
                             theirs.first or 0.0, theirs.n)[0]
    return ANY
