#!/usr/bin/env bats
# What a clock that is wrong, or is set back, does to a log.

load helper

NOON=1774440000 # 2026-03-25T12:00:00Z
DAY=86400

# at SECONDS[,SECONDS...] WORDS: inc-log by this clock, counted from NOON.
at() {
	local times=
	for s in ${1//,/ }; do
		times=$times,$((NOON + s))
	done
	with_clock "${times#,}" inc-log -q -l log "${@:2}"
}

# forward: whether `at` never runs backwards, and the log is whole.
forward() {
	inc-log -q -l log history | column at >written
	sort -c written
	inc-log -q -l log verify >verified
}

@test "at never runs backwards, from process to process and segment to segment" {
	at 0 --create add id=A state=one >out
	at -3600 add id=A state=two >out
	at -7200 add id=A impact=1 >out
	at 60 add id=A urgency=1 >out
	at 30 note A x >out
	at -$DAY redact A --fields note --why x 2>/dev/null || :
	forward
	sed 's/^2026-03-25T//' written | same <(printf '%s\n' 12:00:00Z 12:00:00Z \
		12:00:00Z 12:01:00Z 12:01:00Z) -
	ls log/*.tsv | wc -l | same <(echo 4) -
}

@test "at never runs backwards within a batch, or from one to the next" {
	{
		tsv 'id\tstate'
		seq -f 'A%g	new' 5000
	} >rows
	at 0,9,8,7,6,5,60,50,40,30,-3600,-7200 --create append rows >out
	forward
	[ "$(sort -u written | wc -l)" -ge 2 ]
	[ "$(tail -n 1 written)" = 2026-03-25T12:01:00Z ]
}

@test "what is true of an incident since when never runs backwards either" {
	at 0 --create add id=A state=one >out
	at -60 add id=A state=two >out
	tsv 'id\tstate' 'A\tthree' 'B\tnew' >rows
	at -120 append rows >out
	at -180 close A >out
	forward
	inc-log -q -l log history A | column updated >updated
	sort -c updated
	inc-log -q -l log current | column state | same <(printf '%s\n' closed new) -
}

@test "a clock that is a day ahead for one entry spoils that entry alone" {
	at 0 --create add summary=one >out
	at $DAY add summary=ahead >out
	at 60 add summary=two >out
	at 90 note 25-0001 x >out
	forward
	log() { inc-log -q -l log "$@"; }
	# It was written when the clock said, and so were those after it.
	sed 's/T.*//' written | same <(printf '2026-03-%s\n' 25 26 26 26) -
	# Ids are of the day that it is, and what is true since when is right.
	log current | column id | same <(printf '%s\n' 20260325-0001 \
		20260326-0001 20260325-0002) -
	log history | column updated | sed 's/^2026-03-//' | same <(printf '%s\n' \
		25T12:00:00Z 26T12:00:00Z 25T12:01:00Z 25T12:01:30Z) -
	# As things stood a minute later: without what was ahead.
	log current --at 2026-03-25T12:02:00Z | column id | same <(
		printf '%s\n' 20260325-0001 20260325-0002) -
	# What the log knew then, it can't tell until the next day.
	log current --known-at 2026-03-25T12:02:00Z | column id |
		same <(echo 20260325-0001) -
	log current --known-at 2026-03-26T12:00:00Z | column id | wc -l |
		same <(echo 3) -
	# Who follows misses nothing.
	: >followed
	inc-log -q -l log follow --from 2 >followed 3>&- &
	until_true lines followed 4
	kill $!
	column seq followed | same <(printf '%s\n' 2 3 4) -
	# The next day ids go on after the one that came too early.
	at $DAY add summary=three >out
	log current | column id | tail -n 1 | same <(echo 20260326-0002) -
	forward
}

@test "an incident that was told of by a clock ahead takes what comes later" {
	at 0 --create add summary=one priority=P3 >out
	at $DAY add id=1 priority=P2 >out
	at 60 add id=1 priority=P1 >out
	inc-log -q -l log current | column priority | same <(echo P1) -
	at 120 ack 1 >out
	at 180 close 1 >out
	inc-log -q -l log current >record
	column state record | same <(echo closed) -
	column closed record | same <(echo 2026-03-25T12:03:00Z) -
	forward
}

@test "a clock that is far behind is told of, once" {
	at 0 --create add id=A state=one >out
	tsv 'id\tstate' 'A\ttwo' 'B\tnew' >rows
	run -0 --separate-stderr with_clock $((NOON - 3600)) inc-log -l log \
		append rows
	[ "$(grep -c 'the clock' <<<"$stderr")" -eq 1 ]
	[[ $stderr == *'inc-log: log: the last entry was written at 2026-03-25T12:00:00Z, but it is 2026-03-25T11:00:00Z by the clock: it is, or was, wrong'* ]]
	run -0 --separate-stderr with_clock $((NOON - 30)) inc-log -l log \
		add id=A state=three
	[[ $stderr != *'the clock'* ]]
}

@test "ids are of the day that the clock says, also where it was set back" {
	at 0 --create add summary=one >out
	at -$DAY add summary=two >out
	at -$DAY add summary=three >out
	at 60 add summary=four >out
	inc-log -q -l log current | column id | same <(printf '%s\n' \
		20260325-0001 20260324-0001 20260324-0002 20260325-0002) -
	forward
}

@test "a clock past the last year that can be written leaves a log" {
	with_clock 99999999999999 inc-log -q -l log --create add id=A >out
	inc-log -q -l log verify
	inc-log -q -l log add id=B >out
	[ "$(inc-log -q -l log history | column id | tr '\n' ' ')" = 'A B ' ]
}
