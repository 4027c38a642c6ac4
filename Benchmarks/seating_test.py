"""Tests of what judges the seating: the scorer against figures worked out by hand, and the cases that are made."""
import hashlib
import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import seating_cases  # noqa: E402
import seating_peer  # noqa: E402
from seating_bench import KEPT, Answer, Goal, numbers, table  # noqa: E402
from seating_score import Case, least_squares, score  # noqa: E402


class Small(unittest.TestCase):
    """Cases of a few people, small enough to count by hand."""

    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)

    def case(self, people, sizes, rounds=1, attributes=(), extra=None, features=(), **rules):
        """A case of people A, B … with one column `x`, at tables T1, T2 … of exactly these sizes."""
        tables = [seating_cases.table(f"T{number + 1}", size, size, features if number == 0 else ())
                  for number, size in enumerate(sizes)]
        made = seating_cases.case("small", "small", rounds, tables, attributes, **rules)
        made.update(extra or {})
        rows = [{"id": name, "x": value} for name, value in zip("ABCDEFGH", people)]
        return Case(seating_cases.write(self.place.name, made, rows))

    def score(self, case, *rounds):
        """Rounds as words: "AB CD" has A and B at T1, C and D at T2."""
        return score(case, [{f"T{number + 1}": list(people) for number, people in enumerate(tables.split(" "))}
                            for tables in rounds])


class Repeats(Small):
    def test_each_further_meeting_costs_more(self):
        case = self.case("----", [2, 2], rounds=3)
        # Both pairs meet three times: C2(3) = 3 each, at 10.
        scored = self.score(case, "AB CD", "AB CD", "CD AB")
        self.assertEqual((scored["cost"], scored["repeats"], scored["charged"]), (60, 4, 6))
        self.assertEqual(self.score(case, "AB CD", "AC BD", "AD BC")["cost"], 0)

    def test_earlier_meetings_count_as_met(self):
        # A and B met twice before: C2(3) - C2(2) = 2. C and D met once in all.
        case = self.case("----", [2, 2], history=[["B", "A", 2]])
        scored = self.score(case, "AB CD")
        self.assertEqual((scored["cost"], scored["repeats"]), (20, 1))

    def test_pairs_kept_together_are_excepted(self):
        case = self.case("----", [2, 2], rounds=2, keep_together=[["A", "B"]])
        scored = self.score(case, "AB CD", "AB CD")
        self.assertEqual((scored["cost"], scored["charged"]), (10, 1))

    def test_bound_by_holes(self):
        # Four people at one table twice: six pairs meet again. At two tables of two, nobody needs to.
        self.assertEqual(self.score(self.case("----", [4], rounds=2), "ABCD", "ABCD")["bound"], 60)
        self.assertEqual(self.score(self.case("----", [2, 2], rounds=2), "AB CD", "AB CD")["bound"], 0)
        # A table of three filled from two tables: one pair at least, at each of the two tables.
        self.assertEqual(self.score(self.case("------", [3, 3], rounds=2), "ABC DEF", "ABD CEF")["bound"], 20)

    def test_the_absent_cannot_be_met_again(self):
        # Three at one table and then three, one of them new: only one pair need meet again, not three.
        case = self.case("----", [3], rounds=2, absent={"A": [1], "D": [0]})
        scored = self.score(case, "ABC", "BCD")
        self.assertEqual((scored["cost"], scored["bound"], scored["broken"]), (10, 10, {}))

    def test_others_met(self):
        scored = self.score(self.case("----", [2, 2], rounds=2), "AB CD", "AC BD")
        self.assertEqual(scored["met"], (2, 2, 2))


