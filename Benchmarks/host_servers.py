"""What is measured by host_bench.py: a host, and nginx with nchan; each started on a free port of loopback."""
import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import time

import records

NGINX = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), ".build/nchan")  # scripts/host-peer


class Trouble(Exception):
    """Something could not be measured."""


def processor_time(pids):
    """The seconds of processor time that processes took, all their threads."""
    ticks = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pids):
    """What processes have in memory, KiB; what several share is counted once (PSS)."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
            total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    return total


def free_port():
    with socket.socket() as handle:
        handle.bind(("127.0.0.1", 0))
        return handle.getsockname()[1]


def connect(port, tls):
    """A connection to a server of this machine, whoever it says it is."""
    if not tls:
        return http.client.HTTPConnection("127.0.0.1", port)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection("127.0.0.1", port, context=context)


class Host:
    """`beraad host` on a record in the middle of a day; each device has a pass of its own, got with the join codes."""
    name = "beraad"
    tables = 7  # of the example conference
    note_takers = 28

    def __init__(self, program, place, base, original, events, tls=False):
        self.kind, self.tls = "host+tls" if tls else "host", tls
        self.folder = records.write(base, original, os.path.join(place, f"host-{time.monotonic_ns()}"), events, events // 10)
        environment = dict(os.environ, XDG_STATE_HOME=os.path.join(self.folder, "state"))
        self.process = subprocess.Popen(
            # Only on an address that others can reach it speaks TLS; with that it is at 127.0.0.1, too.
            [program, "host", self.folder, "--address", "0.0.0.0" if tls else "127.0.0.1", "--port", "0", "--language", "en"],
            stdout=subprocess.PIPE, text=True, env=environment)
        self.codes = {}
        for line in self.process.stdout:
            if match := re.match(r"https?://[\d.]+:(\d+)", line):
                self.port = int(match.group(1))
            elif match := re.match(r"  (\w+-\w+)  (.*)", line):
                self.codes[match.group(2)] = match.group(1)
            if "Ctrl-C" in line:
                break
        else:
            raise Trouble("the host did not start")
        self.pids = [self.process.pid]
        self.start_memory = memory(self.pids)
        connection = connect(self.port, self.tls)
        connection.request("GET", "/v1")
        root = f"/v1/conferences/{json.loads(connection.getresponse().read())['conference']}"
        connection.close()
        self.events, self.commands = root + "/events", root + "/commands"

    def let_in(self, devices):
        """Lets devices in and returns the lines of a file of tokens, and how long it took."""
        begin = time.perf_counter()
        lines = []
        connection = connect(self.port, self.tls)
        for number in range(devices):
            body = {"code": self.codes["looking on"]}
            if number < self.note_takers:
                body = {"code": self.codes["note-taker of a table"], "table": number % self.tables + 1}
            connection.request("POST", "/v1/join", json.dumps(body))
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 201:
                raise Trouble(f"a device was not let in: {text}")
            lines.append(f"{json.loads(text)['token']} {body.get('table', 0)}\n")
        connection.close()
        return lines, time.perf_counter() - begin

    def record(self):
        with open(os.path.join(self.folder, "record.jsonl"), "rb") as file:
            return file.read().splitlines()

    def last(self):
        """The mark of the last line."""
        line = json.loads(self.record()[-1])
        return f"{line['seq']}.{line['h'][:8]}"

    def end(self):
        """Ends the host as Ctrl-C does and returns how long that took, in seconds."""
        begin = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Trouble("the host did not end within 30 s") from None
        return time.perf_counter() - begin


class Nchan:
    """nginx with nchan: the fan-out alone, of messages as long as the lines of the record, kept in memory."""
    name = "nchan"
    events, commands = "/sub", "/pub"

    def __init__(self, place, workers, tls=False):
        self.kind = "nchan+tls" if tls else "nchan"
        folder = os.path.join(place, f"nchan-{time.monotonic_ns()}")
        os.mkdir(folder)
        os.chmod(place, 0o711)  # the workers give up root
        self.port = free_port()
        secret = ""
        if tls:
            # P-256, as the host's own certificate.
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                 "/CN=nchan", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"],
                check=True, stderr=subprocess.DEVNULL)
            secret = f"ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;"
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"""load_module {NGINX}/usr/lib/nginx/modules/ngx_nchan_module.so;
worker_processes {workers};
worker_rlimit_nofile 20000;
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 10000; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  tcp_nodelay on;
  keepalive_requests 1000000;
  nchan_shared_memory_size 256M;
  server {{
    listen 127.0.0.1:{self.port}{" ssl" if tls else ""};
    {secret}
    location = /pub {{ nchan_publisher; nchan_channel_id hall; nchan_message_buffer_length 20000; nchan_message_timeout 1h; }}
    location = /sub {{ nchan_subscriber eventsource; nchan_channel_id hall; nchan_eventsource_ping_interval 10; }}
  }}
}}
""")
        self.process = subprocess.Popen([f"{NGINX}/usr/sbin/nginx", "-c", path, "-e", f"{folder}/error.log"], stderr=subprocess.DEVNULL)
        for _ in range(100):
            time.sleep(0.05)
            with socket.socket() as handle:
                if handle.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
        else:
            raise Trouble("nginx with nchan did not start: " + open(f"{folder}/error.log", encoding="utf-8").read())
        time.sleep(0.3)
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="utf-8") as file:
            self.pids = [self.process.pid, *map(int, file.read().split())]
        self.start_memory = memory(self.pids)

    def let_in(self, _):
        return [], 0

    def last(self):
        return "-"

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return 0
