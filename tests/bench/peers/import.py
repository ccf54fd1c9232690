"""import.py FILE: the columns and times of calls.map.tsv, by Python's csv."""
import csv
import datetime
import sys

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NAMES = {"number": "id", "opened_at": "received", "closed_at": "closed",
         "short_description": "summary"}


def time(text):
    if not text:
        return ""
    return datetime.datetime.strptime(text, "%m/%d/%Y %H:%M").isoformat() + "Z"


def main():
    write = sys.stdout.write
    with open(sys.argv[1], newline="", encoding="utf-8") as f:
        rows = csv.reader(f)
        write("\t".join(NAMES.get(name, name) for name in next(rows)) + "\n")
        for row in rows:
            row[1], row[2] = time(row[1]), time(row[2])
            write("\t".join(cell.translate(ESCAPES) for cell in row) + "\n")


main()
