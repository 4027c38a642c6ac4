#!/usr/bin/env python3
"""Solves a seating case with Timefold (once OptaPlanner), local search: a peer of `make bench-seating`.

    seating_timefold.py CASE-FOLDER SECONDS SEED ANSWER.json

Everyone's chair in every round is an entity; its table is what is looked for. The search begins at a dealt plan and
swaps tables of two people in one round, so sizes always hold. The other hard rules are its hard score. The soft
score is the cost as pairs: two people who share a table cost what their common values do (for a mirrored value
twice its weight: the squared deviation is that, up to a part that depends on the size of the table alone), and
meeting again. In thousandths, rounded.
"""
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration, EnvironmentMode, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig)
from timefold.solver.domain import (
    PlanningEntityCollectionProperty, PlanningId, PlanningScore, PlanningVariable,
    ProblemFactCollectionProperty, ValueRangeProvider, planning_entity, planning_solution)
from timefold.solver.score import ConstraintCollectors, HardSoftScore, Joiners, constraint_provider

import seating_peer as peer

SCALE = 1000
# Two people of one round change tables; the acceptor and the forager are Timefold's own defaults.
MOVES = """<solver xmlns="https://timefold.ai/xsd/solver">
  <localSearch><swapMoveSelector/></localSearch>
</solver>"""


@dataclass(eq=False)
class Table:
    """A table, the same in every round."""
    id: Annotated[int, PlanningId]
    name: str
    sizes: list  # per round how many sit here


@planning_entity
@dataclass(eq=False)
class Chair:
    """A person in one round."""
    id: Annotated[int, PlanningId]
    person: int
    round: int
    before: str  # the table of the previous answer, or nothing
    group: int  # of those kept together, or -1
    apart: list  # whom they are kept apart from
    pull: int  # what each chair of the table is worth: the part of the squares that is no pair
    past: dict  # how often this person met others before, by person
    repeat: int  # the prices of meeting again and of moving
    move: int
    choice: list  # the numbers of the tables where pins and needs let them sit
    # Of each attribute the number of the value (nobody else's where it is empty and to be spread), and what two
    # people with one value cost. Apart rather than in a list: Timefold turns this into Java, which is quick only
    # where nothing is looked up or taken from around a function.
    v0: int = 0
    v1: int = 0
    v2: int = 0
    v3: int = 0
    v4: int = 0
    v5: int = 0
    p0: int = 0
    p1: int = 0
    p2: int = 0
    p3: int = 0
    p4: int = 0
    p5: int = 0
    table: Annotated[Table | None, PlanningVariable] = None


