"""How fast a record is read, beside peers that read the same file in the same run.

Each part runs in a process of its own; of some runs the quickest counts, since whatever else a machine does
makes a run slower and never quicker.
"""
import os
import statistics
import subprocess
import time

from terminal import Program

# A word of the first screen of the example conference: an item of its agenda.
READY = "Inloop".encode()
SIZE = (80, 24)
# Of a peer that takes seconds a part of the file is enough.
PEER_BYTES = 30_000_000


def run(argv, output=subprocess.DEVNULL):
    """Runs a program to its end; returns seconds on the clock, of the processor, and its memory in bytes."""
    begin = time.perf_counter()
    process = subprocess.Popen(argv, stdout=output)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, argv)
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def part(reading, name, path, runs):
    """The quickest run of a part: its seconds, processor seconds, bytes, events and the process's memory."""
    best = None
    for _ in range(runs):
        reader, writer = os.pipe()
        with os.fdopen(reader) as output:
            memory = run([reading, name, path], output=writer)[2]
            os.close(writer)
            seconds, processor, size, events = output.read().split()
        figures = (float(seconds), float(processor), int(size), int(events), memory)
        best = min(best or figures, figures)
    return best


def row(what, seconds, processor, size, events, memory=None):
    tail = f"{memory / 1e6:8.0f} MB" if memory else ""
    print(f"  {what:46}{seconds:8.3f} s{processor:8.3f} s CPU{size / seconds / 1e6:8.0f} MB/s"
          f"{events / seconds / 1e3:8.0f} k events/s{tail}")


def verdict(what, value, goal, unit, at_most=True):
    holds = value <= goal if at_most else value >= goal
    print(f"  {what:46}{value:10.2f} {unit:5} goal {'≤' if at_most else '≥'} {goal:g}: {'met' if holds else 'MISSED'}")


def first_screen(program, path, environment, place, runs):
    """Milliseconds to the first screen of the record played back, in the middle of some starts."""
    times = []
    for _ in range(runs):
        shown = Program("beraad", [program, "replay", "--language", "nl", path], SIZE, environment, place)
        try:
            times.append(shown.first_frame(READY))
        finally:
            shown.end()
    return statistics.median(times)


def report(reading, program, place, path, quick):
    """Measures the record at `path` and prints a table."""
    runs = 1 if quick else 3
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TMUX")}
    environment.update(TERM="xterm-256color", LC_ALL="C.UTF-8", HOME=place)
    figures = {name: part(reading, name, path, runs) for name in ("load", "events", "fold", "check")}
    size, events = figures["load"][2:4]
    print(f"\nReading {events:,} events, {size / 1e6:.0f} MB")
    foundation = part(reading, "foundation", path, 1)
    row("Foundation's JSONDecoder, typed, of 30 MB", *foundation[:4])
    beginning = os.path.join(place, "beginning.jsonl")
    with open(path, "rb") as whole, open(beginning, "wb") as file:
        file.write(whole.read(PEER_BYTES).rsplit(b"\n", 1)[0] + b"\n")
    seconds, processor, _ = run(["jq", "-c", ".type", beginning])
    row("jq -c .type, of 30 MB", seconds, processor, os.path.getsize(beginning), foundation[3])
    row("Beraad: load and verify", *figures["load"])
    row("Beraad: events from the lines", *figures["events"])
    row("Beraad: load, verify and fold", *figures["fold"])
    row("Beraad: check", *figures["check"])
    command = min(run([program, "check", path]) for _ in range(runs))
    row("beraad check, the whole program", command[0], command[1], size, events, command[2])
    screen = first_screen(program, path, environment, place, runs)

    load = size / figures["load"][0]
    verdict("load and verify", load / 1e6, 300, "MB/s", at_most=False)
    verdict("load beside JSONDecoder", load / (foundation[2] / foundation[0]), 8, "times", at_most=False)
    verdict("processor time of a check, for 300 MB", command[1] / size * 300e6, 1, "s")
    if events == 200_000:
        verdict("first screen of a replay", screen, 400, "ms")
    else:
        print(f"  {'first screen of a replay':46}{screen:10.2f} ms")
    if events == 1_000_000:
        verdict("open, verify and fold", figures["fold"][0], 2, "s")
        verdict("memory of it", figures["fold"][4] / 1e6, 800, "MB")
