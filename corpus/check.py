#!/usr/bin/env python3
"""Parse annotated articles and report every mistake.

Usage: check.py FILE...      prints mistakes, then a summary; exit 1 if there was any mistake
       check.py --json FILE...  prints one JSON object per article: text, spans with character offsets, relations
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

SPAN = re.compile(r"\[\[(.+?)\|([A-Z]{3}):([a-z]+\d+)\]\]", re.S)
TYPES = {"ACT", "ITM", "QTY", "AMT", "TIM", "PLC", "TRG", "RET", "CUE", "HDG"}
STAGES = {"sought", "offered", "negotiating", "agreed", "underway", "delivered", "halted", "unspecified"}
STANCES = {"asserts", "confirms", "denies", "declines", "unverified", "assesses", "demands"}
REGISTERS = {"agency", "quality", "tabloid", "regional", "broadcast", "translated", "live", "blog", "press", "analysis"}
ROLES = {
    "transfer": {
        "supplier": "ACT",
        "recipient": "ACT",
        "item": "ITM",
        "amount": "AMT",
        "time": "TIM",
        "place": "PLC",
        "return": "RET",
        "hedge": "HDG",
    },
    "says": {"source": "ACT", "reporter": "ACT", "about": "TRG"},
}


class Mistake(ValueError):
    pass


def parse(path):
    """Return (article, mistakes). article: dict with header fields, text, spans, relations."""
    mistakes = []
    raw = Path(path).read_text(encoding="utf-8")
    parts = re.split(r"^---[ \t]*$", raw, flags=re.M)
    if len(parts) != 3:
        return None, [f"{path}: wants header, ---, text, ---, relations; found {len(parts)} parts"]
    header = {}
    for line in parts[0].strip().splitlines():
        key, _, value = line.partition(":")
        header[key.strip()] = value.strip()
    for key in ("id", "published", "outlet", "register"):
        if not header.get(key):
            mistakes.append(f"{path}: header lacks {key}")
    if header.get("register") not in REGISTERS:
        mistakes.append(f"{path}: unknown register {header.get('register')!r}")
    if header.get("published") and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", header["published"]):
        mistakes.append(f"{path}: published is not YYYY-MM-DD")

    marked = parts[1].strip("\n")
    text, spans, at = "", {}, 0
    for m in SPAN.finditer(marked):
        text += marked[at : m.start()]
        surface, kind, sid = m.groups()
        if kind not in TYPES:
            mistakes.append(f"{path}: unknown span type {kind} at {surface!r}")
        if "[[" in surface:
            mistakes.append(f"{path}: nested span at {surface!r}")
        if sid in spans:
            mistakes.append(f"{path}: id {sid} used twice")
        spans[sid] = {"type": kind, "start": len(text), "end": len(text) + len(surface), "text": surface}
        text += surface
        at = m.end()
    text += marked[at:]
    if "[[" in text or "]]" in text:
        where = max(text.find("[["), text.find("]]"))
        mistakes.append(f"{path}: broken markup near {text[max(0, where - 30) : where + 30]!r}")

    relations, with_transfer, with_says = [], set(), set()
    for line in parts[2].strip().splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        words = line.split()
        kind, rest = words[0], words[1:]
        try:
            if kind in ROLES:
                head, fields = rest[0], {}
                want = "TRG" if kind == "transfer" else "CUE"
                if spans.get(head, {}).get("type") != want:
                    raise Mistake(f"{head} is no {want}")
                merged = []
                for word in rest[1:]:
                    if "=" in word or not merged:
                        merged.append(word)
                    else:
                        merged[-1] += " " + word
                for word in merged:
                    role, _, value = word.partition("=")
                    if role in ROLES[kind]:
                        ids = [v for v in value.split(",") if v]
                        for sid in ids:
                            if spans.get(sid, {}).get("type") != ROLES[kind][role]:
                                raise Mistake(f"{role}={sid} is no {ROLES[kind][role]}")
                        fields[role] = ids
                    elif (kind, role) in {
                        ("transfer", "stage"),
                        ("transfer", "negated"),
                        ("transfer", "item_text"),
                        ("says", "stance"),
                    }:
                        fields[role] = value
                    else:
                        raise Mistake(f"unknown field {role}")
                if kind == "transfer":
                    if fields.get("stage") not in STAGES:
                        raise Mistake(f"stage {fields.get('stage')!r}")
                    if head in with_transfer:
                        raise Mistake(f"{head} has two transfer lines")
                    with_transfer.add(head)
                else:
                    if fields.get("stance") not in STANCES:
                        raise Mistake(f"stance {fields.get('stance')!r}")
                    with_says.add(head)
                relations.append({"kind": kind, "head": head, **fields})
            elif kind == "quantity":
                item, qty = rest
                if spans.get(item, {}).get("type") != "ITM" or spans.get(qty, {}).get("type") != "QTY":
                    raise Mistake("wants an ITM and a QTY")
                relations.append({"kind": kind, "item": item, "quantity": qty})
            elif kind in ("same", "event"):
                kinds = {spans.get(s, {}).get("type") for s in rest}
                if len(rest) < 2 or len(kinds) != 1 or None in kinds or (kind == "event" and kinds != {"TRG"}):
                    raise Mistake("wants two or more known ids of one type (event: TRG)")
                relations.append({"kind": kind, "members": rest})
            else:
                raise Mistake(f"unknown relation {kind}")
        except (Mistake, ValueError, IndexError) as why:
            mistakes.append(f"{path}: in {line!r}: {why}")
    for sid, span in spans.items():
        if span["type"] == "TRG" and sid not in with_transfer:
            mistakes.append(f"{path}: {sid} ({span['text']!r}) has no transfer line")
        if span["type"] == "CUE" and sid not in with_says:
            mistakes.append(f"{path}: {sid} ({span['text']!r}) has no says line")
    linked = {s for r in relations for v in r.values() for s in (v if isinstance(v, list) else [v])}
    for sid, span in spans.items():
        if span["type"] in {"QTY", "HDG", "RET", "AMT"} and sid not in linked:
            mistakes.append(f"{path}: {sid} ({span['text']!r}) is used by no relation")
    return {**header, "text": text, "spans": spans, "relations": relations}, mistakes


def main(argv):
    as_json = "--json" in argv
    paths = [a for a in argv if a != "--json"]
    bad, counts, seen = 0, Counter(), {}
    for path in paths:
        article, mistakes = parse(path)
        for mistake in mistakes:
            print(mistake, file=sys.stderr if as_json else sys.stdout)
        bad += len(mistakes)
        if not article:
            continue
        if article["id"] in seen:
            bad += 1
            print(f"{path}: id {article['id']} already in {seen[article['id']]}", file=sys.stderr)
        seen[article["id"]] = path
        counts["articles"] += 1
        counts["words"] += len(article["text"].split())
        counts.update(s["type"] for s in article["spans"].values())
        counts.update(r["kind"] for r in article["relations"])
        if as_json:
            print(json.dumps(article, ensure_ascii=False))
    if not as_json:
        print(f"{bad} mistakes;", ", ".join(f"{k} {v}" for k, v in sorted(counts.items())))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