@planning_solution
@dataclass(eq=False)
class Plan:
    tables: Annotated[list[Table], ProblemFactCollectionProperty, ValueRangeProvider]
    chairs: Annotated[list[Chair], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = None


def chairs(case, tables, start):
    """All chairs of all rounds, at the tables where the start has them."""
    people = {person: number for number, person in enumerate(case.people)}
    apart = {person: [] for person in people}
    for first, second in case.apart:
        apart[first].append(people[second])
        apart[second].append(people[first])
    group = {person: number for number, members in enumerate(case.together) for person in members}
    past = {person: {} for person in people}
    for (first, second), times in case.history.items():
        past[first][people[second]] = past[second][people[first]] = times
    made = []
    for round_ in range(case.rounds):
        seat = {person: name for name, members in start[round_].items() for person in members}
        before = {person: name for name, members in (case.previous[round_] if case.previous else {}).items()
                  for person in members}
        values, pull = values_of(case, round_)
        for person in case.present(round_):
            names = peer.allowed(case, round_, person)
            if round_ in case.fixed:
                names = [before[person]]
            made.append(Chair(
                id=len(made), person=people[person], round=round_, before=before.get(person, ""),
                group=group.get(person, -1), apart=apart[person], pull=pull[person], past=past[person],
                repeat=round(SCALE * case.weights["repeat"]), move=round(SCALE * case.weights["move"]),
                **{f"v{place}": value for place, value in enumerate(values[person])},
                **{f"p{place}": price for place, price in enumerate(prices(case))},
                choice=[tables[name].id for name in names],
                table=tables[seat[person]]))
    return made


def prices(case):
    return [round(SCALE * attribute["weight"] * (1 if attribute["kind"] == "spread" else 2))
            for attribute in case.attributes]


def values_of(case, round_):
    """The values by person as numbers, and what the size of the table is worth to each."""
    there = case.present(round_)
    values, pull = {person: [] for person in there}, {person: 0.0 for person in there}
    for attribute in case.attributes:
        word = {person: case.people[person][attribute["name"]] for person in there}
        count, number = Counter(word.values()), {}
        for place, person in enumerate(there):
            nobody = attribute["kind"] == "spread" and word[person] == ""
            values[person].append(-1 - place if nobody else number.setdefault(word[person], len(number)))
            if attribute["kind"] == "mirror":
                pull[person] += 2 * attribute["weight"] * count[word[person]] / len(there)
    return values, {person: round(SCALE * worth) for person, worth in pull.items()}


VALUES = (lambda chair: chair.v0, lambda chair: chair.v1, lambda chair: chair.v2, lambda chair: chair.v3,
          lambda chair: chair.v4, lambda chair: chair.v5)
PRICES = (lambda one, two: one.p0, lambda one, two: one.p1, lambda one, two: one.p2, lambda one, two: one.p3,
          lambda one, two: one.p4, lambda one, two: one.p5)


def one_table(factory, *joiners):
    """Pairs of people at one table in one round."""
    return factory.for_each_unique_pair(
        Chair, Joiners.equal(lambda chair: chair.round), Joiners.equal(lambda chair: chair.table), *joiners)


def same_value(factory, place):
    return (one_table(factory, Joiners.equal(VALUES[place]))
            .penalize(HardSoftScore.ONE_SOFT, PRICES[place]).as_constraint(f"attribute {place}"))


def misplaced(factory):
    return (factory.for_each(Chair).filter(lambda chair: chair.table.id not in chair.choice)
            .penalize(HardSoftScore.ONE_HARD).as_constraint("pins and needs"))


def apart(factory):
    return (one_table(factory).filter(lambda one, two: two.person in one.apart)
            .penalize(HardSoftScore.ONE_HARD).as_constraint("apart"))


def together(factory):
    return (factory.for_each(Chair).filter(lambda chair: chair.group >= 0)
            .join(factory.for_each(Chair).filter(lambda chair: chair.group >= 0),
                  Joiners.equal(lambda chair: chair.group), Joiners.equal(lambda chair: chair.round),
                  Joiners.less_than(lambda chair: chair.id))
            .filter(lambda one, two: one.table.id != two.table.id)
            .penalize(HardSoftScore.ONE_HARD).as_constraint("together"))


def crowded(factory):
    return (factory.for_each(Chair)
            .group_by(lambda chair: chair.round, lambda chair: chair.table, ConstraintCollectors.count())
            .filter(lambda round_, table, count: count > table.sizes[round_])
            .penalize(HardSoftScore.ONE_HARD, lambda round_, table, count: count - table.sizes[round_])
            .as_constraint("crowded"))


def uneven(factory):
    return (factory.for_each(Chair)
            .reward(HardSoftScore.ONE_SOFT, lambda chair: chair.pull * chair.table.sizes[chair.round])
            .as_constraint("uneven"))


def repeats(factory):
    """Charged for each pair as the sum over meetings of what a further one costs."""
    return (one_table(factory).filter(lambda one, two: one.group < 0 or one.group != two.group)
            .group_by(lambda one, two: one.person * 100000 + two.person,
                      lambda one, two: one.past.get(two.person, 0),
                      lambda one, two: one.repeat, ConstraintCollectors.count_bi())
            .penalize(HardSoftScore.ONE_SOFT, lambda pair, past, price, times:
                      price * (times * (times - 1) // 2 + past * times))
            .as_constraint("repeats"))


def moves(factory):
    return (factory.for_each(Chair).filter(lambda chair: chair.before != "" and chair.table.name != chair.before)
            .penalize(HardSoftScore.ONE_SOFT, lambda chair: chair.move).as_constraint("moves"))


def constraints_of(case):
    """The constraints of a case: only those that it has."""
    wanted = {
        crowded: True, repeats: case.rounds > 1 or case.history, misplaced: case.pins or case.needs,
        apart: case.apart, together: case.together, moves: case.previous,
        uneven: len({table["seats_max"] for table in case.tables.values()}) > 1 or case.absent,
    }

    @constraint_provider
    def constraints(factory):
        made = [constraint(factory) for constraint, needed in wanted.items() if needed]
        return made + [same_value(factory, place) for place in range(len(case.attributes))]

    return constraints


def rounds_of(case, plan, people):
    rounds = [{table: [] for table in case.tables} for _ in range(case.rounds)]
    for chair in plan.chairs:
        rounds[chair.round][chair.table.name].append(people[chair.person])
    return rounds


def solve(case, seconds, seed, sizes, start):
    """The plan found."""
    tables = {name: Table(number, name, [sizes[round_][name] for round_ in range(case.rounds)])
              for number, name in enumerate(case.tables)}
    solver = SolverFactory.create(SolverConfig(
        solution_class=Plan, entity_class_list=[Chair], random_seed=seed, xml_source_text=MOVES,
        environment_mode=EnvironmentMode.NO_ASSERT,
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=constraints_of(case)),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=round(1000 * seconds)))
    )).build_solver()
    # Nobody listens in: telling each better plan to Python costs more than finding it.
    return solver.solve(Plan(list(tables.values()), chairs(case, tables, start)))


def main():
    folder, seconds, seed, path = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    case = peer.Case(folder)
    sizes = [peer.table_sizes(case, round_) for round_ in range(case.rounds)]
    start = [peer.deal(case, round_, sizes[round_], seed) for round_ in range(case.rounds)]
    plan = solve(case, seconds, seed, sizes, start)
    answers = peer.Answers()
    answers.add(rounds_of(case, plan, list(case.people)), seconds)
    peer.tell(case, answers, path, optimal=False, note="")


if __name__ == "__main__":
    main()
