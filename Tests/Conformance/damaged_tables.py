"""Clean tables, and the ways in which files that hold them get damaged.

The kinds follow the list in the paper on the Pollock benchmark (Vitagliano et al., VLDB 2023), with
more of our own. Each damage gives the bytes of the file and the tables that a person may read in
it; none where a person could not tell.
"""

import random

HEADERS = {
    "tickets": ["id", "created", "channel", "agent", "subject", "score", "cost"],
    "sales": ["DATE", "TIME", "Qty", "PRODUCTID", "Price", "ProductType", "Description", "URL"],
    "people": ["name", "city", "comment"],
    "sparse": ["ticket", "opened at", "resolved at", "tags", "note", "minutes"],
}


def tables(seed):
    """The clean tables by name; the first row is the header."""
    pick = random.Random(seed)
    rows = {name: [list(header)] for name, header in HEADERS.items()}
    subjects = ["Refund, please", "Cannot log in", 'The "big" one', "Übergröße", "Order late",
                "two\nlines", "I'm stuck", "a; b", "50% off", "it said: no", "back\\slash"]
    for row in range(1, 25):
        day = f"2024-03-{row:02d}"
        rows["tickets"].append([
            str(100 + row), f"{day} {row % 24:02d}:15:00", pick.choice(["email", "chat", "phone"]),
            pick.choice(["Ann", "Bob", "Cem"]), pick.choice(subjects), str(pick.randint(1, 5)),
            f"{pick.random() * 20:.2f}"])
        rows["sales"].append([
            f"{row:02d}/04/2023", f"{row % 24:02d}:30:00", str(pick.randint(1, 90)),
            pick.choice(["OR-0A", "OR-0B", "RY-9Z"]), f"{pick.random() * 900:.2f}",
            pick.choice(["Stamp", "Printer", "Ink"]),
            pick.choice(["Anti-Dust, 17oz", 'Label 2" wide', "Plain", "LW 450 Turbo, black"]),
            f"http://www.example.com/{row:04d}"])
        rows["people"].append([
            pick.choice(["Ann", "Bob", "Cem", "Dora"]) + f" {chr(64 + row)}.",
            pick.choice(["Berlin", "São Paulo", "Łódź"]),
            pick.choice(["fine", "so so, really", "it's ok", "never again"])])
        rows["sparse"].append([
            f"T-{row:03d}", f"{day}T08:00:00Z", "" if row % 3 else f"{day}T19:30:00Z",
            pick.choice(["", "vip", "vip;late"]), pick.choice(["", "", "see, e.g., #4"]),
            "" if row % 4 else str(row * 7)])
    return rows


def field(cell, delimiter=",", quote='"', escape=None, always=False):
    """A cell as a writer of such files has it."""
    special = any(part in cell for part in (delimiter, quote, "\n", "\r"))
    if not (special or always or (escape and escape in cell) or (delimiter == " " and not cell)):
        return cell
    if escape:
        cell = cell.replace(escape, escape + escape) if escape != quote else cell
        return quote + cell.replace(quote, escape + quote) + quote
    return quote + cell.replace(quote, quote + quote) + quote


def lines(rows, delimiter=",", quote='"', escape=None, always=False):
    """The records as text, without their ends."""
    return [delimiter.join(field(c, delimiter, quote, escape, always) for c in row) for row in rows]


def text(rows, end="\n", **style):
    """The whole file."""
    return "".join(line + end for line in lines(rows, **style)).encode()