class Attributes(Small):
    SPREAD = [{"name": "x", "kind": "spread", "weight": 5}]
    MIRROR = [{"name": "x", "kind": "mirror", "weight": 3}]

    def test_spread_counts_pairs(self):
        case = self.case("ppqq", [2, 2], attributes=self.SPREAD)
        self.assertEqual(self.score(case, "AB CD")["cost"], 10)
        self.assertEqual(self.score(case, "AC BD")["cost"], 0)
        # Three of one value at one table are three pairs; over two tables one pair cannot be avoided.
        three = self.score(self.case("pppq", [3, 1], attributes=self.SPREAD), "ABC D")
        self.assertEqual((three["cost"], three["bound"]), (15, 5))

    def test_empty_is_nobodys_when_spread(self):
        self.assertEqual(self.score(self.case(["", "", "p", "p"], [2, 2], attributes=self.SPREAD), "AB CD")["cost"], 5)

    def test_colleagues_kept_together_are_in_the_bound(self):
        case = self.case("ppqr", [2, 2], rounds=2, attributes=self.SPREAD, keep_together=[["A", "B"]])
        # The pair in both rounds is 5 + 5 and cannot be avoided; that C and D meet again, 10, can.
        scored = self.score(case, "AB CD", "AB CD")
        self.assertEqual((scored["cost"], scored["bound"]), (20, 10))

    def test_mirror_squares_what_is_off(self):
        case = self.case("ppqq", [2, 2], attributes=self.MIRROR)
        # Each of four cells is off by one: 4 x 3.
        self.assertEqual(self.score(case, "AB CD")["cost"], 12)
        self.assertEqual(self.score(case, "AC BD")["cost"], 0)

    def test_mirror_with_unequal_tables(self):
        # Share of p is 1/2: at the table of one both cells are off by a half, at that of three also: 4 x 1/4 x 3.
        scored = self.score(self.case("ppqq", [3, 1], attributes=self.MIRROR), "ACD B")
        self.assertAlmostEqual(scored["cost"], 3)
        self.assertAlmostEqual(scored["bound"], 3)

    def test_empty_is_a_value_when_mirrored(self):
        case = self.case(["", "", "p", "p"], [2, 2], attributes=self.MIRROR)
        self.assertEqual(self.score(case, "AB CD")["cost"], 12)

    def test_least_squares(self):
        # Two people over tables of 2, 2 and 2 with share 1/3: 2/3 each; 1, 1, 0 gives 1/9 + 1/9 + 4/9.
        self.assertAlmostEqual(least_squares(2, [2, 2, 2], 1 / 3), 2 / 3)
        self.assertEqual(least_squares(4, [2, 2], 1), 0)


class Rules(Small):
    def broken(self, case, *rounds):
        return self.score(case, *rounds)["broken"]

    def test_legal(self):
        self.assertEqual(self.broken(self.case("----", [2, 2]), "AB CD"), {})

    def test_seats(self):
        case = self.case("----", [2, 2])
        self.assertEqual(self.broken(case, "ABC D"), {"size": 2})
        self.assertEqual(self.broken(case, "AB CA"), {"twice": 1, "standing": 1})
        self.assertEqual(self.broken(case, "AB CZ"), {"unknown_person": 1, "standing": 1})
        self.assertEqual(self.broken(case, "AB"), {"size": 2, "standing": 2})
        self.assertEqual(self.broken(case, "AB CD", "AB CD"), {"rounds": 1})
        self.assertEqual(self.score(case, "ABC D")["cost"], 2000)

    def test_company(self):
        self.assertEqual(self.broken(self.case("----", [2, 2], keep_apart=[["B", "A"]]), "AB CD"), {"apart": 1})
        self.assertEqual(self.broken(self.case("----", [2, 2], keep_together=[["A", "C"]]), "AB CD"), {"together": 1})

    def test_pins_go_by_round(self):
        pin = {"person": "A", "table": "T2", "rounds": [1]}
        self.assertEqual(self.broken(self.case("----", [2, 2], rounds=2, pins=[pin]), "AB CD", "AC BD"), {"pin": 1})
        self.assertEqual(self.broken(self.case("----", [2, 2], rounds=2, pins=[pin]), "AB CD", "CB AD"), {})

    def test_needs(self):
        case = self.case("----", [2, 2], features=["loop"], needs={"C": ["loop"]})
        self.assertEqual(self.broken(case, "AB CD"), {"need": 1})
        self.assertEqual(self.broken(case, "AC BD"), {})

    def test_absent(self):
        case = self.case("-----", [2, 2], absent={"E": [0]})
        self.assertEqual(self.broken(case, "AB CD"), {})
        self.assertEqual(self.broken(case, "AB CE"), {"absent": 1, "standing": 1})

    def test_moved_and_held(self):
        held = [{"T1": ["A", "B"], "T2": ["C", "D"]}, {"T1": ["A", "C"], "T2": ["B", "D"]}]
        with open(os.path.join(self.place.name, "held.json"), "w", encoding="utf-8") as file:
            json.dump({"rounds": held}, file)
        case = self.case("----", [2, 2], rounds=2,
                         extra={"previous": os.path.join(self.place.name, "held.json"), "fixed_rounds": [0]})
        # A and B change places in the second round: two moved, at 5, and nobody meets again.
        scored = self.score(case, "AB CD", "BC AD")
        self.assertEqual((scored["cost"], scored["moved"], scored["broken"]), (10, 2, {}))
        self.assertEqual(self.broken(case, "AC BD", "AC BD"), {"held": 2})


