#!/usr/bin/env python3
"""Writes the sample data: eighteen months of a help desk that serves online shops.

    python3 generate.py

Nothing but the standard library, one seed: the same files every time. The story in them: the
desk grows, November is busy, and from 11 to 15 March 2024 the Checkout product was down. Email
was flooded, answers came late, scores fell, and some of those customers left.
"""
import csv
import math
import random
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
START, END = datetime(2023, 7, 1), datetime(2025, 1, 1)
OUTAGE, OUTAGE_END = datetime(2024, 3, 11, 7, 40), datetime(2024, 3, 16)
AFTERMATH = datetime(2024, 3, 29)
DAY = timedelta(days=1)

rng = random.Random(20240311)

# name: (share of tickets, median seconds to first answer, median handling seconds)
CHANNELS = {
    "email": (0.42, 9000, 520), "chat": (0.27, 95, 610), "web": (0.13, 12600, 480),
    "phone": (0.12, 45, 430), "social": (0.06, 2700, 260),
}
PRIORITIES = {"low": (0.22, 1.7), "normal": (0.55, 1.0), "high": (0.18, 0.55),
              "urgent": (0.05, 0.25)}
TARGET_HOURS = {"low": 72, "normal": 48, "high": 24, "urgent": 8, "": 48}
COUNTRIES = {"DE": ("de", 0.26), "GB": ("en", 0.19), "US": ("en", 0.22), "FR": ("fr", 0.13),
             "NL": ("en", 0.08), "JP": ("ja", 0.06), "ES": ("es", 0.06)}
PLANS = {"free": (0.30, 0, 0), "starter": (0.34, 29, 49), "pro": (0.26, 99, 249),
         "enterprise": (0.10, 590, 1900)}
INDUSTRIES = ["fashion", "food", "home", "sports", "electronics", "beauty", "books", "toys"]

# team: agents, each with the month they began and the one they left (or None)
TEAMS = {
    "Payments": [("Robin Vale", 0, None), ("Kim Aster", 0, None), ("Noa Linden", 0, 9),
                 ("Jules Park", 4, None), ("Sasha Reed", 10, None)],
    "Storefront": [("Alex Moor", 0, None), ("Mika Stone", 0, None), ("Charlie Wren", 2, None),
                   ("Toni Brook", 0, 14), ("Remy Hale", 12, None)],
    "Integrations": [("Sam Birk", 0, None), ("Lou Field", 0, None), ("Nico Marsh", 6, None),
                     ("Ari Thorn", 0, None)],
    "Onboarding": [("Jamie Fern", 0, None), ("Dana Frost", 0, None), ("Eli Rowan", 5, None),
                   ("Quinn Ash", 0, 11), ("Pat Heath", 11, None)],
    "Accounts": [("Andrea Lake", 0, None), ("Chris Dale", 0, None), ("Maxi Holm", 3, None),
                 ("Yuki Hill", 0, None), ("Rene Sand", 8, None), ("Terry Glen", 13, None)],
}

