"""A small fixed input for counting instructions, made without numpy so that it never changes."""
import os
import random

ROWS = 20_000
START = 1_704_067_200  # 2024-01-01
CHANNELS = ["email", "chat", "phone", "web", "social"]
PRIORITIES = ["low", "normal", "high", "urgent"]
TEAMS = ["Billing", "Technical", "Returns", "Enterprise", "Mobile", "VIP"]
TAGS = ["refund", "login", "bug", "outage", "invoice", "shipping", "cancel", "how-to"]
SUBJECTS = ["Cannot log in", "Refund request", "Order not delivered", "Where is my refund",
            "Rechnung für Müller", '"Payment failed, twice"', '"He said ""no"""', "Password reset"]


def stamp(seconds):
    """Within the leap year of 2024 and the year after."""
    day, rest = divmod(int(seconds) - START, 86_400)
    year, lengths = 2024, [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if day >= 366:
        year, day, lengths[1] = 2025, day - 366, 28
    month = 0
    while day >= lengths[month]:
        day -= lengths[month]
        month += 1
    return (f"{year}-{month + 1:02}-{day + 1:02}"
            f"T{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}Z")


def write(folder):
    """tickets.csv and surveys.csv, the same bytes always."""
    draw = random.Random(20_241_231).random

    def of(values):
        return values[int(draw() * len(values))]

    tickets = ["id,created_at,first_response_at,resolved_at,channel,priority,team,agent,"
               "customer_id,tags,replies,reopens,subject"]
    surveys = ["id,ticket_id,kind,score,responded_at"]
    for row in range(ROWS):
        created = START + row * 366 * 86_400 // ROWS
        answered = created + int(30 + 9_000 * draw() ** 3)
        resolved = answered + int(60 + 200_000 * draw() ** 4)
        tags = ";".join(of(TAGS) for _ in range(int(draw() * 3)))
        tickets.append(",".join([
            str(1_000_001 + row), stamp(created), stamp(answered) if draw() < 0.9 else "",
            stamp(resolved) if draw() < 0.9 else "", of(CHANNELS), of(PRIORITIES), of(TEAMS),
            f"Agent {int(draw() * 60):02}", f"C{int(draw() * 4_000):05}", tags,
            str(1 + int(draw() * 8)), "1" if draw() < 0.07 else "0", of(SUBJECTS)]))
        if draw() < 0.35:
            kind = "csat" if draw() < 0.6 else "nps"
            score = 1 + int(draw() * 5) if kind == "csat" else int(draw() * 11)
            surveys.append(f"{2_000_001 + row},{1_000_001 + row},{kind},{score},"
                           f"{stamp(resolved + 3_600)}")
    for name, lines in (("tickets.csv", tickets), ("surveys.csv", surveys)):
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines) + "\n")
