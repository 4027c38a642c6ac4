#!/usr/bin/env python3
"""Solves a seating case with OR-tools CP-SAT, two workers: a peer of `make bench-seating`.

    seating_cpsat.py CASE-FOLDER SECONDS SEED ANSWER.json

Two models, each given all the seconds and a dealt plan as a hint, and the better answer of the two counts:

- at once: all rounds in one model, where that stays below a hundred thousand meetings of tables;
- by rounds: one round after the other, each charged for meeting again, the seconds shared evenly.

Hard rules are constraints. Every cost is convex in a number of people (the squares of a mirrored value, the pairs
of a spread one, the pairs that one table has in common with another), so each is written as the sum of its steps,
which is the tightest linear form and needs no product. Costs are thousandths, rounded.
"""
import sys
import time

from ortools.sat.python import cp_model

import seating_peer as peer

SCALE = 1000
LARGEST = {"at once": 100_000, "by rounds": 400_000}


class Model:
    """Rounds of a case as a model; earlier rounds may be settled."""

    def __init__(self, case, rounds, sizes, settled):
        self.case, self.rounds, self.sizes = case, rounds, sizes
        self.model, self.cost, self.chair = cp_model.CpModel(), [], {}
        for round_ in rounds:
            self.seats(round_)
            self.company(round_)
            self.mix(round_)
            self.moves(round_)
        self.history()
        for place, round_ in enumerate(rounds):
            for tables in settled:
                self.meet_again(round_, tables)
            for later in rounds[place + 1:]:
                self.meet_later(round_, later)
        self.model.minimize(sum(self.cost))

    def at(self, person, round_, table):
        """Whether a person sits there: a variable, or 0 where the rules forbid it."""
        return self.chair.get((person, round_, table), 0)

    def seats(self, round_):
        case, model = self.case, self.model
        for person in case.present(round_):
            tables = peer.allowed(case, round_, person)
            if round_ in case.fixed:
                tables = [name for name, people in case.previous[round_].items() if person in people]
            for table in tables:
                self.chair[person, round_, table] = model.new_bool_var("")
            model.add_exactly_one(self.chair[person, round_, table] for table in tables)
        for table, size in self.sizes[round_].items():
            model.add(sum(self.at(person, round_, table) for person in case.present(round_)) == size)

    def company(self, round_):
        case = self.case
        there = set(case.present(round_))
        for table in case.tables:
            for first, second in case.apart:
                if first in there and second in there:
                    self.model.add(self.at(first, round_, table) + self.at(second, round_, table) <= 1)
            for group in case.together:
                group = [person for person in group if person in there]
                for person in group[1:]:
                    self.model.add(self.at(group[0], round_, table) == self.at(person, round_, table))

    def steps(self, total, most, cost):
        """Charges `cost` of a number of people, convex, as the sum of its steps."""
        steps = [round(SCALE * (cost(count + 1) - cost(count))) for count in range(most)]
        taken = [self.model.new_bool_var("") for _ in steps]
        self.model.add(sum(taken) == total)
        self.cost += [step * one for step, one in zip(steps, taken) if step]

    def mix(self, round_):
        case = self.case
        there = case.present(round_)
        for attribute in case.attributes:
            name, weight = attribute["name"], attribute["weight"]
            groups = {}
            for person in there:
                groups.setdefault(case.people[person][name], []).append(person)
            for value, group in groups.items():
                share = len(group) / len(there)
                if attribute["kind"] == "spread" and (value == "" or len(group) == 1):
                    continue
                for table, size in self.sizes[round_].items():
                    total = sum(self.at(person, round_, table) for person in group)
                    most = min(size, len(group))
                    if attribute["kind"] == "spread":
                        self.steps(total, most, lambda count: weight * count * (count - 1) / 2)
                    else:
                        self.steps(total, most, lambda count: weight * (count - size * share) ** 2)

    def moves(self, round_):
        case = self.case
        if case.previous and round_ not in case.fixed:
            for table, people in case.previous[round_].items():
                for person in people:
                    if person in case.present(round_):
                        charge = SCALE * case.weights["move"]
                        self.cost.append(charge - charge * self.at(person, round_, table))

    def again(self, total, most):
        """Charges the pairs among those who meet at two tables of two rounds."""
        weight = self.case.weights["repeat"]
        self.steps(total, most, lambda count: weight * count * (count - 1) / 2)

    def meet_again(self, round_, tables):
        """Against a settled round."""
        for people in tables.values():
            for table, size in self.sizes[round_].items():
                both = [self.at(person, round_, table) for person in people]
                if len(people) > 1:
                    self.again(sum(both), min(size, len(people)))

    def meet_later(self, round_, later):
        """Between two rounds that are both open."""
        there = set(self.case.present(round_)).intersection(self.case.present(later))
        for table, size in self.sizes[round_].items():
            for other, next_size in self.sizes[later].items():
                both = []
                for person in there:
                    one, two = self.at(person, round_, table), self.at(person, later, other)
                    if both_open(one, two):
                        stays = self.model.new_bool_var("")
                        self.model.add(stays >= one + two - 1)
                        both.append(stays)
                self.again(sum(both), min(size, next_size))

    def history(self):
        """Pairs of earlier meetings: each time together again costs as many as they have met before."""
        case = self.case
        for (first, second), times in case.history.items():
            if (first, second) in case.wanted:
                continue
            for round_ in self.rounds:
                again = self.model.new_bool_var("")
                for table in case.tables:
                    one, two = self.at(first, round_, table), self.at(second, round_, table)
                    if both_open(one, two):
                        self.model.add(again >= one + two - 1)
                self.cost.append(SCALE * case.weights["repeat"] * times * again)

    def solve(self, seconds, seed, start, found):
        """The status and the tables of each round; `found` gets every better answer."""
        for (person, round_, table), variable in self.chair.items():
            self.model.add_hint(variable, person in start[round_][table])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.random_seed = seed
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        watcher = Watcher(self, found)
        status = solver.solve(self.model, watcher)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return status == cp_model.OPTIMAL, self.tables(solver)
        return False, None

    def tables(self, solver):
        rounds = {round_: {table: [] for table in self.case.tables} for round_ in self.rounds}
        for (person, round_, table), variable in self.chair.items():
            if solver.boolean_value(variable):
                rounds[round_][table].append(person)
        return rounds