# product, category: team, share, type, tags, subjects
TOPICS = [
    ("Checkout", "payment", "Payments", 13, "incident", "payment",
     ["Payment declined at checkout", "Card payment fails, PayPal works",
      'Customers see "payment could not be completed"', "Apple Pay button is missing",
      "Double charge on order"]),
    ("Checkout", "refund", "Payments", 9, "task", "refund",
     ["Where is my refund?", "Refund for a cancelled order", "Refund issued twice",
      "Partial refund, wrong amount"]),
    ("Checkout", "tax", "Payments", 5, "question", "tax;invoice",
     ["VAT missing on invoice", "Wrong tax rate for Canada", "Invoice shows net price"]),
    ("Storefront", "theme", "Storefront", 10, "question", "theme",
     ["Change the colour of the header", "Theme update broke the menu",
      'How do I edit the "About us" page?', "Logo blurred on phones"]),
    ("Storefront", "domain", "Storefront", 7, "task", "domain;dns",
     ["Connect my own domain", "SSL certificate expired", "www redirect does not work"]),
    ("Storefront", "performance", "Storefront", 5, "problem", "slow;bug",
     ["Shop is slow since the update", "Images load slowly, mostly on mobile",
      "Timeout on the product page"]),
    ("Inventory", "sync", "Integrations", 9, "incident", "sync;bug",
     ["Stock is not updated", "Inventory sync stopped overnight", "Negative stock after import"]),
    ("Inventory", "import", "Integrations", 6, "question", "import;how-to",
     ["CSV import fails at line 1", "Import products with variants",
      "Umlauts broken after import (ä, ö, ü)"]),
    ("Analytics", "report", "Integrations", 6, "question", "report;how-to",
     ["Export the sales report", "Numbers differ from my bank", "Report by country, please"]),
    ("Mobile App", "login", "Accounts", 8, "incident", "login",
     ["Cannot log in to the app", "Password reset mail never arrives",
      "Two-factor code is refused"]),
    ("Mobile App", "crash", "Accounts", 4, "problem", "crash;bug",
     ["App crashes when I open orders", "App closes after the update to 5.2"]),
    ("Subscription", "plan", "Accounts", 7, "task", "billing",
     ["Upgrade to Pro", "Change my plan", "Which plan do I need for 3 shops?"]),
    ("Subscription", "invoice", "Accounts", 6, "question", "billing;invoice",
     ["Copy of invoice", "Change the billing address", 'Invoice to "Accounts Payable", please']),
    ("Subscription", "cancel", "Accounts", 3, "task", "billing;cancel",
     ["Cancel my subscription", "Close the account at the end of the month"]),
    ("Storefront", "setup", "Onboarding", 8, "question", "how-to;setup",
     ["First steps: where do I begin?", "Move my shop from another provider",
      "Set up shipping zones", "Add a second language"]),
    ("Inventory", "setup", "Onboarding", 4, "question", "how-to;setup",
     ["How to add a warehouse", "Barcode scanner setup"]),
]
FOREIGN = {
    ("de", "payment"): "Zahlung schlägt fehl", ("de", "refund"): "Wo bleibt meine Rückzahlung?",
    ("de", "invoice"): "Rechnung für März fehlt", ("de", "setup"): "Wie füge ich Größen hinzu?",
    ("de", "login"): "Anmeldung nicht möglich", ("fr", "payment"): "Paiement refusé à la caisse",
    ("fr", "refund"): "Remboursement non reçu", ("fr", "domain"): "Domaine déjà utilisé ?",
    ("fr", "theme"): "Modifier l’en-tête, c’est possible ?",
    ("es", "payment"): "El pago no se completa", ("es", "sync"): "El stock no se actualiza, ¿no?",
    ("ja", "payment"): "決済が完了できません", ("ja", "login"): "ログインできません",
    ("ja", "plan"): "プランを変更したい",
}
OUTAGE_SUBJECTS = [
    "Checkout is down", 'Checkout shows "502 Bad Gateway"', "No orders since this morning!",
    "Customers cannot pay, please help", "Checkout: when will it work again?",
    "Lost orders, who pays for that?", "Kasse geht nicht, kein Verkauf möglich",
]
PRAISE = ["Quick and friendly", "Solved at once, thanks!", "Great help", "Parfait, merci !",
          "Sehr schnell und freundlich", "Clear answer, no back and forth", "助かりました"]
MIDDLING = ["OK in the end", "Took two mails", "Fine, but slow", "Hat gedauert"]
BLAME = ["Waited far too long", "Nobody answered my question", "Three agents, three answers",
         'They said "fixed", it was not', "Still not solved", "Viel zu langsam"]
OUTAGE_BLAME = ["We lost a week of sales", "Checkout down, no news from you",
                "No answer for two days, shop closed"]


def pick(weights):
    """A key of a dictionary of weights."""
    return rng.choices(list(weights), list(weights.values()))[0]


