#!/usr/bin/env bats
# inc: the front door.

load helper

@test "init makes a home for its owner alone, under any umask" {
	for mask in 000 022 777; do
		(umask $mask && inc init -p itsm "home $mask" >out)
		[ "$(head -n 1 out)" = "home $mask is made, with procedures, log, spool and drafts." ]
		find "home $mask" -type d -printf '%m\n' | sort -u | same <(echo 700) -
		find "home $mask" -type f -printf '%m\n' | sort -u | same <(echo 600) -
		diff -r "home $mask/procedures" "$SOURCE/share/procedures/itsm"
		(cd "home $mask" && printf '%s\n' *) >parts
		printf '%s\n' drafts log procedures spool | same - parts
	done
}

@test "what is in a home goes before the environment's nothing" {
	inc init -p itsm home >out
	export INC_HOME=$PWD/home
	inc log add summary=x impact=1 urgency=1 >out
	grep -q '^0001 P1 logged' out
	inc-log current | column priority | same <(echo P1) -
}

@test "of several packs the tables of the first are copied last" {
	mkdir ours
	tsv 'priority\trespond' 'P1\t1m' 'P2\t1m' 'P3\t1m' 'P4\t1m' >ours/targets.tsv
	inc init -p ours:itsm home >out
	same ours/targets.tsv home/procedures/targets.tsv
	same "$SOURCE/share/procedures/itsm/roster.tsv" home/procedures/roster.tsv
}

@test "init touches nothing that is there, and needs procedures" {
	mkdir home
	touch home/mine
	run -2 --separate-stderr inc init -p itsm home
	want ''
	want_error "inc: 'home' is there and not empty: nothing was done"
	[ "$(ls home)" = mine ]
	run -2 --separate-stderr inc init other
	[[ $stderr == 'inc: init needs -p PACK, to begin with its procedures (itsm is shipped)'* ]]
	run -2 --separate-stderr inc init -p itsm
	[[ $stderr == 'inc: init needs a DIR, or INC_HOME'* ]]
	run -2 --separate-stderr inc init -p itms other
	[[ $stderr == "inc: no pack 'itms'"* ]]
	[ ! -e other ]
}

@test "status counts what is open, not taken, late and on hold" {
	inc init -p itsm home >out
	export INC_HOME=$PWD/home
	run -0 --separate-stderr inc
	[ "${lines[0]}" = 'itsm 2026.1: nothing logged yet' ]
	tsv 'id\treceived\tpriority\tacknowledged\tresolved\tclosed\theld\trespond_by\tresolve_by' \
		'A\t2026-03-02T09:00:00Z\tP1\t\t\t\t\t2026-03-02T09:15:00Z\t2026-03-02T13:00:00Z' \
		'B\t2026-03-02T09:00:00Z\tP1\t2026-03-02T09:01:00Z\t\t\t\t2026-03-02T09:15:00Z\t2999-03-02T13:00:00Z' \
		'C\t2026-03-02T09:00:00Z\tP2\t2026-03-02T09:01:00Z\t\t\t2026-03-02T10:00:00Z\t\t2026-03-02T13:00:00Z' \
		'D\t2026-03-02T09:00:00Z\tP2\t2026-03-02T09:01:00Z\t2026-03-02T10:00:00Z\t2026-03-02T10:00:00Z\t\t\t' \
		'E\t2026-03-02T09:00:00Z\tP9\t\t2026-03-02T10:00:00Z\t\t\t\t' |
		inc-log append >out
	run -0 --separate-stderr inc status
	want_error ''
	[[ ${lines[0]} == 'itsm 2026.1: 5 incidents, 5 entries, the last on '* ]]
	[ "${lines[1]}" = 'ticks: never' ]
	printf '%s\n' "${lines[@]:2}" | tr -s ' ' >out
	tsv ' priority open not taken late on hold vanished' ' P1 2 1 1 0 0' \
		' P2 1 0 0 1 0' ' P3 0 0 0 0 0' ' P4 0 0 0 0 0' \
		' other 1 0 0 0 0' ' all 4 1 1 1 0' |
		same - out
	# what vanished from its export is not late
	tsv 'id\treceived\tpriority\trespond_by' \
		'B\t2026-03-02T09:00:00Z\tP1\t2026-03-02T09:15:00Z' |
		inc-log -q append --complete feed >out 2>listed
	inc status | tail -n 1 | tr -s ' ' >out
	[ "$(cat out)" = ' all 4 1 0 1 3' ]
}

