#!/usr/bin/env python3
"""Draws seating cases with Beraad and with its peers, and scores all answers alike: `make bench-seating`.

What is measured and how: docs/SEATING.md. Ends badly when Beraad breaks a hard rule, tells another cost than the
scorer, calls optimal what is not, or gives other bytes for the same seed and count.
"""
import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

import seating_cases
from seating_score import Case, score

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(HERE)
KEPT = os.path.join(REPOSITORY, "Tests", "SeatingTests", "Cases")
MADE = os.path.join(REPOSITORY, ".build", "seating")
LADDER = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)
CENT = 0.01
MARKS = ("<!-- bench-seating: begin -->", "<!-- bench-seating: end -->")


@dataclass
class Goal:
    """What must be reached in so many seconds: a cost, or a part of the bound above the bound."""
    seconds: float
    cost: float = float("inf")
    gap: float = None
    moved: int = None

    def met(self, answer):
        if answer.scored is None or answer.scored["hard"]:
            return False
        limit = self.cost if self.gap is None else answer.scored["bound"] * (1 + self.gap)
        return answer.scored["soft"] <= limit + CENT and (self.moved is None or answer.scored["moved"] <= self.moved)

    def words(self):
        if self.gap is not None:
            return f"bound + {100 * self.gap:g} %"
        moved = "" if self.moved is None else f", {self.moved} moved"
        return ("legal" if self.cost == float("inf") else f"{self.cost:g}") + moved


def nobody_again(seconds=1):
    return [Goal(seconds, 0)]


# The cases in the order in which they are told, with what must be reached.
GOALS = {
    "rogplus": [Goal(1, 152), Goal(10, 150)],
    "broosz": [Goal(1, 221.6)],
    "broosz-reseat": [Goal(0.2, 236.5, moved=1)],
    "movisie": [Goal(1, 490), Goal(10, 482)],
    "movisie-gaps": [],
    "k1000": [Goal(2, 2600)],
    "k5000": [Goal(2), Goal(10, gap=0.007)],
    "kirkman-5-3-7": nobody_again(),
    "sg-7-7-8": nobody_again(),
    "sg-8-4-8": nobody_again(),
    "sg-8-4-9": nobody_again(),
    "sg-8-4-10": nobody_again(),
    "sg-10-10-10": [],
}
USUAL = (1, 10)
QUICK = ("rogplus", "broosz", "broosz-reseat", "kirkman-5-3-7")


@dataclass
class Answer:
    """One run of one solver."""
    solver: str
    seconds: float
    seed: int
    wall: float
    memory: float
    rounds: list = None
    scored: dict = None
    claims: dict = field(default_factory=dict)
    trace: list = field(default_factory=list)
    why: str = ""

    def badness(self):
        """The worse, the larger: no answer, then broken rules, then the cost."""
        if self.scored is None:
            return (2, 0)
        return (int(self.scored["hard"] > 0), self.scored["soft"])


def launch(command, timeout, cores=0):
    """Runs a command: its facts, and what it wrote."""
    place = tempfile.mkdtemp(prefix="beraad-seating-")
    facts, output, errors = (os.path.join(place, name) for name in ("facts", "output", "errors"))
    try:
        subprocess.run([sys.executable, "-I", "-S", os.path.join(HERE, "seating_launch.py"), facts, output, errors,
                        str(timeout), str(cores), *command], check=True)
        with open(facts, encoding="utf-8") as file:
            found = json.load(file)
        with open(output, "rb") as file:
            written = file.read()
        with open(errors, encoding="utf-8", errors="replace") as file:
            said = file.read().strip().splitlines()
        return found, written, said
    finally:
        shutil.rmtree(place, ignore_errors=True)


