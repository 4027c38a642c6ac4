"""Parts `power`, `device` and `full`: disks of one's own that lose power, break, or have no room."""
import contextlib
import fcntl
import os
import random
import resource
import struct
import subprocess
import time

from calls import can_trace
from probe import Broken, Running, Unable, check, losses, needs_control, read, run, survives

# _IOR('X', 125, u32) of linux/fs.h; how: without flushing the journal, as when the power goes.
FS_IOC_SHUTDOWN, WITHOUT_FLUSHING = 0x8004587D, 2
FAKED = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync",
         "-e", "inject=fdatasync,fsync:retval=0")


def command(*words):
    """Runs a command of the system; raises where it fails."""
    try:
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Unable(f"{words[0]} is not installed") from None
    if done.returncode != 0:
        raise Unable(f"{' '.join(map(str, words))}: {done.stderr.strip()}")


def needs_root():
    """Raises for who may not mount."""
    if os.geteuid() != 0:
        raise Unable("disks of one's own take root")


@contextlib.contextmanager
def mounted(where, *words):
    """A file system mounted at `where` for as long as the block runs."""
    needs_root()
    os.makedirs(where, exist_ok=True)
    command("mount", *words, where)
    try:
        yield where
    finally:
        try:
            command("umount", where)
        except Unable as reason:
            raise Broken(str(reason)) from None


def image(path, megabytes):
    """An empty ext4 in a file."""
    with open(path, "wb") as file:
        file.truncate(megabytes << 20)
    command("mkfs.ext4", "-q", "-F", path)
    return path


def cut_power(where):
    """Drops all that the file system has not synced."""
    if not os.path.ismount(where):
        raise Broken(f"{where} is no disk of our own")
    folder = os.open(where, os.O_RDONLY)
    try:
        fcntl.ioctl(folder, FS_IOC_SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
    except OSError as error:
        raise Unable(f"this file system cannot be shut down: {error}") from None
    finally:
        os.close(folder)


def power_round(folder, disk, name, safe, wanted, under=()):
    """Writes with 16 appenders that wait for half of their lines, until `wanted` acknowledgements came, and cuts the power.

    Gives all that was acknowledged.
    """
    where = os.path.join(folder, "disk")
    with mounted(where, "-o", "loop", disk):
        record = os.path.join(where, name)
        probe = Running(os.path.join(folder, "told"), [
            "open" if safe else "create", record, "lines=1000000", "appenders=16", "waiting=2"], under=under)
        try:
            probe.until(lambda story: len(story.safe) >= wanted)
            # Stopped first: a sync in flight may otherwise come back with success after the power is gone.
            probe.stop()
            cut_power(where)
        finally:
            probe.kill()
    return safe + probe.story().safe


def power(folder, quick=False):
    """Cuts the power under 16 appenders; a new record in every third round, else the same one goes on."""
    can_trace()
    needs_root()
    seed = int(os.environ.get("BERAAD_SEED") or time.time())
    print(f"  seed {seed}", flush=True)
    chance = random.Random(seed)
    disk, faults, safe = image(os.path.join(folder, "disk.img"), 64), [], []
    rounds, where = 5 if quick else 30, os.path.join(folder, "disk")
    for number in range(rounds):
        if number % 3 == 0:
            safe, name = [], f"record-{number}.jsonl"
        safe = power_round(folder, disk, name, safe, chance.choice((1, 20, 300, 1000)))
        with mounted(where, "-o", "loop", disk):
            record = os.path.join(where, name)
            faults += [f"round {number}, seed {seed}: {fault}" for fault in survives(record, safe, folder)]
            if number == rounds - 1 and not faults:
                needs_control(record, safe)
    return rounds, faults, power_control(folder, disk)


def power_control(folder, disk):
    """The same with syncs that only say so: they must lose, or the cut is none."""
    lost = []
    for number in range(5):
        name = f"faked-{number}.jsonl"
        safe = power_round(folder, disk, name, [], 100, under=FAKED)
        with mounted(os.path.join(folder, "disk"), "-o", "loop", disk) as where:
            record = os.path.join(where, name)
            lost.append(len(losses(read(record) if os.path.exists(record) else b"", safe)))
    if not all(lost):
        raise Broken(f"with faked syncs a power cut loses nothing: {lost}")
    return f"faked syncs lose in {len(lost)} of {len(lost)}: {sum(lost)} acknowledgements"


def device(folder, quick=False):
    """A device that gives EIO: the image lies on a full tmpfs. Syncing again would say all is well (fsyncgate)."""
    can_trace()
    trace, where, under = (os.path.join(folder, name) for name in ("trace", "disk", "under"))
    faults = []
    with mounted(under, "-t", "tmpfs", "-o", "size=14m", "tmpfs"):
        disk = image(os.path.join(under, "disk.img"), 64)
        with mounted(where, "-o", "loop", disk):
            record = os.path.join(where, "record.jsonl")
            traced = ["strace", "-f", "-qq", "-o", trace, "-P", record, "-e", "trace=write,fdatasync,fsync"]
            story = Running(os.path.join(folder, "told"), [
                "create", record, "lines=2000", "bytes=20000", f"elsewhere={folder}/elsewhere.jsonl"],
                under=traced).end()
        calls = [line.split(" ", 1)[1] for line in read(trace).decode().split("\n") if "(" in line]
        bad = [index for index, call in enumerate(calls) if "= -1 EIO" in call]
        if not bad:
            raise Broken(f"the device gave no EIO: {story.lines[-2:]}")
        if bad[0] != len(calls) - 1:
            faults.append(f"it went on after EIO: {calls[bad[0]:]}")
        if story.code != 3 or story.after_failure or len(story.poisoned) < 2:
            faults.append(f"it was not loud, or went on: {story.lines[-3:]}")
        command("mount", "-o", "remount,size=100m", under)
        with mounted(where, "-o", "loop", disk):
            faults += survives(record, story.safe, folder)
            needs_control(record, story.safe)
    elsewhere = os.path.join(folder, "elsewhere.jsonl")
    faults += losses(read(elsewhere), story.safe + story.elsewhere) + check(elsewhere)
    return 1, faults, f"EIO seen after {len(story.safe)} acknowledgements; a cut record is told"


def full(folder, quick=False):
    """Disks without room: one that fills up, and one that is full to the last byte."""
    where = os.path.join(folder, "disk")
    with mounted(where, "-t", "tmpfs", "-o", "size=4m", "tmpfs"):
        faults = nearly_full(folder, where)
    with mounted(where, "-t", "tmpfs", "-o", "size=256k", "tmpfs"):
        faults += wholly_full(folder, where)
    return 2, faults, "cut records are told"


def failure_on(folder, record, story, words):
    """What is wrong with a record whose disk refused a write, and with what was said about it."""
    if not story.failed:
        raise Broken(f"there was room: {story.lines[-2:]}")
    faults = [] if words in story.failed[0] and "another disk" in story.failed[0] else [
        f"the words are not clear: {story.failed[0]}"]
    if story.after_failure or len(story.poisoned) < 2:
        faults.append(f"it went on: {story.lines[-3:]}")
    # Cut back at once to what was acknowledged: a record also for who only reads it.
    faults += check(record) + losses(read(record), story.safe)
    elsewhere = os.path.join(folder, "elsewhere.jsonl")
    faults += losses(read(elsewhere), story.safe + story.elsewhere) + check(elsewhere)
    os.remove(elsewhere)
    needs_control(record, story.safe)
    return faults


def limit(folder, quick=False):
    """`ulimit -f`: EFBIG, and SIGXFSZ, which ends a program that does not expect it."""
    record = os.path.join(folder, "limited.jsonl")
    most = (200_000, resource.RLIM_INFINITY)
    probe = Running(os.path.join(folder, "told"), ["create", record, "lines=100000", "bytes=2000"],
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, most))
    story = probe.end()
    # The limit holds for every file, so that there is no elsewhere; the file is opened again without it.
    if story.code != 3 or not story.failed:
        return 1, [f"it said nothing: {story.code}, {story.lines[-2:]}"], "none"
    faults = [] if "File too large" in story.failed[0] else [f"the words are not clear: {story.failed[0]}"]
    if story.after_failure or len(story.poisoned) < 2:
        faults.append(f"it went on: {story.lines[-3:]}")
    needs_control(record, story.safe)
    return 1, faults + check(record) + survives(record, story.safe, folder), "a cut record is told"


