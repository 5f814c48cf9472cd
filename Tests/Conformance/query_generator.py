"""Random DeskQL queries: a structure of plain tuples and dictionaries, and its text.

The structure is what translate.py turns into SQL; it holds nothing that came from DeskQL.
"""
from datetime import datetime, timedelta

import random_data as data
import random_periods as periods

ZONES = ["UTC", "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu",
         "Australia/Lord_Howe", "America/Havana", "Africa/Cairo"]

TEXTS = {"channel": data.CHANNELS, "status": data.STATUSES, "priority": data.PRIORITIES,
         "team": data.TEAMS, "agent": data.AGENTS, "product": data.PRODUCTS,
         "category": data.CATEGORIES, "subject": data.SUBJECTS, "kind": ["csat", "nps", "ces"],
         "comment": data.COMMENTS, "plan": data.PLANS, "segment": data.SEGMENTS,
         "country": data.COUNTRIES}
PIECES = ["re", "#", "7", " 0", "12", "E", "é", "É", "a", "r", "en", "again", "ärm", "机", "100%", "ü", "o", "x", "_"]
PATTERNS = ["re", "^R", "n$", "[aeiou]{2}", "^.o", "(?i)ÉCRAN", "a|o", "[0-9]+", "#[1-4]", "\\d$", "^(re|de)", "\\bn"]
NUMBERS = {"replies": (0, 4), "contacts": (0, 3), "reopens": (0, 2), "cost": (1, 25),
           "mrr": (0, 499), "score": (0, 10), "id": (1, 300)}
DURATIONS = {"frt": 14_400, "resolution_time": 300_000, "handle_time": 1500, "reply_time": 9000,
             "available": 22_000, "occupied": 14_000}

# What each dataset holds, by the type of the column.
OWN = {
    "T": {"text": ["channel", "status", "priority", "team", "agent", "product", "category",
                   "subject"],
          "number": ["replies", "contacts", "reopens", "cost"],
          "duration": ["frt", "resolution_time", "handle_time", "reply_time"],
          "boolean": ["escalated"], "time": ["created", "first_response", "resolved"],
          "tags": ["tag"]},
    "S": {"text": ["kind", "comment"], "number": ["score"], "duration": [], "boolean": [],
          "time": ["sent", "responded"], "tags": []},
    "C": {"text": ["plan", "segment", "country"], "number": ["mrr"], "duration": [], "boolean": [],
          "time": ["started", "ended"], "tags": []},
    "H": {"text": ["agent"], "number": [], "duration": ["available", "occupied"], "boolean": [],
          "time": ["date"], "tags": []},
}
REACH = {"T": "TC", "S": "STC", "C": "C", "H": "H"}
CHILD = {"T": "S", "C": "T"}
NAMES = {"T": "tickets", "S": "surveys", "C": "customers", "H": "shifts"}
DATES = {"started", "ended", "date"}
CLOCK = {"T": "created", "S": "clock", "C": "started", "H": "date"}

# What every session defines: a truth, a number and a text of each row, and measures.
DEFINITIONS = {
    "slow": ("T", "boolean", ("compare", ">", ("column", "frt"), ("duration", 14_400, "4h"))),
    "paying": ("C", "boolean", ("compare", ">", ("column", "mrr"), ("number", 0))),
    "turns": ("T", "number", ("arithmetic", "+", ("column", "replies"), ("column", "contacts"))),
    "touchy": ("T", "boolean", ("or", [("compare", ">=", ("column", "turns"), ("number", 4)),
                                       ("test", ("column", "escalated"))])),
}
MEASURE_DEFINITIONS = {
    "quick": ("T", ("aggregate", "T", "percent", ("compare", "<=", ("column", "frt"),
                                                 ("duration", 3600, "1h")))),
    "per_reply": ("T", ("formula", "/", ("aggregate", "T", "sum", ("column", "cost")),
                        ("aggregate", "T", "sum", ("column", "replies")))),
    "good_share": ("S", ("aggregate", "S", "percent", ("compare", ">=", ("column", "score"),
                                                      ("number", 4)))),
}

MEASURES = {
    "T": ["tickets", "frt", "reply_time_avg", "art", "aht", "resolution_time", "resolution_rate",
          "fcr", "single_reply_rate", "one_touch", "reopen_rate", "escalation_rate", "repeat_rate",
          "cost_per_contact", "tickets_per_agent", "conversations_per_day"],
    "S": ["csat", "csat_score", "dsat", "nps", "promoters", "passives", "detractors", "ces",
          "responses", "response_rate"],
    "C": [], "H": ["occupancy"]}
MEASURES["T"] += ["quick", "per_reply"]
MEASURES["S"] += ["good_share"]
for _name, (_dataset, _kind, _) in DEFINITIONS.items():
    OWN[_dataset][_kind].append(_name)