def both_open(one, two):
    """Whether both are variables, rather than the 0 of a forbidden table."""
    return not isinstance(one, int) and not isinstance(two, int)


class Watcher(cp_model.CpSolverSolutionCallback):
    """Passes on each better answer."""

    def __init__(self, model, found):
        super().__init__()
        self.model, self.found = model, found

    def on_solution_callback(self):
        self.found(self.model.tables(self))


def small(case, way):
    """Whether a model stays within what can be built."""
    people, tables = len(case.people), len(case.tables)
    if way == "by rounds":
        return people * tables <= LARGEST[way]
    return people * tables * tables * case.rounds * (case.rounds - 1) // 2 <= LARGEST[way]


def pure(case):
    """Whether nobody has an attribute, a rule, an absence or a past."""
    return not (case.attributes or case.apart or case.together or case.pins or case.needs or case.absent
                or case.history or case.previous)


def at_once(case, sizes, start, seconds, seed):
    model = Model(case, list(range(case.rounds)), sizes, [])
    if pure(case):
        # Everybody is alike, so the first round may as well be the one dealt.
        for (person, round_, table), variable in model.chair.items():
            if round_ == 0:
                model.model.add(variable == (person in start[0][table]))
    answers = peer.Answers()  # building the model is not charged
    optimal, _ = model.solve(seconds, seed, start, lambda rounds: answers.add([rounds[r] for r in sorted(rounds)]))
    return answers, optimal


def by_rounds(case, sizes, start, seconds, seed):
    """One round after another; the seconds not used go to those that follow.

    Where nothing is found in a round's share of the seconds, the round stays as it was dealt.
    """
    answers, settled, left = peer.Answers(), [], seconds
    for round_ in range(case.rounds):
        model = Model(case, [round_], sizes, settled)
        share = left / (case.rounds - round_)
        begin = time.monotonic()
        _, tables = model.solve(share, seed, start, lambda _: None)
        settled.append(tables[round_] if tables else start[round_])
        left -= time.monotonic() - begin
    answers.add(settled, seconds - left)
    return answers


def main():
    folder, seconds, seed, path = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    case = peer.Case(folder)
    sizes = [peer.table_sizes(case, round_) for round_ in range(case.rounds)]
    start = [peer.deal(case, round_, sizes[round_], seed) for round_ in range(case.rounds)]
    both, optimal = peer.Answers(), False
    if small(case, "by rounds"):
        both.add(start, 0)  # it knows the start, so it need never give less
        both.found += by_rounds(case, sizes, start, seconds, seed).found
    if small(case, "at once"):
        answers, optimal = at_once(case, sizes, start, seconds, seed)
        both.found += answers.found
    note = "" if small(case, "by rounds") else "too large a model"
    # The sizes were settled beforehand, so only where they are given is the optimum that of the case.
    given = all(table["seats_min"] == table["seats_max"] for table in case.tables.values())
    peer.tell(case, both, path, optimal=optimal and given, note=note)


if __name__ == "__main__":
    main()
