"""Let the independent checker judge many files in one process.

    judge.py CHECKER PACK      prints one digit a file: 0 good, 1 not

A pack is, for each file, its length in 8 bytes (little end first) and its bytes.
"""
import importlib.machinery, importlib.util, io, sys

loader = importlib.machinery.SourceFileLoader("checker", sys.argv[1])
checker = importlib.util.module_from_spec(importlib.util.spec_from_loader("checker", loader))
sys.dont_write_bytecode = True
loader.exec_module(checker)
pack = open(sys.argv[2], "rb").read()
checker.print = lambda *_: None
verdicts, place = [], 0
# No function around the loop: the checker must stand as deep in the stack as when it runs by itself, since
# the stack decides how many levels of JSON Python takes.
while place < len(pack):
    size = int.from_bytes(pack[place : place + 8], "little")
    checker.open = lambda *_: io.BytesIO(pack[place + 8 : place + 8 + size])
    try:
        checker.main("")
        verdicts.append("0")
    except BaseException:
        verdicts.append("1")
    place += 8 + size
print("".join(verdicts))
