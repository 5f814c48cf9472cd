"""Deterministic data: `--rows N --out DIR` writes tickets.csv and surveys.csv, with `--h2o` x.csv, the
table of the h2o group-by benchmark.

The same arguments always give the same bytes: every chunk of CHUNK rows has a generator of its own,
seeded by (seed, number of the chunk), so the number of processes does not matter.
"""
import argparse
import multiprocessing
import os

import numpy as np

from .csv_text import concat, digits, numbers, to_csv
from .support_data import SURVEY_HEADER, TICKET_HEADER, support_chunk
from .vocabulary import CHUNK


def h2o_chunk(job):
    """h2oai/db-benchmark, _data/groupby-datagen.R, no missing values and not sorted: id1, id2
    'id%03d' of 1..K; id3 'id%010d' of 1..N/K; id4, id5 1..K; id6 1..N/K; v1 1..5; v2 1..15;
    v3 uniform(0,100) rounded to 6 places. All independent and uniform."""
    seed, number, n, total, k = job
    rng = np.random.default_rng([seed, number])
    wide = max(1, total // k)
    small_id = np.array([b"id%03d" % i for i in range(k + 1)])
    number_text = numbers(max(k, 15) + 1)
    micro = np.array([(b".%06d" % i).rstrip(b"0") if i else b"" for i in range(1_000_000)])
    v3 = rng.integers(0, 100_000_000, n)

    def draw(top):
        return rng.integers(1, top + 1, n)

    big = digits(draw(wide) + 10 ** 10, 11)  # eleven digits; the first only holds the zeros
    big = big.view(np.uint8).reshape(n, 11)[:, 1:]
    id3 = np.hstack([np.tile(np.frombuffer(b"id", np.uint8), (n, 1)), big])
    id3 = np.ascontiguousarray(id3).view("S12").reshape(n)
    return to_csv([small_id[draw(k)], small_id[draw(k)], id3, number_text[draw(k)],
                   number_text[draw(k)], digits(draw(wide), 9), number_text[draw(5)],
                   number_text[draw(15)],
                   concat(number_text[v3 // 1_000_000] if k >= 99 else numbers(100)[v3 // 1_000_000],
                          micro[v3 % 1_000_000])])


def write_h2o(pool, starts, total, seed, groups, folder):
    jobs = [(seed, i, min(CHUNK, total - start), total, groups) for i, start in enumerate(starts)]
    with open(os.path.join(folder, "x.csv"), "wb") as file:
        file.write(b"id1,id2,id3,id4,id5,id6,v1,v2,v3\n")
        for text in pool.imap(h2o_chunk, jobs):
            file.write(text)


def write_support(pool, starts, total, seed, order, folder):
    jobs = [(seed, i, start, min(CHUNK, total - start), total, order)
            for i, start in enumerate(starts)]
    with open(os.path.join(folder, "tickets.csv"), "wb") as tickets, \
            open(os.path.join(folder, "surveys.csv"), "wb") as surveys:
        tickets.write(TICKET_HEADER)
        surveys.write(SURVEY_HEADER)
        for some_tickets, some_surveys, _ in pool.imap(support_chunk, jobs):
            tickets.write(some_tickets)
            surveys.write(some_surveys)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, required=True)
    parser.add_argument("--seed", type=int, default=None, help="default 1 (108 with --h2o)")
    parser.add_argument("--out", required=True)
    parser.add_argument("--order", choices=["created", "random"], default="created")
    parser.add_argument("--h2o", action="store_true")
    parser.add_argument("--groups", type=int, default=100, help="of id1, id2, id4 and id5")
    given = parser.parse_args()
    total = int(given.rows)
    os.makedirs(given.out, exist_ok=True)
    starts = range(0, total, CHUNK)
    with multiprocessing.Pool(min(os.cpu_count(), len(starts))) as pool:
        if given.h2o:
            seed = 108 if given.seed is None else given.seed
            write_h2o(pool, starts, total, seed, given.groups, given.out)
        else:
            seed = 1 if given.seed is None else given.seed
            write_support(pool, starts, total, seed, given.order, given.out)


if __name__ == "__main__":
    main()
