#!/usr/bin/env bats
# inc-send adopt: messages that are known, and not sent.
load helper

A=aaaa0000000000000000000000000001
B=bbbb0000000000000000000000000002

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir ours
	tsv 'medium\tkind\tlimit\tcharset\ttell\tdeliver' \
		'sms\tdata\t\t\thigh\ttee -a sms.out' >ours/channels.tsv
	export INC_PROCEDURES=ours:itsm INC_SPOOL=$PWD/spool INC_FROM=desk@example.org
	{
		tsv 'message\ttry\tid\tparty\tmedium\taddress\tbody\troute\tstatus'
		tsv "$A\t1\tINC1\tann\tsms\t1\tx\tnew.4\tactual"
		tsv "$A\t2\tINC1\tann\temail\ta@b\tx\tnew.4\tactual"
		tsv "$B\t1\tINC2\tben\tsms\t2\ty\tnew.4\tactual"
	} >in
}

@test "what is adopted is known, over, and never sent" {
	run -0 --separate-stderr inc-send --create adopt in
	want_error ''
	echo "$output" >out
	column message out | same <(printf '%s\n' $A $B) -
	column delivery out | sort -u | same <(echo dropped) -
	column error out | sort -u | same <(echo 'adopted: not sent') -
	[ -z "$(find spool/new spool/work spool/dead -type f)" ]
	[ "$(find spool/done -type f | wc -l)" -eq 2 ]
	inc-send in | same out -
	[ ! -e sms.out ]
	inc-send adopt <in | same out -
}

@test "one that is known already gives its last receipt, and is left alone" {
	inc-send --create <in >sent 2>error || [ $? -eq 3 ]
	grep handed-over sent >last
	inc-send adopt --no-header in | sort | same <(sort last) -
}

@test "a sender that died in between has told of nothing that is not on disk" {
	inc-send --create </dev/null >out
	n=1
	while :; do
		rm -rf spool
		inc-send --create </dev/null >out
		with "fsync:$n:KILL" inc-send adopt --no-header in >out 2>error && break
		while read -r name _; do
			[ -n "$(find spool/new spool/work spool/done -name "$name")" ]
		done <out
		inc-send adopt --no-header in >again
		[ "$(wc -l <again)" -eq 2 ]
		n=$((n + 1))
		[ $n -lt 20 ]
	done
	[ $n -gt 1 ]
	inc-send --no-header </dev/null >out
	[ ! -s out ]
	[ ! -e sms.out ]
}

@test "adopt writes receipts that the log takes" {
	export INC_LOG=$PWD/log
	tsv 'id\treceived\tsummary' 'INC1\t2026-03-02T09:00:00Z\tdown' \
		'INC2\t2026-03-02T09:00:00Z\tdown' | inc-log -q --create append >out
	inc-send --create adopt in | inc-log -q append >out
	inc-log history --event notified | column delivery | sort -u |
		same <(echo dropped) -
}
