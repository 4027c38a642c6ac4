"""One program on a pseudo-terminal, with what the kernel knows of it."""
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

NAMED = {"<Down>": "\x1b[B", "<Up>": "\x1b[A", "<Tab>": "\t", "<Esc>": "\x1b", "<Backspace>": "\x7f"}
# What arrows are where a program asked for them in application form.
APPLICATION = {"\x1b[B": "\x1bOB", "\x1b[A": "\x1bOA"}
# Questions that programs ask a terminal; without an answer some wait for it.
ANSWERS = ((b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[0c", b"\x1b[?62;22c"), (b"\x1b[>c", b"\x1b[>41;354;0c"),
           (b"\x1b[6n", b"\x1b[1;1R"))


class Unmeasurable(Exception):
    """Something could not be measured."""


class Program:
    """A program in a terminal of `size` (columns, rows), started at once."""

    def __init__(self, name, argv, size, environment, folder):
        self.name, self.bytes, self.recent, self.application = name, 0, b"", False
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        measure = struct.pack("HHHH", size[1], size[0], 0, 0)
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, measure)
            try:
                os.chdir(folder)
                os.execvpe(argv[0], argv, environment)
            except OSError as error:
                os.write(2, f"{argv[0]}: {error}\n".encode())
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, measure)
        self.poller = select.poll()
        self.poller.register(self.fd, select.POLLIN)

    # Output

    def read(self, seconds):
        """The bytes that come within `seconds`, or b''."""
        if not self.poller.poll(max(0, seconds * 1000)):
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        if not data:
            raise Unmeasurable(f"{self.name} ended by itself; its last words: {self.recent[-300:]!r}")
        self.bytes += len(data)
        self.recent = (self.recent + data)[-(1 << 16):]
        if b"\x1b[?1h" in data:
            self.application = True
        for question, answer in ANSWERS:
            if question in data:
                os.write(self.fd, answer)
        return data

    def settle(self, quiet=0.05, limit=3.0):
        """Reads until nothing came for `quiet` seconds."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.read(quiet):
            pass

    def first_frame(self, ready):
        """Milliseconds from the start to the end of the frame in which `ready` is."""
        limit = self.started + 20
        last = None
        while time.perf_counter() < limit:
            data = self.read(0.02 if last else 0.5)
            if data and (last or ready in self.recent):
                last = time.perf_counter()
            elif last:
                return (last - self.started) * 1000
        raise Unmeasurable(f"{self.name}: {ready!r} never came; the end of what did: {self.recent[-300:]!r}")

    # Keys

    def type(self, key):
        key = NAMED.get(key, key)
        os.write(self.fd, (APPLICATION.get(key, key) if self.application else key).encode())

    def time_key(self, key, quiet=0.005, limit=1.0):
        """(milliseconds until the last byte that `key` caused, bytes), or None where nothing came."""
        before, begin, last = self.bytes, time.perf_counter(), None
        self.type(key)
        while time.perf_counter() < begin + limit:
            if self.read(quiet if last else 0.25):
                last = time.perf_counter()
            elif last:
                return (last - begin) * 1000, self.bytes - before
        return None

    # What the kernel knows

    def wakeups(self):
        """How often its threads went to sleep by themselves, and so were woken."""
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/status", encoding="utf-8") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("voluntary_ctxt"))
        return total

    def cpu(self):
        """The milliseconds of processor time it used, to a clock tick (10 ms)."""
        with open(f"/proc/{self.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """(resident, proportional share) in MiB."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="utf-8") as file:
            sizes = {line.split()[0]: int(line.split()[1]) for line in file if line.endswith("kB\n")}
        return sizes["Rss:"] / 1024, sizes["Pss:"] / 1024

    def end(self):
        """Ends it at once: some ask or wait when they are told to leave, and nothing of it is kept."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)
