"""Records to measure with: a real demo of Beraad, made longer.

The beginning is what `beraad demo --headless` wrote, up to the middle of the second breakout. Then come
contributions and what people do with them, by a fixed rule, chained as docs/RECORD.md says. The last line lies
a moment back, so that the clocks of the conference run as they do in a hall.
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
from datetime import datetime, timedelta, timezone

AT = re.compile(r'"at":"([^"]+)"')
TEXTS = [
    "Vervoer naar de dagbesteding samen met de buurgemeente regelen",
    "Eén telefoonnummer voor alle vragen over de Wmo, ook ’s avonds",
    "Mantelzorgers willen eerder horen wat er kan; nu komt hulp pas als het niet meer gaat",
    "Laat de wijkverpleegkundige aanschuiven bij het keukentafelgesprek",
    "Minder formulieren: wat de gemeente al weet, vraagt zij niet nog eens",
]


class Chain:
    """Lines in the form of the record, each tied to the one before."""

    def __init__(self):
        self.lines, self.hash = [], "0" * 32

    def add(self, at, rest):
        head = f'{{"seq":{len(self.lines)},"at":"{at}",{rest}'
        self.hash = hashlib.sha256((self.hash + head).encode()).hexdigest()[:32]
        self.lines.append(f'{head},"h":"{self.hash}"}}\n')


def parse(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def demo(beraad, folder):
    """Holds the example conference in `folder` and returns its lines up to the middle of the second breakout."""
    subprocess.run([beraad, "demo", "--headless", "--speed", "0", "--dir", folder], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(os.path.join(folder, "record.jsonl"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    starts = [number for number, line in enumerate(lines) if '"type":"phase.started"' in line]
    second = [number for number in starts if '"phase":"breakout"' in lines[number]][1]
    return lines[: second + (starts[starts.index(second) + 1] - second) // 2]


def happening(number, contributions, ids):
    """The `number`th thing that happens after the demo's own, as the members of its line behind `at`.

    `contributions` is how many there will be; `ids` how many there are.
    """
    table = number % 7 + 1
    text = f"{TEXTS[number % len(TEXTS)]} ({number})"

    def line(event, by, **data):
        payload = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return f'"type":"{event}","by":"{by}","cmd":"{number:032x}","data":{payload}'

    if ids < contributions and number % 2 == 0:
        return line("contribution.added", f"note-{table}", id=f"c{ids + 1}", kind="idea", table=table, text=text)
    which = f"c{number * 7919 % ids + 1}"
    choices = (
        lambda: line("contribution.amended", f"note-{table}", id=which, kind="idea", text=text),
        lambda: line("contribution.shown", "facilitator", id=which, shown=number % 3 == 0),
        lambda: line("help.asked" if number % 2 else "help.answered", f"note-{table}", table=table),
        lambda: line("contribution.themed", "facilitator", id=which, theme=None),
        lambda: line("contribution.amended", f"note-{table}", id=which, kind="idea", text=text),
    )
    return choices[number // 2 % len(choices)]()


def extended(base, events, contributions):
    """A record of `events` lines out of the demo's `base`, as text."""
    ids = sum('"type":"contribution.added"' in line for line in base)
    last = parse(AT.search(base[-1]).group(1))
    end = last + timedelta(minutes=10)
    shift = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(seconds=2) - end
    chain = Chain()
    for line in base[:events]:
        members, at = line[: line.rindex(',"h":"')], AT.search(line).group(1)
        chain.add(stamp(parse(at) + shift), members[members.index('"type":') :])
    for number in range(events - len(chain.lines)):
        at = last + (end - last) * number / events
        rest = happening(number, contributions, ids)
        ids += '"contribution.added"' in rest
        chain.add(stamp(at + shift), rest)
    return "".join(chain.lines)


def write(base, original, folder, events, contributions):
    """Makes a dossier like `original` with a record of `events` events; returns its folder."""
    shutil.copytree(original, folder)
    with open(os.path.join(folder, "record.jsonl"), "w", encoding="utf-8") as file:
        file.write(extended(base, events, contributions))
    return folder
