"""The rows whose reports are more than 90."""
import sys


def main():
    write = sys.stdout.buffer.write
    with open(sys.argv[1], "rb") as f:
        header = f.readline()
        write(header)
        reports = header.rstrip(b"\n").split(b"\t").index(b"reports")
        for row in f:
            if int(row.split(b"\t")[reports]) > 90:
                write(row)


main()
