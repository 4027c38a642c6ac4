"""Gives commands to a host from several devices at once, and does not give up while it is away.

storm.py URL CODE DEVICES COMMANDS. Each device keeps its commands in order, one under way, each under one number
however often it is sent: as a note-taker's laptop does. Prints a line for every 50 answers, and at
the end how many answers came and how many places in the record they name.
"""
import json
import secrets
import sys
import threading
import time
import urllib.error
import urllib.request

url, code, devices, commands = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
deadline = time.monotonic() + 90
answers = []


def ask(path, body, headers=None):
    request = urllib.request.Request(url + path, json.dumps(body).encode(), headers or {})
    with urllib.request.urlopen(request, timeout=5) as reply:
        return json.load(reply)


def device(table):
    passed = ask("/v1/join", {"code": code, "table": table})
    path = f"/v1/conferences/{passed['conference']}/commands"
    for number in range(commands):
        key = secrets.token_hex(16)
        data = {"table": table, "kind": "idea", "text": f"tafel {table} nummer {number}"}
        while time.monotonic() < deadline:
            headers = {"Authorization": f"Bearer {passed['token']}", "Idempotency-Key": key}
            try:
                answers.append(ask(path, {"type": "contribution.add", "data": data}, headers))
                if len(answers) % 50 == 0:
                    print("more", flush=True)
                break
            except urllib.error.HTTPError as error:
                if error.code not in (429, 503):
                    print(error.code, error.read().decode())
                    return
            except OSError:
                pass
            time.sleep(0.05)


threads = [threading.Thread(target=device, args=(table + 1,)) for table in range(devices)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(answers), len({answer["seq"] for answer in answers}))
