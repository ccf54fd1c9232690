# shellcheck shell=bash
#
# A desk that sends: "load send" after helper.  home is made by each test, with
# a spool and the procedures of itsm; messages, commands and what became of
# them are said in few words.

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export INC_HOME=$PWD/home INC_FROM=desk@example.org
	inc init -q -p itsm home >/dev/null
}

# ours LINE...: in place of home, procedures with these media, and a spool;
# medium, kind, limit, charset, tell, deliver, timeout, failures, acknowledge.
ours() {
	mkdir ours
	tsv 'medium\tkind\tlimit\tcharset\ttell\tdeliver\ttimeout\tfailures\tacknowledge' \
		"$@" >ours/channels.tsv
	export INC_PROCEDURES=$PWD/ours:itsm INC_SPOOL=$PWD/spool
	export INC_FROM=desk@example.org
	inc-send --create </dev/null >created
}

# id NUMBER: an identity.
id() {
	printf '%032d' "$1"
}

HEADER='message\ttry\tid\treason\trole\tparty\tmedium\taddress\tsubject\tbody\ttell\tdue\twording\troute\tstatus'

# message_row IDENTITY TRY ID PARTY MEDIUM ADDRESS SUBJECT BODY: a row of a
# message; its tell and due are $TELL and $DUE, its route $ROUTE and its status
# $STATUS.
message_row() {
	tsv "$1\t$2\t$3\tnew\tdesk\t$4\t$5\t$6\t$7\t$8\t${TELL-urgent}\t${DUE-}\tnew\t${ROUTE-}\t${STATUS-actual}"
}

# message NUMBER [MEDIUM...]: the rows of a message.
message() {
	local number=$1 try=0 medium
	shift
	for medium in "${@:-screen}"; do
		try=$((try + 1))
		message_row "$(id "$number")" $try "I$number" ann "$medium" \
			"a.$medium" "Subject $number" "Words of $number."
	done
}

# messages NUMBER...: a stream of messages by one medium.
messages() {
	tsv "$HEADER"
	for number in "$@"; do
		message "$number"
	done
}

# channels LINE...: the table of media: medium, tell, deliver, timeout,
# failures, acknowledge, throttle, form.
channels() {
	tsv 'medium\ttell\tdeliver\ttimeout\tfailures\tacknowledge\tthrottle\tform' \
		"$@" >home/procedures/channels.tsv
}

# script NAME: a command of the site, from standard input.
script() {
	mkdir -p home/procedures/media
	{ echo '#!/bin/sh' && cat; } >"home/procedures/media/$1"
	chmod 755 "home/procedures/media/$1"
}

# receipts: what matters of them.
receipts() {
	cut -f 1,2,5-9 | sed -e 1d -e 's/^0*//' \
		-e 's/\t[0-9-]*T[0-9:.]*Z\t/\tWHEN\t/'
}

# places: where the messages are.
places() {
	(cd home/spool && find new work 'done' dead tmp -type f | sort |
		sed 's|done/[0-9-]*/|done/|; s|/0*|/|')
}

# none COMMAND...: whether a search finds nothing; a test would pass over a
# plain `!`.
none() {
	! "$@"
}
