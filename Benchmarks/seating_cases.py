#!/usr/bin/env python3
"""Makes seating cases: the large and the well-known ones by name, and others at random. All people are made up.

    seating_cases.py FOLDER [NAME …] [--random N] [--first SEED]

Each case becomes FOLDER/NAME with case.json and participants.csv. The same name or seed gives the same bytes with
any Python: only `random.random()` is drawn from, whose sequence is promised to stay.

Cases at random differ in everything (people, sizes of tables, rounds, attributes, rules, history), so that nothing
is tuned to the named ones. Each can be met: a legal plan was made first, which stands beside it as planted.json.
"""
import argparse
import csv
import json
import os
import random
from itertools import combinations

WEIGHTS = {"hard": 1000, "repeat": 10, "move": 5}


class Chance:
    """Chance that stays the same from one Python to the next."""

    def __init__(self, seed):
        self.next = random.Random(seed).random

    def below(self, count):
        return int(self.next() * count)

    def between(self, least, most):
        return least + self.below(most - least + 1)

    def one(self, things):
        return things[self.below(len(things))]

    def shuffled(self, things):
        things = list(things)
        for place in range(len(things) - 1, 0, -1):
            other = self.below(place + 1)
            things[place], things[other] = things[other], things[place]
        return things

    def weighed(self, things, weights):
        """One of the things, as likely as its weight."""
        point = self.next() * sum(weights)
        for thing, weight in zip(things, weights):
            point -= weight
            if point < 0:
                return thing
        return things[-1]


def ids(count):
    """P001 …, as wide as the last number, at least three."""
    width = max(3, len(str(count)))
    return [f"P{number:0{width}}" for number in range(1, count + 1)]


def table(name, least, most, features=()):
    return {"id": name, "seats_min": least, "seats_max": most, "features": list(features)}


def case(name, title, rounds, tables, attributes=(), **rules):
    """A case without rules but those given."""
    constraints = {"keep_apart": [], "keep_together": [], "pins": [], "needs": {}, "absent": {}}
    history = rules.pop("history", [])
    constraints.update(rules)
    return {
        "id": name, "title": title, "participants": "participants.csv", "attributes": list(attributes),
        "constraints": constraints, "history": history, "weights": WEIGHTS, "rounds": rounds, "tables": tables,
    }


def golfers(groups, size, rounds):
    """Everybody meets as many others as there are to meet: no attributes, no rules."""
    name = f"sg-{groups}-{size}-{rounds}"
    tables = [table(f"T{number + 1}", size, size) for number in range(groups)]
    title = f"{groups} groups of {size}, {rounds} rounds"
    return case(name, title, rounds, tables), [{"id": person} for person in ids(groups * size)]


def organisations(chance, people, count):
    """An organisation for each: every one has somebody, and the first ones have many."""
    numbers = range(1, count + 1)
    weights = [number ** -0.9 for number in numbers]
    drawn = list(numbers) + [chance.weighed(numbers, weights) for _ in range(people - count)]
    return [f"Org{number}" for number in chance.shuffled(drawn)]


def k5000():
    """Like k1000, five times as large: 500 tables of 10, 3 rounds, 800 organisations with a main role each."""
    chance = Chance(5000)
    roles, role_weights = [f"role{number}" for number in range(7)], (25, 20, 12, 14, 6, 8, 15)
    towns = [f"m{number}" for number in range(12)]
    town_weights = (16, 14, 11, 9, 10, 7, 6, 4, 3, 2, 14, 4)
    main, people = {}, []
    for person, organisation in zip(ids(5000), organisations(chance, 5000, 800)):
        usual = main.setdefault(organisation, chance.weighed(roles, role_weights))
        role = usual if chance.next() < 0.7 else chance.weighed(roles, role_weights)
        people.append({"id": person, "role": role, "organisation": organisation,
                       "municipality": chance.weighed(towns, town_weights)})
    tables = [table(f"T{number}", 10, 10, ["step-free"] if number <= 60 else []) for number in range(1, 501)]
    organisation = {row["id"]: row["organisation"] for row in people}
    drawn = iter(chance.shuffled(organisation))

    def pair():
        first, second = next(drawn), next(drawn)
        return [first, second] if organisation[first] != organisation[second] else pair()

    rules = {
        "keep_apart": [pair() for _ in range(150)], "keep_together": [pair() for _ in range(80)],
        "needs": {next(drawn): ["step-free"] for _ in range(100)},
        "pins": [{"person": next(drawn), "table": f"T{500 - number}", "rounds": None} for number in range(50)],
    }
    return case("k5000", "5,000 people, 500 tables of 10, 3 rounds", 3, tables, usual_attributes(), **rules), people