class Beraad:
    """The program itself, as anyone starts it."""
    name, most_seeds = "Beraad", None

    def __init__(self, program):
        self.program = program
        told = subprocess.run([program, "seat", "--help"], capture_output=True, text=True, check=False).stdout
        self.takes_seconds, self.takes_count = "--seconds" in told, "--count" in told

    def command(self, case, seed):
        command = [self.program, "seat", "--rules", os.path.join(case.folder, "case.json"), "--people",
                   case.people_file, "--seed", str(seed), "--json"]
        return command + (["--previous", case.previous_file] if case.previous_file else [])

    def draw(self, case, seconds, seed):
        timed = ["--seconds", f"{seconds:g}"] if self.takes_seconds else []
        found, written, said = launch(self.command(case, seed) + timed, 10 * seconds + 120)
        answer = Answer(self.name, seconds, seed, found["seconds"], found["memory"])
        if found["code"] != 0:
            answer.why = said[-1] if said else f"ended with {found['code']}"
            return answer
        told = json.loads(written)
        answer.rounds, answer.claims = told["rounds"], told
        return answer

    def same_bytes(self, case, seed, count):
        """Whether one core and two give the same bytes for the same seed and count, or why that is not known."""
        counted = ["--count", str(count)] if self.takes_count and count else []
        if self.takes_seconds and not counted:
            return None
        one, two = (launch(self.command(case, seed) + counted, 300, cores)[1] for cores in (1, 2))
        return one == two


class Peer:
    """A solver that is driven by a script of its own."""
    most_seeds = 1

    def __init__(self, name, python, script):
        self.name, self.python, self.script = name, python, os.path.join(HERE, script)

    def draw(self, case, seconds, seed):
        path = os.path.join(MADE, "answer.json")
        if os.path.exists(path):
            os.remove(path)
        command = [self.python, self.script, case.folder, str(seconds), str(seed), path]
        found, _, said = launch(command, 10 * seconds + 180)
        answer = Answer(self.name, seconds, seed, found["seconds"], found["memory"])
        if not os.path.exists(path):
            answer.why = "took too long" if found["code"] is None else (said[-1] if said else "failed")
            return answer
        with open(path, encoding="utf-8") as file:
            answer.claims = json.load(file)
        answer.rounds, answer.trace = answer.claims["rounds"], answer.claims["trace"]
        answer.why = answer.claims["note"] or "none in time"
        return answer


def peers(python, names):
    """Those that are asked for and installed."""
    known = (("CP-SAT", "seating_cpsat.py", "ortools"), ("Timefold", "seating_timefold.py", "timefold"))
    found = []
    for name, script, module in known:
        if name.lower() not in names:
            continue
        asked = [python, "-c", f"import {module}"]
        if shutil.which(python) and subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            found.append(Peer(name, python, script))
        else:
            print(f"{name} is not installed and is left out.", file=sys.stderr)
    return found


