#!/usr/bin/env python3
"""Scores an answer to a seating case, whoever gave it: ours and the peers' go through this one file.

    seating_score.py CASE-FOLDER ANSWER.json

It knows the case files and the definition of docs/SEATING.md, and nothing of any solver:

- hard rules: everyone present sits once, between the least and the most of a table, kept apart, kept together,
  pinned, at a table with what they need, absent when absent; rounds already held are as they were;
- repeats: weight x the sum over pairs of C2(m) - C2(m0), C2(k) = k(k-1)/2, where the pair had met m0 times before
  and has met m times in the end; pairs that are kept together are excepted;
- spread: weight x the pairs with one value at one table, an empty value being nobody's;
- mirror: weight x the sum over tables and values of (c - s x share)^2, an empty value being one like any other;
- moved: weight x the people whose table is another than in the previous answer, over all rounds.

The bound is proven for the sizes of the tables in the answer: each attribute alone, and the repeats by counting.
Their sum need not be reachable.
"""
import csv
import heapq
import json
import os
import sys
from collections import Counter, defaultdict
from itertools import combinations


def pairs(count):
    """C2: how many pairs there are among `count` people."""
    return count * (count - 1) // 2


class Case:
    """A case folder, read: people by id, tables by id, rules and weights."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
            case = json.load(file)
        self.id = case["id"]
        self.people_file = os.path.join(folder, case["participants"])
        with open(self.people_file, encoding="utf-8", newline="") as file:
            self.people = {row["id"]: row for row in csv.DictReader(file)}
        self.tables = {table["id"]: table for table in case["tables"]}
        self.rounds = case["rounds"]
        self.attributes = case["attributes"]
        self.weights = case["weights"]
        rules = case["constraints"]
        self.apart = [tuple(pair) for pair in rules.get("keep_apart", [])]
        self.together = [tuple(group) for group in rules.get("keep_together", [])]
        self.pins = rules.get("pins", [])
        self.needs = {person: set(features) for person, features in rules.get("needs", {}).items()}
        self.absent = {person: set(rounds) for person, rounds in rules.get("absent", {}).items()}
        self.history = Counter()
        for first, second, times in case.get("history", []):
            self.history[pair_of(first, second)] += times
        self.fixed = set(case.get("fixed_rounds", []))
        self.previous_file = os.path.join(folder, case["previous"]) if case.get("previous") else None
        self.previous = None
        if self.previous_file:
            with open(self.previous_file, encoding="utf-8") as file:
                self.previous = json.load(file)["rounds"]
        self.wanted = {pair_of(*pair) for group in self.together for pair in combinations(group, 2)}

    def present(self, round_):
        """The ids of those who are there in a round, from 0."""
        return [person for person in self.people if round_ not in self.absent.get(person, ())]

    def pins_of(self, round_):
        """Who is pinned to which table in a round."""
        return {pin["person"]: pin["table"] for pin in self.pins if pin["rounds"] is None or round_ in pin["rounds"]}


def pair_of(first, second):
    return (first, second) if first < second else (second, first)


def broken_rules(case, rounds):
    """How often each hard rule is broken: a Counter by the rule's name."""
    broken = Counter()
    if len(rounds) != case.rounds:
        broken["rounds"] += abs(case.rounds - len(rounds))
    for number, tables in enumerate(rounds):
        broken.update(broken_seats(case, number, tables))
        broken.update(broken_company(case, number, table_of(case, tables)))
    if case.previous:
        for number in case.fixed:
            if number < len(rounds):
                before, now = table_of(case, case.previous[number]), table_of(case, rounds[number])
                broken["held"] += sum(1 for person in now if before.get(person) != now[person])
    return +broken


def table_of(case, tables):
    """The table of each person in one round."""
    return {person: table for table, people in tables.items() if table in case.tables for person in people}


def broken_seats(case, number, tables):
    """Sizes, people twice, absent, unknown or left standing, in one round."""
    broken = Counter(unknown_table=sum(1 for table in tables if table not in case.tables))
    seen = set()
    for table, facts in case.tables.items():
        people = tables.get(table, [])
        broken["size"] += max(0, len(people) - facts["seats_max"], facts["seats_min"] - len(people))
        for person in people:
            if person not in case.people:
                broken["unknown_person"] += 1
            elif person in seen:
                broken["twice"] += 1
            elif number in case.absent.get(person, ()):
                broken["absent"] += 1
            seen.add(person)
    broken["standing"] += sum(1 for person in case.present(number) if person not in seen)
    return broken


def broken_company(case, number, table):
    """Apart, together, pins and needs, in one round; `table` is by person."""
    broken = Counter()
    for first, second in case.apart:
        broken["apart"] += first in table and table.get(first) == table.get(second)
    for group in case.together:
        broken["together"] += max(0, len({table[person] for person in group if person in table}) - 1)
    for person, pinned in case.pins_of(number).items():
        broken["pin"] += person in table and table[person] != pinned
    for person, features in case.needs.items():
        broken["need"] += person in table and not features <= set(case.tables[table[person]]["features"])
    return broken


def meetings(case, rounds):
    """How often each pair has met in the end, earlier meetings included."""
    met = Counter(case.history)
    for tables in rounds:
        for people in tables.values():
            met.update(pair_of(*pair) for pair in combinations(people, 2))
    return met


def even_pairs(people, tables):
    """The fewest pairs at one table when so many people are dealt over so many tables."""
    each, rest = divmod(people, tables)
    return rest * pairs(each + 1) + (tables - rest) * pairs(each)


