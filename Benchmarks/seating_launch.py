"""Runs one command and tells its wall time and peak memory: a small process, so that only the command is measured.

    seating_launch.py FACTS OUTPUT ERRORS TIMEOUT CORES COMMAND …

A process takes over the peak memory of the one that started it, so the bench itself, which holds whole cases, must
not start what it measures. CORES is how many cores the command may use, or 0 for all. FACTS gets JSON: the
exit code (or null after TIMEOUT seconds), the seconds and the peak in MiB, never below this process's own 10.
"""
import json
import os
import signal
import sys
import time

facts, output, errors, timeout, cores = sys.argv[1:6]
if int(cores):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:int(cores)])
flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, output, flags, 0o644),
         (os.POSIX_SPAWN_OPEN, 2, errors, flags, 0o644)]
begin = time.perf_counter()
child = os.posix_spawnp(sys.argv[6], sys.argv[6:], os.environ, file_actions=files)
late = []
signal.signal(signal.SIGALRM, lambda *_: (late.append(True), os.kill(child, signal.SIGKILL)))
signal.setitimer(signal.ITIMER_REAL, float(timeout))
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - begin
with open(facts, "w", encoding="utf-8") as file:
    code = None if late else os.waitstatus_to_exitcode(status)
    json.dump({"code": code, "seconds": seconds, "memory": usage.ru_maxrss / 1024}, file)