class Bench:
    """All answers to all cases, and what was wrong with ours."""

    def __init__(self, options, solvers):
        self.options, self.solvers = options, solvers
        self.rows, self.faults = [], []

    def run(self, case, goals, seconds):
        """All solvers on one case, each at all seconds."""
        answers = []
        for solver in self.solvers:
            told = []
            for limit in seconds:
                tried = self.tries(solver, case, limit)
                told.append((limit, max(tried, key=Answer.badness), max(one.memory for one in tried),
                             max(one.wall for one in tried)))
                answers += tried
            reached = self.reached(solver, case, goals, answers) if goals else ""
            for limit, worst, memory, wall in told:
                goal = next((goal for goal in reversed(goals) if goal.seconds <= limit), None)
                self.rows.append(self.row(case, worst, memory, wall, goal, reached))
        self.judge(case, answers)
        if not self.options.random:
            self.determinism(case, answers)

    def tries(self, solver, case, seconds):
        """The answers of a solver with each of its seeds."""
        found = []
        for seed in self.options.seeds[:solver.most_seeds]:
            if sys.stderr.isatty():
                print(f"\r\033[K{case.id}: {solver.name}, {seconds:g} s, seed {seed} …", end="", file=sys.stderr)
            answer = solver.draw(case, seconds, seed)
            if answer.rounds:
                answer.scored = score(case, answer.rounds)
            found.append(answer)
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr)
        return found

    def reached(self, solver, case, goals, answers):
        """The time in which the last goal was reached: with every seed for ours, the wall time of the command."""
        goal = goals[-1]
        if isinstance(solver, Peer):
            moments = [moment for answer in answers if answer.solver == solver.name
                       for moment, cost, hard in answer.trace if not hard and cost <= goal.cost + CENT]
            return f"{min(moments):.2f}" if moments and goal.gap is None and goal.moved is None else "-"
        if not solver.takes_seconds or self.options.quick:
            return ""
        for limit in LADDER:
            if limit > max(self.options.seconds or [goal.seconds]):
                break
            tried = self.tries(solver, case, limit)
            answers += tried
            if all(goal.met(answer) for answer in tried):
                return f"{max(answer.wall for answer in tried):.2f}"
        return "-"

    def row(self, case, answer, memory, wall, goal, reached):
        """One line of the table: the worst of the seeds."""
        start = [case.id, answer.solver, f"{answer.seconds:g}"]
        figures = [f"{wall:.2f}", f"{memory:.0f}"]
        if answer.scored is None:
            return start + [f"- ({answer.why})", "", "", "", "", *figures, "", goal.words() if goal else "", reached]
        scored = answer.scored
        proven = scored["soft"] <= scored["bound"] + CENT and not scored["hard"]
        optimal = "yes" if proven or answer.claims.get("optimal") else "no"
        words = f"{goal.words()}: {'met' if goal.met(answer) else 'not met'}" if goal else ""
        bound = max(scored["bound"], answer.claims.get("bound") or 0)
        return start + [f"{scored['soft']:.1f}", f"{bound:.1f}", str(scored["hard"]), str(scored["repeats"]),
                        str(scored["moved"]) if case.previous else "", *figures, optimal, words, reached]

    def judge(self, case, answers):
        """What Beraad says of its own answers must be so."""
        legal = [answer.scored["soft"] for answer in answers if answer.scored and not answer.scored["hard"]]
        for answer in answers:
            if answer.solver != Beraad.name:
                continue
            who = f"{case.id}, {answer.seconds:g} s, seed {answer.seed}"
            if answer.scored is None:
                self.faults.append(f"{who}: no answer: {answer.why}")
                continue
            if answer.scored["hard"]:
                self.faults.append(f"{who}: breaks {answer.scored['broken']}")
            told, bound = answer.claims.get("cost"), answer.claims.get("bound")
            if told is not None and abs(told - answer.scored["soft"]) > CENT:
                self.faults.append(f"{who}: says that it costs {told}, and it costs {answer.scored['soft']:.3f}")
            if bound is not None and legal and bound > min(legal) + CENT:
                self.faults.append(f"{who}: its bound is {bound}, and there is a plan of {min(legal):.3f}")
            if answer.claims.get("optimal") and answer.scored["soft"] > min(legal, default=0) + CENT:
                self.faults.append(f"{who}: says that {answer.scored['soft']:.3f} is optimal, above {min(legal):.3f}")

    def determinism(self, case, answers):
        """The same seed and count, on one core and on two."""
        for solver in self.solvers:
            ours = next((answer for answer in answers if answer.solver == solver.name and answer.rounds), None)
            if isinstance(solver, Beraad) and ours:
                same = solver.same_bytes(case, ours.seed, ours.claims.get("count"))
                if same is False:
                    self.faults.append(f"{case.id}: other bytes on one core than on two, with the same seed and count")


HEAD = ["case", "solver", "s", "cost", "bound", "broken", "repeats", "moved", "wall s", "MiB", "optimal", "goal",
        "reached s"]


def table(rows, markdown):
    """The rows under their heads, in columns, or as Markdown."""
    if markdown:
        lines = [HEAD, ["---"] * len(HEAD), *rows]
        return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in lines)
    lines = [HEAD, *rows]
    widths = [max(len(row[column]) for row in lines) for column in range(len(HEAD))]
    texts = (0, 1, 10, 11)
    return "\n".join("  ".join(
        cell.ljust(width) if column in texts else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths))).rstrip() for row in lines)


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "unknown")
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{model}, {os.cpu_count()} cores; {platform.system()} {platform.release()}; load {load}"


