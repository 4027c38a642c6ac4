"""Part `lock`: a second writer, a child that inherits the descriptor, a holder that is killed."""
import os
import signal
import time

from probe import PATIENCE, Broken, Running, check, needs_control, read, run, survives


class Holder:
    """A probe that has a record open, and perhaps a child, for as long as the block runs."""

    def __init__(self, folder, *words):
        self.record = os.path.join(folder, "record.jsonl")
        if os.path.exists(self.record):
            os.remove(self.record)
        self.probe = Running(os.path.join(folder, "held"), ["create", self.record, "lines=3", "hold", *words])
        self.child = None

    def __enter__(self):
        try:
            story = self.probe.until(lambda story: "holding" in story.lines)
        except Broken:
            self.probe.kill()
            raise
        self.child = story.word("child") and int(story.word("child"))
        return self

    def __exit__(self, *_):
        self.probe.kill()
        self.end_child()

    def end_child(self):
        """Kills the child, whose parent may be gone."""
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            wait_until(lambda: not self.has_file())
        self.child = None

    def has_file(self):
        """Whether the child has the record open."""
        folder = f"/proc/{self.child}/fd"
        try:
            return any(os.readlink(os.path.join(folder, name)) == self.record for name in os.listdir(folder))
        except OSError:
            return False  # It has ended.


def wait_until(condition):
    """Waits until something holds; gives the seconds that it took."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() > start + PATIENCE:
            raise Broken("it never came")
        time.sleep(0.001)
    return time.monotonic() - start


def is_refused(folder, record):
    """Whether a second writer is told that the record is open elsewhere."""
    story = run(folder, "open", record, "lines=1")
    return story.code == 3 and not story.safe and "already open" in " ".join(story.failed)


def second_writer(folder):
    """Refused, by name of the holder, and without a trace in the file."""
    with Holder(folder) as holder:
        before, faults = read(holder.record), []
        for mode, words in (("open", f"process {holder.probe.pid()}"), ("create", "already open"),
                            ("repair", "already open")):
            story = run(folder, mode, holder.record, *([holder.record] if mode == "repair" else []))
            if story.code != 3 or story.safe or words not in " ".join(story.failed):
                faults.append(f"{mode}: not refused, or not in words: {story.lines}")
        holder.probe.stop()
        if not is_refused(folder, holder.record):
            faults.append("a holder that stands still has no lock")
        os.kill(holder.probe.pid(), signal.SIGCONT)
        if read(holder.record) != before:
            faults.append("the refused writers changed the file")
        told = holder.probe.end()
        needs_control(holder.record, told.safe)
        return faults + survives(holder.record, told.safe, folder) + check(holder.record)


def killed_holder(folder, *words):
    """Killed, with a child alive or not, it leaves no lock behind. Gives the faults and the seconds."""
    with Holder(folder, *words) as holder:
        if words and holder.child is None:
            raise Broken("there is no child")
        told = holder.probe.story()
        holder.probe.kill()
        seconds = wait_until(lambda: not is_refused(folder, holder.record))
        if holder.child and not os.path.exists(f"/proc/{holder.child}"):
            raise Broken("the child did not live")
        return survives(holder.record, told.safe, folder), seconds


def closed_with_heir(folder):
    """A child has the descriptor itself: closing gives the lock back all the same."""
    with Holder(folder, "heir") as holder:
        if not holder.has_file():
            raise Broken("the child did not inherit the file")
        told = holder.probe.end()
        return survives(holder.record, told.safe, folder)


def control(folder):
    """A holder killed while a child has the descriptor: that lock stays, and must be seen."""
    with Holder(folder, "heir") as holder:
        holder.probe.kill()
        if not is_refused(folder, holder.record):
            raise Broken("a lock that a child keeps is not seen: the part is blind")
        holder.end_child()
        if is_refused(folder, holder.record):
            raise Broken("the lock outlives everybody")


def lock(folder, quick=False):
    """Who may write, and when."""
    faults = [f"second writer: {fault}" for fault in second_writer(folder)]
    slowest = 0
    for words in [(), ("child",)] * (1 if quick else 5):
        found, seconds = killed_holder(folder, *words)
        slowest = max(slowest, seconds)
        faults += [f"killed holder {' '.join(words)}: {fault}" for fault in found]
    faults += [f"heir: {fault}" for fault in closed_with_heir(folder)]
    control(folder)
    return 5 if quick else 13, faults, f"a lock that a child keeps is seen; free within {slowest * 1000:.0f} ms"
