#!/usr/bin/env python3
"""Ten comparisons computed without the portal's code: 60-digit decimals, one formula after the other, as a spreadsheet
does it. Writes cases.csv beside itself; run it again only to add a case."""
import csv, decimal, os
from decimal import Decimal as D
decimal.getcontext().prec = 60

# name, years, rate %, cases, hour €, minutes (reuse, own, as_is), amounts: (alternative, kind, payer, euro)
CASES = [
    ("only working time", 5, "0", 4100, "60", (10, 0, 40), []),
    ("no discount", 5, "0", 0, "0", (0, 0, 0), [("reuse", "cost_once", "land", "48000"), ("reuse", "cost_yearly", "land", "31000"), ("as_is", "cost_yearly", "bodies", "58000"), ("own", "cost_once", "land", "164000"), ("own", "cost_yearly", "land", "42500")]),
    ("two and a half percent", 5, "2.5", 0, "0", (0, 0, 0), [("reuse", "cost_once", "land", "48000"), ("reuse", "cost_yearly", "land", "31000"), ("as_is", "cost_yearly", "bodies", "58000"), ("own", "cost_once", "land", "164000"), ("own", "cost_yearly", "land", "42500")]),
    ("everything together", 7, "1.75", 12345, "57.43", (7, 11, 38), [("reuse", "cost_once", "land", "91234.56"), ("reuse", "cost_yearly", "land", "40111.11"), ("reuse", "saving_yearly", "federal", "1999.99"), ("as_is", "cost_yearly", "bodies", "12345.67"), ("own", "cost_once", "land", "350000"), ("own", "cost_yearly", "land", "65000.10")]),
    ("never pays", 3, "3", 100, "50", (20, 0, 25), [("reuse", "cost_once", "land", "100000"), ("reuse", "cost_yearly", "land", "5000"), ("as_is", "cost_yearly", "bodies", "1000")]),
    ("pays in the last year", 4, "2", 0, "0", (0, 0, 0), [("reuse", "cost_once", "land", "37000"), ("as_is", "cost_yearly", "bodies", "10000")]),
    ("pays from the start", 3, "20", 0, "0", (0, 0, 0), [("reuse", "cost_yearly", "land", "0.01"), ("as_is", "cost_once", "bodies", "0.02"), ("as_is", "cost_yearly", "bodies", "0.02")]),
    ("half a cent is rounded up", 3, "0", 1, "0.01", (30, 0, 1), [("as_is", "cost_once", "land", "0.01"), ("reuse", "saving_once", "federal", "1")]),
    ("a saving larger than the cost", 6, "4.25", 333, "61.07", (13, 0, 17), [("reuse", "cost_yearly", "land", "1000"), ("reuse", "saving_yearly", "bodies", "1500.55"), ("reuse", "saving_once", "bodies", "20.20"), ("as_is", "cost_yearly", "bodies", "3.33")]),
    ("very large sums", 7, "0.01", 100000000, "1000", (1, 2, 10000), [("reuse", "cost_once", "land", "1000000000"), ("reuse", "cost_yearly", "federal", "1000000000"), ("as_is", "cost_yearly", "bodies", "0.01")]),
]
ALTERNATIVES = ("reuse", "own", "as_is")

def cents(x):
    return int((x * 100).quantize(D(1), rounding=decimal.ROUND_HALF_UP))

def present(case, which, fcases=D(1), fprice=D(1)):
    _, years, rate, n, hour, minutes, amounts = case
    q = 1 / (1 + D(rate) / 100)
    effort = n * fcases * minutes[ALTERNATIVES.index(which)] * D(hour) / 60
    once = yearly = D(0)
    for alt, kind, _, euro in amounts:
        if alt != which:
            continue
        x = D(euro) * (fprice if kind.startswith("cost") else -1)
        if kind.endswith("once"):
            once += x
        else:
            yearly += x
    path = [once]
    for t in range(1, years + 1):
        path.append(path[-1] + (yearly + effort) * q ** t)
    return path

def row(case):
    name, years, rate, n, hour, minutes, amounts = case
    pv = {a: present(case, a) for a in ALTERNATIVES}
    gap = [b - r for b, r in zip(pv["as_is"], pv["reuse"])]
    even = -1
    for t in range(years + 1):
        if all(g >= 0 for g in gap[t:]):
            even = t
            break
    def varied(c, p):
        return cents(present(case, "as_is", c)[-1] - present(case, "reuse", c, p)[-1])
    lo, hi = D("0.8"), D("1.2")
    return [name, years, rate, n, hour, *minutes, "|".join(":".join(a) for a in amounts),
            cents(pv["reuse"][-1]), cents(pv["own"][-1]), cents(pv["as_is"][-1]), cents(gap[-1]), even,
            varied(lo, D(1)), varied(hi, D(1)), varied(D(1), lo), varied(D(1), hi)]

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases.csv"), "w", newline="") as out:
    w = csv.writer(out, delimiter=";", lineterminator="\n")
    w.writerow("name years rate cases hour minutes_reuse minutes_own minutes_as_is amounts pv_reuse pv_own pv_as_is capital_value break_even cases_less cases_more price_less price_more".split())
    w.writerows(map(row, CASES))
