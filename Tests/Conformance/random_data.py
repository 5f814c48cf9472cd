"""Random support data for random_queries.py: small, and awkward in every way that is known.

Missing cells everywhere, ties, text that differs only in case, instants on the edges of periods and
of clock changes, a leap day, surveys without a ticket, tickets without a customer, doubled tags,
rows that come twice.
"""
import csv
import random
from datetime import date, datetime, timedelta

CHANNELS = ["email", "Email", "chat", "live-chat", "phone", "social media"]
PRIORITIES = ["low", "normal", "high", "urgent"]
STATUSES = ["open", "pending", "On-Hold", "solved", "closed"]
TEAMS = ["Returns", "Billing", "Tier 1", "Tier 2"]
AGENTS = ["agent1", "agent2", "agent3", "Ärna", "ärna", "Zoë"]
PRODUCTS = ["Lamp", "lamp", "Desk", "Ärmel", "Zubehör", "Shelf, wide", 'The "Box"', "机"]
CATEGORIES = ["bug", "how-to", "billing"]
TAGS = ["refund", "bug", "how-to", "VIP", "vip", "outage"]
SUBJECTS = ["Refund, please", 'App says "error 500"', "Re: refund", "Écran noir", "écran blanc",
            "Delivery\nnot here", "How to reset?", "パスワード", "100% wrong", "again and again", "x"]
COMMENTS = ["Great", "great", "Too slow", "Never again\nreally", "So, so", "Merci à vous"]
COUNTRIES = ["DE", "FR", "JP", "US"]
PLANS = ["free", "pro", "enterprise"]
SEGMENTS = ["small", "mid", "large"]
# Instants on an edge: of a year, a month, a week, a leap day, a clock change, in several zones.
EDGES = ["2023-12-31T23:59:59", "2024-01-01T00:00:00", "2023-12-31T23:00:00",
         "2024-01-01T05:00:00", "2024-02-28T23:59:59", "2024-02-29T00:00:00",
         "2024-02-29T23:59:59", "2024-03-01T00:00:00", "2024-03-10T06:59:59",
         "2024-03-10T07:00:00", "2024-03-31T00:59:59", "2024-03-31T01:00:00",
         "2023-10-29T00:30:00", "2023-10-29T01:30:00", "2023-11-05T05:15:00",
         "2023-11-05T06:15:00", "2023-10-26T20:30:00", "2023-10-26T21:30:00",
         "2023-11-05T04:30:00", "2024-03-15T10:00:00", "2024-03-15T10:59:59"]


# Scales of satisfaction: lowest and highest rating, from which on it is good, up to which bad.
SCALES = [(1, 5, 4, 2), (1, 5, 4, 2), (1, 3, 3, 1), (1, 7, 6, 2), (1, 10, 8, 4), (0, 1, 1, 0),
          (1, 2, 2, 1)]


