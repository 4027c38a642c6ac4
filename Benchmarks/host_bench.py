#!/usr/bin/env python3
"""Measures a host with 100 to 2,000 devices beside nginx with nchan in the same run: `make bench-host`.

    host_bench.py [--quick] [--program FILE] [--load FILE] [--only DEVICESxRATE[:STALLED]] [--rounds N] [--seconds N] [--tls]

What and how: docs/SCALE.md. Always ends well, unless something could not be measured.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import records
from bench import machine, verdict
from host_servers import Host, Nchan, Trouble, memory, processor_time

EVENTS = 2_000  # in the record when the measuring begins
GOAL = (500, 50)
LINE = 325  # bytes of a line with a contribution, measured again in each run of a host


def measure(server, load, devices, rate, seconds, stalled=0, size=LINE):
    """One run: connect, rest, post, end. Returns its figures."""
    lines, joining = server.let_in(max(devices, Host.note_takers))
    with tempfile.NamedTemporaryFile("w", suffix=".tokens") as tokens:
        tokens.writelines(lines)
        tokens.flush()
        generator = subprocess.Popen(
            [load, server.kind, str(server.port), server.events, server.commands, str(devices), str(stalled),
             str(Host.note_takers), str(rate), str(seconds), str(size), server.last(), tokens.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            if generator.stdout.readline() != "ready\n":
                raise Trouble(f"{server.name}: the devices could not connect")
            time.sleep(1)
            idle = memory(server.pids)
            before = processor_time(server.pids)
            generator.stdin.write("go\n")
            generator.stdin.flush()
            line = generator.stdout.readline()
            if not line:
                raise Trouble(f"{server.name}: the load came to nothing")
            processor = processor_time(server.pids) - before
            after = memory(server.pids)
            figures = json.loads(line)
            # The devices are still connected: whoever reads nothing is not to hold the end up.
            end = server.end()
        finally:
            generator.kill()
            generator.wait()
    figures.update(
        devices=devices, rate=rate, stalled=stalled, joining=joining, end=end, processor=processor,
        per_delivery=processor / max(1, figures["deliveries"]) * 1e6, idle=(idle - server.start_memory) / max(1, devices),
        grown=(after - idle) / 1024, memory=after / 1024)
    if isinstance(server, Host):
        written = [line for line in server.record() if b'"text":"@@' in line]
        marks = {line[line.index(b"@@") :][:10] for line in written}
        if not len(marks) == len(written) == figures["acknowledged"]:
            raise Trouble(f"{figures['acknowledged']} commands were answered, the record has {len(written)} of them")
        figures["line"] = round(statistics.mean(map(len, written)))
    return figures


HEAD = f"""
{'':8} {'':14} {'posted → in record, ms':>24} {'posted → seen by all, ms':>26} {'cpu':>8} {'cpu':>6} {'idle':>8} {'load':>7} {'':>6} {'':>6}
{'':8} {'devices x /s':14} {'p50':>8} {'p99':>7} {'worst':>7} {'p50':>10} {'p99':>7} {'worst':>7} {'us/del.':>8} {'cores':>6} {'KiB/dev':>8} {'cores':>7} {'lost':>6} {'order':>6}"""


def row(name, figures):
    case = f"{figures['devices']:,} x {figures['rate']}" + (f" ({figures['stalled']})" if figures["stalled"] else "")
    kept, seen = figures["acknowledged_ms"], figures["seen_ms"]
    print(f"{name:8} {case:14} {kept[0]:8.1f} {kept[1]:7.1f} {kept[2]:7.1f} {seen[0]:10.1f} {seen[1]:7.1f} {seen[2]:7.1f} "
          f"{figures['per_delivery']:8.1f} {figures['processor'] / figures['seconds']:6.2f} {figures['idle']:8.1f} "
          f"{figures['generator_cpu'] / figures['seconds']:7.2f} {figures['lost']:6} {figures['out_of_order']:6}", flush=True)


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main():
    repository = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(repository, ".build/release/beraad"))
    parser.add_argument("--load", default=os.path.join(repository, ".build/benchmarks/host_load"))
    parser.add_argument("--quick", action="store_true", help="the goal's case alone, once, and devices that do not read")
    parser.add_argument("--only", help="one case, such as 500x50 or 2000x50:200 with 200 that do not read")
    parser.add_argument("--rounds", type=int, help="how often the goal's case, or the only one, is measured (3)")
    parser.add_argument("--seconds", type=int, help="how long is posted (10; with devices that do not read 30)")
    parser.add_argument("--tls", action="store_true", help="everything over TLS")
    parser.add_argument("--workers", default="auto", help="the worker processes of nginx (one for each core)")
    options = parser.parse_args()
    seconds = options.seconds or (6 if options.quick else 10)
    rounds = options.rounds or (1 if options.quick or options.only else 3)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        # All that is measured, and what measures it, alike: what else this machine does is to disturb little.
        os.setpriority(os.PRIO_PROCESS, 0, -15)
    except PermissionError:
        print("bench-host: at normal priority, for lack of permission: whatever else runs here disturbs the figures")

    with tempfile.TemporaryDirectory(prefix="beraad-bench-") as place:
        original = os.path.join(place, "demo")
        base = records.demo(os.path.abspath(options.program), original)
        size = LINE

        def both(devices, rate, stalled=0, seconds=seconds, tls=options.tls):
            nonlocal size
            server = Host(options.program, place, base, original, EVENTS, tls)
            host = measure(server, options.load, devices, rate, seconds, stalled)
            row("beraad", host)
            size = host["line"]
            peer = measure(Nchan(place, options.workers, tls), options.load, devices, rate, seconds, stalled, size)
            row("nchan", peer)
            return host, peer

        try:
            print(machine())
            print(HEAD)
            if options.only:
                case, _, stalled = options.only.partition(":")
                devices, rate = map(int, case.split("x"))
                pairs = [both(devices, rate, int(stalled or 0)) for _ in range(rounds)]
            else:
                pairs = [both(*GOAL) for _ in range(rounds)]
                if not options.quick:
                    for devices, rate in ((100, 50), (100, 100), (500, 100), (2_000, 50), (2_000, 100)):
                        both(devices, rate)
            report(pairs)
            if not options.only and not options.tls:
                print("\nOver TLS")
                report([both(*GOAL, tls=True) for _ in range(rounds)])
            if not options.only:
                stalls(both, options.quick)
        except Trouble as trouble:
            sys.exit(f"bench-host: {trouble}")


def report(pairs):
    """The goals for the case that was measured again and again."""
    hosts, peers = zip(*pairs)
    print(f"\n{hosts[0]['devices']} devices, {hosts[0]['rate']} commands a second, {len(pairs)} times, in turn with nchan: median (spread)")
    ratios = [host["per_delivery"] / peer["per_delivery"] for host, peer in pairs]
    print("  cpu per delivery, us: beraad", spread([host["per_delivery"] for host in hosts]) + ", nchan",
          spread([peer["per_delivery"] for peer in peers]) + ", ratio", spread(ratios))
    verdict("posted to seen by all, p99", statistics.median(host["seen_ms"][1] for host in hosts), 50, "ms")
    verdict("cpu per delivery against nchan's", statistics.median(ratios), 2, "x")
    verdict("memory of an idle device", statistics.median(host["idle"] for host in hosts) * 1.024, 60, "kB")
    verdict("events lost or out of order", max(host["lost"] + host["out_of_order"] for host in hosts), 0.5, "")
    print(f"  letting {hosts[0]['devices']} devices in took {hosts[0]['joining']:.2f} s; a line has {hosts[0]['line']} bytes")


def stalls(both, quick):
    """Devices that read nothing beside those that do."""
    print("\nOne in ten devices reads nothing")
    devices, seconds = 2_000, 8 if quick else 30
    host, _ = both(devices, 50, devices // 10, seconds)
    verdict(f"memory grown over {seconds} s of load", host["grown"], None, "MiB")
    verdict("streams of those that read, cut", host["cut"], 0.5, "")
    verdict("from SIGTERM to the end", host["end"], None, "s")


if __name__ == "__main__":
    main()
