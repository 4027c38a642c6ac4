"""Parts `kill` and `error`: the probe dies before, or is refused, each of its calls to the operating system.

strace counts a call by name and by thread. So each life is gone through call by call, k = 1, 2, 3 … until the k-th
is not reached any more. The writer has a thread of its own: `open` shows it its first write, which in `create` is
the second of its name for the process, and both lives are here.
"""
import itertools
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from probe import PROGRAM, Broken, Running, Unable, check, needs_control, read, run, survives

CALLS = {
    "write": "write", "fdatasync": "fdatasync", "fsync": "fsync", "ftruncate": "ftruncate",
    "openat": "openat", "rename": "?rename,?renameat,?renameat2",
}
SYNCS = ("fdatasync", "fsync")  # after a failure the page cache lies: never again
REPEATED = ("write", "ftruncate", "openat")  # where a signal cut them short
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EINTR")
TORN = b'{"seq":9,"at":"2026-11-21T12:00:0'


@dataclass
class Life:
    """A way to use a record: what stands there before, and what the probe is told to do."""
    name: str
    before: str  # nothing, whole, torn or damaged
    words: tuple
    told_late: bool = False  # a thread that waited may tell what was safe after another told of a failure

    def arguments(self, place):
        """What the probe is told."""
        names = {name: os.path.join(place, name + ".jsonl") for name in ("record", "copy", "elsewhere")}
        return [word.format(**names) for word in self.words]

    def prepare(self, place, model):
        """Lays in the place what stood there before; `model` is a whole record."""
        record = os.path.join(place, "record.jsonl")
        copy = os.path.join(place, "copy.jsonl")
        whole = read(model)
        if self.before == "torn":
            whole += TORN
        elif self.before == "damaged":
            shutil.copy(model, copy)
            middle = len(whole) // 2
            whole = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1:]
        if self.before != "nothing":
            with open(record, "wb") as file:
                file.write(whole)


LIVES = (
    Life("large", "whole", ("open", "{record}", "lines=4", "large")),
    Life("create", "nothing", ("create", "{record}", "lines=4")),
    Life("open", "whole", ("open", "{record}", "lines=4")),
    Life("several", "whole", ("open", "{record}", "lines=8", "appenders=4")),
    Life("waits", "whole", ("open", "{record}", "lines=4", "large", "waiting=1")),
    Life("both", "whole", ("open", "{record}", "lines=8", "appenders=4", "waiting=2"), told_late=True),
    Life("recover", "torn", ("open", "{record}", "lines=2")),
    Life("repair", "damaged", ("repair", "{record}", "{copy}")),
    Life("elsewhere", "whole", ("open", "{record}", "lines=1", "elsewhere={elsewhere}")),
)
QUICK = ("open", "waits", "recover")


