"""The probe, what it tells, and whether a record kept what was acknowledged.

The probe (Tests/RecordProbe) writes a record and says after each acknowledgement: the first N lines are safe, and
chain to this hash. Since a hash stands for all bytes in front of it, that is enough to judge a record byte for byte.
"""
import hashlib
import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

sys.dont_write_bytecode = True  # Beside the checker there is no place for it.
HERE = os.path.dirname(os.path.abspath(__file__))
CHECKER = os.path.join(os.path.dirname(HERE), "RecordTests", "verify-record")
PROGRAM = os.path.join(os.path.dirname(os.path.dirname(HERE)), ".build", "debug", "RecordProbe")
PATIENCE = 60  # seconds after which something hangs


class Broken(Exception):
    """Something that must hold does not."""


class Unable(Exception):
    """This machine cannot do it; why."""


@dataclass
class Story:
    """What a probe told, line by line."""
    lines: list
    code: int = None
    safe: list = field(default_factory=list)  # (number of lines, hash behind them) of the record
    elsewhere: list = field(default_factory=list)  # the same of the file in which it went on
    failed: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    poisoned: list = field(default_factory=list)
    after_failure: int = 0  # acknowledgements for the record that came after a failure

    def __post_init__(self):
        target = self.safe
        for line in self.lines:
            what, _, rest = line.partition(" ")
            if what == "elsewhere":
                target = self.elsewhere
            if what in ("opened", "acknowledged", "elsewhere"):
                count, digest = rest.split(" ")
                target.append((int(count), digest))
                self.after_failure += bool(self.failed) and target is self.safe
            elif what in ("failed", "refused", "poisoned"):
                getattr(self, what).append(rest)

    def word(self, what):
        """The rest of the first line that begins so, or None."""
        return next((line[len(what) + 1:] for line in self.lines if line.startswith(what + " ")), None)


def parse(text, code=None):
    """A story from the probe's output; a line that a kill cut short counts for nothing."""
    return Story(text.split("\n")[:-1], code)


class Running:
    """A probe that runs, alone or under strace; its output goes to a file, which no pipe can hold up."""

    def __init__(self, output, arguments, under=(), **options):
        self.output = output
        with open(output, "w") as out:
            self.process = subprocess.Popen(
                [*under, PROGRAM, *map(str, arguments)], stdin=subprocess.PIPE, stdout=out, stderr=out, **options)

    def story(self):
        with open(self.output, errors="replace") as told:
            return parse(told.read(), self.process.poll())

    def until(self, condition):
        """Waits until the story meets the condition, and returns it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            ended = self.process.poll() is not None
            story = self.story()
            if condition(story):
                return story
            if ended or time.monotonic() > deadline:
                raise Broken(f"the probe {'ended' if ended else 'hangs'}: {story.lines[-3:]}")
            time.sleep(0.002)

    def answer(self):
        """Tells the probe that there may be room now."""
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def end(self):
        """Closes its input, waits for its end and returns the story."""
        try:
            self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Broken(f"the probe hangs: {self.story().lines[-3:]}") from None
        return self.story()

    def pid(self):
        """The probe's own number, also under strace."""
        return int(self.until(lambda story: story.word("pid")).word("pid"))

    def stop(self):
        """Stops the probe (SIGSTOP) and waits until each of its threads stands still."""
        pid = self.pid()
        os.kill(pid, signal.SIGSTOP)
        deadline = time.monotonic() + PATIENCE
        while not all(state in "Tt" for state in thread_states(pid)):
            if time.monotonic() > deadline:
                raise Broken("the probe does not stop")
            time.sleep(0.001)

    def kill(self):
        """Kills the probe (SIGKILL), and waits for its end."""
        if self.process.poll() is None:
            word = self.story().word("pid")
            if word:
                os.kill(int(word), signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdin.close()


def thread_states(pid):
    """A letter for each thread of a process: T or t stands still."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/stat") as stat:
            yield stat.read().rpartition(")")[2].split()[0]


def run(folder, *arguments, **options):
    """Runs a probe to its end and returns its story; its output lies in the folder."""
    return Running(os.path.join(folder, "told"), arguments, **options).end()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def chain(record):
    """The hash behind each whole line, computed from the line's bytes, as far as the lines bear these hashes."""
    digest, found = b"0" * 32, []
    for line in record.split(b"\n")[:-1]:
        digest = hashlib.sha256(digest + line[:-40]).hexdigest()[:32].encode()
        if line[-40:] != b',"h":"' + digest + b'"}':
            break
        found.append(digest.decode())
    return found


def losses(record, safe):
    """What was acknowledged and is not in these bytes: the lines and hashes of `safe` that do not fit."""
    found = chain(record)
    return [f"line {count} was acknowledged and is {'another' if count <= len(found) else 'gone'}"
            for count, digest in safe if found[count - 1:count] != [digest]]


# The independent checker, in this process: to start a Python takes longer than to judge.
loader = SourceFileLoader("verify_record", CHECKER)
checker = module_from_spec(spec_from_loader(loader.name, loader))
loader.exec_module(checker)
checker.print = lambda *_: None
checker.open = lambda path, _: io.BytesIO(read(path))


def check(path):
    """What the independent checker says against a record: nothing, or a list of one."""
    try:
        checker.main(path)
    except SystemExit as verdict:
        return [f"the checker: {verdict}"]
    return []


def survives(path, safe, folder):
    """What is wrong with a record after a fault: lines lost, or a file that does not open, go on or hold together."""
    if not os.path.exists(path):
        return [f"{os.path.basename(path)} is gone"]
    faults = losses(read(path), safe)
    again = run(folder, "open", path, "lines=3")
    if again.code != 0 or len(again.safe) != 4:
        faults.append(f"it does not go on: {again.lines[-2:]}")
    return faults + losses(read(path), safe + again.safe) + check(path)


def needs_control(path, safe):
    """Raises where the judgement is blind: a shorter record, another hash and a flipped bit must count as losses."""
    last = max(safe)[0]
    whole = b"".join(line + b"\n" for line in read(path).split(b"\n")[:last])
    shorter = whole[:whole.rindex(b"\n", 0, -1) + 1] if last > 1 else b""
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:]
    if not losses(shorter, safe):
        raise Broken("a record without its last acknowledged line counts as whole")
    if not losses(flipped, safe):
        raise Broken("a flipped bit counts as what was acknowledged")
    if not losses(whole, safe[:-1] + [(safe[-1][0], "0" * 32)]):
        raise Broken("a line with another hash counts as the one acknowledged")