NUMBERS["turns"] = (0, 7)
TIMES = {name for names in OWN.values() for name in names["time"]}
SNAPSHOTS = {"T": ["backlog", "backlog_age"],
             "C": ["active_customers", "new_customers", "lost_customers", "churn", "retention",
                   "mrr", "arr", "arpa", "clv"]}
COUNTS = {"tickets", "responses"}


# Literals that queries name: what stands in a structure, and the statement.
PARAMETERS = {"word": ("text", "email"), "wait": ("duration", 3600, "1h"), "few": ("number", 2)}
GOALS = {"csat": ("80%", 80), "frt": ("2h", 7200), "tickets": ("40", 40), "nps": ("50", 50)}
BENCHMARKS = {"csat": 75, "csat_score": 4, "fcr": 70, "nps": 50, "ces": 4, "occupancy": 70,
              "aht": 300}


def definitions():
    """The statements that make them."""
    rows = [f"param {name} = {words(node)}" for name, node in PARAMETERS.items()]
    rows += [f"goal {name} >= {text}" for name, (text, _) in GOALS.items()]
    rows += [f"define {name} = {words(node)}" for name, (_, _, node) in DEFINITIONS.items()]
    return rows + [f"define {name} = {words(node)}"
                   for name, (_, node) in MEASURE_DEFINITIONS.items()]


def holder(datasets, name):
    """The dataset in which a column lives, seen from the datasets of a query."""
    for dataset in datasets:
        for near in REACH[dataset] + CHILD.get(dataset, ""):
            if any(name in names for names in OWN[near].values()):
                return near
    raise KeyError(name)