class Bench:
    """A folder in which lives are led, with a whole record as the model of what stood there before."""

    def __init__(self, folder):
        self.folder = folder
        self.place = os.path.join(folder, "place")
        self.other = os.path.join(folder, "other")
        self.trace = os.path.join(folder, "trace")
        self.model = os.path.join(folder, "model.jsonl")
        told = run(folder, "create", self.model, "lines=5")
        if told.code != 0 or check(self.model):
            raise Broken(f"the probe cannot write a record: {told.lines}")
        self.safe = told.safe
        needs_control(self.model, self.safe)

    def lead(self, life, call, injected, elsewhere=False):
        """Leads a life with a fault in it; gives the story and the calls that met the fault, or None for no one."""
        for folder in (self.place, self.other):
            shutil.rmtree(folder, ignore_errors=True)
            os.mkdir(folder)
        life.prepare(self.place, self.model)
        arguments = life.arguments(self.place)
        self.elsewhere = os.path.join(self.place, "elsewhere.jsonl")
        if elsewhere and life.name not in ("repair", "elsewhere"):
            self.elsewhere = os.path.join(self.other, "record.jsonl")
            arguments.append(f"elsewhere={self.elsewhere}")
        # Only calls on these names count: neither those on libraries nor those on the standard output.
        names = [name for stem in ("record.jsonl", "elsewhere.jsonl", "copy.jsonl")
                 for name in (stem, stem + ".torn", stem + ".damaged", stem + ".mended")]
        paths = [word for name in ["", *names] for word in ("-P", os.path.join(self.place, name).rstrip("/"))]
        command = ["strace", "-f", "-qq", "-y", "-o", self.trace, *paths, "-e", f"trace={CALLS[call]}",
                   "-e", f"inject={CALLS[call]}:{injected}"]
        story = Running(os.path.join(self.folder, "told"), arguments, under=command).end()
        killed = story.code == -9
        met = [line for line in read(self.trace).decode(errors="replace").split("\n") if "(INJECTED)" in line]
        return story, (["killed"] if killed else met) or None

    def control(self):
        """Fakes every write, and raises where nobody sees that acknowledged lines are lost; gives what was told."""
        life = next(life for life in LIVES if life.name == "open")
        story, _ = self.lead(life, "write", "retval=200:when=1+")
        lost = {fault for fault in self.judge(life, story) if "acknowledged and is gone" in fault}
        if not lost:
            raise Broken("with faked writes nothing is lost")
        return f"faked writes lose {len(lost)} of {len(story.safe) - 1} acknowledged commands"

    def before(self, life):
        """What had been acknowledged when the life began."""
        return self.safe if life.before != "nothing" else []

    def judge(self, life, story):
        """What is wrong with the files after a life that met a fault."""
        record = os.path.join(self.place, "record.jsonl")
        safe = self.before(life) + story.safe
        if life.before == "damaged":
            return self.judge_repair(life)
        if not safe:
            return self.judge_unborn(record)
        faults = survives(record, safe, self.folder)
        if story.elsewhere:
            faults += survives(self.elsewhere, safe + story.elsewhere, self.folder)
        return faults

    def judge_repair(self, life):
        """A repair that broke off left the damaged bytes somewhere, and can be done again."""
        record = os.path.join(self.place, "record.jsonl")
        mended = read(self.model)
        damaged = mended[:len(mended) // 2]
        kept = [read(os.path.join(self.place, name)) for name in os.listdir(self.place)]
        faults = [] if any(bytes_ != mended and bytes_.startswith(damaged) for bytes_ in kept) else [
            "the damaged record was not kept"]
        run(self.folder, *life.arguments(self.place))
        return faults + survives(record, self.safe, self.folder)

    def judge_unborn(self, record):
        """A record of which nobody was told may be there or not; either way the conference can begin."""
        if os.path.exists(record) and b"\n" in read(record):
            return survives(record, [], self.folder)
        again = run(self.folder, "create", record, "lines=2")
        return ([] if again.code == 0 else [f"it cannot be created again: {again.lines}"]) + check(record)


def can_trace():
    """Raises where strace is missing, too old, or not allowed to trace."""
    if not os.path.exists(PROGRAM):
        raise Broken(f"{PROGRAM} is not built")
    try:
        tried = subprocess.run(["strace", "-f", "-qq", "-e", "inject=?rename:error=EIO:when=1", "true"],
                               capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Unable("strace is not installed") from None
    if tried.returncode != 0:
        raise Unable(f"strace may not trace here: {tried.stderr.strip()}")


def each_life(folder, quick, lead):
    """Goes through all lives, as many at a time as there are processors: much of it is waiting for the disk.

    `lead(bench, life)` gives for each run the call that met the fault, and what is wrong in words.
    """
    can_trace()
    lives = [life for life in LIVES if not quick or life.name in QUICK]

    def go(life):
        place = os.path.join(folder, life.name)
        os.mkdir(place)
        return list(lead(Bench(place), life))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [run for found in pool.map(go, lives) for run in found]
    faults = [fault for _, faults in runs for fault in faults]
    missed = set(CALLS) - {call for call, _ in runs}
    if missed and not quick:
        faults.append(f"no life ever calls {', '.join(sorted(missed))}")
    return len(runs), faults, Bench(folder).control()


def kill(folder, quick=False):
    """Kills the probe before each call."""
    def lead(bench, life):
        for call in CALLS:
            for k in range(1, 3 if quick else 1000):
                story, met = bench.lead(life, call, f"signal=KILL:when={k}")
                if not met:
                    break
                yield call, [f"{life.name}, killed before {call} {k}: {fault}" for fault in bench.judge(life, story)]
    return each_life(folder, quick, lead)


def judge_error(life, call, error, story, met):
    """What is wrong with what the probe told, and did, about a call that failed."""
    faults = []
    if error == "EINTR" and call in REPEATED:
        return [] if story.code == 0 and not story.failed else [f"it gave up: {story.failed}"]
    if story.code != 3 or not story.failed:
        faults.append(f"it said nothing: code {story.code}, {story.lines[-2:]}")
    if story.after_failure and not life.told_late:
        faults.append("it acknowledged lines after the failure")
    files = re.findall(r"f\w*sync\(\d+<([^>]*)>", "\n".join(met))
    if call in SYNCS and (not files or len(set(files)) != len(files)):
        faults.append(f"{call} was called again after its failure: {met}")
    # Where a writer stood, its append failed and was tried twice more; then it went on elsewhere.
    if story.safe and life.name != "elsewhere":
        if len(story.poisoned) < 2:
            faults.append(f"a later append was taken: {story.lines[-3:]}")
        if len(story.elsewhere) != 4:
            faults.append(f"it did not go on elsewhere: {story.lines[-3:]}")
    return faults


def error(folder, quick=False):
    """Lets each call fail, once and from then on."""
    def lead(bench, life):
        for call, name in itertools.product(CALLS, ERRORS if not quick else ERRORS[:1]):
            # A signal that comes at every call for ever is no fault that a disk can have.
            for last in ("", "..{}" if name == "EINTR" else "+"):
                for k in range(1, 3 if quick else 1000):
                    when = f"{k}{last.format(k + 9)}"
                    story, met = bench.lead(life, call, f"error={name}:when={when}", elsewhere=True)
                    if not met:
                        break
                    found = judge_error(life, call, name, story, met) + bench.judge(life, story)
                    yield call, [f"{life.name}, {name} at {call} {when}: {fault}" for fault in found]
    return each_life(folder, quick, lead)