@test "status tells when the last good tick was, and fails once three were missed" {
	inc init -p itsm home >out
	export INC_HOME=$PWD/home
	# It is 12:00:00 on 2 March; the pack's zone is that of London.
	status() { with_clock 1772452800 inc status; }
	beat() { tsv 'host\tevery\tbegan\tgood' "$@" >home/heartbeat; }
	beat 'one\t1m\t2026-03-02T11:59:00Z\t2026-03-02T11:56:01Z'
	run -0 --separate-stderr status
	want_error ''
	[ "${lines[1]}" = 'ticks: the last good one on 2026-03-02 at 11:56 (every 1m, one)' ]
	beat 'one\t1m\t2026-03-02T11:59:00Z\t2026-03-02T11:56:00Z'
	run -1 --separate-stderr status
	want_error 'inc: 3 ticks were missed: the last good one began at 2026-03-02T11:56:00Z, on one'
	[[ ${lines[*]: -1} == *all* ]]
	beat 'one\t15m\t2026-03-02T11:45:00Z\t2026-03-02T11:00:01Z'
	run -0 --separate-stderr status
	beat 'one\t1m\t2026-03-02T11:59:00Z\t'
	run -1 --separate-stderr status
	want_error 'inc: no tick was good yet: the last one began at 2026-03-02T11:59:00Z, on one'
	[ "${lines[1]}" = 'ticks: none was good yet (every 1m, one)' ]
	beat one
	run -1 --separate-stderr status
	want_error "inc: $PWD/home/heartbeat: is no heartbeat of ticks"
	# It is of the home's own log.
	inc-log -q -l other --create add id=A >out
	run -0 --separate-stderr inc -l other status
	[[ $output != *ticks* ]]
}

@test "a heartbeat begins and ends a tick" {
	inc init -p itsm home >out
	export INC_HOME=$PWD/home INC_HOSTNAME=one
	beat() { with_clock 1772452800 inc heartbeat "$@"; }
	run -0 --separate-stderr beat begin
	want 1970-01-01T00:00:00Z
	want_error ''
	[ ! -e home/heartbeat ]
	beat end --began 2026-03-02T11:59:58Z --every 5m --good
	tsv 'host\tevery\tbegan\tgood' \
		'one\t5m\t2026-03-02T11:59:58Z\t2026-03-02T11:59:58Z' |
		same - home/heartbeat
	run -0 beat begin
	want 2026-03-02T11:59:58Z
	beat end --began 2026-03-02T12:00:00Z
	tsv 'host\tevery\tbegan\tgood' \
		'one\t1m\t2026-03-02T12:00:00Z\t2026-03-02T11:59:58Z' |
		same - home/heartbeat
	INC_HOSTNAME=two run -2 --separate-stderr beat end --began 2026-03-02T12:00:00Z
	want_error 'inc: one has taken over meanwhile'
	INC_HOSTNAME=two run -0 --separate-stderr beat begin --take-over
	want 2026-03-02T11:59:58Z
	run -75 --separate-stderr beat begin
	want ''
	want_error 'inc: two is at work on this home'
	run -75 --separate-stderr beat begin -q
	want_error ''
	run -2 --separate-stderr with rename:1:EIO inc heartbeat begin --take-over
	want ''
	want_error "inc: create '$PWD/home/heartbeat': Input/output error"
	grep -q '^two' home/heartbeat
}