def usual_attributes():
    return [
        {"name": "organisation", "kind": "spread", "weight": 5}, {"name": "role", "kind": "mirror", "weight": 3},
        {"name": "municipality", "kind": "mirror", "weight": 1},
    ]


def movisie_gaps():
    """A series of ten meetings: 112 people registered, 12 of them known to be absent at each."""
    chance = Chance(112)
    roles, weights = ("provider", "official", "client", "volunteer", "researcher"), (35, 25, 15, 15, 10)
    people = [{"id": person, "role": chance.weighed(roles, weights), "organisation": organisation}
              for person, organisation in zip(ids(112), organisations(chance, 112, 38))]
    drawn = iter(chance.shuffled(row["id"] for row in people))
    apart = [[next(drawn), next(drawn)] for _ in range(5)]
    absent = {}
    for round_ in range(10):
        for person in chance.shuffled(row["id"] for row in people)[:12]:
            absent.setdefault(person, []).append(round_)
    tables = [table(f"T{number}", 7, 8) for number in range(1, 14)]
    title = "112 people registered for 10 meetings, 12 absent at each, 13 tables"
    made = case("movisie-gaps", title, 10, tables, usual_attributes()[:2], keep_apart=apart,
                absent=dict(sorted(absent.items())))
    return made, people


