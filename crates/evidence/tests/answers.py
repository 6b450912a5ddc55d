"""Answers of docs/check_evidence.py for many cases in one process: each line names files and a bit to flip."""
import functools, json, sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import check_evidence

content = functools.cache(lambda name: open(name, "rb").read())
for line in sys.stdin:
    names, flip = json.loads(line)
    files = [content(name) for name in names]
    if flip:
        index, place, bit = flip
        changed = bytearray(files[index])
        changed[place] ^= 1 << bit
        files[index] = bytes(changed)
    try:
        print("ok", check_evidence.check(files[0], files[1:]))
    except check_evidence.Misfit as misfit:
        print("{} {}".format(*misfit.args))
