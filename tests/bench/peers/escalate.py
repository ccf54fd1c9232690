"""escalate.py NOW FILE: what tests/bench/pack has as boundaries."""
import datetime
import sys


def crossed(priority, age):
    if priority == "P1" and age >= 86400:
        return 2, "day"
    if priority == "P2" and age >= 3600:
        return 1, "second"
    if priority == "P1" and age >= 900:
        return 1, "first"
    return 0, ""


def main():
    now = int(sys.argv[1])
    write = sys.stdout.write
    read = datetime.datetime.fromisoformat
    with open(sys.argv[2], encoding="utf-8") as f:
        header = f.readline().rstrip("\n")
        names = header.split("\t")
        received, closed, priority = map(names.index, ("received", "closed", "priority"))
        write(header + "\tlevel\tescalated\tescalate_to\tboundary\n")
        for row in f:
            row = row.rstrip("\n")
            cell = row.split("\t")
            level = 0
            if not cell[closed]:
                since = read(cell[received][:-1] + "+00:00").timestamp()
                level, boundary = crossed(cell[priority], now - since)
            write(f"{row}\t{level}\t{now}\tlead{level}\t{boundary}\n" if level else row + "\t\t\t\t\n")


main()
