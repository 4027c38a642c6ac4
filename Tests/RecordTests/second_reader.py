#!/usr/bin/env python3
"""Read a record by the words of docs/RECORD.md alone, and print the main part of its state as JSON.

    second_reader.py FILE                 print the state after the last line
    second_reader.py FILE STATE.json      compare it with what `beraad replay --state` printed; exit 1 where it differs

A second implementation, to show that the page says enough. It reads lines as they stand and does not check them:
verify-record does that. Left out are the clocks, the forecast of the day, who was heard, and the mixing rules.
"""
import copy, json, sys

REMEMBERED = 200  # commands that can be undone
GROUP_COLUMNS = {"groep", "group", "geleding", "doelgroep", "stakeholder"}


class Conference:
    def __init__(self):
        self.begin({})
        self.seq = -1

    def begin(self, plan):
        """conference.planned: a new conference begins, whatever was folded before counts for nothing."""
        self.plan = plan
        self.items, self.tables, self.people, self.messages, self.earlier = [], [], {}, [], []
        self.ids = {"contribution": [], "theme": [], "ballot": []}  # in the order of their lines
        self.shown_ever = set()
        self.open = False
        # All that can be undone, by part.
        self.parts = {"flow": {"current": None, "visited": [], "paused": False, "turn": None, "extended": {},
                               "status": "prepared"}, "markers": []}
        self.done, self.undone = [], []

    # The parts, and undo

    def get(self, kind, name=None, default=None):
        return copy.deepcopy(self.parts.get((kind, name) if name is not None else kind, default))

    def put(self, line, value, kind, name=None, before=None):
        key = (kind, name) if name is not None else kind
        was = before if before is not None else self.parts.get(key)
        self.parts[key] = value
        if was == value or line["by"] == "host":
            return
        # A command with a part forgets all that the same `by` has undone.
        self.undone = [entry for entry in self.undone if entry["by"] != line["by"]]
        entry = next((e for e in self.done if e["cmd"] == line["cmd"]), None)
        if entry is None:
            entry = {"cmd": line["cmd"], "by": line["by"], "before": {}, "after": {}}
            self.done = (self.done + [entry])[-REMEMBERED:]
        entry["before"].setdefault(key, was)
        entry["after"][key] = value

    def move(self, cmd, source, target, side):
        entry = next((e for e in source if e["cmd"] == cmd), None)
        if entry is None:
            return
        source.remove(entry)
        target.append(entry)
        for key, value in entry[side].items():
            self.parts[key] = copy.deepcopy(value)

    # One line

    def fold(self, line):
        self.seq, kind, data = line["seq"], line["type"], line["data"]
        data = {key: value for key, value in data.items() if value is not None}  # absent and null are the same
        if kind.startswith(("record.", "x.")) or kind == "clock.adjusted":
            return
        method = getattr(self, kind.replace(".", "_"), None)
        if method:
            method(line, data)
        elif kind.startswith("contribution.") or kind == "action.assigned":
            self.change_contribution(line, data, kind)

    def conference_planned(self, line, data): self.begin(data)
    def item_planned(self, line, data): self.items.append(data)
    def table_placed(self, line, data): self.tables.append(data)
    def conference_opened(self, line, data): self.open = True
    def message_sent(self, line, data):
        self.messages.append({"at": line["at"], "tables": data["tables"], "text": data["text"]})
    def marker_set(self, line, data):
        self.put(line, self.get("markers") + [{"at": line["at"], "text": data["text"]}], "markers")
    def action_undone(self, line, data): self.move(data["cmd"], self.done, self.undone, "before")
    def action_redone(self, line, data): self.move(data["cmd"], self.undone, self.done, "after")

    def traject_taken(self, line, data):
        if not self.open and all(m["id"] != data["id"] for m in self.earlier):
            self.earlier.append(data)

    def participant_registered(self, line, data):
        if data["id"] not in self.people:
            self.people[data["id"]] = data
            if self.open:
                self.parts[("presence", data["id"])] = "absent"

    def participant_arrived(self, line, data): self.put(line, "present", "presence", data["id"])
    def participant_left(self, line, data): self.put(line, "absent", "presence", data["id"])

    # The agenda

    def index(self, item):
        return next((i for i, it in enumerate(self.items) if it["id"] == item), None)

    def phase_started(self, line, data):
        index, flow = self.index(data["item"]), self.get("flow")
        if index is None:
            return
        flow.update(current=index, visited=flow["visited"] + [[index, line["at"]]], paused=False, turn=None,
                    status="running")
        self.put(line, flow, "flow")

    def conference_paused(self, line, data): self.flow(line, paused=self.parts["flow"]["current"] is not None)
    def conference_resumed(self, line, data): self.flow(line, paused=False)
    def conference_closed(self, line, data): self.flow(line, current=None, paused=False, turn=None, status="closed")
    def slot_started(self, line, data): self.flow(line, turn=data["table"])
    def slot_ended(self, line, data): self.flow(line, turn=None)

    def flow(self, line, **changes):
        self.put(line, {**self.get("flow"), **changes}, "flow")

    def item_extended(self, line, data):
        flow = self.get("flow")
        if self.index(data["item"]) is not None:
            longest = 31622400
            total = flow["extended"].get(data["item"], 0) + data["seconds"]
            flow["extended"][data["item"]] = max(-longest, min(longest, total))
            self.put(line, flow, "flow")

    # Tables

    def seating_drawn(self, line, data): self.put(line, {}, "seating", data["round"])

    def seat(self, line, data, change):
        tables = self.get("seating", data["round"])
        if tables is not None:
            change(tables.setdefault(data["table"], []), tables)
            self.put(line, tables, "seating", data["round"])

    def table_seated(self, line, data):
        self.seat(line, data, lambda people, tables: tables.update({data["table"]: data["people"]}))
    def seat_taken(self, line, data):
        self.seat(line, data, lambda people, tables: people.append(data["id"]))
    def seat_left(self, line, data):
        self.seat(line, data, lambda people, tables: data["id"] in people and people.remove(data["id"]))
    def help_asked(self, line, data): self.put(line, line["at"], "help", data["table"])
    def help_answered(self, line, data): self.put(line, None, "help", data["table"])

    # What the group produces

    def added(self, line, kind, value):
        """To undo the adding is to withdraw it."""
        self.ids[kind].append(value["id"])
        self.put(line, value, kind, value["id"], before={**value, "withdrawn": True})

    def contribution_added(self, line, data):
        if data["id"] == f"c{len(self.ids['contribution']) + 1}":
            origin = [{"name": name, "value": value} for name, value in data.get("origin", {}).items()]
            self.added(line, "contribution", {
                **{key: data.get(key) for key in
                   ("id", "table", "item", "kind", "text", "source", "parent", "group", "owner", "due")},
                "origin": origin, "theme": None, "merged_into": None, "mark": None, "quote": None, "rungs": {},
                "top": False, "withdrawn": False, "shown": False, "amendments": 0, "at": line["at"],
                "by": line["by"]})

    def change_contribution(self, line, data, kind):
        c = self.get("contribution", data["id"])
        if c is None:
            return
        if kind == "contribution.amended":
            c.update(text=data["text"], kind=data["kind"], amendments=c["amendments"] + 1)
        elif kind in ("contribution.withdrawn", "contribution.restored"):
            c["withdrawn"] = kind == "contribution.withdrawn"
        elif kind == "contribution.shown":
            c["shown"] = data["shown"]
            if data["shown"]:
                self.shown_ever.add(data["id"])
        elif kind == "contribution.marked":
            c["mark"] = data["sensitive"]
        elif kind == "contribution.quoted":
            quote = data.get("quote")
            c["quote"] = quote and {"role": quote["role"], "organisation": quote.get("organisation")}
        elif kind == "contribution.linked":
            c["parent"] = data.get("parent")
        elif kind == "contribution.merged":
            c["merged_into"] = data.get("into")
        elif kind == "contribution.labelled":
            c["rungs"].pop(data["ladder"], None)
            if "rung" in data:
                c["rungs"][data["ladder"]] = data["rung"]
        elif kind == "contribution.attributed":
            c["group"] = data.get("group")
        elif kind == "contribution.topped":
            c["top"] = data["top"]
        elif kind == "contribution.themed":
            c["theme"] = data.get("theme")
        elif kind == "action.assigned":
            c.update(owner=data.get("owner"), due=data.get("due"))
        elif kind == "contribution.moved":
            order = [one for one in self.order(c["table"]) if one != c["id"]]
            place = order.index(data["before"]) if data.get("before") in order else len(order)
            return self.put(line, order[:place] + [c["id"]] + order[place:], "order", (c["table"],))
        self.put(line, c, "contribution", c["id"])

    def order(self, table):
        """A table's contributions in its own order, later ones behind; surveys are no table."""
        all_ = [c for c in (self.parts[("contribution", i)] for i in self.ids["contribution"])
                if c["table"] == table and c["source"] is None]
        first = self.parts.get(("order", (table,))) or []
        ids = [c["id"] for c in all_]
        return [i for i in first if i in ids] + [i for i in ids if i not in first]

    def theme_added(self, line, data):
        if data["id"] not in self.ids["theme"]:
            self.added(line, "theme", self.theme(data))
    def theme_amended(self, line, data):
        if data["id"] in self.ids["theme"]:
            self.put(line, self.theme(data), "theme", data["id"])
    def theme(self, data):
        return {"id": data["id"], "title": data["title"], "body": data.get("body"),
                "withdrawn": data.get("withdrawn", False)}

    def ballot_opened(self, line, data):
        if data["id"] not in self.ids["ballot"]:
            self.added(line, "ballot", {**data, "opened_at": line["at"], "closed_at": None, "counts": {},
                                        "withdrawn": False})
    def ballot(self, line, data, change):
        ballot = self.get("ballot", data["id"])
        if ballot is not None:
            change(ballot)
            self.put(line, ballot, "ballot", data["id"])
    def ballot_counted(self, line, data):
        self.ballot(line, data, lambda b: b["counts"].setdefault(data["option"], {}).update(
            {data.get("group", ""): data["tally"]}))
    def ballot_closed(self, line, data):
        self.ballot(line, data, lambda b: b.update(closed_at=b["closed_at"] or line["at"]))
    def ballot_withdrawn(self, line, data): self.ballot(line, data, lambda b: b.update(withdrawn=True))

    # What is told

    def round(self, index):
        return sum(item["phase"] == "breakout" for item in self.items[:index + 1]) \
            if index is not None and self.items[index]["phase"] == "breakout" else None

    def seating(self, round_):
        tables = self.parts.get(("seating", round_))
        breakouts = [item for item in self.items if item["phase"] == "breakout"]
        if tables is None and 1 < round_ <= len(breakouts) and breakouts[round_ - 1]["seating"] == "keep":
            return self.seating(round_ - 1)
        return tables

    def presence(self, person): return self.parts.get(("presence", person)) or "expected"

    def standing(self, theme):
        """A contribution is told under no theme while its own is withdrawn."""
        found = self.parts.get(("theme", theme))
        return theme if found and not found["withdrawn"] else None

    def group(self, contribution):
        """The group that was named, else the one that a column kept from the survey names."""
        groups = list(self.plan.get("groups", []))
        groups += [p["group"] for p in self.people.values() if p.get("group") and p["group"] not in groups]
        value = next((o["value"].strip() for o in contribution["origin"] if o["name"].lower() in GROUP_COLUMNS), "")
        return contribution["group"] or next((g for g in groups if value and g.lower() == value.lower()), None)

    def state(self):
        flow = self.parts["flow"]
        held = [self.round(index) for index, _ in flow["visited"] if self.round(index)]
        shown = self.round(flow["current"]) or max([1] + held)
        tables = self.seating(shown)
        kinds = {kind["id"]: kind.get("sensitive", False) for kind in self.plan.get("kinds", [])}
        contributions = [self.parts[("contribution", i)] for i in self.ids["contribution"]]
        return {
            "seq": self.seq, "status": flow["status"], "title": self.plan.get("title"),
            "item": flow["current"] is not None and self.items[flow["current"]]["id"] or None,
            "paused": flow["paused"], "turn": flow["turn"],
            "agenda": [[i["id"], i["phase"], i["title"], i["seconds"], flow["extended"].get(i["id"], 0)]
                       for i in self.items],
            "seated_round": shown if tables is not None else None,
            "tables": [[t["table"], (tables or {}).get(t["table"], []), self.parts.get(("help", t["table"]))]
                       for t in self.tables],
            "contributions": [{
                **{key: value for key, value in c.items() if key != "mark"},
                "theme": self.standing(c["theme"]), "group": self.group(c),
                "sensitive": c["mark"] if c["mark"] is not None else kinds.get(c["kind"], c["kind"] == "sensitivity"),
                "was_shown": c["id"] in self.shown_ever} for c in contributions],
            "orders": [[t, self.order(t)] for t in [None] + [t["table"] for t in self.tables]],
            "themes": [self.parts[("theme", i)] for i in self.ids["theme"]],
            "ballots": [[b["id"], b["kind"], b["title"], b["options"], b["opened_at"], b["closed_at"],
                         {o: {g: {k: v for k, v in t.items() if v} for g, t in groups.items() if any(t.values())}
                          for o, groups in b["counts"].items()} if b["closed_at"] else None]
                        for b in (self.parts[("ballot", i)] for i in self.ids["ballot"]) if not b["withdrawn"]],
            "messages": self.messages, "markers": self.parts["markers"],
            "participants": {state: sum(self.presence(p) == state for p in self.people)
                             for state in ("expected", "present", "absent")},
            "earlier": [m["id"] for m in self.earlier],
        }