def write_between_marks(path, text):
    """Puts the text in a document, in the place that is kept for it."""
    with open(path, encoding="utf-8") as file:
        document = file.read()
    before, _, rest = document.partition(MARKS[0])
    _, found, after = rest.partition(MARKS[1])
    if not found:
        sys.exit(f"bench-seating: {path} keeps no place between {MARKS[0]} and {MARKS[1]}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{before}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{after}")


def numbers(text, kind=float):
    """1,2,10 or 1-5 as numbers."""
    if kind is int and "-" in text:
        first, last = text.split("-")
        return list(range(int(first), int(last) + 1))
    return [kind(part) for part in text.split(",")]


def folder_of(name):
    """Where a case is: kept in the repository, made now, or a folder given as such."""
    kept = os.path.join(KEPT, name)
    if os.path.isdir(kept):
        return kept
    if name in seating_cases.NAMED:
        return seating_cases.write_named(MADE, name)
    if os.path.isfile(os.path.join(name, "case.json")):
        return name
    sys.exit(f"bench-seating: there is no case {name}; there are: {', '.join(GOALS)}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=numbers, help="for every case, such as 1,2,10; else what its goals say")
    parser.add_argument("--seeds", type=lambda text: numbers(text, int), default=[1, 2, 3, 4, 5],
                        help="the worst of these is told, such as 1-5; peers get the first")
    parser.add_argument("--cases", help="such as rogplus,k5000, or folders with a case of your own")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="N cases at random instead")
    parser.add_argument("--first", type=int, default=1, metavar="SEED", help="the seed of the first of these")
    parser.add_argument("--solvers", default="beraad,cp-sat,timefold", help="who draws")
    parser.add_argument("--quick", action="store_true", help="four small cases, one second, one seed")
    parser.add_argument("--markdown", action="store_true", help="the table as Markdown")
    parser.add_argument("--write", metavar="FILE", help="put the table in this document, between its marks")
    parser.add_argument("--program", default=os.path.join(REPOSITORY, ".build", "release", "beraad"))
    parser.add_argument("--python", default=os.path.join(MADE, "python", "bin", "python"),
                        help="the Python in which the peers are installed")
    options = parser.parse_args()
    if options.quick:
        options.seeds, options.seconds = options.seeds[:1], options.seconds or [1]
    return options


def wanted_cases(options):
    """The folder, the goals and the seconds of each case."""
    if options.random:
        for seed in range(options.first, options.first + options.random):
            yield seating_cases.write_random(MADE, seed), [], options.seconds or [1]
        return
    for name in options.cases.split(",") if options.cases else QUICK if options.quick else GOALS:
        goals = GOALS.get(name, [])
        yield folder_of(name), goals, options.seconds or [goal.seconds for goal in goals] or USUAL


def main():
    options = arguments()
    names = options.solvers.lower().split(",")
    solvers = [Beraad(os.path.abspath(options.program))] if "beraad" in names else []
    solvers += peers(options.python, names)
    os.makedirs(MADE, exist_ok=True)
    bench, lines = Bench(options, solvers), [machine()]
    if any(isinstance(solver, Beraad) and not solver.takes_seconds for solver in solvers):
        lines.append("This Beraad has no --seconds: it stops when it has done its usual effort.")
    for folder, goals, seconds in wanted_cases(options):
        bench.run(Case(folder), goals, seconds)
    lines += ["", table(bench.rows, options.markdown or bool(options.write))]
    print("\n".join(lines))
    if options.write:
        write_between_marks(options.write, "\n".join(lines))
    for fault in bench.faults:
        print(f"bench-seating: {fault}", file=sys.stderr)
    sys.exit(1 if bench.faults else 0)


if __name__ == "__main__":
    main()