def spread(median, sigma):
    """A draw whose logarithm is normal around that of the median."""
    return median * math.exp(rng.gauss(0, sigma))


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def sometimes(value, rate):
    """The value, left out at a rate."""
    return "" if rng.random() < rate else value


def month_index(moment):
    return (moment.year - START.year) * 12 + moment.month - START.month


class Agent:
    def __init__(self, name, team, joined, left):
        self.name, self.team = name, team
        self.joined, self.left = joined, left
        self.skill = rng.gauss(0, 0.28)
        self.pace = math.exp(rng.gauss(0, 0.18))
        self.hours = rng.choice([8, 8, 8, 6, 4])

    def works(self, moment):
        month = month_index(moment)
        return self.joined <= month and (self.left is None or month < self.left)


class Customer:
    def __init__(self, number, started):
        self.id, self.started = number, started
        plan_weights = {plan: row[0] for plan, row in PLANS.items()}
        self.plan = pick(plan_weights)
        low, high = PLANS[self.plan][1:]
        self.mrr = round(rng.uniform(low, high), 2) if high else 0.0
        self.country = pick({code: row[1] for code, row in COUNTRIES.items()})
        self.segment = {"free": "small", "starter": "small", "pro": "mid",
                        "enterprise": "large"}[self.plan]
        self.organization = "" if self.plan == "free" else company()
        self.industry = sometimes(rng.choice(INDUSTRIES), 0.08)
        self.weight = {"free": 0.6, "starter": 1.0, "pro": 1.5, "enterprise": 3.2}[self.plan]
        self.weight *= spread(1, 0.6)
        hazard = {"free": 0.00055, "starter": 0.0005, "pro": 0.0003, "enterprise": 0.00012}
        ended = started + timedelta(days=1 + int(rng.expovariate(hazard[self.plan])))
        self.ended = ended if ended < END.date() else None

    def leaves_over(self, score_share, moment):
        """A poor score makes leaving within some weeks more likely."""
        if self.ended and self.ended < moment.date():
            return
        risk = 0.42 if score_share <= 0.25 else 0.20 if score_share <= 0.5 else 0
        if rng.random() < risk:
            ended = moment.date() + timedelta(days=3 + int(rng.expovariate(1 / 30)))
            if ended < END.date() and (self.ended is None or ended < self.ended):
                self.ended = ended


def company():
    first = ["North", "Blue", "Green", "Oak", "River", "Stone", "Sun", "Bright", "Little", "Grand",
             "Café", "Maison", "Höhen", "Kirsch", "Atelier"]
    second = ["wind", "leaf", "field", "corner", "market", "works", "house", "gate", "bay", "mill"]
    form = ["Ltd", "GmbH", "Inc", "SARL", "& Sons", "BV", "Trading, Ltd"]
    return f"{rng.choice(first)}{rng.choice(second)} {rng.choice(form)}"


def volume(day):
    """Tickets expected on a day: growth, the weekday, the season."""
    through = (day - START) / (END - START)
    level = 7.5 + 4.6 * through
    level *= [1.28, 1.20, 1.12, 1.08, 1.02, 0.55, 0.48][day.weekday()]
    season = {11: 1.32, 12: 1.18, 1: 1.08, 7: 0.90, 8: 0.86}
    level *= season.get(day.month, 1.0)
    if day.month == 11 and day.day >= 22:
        level *= 1.35
    if (day.month, day.day) in {(12, 24), (12, 25), (12, 26), (1, 1)}:
        level *= 0.4
    return level


def poisson(mean):
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


HOUR_WEIGHTS = [1, 1, 1, 1, 2, 4, 9, 18, 26, 30, 29, 26, 22, 24, 26, 25, 22, 18, 14, 11, 9, 6, 4, 2]


