"""How long a durable append takes, beside bare `write` + `fdatasync`, SQLite and Redis in the same run."""
import contextlib
import os
import shutil
import statistics
import subprocess
import tempfile
import time

BARE, GOING, MANY = "write + fdatasync", "Beraad, one that goes on", "Beraad, 32 appenders"
WAITING = "Beraad, one that waits"
LONG, SQLITE = "Beraad, behind a long record", "SQLite WAL, synchronous=FULL"
REDIS = "Redis XADD, appendfsync always"


def percentile(values, share):
    return values[min(len(values) - 1, int(len(values) * share))]


def first_in_line():
    """What to put in front of a command so that no other program's work enters its times, or nothing."""
    chrt = ["chrt", "-f", "5"]
    allowed = shutil.which("chrt") and subprocess.run([*chrt, "true"], capture_output=True).returncode == 0
    return chrt if allowed else []


@contextlib.contextmanager
def redis(folder, prefix):
    """A Redis server of our own that syncs every append, on a socket in `folder`; None where there is none."""
    program = shutil.which("redis-server")
    if not program and (check := shutil.which("redis-check-rdb")):
        # One program under several names. Debian's package of tools has it without the service.
        program = os.path.join(folder, "redis-server")
        os.symlink(check, program)
    if not program:
        yield None
        return
    place = tempfile.mkdtemp(prefix="redis-", dir=folder)
    socket = os.path.join(place, "socket")
    server = subprocess.Popen(
        [*prefix, program, "--port", "0", "--unixsocket", socket, "--dir", place, "--save", "",
         "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"],
        stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            if os.path.exists(socket) or server.poll() is not None:
                break
            time.sleep(0.05)
        yield socket if os.path.exists(socket) else None
    finally:
        server.terminate()
        server.wait()


def run(program, folder, prefix, appends, long):
    """One run: for each engine its p50 and p99 in microseconds and its rate in appends a second."""
    figures = {}
    with tempfile.TemporaryDirectory(dir=folder) as place, redis(place, prefix) as socket:
        behind = os.path.join(place, "long.jsonl")
        shutil.copyfile(long, behind)
        # Written out before, or the first sync would pay for the copy.
        with open(behind, "rb") as file:
            os.fsync(file)
        command = [*prefix, program, place, "--appends", str(appends), "--behind", behind]
        command += ["--redis", socket] if socket else []
        for line in subprocess.run(command, check=True, text=True, capture_output=True).stdout.splitlines():
            name, count, *values = line.split("\t")
            values = [float(value) for value in values]
            if name in ("open", "bytes"):
                figures[name] = (int(count), *values)
            elif name == MANY:
                figures[name] = (None, None, int(count) / values[0] * 1e6)
            else:
                rate = int(count) / sum(values) * 1e6
                figures[name] = (percentile(values, 0.5), percentile(values, 0.99), rate)
    return figures


def syncs(program, folder, only, appends):
    """How many `fdatasync` calls a number of acknowledged appends takes, or None without strace."""
    if not shutil.which("strace"):
        return None
    with tempfile.TemporaryDirectory(dir=folder) as place:
        counts = os.path.join(place, "counts")
        command = ["strace", "-f", "-qq", "-c", "-e", "trace=fdatasync", "-o", counts, program, place]
        subprocess.run([*command, "--appends", str(appends), "--only", only], check=True)
        with open(counts, encoding="utf-8") as file:
            # share, seconds, microseconds a call, calls, perhaps errors, name
            return next((int(line.split()[3]) for line in file if line.endswith("fdatasync\n")), 0)


def goal(text, figure, holds):
    return f"    {'met ' if holds else 'MISSED'}  {text}: {figure}"


def table(runs, title):
    """The medians of some runs as lines of text, with each goal and whether it is met."""
    def middle(values):
        return statistics.median(values)

    def ratio(which, name, other):
        return middle([one[name][which] / one[other][which] for one in runs])

    lines = [f"\n  {title}", f"    {'':32}{'p50 us':>9}{'p99 us':>9}{'a second':>10}{'p50':>8}{'p99':>8}"]
    for name in (BARE, WAITING, GOING, LONG, SQLITE, REDIS, MANY):
        if name not in runs[0]:
            continue
        rate = middle([one[name][2] for one in runs])
        if name == MANY:
            lines.append(f"    {name:32}{'':18}{rate:10.0f}")
            continue
        p50, p99 = (middle([one[name][which] for one in runs]) for which in (0, 1))
        ratios = "".join(f"{ratio(which, name, BARE):7.2f}x" for which in (0, 1))
        lines.append(f"    {name:32}{p50:9.0f}{p99:9.0f}{rate:10.0f}{ratios}")
    for name in (WAITING, GOING):
        p50, p99 = ratio(0, name, BARE), ratio(1, name, BARE)
        many, sqlite = ratio(2, MANY, name), ratio(2, name, SQLITE)
        lines += [
            f"    {name}:",
            goal("p50 at most 1.3 times that of write + fdatasync", f"{p50:.2f}x", p50 <= 1.3),
            goal("p99 at most 2 times that of write + fdatasync", f"{p99:.2f}x", p99 <= 2),
            goal("32 appenders at least 4 times its rate", f"{many:.1f}x", many >= 4),
            goal("at least the rate of SQLite", f"{sqlite:.2f}x", sqlite >= 1),
        ]
    return lines


def report(program, folder, long, quick=False):
    """Measures and prints everything about writing; `long` is a record to append behind."""
    appends = 500 if quick else 2000
    prefix = first_in_line()
    ways = [(prefix, 1 if quick else 5, "SCHED_FIFO 5: no other program in the way")] if prefix else []
    ways.append(([], 1 if quick else 3, "at the usual priority, beside whatever else runs"))
    for number, (prefix, count, title) in enumerate(ways):
        runs = [run(program, folder, prefix, appends, long) for _ in range(count)]
        if number == 0:
            lines, took = (statistics.median([one["open"][which] for one in runs]) for which in (0, 1))
            print(f"\nWriting lines of {runs[0]['bytes'][0]} bytes, medians of runs of {appends} appends each; "
                  f"the long record has {lines:.0f} lines and opened in {took / 1e6:.2f} s")
            if REDIS not in runs[0]:
                print("  No Redis: there is no redis-server on this machine.")
        print("\n".join(table(runs, f"{title}, {count} runs")))
    print()
    for only, name in (("one", WAITING), ("many", MANY), ("sqlite", SQLITE)):
        count = syncs(program, folder, only, 960)
        if count is None:
            print("  No strace: the syncs are not counted.")
            break
        # Creating a record appends one line before.
        print(f"    {name}: {count} calls of fdatasync for {960 + (only != 'sqlite')} acknowledgements")
