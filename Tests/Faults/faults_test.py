"""Tests of what judges the fault tests: each judgement can fail, and fails on the right thing."""
import hashlib
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import calls  # noqa: E402
from probe import chain, check, losses, needs_control, parse  # noqa: E402


def record(count):
    """A record of so many lines, and what was acknowledged of it line by line."""
    digest, lines, safe = "0" * 32, [], []
    for seq in range(count):
        kind, data = ("record.opened", '{"format":1}') if seq == 0 else ("x.probe", '{"n":%d}' % seq)
        head = (f'{{"seq":{seq},"at":"2026-11-21T12:00:00.000Z","type":"{kind}","by":"host",'
                f'"cmd":"{"a" * 32}","data":{data}')
        digest = hashlib.sha256((digest + head).encode()).hexdigest()[:32]
        lines.append(f'{head},"h":"{digest}"}}\n')
        safe.append((seq + 1, digest))
    return "".join(lines).encode(), safe


class Losses(unittest.TestCase):
    """What was acknowledged against what is there."""

    def setUp(self):
        self.whole, self.safe = record(6)

    def test_a_whole_record_and_a_longer_one_keep_all(self):
        self.assertEqual(losses(self.whole, self.safe), [])
        self.assertEqual(losses(self.whole, self.safe[:2]), [])
        self.assertEqual(losses(self.whole + b'{"seq":6,"at', self.safe), [])
        self.assertEqual(losses(b"", []), [])

    def test_a_line_that_is_gone(self):
        shorter = record(5)[0]
        self.assertEqual(losses(shorter, self.safe), ["line 6 was acknowledged and is gone"])
        self.assertEqual(losses(self.whole[:-1], self.safe), ["line 6 was acknowledged and is gone"])
        self.assertEqual(len(losses(b"", self.safe)), 6)

    def test_any_flipped_bit(self):
        for index in range(len(self.whole)):
            flipped = self.whole[:index] + bytes([self.whole[index] ^ 1]) + self.whole[index + 1:]
            self.assertTrue(losses(flipped, self.safe), index)

    def test_the_chain_is_computed_and_not_read(self):
        self.assertEqual(chain(self.whole), [digest for _, digest in self.safe])
        self.assertEqual(losses(self.whole, [(6, "0" * 32)]), ["line 6 was acknowledged and is another"])
        forged = self.whole.replace(self.safe[5][1].encode(), b"0" * 32)
        self.assertEqual(losses(forged, [(6, "0" * 32)]), ["line 6 was acknowledged and is gone"])

    def test_the_checker_and_the_control(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "record.jsonl")
            for bytes_, good in ((self.whole, True), (self.whole[:-1], False), (self.whole[60:], False)):
                with open(path, "wb") as file:
                    file.write(bytes_)
                self.assertEqual(check(path) == [], good)
            with open(path, "wb") as file:
                file.write(self.whole)
            needs_control(path, self.safe)
            needs_control(path, self.safe[:1])


class Told(unittest.TestCase):
    """What a probe told."""

    def test_lines_before_and_after_a_failure_and_elsewhere(self):
        story = parse("pid 7\nopened 1 aa\nacknowledged 2 bb\nfailed Writing failed: x.\npoisoned y\npoisoned y\n"
                      "elsewhere 2 bb\nacknowledged 3 cc\nclosed\nacknow", 3)
        self.assertEqual(story.safe, [(1, "aa"), (2, "bb")])
        self.assertEqual(story.elsewhere, [(2, "bb"), (3, "cc")])
        self.assertEqual((story.failed, len(story.poisoned)), (["Writing failed: x."], 2))
        self.assertEqual((story.after_failure, story.word("pid"), story.word("child")), (0, "7", None))

    def test_an_acknowledgement_after_a_failure_is_seen(self):
        story = parse("opened 1 aa\nfailed x\npoisoned x\npoisoned x\nacknowledged 2 bb\n", 3)
        self.assertEqual(story.after_failure, 1)
        self.assertTrue(self.judge("EIO", "write", story))

    def test_errors_must_be_loud_final_and_never_synced_again(self):
        elsewhere = "elsewhere 1 aa\nacknowledged 2 bb\nacknowledged 3 cc\nacknowledged 4 dd\nclosed\n"
        loud = parse("opened 1 aa\nfailed x\npoisoned x\npoisoned x\n" + elsewhere, 3)
        self.assertEqual(self.judge("EIO", "write", loud), [])
        self.assertEqual(self.judge("EIO", "fdatasync", loud), [])
        self.assertTrue(self.judge("EIO", "fdatasync", loud, met=["7 fdatasync(5</a>) = -1 EIO"] * 2))
        self.assertTrue(self.judge("EIO", "write", parse("opened 1 aa\nfailed x\npoisoned x\n" + elsewhere, 3)))
        self.assertTrue(self.judge("EIO", "write", parse("opened 1 aa\nfailed x\npoisoned x\npoisoned x\n", 3)))
        self.assertTrue(self.judge("EIO", "write", parse("opened 1 aa\nacknowledged 2 bb\nclosed\n", 0)))
        self.assertTrue(self.judge("EINTR", "fdatasync", parse("opened 1 aa\nclosed\n", 0)))

    def test_only_a_call_cut_short_is_repeated(self):
        quiet = parse("opened 1 aa\nacknowledged 2 bb\nclosed\n", 0)
        self.assertEqual(self.judge("EINTR", "write", quiet), [])
        self.assertTrue(self.judge("EINTR", "write", parse("opened 1 aa\nfailed x\n", 3)))

    @staticmethod
    def judge(error, call, story, met=("7 fdatasync(5</a>) = -1 EIO (INJECTED)",)):
        return calls.judge_error(calls.LIVES[0], call, error, story, met)


if __name__ == "__main__":
    unittest.main()