def arrivals():
    """(moment, whether the outage caused it), in order."""
    day = START
    while day < END:
        for _ in range(poisson(volume(day))):
            hour = rng.choices(range(24), HOUR_WEIGHTS)[0]
            yield day + timedelta(hours=hour, seconds=rng.randrange(3600)), False
        if OUTAGE.date() <= day.date() < OUTAGE_END.date():
            for _ in range(poisson([62, 70, 52, 40, 22][(day.date() - OUTAGE.date()).days])):
                hour = rng.choices(range(24), HOUR_WEIGHTS)[0]
                moment = day + timedelta(hours=hour, seconds=rng.randrange(3600))
                if moment >= OUTAGE:
                    yield moment, True
        day += DAY


def opening(moment):
    """The next moment at which the desk answers what can wait."""
    while True:
        first, last = (7, 19) if moment.weekday() < 5 else (9, 15)
        if moment.hour < first:
            return moment.replace(hour=first, minute=0, second=rng.randrange(60))
        if moment.hour < last:
            return moment
        moment = (moment + DAY).replace(hour=0, minute=rng.randrange(60))


def make_ticket(number, moment, is_outage, customer, agents):
    """A ticket's columns as values, and how it went for the customer (0 dreadful, 1 fine)."""
    weights = {name: row[0] for name, row in CHANNELS.items()}
    if is_outage:
        weights = {"email": 0.80, "web": 0.09, "social": 0.07, "chat": 0.03, "phone": 0.01}
    elif not 7 <= moment.hour < 20:
        weights = {**weights, "chat": 0.04, "phone": 0.01}
    channel = pick(weights)
    _, median_frt, median_handle = CHANNELS[channel]

    if is_outage:
        topic = TOPICS[0]
        subject = rng.choice(OUTAGE_SUBJECTS)
        tags = "outage;payment" if rng.random() < 0.6 else "outage"
        tags = sometimes(tags, 0.06)
        priority = pick({"normal": 0.25, "high": 0.45, "urgent": 0.30})
    else:
        topic = rng.choices(TOPICS, [row[3] for row in TOPICS])[0]
        subject = rng.choice(topic[6])
        tags = sometimes(rng.choice([topic[5], topic[5].split(";")[0]]), 0.30)
        priority = pick({name: row[0] for name, row in PRIORITIES.items()})
        if customer.plan == "enterprise":
            if priority == "low":
                priority = "normal"
            tags = ";".join(filter(None, [tags, "vip" if rng.random() < 0.5 else ""]))
    product, category, team = topic[:3]
    language = COUNTRIES[customer.country][0]
    if not is_outage and rng.random() < 0.6:
        subject = FOREIGN.get((language, category), subject)
    if rng.random() < 0.05:
        subject = f"Re: {subject}"

    staff = [agent for agent in agents[team] if agent.works(moment)]
    agent = rng.choices(staff, [1 / one.pace for one in staff])[0]

    is_flood = channel == "email" and OUTAGE <= moment < AFTERMATH
    load = 1.0
    if is_flood:
        load = 5.0 if moment < OUTAGE_END else 2.0
    haste = PRIORITIES[priority][1]
    wait = spread(median_frt * haste * agent.pace * load, 0.75)
    begin = opening(moment) if channel not in ("chat", "phone") else moment
    first_response = begin + timedelta(seconds=max(5, int(wait)))
    if channel not in ("chat", "phone") and opening(first_response) > first_response:
        first_response = opening(first_response)

    handle = max(20, int(spread(median_handle * agent.pace, 0.5)))
    replies = 1 + min(9, int(rng.expovariate(1.25 if channel in ("chat", "phone") else 0.95)))
    contacts = max(1, replies - (rng.random() < 0.35) + (rng.random() < 0.2))
    reply_seconds = max(5, int(wait * rng.uniform(0.6, 1.4)))
    effort = {"incident": 1.3, "problem": 2.6, "task": 0.8, "question": 0.6}[topic[4]]
    work = spread(handle + 9000 * effort * haste * (replies ** 1.3), 0.8)
    if channel in ("chat", "phone") and replies == 1:
        work = handle
    if is_outage:
        work += max(0, (OUTAGE_END - moment).total_seconds() * rng.uniform(0.3, 1.0))
    resolved = first_response + timedelta(seconds=max(30, int(work)))
    reopens = 0
    if rng.random() < 0.085 + 0.05 * (replies > 2):
        reopens = 1 + (rng.random() < 0.2)
        resolved += timedelta(seconds=int(spread(100_000 * reopens, 0.6)))
        contacts += reopens
    if rng.random() < 0.025:
        resolved = None
    escalated = rng.random() < 0.05 + 0.10 * (priority in ("high", "urgent")) + 0.15 * is_outage

    if first_response >= END:
        first_response = None
    if rng.random() < 0.012:
        first_response = None  # spam and duplicates are closed without an answer
        replies, reopens, escalated = 0, 0, False
    if resolved and resolved >= END or first_response is None and rng.random() < 0.5:
        resolved = None
    if first_response is None and resolved is None:
        replies, contacts = 0, 1
        reopens = 0
    closed = resolved + timedelta(days=4, seconds=rng.randrange(7200)) if resolved else None
    if closed and closed >= END:
        closed = None
    if closed:
        status = "closed"
    elif resolved:
        status = "solved"
    elif first_response:
        status = pick({"open": 0.45, "pending": 0.40, "on-hold": 0.15})
    else:
        status = "new"
    is_assigned = first_response is not None or rng.random() < 0.3
    one_touch = resolved is not None and reopens == 0 and contacts <= 1
    updated = max(filter(None, [moment, first_response, resolved, closed]))
    priority = sometimes(priority, 0.02)

    good = 0.88 + agent.skill * 0.16 - 0.06 * (replies > 2) - 0.22 * (reopens > 0)
    if first_response:
        waited = (first_response - moment).total_seconds() / (median_frt * 3 + 3600)
        good -= 0.07 * min(4, max(0, math.log2(max(waited, 0.1))))
    if is_outage:
        good -= 0.42
    elif is_flood:
        good -= 0.16
    if resolved is None:
        good -= 0.25
    if customer.plan == "enterprise":
        good += 0.05

    row = {
        "id": number, "created_at": stamp(moment), "first_response_at": stamp(first_response),
        "resolved_at": stamp(resolved), "closed_at": stamp(closed),
        "due_at": stamp(moment + timedelta(hours=TARGET_HOURS[priority])),
        "updated_at": stamp(updated), "status": status, "channel": channel,
        "priority": priority, "type": sometimes(topic[4], 0.02),
        "category": sometimes(category, 0.04), "product": sometimes(product, 0.03),
        "team": team if is_assigned else "", "agent": agent.name if is_assigned else "",
        "customer_id": customer.id, "organization": customer.organization,
        "country": sometimes(customer.country, 0.02), "language": language,
        "tags": tags, "subject": sometimes(subject, 0.01),
        "handle_seconds": sometimes(handle, 0.03) if replies else "",
        "reply_seconds": reply_seconds if replies else "", "replies": replies,
        "contacts": contacts, "reopens": reopens, "escalated": str(escalated).lower(),
        "first_contact_resolved": str(one_touch).lower(),
        "cost": sometimes(f"{2.1 + handle * 0.0125 * (1.5 if escalated else 1):.2f}", 0.05)
        if replies else "",
    }
    return row, min(0.98, max(0.05, good)), resolved, is_outage