def write(folder, seed, scale):
    """Writes the four files."""
    low, high = scale[:2]
    rng = random.Random(f"data {seed}")
    start = datetime(2023, 9, 20)
    seconds = rng.choice([40, 150, 330, 500]) * 86_400
    gap = rng.choice([0.0, 0.03, 0.15, 0.5])  # how often a cell is missing

    def some(value, rate=None):
        return "" if rng.random() < (gap if rate is None else rate) else value

    def stamp(moment):
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""

    customers = []
    for number in range(1, rng.choice([25, 60]) + 1):
        began = date(2023, 1, 1) + timedelta(days=rng.randrange(560))
        left = began + timedelta(days=rng.randrange(0, 400)) if rng.random() < 0.4 else None
        customers.append({
            "id": number, "started_at": began.isoformat(),
            "ended_at": left.isoformat() if left else "",
            "mrr": some(rng.choice(["0", "29.99", "99.5", "499.25"])), "plan": some(rng.choice(PLANS)),
            "segment": some(rng.choice(SEGMENTS)), "country": some(rng.choice(COUNTRIES))})

    tickets = []
    moments = [datetime.fromisoformat(text) for text in EDGES]
    moments = [moment for moment in moments if moment < start + timedelta(seconds=seconds)]
    while len(moments) < rng.choice([120, 300]):
        moment = start + timedelta(seconds=rng.randrange(seconds))
        if not 60 <= (moment - start).days < 75:  # two weeks without a row
            moments.append(rng.choice([moment, moment, moment, rng.choice(moments)]))
    if rng.random() < 0.5:
        moments.sort()
    for number, created in enumerate(moments, 1):
        wait = rng.choice([60, 3600, 14_400]) if rng.random() < 0.3 else int(
            rng.expovariate(1 / 7200))
        first = created + timedelta(seconds=wait) if rng.random() < 0.9 else None
        resolved = (first or created) + timedelta(seconds=int(rng.expovariate(1 / 200_000))) \
            if rng.random() < 0.75 else None
        tickets.append({
            "id": number, "created_at": stamp(created), "first_response_at": stamp(first),
            "resolved_at": stamp(resolved), "channel": some(rng.choice(CHANNELS)),
            "status": some(rng.choice(STATUSES)), "priority": some(rng.choice(PRIORITIES)),
            "team": some(rng.choice(TEAMS)), "agent": some(rng.choice(AGENTS)),
            "customer_id": some(rng.randrange(1, len(customers) + 4), gap / 2),
            "product": some(rng.choice(PRODUCTS)), "category": some(rng.choice(CATEGORIES)),
            "tags": ";".join(rng.choice(TAGS) for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))),
            "handle_seconds": some(rng.randrange(20, 1500)),
            "reply_seconds": some(rng.randrange(20, 9000)), "replies": some(rng.randrange(5)),
            "contacts": some(rng.randrange(4)), "reopens": some(rng.choice([0, 0, 0, 1, 2])),
            "escalated": some(rng.choice(["true", "false", "false"])),
            "cost": some(f"{rng.randrange(100, 2500) / 100:.2f}"),
            "subject": some(rng.choice(SUBJECTS) + rng.choice(
                ["", "", f" #{rng.randrange(1000)}", f" {rng.randrange(30):02}-{rng.randrange(9)}"]))})

    surveys = []
    for ticket in tickets:
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            kind = rng.choice(["csat", "csat", "nps", "ces"])
            sent = datetime.fromisoformat(ticket["created_at"][:-1]) + timedelta(
                seconds=rng.randrange(400_000))
            is_answered = rng.random() < 0.75
            number = ticket["id"] if rng.random() > 0.03 else rng.choice(["", 90_000])
            score = {"csat": rng.randint(low, high), "nps": rng.randint(0, 10),
                     "ces": rng.randint(1, 7)}[kind]
            surveys.append({
                "id": len(surveys) + 1, "ticket_id": number, "kind": kind,
                "score": score if is_answered else "", "sent_at": stamp(sent),
                "responded_at": stamp(sent + timedelta(seconds=rng.randrange(60, 300_000)))
                if is_answered and rng.random() > gap else "",
                "comment": some(rng.choice(COMMENTS), 0.5) if is_answered else ""})
    # The scale of each kind is read from its answers: let its ends be there.
    for kind, scores in (("csat", (low, high)), ("nps", (0, 10)), ("ces", (1, 7))):
        for row, score in zip([row for row in surveys if row["kind"] == kind], scores):
            row["score"] = score

    shifts = []
    for day in range(seconds // 86_400 + 1):
        for agent in AGENTS[:4] + ["agent9"]:
            if rng.random() < 0.25:
                shifts.append({
                    "agent": agent, "date": (start + timedelta(days=day)).date().isoformat(),
                    "available_seconds": rng.choice([14_400, 21_600]),
                    "occupied_seconds": some(rng.randrange(5000, 14_000))})
    if rng.random() < 0.3:  # the same line twice is two shifts
        shifts += shifts[:3]

    for name, rows in (("tickets", tickets), ("surveys", surveys), ("customers", customers),
                       ("shifts", shifts)):
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
