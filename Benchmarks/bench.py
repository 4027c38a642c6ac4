#!/usr/bin/env python3
"""Measures Beraad beside vim, tig and htop, in one run: `make bench`. What and how: docs/SCALE.md.

    bench.py [--quick] [--program FILE] [--in-process FILE]

Always ends well, unless something could not be measured.
"""
import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

import records
from terminal import Program, Unmeasurable

SIZES = ((100, 30), (200, 60))
EVENTS, CONTRIBUTIONS = 5_000, 500
LARGE = ((20_000, 10_000), (200_000, 100_000))  # events, contributions
# Keys that walk through a list far enough to scroll it on the largest screen.
WALK = ["<Down>"] * 150 + ["<Up>"] * 150
TYPING = list("de hulp komt vaak te laat en ") + ["<Backspace>"] * 29

# Beraad's own keys: if they move, this is the place.
TO_CONTRIBUTIONS = ["b"]
TO_NOTE = ["n"]
# A word of its first screen: an item of the agenda.
READY = b"Inloop"


@dataclass
class Peer:
    """A program as it is measured; `setup` is typed before the timed `keys`."""
    name: str
    argv: list
    ready: bytes
    folder: str
    keys: list = field(default_factory=lambda: WALK)
    setup: list = field(default_factory=list)
    starts: list = field(default_factory=list)
    times: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    silent: int = 0
    idle: tuple = (0, 0, 0)
    memory: tuple = (0, 0)


def percentile(values, part):
    if not values:
        raise Unmeasurable("no key was answered")
    return sorted(values)[min(len(values) - 1, round(part / 100 * (len(values) - 1)))]


def peers(beraad, place, repository):
    """Who is measured: Beraad twice (the list, the note), and programs that people know to be quick."""
    text = os.path.join(place, "lines.txt")
    with open(text, "w", encoding="utf-8") as file:
        for number in range(1, 5001):
            file.write(f"{number:05} the quick brown fox jumps over the lazy dog, and again {number % 97}\n")
    run = [beraad, "run", "--language", "nl"]
    return [
        Peer("beraad list", run + [os.path.join(place, "list")], READY, place, setup=TO_CONTRIBUTIONS),
        Peer("beraad note", run + [os.path.join(place, "note")], READY, place, TYPING, TO_NOTE),
        Peer("vim", ["vim", "--clean", "-n", text], b"00001", place),
        Peer("tig", ["tig", "log"], b"Author", repository),
        Peer("htop", ["htop"], b"F10", place, ["<Down>", "<Up>"]),
    ]


def measure(everyone, size, environment, counts):
    """Fills in the figures of all at one size; whatever is repeated is done in turn, A B C D A B C D."""
    for _ in range(counts["starts"]):
        for peer in everyone:
            program = Program(peer.name, peer.argv, size, environment, peer.folder)
            try:
                peer.starts.append(program.first_frame(peer.ready))
            finally:
                program.end()
    running = []
    try:
        for peer in everyone:
            program = Program(peer.name, peer.argv, size, environment, peer.folder)
            running.append((peer, program))
            program.first_frame(peer.ready)
            program.settle()
            for key in peer.setup:
                program.type(key)
                program.settle(0.1)
        for number in range(-10, counts["keys"]):  # ten to warm up
            for peer, program in running:
                program.settle(0.002)
                result = program.time_key(peer.keys[number % len(peer.keys)])
                if number < 0:
                    continue
                if result is None:
                    peer.silent += 1
                else:
                    peer.times.append(result[0])
                    peer.sizes.append(result[1])
        watch(running, counts["idle"])
    finally:
        for _, program in running:
            program.end()


def watch(running, seconds):
    """What all do while nobody touches a key."""
    for _, program in running:
        program.settle(0.1)
    before = [(program.wakeups(), program.cpu(), program.bytes) for _, program in running]
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for _, program in running:
            program.read(0.01)
    for (peer, program), (wakeups, cpu, count) in zip(running, before):
        peer.idle = ((program.wakeups() - wakeups) / seconds, (program.cpu() - cpu) / seconds,
                     (program.bytes - count) / seconds)
        peer.memory = program.memory()