def make_survey(number, ticket, good, resolved, is_outage):
    """A survey's columns, and the score as a share of the scale (None when unanswered)."""
    kind = pick({"csat": 0.64, "nps": 0.22, "ces": 0.14})
    sent = resolved + timedelta(seconds=rng.randrange(1800, 6 * 3600))
    answers = {"chat": 0.72, "phone": 0.52, "email": 0.60, "web": 0.55, "social": 0.38}
    is_answered = rng.random() < answers[ticket["channel"]] + 0.15 * is_outage
    responded = sent + timedelta(seconds=int(spread(14_000, 1.2)))
    if sent >= END:
        return None
    if responded >= END:
        is_answered = False
    score = share = None
    comment = ""
    if is_answered:
        is_good = rng.random() < good
        if kind == "csat":
            score = rng.choice([4, 5, 5, 5]) if is_good else rng.choice([1, 1, 2, 2, 3, 3])
            share = (score - 1) / 4
        elif kind == "nps":
            score = rng.choice([7, 7, 8, 8, 9, 9, 9, 10, 10, 10]) if is_good \
                else rng.choice([0, 1, 3, 4, 5, 6, 6, 7, 8])
            share = score / 10
        else:
            score = rng.choice([5, 6, 6, 7, 7]) if is_good else rng.choice([1, 2, 3, 3, 4, 5])
            share = (score - 1) / 6
        if rng.random() < (0.55 if share <= 0.4 else 0.25):
            words = PRAISE if share >= 0.8 else MIDDLING if share > 0.4 else BLAME
            if is_outage and share <= 0.4:
                words = OUTAGE_BLAME
            comment = rng.choice(words)
    row = {"id": number, "ticket_id": ticket["id"], "kind": kind,
           "score": "" if score is None else score, "sent_at": stamp(sent),
           "responded_at": stamp(responded) if is_answered else "", "comment": comment}
    return row, share, responded


