#!/usr/bin/env python3
"""Measures how fast a record opens and is written, beside peers in the same run: `make bench-record`.

    record_bench.py [--quick] [--only reading|writing] [--program FILE] [--reading FILE] [--writing FILE]
"""
import argparse
import multiprocessing
import os
import tempfile

import reading
import records
import writing


def make(base, path, events):
    """Writes a record of so many events."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(records.extended(base, events, events // 2))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="20,000 events instead of 200,000 and 1,000,000")
    parser.add_argument("--program", default=".build/release/beraad")
    parser.add_argument("--reading", default=".build/benchmarks/release/Reading")
    parser.add_argument("--writing", default=".build/benchmarks/release/Writing")
    parser.add_argument("--only", choices=("reading", "writing"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="beraad-bench-") as place:
        base = records.demo(os.path.abspath(options.program), os.path.join(place, "demo"))
        for events in (20_000,) if options.quick else (200_000, 1_000_000):
            path = os.path.join(place, f"{events}.jsonl")
            # In a process of its own: the system counts the memory of whoever starts a program as the program's, too.
            maker = multiprocessing.Process(target=make, args=(base, path, events))
            maker.start()
            maker.join()
            if options.only != "writing":
                reading.report(os.path.abspath(options.reading), os.path.abspath(options.program), place, path,
                               options.quick)
        if options.only != "reading":
            writing.report(os.path.abspath(options.writing), place, path, options.quick)


if __name__ == "__main__":
    main()
