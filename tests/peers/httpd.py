#!/usr/bin/python3
"""httpd.py DIRECTORY: a web server that does what paths ask for.

Prints its port when it listens, and writes each request that it has read to
DIRECTORY/N: its first line and header, an empty line, its body.  The path says
what becomes of it:

	/404            is answered with that status, as any other from 200 on;
	                /429?20 with a Retry-After of 20 too, whatever it is
	/moved          is sent elsewhere: file:///etc/passwd
	/drop           the connection is closed without an answer
	/late           200, half a second later
	/never          never
	/endless        200, and an answer without an end
"""

import itertools
import os
import sys
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LATE_S = 0.5
NEVER_S = 600

number = itertools.count(1)


class Desk(BaseHTTPRequestHandler):
    def do_POST(self):
        size = int(self.headers.get("Content-Length", 0))
        self.keep(self.rfile.read(size))
        path, _, after = self.path[1:].partition("?")
        if path == "drop":
            self.close_connection = True
        elif path == "endless":
            self.answer(200, None)
            while True:
                self.wfile.write(b"more\n" * 1000)
        elif path == "moved":
            self.answer(302, "0", ("Location", "file:///etc/passwd"))
        elif path in ("late", "never"):
            time.sleep(LATE_S if path == "late" else NEVER_S)
            self.answer(200, "0")
        elif after:
            after = urllib.parse.unquote(after)
            self.answer(int(path), "0", ("Retry-After", after))
        else:
            self.answer(int(path), "0")

    def answer(self, status, length, *headers):
        self.send_response(status)
        for header in headers:
            self.send_header(*header)
        if length:
            self.send_header("Content-Length", length)
        self.end_headers()

    def keep(self, body):
        name = os.path.join(sys.argv[1], str(next(number)))
        with open(name + ".tmp", "wb") as out:
            out.write(self.requestline.encode() + b"\n")
            out.write(str(self.headers).encode() + body)
        os.rename(name + ".tmp", name)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
