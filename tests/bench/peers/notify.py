"""A message for each row that has a level."""
import sys


def main():
    write = sys.stdout.write
    with open(sys.argv[1], encoding="utf-8") as f:
        names = f.readline().rstrip("\n").split("\t")
        wanted = [names.index(n) for n in ("id", "priority", "summary", "level", "location")]
        write("id\tparty\tmedium\taddress\tbody\n")
        for row in f:
            cell = row.rstrip("\n").split("\t")
            i, priority, summary, level, location = (cell[w] for w in wanted)
            if level:
                write(f"{i}\tlead{level}\tsms\t+44113496000{level}\t"
                      f"{priority} {i} at {location}: {summary[:60]}. Reply ACK {i}\n")


main()