class Planted:
    """A case at random with a legal plan: the plan is made first, then rules that it happens to keep."""

    def __init__(self, seed):
        chance = self.chance = Chance(seed)
        self.name = f"random-{seed:03}"
        count = round(10 * 40 ** chance.next())  # 10 … 400, small ones as often as large ones
        self.people, self.rounds = ids(count), chance.between(1, 6)
        size = chance.between(3, min(12, max(3, count // 2)))
        self.tables = [f"T{number + 1}" for number in range(max(2, count // size))]
        self.some = lambda part: chance.below(1 + int(count * part))
        self.absent = self.absences()
        free = iter(chance.shuffled(self.people))
        self.together = [[next(free) for _ in range(min(chance.between(2, 4), size))]
                         for _ in range(chance.below(1 + min(count // 20, len(self.tables))))]
        hosts = min(chance.below(len(self.tables) + 1) if chance.below(2) else 0, count // 4)
        self.hosts = {next(free): table for table in self.tables[:hosts]}
        # A feature stands at the last tables, so that hosts and needs meet only in small cases.
        self.features = {"step-free": chance.between(1, len(self.tables)), "loop": chance.between(1, len(self.tables))}
        self.needs = {}
        for _ in range(min(self.some(0.06), count // 8)):
            self.needs[next(free)] = chance.one((["step-free"], ["loop"], ["step-free", "loop"]))
        self.plan = [self.round(number) for number in range(self.rounds)]

    def absences(self):
        """Who misses which rounds; most are there throughout."""
        chance, absent = self.chance, {}
        if chance.below(2) and len(self.people) >= 20:
            for person in chance.shuffled(self.people)[:self.some(0.15)]:
                missed = [number for number in range(self.rounds) if chance.below(3) == 0]
                if missed:
                    absent[person] = missed
        return absent

    def has(self, table_, features):
        """Whether a table has all these features."""
        return all(self.tables.index(table_) >= len(self.tables) - self.features[feature] for feature in features)

    def round(self, number):
        """One round of the plan: those with rules first, the others where there is most room."""
        chance, seats = self.chance, {table_: [] for table_ in self.tables}
        there = [person for person in self.people if number not in self.absent.get(person, ())]
        left = set(there)

        def seat(people, tables):
            emptiest = min(chance.shuffled(tables), key=lambda table_: len(seats[table_]))
            seats[emptiest] += [person for person in people if person in left]
            left.difference_update(people)

        for person, table_ in self.hosts.items():
            seat([person], [table_])
        for person, features in self.needs.items():
            seat([person], [table_ for table_ in self.tables if self.has(table_, features)])
        for group in self.together:
            seat(group, self.tables)
        for person in chance.shuffled(there):
            if person in left:
                # Now and then a table that is not the emptiest: sizes differ.
                uneven = chance.below(8) == 0
                seat([person], [chance.one(self.tables)] if uneven else self.tables)
        return seats

    def case(self):
        chance = self.chance
        tables = []
        for table_ in self.tables:
            sizes = [len(round_[table_]) for round_ in self.plan]
            features = [feature for feature in self.features if self.has(table_, [feature])]
            least, most = max(0, min(sizes) - chance.below(2)), max(sizes) + chance.below(2)
            tables.append(table(table_, least, max(1, most), features))
        pins = [{"person": person, "table": table_, "rounds": None} for person, table_ in self.hosts.items()]
        pins += self.visits()
        made = case(self.name, f"{len(self.people)} people, {len(tables)} tables, {self.rounds} rounds", self.rounds,
                    tables, self.attributes(), keep_apart=self.apart(), keep_together=self.together, pins=pins,
                    needs=self.needs, absent=self.absent, history=self.history())
        made["weights"] = dict(WEIGHTS, repeat=chance.one((0, 5, 10, 10, 20)))
        return made

    def visits(self):
        """Some are expected at a table in one round only."""
        chance, pins = self.chance, []
        for person in chance.shuffled(self.people)[:self.some(0.03)]:
            number = chance.below(self.rounds)
            seat = [table_ for table_, people in self.plan[number].items() if person in people]
            if seat and person not in self.hosts:
                pins.append({"person": person, "table": seat[0], "rounds": [number]})
        return pins

    def apart(self):
        """Pairs that never share a table in the plan."""
        met = {frozenset(pair) for round_ in self.plan for people in round_.values()
               for pair in combinations(people, 2)}
        pairs = [[self.chance.one(self.people), self.chance.one(self.people)] for _ in range(self.some(0.15))]
        kept = {frozenset(pair): pair for pair in pairs if pair[0] != pair[1] and frozenset(pair) not in met}
        return list(kept.values())

    def history(self):
        """Earlier meetings of the series, in most cases none."""
        chance = self.chance
        if chance.below(3):
            return []
        pairs = {}
        for _ in range(self.some(2)):
            first, second = sorted((chance.one(self.people), chance.one(self.people)))
            if first != second:
                pairs[first, second] = chance.between(1, 3)
        return [[first, second, times] for (first, second), times in sorted(pairs.items())]

    def attributes(self):
        chance = self.chance
        self.columns = [f"column{number + 1}" for number in range(chance.between(0, 5))]
        return [{"name": name, "kind": chance.one(("mirror", "spread")), "weight": chance.between(1, 6)}
                for name in self.columns]

    def rows(self):
        """The participants; values may be empty and have commas, quotes and accents, as people write them."""
        chance, values = self.chance, {}
        for name in self.columns:
            count = chance.between(1, min(40, len(self.people)))
            values[name] = [chance.one(("{}", "Stichting {}, afd. Zorg", 'De "{}"', "Coöperatie {}")).format(number)
                            for number in range(count)]
            if chance.below(2):
                values[name][0] = ""
        weights = {name: [1 / (number + 1) for number in range(len(values[name]))] for name in values}
        return [{"id": person, **{name: chance.weighed(values[name], weights[name]) for name in self.columns}}
                for person in self.people]


NAMED = {
    "movisie-gaps": movisie_gaps, "k5000": k5000, "sg-8-4-8": lambda: golfers(8, 4, 8),
    "sg-8-4-10": lambda: golfers(8, 4, 10), "sg-10-10-10": lambda: golfers(10, 10, 10),
}


def write(folder, made, people):
    """Writes a case and gives its folder."""
    place = os.path.join(folder, made["id"])
    os.makedirs(place, exist_ok=True)
    with open(os.path.join(place, "case.json"), "w", encoding="utf-8") as file:
        json.dump(made, file, indent=1, ensure_ascii=False)
    with open(os.path.join(place, made["participants"]), "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, list(people[0]), lineterminator="\n")
        rows.writeheader()
        rows.writerows(people)
    return place


def write_named(folder, name):
    return write(folder, *NAMED[name]())


def write_random(folder, seed):
    planted = Planted(seed)
    made = planted.case()
    place = write(folder, made, planted.rows())
    with open(os.path.join(place, "planted.json"), "w", encoding="utf-8") as file:
        json.dump({"rounds": planted.plan}, file)
    return place


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMED) + "; without any, all of these")
    arguments.add_argument("--random", type=int, default=0, metavar="N", help="N cases at random")
    arguments.add_argument("--first", type=int, default=1, metavar="SEED", help="the seed of the first of these")
    options = arguments.parse_args()
    unknown = [name for name in options.names if name not in NAMED]
    if unknown:
        arguments.error(f"no case is named {', '.join(unknown)}")
    for name in options.names or ([] if options.random else NAMED):
        print(write_named(options.folder, name))
    for seed in range(options.first, options.first + options.random):
        print(write_random(options.folder, seed))


if __name__ == "__main__":
    main()