def simplified(told):
    """The same part of what `beraad replay --state` prints."""
    clock, slot = told["clock"], told["clock"]["slot"]
    def counts(result):
        return {option["option"]: {g["group"] or "": {k: g[k] for k in ("agree", "disagree", "abstain", "dots")
                                                       if g.get(k)} for g in option["groups"]}
                for option in result if option["groups"]}
    return {
        "seq": told["seq"], "status": told["status"], "title": told["title"],
        "item": told["item"] and told["item"]["id"], "paused": clock["paused"], "turn": slot and slot["table"],
        "agenda": [[i["id"], i["phase"], i["title"], i["planned_seconds"], i["extended_seconds"]]
                   for i in told["agenda"]],
        "seated_round": told["seated_round"],
        "tables": [[t["number"], [m["id"] for m in t["members"]], t["help_asked_at"]] for t in told["tables"]],
        "contributions": told["contributions"], "orders": [[o["table"], o["ids"]] for o in told["orders"]],
        "themes": [{key: t[key] for key in ("id", "title", "body", "withdrawn")} for t in told["themes"]],
        "ballots": [[b["id"], b["kind"], b["title"], b["options"], b["opened_at"], b["closed_at"],
                     counts(b["result"]) if b["closed_at"] else None] for b in told["ballots"]],
        "messages": told["messages"], "markers": told["markers"],
        "participants": {key: told["participants"][key] for key in ("expected", "present", "absent")},
        "earlier": [m["id"] for m in told.get("earlier_meetings", [])],
    }


def main(path, expected=None):
    conference = Conference()
    with open(path, encoding="utf-8", newline="\n") as file:
        for text in file:
            conference.fold(json.loads(text))
    state = conference.state()
    if expected is None:
        return print(json.dumps(state, ensure_ascii=False, indent=2))
    with open(expected, encoding="utf-8") as file:
        told = simplified(json.load(file))
    bad = [key for key in state if json.loads(json.dumps(state[key])) != told[key]]
    for key in bad:
        print(f"{key}:\n  here  {json.dumps(state[key], ensure_ascii=False, sort_keys=True)}\n"
              f"  there {json.dumps(told[key], ensure_ascii=False, sort_keys=True)}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.strip())
    main(*sys.argv[1:])