class Generator:
    """One random query after the other, from one random source."""

    def __init__(self, rng, settings):
        self.rng, self.settings = rng, settings

    def chance(self, rate):
        return self.rng.random() < rate

    # Conditions

    def columns(self, datasets, kind, children=False):
        """The columns of a type that every one of the datasets reaches."""
        sets = []
        for dataset in datasets:
            near = REACH[dataset] + (CHILD.get(dataset, "") if children else "")
            sets.append([name for each in near for name in OWN[each][kind]])
        return [name for name in sets[0] if all(name in other for other in sets[1:])]

    def duration(self, scale):
        if self.chance(0.1):
            return ("parameter", "wait")
        seconds = self.rng.choice([0, 60, 3600, 14_400, 90, 5400, 86_400,
                                   self.rng.randrange(1, scale)])
        if seconds % 3600 == 0 and seconds:
            return ("duration", seconds, f"{seconds // 3600}h")
        if seconds > 60 and self.chance(0.5):
            return ("duration", seconds, f"{seconds // 60}m{seconds % 60}s")
        return ("duration", seconds, f"{seconds}s")

    def number(self, name):
        low, high = NUMBERS[name]
        value = self.rng.randint(low, high)
        if name in ("cost", "mrr") and self.chance(0.5):
            value += self.rng.choice([0.5, 0.25, 0.1])
        return ("number", value)

    def numeric(self, datasets, children=False, depth=0):
        """A number of a row and a literal it may be held against."""
        names = self.columns(datasets, "number", children)
        if not names:
            return None
        name = self.rng.choice(names)
        value = ("column", name)
        roll = self.rng.random()
        if roll < 0.55 or depth:
            return value, self.number(name)
        if roll < 0.70:
            # Held against whole numbers: ours are exact decimals, the reference's are doubles.
            return ("arithmetic", self.rng.choice("+-*"), value,
                    self.numeric(datasets, False, 1)[0] if self.columns(datasets, "number")
                    else ("number", 2)), ("number", int(self.number(name)[1]))
        if roll < 0.78:
            other = self.columns(datasets, "number")
            return ("arithmetic", "/", value, ("column", self.rng.choice(other)) if other
                    else ("number", 3)), ("number", self.rng.choice([0.5, 1, 2, 5]))
        if roll < 0.86:
            return ("coalesce", value, ("number", self.rng.randint(0, 3))), self.number(name)
        if roll < 0.92:
            return ("call", "abs", ("arithmetic", "-", value, ("number", int(self.number(name)[1])))), (
                "number", 2)
        return ("choose", self.simple(datasets), value, ("number", 1)), self.number(name)

    def simple(self, datasets):
        """A small test on an own column that is never of a child."""
        name = self.rng.choice([name for name in self.columns(datasets, "text")])
        return ("compare", self.rng.choice(["=", "!="]), ("column", name), self.text(name))

    def text(self, name):
        # A quote ends on its line.
        value = self.rng.choice([text for text in TEXTS[name] if "\n" not in text])
        if value == "email":
            return ("parameter", "word")
        if self.chance(0.2):
            value = self.rng.choice([value.upper(), value.lower(), "fax"])
        return ("text", value)

    def moment(self):
        """An instant near the data, as wall clock."""
        start = datetime(2023, 9, 20) + timedelta(hours=self.rng.randrange(340 * 24))
        if self.chance(0.25):
            start = datetime.fromisoformat(self.rng.choice(data.EDGES))
        return start

    def period(self, grain=None, is_wide=False):
        grain = grain or self.rng.choice(["year", "quarter", "month", "month", "month", "week",
                                          "day"] if not is_wide else ["year", "quarter", "month"])
        return periods.bucket_period(self.moment(), grain, self.settings["week_start"])

    def leaf(self, datasets, children, clocks=True):
        """One test on one column."""
        kinds = ["text"] * 4 + ["number"] * 3 + ["duration"] * 2 + ["boolean", "time", "tags",
                                                                    "bucket"]
        kind = self.rng.choice(kinds)
        if kind == "bucket":
            return self.bucket_test(datasets) if clocks else self.leaf(datasets, children, clocks)
        names = self.columns(datasets, kind, children)
        if not names:
            return self.leaf(datasets, children, clocks)
        name = self.rng.choice(names)
        column = ("column", name)
        if self.chance(0.08) and kind != "tags":
            return ("missing", column, self.chance(0.5))
        if kind == "text":
            roll = self.rng.random()
            if name == "priority" and roll < 0.3:
                return ("compare", self.rng.choice(["<", "<=", ">", ">="]), column,
                        ("text", self.rng.choice(data.PRIORITIES)))
            if roll < 0.45:
                return ("compare", self.rng.choice(["=", "=", "!="]), column, self.text(name))
            if roll < 0.7:
                return ("in", column, [self.text(name) for _ in range(self.rng.randint(1, 3))],
                        self.chance(0.3))
            if roll < 0.95:
                return ("search", self.rng.choice(["contains", "starts with", "ends with"]), column,
                        self.rng.choice(PIECES), self.chance(0.3))
            return ("search", "matches", column, self.rng.choice(PATTERNS), self.chance(0.3))
        if kind == "number":
            value, literal = self.numeric(datasets, children)
            if self.chance(0.15) and value[0] == "column":
                return ("in", value, [self.number(value[1]) for _ in range(3)], self.chance(0.3))
            if self.chance(0.15):
                high = ("number", literal[1] + 2)
                return ("between", value, literal, high, self.chance(0.3))
            return ("compare", self.operator(), value, literal)
        if kind == "duration":
            if self.chance(0.15):
                others = [other for other in names if holder(datasets, other) ==
                          holder(datasets, name)]
                return ("compare", self.operator(), column, ("column", self.rng.choice(others)))
            return ("compare", self.operator(), column, self.duration(DURATIONS[name]))
        if kind == "boolean":
            return self.rng.choice([("test", column), ("not", ("test", column)),
                                    ("compare", "=", column, ("boolean", self.chance(0.5))),
                                    ("compare", "!=", column, ("boolean", self.chance(0.5)))])
        if kind == "time":
            if self.chance(0.1):
                return self.bucket_test(datasets, name)
            return self.time_test(column)
        value = ("text", self.rng.choice(data.TAGS))
        roll = self.rng.random()
        if roll < 0.1:
            return ("missing", column, self.chance(0.5))
        if roll < 0.7:
            return ("compare", self.rng.choice(["=", "!="]), column, value)
        return ("in", column, [value, ("text", self.rng.choice(data.TAGS))], self.chance(0.3))

    def operator(self):
        return self.rng.choice(["=", "!=", "<", "<=", ">", ">="])

    def time_test(self, target):
        roll = self.rng.random()
        if roll < 0.6:
            return ("when", self.operator(), target, self.period())
        if roll < 0.8:
            return ("within", target, self.period(), self.chance(0.25))
        low, high = self.period("month"), self.period("month")
        if low.start > high.start:
            low, high = high, low
        return ("during", target, low, high, self.chance(0.25))

    def bucket_test(self, datasets, column=None):
        """A test on a bucket of the clock, or of a named column."""
        if self.chance(0.5):
            grain = self.rng.choice(["year", "quarter", "month", "week", "day"])
            target = ("bucket", grain, column)
            return ("when", self.operator(), target, self.period(grain))
        roll = self.rng.random()
        if roll < 0.4:
            days = [("text", day) for day in self.rng.sample(periods.WEEKDAYS, 2)]
            return self.rng.choice([("in", ("bucket", "weekday", column), days, self.chance(0.2)),
                                    ("compare", "=", ("bucket", "weekday", column), days[0])])
        if roll < 0.7 or set(datasets) & set("HC") or column in DATES:
            return ("compare", self.operator(), ("bucket", "month_of_year", column),
                    ("number", self.rng.randint(1, 12)))
        return ("between", ("bucket", "hour_of_day", column), ("number", 8), ("number", 17),
                self.chance(0.2))

    def condition(self, datasets, depth=2, children=False, clocks=True):
        roll = self.rng.random()
        if depth == 0 or roll < 0.45:
            return self.leaf(datasets, children, clocks)
        if roll < 0.55:
            return ("not", self.condition(datasets, depth - 1, children, clocks))
        parts = [self.condition(datasets, depth - 1, children, clocks)
                 for _ in range(self.rng.choice([2, 2, 3]))]
        return (self.rng.choice(["and", "or"]), parts)

    # Items

    def operand(self, dataset, kinds=("number", "duration")):
        names = [name for kind in kinds for name in OWN[dataset][kind]]
        return self.rng.choice(names) if names else None

    def aggregate(self, dataset):
        """An aggregate over an own column of the dataset; None where it has none that fits."""
        name = self.operand(dataset)
        if self.chance(0.2):
            test = self.condition([dataset], 1, False)
            # Its own columns make plain whose rows they are.
            own = {name for names in OWN[dataset].values() for name in names} - {"agent"}
            if not uses(test, {"tag"}) and uses(test, own):
                return ("aggregate", dataset, "percent", test)
        function = self.rng.choice(["sum", "avg", "avg", "median", "p90", "p25", "p99.9", "min",
                                    "max", "stddev", "variance", "count", "distinct", "quantile",
                                    "corr"])
        if self.chance(0.06) and dataset in "TS":
            name = self.rng.choice(OWN[dataset]["time"])
            return ("aggregate", dataset, self.rng.choice(["min", "max", "count"]), ("column", name))
        if self.chance(0.05) and OWN[dataset]["text"]:
            name = self.rng.choice([name for name in OWN[dataset]["text"]
                                    if name not in ("priority", "agent")] or ["kind"])
            return ("aggregate", dataset, "mode", ("column", name)) if dataset != "H" else None
        if function in ("count", "distinct"):
            # Tickets have an agent too.
            name = self.operand(dataset, ("text", "number", "duration") if dataset != "H" else
                                ("duration",))
            return ("aggregate", dataset, function, ("column", name))
        if function == "corr":
            names = OWN[dataset]["number"] + OWN[dataset]["duration"]
            if len(names) < 2:
                return None
            first, second = self.rng.sample(names, 2)
            return ("aggregate", dataset, "corr", ("column", first), ("column", second))
        if function == "quantile":
            return ("aggregate", dataset, function, ("column", name),
                    self.rng.choice([0.05, 0.5, 0.95]))
        operand = ("column", name)
        numbers = OWN[dataset]["number"]
        if name in numbers and self.chance(0.2):
            operand = ("arithmetic", self.rng.choice("+-*/"), operand,
                       ("column", self.rng.choice(numbers)))
        return ("aggregate", dataset, function, operand)

    def value(self, dataset):
        """A measure of the dataset."""
        if MEASURES[dataset] and self.chance(0.6):
            return ("measure", dataset, self.rng.choice(MEASURES[dataset]))
        return self.aggregate(dataset) or self.value(dataset)

    def item(self, dataset, datasets, index):
        value = self.value(dataset)
        if dataset == "T" and self.chance(0.06):
            value = ("aggregate", "T", "within", ("column", self.rng.choice(["frt",
                     "resolution_time"])), self.duration(200_000))
        elif self.chance(0.1):
            first, second = self.countable(dataset), self.countable(self.rng.choice(datasets))
            # Units are checked: only a ratio suits all.
            operator = "/" if "H" in (first[1], second[1]) else self.rng.choice("+-*/")
            value = ("formula", operator, first, second)
        elif value[-1] in ("frt", "resolution_time", "aht") and self.chance(0.25):
            function = self.rng.choice(["median", "p90", "max", "stddev", "count"])
            column = {"aht": "handle_time"}.get(value[2], value[2])
            value = ("aggregate", dataset, function, ("column", column), value[2])
        test = None
        if self.chance(0.2):
            test = self.condition(sorted(used(value)), 1, False)
        is_named = value[0] != "measure" or test or self.chance(0.3)
        name = f"m{index}" if is_named else None
        return {"value": value, "if": test, "as": name}

    def countable(self, dataset):
        if dataset == "T":
            return self.rng.choice([("measure", "T", "tickets"), ("aggregate", "T", "sum",
                                    ("column", "replies")), ("aggregate", "T", "count",
                                    ("column", "agent"))])
        if dataset == "S":
            return ("measure", "S", "responses")
        return ("aggregate", dataset, "sum", ("column", self.operand(dataset)))

    # Keys

    def key(self, datasets, children=True):
        roll = self.rng.random()
        grains = ["year", "quarter", "month", "week", "day", "weekday", "month_of_year"]
        if not set(datasets) & set("HC"):
            grains += ["hour_of_day", "hour"]
        if roll < 0.25:
            return ("bucket", self.rng.choice(grains), None)
        if roll < 0.30:
            names = [name for name in self.columns(datasets, "time")]
            if names:
                return ("bucket", self.rng.choice(["month", "week", "weekday", "quarter"]),
                        self.rng.choice(names))
        if roll < 0.38 and self.columns(datasets, "tags"):
            return ("column", "tag")
        if roll < 0.44 and children and datasets == ["T"]:
            return ("column", self.rng.choice(["kind", "score", "comment"]))
        if roll < 0.54 and self.columns(datasets, "number"):
            names = [name for name in self.columns(datasets, "number") if name != "cost"]
            if names:
                return ("column", self.rng.choice(names))
        if roll < 0.62 and self.columns(datasets, "boolean"):
            return ("column", self.rng.choice(self.columns(datasets, "boolean")))
        names = [name for name in self.columns(datasets, "text")]
        return ("column", self.rng.choice(names)) if names else ("bucket", "month", None)

    def keys(self, datasets):
        count = self.rng.choice([0, 1, 1, 1, 1, 2, 2, 3])
        found = []
        for _ in range(count):
            key = self.key(datasets)
            taken = [title(other) for other in found]
            if title(key) not in taken and not (is_child(key) and any(map(is_child, found))):
                found.append(key)
        return found

    # Whole queries

    def query(self):
        roll = self.rng.random()
        if roll < 0.10:
            return self.listing()
        if roll < 0.20:
            return self.snapshot()
        datasets = self.rng.choice([["T"]] * 10 + [["S"]] * 5 + [["T", "S"]] * 5 + [["H"]] * 2 +
                                   [["C"]] * 2 + [["T", "H"]])
        items = []
        for index in range(self.rng.choice([1, 1, 1, 2, 2, 3])):
            dataset = datasets[index] if index < len(datasets) else self.rng.choice(datasets)
            item = self.item(dataset, datasets, index)
            if item_name(item) not in [item_name(other) for other in items]:
                items.append(item)
        while len({dataset for item in items for dataset in used(item["value"])}) < len(datasets):
            missing = [each for each in datasets
                       if each not in {d for item in items for d in used(item["value"])}]
            items.append({"value": self.value(missing[0]), "if": None, "as": f"m{len(items)}"})
        query = {"items": items, "by": self.keys(datasets), "where": None, "in": None, "on": None,
                 "having": None, "order": [], "top": None, "limit": None, "offset": None,
                 "vs": None, "with": {}, "across": None, "datasets": datasets, "list": False}
        if self.chance(0.5):
            query["where"] = self.condition(datasets, 2, self.chance(0.3), False)
        if self.chance(0.35):
            query["in"] = self.span()
        if any(key[:2] == ("bucket", "hour") for key in query["by"]):
            query["in"] = self.rng.choice([self.period("day"), periods.span(
                *2 * [self.period("week")])])
        if self.chance(0.08) and len(datasets) == 1 and datasets[0] in "TS":
            names = {"T": ["resolved", "first_response"], "S": ["sent", "created"]}
            query["on"] = self.rng.choice(names[datasets[0]])
        self.finish(query)
        return query

    def span(self):
        roll = self.rng.random()
        if roll < 0.6:
            return self.period(is_wide=self.chance(0.6))
        if roll < 0.8:
            grain = self.rng.choice(["month", "week", "day"])
            return periods.span(self.period(grain), self.period(grain))
        words = self.rng.choice(["last", "last", "this", "today", "yesterday"])
        grain = self.rng.choice(["day", "week", "month", "quarter", "year"])
        if words in ("today", "yesterday"):
            grain = "day"
        count = self.rng.choice([1, 2, 3, 8]) if words == "last" else 1
        return periods.relative(words, grain, count, self.settings["today"],
                                self.settings["week_start"])

    def finish(self, query):
        """The clauses that come after the groups."""
        items, keys, datasets = query["items"], query["by"], query["datasets"]
        names = [item_name(item) for item in items]
        # Correlations of 1 and percentiles differ in their last bits, and so in their order.
        rough = [item_name(item) for item in items
                 if item["value"][2] in ("corr", "mode", "quantile", "stddev", "variance")
                 or is_moment(item["value"])
                 or str(item["value"][2])[0] == "p" and str(item["value"][2])[1:2].isdigit()]
        exploded = any(key == ("column", "tag") or is_child_of(key, datasets) for key in keys)
        timeline = [key for key in keys if key[0] == "bucket" and key[1] in periods.GRAINS]
        if keys and self.chance(0.15):
            measure = self.countable(self.rng.choice(datasets))
            bound = ("number", self.rng.choice([0, 1, 5, 20]))
            if measure[1] == "H":
                bound = ("duration", 21_600, "6h")
            query["having"] = ("compare", self.rng.choice(["<", "<=", ">", ">=", "!="]), measure,
                               bound)
        plain = [item for item in items if not item["if"]]
        if any(item["value"][2] == "mode" or is_moment(item["value"]) for item in items):
            if self.chance(0.3):
                query["with"]["n"] = True
            return
        if query["having"] is None and self.chance(0.2):
            self.compare(query, exploded, timeline)
        elif self.chance(0.25):
            options = query["with"]
            choices = ["n", "ci"]
            if keys:
                choices += ["rank"]
            if keys and any(is_additive(item["value"]) for item in items):
                choices += ["share"]
            if keys and not exploded:
                choices += ["total"]
            if len(timeline) == 1:
                choices += ["running", "rolling", "gaps"]
            for choice in self.rng.sample(choices, self.rng.choice([1, 1, 2, 3, 4])
                                          if len(choices) > 3 else 1):
                options[choice] = self.rng.randint(2, 4) if choice == "rolling" else True
            if "rank" in options and self.chance(0.4) and all(
                    is_fair(item["value"]) for item in items):
                options["rank"] = "fair"
        if keys and self.chance(0.3):
            for _ in range(self.rng.choice([1, 1, 2])):
                target = self.rng.choice([name for name in names if name not in rough] +
                                         [title(key) for key in keys])
                if target not in [other for other, _ in query["order"]]:
                    query["order"].append((target, self.chance(0.5)))
        if keys and not query["order"] and names[0] not in rough and self.chance(0.25) and \
                not set(query["with"]) & {"running", "rolling"}:
            top = {"count": self.rng.randint(1, 5), "bottom": self.chance(0.3), "by": None,
                   "per": None, "fair": False}
            if not exploded and is_fair(items[0]["value"]) and self.chance(0.4):
                top["fair"] = True
                query["top"] = top
                return
            if self.chance(0.3):
                top["by"] = self.countable(self.rng.choice(datasets))
            if len(keys) > 1 and self.chance(0.4):
                top["per"] = keys[0]
            elif not exploded and plain and self.chance(0.3) and query["vs"] is None:
                query["with"]["other"] = True
            query["top"] = top
        if self.chance(0.1):
            query["limit"] = self.rng.randint(0, 8)
            if self.chance(0.4):
                query["offset"] = self.rng.randint(0, 5)
        has_total = "total" in query["with"] and (
            query["having"] or query["limit"] is not None or query["offset"])
        if len(keys) < 3 and not query["order"] and query["top"] is None and not has_total and \
                not set(query["with"]) & {"share", "other"} and self.chance(0.25):
            key = self.key(datasets)
            is_exploded = key == ("column", "tag") or is_child_of(key, datasets)
            grains = [key for key in [*keys, key] if key[0] == "bucket"
                      and key[1] in periods.GRAINS]
            is_doubtful = query["vs"] and (
                is_exploded and query["vs"][0] in ("rest", "total") or key in grains) or \
                key in grains and set(query["with"]) & {"running", "rolling"}
            if title(key) not in [title(other) for other in keys] and key[1] not in (
                    "hour", "day", "week", "subject") and not is_doubtful and \
                    not (is_child(key) and any(map(is_child, keys))):
                query["across"] = key
                if query["vs"] is None and len(grains) == 1 and key in grains and \
                        key[2] is None and not uses_clock(query["where"]) and self.chance(0.4):
                    query["vs"] = ("previous",)

    def compare(self, query, exploded, timeline):
        choices = ["where"]
        # A condition on the clock is the query's period too, and would be moved.
        moves = uses_clock(query["where"])
        if query["in"] is not None and not moves:
            choices += ["period"]
            if not timeline:
                choices += ["previous", "last year"]
        if len(timeline) == 1 and timeline[0][2] is None and not moves:
            choices += ["previous", "last year"]
        if query["by"] and not exploded:
            choices += ["rest", "total"]
        names = {item["value"][2] for item in query["items"] if item["value"][0] == "measure"}
        choices += ["goal"] * 3 if names & set(GOALS) else []
        choices += ["benchmark"] * 3 if names & set(BENCHMARKS) else []
        base = self.rng.choice(choices)
        if self.chance(0.25) and base != "total":
            query["with"]["ci"] = True
        if base == "period":
            if timeline:
                return
            query["vs"] = ("period", self.period("month"))
        elif base == "where":
            query["vs"] = ("where", self.condition(query["datasets"], 1, False, False))
        elif base == "last year" and not timeline and query["in"].year_back(
                self.settings["today"], self.settings["today"]) is None:
            return
        else:
            query["vs"] = (base,)
        if query["vs"] and query["by"] and self.chance(0.3):
            query["with"][self.rng.choice(["n", "rank"] + ([] if exploded else ["total"]))] = True

    def snapshot(self):
        dataset = self.rng.choice("TC")
        names = self.rng.sample(SNAPSHOTS[dataset], self.rng.choice([1, 1, 2, 3][:4 if dataset ==
                                                                                "C" else 2]))
        query = {"items": [{"value": ("snapshot", dataset, name), "if": None, "as": None}
                           for name in names],
                 "by": [], "where": None, "in": None, "on": None, "having": None, "order": [],
                 "top": None, "limit": None, "offset": None, "vs": None, "with": {},
                 "across": None, "datasets": [dataset], "list": False}
        if self.chance(0.6):
            query["by"].append(("bucket", self.rng.choice(["year", "quarter", "month", "week",
                                                           "day"]), None))
        if self.chance(0.4):
            query["by"].append(("column", self.rng.choice(
                [name for name in self.columns([dataset], "text")])))
        if not any(key[0] == "bucket" for key in query["by"]) or self.chance(0.7):
            grain = self.rng.choice(["quarter", "month", "week", "day"])
            axis = [key[1] for key in query["by"] if key[0] == "bucket"]
            grain = axis[0] if axis else grain
            query["in"] = self.rng.choice([self.period(grain), periods.span(
                self.period(grain), self.period(grain))])
        if self.chance(0.3):
            query["where"] = self.condition([dataset], 1, self.chance(0.2), False)
        has_axis = any(key[0] == "bucket" for key in query["by"])
        if self.chance(0.3) and not uses_clock(query["where"]) and (has_axis or query["in"]):
            query["vs"] = ("previous",)
            if not has_axis and self.chance(0.4):
                query["vs"] = ("period", self.period("month"))
        return query

    def listing(self):
        dataset = self.rng.choice("TTTSSCH")
        kinds = ["text", "number", "duration", "boolean", "time"]
        names = [name for kind in kinds for name in self.columns([dataset], kind)
                 if name != "subject"]
        chosen = self.rng.sample(names, min(len(names), self.rng.randint(1, 4)))
        if dataset != "H":
            chosen.insert(0, "id")
        query = {"list": True, "items": [("column", name) for name in chosen], "where": None,
                 "in": None, "order": [], "limit": None, "offset": None, "datasets": [dataset],
                 "on": None, "top": None, "by": []}
        if self.chance(0.7):
            query["where"] = self.condition([dataset], 2, self.chance(0.3), True)
        if self.chance(0.25):
            query["in"] = self.span()
        if self.chance(0.7):
            for name in self.rng.sample(chosen, self.rng.randint(1, len(chosen))):
                query["order"].append((name, self.chance(0.5)))
        if self.chance(0.5):
            query["limit"] = self.rng.randint(0, 20)
            if self.chance(0.3):
                query["offset"] = self.rng.randint(0, 10)
        if dataset in "TS" and self.chance(0.4) and not query["order"] and query["limit"] is None:
            by = self.rng.choice(self.columns([dataset], "number")
                                 + self.columns([dataset], "duration"))
            per = self.rng.choice([None, *self.columns([dataset], "text")])
            query["top"] = {"count": self.rng.randint(1, 3), "by": ("column", by),
                            "bottom": self.chance(0.3), "per": per and ("column", per)}
        return query