class Damages:
    """All damaged files of one clean table."""

    def __init__(self, rows, pick):
        self.rows = rows
        self.pick = pick
        self.width = len(rows[0])

    def every(self):
        """Triples of a kind, the bytes, and the tables that a person may read in them."""
        yield "source", text(self.rows), [self.rows]
        for part in (self.ends, self.delimiters, self.quotes, self.heads, self.tails, self.encodings,
                     self.blanks, self.kinds, self.cells, self.records, self.cuts):
            yield from part()

    def ends(self):
        rows = self.rows
        yield "empty", b"", []
        yield "header_only", text(rows[:1]), [rows[:1]]
        yield "one_row", text(rows[:2]), [rows[:2]]
        yield "no_last_newline", text(rows)[:-1], [rows]
        yield "two_last_newlines", text(rows) + b"\n", [rows]
        for name, end in (("cr", "\r"), ("crlf", "\r\n"), ("crcrlf", "\r\r\n"), ("lfcr", "\n\r"),
                          ("record_separator", "\x1e"), ("line_separator", "\u2028"),
                          ("next_line", "\x85"), ("semicolon_lf", ";\n"), ("form_feed", "\f")):
            yield "end_" + name, text(rows, end=end), [rows]
        mixed = "".join(line + self.pick.choice(["\n", "\r\n", "\r"]) for line in lines(rows))
        yield "end_mixed", mixed.encode(), [rows]

    def delimiters(self):
        for name, mark in (("semicolon", ";"), ("tab", "\t"), ("pipe", "|"), ("space", " "),
                           ("comma_space", ", "), ("semicolon_space", "; "), ("spaced_pipe", " | "),
                           ("two_pipes", "||"), ("two_colons", "::"), ("caret", "^"), ("tilde", "~"),
                           ("colon", ":"), ("unit_separator", "\x1f"), ("start_of_head", "\x01"),
                           ("broken_bar", "¦"), ("section", "§"), ("hash", "#"), ("two_tabs", "\t\t"),
                           ("slash", "/"), ("comma_tab", ",\t"), ("arrow", "=>"), ("amper", "&")):
            yield "delimiter_" + name, text(self.rows, delimiter=mark), [self.rows]
            yield "delimiter_quoted_" + name, text(self.rows, delimiter=mark, always=True), [self.rows]
        comma = [[c.replace(".", ",") if c.replace(".", "").isdigit() else c for c in r]
                 for r in self.rows]
        yield "decimal_comma", text(comma, delimiter=";"), [self.rows, comma]
        spaced = "".join(" , ".join(field(c) for c in row) + "\n" for row in self.rows)
        yield "spaces_around", spaced.encode(), [self.rows]
        wide = [max(len(row[c]) for row in self.rows) for c in range(self.width)]
        flat = [[c.replace("\n", " ") for c in row] for row in self.rows]
        fixed = "".join("  ".join(c.ljust(w) for c, w in zip(row, wide)) + "\n" for row in flat)
        yield "fixed_width", fixed.encode(), [flat]
        padded = "".join(",".join(field(c).ljust(w + 2) for c, w in zip(row, wide)) + "\n"
                         for row in self.rows)
        yield "padded", padded.encode(), [self.rows]
        table = "".join("| " + " | ".join(row) + " |\n" for row in flat)
        yield "markdown", table.encode(), [flat]

    def quotes(self):
        rows = self.rows
        yield "all_quoted", text(rows, always=True), [rows]
        for name, quote in (("apostrophe", "'"), ("backtick", "`"), ("bar", "|"), ("tilde", "~")):
            yield "quote_" + name, text(rows, quote=quote), [rows]
            yield "quote_all_" + name, text(rows, quote=quote, always=True), [rows]
        yield "escape_backslash", text(rows, escape="\\"), [rows]
        yield "escape_all_backslash", text(rows, escape="\\", always=True), [rows]
        bare = [[c.replace("\\", "\\\\").replace(",", "\\,").replace("\n", "\\\n") for c in r]
                for r in rows]
        yield "escape_bare", "".join(",".join(r) + "\n" for r in bare).encode(), [rows]
        none = "".join(",".join(f'"{c}"' if set(c) & set(',"\n') else c for c in row) + "\n"
                       for row in rows)
        yield "escape_none", none.encode(), [rows]
        none = "".join(",".join(f'"{c}"' for c in row) + "\n" for row in rows)
        yield "escape_all_none", none.encode(), [rows]
        curly = "".join(",".join(f"“{c}”" for c in row) + "\n" for row in rows)
        yield "quote_curly", curly.encode(), [rows]
        no_quotes = "".join(",".join(row) + "\n" for row in rows)
        yield "quote_none", no_quotes.encode(), [rows]
        whole = "".join('"' + line.replace('"', '""') + '"\n' for line in lines(rows))
        yield "quoted_lines", whole.encode(), [rows]

    def heads(self):
        rows, width = self.rows, self.width
        body = text(rows)
        numbered = [[f"column_{n + 1}" for n in range(width)]] + rows[1:]
        yield "no_header", text(rows[1:]), [numbered, rows]
        for name, extra in (
                ("units", [["in " + c.lower() for c in rows[0]]]),
                ("groups_above", [["Group"] + [""] * (width - 1)]),
                ("two", [[c + " (long name)" for c in rows[0]], ["text"] * width])):
            if name == "groups_above":
                yield "header_" + name, text(extra + rows), [rows]
            else:
                yield "header_" + name, text(rows[:1] + extra + rows[1:]), [rows]
        for count in (1, 2, 5):
            words = [f"Report line {n}" for n in range(count)]
            plain = "".join(word + "\n" for word in words).encode()
            full = "".join(word + "," * (width - 1) + "\n" for word in words).encode()
            keyed = "".join(f"Key {n},value {n}\n" for n in range(count)).encode()
            for name, head in (("plain", plain), ("padded", full), ("keyed", keyed)):
                yield f"preamble_{name}_{count}", head + body, [rows]
                yield f"preamble_{name}_{count}_blank", head + b"\n" + body, [rows]
                blank = b"," * (width - 1) + b"\n"
                yield f"preamble_{name}_{count}_padded_blank", head + blank + body, [rows]
        yield "comment_lines", b"# exported on Monday\n# by Ann\n" + body, [rows]
        yield "sep_line", b"sep=;\n" + text(rows, delimiter=";"), [rows]
        yield "sep_line_comma", b"sep=,\n" + body, [rows]
        yield "header_extra_delimiter", body.replace(b"\n", b",\n", 1), []
        trailing = "".join(line + ",\n" for line in lines(rows)).encode()
        yield "trailing_delimiters", trailing, [[r + [""] for r in rows]]
        rest = "".join(line + ",\n" for line in lines(rows)[1:]).encode()
        yield "trailing_delimiters_rows", lines(rows)[0].encode() + b"\n" + rest, [rows]
        index = lines(rows)[0] + "\n" + "".join(f"{n},{l}\n" for n, l in enumerate(lines(rows)[1:]))
        yield "index_without_name", index.encode(), []
        index = "".join(f"{n - 1 if n else ''},{l}\n" for n, l in enumerate(lines(rows)))
        yield "index_empty_name", index.encode(), [
            [[str(n - 1) if n else "column_1"] + r for n, r in enumerate(rows)]]
        for name, change in (("same", lambda c: c), ("case", str.upper), ("spaced", lambda c: c + " ")):
            head = [rows[0][0], change(rows[0][0])] + rows[0][2:]
            renamed = [rows[0][0], rows[0][0] + "_2"] + rows[0][2:]
            yield "header_double_" + name, text([head] + rows[1:]), [
                [renamed] + rows[1:], [head] + rows[1:]]
        for column in range(width):
            head = rows[0][:column] + [""] + rows[0][column + 1:]
            named = rows[0][:column] + [f"column_{column + 1}"] + rows[0][column + 1:]
            yield f"header_empty_{column}", text([head] + rows[1:]), [[named] + rows[1:]]
        yield "header_all_empty", b"," * (width - 1) + b"\n" + text(rows[1:]), [numbered]

    def tails(self):
        rows, width = self.rows, self.width
        body = text(rows)
        total = ["Total"] + [""] * (width - 2) + ["99"]
        empty = [""] * width
        for name, tail, said in (
                ("total", text([total]), []), ("grand_total", text([["Grand total"] + total[1:]]), []),
                ("count", text([[f"{len(rows) - 1} records"] + empty[1:]]), []),
                ("words", b"Generated by the exporter\n", []),
                ("blank_words", b"\nGenerated by the exporter\n", []),
                ("padded_words", text([["Generated by the exporter"] + empty[1:]]), []),
                ("control_z", b"\x1a", [rows]), ("end_mark", b"EOF\n", []),
                ("comment", b"# 24 rows\n", []), ("nul", b"\0" * 512, [])):
            yield "footer_" + name, body + tail, said + [rows]
        other = [[f"k{n}" for n in range(width)]] + [[f"v{r}{n}" for n in range(width)]
                                                     for r in range(4)]
        for name, count in (("less", width - 1), ("same", width), ("more", width + 1)):
            table = [r[:count] + ["z"] * (count - width) for r in other]
            # Of two tables in words alone, one behind the other, nobody could tell.
            is_words = not any(c.isdigit() for c in "".join(rows[1]))
            alike = [rows + table, table + rows] if name == "same" and is_words else []
            for gap, between in (("", b""), ("_blank", b"\n"), ("_blanks", b"\n\n\n"),
                                 ("_padded", b"," * (width - 1) + b"\n")):
                yield f"two_tables_{name}{gap}", body + between + text(table), alike
                yield f"two_tables_{name}{gap}_first", text(table) + between + body, alike
        yield "header_repeated", text(rows[:9] + rows[:1] + rows[9:]), [rows]
        yield "file_twice", body + body, [rows + rows[1:]]
        yield "file_twice_blank", body + b"\n" + body, [rows + rows[1:]]

    def encodings(self):
        rows = self.rows
        body = text(rows)
        yield "bom", b"\xef\xbb\xbf" + body, [rows]
        yield "bom_twice", b"\xef\xbb\xbf" * 2 + body, [rows]
        yield "bom_inside", body + b"\xef\xbb\xbf" + text(rows[1:]), []
        for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "latin-1", "cp1252",
                     "cp1254", "cp437", "cp500", "gbk", "shift_jis"):
            try:
                yield "encoding_" + name, body.decode().encode(name), [rows]
            except UnicodeEncodeError:
                continue
        swapped = b"\xfe\xff" + body.decode().encode("utf-16-le")
        yield "encoding_utf-16_swapped", swapped, []
        overlong = body.replace(b"1", b"\xc0\xb1", 1)
        if overlong != body:
            yield "encoding_overlong", overlong, []
        yield "encoding_surrogate", body.replace(b"a", b"\xed\xa0\x80", 1), []
        for place in (0, 5, len(body) // 2, len(body) - 2):
            yield f"nul_{place}", body[:place] + b"\0" + body[place:], []

    def blanks(self):
        for place in (0, 1, 2, 12, len(self.rows) - 1):
            for name, blank in (("empty", ""), ("spaces", "   "), ("tabs", "\t"),
                                ("delimiters", "," * (self.width - 1)),
                                ("quoted", '""'), ("all_quoted", ",".join(['""'] * self.width)),
                                ("dashes", ",".join(["---"] * self.width))):
                rows = lines(self.rows)
                rows.insert(place, blank)
                yield f"blank_{name}_{place}", "".join(r + "\n" for r in rows).encode(), [self.rows]

    def kinds(self):
        """Files of another kind than the name says."""
        rows = self.rows
        cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>\n" for r in rows)
        yield "kind_html", f"<html><body><table>\n{cells}</table></body></html>\n".encode(), [rows]
        yield "kind_error_page", b"<!DOCTYPE html>\n<html><body>502, Bad Gateway</body></html>\n", []
        yield "kind_error_json", b'{"error": "not found", "code": 404}\n', []
        yield "kind_error_words", b"Internal Server Error\n", []
        yield "kind_log", b"2024-01-01 ERROR a\n2024-01-02 INFO b c d\n2024-01-03 WARN\n", []
        yield "kind_python", repr(rows).encode() + b"\n", []
        yield "kind_yaml", "".join(f"- {k}: {v}\n" for r in rows[1:3]
                                   for k, v in zip(rows[0], r)).encode(), []
        values = "".join("INSERT INTO t VALUES (" + ",".join(f"'{c}'" for c in r) + ");\n"
                         for r in rows[1:])
        yield "kind_sql", values.encode(), []

    def cells(self):
        """One damage in each cell."""
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row):
                plain = [field(x) for x in row]
                is_quoted = plain[c].startswith('"')
                changed = {"quote_before": '"' + plain[c], "quote_behind": plain[c] + '"'}
                middle = len(plain[c]) // 2
                changed["quote_within"] = plain[c][:middle] + '"' + plain[c][middle:]
                if is_quoted:
                    changed["quote_not_opened"] = plain[c][1:]
                    changed["quote_not_closed"] = plain[c][:-1]
                    changed["quote_not_doubled"] = '"' + cell + '"' if '"' in cell else None
                    changed["quote_then_text"] = plain[c] + "x"
                    changed["text_then_quote"] = "x" + plain[c]
                    changed["space_then_quote"] = " " + plain[c]
                    changed["quote_then_space"] = plain[c] + " "
                for kind, value in changed.items():
                    if value is None:
                        continue
                    values = [row[:c] + [cell[:i] + '"' + cell[i:]] + row[c + 1:]
                              for i in range(len(cell) + 1)]
                    if kind in ("quote_then_space", "space_then_quote"):
                        values = [row[:c] + [x] + row[c + 1:] for x in (cell, " " + cell, cell + " ")]
                    if kind in ("quote_not_opened", "quote_not_closed", "quote_not_doubled"):
                        values = [row]
                    truths = [self.rows[:r] + [v] + self.rows[r + 1:] for v in values]
                    yield f"cell_{kind}", self.with_line(r, plain[:c] + [value] + plain[c + 1:]), truths

    def with_line(self, r, fields, delimiter=","):
        before, behind = text(self.rows[:r]), text(self.rows[r + 1:])
        return before + delimiter.join(fields).encode() + b"\n" + behind

    def records(self):
        """One damage in each record."""
        for r, row in enumerate(self.rows):
            plain = [field(x) for x in row]
            for c in range(self.width):
                if c > 0:
                    merged = plain[:c - 1] + [plain[c - 1] + plain[c]] + plain[c + 1:]
                    yield "record_less_delimiters", self.with_line(r, merged), []
                yield "record_more_delimiters", self.with_line(r, plain[:c] + [""] + plain[c:]), []
                yield "record_more_cells", self.with_line(r, plain[:c] + ["x"] + plain[c:]), []
                yield "record_broken", self.with_line(r, plain[:c] + ["\n" + plain[c]] + plain[c + 1:]), []
                yield "record_short", self.with_line(r, plain[:c]), []
            for name, mark in (("space", " "), ("semicolon", ";"), ("tab", "\t"), ("pipe", "|")):
                other = [field(x, mark) for x in row]
                yield "record_delimiter_" + name, self.with_line(r, other, mark), [self.rows]
            apostrophes = [field(x, quote="'", always=True) for x in row]
            yield "record_quote_apostrophe", self.with_line(r, apostrophes), [self.rows]
            escaped = [field(x, escape="\\", always=True) for x in row]
            # Two backslashes may also mean just that, unless a quote is escaped too.
            literal = [x.replace("\\", "\\\\") for x in row]
            truths = [self.rows]
            if '"' not in "".join(row):
                truths.append(self.rows[:r] + [literal] + self.rows[r + 1:])
            yield "record_escape_backslash", self.with_line(r, escaped), truths
            if r + 1 < len(self.rows):
                joined = ",".join(plain) + lines([self.rows[r + 1]])[0] + "\n"
                rest = text(self.rows[:r]) + joined.encode() + text(self.rows[r + 2:])
                yield "record_joined", rest, []
            yield "record_quoted_whole", self.with_line(
                r, ['"' + ",".join(plain).replace('"', '""') + '"']), [self.rows]
            latin = ",".join(plain).encode("latin-1", "replace") + b"\n"
            changed = text(self.rows[:r]) + latin + text(self.rows[r + 1:])
            if changed != text(self.rows):
                yield "record_latin_1", changed, [self.rows]

    def cuts(self):
        """The file up to each byte; what is complete is all that anybody can read."""
        body = text(self.rows)
        whole = 0
        for r in range(len(self.rows)):
            end = len(text(self.rows[:r + 1]))
            for place in range(whole + 1, end):
                yield "cut", body[:place], []
            yield "cut_between", body[:end], [self.rows[:r + 1]]
            whole = end