@test "a heartbeat that is not asked for rightly is left alone" {
	export INC_HOME=$PWD/home
	for words in '' 'go' 'begin end' 'begin --good' \
		'begin --began 2026-03-02T12:00:00Z' 'end' 'end --good' \
		'end --take-over --began 2026-03-02T12:00:00Z' \
		'begin --every 0s' 'begin --every never'; do
		echo "$words"
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr inc heartbeat $words
		want ''
		[[ $stderr == 'inc: '*'usage: inc init'* ]]
	done
	run -2 --separate-stderr inc status --good
	[[ $stderr == 'inc: --every, --take-over, --began and --good are for heartbeat'* ]]
	INC_HOME='' run -2 --separate-stderr inc heartbeat begin
	[[ $stderr == 'inc: heartbeat needs INC_HOME'* ]]
	[ ! -e home ]
}

@test "without a home or a log the choices are named" {
	run -2 --separate-stderr inc -p itsm
	want ''
	want_error 'inc: no log: give -l DIR, INC_LOG or INC_HOME (inc init makes a home)'
}

@test "a tool is run with its arguments and its status" {
	run -0 --separate-stderr inc select --count '*' <<<$'id\n1\n2'
	want 2
	run -1 inc select --count 'id = 3' <<<$'id\n1'
	run -0 inc import --list-maps
	[[ $output == *servicenow* ]]
	run -2 --separate-stderr inc triage --bogus
	[[ $stderr == "inc-triage: unknown option '--bogus'"* ]]
	# one beside inc goes first, then the path
	mkdir bin
	tsv '#!/bin/sh' 'echo "ours $*"' >bin/inc-ours
	chmod +x bin/inc-ours
	PATH=$PWD/bin:$PATH run -0 inc ours a 'b c'
	want 'ours a b c'
}

@test "a word that is no tool is a slip, and runs nothing" {
	run -2 --separate-stderr inc trage
	want ''
	[[ $stderr == "inc: no program 'inc-trage' (did you mean 'triage'?)"* ]]
	run -2 --separate-stderr inc ../../bin/sh
	[[ $stderr == "inc: no program 'inc-../../bin/sh' ('inc help' names them)"* ]]
	run -2 --separate-stderr inc status x
	[[ $stderr == 'inc: status takes no operand'* ]]
}

@test "help names every program, and goes to standard output" {
	run -0 --separate-stderr inc help
	want_error ''
	for name in $(programs); do
		[[ $output == *"  ${name#inc-} "* ]]
	done
	run -0 --separate-stderr inc --help
	[[ $output == 'usage: inc init'*'See inc(1).' ]]
}

@test "help names every verb of the log, and has a tool explain itself" {
	inc help | tr -s ' ;,' '\n' >words
	for verb in $(inc-log --help |
		sed -n 's/^[ us].* inc-log \(\[.*\]\] \)*\([[:lower:]-]*\).*/\2/p'); do
		echo "$verb"
		grep -qxe "$verb" words
		verbs=$((${verbs:-0} + 1))
	done
	[ "$verbs" -gt 20 ]
	run -0 --separate-stderr inc help select
	want_error ''
	same <(inc-select --help) - <<<"$output"
	run -2 --separate-stderr inc help selct
	[[ $stderr == "inc: no program 'inc-selct' (did you mean 'select'?)"* ]]
	run -2 --separate-stderr inc help select log
	[[ $stderr == 'inc: help takes one TOOL'* ]]
}

@test "output that can't be written is told" {
	run -2 --separate-stderr bash -c 'inc help >/dev/full'
	[[ $stderr == "inc: write '<stdout>': No space left on device" ]]
}

@test "status tells of messages that are not over, and of dead ones" {
	inc init -p itsm home >/dev/null
	export INC_HOME=$PWD/home
	inc status >before
	run -1 grep messages before
	tsv 'medium\ttell\tdeliver\tfailures' 'sms\turgent\tfalse\t1=permanent' \
		'screen\turgent\tfalse' >home/procedures/channels.tsv
	tsv 'message\ttry\tid\tparty\tmedium\taddress\tbody' \
		'00000000000000000000000000000001\t1\tA\tann\tsms\t1\tx' \
		'00000000000000000000000000000002\t1\tA\tann\tscreen\ta\tx' >in
	run -3 inc send in
	run -0 inc status
	[[ $output == *$'\nmessages: 1 not over (inc send list), 1 dead (inc send dead)\n'* ]]
}