# What a structure is made of

def walk(node):
    """The node and everything in it."""
    yield node
    if isinstance(node, (tuple, list)):
        for part in node:
            yield from walk(part)


def uses(node, names):
    return any(isinstance(part, tuple) and len(part) == 2 and part[0] == "column"
               and part[1] in names for part in walk(node))


def is_moment(value):
    """Whether a measure is an instant, the earliest or latest."""
    return value[0] == "aggregate" and value[2] in ("min", "max") and \
        value[3][0] == "column" and value[3][1] in TIMES


def used(value):
    """The datasets of a measure."""
    return {part[1] for part in walk(value) if isinstance(part, tuple)
            and part[0] in ("measure", "aggregate", "snapshot")}


def uses_clock(where):
    return where is not None and any(
        part in ("created", "started", "date") for part in walk(where))


def is_additive(value):
    """Whether a measure is a count or a sum, of which a group has a share."""
    return value[2] in ("tickets", "responses", "count", "sum") and value[0] != "formula"


def is_fair(value):
    """Whether a measure has an interval whose ends the tests know."""
    return value[0] == "measure" and value[2] in (
        "csat", "dsat", "nps", "frt", "aht", "resolution_rate", "escalation_rate", "csat_score")


def is_child(key):
    return key[0] == "column" and key[1] in ("kind", "score", "comment")


