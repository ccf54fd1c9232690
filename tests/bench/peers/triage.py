"""triage.py RULES FILE: the priority of the first pattern that matches."""
import re
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f]
    rules = [(re.compile(text, re.I).search, priority) for text, priority in lines]
    write = sys.stdout.write
    with open(sys.argv[2], encoding="utf-8") as f:
        header = f.readline().rstrip("\n")
        summary = header.split("\t").index("summary")
        write(header + "\tpriority\n")
        for row in f:
            row = row.rstrip("\n")
            text = row.split("\t")[summary]
            priority = next((p for search, p in rules if search(text)), "P4")
            write(f"{row}\t{priority}\n")


main()
