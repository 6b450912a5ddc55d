#!/usr/bin/env python3
"""check_evidence.py evidence.json [document.pdf ...]: prints "ok" and the head, or the first thing that does not fit.

Needs Python 3.8 and nothing else. What is checked, and what the words mean: evidence.md beside this file. Who wrote the
chain is said by the signatures in the PDFs, which cover the event heads; any PDF reader checks those."""
import hashlib, json, re, sys

ENTRY = "actor at body envelope prev seq type v".split()
ENDINGS = "envelope_completed envelope_declined envelope_cancelled envelope_expired".split()
HEADS = re.compile(rb"/CSGN_EventHead[\0\t\n\f\r ]{0,8}/sha256-(?=(.{0,64}))", re.DOTALL)
WRONG = (ValueError, TypeError, KeyError, AttributeError, RecursionError)

class Misfit(Exception): pass

def fit(good, seq, what):
    if not good: raise Misfit(seq, what)

def sha256(data): return hashlib.sha256(data).hexdigest()

def canonical(value, room=64):  # RFC 8785; numbers are whole, and small enough for every language
    if isinstance(value, float) or isinstance(value, int) and abs(value) >= 2**53: raise ValueError
    if not isinstance(value, (list, dict)): return json.dumps(value, ensure_ascii=False)
    if not room: raise ValueError
    if isinstance(value, list): return "[" + ",".join(canonical(item, room - 1) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key], room - 1) for key in keys) + "}"

def commitments(value, pointer=""):
    if isinstance(value, dict) and list(value) == ["$commitment"] and isinstance(value["$commitment"], str):
        yield pointer, value["$commitment"]
    elif isinstance(value, (list, dict)):
        for key, item in enumerate(value) if isinstance(value, list) else value.items():
            yield from commitments(item, pointer + "/" + str(key).replace("~", "~0").replace("/", "~1"))

def read(data):  # canonical to the last byte, and nothing in it that is not looked at below
    file = json.loads(data.decode("utf-8"))
    fit(canonical(file, 67).encode() == data and file["format"] == "countersign-evidence/1", None, "file")
    fit(file.keys() == {"disclosures", "entries", "envelope", "format", "head"}, None, "file")
    fit(type(file["entries"]) is type(file["disclosures"]) is list and type(file["envelope"]) is str, None, "file")
    fit(file["entries"] and all(link.keys() == {"entry", "hash"} for link in file["entries"]), None, "file")
    fit(all(it.keys() == {"pointer", "salt", "seq", "value"} for it in file["disclosures"]), None, "file")
    places = [(it["seq"], it["pointer"] + "") for it in file["disclosures"]]
    fit(all(type(seq) is int and 1 <= seq <= len(file["entries"]) for seq, _ in places), None, "file")
    fit(places == sorted(set(places)), None, "file")
    return file

def opened(it, committed):
    salt = bytes.fromhex(re.fullmatch("[0-9a-f]{32}", it["salt"])[0])
    return committed[it["pointer"]] == sha256(salt + canonical(it["value"]).encode())

def revision(it, seq):  # a PDF as an entry names it: its first `start` bytes are the `base`, the others were added
    added = it.get("tail_length", it["length"])
    start = it["length"] - added
    texts = [it["digest"], it.get("base", ""), it.get("event_head", "")]
    if any(type(size) is not int or size < 0 for size in (it["document"], it["length"], added, start)): raise ValueError
    if any(type(text) is not str for text in texts): raise ValueError
    return dict(it, seq=seq, start=start)

def guarded(seq, what, work, *values):
    try: return work(*values)
    except WRONG: raise Misfit(seq, what)

def check_entries(file):
    revisions, hashes, prev, ended = [], [], "0" * 64, False
    for seq, link in enumerate(file["entries"], 1):
        entry = link["entry"]
        fit(isinstance(entry, dict) and sorted(entry) == ENTRY and canonical(entry["v"]) == "1", seq, "entry")
        fit(canonical(entry["seq"]) == str(seq), seq, "sequence")
        fit(entry["envelope"] == file["envelope"], seq, "envelope")
        fit(entry["prev"] == prev, seq, "prev")
        prev, committed, body = link["hash"], dict(commitments(entry)), entry["body"]
        fit(sha256(canonical(entry).encode()) == prev, seq, "hash")
        for it in file["disclosures"]:
            fit(it["seq"] != seq or guarded(seq, "commitment", opened, it, committed), seq, "commitment")
        named = body.get("revisions", []) if isinstance(body, dict) else []
        fit(isinstance(named, list), seq, "revisions")
        named = [guarded(seq, "revisions", revision, it, seq) for it in named]
        fit(all(it["event_head"] in hashes for it in named if "event_head" in it), seq, "event_head")
        revisions, ended = revisions + named, ended or entry["type"] in ENDINGS
        hashes.append(prev)
    fit(file["head"] == prev, None, "head")
    return revisions, ended

def check_pdf(data, revisions, ended):
    begins = lambda size, digest: size <= len(data) and sha256(data[:size]) == digest
    based = [it for it in revisions if "base" not in it or begins(it["start"], it["base"])]
    held = [it for it in revisions if begins(it["length"], it["digest"])]
    whole = [it for it in held if it["length"] == len(data)]
    later = lambda one: [it for it in revisions if it["document"] == one["document"] and it["seq"] > one["seq"]]
    whole.sort(key=lambda it: not later(it))  # one file may be two documents: it is the one in which nothing came after it
    unlike = [it for it in based if it not in held] or held[-1:] or revisions[:1] or [{"seq": None}]
    fit(whole, unlike[0]["seq"], "pdf")
    for it in held:
        if it["document"] == whole[-1]["document"]:
            fit(it in based, it["seq"], "pdf")
            heads = [head[1] for head in HEADS.finditer(data) if it["start"] <= head.start() < it["length"]]
            fit(heads == ([it["event_head"].encode()] if "event_head" in it else []), it["seq"], "event_head")
    later = later(whole[-1])
    fit(not ended or not later, later and later[0]["seq"], "superseded")

def check(evidence, pdfs):
    file = guarded(None, "file", read, evidence)
    revisions, ended = check_entries(file)
    for data in pdfs: check_pdf(data, revisions, ended)
    return file["head"]

if __name__ == "__main__":
    evidence, *pdfs = [open(name, "rb").read() for name in sys.argv[1:]]
    try: print("ok", check(evidence, pdfs))
    except Misfit as misfit: sys.exit("misfit: entry {}: {}".format(*misfit.args).replace("entry None: ", ""))