def is_child_of(key, datasets):
    return is_child(key) and "T" in datasets


def title(key):
    """How a key's column is called."""
    if key[0] == "bucket":
        return f"{key[1]}({key[2]})" if key[2] else key[1]
    return key[1]


def item_name(item):
    if item["as"]:
        return item["as"]
    return {"art": "art", "one_touch": "one_touch"}.get(item["value"][-1], item["value"][-1])


# The text of a query

def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def words(node, level=0):
    """The text of an expression; `level` says how tightly its neighbours bind."""
    kind = node[0]
    no = lambda flag: "not " if flag else ""
    if kind == "column":
        return node[1]
    if kind == "parameter":
        return f"${node[1]}"
    if kind == "number":
        return f"{node[1]}"
    if kind == "duration":
        return node[2]
    if kind == "text":
        return quoted(node[1])
    if kind == "boolean":
        return "true" if node[1] else "false"
    if kind == "bucket":
        return title(node)
    if kind in ("arithmetic", "formula"):
        rank = 1 if node[1] in "+-" else 2
        text = f"{words(node[2], 10 + rank)} {node[1]} {words(node[3], 11 + rank)}"
        return f"({text})" if level > 10 + rank else text
    if kind == "coalesce":
        return f"coalesce({words(node[1])}, {words(node[2])})"
    if kind == "call":
        return f"{node[1]}({words(node[2])})"
    if kind == "choose":
        return f"if({words(node[1])}, {words(node[2])}, {words(node[3])})"
    if kind == "measure" or kind == "snapshot":
        return node[2]
    if kind == "aggregate":
        return aggregate_words(node)
    if kind == "compare":
        text = f"{words(node[2], 10)} {node[1]} {words(node[3], 10)}"
    elif kind == "when":
        text = f"{words(node[2])} {node[1]} {node[3].text}"
    elif kind == "within":
        text = f"{words(node[1])} {no(node[3])}in {node[2].text}"
    elif kind == "during":
        text = f"{words(node[1])} {no(node[4])}between {node[2].text} and {node[3].text}"
    elif kind == "in":
        values = ", ".join(words(value) for value in node[2])
        text = f"{words(node[1], 10)} {no(node[3])}in ({values})"
    elif kind == "between":
        text = (f"{words(node[1], 10)} {no(node[4])}between {words(node[2], 10)} and "
                f"{words(node[3], 10)}")
    elif kind == "search":
        text = f"{words(node[2], 10)} {no(node[4])}{node[1]} {quoted(node[3])}"
    elif kind == "missing":
        text = f"{words(node[1], 10)} is {no(node[2])}missing"
    elif kind == "test":
        return words(node[1])
    elif kind == "not":
        text = "not " + words(node[1], 3)
        return f"({text})" if level > 3 else text
    else:
        rank = {"or": 1, "and": 2}[kind]
        text = f" {kind} ".join(words(part, rank + 1) for part in node[1])
        return f"({text})" if level > rank else text
    return f"({text})" if level > 4 else text


