#!/usr/bin/python3
"""smtpd.py DIRECTORY: a mail server (SMTP) that does what addresses ask for.

Prints its port when it listens, and writes each mail that it takes to
DIRECTORY/N: a line for the sender, one for each recipient, and the mail as it
came.  The local part of a recipient says what becomes of it, up to a plus:

	defer refuse            451, 550 in answer to RCPT
	defer-data refuse-data  451, 554 in answer to the mail
	drop                    the mail is not taken, the connection closed
	drop-late               the same, but the mail was taken
	late                    taken, and answered half a second later
	never                   taken, and never answered
	busy                    421, and the connection closed
	anything else           taken

Users may log in as desk with the password 'se"cret'.
"""

import asyncio
import os
import sys

from aiosmtpd.smtp import SMTP, AuthResult

LATE_S = 0.5
NEVER_S = 600


class Desk:
    """What is done with mails."""

    def __init__(self, directory):
        self.directory = directory
        self.n = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = {
            "defer": "451 4.7.1 come back later",
            "refuse": "550 5.1.1 no such user",
            "busy": "421 4.3.2 too busy",
        }.get(wish(address))
        if answer is None:
            envelope.rcpt_tos.append(address)
        if wish(address) == "busy":
            await server.push(answer)
            server.transport.close()
        return answer or "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        wishes = [wish(address) for address in envelope.rcpt_tos]
        if "drop" in wishes:
            server.transport.close()
            return "451 gone"
        if "defer-data" in wishes:
            return "451 4.3.0 try again"
        if "refuse-data" in wishes:
            return "554 5.6.0 not such a mail"
        self.keep(session, envelope)
        if "drop-late" in wishes:
            server.transport.close()
        if "late" in wishes:
            await asyncio.sleep(LATE_S)
        if "never" in wishes:
            await asyncio.sleep(NEVER_S)
        return "250 2.0.0 taken"

    def keep(self, session, envelope):
        self.n += 1
        name = os.path.join(self.directory, str(self.n))
        with open(name + ".tmp", "wb") as out:
            out.write(b"from %s\n" % envelope.mail_from.encode())
            for address in envelope.rcpt_tos:
                out.write(b"to %s\n" % address.encode())
            if session.auth_data:
                out.write(b"user %s\n" % session.auth_data)
            out.write(b"\n" + envelope.original_content)
        os.rename(name + ".tmp", name)


def wish(address):
    return address.split("@")[0].split("+")[0]


def log_in(server, session, envelope, mechanism, data):
    right = data.login == b"desk" and data.password == b'se"cret'
    return AuthResult(success=right, handled=right, auth_data=data.login)


async def main():
    desk = Desk(sys.argv[1])

    def connect():
        return SMTP(desk, authenticator=log_in, auth_require_tls=False)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(connect, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