def pigeonholes(case, rounds, one, two):
    """The fewest pairs of round `one` that meet again in round `two`, whoever sits where.

    Those of a table are at best dealt evenly over the tables of the other round. Who is absent there cannot be met:
    they are taken from the largest tables, where that spares most.
    """
    if not rounds[one] or not rounds[two]:
        return 0
    sizes = [-len(people) for people in rounds[one].values()]
    heapq.heapify(sizes)
    for _ in set(case.present(one)).difference(case.present(two)):
        heapq.heapreplace(sizes, min(0, sizes[0] + 1))
    return sum(even_pairs(-size, len(rounds[two])) for size in sizes)


def repeat_terms(case, rounds):
    """Repeats as they are charged, repeats as people count them, and the bound on the first."""
    met = meetings(case, rounds)
    charged = times = 0
    for pair, count in met.items():
        if pair not in case.wanted:
            before = case.history.get(pair, 0)
            charged += pairs(count) - pairs(before)
            times += max(0, count - 1) - max(0, before - 1)
    # No more than all pairs can meet once; the rest meets again, at best evenly.
    total = sum(met.values()) - sum(case.history.values())
    everyone = pairs(len(case.people))
    each, rest = divmod(total, max(1, everyone))
    spread = rest * each + pairs(each) * everyone
    # A table filled from fewer tables than it has chairs brings people together again.
    holes = sum(max(pigeonholes(case, rounds, *two), pigeonholes(case, rounds, *reversed(two)))
                for two in combinations(range(len(rounds)), 2))
    forced = sum(pairs(met[pair]) for pair in case.wanted)
    return charged, times, max(0, spread - forced, holes - forced)


def attribute_terms(case, rounds, attribute):
    """What an attribute costs, without its weight, and its bound."""
    name, spread = attribute["name"], attribute["kind"] == "spread"
    value = bound = 0.0
    for tables in rounds:
        sizes = [len(people) for people in tables.values()]
        counts = [Counter(case.people[person][name] for person in people) for people in tables.values()]
        room = sum(counts, Counter())
        for word, number in room.items():
            if spread and word == "":
                continue
            if spread:
                value += sum(pairs(count[word]) for count in counts)
                bound += even_pairs(number, len(sizes))
            else:
                share = number / sum(sizes)
                value += sum((count[word] - size * share) ** 2 for count, size in zip(counts, sizes))
                bound += least_squares(number, sizes, share)
    if spread:
        bound = max(bound, forced_colleagues(case, rounds, name))
    return value, bound


def least_squares(number, sizes, share):
    """The least sum of (c - size x share)^2 over whole c with c <= size and sum `number`.

    Adding people one at a time where it costs least is exact, because each term is convex.
    """
    def step(table, count):
        ideal = sizes[table] * share
        return (count + 1 - ideal) ** 2 - (count - ideal) ** 2

    counts = [0] * len(sizes)
    heap = [(step(table, 0), table) for table, size in enumerate(sizes) if size]
    heapq.heapify(heap)
    for _ in range(number):
        _, table = heapq.heappop(heap)
        counts[table] += 1
        if counts[table] < sizes[table]:
            heapq.heappush(heap, (step(table, counts[table]), table))
    return sum((count - size * share) ** 2 for count, size in zip(counts, sizes))


def forced_colleagues(case, rounds, name):
    """Pairs that share a value and are kept together: they cannot be spread."""
    value = {person: row[name] for person, row in case.people.items()}
    same = [pair for pair in case.wanted if value[pair[0]] and value[pair[0]] == value[pair[1]]]
    seated = [set(table_of(case, tables)) for tables in rounds]
    return sum(1 for first, second in same for there in seated if first in there and second in there)


def moved_people(case, rounds):
    """How many seats differ from the previous answer, among those who had one."""
    if not case.previous:
        return 0
    total = 0
    for before, now in zip(case.previous, rounds):
        before, now = table_of(case, before), table_of(case, now)
        total += sum(1 for person, table in now.items() if before.get(person, table) != table)
    return total


def score(case, rounds):
    """Everything about an answer, by name.

    `cost` is the sum of all terms with the broken rules at their weight; `soft` is the same without these.
    `bound` is under `soft`. `met` is the fewest, mean and most others that one person meets in these rounds.
    """
    known = [{table: [person for person in people if person in case.people] for table, people in tables.items()}
             for tables in rounds]
    broken = broken_rules(case, rounds)
    charged, times, least = repeat_terms(case, known)
    moved = moved_people(case, known)
    terms = {"repeats": case.weights["repeat"] * charged}
    bound = case.weights["repeat"] * least
    for attribute in case.attributes:
        value, lowest = attribute_terms(case, known, attribute)
        terms[attribute["name"]] = attribute["weight"] * value
        bound += attribute["weight"] * lowest
    if case.previous:
        terms["moved"] = case.weights["move"] * moved
    soft = sum(terms.values())
    others = defaultdict(set)
    for tables in known:
        for people in tables.values():
            for person in people:
                others[person].update(people)
    met = [max(0, len(others[person] - {person})) for person in case.people]
    hard = sum(broken.values())
    return {
        "case": case.id, "cost": soft + case.weights["hard"] * hard, "soft": soft, "bound": bound, "hard": hard,
        "broken": dict(broken), "repeats": times, "charged": charged, "moved": moved, "terms": terms,
        "met": (min(met), sum(met) / len(met), max(met)) if met else (0, 0, 0),
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.split("\n\n")[1].strip())
    with open(sys.argv[2], encoding="utf-8") as file:
        print(json.dumps(score(Case(sys.argv[1]), json.load(file)["rounds"]), indent=1))


if __name__ == "__main__":
    main()
