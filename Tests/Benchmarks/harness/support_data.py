"""Tickets and their surveys: a desk with a daily and weekly rhythm, growth and an incident."""
import numpy as np

from .csv_text import blank, concat, digits, escaped, numbers, raw, table, to_csv
from .vocabulary import (
    DAY, DAYS, TAIL_DAYS, CHANNELS, CHANNEL_P, CHANNEL_FRT, CHANNEL_CSAT, CHANNEL_RESPONSE,
    CHANNEL_FEE, PRIORITIES, PRIORITY_P, PRIORITY_SPEED, STATUSES, TEAMS, PRODUCTS, TAGS,
    AGENTS, OPENERS, CONTEXTS, TAILS, TAIL_P, PRAISE, GRUMBLE)


class Lut:
    """Lookup tables shared by every chunk (built once per process)."""

    def __init__(self):
        dates = np.datetime64("2023-01-01") + np.arange(DAYS + TAIL_DAYS)
        self.date = dates.astype("S10")
        self.clock = np.array([b"T%02d:%02d:%02dZ" % (s // 3600, s // 60 % 60, s % 60)
                               for s in range(DAY)])
        self.cents = np.array([b"%d.%02d" % (c // 100, c % 100) for c in range(100_000)])
        self.small = numbers(40_000)
        self.channel, self.priority = table(CHANNELS), table(PRIORITIES)
        self.status, self.team = table(STATUSES), table(TEAMS)
        self.product, self.agent = table(PRODUCTS), table(AGENTS)
        self.tag = raw(TAGS)
        self.opener, self.context = escaped(OPENERS), escaped([c and " " + c for c in CONTEXTS])
        self.tail = escaped(TAILS)
        self.tail_special = np.array([any(c in t for c in ',"\n') for t in TAILS])
        self.ref = np.array([b" #%06d" % i for i in range(1_000_000)])
        self.praise, self.grumble = table(PRAISE), table(GRUMBLE)
        self.kind = table(["csat", "nps", "ces"])
        rng = np.random.default_rng(20230101)  # the company: the same whatever the seed
        self.agent_team = np.arange(len(AGENTS)) % len(TEAMS)
        self.agent_skill = rng.normal(0, 0.35, len(AGENTS))
        # every team has 33 or 34 agents; some work far more than others
        self.team_agents = [np.flatnonzero(self.agent_team == t) for t in range(len(TEAMS))]
        self.team_agent_cdf = []
        for a in self.team_agents:
            w = rng.gamma(2.0, 1.0, len(a))
            self.team_agent_cdf.append(np.cumsum(w) / w.sum())
        self.product_weight = rng.gamma(1.5, 1.0, len(PRODUCTS)) + 0.2
        self.product_weight /= self.product_weight.sum()
        self.product_trouble = np.clip(rng.normal(0.07, 0.03, len(PRODUCTS)), 0.02, 0.18)
        self.product_team = rng.integers(0, len(TEAMS), (len(PRODUCTS), 3))
        w = 1.0 / np.arange(1, len(TAGS) + 1) ** 0.8
        self.tag_cdf = np.cumsum(w) / w.sum()
        # creation intensity per hour: weekly and daily shape, growth, one incident week
        hour = np.arange(DAYS * 24)
        day, h = hour // 24, hour % 24
        weekday = (day + 6) % 7  # 2023-01-01 was a Sunday; 0 = Monday
        rate = np.where(weekday < 5, 1.0, 0.45) * (0.25 + np.exp(-((h - 13.5) / 4.5) ** 2))
        rate *= 1.0 + 0.45 * day / DAYS + 0.12 * np.sin(2 * np.pi * day / 365.25)
        incident = (day >= 435) & (day < 440)  # 2024-03-11 .. 2024-03-15
        rate[incident] *= 1.9
        self.incident_from, self.incident_to = 435 * DAY, 440 * DAY
        self.cum = np.concatenate([[0], np.cumsum(rate)]) / rate.sum()


LUT = None


def lut():
    global LUT
    if LUT is None:
        LUT = Lut()
    return LUT


def pick(rng, cdf, n):
    return np.minimum(np.searchsorted(cdf, rng.random(n), side="right"), len(cdf) - 1)


def stamp(seconds, present=None):
    """Seconds since 2023-01-01 as ISO text; empty where not present."""
    t = lut()
    s = np.asarray(seconds, np.int64)
    if present is not None:
        s = np.where(present, s, 0)
    out = concat(t.date[s // DAY], t.clock[s % DAY])
    if present is not None:
        out[~present] = b""
    return out


TICKET_HEADER = ("id,created_at,first_response_at,resolved_at,channel,priority,status,team,agent,"
                 "customer_id,tags,product,handle_seconds,replies,reopens,cost,subject\n").encode()
SURVEY_HEADER = b"id,ticket_id,kind,score,responded_at,comment\n"


def support_chunk(job):
    seed, number, first, n, total, order = job
    t = lut()
    rng = np.random.default_rng([seed, number])
    ids = 1_000_001 + first + np.arange(n)

    # when: near-even quantiles of the intensity curve keep the file sorted by creation time
    u = (first + np.arange(n) + rng.random(n)) / total if order == "created" else rng.random(n)
    created = np.interp(u, t.cum, np.arange(DAYS * 24 + 1) * 3600.0).astype(np.int64)
    created = np.minimum(created, DAYS * DAY - 1)
    hour = created % DAY // 3600
    offhours = (hour < 7) | (hour >= 20)
    incident = (created >= t.incident_from) & (created < t.incident_to)

    channel = pick(rng, np.cumsum(CHANNEL_P), n)
    priority = pick(rng, np.cumsum(PRIORITY_P), n)
    product = pick(rng, np.cumsum(t.product_weight), n)
    product = np.where(incident & (rng.random(n) < 0.45), 0, product)  # Checkout breaks
    team = t.product_team[product, rng.integers(0, 3, n)]
    agent = np.empty(n, np.int64)
    ua = rng.random(n)
    for k in range(len(TEAMS)):
        m = team == k
        agent[m] = t.team_agents[k][np.minimum(
            np.searchsorted(t.team_agent_cdf[k], ua[m], side="right"), len(t.team_agents[k]) - 1)]
    skill = t.agent_skill[agent]

    customers = max(1, total // 5)
    rank = (customers * rng.random(n) ** 1.5).astype(np.int64)
    step = next(p for p in (7_368_787, 999_983, 104_729, 7_919, 1) if customers % p)
    customer = rank * step % customers  # scrambled: an id says nothing about its frequency

    # speed
    frt = CHANNEL_FRT[channel] * PRIORITY_SPEED[priority] * np.exp(
        rng.normal(0, 0.9, n) - 0.5 * skill)
    frt *= np.where(offhours, 1.7, 1.0) * np.where(incident, 2.2, 1.0)
    frt = np.clip(frt, 3, 20 * DAY)
    work = 14_400 * PRIORITY_SPEED[priority] * (0.6 + 6 * t.product_trouble[product]) * np.exp(
        rng.normal(0, 1.3, n) - 0.6 * skill)
    reopen_p = np.clip(t.product_trouble[product] * (1.0 - 0.6 * skill) + 0.05 * incident, 0.005, 0.5)
    reopens = np.minimum((rng.random(n) < reopen_p) * (1 + rng.poisson(0.25, n)), 6)
    resolve = np.clip(frt + work * (1 + 0.9 * reopens), 10, 120 * DAY)
    answered = rng.random(n) >= 0.09
    resolved = (rng.random(n) >= 0.10) & (answered | (rng.random(n) < 0.3))
    status = np.where(resolved, np.where(rng.random(n) < 0.8, 5, 4),
                      pick(rng, np.array([0.2, 0.6, 0.85, 1.0]), n))

    replies = np.minimum(1 + rng.poisson(np.array([1.6, 4.5, 0.8, 1.9, 2.6, 1.2])[channel])
                         + 2 * reopens, 60)
    handle = np.clip(90 + 150 * replies * np.exp(rng.normal(0, 0.6, n) - 0.25 * skill), 15, 39_999)
    cents = 100 * CHANNEL_FEE[channel] + handle * 0.78 * np.exp(rng.normal(0, 0.12, n))
    cents = np.clip(cents, 5, 99_999).astype(np.int64)
    handle = handle.astype(np.int64)

    # text
    ntags = pick(rng, np.array([0.10, 0.45, 0.77, 0.93, 1.0]), n)
    tag_parts, choices = [], []
    for k in range(4):
        choice = pick(rng, t.tag_cdf, n)
        if k == 0:
            choice = np.where(incident & (product == 0), TAGS.index("outage"), choice)
        has = ntags > k
        for earlier in choices:  # nobody tags a ticket twice with the same word
            has = has & (choice != earlier)
        choices.append(choice)
        if k:
            tag_parts.append(np.where(has, b";", b""))
        tag_parts.append(blank(t.tag[choice], has))
    tail = pick(rng, np.cumsum(TAIL_P), n)
    special = t.tail_special[tail]
    mark = np.where(special, b'"', b"")
    subject = concat(mark, t.opener[rng.integers(0, len(OPENERS), n)],
                     t.context[rng.integers(0, len(CONTEXTS), n)],
                     blank(t.ref[rng.integers(0, 1_000_000, n)], rng.random(n) < 0.55),
                     t.tail[tail], mark)

    def tenth():
        return rng.random(n) >= 0.10

    tickets = to_csv([
        digits(ids, 9), stamp(created), stamp(created + frt, answered),
        stamp(created + resolve, resolved), t.channel[channel], t.priority[priority],
        t.status[status], t.team[team], blank(t.agent[agent], tenth()),
        concat(np.full(n, b"C"), digits(customer + 1, 9)), concat(*tag_parts),
        blank(t.product[product], tenth()), blank(t.small[handle], tenth()),
        t.small[replies], t.small[reopens], blank(t.cents[cents], tenth()), subject])

    # surveys: about 35 % of tickets, a twentieth of those twice
    answer = np.flatnonzero(rng.random(n) < CHANNEL_RESPONSE[channel])
    second = answer[rng.random(len(answer)) < 0.05]
    rows = np.concatenate([answer, second])
    nth = np.concatenate([np.zeros(len(answer), np.int64), np.ones(len(second), np.int64)])
    kind = pick(rng, np.array([0.60, 0.85, 1.0]), len(rows))
    kind = np.where(nth == 1, (kind + 1) % 3, kind)
    sort = np.lexsort((nth, rows))
    rows, nth, kind = rows[sort], nth[sort], kind[sort]
    m = len(rows)
    mood = (0.55 + 0.5 * CHANNEL_CSAT[channel[rows]] + 0.5 * skill[rows]
            - 0.22 * np.log(frt[rows] / CHANNEL_FRT[channel[rows]])
            - 0.75 * (reopens[rows] > 0) - 0.35 * incident[rows] + rng.normal(0, 0.9, m))
    csat = np.clip(np.round(3.6 + 1.15 * mood), 1, 5)
    nps = np.clip(np.round(7.0 + 2.1 * mood), 0, 10)
    ces = np.clip(np.round(5.0 + 1.2 * mood), 1, 7)
    score = np.select([kind == 0, kind == 1], [csat, nps], ces).astype(np.int64)
    when = created[rows] + np.minimum(resolve[rows], 30 * DAY) + rng.exponential(1.2 * DAY, m)
    happy = mood > 0.2
    comment = np.where(happy, t.praise[rng.integers(0, len(PRAISE), m)],
                       t.grumble[rng.integers(0, len(GRUMBLE), m)])
    comment = blank(comment, rng.random(m) < 0.25)
    surveys = to_csv([digits(ids[rows] * 2 + nth, 9), digits(ids[rows], 9), t.kind[kind],
                      t.small[score], stamp(np.minimum(when, (DAYS + TAIL_DAYS - 1) * DAY)), comment])
    return tickets, surveys, m