class Cases(unittest.TestCase):
    def made(self, folder, seed):
        place = seating_cases.write_random(folder, seed)
        return place, Case(place)

    def test_cases_at_random_can_be_met(self):
        with tempfile.TemporaryDirectory() as folder:
            for seed in range(1, 121):
                place, case = self.made(folder, seed)
                with open(os.path.join(place, "planted.json"), encoding="utf-8") as file:
                    scored = score(case, json.load(file)["rounds"])
                self.assertEqual(scored["broken"], {}, case.id)
                self.assertGreaterEqual(scored["soft"] + 1e-6, scored["bound"], case.id)

    def test_the_same_name_gives_the_same_bytes(self):
        sums = {}
        for _ in range(2):
            with tempfile.TemporaryDirectory() as folder:
                for place in [seating_cases.write_named(folder, "k5000"), seating_cases.write_random(folder, 7)]:
                    for name in ("case.json", "participants.csv"):
                        with open(os.path.join(place, name), "rb") as file:
                            digest = hashlib.sha256(file.read()).hexdigest()
                        self.assertEqual(sums.setdefault((os.path.basename(place), name), digest), digest)

    def test_named_cases_are_of_their_size(self):
        with tempfile.TemporaryDirectory() as folder:
            large = Case(seating_cases.write_named(folder, "k5000"))
            self.assertEqual(
                [len(part) for part in (large.people, large.tables, large.apart, large.together, large.needs,
                                        large.pins, {row["organisation"] for row in large.people.values()})],
                [5000, 500, 150, 80, 100, 50, 800])
            gaps = Case(seating_cases.write_named(folder, "movisie-gaps"))
            self.assertEqual([len(gaps.present(number)) for number in range(10)], [100] * 10)
            golfers = Case(seating_cases.write_named(folder, "sg-8-4-10"))
            self.assertEqual((len(golfers.people), len(golfers.tables), golfers.rounds), (32, 8, 10))


class Peers(unittest.TestCase):
    def test_sizes_and_start_seat_everybody(self):
        for name in sorted(os.listdir(KEPT)):
            case = Case(os.path.join(KEPT, name))
            sizes = [seating_peer.table_sizes(case, number) for number in range(case.rounds)]
            rounds = [seating_peer.deal(case, number, sizes[number], 1) for number in range(case.rounds)]
            broken = score(case, rounds)["broken"]
            self.assertFalse({"size", "standing", "twice", "absent", "held"} & set(broken), (name, broken))


class Bench(unittest.TestCase):
    def answer(self, **scored):
        usual = {"hard": 0, "soft": 100.0, "bound": 90.0, "moved": 1}
        return Answer("x", 1, 1, 0, 0, scored={**usual, **scored})

    def test_goals(self):
        self.assertTrue(Goal(1, 100).met(self.answer()))
        self.assertFalse(Goal(1, 99).met(self.answer()))
        self.assertFalse(Goal(1, 100).met(self.answer(hard=1)))
        self.assertFalse(Goal(1, 100, moved=1).met(self.answer(moved=2)))
        self.assertTrue(Goal(1, gap=0.12).met(self.answer()))
        self.assertFalse(Goal(1, gap=0.1).met(self.answer()))

    def test_the_worst_has_no_answer_or_breaks_rules(self):
        nothing = Answer("x", 1, 1, 0, 0)
        broken, dear, cheap = self.answer(hard=1, soft=1.0), self.answer(soft=9.0), self.answer(soft=8.0)
        self.assertEqual(sorted([dear, nothing, cheap, broken], key=Answer.badness), [cheap, dear, broken, nothing])

    def test_lists_of_numbers(self):
        self.assertEqual((numbers("1,2.5"), numbers("2-4", int)), ([1, 2.5], [2, 3, 4]))

    def test_table(self):
        row = ["a|b"] + ["1"] * 12
        self.assertIn("| a/b | 1 |", table([row], markdown=True))
        self.assertEqual(len(table([row], markdown=False).splitlines()), 2)


if __name__ == "__main__":
    unittest.main()
