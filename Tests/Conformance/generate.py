#!/usr/bin/env python3
"""Writes data/*.csv: small, awkward data for the conformance cases.

Nothing but the standard library, one seed. Every column that may be missing is, somewhere; there
are ties, doubled tags, days and weeks without a row, instants on the very edge of a period in
three time zones, surveys without a ticket, tickets of unknown customers, and text that needs
quoting.
"""
import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
START, END = datetime(2023, 10, 1), datetime(2024, 10, 1)
SILENT = (datetime(2024, 1, 22), datetime(2024, 1, 29))  # the whole of 2024-W04

rng = random.Random(7)

CHANNELS = ["email"] * 7 + ["chat"] * 5 + ["phone"] * 3 + ["live-chat", "social media", ""]
PRIORITIES = ["low"] * 4 + ["normal"] * 6 + ["high"] * 3 + ["urgent", "urgent", ""]
TEAMS = ["Returns", "Billing", "Tier 1", "Tier 2", ""]
PRODUCTS = ["Lamp", "Desk", "Chair", "Ärmel", "Zubehör", "Shelf, wide", 'The "Box"', ""]
CATEGORIES = ["bug", "how-to", "billing", "delivery", ""]
TAGS = ["refund", "bug", "how-to", "vip", "login", "outage"]
SUBJECTS = [
    "Refund, please", 'App says "error 500"', "Re: Refund, please", "Écran noir au démarrage",
    "Delivery\nnot here", "Cannot log in", "How to reset the lamp?", "パスワードを忘れた",
    "ROUGH EDGE on desk", "100% wrong invoice", "again and again", "", "Straße falsch",
]
# Instants on the edge of a period: in UTC, in New York and in Berlin, clocks changing or not.
EDGES = [
    "2023-12-31T23:59:59", "2024-01-01T00:00:00", "2024-01-01T04:59:59", "2024-01-01T05:00:00",
    "2023-12-31T22:59:59", "2023-12-31T23:00:00", "2024-03-10T06:59:59", "2024-03-10T07:00:00",
    "2024-11-03T05:30:00", "2024-03-31T00:59:59", "2024-03-31T01:00:00", "2023-10-29T00:30:00",
    "2023-10-29T01:30:00", "2023-11-05T05:15:00", "2023-11-05T06:15:00", "2024-02-29T00:00:00",
    "2024-02-29T23:59:59", "2024-03-01T00:00:00", "2024-03-15T10:00:00", "2024-03-15T10:59:59",
    "2024-03-15T11:00:00", "2024-06-30T23:30:00", "2024-07-01T00:00:00", "2024-07-01T03:30:00",
    "2023-10-01T02:00:00",
]


def some(value, rate):
    """The value, left out at a rate."""
    return "" if rng.random() < rate else value


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def moments():
    edges = [datetime.fromisoformat(text) for text in EDGES]
    found = {moment for moment in edges if START <= moment < END}
    while len(found) < 1500:
        moment = START + timedelta(seconds=rng.randrange(int((END - START).total_seconds())))
        busy = 1.0 if moment.weekday() < 5 else 0.5
        if not SILENT[0] <= moment < SILENT[1] and rng.random() < busy:
            found.add(moment)
    return sorted(found)


