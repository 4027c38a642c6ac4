#!/usr/bin/env python3
"""Does to a record on the real system what disks, power and people do to it: `make test-faults`.

    faults.py [--quick] [PART …]     the parts: kill error power device full limit lock; without names all

Each part says how often it tried, what it found, and how it was shown that it can find something. A part that this
machine cannot run says why. Ends with 1 where anything was found. BERAAD_SEED repeats the power cuts of a run.
"""
import argparse
import os
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import calls  # noqa: E402
import disks  # noqa: E402
import locks  # noqa: E402
from probe import PROGRAM, Broken, Unable  # noqa: E402

PARTS = {
    "kill": calls.kill, "error": calls.error, "power": disks.power, "device": disks.device, "full": disks.full,
    "limit": disks.limit, "lock": locks.lock,
}


def run(name, part, quick):
    """Runs a part in a folder of its own; tells the outcome, and gives whether it was good; None: skipped."""
    print(f"{name}: {part.__doc__.splitlines()[0]}", flush=True)
    folder, start = os.path.realpath(tempfile.mkdtemp(prefix="beraad-faults-")), time.monotonic()
    try:
        runs, faults, control = part(folder, quick)
    except Unable as reason:
        print(f"  skipped: {reason}", flush=True)
        return None
    except Broken as fault:
        runs, faults, control = 0, [str(fault)], "none"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for fault in faults[:20]:
        print(f"  ✘ {fault}")
    print(f"  {runs} runs, {len(faults)} faults, {time.monotonic() - start:.0f} s; control: {control}", flush=True)
    return not faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few of each, in seconds")
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"no part named {', '.join(sorted(unknown))}")
    if not os.path.exists(PROGRAM):
        sys.exit(f"{PROGRAM} is not there: make test-faults builds it")
    good = [run(name, PARTS[name], arguments.quick) for name in arguments.parts or PARTS]
    print(f"{good.count(True)} parts hold, {good.count(False)} do not, {good.count(None)} skipped")
    sys.exit(1 if False in good else 0)


if __name__ == "__main__":
    main()
