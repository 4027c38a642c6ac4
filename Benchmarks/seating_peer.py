"""What the peers share: sizes settled beforehand, a dealt start, and how an answer is told."""
import json
import random
import time

from seating_score import Case, score


def table_sizes(case, round_):
    """How many people each table gets in a round: the peers are spared this choice.

    As even as the tables allow; with a previous answer as near to its sizes as can be.
    """
    number = len(case.present(round_))
    least = {name: table["seats_min"] for name, table in case.tables.items()}
    most = {name: table["seats_max"] for name, table in case.tables.items()}
    sizes = dict(least)
    if case.previous:
        there = set(case.present(round_))
        for name, people in case.previous[round_].items():
            sizes[name] = min(most[name], max(least[name], len(there.intersection(people))))
        if round_ in case.fixed:
            return {name: len(case.previous[round_].get(name, [])) for name in sizes}
    else:
        for person, name in case.pins_of(round_).items():
            sizes[name] = max(sizes[name], 1)
    while sum(sizes.values()) < number:
        name = min((name for name in sizes if sizes[name] < most[name]), key=lambda name: sizes[name], default=None)
        if name is None:
            break
        sizes[name] += 1
    while sum(sizes.values()) > number:
        name = max((name for name in sizes if sizes[name] > least[name]), key=lambda name: sizes[name], default=None)
        if name is None:
            break
        sizes[name] -= 1
    return sizes


def allowed(case, round_, person):
    """The tables where the pins and needs let a person sit."""
    pinned = case.pins_of(round_).get(person)
    needs = case.needs.get(person, set())
    return [name for name, table in case.tables.items()
            if (pinned is None or name == pinned) and needs <= set(table["features"])]


def deal(case, round_, sizes, seed):
    """A start for the peers, the hard rules met where that comes easily: those with rules first, the others by value.

    As many people as there are tables make a class, which moves on by its own number each round: tables mirror the
    room at once, and few people meet again.
    """
    names, seats = list(case.tables), {name: [] for name in case.tables}
    before = {person: name for name, people in (case.previous[round_] if case.previous else {}).items()
              for person in people}
    place = {person: set(allowed(case, round_, person)) for person in case.present(round_)}
    apart = {frozenset(pair) for pair in case.apart}

    def fits(unit, name, room):
        enemies = any(frozenset((one, other)) in apart for one in unit for other in seats[name])
        return len(seats[name]) + room <= sizes[name] and not enemies and all(name in place[one] for one in unit)

    for turn, unit in enumerate(units(case, round_, place, before, seed)):
        turn += round_ * (turn // len(names))
        order = names[turn % len(names):] + names[:turn % len(names)]
        if unit[0] in before:
            order.insert(0, before[unit[0]])
        chosen = next((name for name in order if fits(unit, name, len(unit))), None)
        for person in unit:
            free = (name for name in order if len(seats[name]) < sizes[name])
            seats[chosen or next(free)].append(person)
    return seats


def units(case, round_, place, before, seed):
    """Who is seated together, in the order in which they are dealt."""
    there = case.present(round_)
    random.Random(seed).shuffle(there)
    # What the tables should mirror comes first.
    columns = [attribute["name"] for attribute in
               sorted(case.attributes, key=lambda attribute: (attribute["kind"] == "spread", -attribute["weight"]))]
    there.sort(key=lambda person: [case.people[person][column] for column in columns])
    group = {person: [one for one in members if one in place] for members in case.together for person in members}
    found = [group.get(person, [person]) for person in there if group.get(person, [person])[0] == person]
    ruled = {person for pair in case.apart for person in pair}

    def ease(unit):
        free = min(len(place[person]) for person in unit)
        return (free == len(case.tables), unit[0] not in before, -len(unit), free, not ruled.intersection(unit))

    return sorted(found, key=ease)


class Answers:
    """The answers of a peer as they come, each with the seconds since its search began."""

    def __init__(self):
        self.start = time.monotonic()
        self.found = []

    def add(self, rounds, seconds=None):
        self.found.append((time.monotonic() - self.start if seconds is None else seconds, rounds))


def tell(case, answers, path, **facts):
    """Writes the best answer, and when each better one was found."""
    trace, best = [], None
    for seconds, rounds in sorted(answers.found[-200:], key=lambda found: found[0]):
        scored = score(case, rounds)
        key = (scored["hard"] > 0, scored["cost"])
        if best is None or key < best[0]:
            best = (key, rounds)
            trace.append([seconds, scored["cost"], scored["hard"]])
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"rounds": best[1] if best else None, "trace": trace, **facts}, file)


__all__ = ["Answers", "Case", "allowed", "deal", "score", "table_sizes", "tell"]