def aggregate_words(node):
    function, operand = node[2], node[3]
    shown = node[4] if len(node) > 4 and isinstance(node[4], str) else words(operand)
    if function == "corr":
        return f"corr({words(operand)}, {words(node[4])})"
    if function == "quantile":
        return f"quantile({words(operand)}, {node[4]})"
    if function == "within":
        return f"{words(operand)} within {words(node[4])}"
    return f"{function}({shown})"


def item_words(item):
    text = words(item["value"])
    if item["if"]:
        text += f" if {words(item['if'])}"
    return text + (f" as {item['as']}" if item["as"] else "")


def needs_from(query):
    """A dataset that the items do not make plain."""
    return query["list"] and query["datasets"][0] != "T" or \
        not query["list"] and query["datasets"] in (["C"], ["H"])


def render(query):
    if query["list"]:
        parts = ["list " + ", ".join(words(item) for item in query["items"])]
    else:
        parts = [", ".join(item_words(item) for item in query["items"])]
    if needs_from(query) or query["list"]:
        parts.append("from " + NAMES[query["datasets"][0]])
    if query["in"]:  # before `where`, whose last column it would be a test of
        parts.append("in " + query["in"].text)
    if query["by"]:
        parts.append("by " + ", ".join(title(key) for key in query["by"]))
    if query.get("across"):
        parts.append("across " + title(query["across"]))
    if query["where"]:
        parts.append("where " + words(query["where"]))
    if query["on"]:
        parts.append("on " + query["on"])
    if query.get("having"):
        parts.append("having " + words(query["having"]))
    if query.get("vs"):
        base = query["vs"]
        parts.append("vs " + {"where": lambda: "where " + words(base[1]),
                              "period": lambda: base[1].text}.get(base[0], lambda: base[0])())
    if query.get("with"):
        parts.append("with " + ", ".join(name if value is True else f"{name} {value}"
                                         for name, value in query["with"].items()))
    if query["order"]:
        parts.append("order by " + ", ".join(name + (" desc" if down else "")
                                             for name, down in query["order"]))
    if query["top"]:
        top = query["top"]
        text = f"{'bottom' if top['bottom'] else 'top'} {top['count']}"
        if top["by"]:
            text += " by " + words(top["by"])
        if top["per"]:
            text += " per " + title(top["per"])
        if top.get("fair"):
            text += " fair"
        parts.append(text)
    if query["limit"] is not None:
        parts.append(f"limit {query['limit']}")
    if query["offset"] is not None:
        parts.append(f"offset {query['offset']}")
    return " ".join(parts)