def report(everyone, size):
    """Prints one size's table and returns its figures by name."""
    print(f"\n{size[0]}x{size[1]}, {len(everyone[0].times)} keys and {len(everyone[0].starts)} starts of each, in turn")
    print(f"{'':12} {'start':>8} {'key p50':>9} {'key p99':>9} {'bytes':>7} {'wake-ups':>9} {'cpu idle':>9} "
          f"{'idle':>7} {'memory':>8} {'share':>7}")
    print(f"{'':12} {'ms':>8} {'ms':>9} {'ms':>9} {'/key':>7} {'/s':>9} {'ms/s':>9} {'bytes/s':>7} {'MiB':>8} {'MiB':>7}")
    figures = {}
    for peer in everyone:
        if peer.silent > len(peer.times) / 10 or not peer.times:
            raise Unmeasurable(f"{peer.name} left {peer.silent} keys without an answer")
        figures[peer.name] = (statistics.median(peer.starts), percentile(peer.times, 50), percentile(peer.times, 99),
                              statistics.mean(peer.sizes), *peer.idle, *peer.memory)
        start, p50, p99, count, wakeups, cpu, idle, rss, pss = figures[peer.name]
        print(f"{peer.name:12} {start:8.1f} {p50:9.2f} {p99:9.2f} {count:7.0f} {wakeups:9.1f} {cpu:9.1f} {idle:7.0f} "
              f"{rss:8.1f} {pss:7.1f}")
    for name in ("beraad list", "beraad note"):
        ratios = (figures[name][column] / figures["vim"][column] for column in range(4))
        print(f"{name} / vim: " + ", ".join(
            f"{what} {ratio:.2f}x" for what, ratio in zip(("start", "key p50", "key p99", "bytes"), ratios)))
    return figures


def verdict(what, value, budget, unit):
    """Prints a figure, beside its budget where it has one."""
    words = f" budget {budget:7.2f}   {'met' if value <= budget else 'not met'}" if budget else ""
    print(f"  {what:46} {value:9.2f} {unit:4}{words}")


def budgets(figures):
    print("\nBudgets (docs/SCALE.md)")
    vim, size = figures["vim"], "200x60"
    verdict(f"start with {EVENTS:,} events", figures["beraad list"][0], 25, "ms")
    for name in ("beraad list", "beraad note"):
        verdict(f"{name}, key p50, {size}", figures[name][1], 1, "ms")
        verdict(f"{name}, key p99, {size}", figures[name][2], 5, "ms")
        verdict(f"{name}, key p50 against vim's", figures[name][1] / vim[1], 2, "x")
    verdict("bytes for a moved selection", figures["beraad list"][3], 200, "B")
    verdict("memory", figures["beraad list"][7], 40, "MiB")


def large(beraad, base, original, place, environment, starts):
    """Start and check with large records."""
    print("\nLarge records")
    for events, contributions in LARGE:
        folder = records.write(base, original, os.path.join(place, f"large-{events}"), events, contributions)
        size = os.path.getsize(os.path.join(folder, "record.jsonl")) / 1e6
        times, checks = [], []
        for _ in range(starts):
            program = Program("beraad", [beraad, "run", "--language", "nl", folder], SIZES[0], environment, place)
            try:
                times.append(program.first_frame(READY))
                memory = program.memory()
            finally:
                program.end()
            begin = time.perf_counter()
            subprocess.run([beraad, "check", folder], check=True, stdout=subprocess.DEVNULL, env=environment)
            checks.append(time.perf_counter() - begin)
        start, check = statistics.median(times), statistics.median(checks)
        verdict(f"start with {events:,} events ({size:.1f} MB)", start, 400 if events == 200_000 else None, "ms")
        print(f"  {f'check of {events:,} events':46} {check * 1000:9.1f} ms   ({size / check:.0f} MB/s, the program's start "
              f"included); memory {memory[0]:.0f} MiB")


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "unknown processor")
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{model}, {os.cpu_count()} cores; {platform.system()} {platform.release()}; load {load}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    repository = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    arguments.add_argument("--program", default=os.path.join(repository, ".build/release/beraad"))
    arguments.add_argument("--in-process", help="the built benchmark of what happens within the program")
    arguments.add_argument("--quick", action="store_true", help="fewer repeats and no large records")
    options = arguments.parse_args()
    options.program = os.path.abspath(options.program)  # each program runs in a folder of its own
    counts = {"starts": 5, "keys": 100, "idle": 2} if options.quick else {"starts": 20, "keys": 300, "idle": 5}

    place = tempfile.mkdtemp(prefix="beraad-bench-")
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TMUX")}
    # A home of its own: nobody's settings, and nobody's settings changed (htop writes its own).
    environment.update(TERM="xterm-256color", LC_ALL="C.UTF-8", HOME=place)
    environment.pop("COLUMNS", None), environment.pop("LINES", None)
    try:
        print(machine())
        original = os.path.join(place, "demo")
        base = records.demo(options.program, original)
        for name in ("list", "note"):
            records.write(base, original, os.path.join(place, name), EVENTS, CONTRIBUTIONS)
        for size in SIZES:
            everyone = peers(options.program, place, repository)
            measure(everyone, size, environment, counts)
            figures = report(everyone, size)
        budgets(figures)
        if not options.quick:
            large(options.program, base, original, place, environment, 5)
        if options.in_process:
            for events, contributions in ((EVENTS, CONTRIBUTIONS), *LARGE):
                folder = os.path.join(place, f"large-{events}" if events != EVENTS else "list")
                if not os.path.exists(folder):
                    records.write(base, original, folder, events, contributions)
                subprocess.run([options.in_process, os.path.join(folder, "record.jsonl")], check=True)
    except (Unmeasurable, subprocess.CalledProcessError) as trouble:
        sys.exit(f"bench: {trouble}")
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