def nearly_full(folder, where):
    """Below 1 MiB the writer takes no more, says so, and goes on by itself when there is room."""
    record = os.path.join(where, "record.jsonl")
    probe = Running(os.path.join(folder, "told"), ["create", record, "lines=2000", "bytes=4000"])
    try:
        story = probe.until(lambda story: story.refused)
        faults = [] if "nearly full" in story.refused[0] and "Free some space" in story.refused[0] else [
            f"the words are not clear: {story.refused[0]}"]
        faults += losses(read(record), story.safe) + check(record)
        command("mount", "-o", "remount,size=64m", where)
        # A refusal asks for a new measurement, after which the next try is taken.
        for _ in range(20):
            known = len(story.safe), len(story.refused)
            probe.answer()
            story = probe.until(lambda story: (len(story.safe), len(story.refused)) != known)
            if len(story.safe) > known[0]:
                break
        story = probe.end()
    finally:
        probe.kill()
    if story.code != 0 or story.failed or max(story.safe)[0] < 2000:
        faults.append(f"it did not go on: {story.code}, {story.lines[-2:]}")
    needs_control(record, story.safe)
    return [f"nearly full: {fault}" for fault in faults + survives(record, story.safe, folder)]


def wholly_full(folder, where):
    """Closing lines may use the last byte; then a write comes back short, and the next one fails."""
    record = os.path.join(where, "record.jsonl")
    story = run(folder, "create", record, "lines=2000", "bytes=900", "closing",
                f"elsewhere={folder}/elsewhere.jsonl")
    faults = failure_on(folder, record, story, "disk is full")
    command("mount", "-o", "remount,size=64m", where)
    return [f"full: {fault}" for fault in faults + survives(record, story.safe, folder)]