def make_shifts(agents):
    rows = []
    day = START
    while day < END:
        busy = volume(day) / (7.5 + 4.6 * ((day - START) / (END - START)))
        for agent in (one for team in agents.values() for one in team):
            rate = 0.685 if day.weekday() < 5 else 0.10
            if not agent.works(day) or rng.random() >= rate:
                continue
            available = agent.hours * 3600 - rng.randrange(0, 5) * 300
            use = rng.gauss(0.62 + 0.11 * busy, 0.06)
            if OUTAGE.date() <= day.date() < AFTERMATH.date() and agent.team == "Payments":
                use = rng.gauss(0.93, 0.03)
            occupied = int(available * min(0.99, max(0.35, use)))
            rows.append({"agent": agent.name, "date": day.date().isoformat(),
                         "available_seconds": available,
                         "occupied_seconds": sometimes(occupied, 0.008)})
        day += DAY
    return rows


def write(name, rows):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    agents = {team: [Agent(name, team, joined, left) for name, joined, left in members]
              for team, members in TEAMS.items()}
    opened = date(2021, 3, 1)
    starts = sorted(opened + timedelta(days=int((END.date() - opened).days * rng.random() ** 0.8))
                    for _ in range(800))
    customers = [Customer(number, started) for number, started in enumerate(starts, 1001)]

    tickets, surveys = [], []
    moments = sorted(arrivals())
    for number, (moment, is_outage) in enumerate(moments, 50001):
        today = moment.date()
        present = [one for one in customers
                   if one.started <= today and (one.ended is None or one.ended > today)]
        customer = rng.choices(present, [one.weight for one in present])[0]
        row, good, resolved, is_outage = make_ticket(number, moment, is_outage, customer, agents)
        tickets.append(row)
        if resolved and row["replies"] and rng.random() < 0.42:
            survey = make_survey(len(surveys) + 1, row, good, resolved, is_outage)
            if survey:
                surveys.append(survey[0])
                if survey[1] is not None:
                    customer.leaves_over(survey[1], survey[2])

    write("tickets.csv", tickets)
    write("surveys.csv", surveys)
    write("customers.csv", [
        {"id": one.id, "started_at": one.started.isoformat(),
         "ended_at": one.ended.isoformat() if one.ended else "", "mrr": f"{one.mrr:.2f}",
         "plan": one.plan, "segment": one.segment, "organization": one.organization,
         "country": one.country, "industry": one.industry} for one in customers])
    write("shifts.csv", make_shifts(agents))


if __name__ == "__main__":
    main()