def tickets():
    rows = []
    for number, created in enumerate(moments(), 1):
        channel, priority = rng.choice(CHANNELS), rng.choice(PRIORITIES)
        pace = {"chat": 120, "phone": 60, "live-chat": 150}.get(channel, 7200)
        # Whole minutes now and then, so that there are ties.
        wait = rng.choice([60, 3600, 14_400]) if rng.random() < 0.15 else \
            int(rng.expovariate(1 / pace)) + 1
        first = created + timedelta(seconds=wait) if rng.random() < 0.93 else None
        is_resolved = rng.random() < (0.84 if first else 0.2)
        resolved = None
        if is_resolved:
            resolved = (first or created) + timedelta(seconds=int(rng.expovariate(1 / 70_000)))
        replies = rng.choice([1, 1, 1, 2, 2, 3, 5]) if first else 0
        agent = rng.choice([f"agent{n:02}" for n in range(1, 13)] + [""])
        status = "closed" if resolved and rng.random() < 0.8 else "solved" if resolved else \
            rng.choice(["open", "pending", "On-Hold", "new"])
        tags = [rng.choice(TAGS) for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))]
        rows.append({
            "id": number, "created_at": stamp(created), "first_response_at": stamp(first),
            "resolved_at": stamp(resolved), "channel": channel, "status": status,
            "priority": priority, "team": rng.choice(TEAMS), "agent": agent,
            "customer_id": some(rng.randrange(1, 321), 0.02), "product": rng.choice(PRODUCTS),
            "category": rng.choice(CATEGORIES), "tags": ";".join(tags),
            "handle_seconds": some(rng.randrange(20, 1500), 0.08) if first else "",
            "reply_seconds": some(int(wait * rng.uniform(0.5, 1.5)), 0.06) if first else "",
            "replies": some(replies, 0.03), "contacts": some(max(1, replies - 1), 0.05),
            "reopens": some(rng.choice([0, 0, 0, 0, 1, 2]) if resolved else 0, 0.03),
            "escalated": some(rng.choice(["true", "false", "false", "false", "false"]), 0.04),
            "cost": some(f"{rng.randrange(100, 2500) / 100:.2f}", 0.10),
            "subject": rng.choice(SUBJECTS)})
    return rows


def surveys(ticket_rows):
    rows = []
    for ticket in ticket_rows:
        for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
            kind = rng.choice(["csat", "csat", "csat", "nps", "nps", "ces"])
            created = datetime.fromisoformat(ticket["created_at"][:-1])
            sent = created + timedelta(seconds=rng.randrange(3600, 400_000))
            responded = sent + timedelta(seconds=rng.randrange(60, 300_000))
            is_answered = rng.random() < 0.7
            score = {"csat": rng.choice([1, 2, 3, 4, 4, 5, 5, 5]),
                     "nps": rng.choice([0, 3, 6, 7, 8, 9, 9, 10]),
                     "ces": rng.choice([1, 3, 4, 5, 6, 7])}[kind]
            number = ticket["id"]
            if rng.random() < 0.015:
                number = rng.choice(["", 9000 + number])  # belongs to nothing that is here
            if not is_answered and number != ticket["id"]:
                is_answered = True  # or it would have no time at all
            rows.append({
                "id": len(rows) + 1, "ticket_id": number, "kind": kind,
                "score": score if is_answered else "", "sent_at": stamp(sent),
                "responded_at": stamp(responded) if is_answered else "",
                "comment": some(rng.choice(["Great", "Too slow", "Never again\nreally", "So, so",
                                            'They said "no"', "Merci à vous"]), 0.5)
                if is_answered else ""})
    return rows


def customers():
    rows = []
    for number in range(1, 301):
        started = date(2022, 1, 1) + timedelta(days=rng.randrange(990))
        ended = started + timedelta(days=rng.randrange(20, 700)) if rng.random() < 0.3 else None
        plan = rng.choice(["free", "pro", "pro", "enterprise", ""])
        rows.append({
            "id": number, "started_at": started.isoformat(),
            "ended_at": ended.isoformat() if ended and ended < END.date() else "",
            "mrr": some({"free": "0.00"}.get(plan, rng.choice(["29.00", "99.50", "499.00"])), 0.05),
            "plan": plan, "segment": rng.choice(["small", "mid", "large", ""]),
            "country": rng.choice(["DE", "FR", "JP", "US", ""])})
    return rows


def shifts():
    rows = []
    day = START.date()
    while day < END.date():
        for number in range(1, 14):
            if rng.random() < (0.6 if day.weekday() < 5 else 0.12):
                available = rng.choice([14_400, 21_600, 28_800])
                occupied = int(available * rng.uniform(0.4, 0.98))
                rows.append({"agent": f"agent{number:02}", "date": day.isoformat(),
                             "available_seconds": available,
                             "occupied_seconds": some(occupied, 0.02)})
        day += timedelta(days=1)
    return rows


def write(name, rows):
    with open(DATA / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    DATA.mkdir(exist_ok=True)
    ticket_rows = tickets()
    write("tickets.csv", ticket_rows)
    write("surveys.csv", surveys(ticket_rows))
    write("customers.csv", customers())
    write("shifts.csv", shifts())


if __name__ == "__main__":
    main()
