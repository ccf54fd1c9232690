#!/usr/bin/env bats
# inc-log follow: entries as they come, once they stay.

load helper

log() {
	inc-log -q -l log "$@"
}

# follow ARGUMENT...: follows the log into ./out and ./errors; sets $follow.
follow() {
	: >out
	# In the background SIGINT is ignored.
	env --default-signal=INT inc-log -l log follow "$@" >out 2>errors 3>&- &
	follow=$!
}

# a_moment: a twentieth of a second.
a_moment() {
	[ -e never ] || mkfifo never
	read -rt 0.05 <>never || :
}

# shown N: waits until ./out has so many entries.
shown() {
	until_true lines out $(($1 + 1)) && return
	cat out errors
	return 1
}

# ends SIGNAL: ends what follows and checks that it ends well.
ends() {
	kill "-$1" "$follow"
	wait "$follow"
	same /dev/null errors
}

teardown() {
	[ -z "${follow:-}" ] || kill "$follow" 2>/dev/null || :
}

# some_log: makes a log of three entries in two segments.
some_log() {
	log --create add id=A state=new >/dev/null
	log add id=A state=open >/dev/null
	log add id=A note=x >/dev/null
}

@test "entries come as history prints them, from one on, then the new" {
	some_log
	follow --from 2
	shown 2
	log add id=B state=new >/dev/null
	shown 3
	log add id=B state=done >/dev/null
	shown 4
	ends TERM
	log history | sed 2d | same - out
}

@test "without --from only what is new comes, after the header" {
	some_log
	follow
	shown 0
	log add id=B state=new >/dev/null
	shown 1
	ends INT
	log history | sed 2,4d | same - out
}

@test "a log that has no entry yet is followed from its first" {
	echo id | log --create append >/dev/null
	follow
	a_moment
	log add id=A state=new note=x >/dev/null
	shown 1
	ends TERM
	log history | same - out
}

@test "only entries of an event, without header, where that is asked for" {
	some_log
	follow --no-header --from 1 --event updated
	shown 0
	log close A >/dev/null
	log add id=A state=again >/dev/null
	shown 2
	ends TERM
	cut -f 1 out | same <(printf '%s\n' 2 3 5) -
}

@test "a new column ends it, and it goes on exactly there" {
	some_log
	follow
	shown 0
	log add id=B state=new >/dev/null
	log add id=B location=hall >/dev/null
	got=0
	wait "$follow" || got=$?
	[ "$got" -eq 75 ]
	echo "inc-log: entry 5 brings the column 'location', which the header has not: go on with --from 5" |
		same - errors
	cp out before
	follow --from 5
	shown 1
	ends TERM
	log history | tail -n 1 | same - <(sed 1d out)
	log history --no-header | sed -n 4p | cut -f 1-6 |
		same - <(sed 1d before | cut -f 1-6)
}

@test "an entry that its writer can't sync is never shown" {
	some_log
	follow
	shown 0
	# It stops when its entry is written, but not yet on disk.
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 \
		INC_FAIL=fdatasync:1:STOP LD_PRELOAD=$BUILD/shim.so \
		inc-log -q -l log add id=A state=lost >/dev/null 2>&1 3>&- &
	writer=$!
	until_true is_stopped "$writer"
	log history | tail -n 1 | grep -q lost
	for _ in {1..8}; do
		a_moment
	done
	kill -CONT "$writer"
	wait "$writer" || [ "$?" -eq 2 ]
	log add id=A state=kept >/dev/null
	shown 1
	ends TERM
	log history | sed 2,4d | same - out
	run ! grep lost out
}

@test "what a writer left that died is synced before it is shown" {
	some_log
	with fdatasync:1:KILL inc-log -q -l log add id=A state=left \
		>/dev/null 2>&1 || :
	run -2 --separate-stderr with fdatasync:1:EIO inc-log -l log follow \
		--from 1
	want ''
	want_error "inc-log: sync 'log/00000000000003.tsv': Input/output error"
	run -2 --separate-stderr with fdatasync:1:EIO inc-log -l log head
	want ''
	want_error "inc-log: sync 'log/00000000000003.tsv': Input/output error"
	follow --from 4
	shown 1
	ends TERM
	grep -q left out
}

@test "it ends when nobody reads on, without another entry" {
	some_log
	log follow --from 1 | head -n 1 | same <(log history | head -n 1) -
}

@test "killed and started again, while others write, it misses and repeats nothing" {
	some_log
	# They go on until all were killed, however long that takes.
	for w in 1 2 3; do
		for n in {1..600}; do
			[ ! -e enough ] || break
			tsv 'id\tstate' "$w-$n\tnew" | log append >/dev/null
			sleep 0.1
		done 3>&- &
		writers[w]=$!
	done
	: >all
	for _ in {1..4}; do
		follow --no-header --from $(($(wc -l <all) + 1))
		shown 1
		kill -9 "$follow"
		wait "$follow" || :
		cat out >>all
		[ -z "$(tail -c 1 all)" ]
	done
	: >enough
	wait "${writers[@]}"
	log add id=last >/dev/null
	log history --no-header >want
	follow --no-header --from $(($(wc -l <all) + 1))
	shown $(($(wc -l <want) - $(wc -l <all) - 1))
	ends TERM
	cat all out | same want -
}

@test "a segment that is rewritten meanwhile is followed on" {
	some_log
	follow
	shown 0
	cp log/00000000000003.tsv new
	mv new log/00000000000003.tsv
	log add id=A state=other >/dev/null
	shown 1
	ends TERM
}

@test "a log whose end is cut off, or that is gone, ends it" {
	some_log
	follow
	shown 0
	rm log/00000000000003.tsv
	got=0
	wait "$follow" || got=$?
	[ "$got" -eq 2 ]
	echo 'inc-log: log: ends with entry 2, but entry 3 was read: its end was cut off' |
		same - errors
	follow
	shown 0
	rm -r log
	got=0
	wait "$follow" || got=$?
	[ "$got" -eq 2 ]
	echo "inc-log: open 'log/lock': No such file or directory" | same - errors
}

@test "a number that the log has not come to is refused" {
	some_log
	run -2 --separate-stderr log follow --from 5
	want ''
	want_error 'inc-log: log: ends with entry 3, and none is before --from 5: its end was cut off, or it is another log'
	run -2 --separate-stderr log follow --from 0
	[[ $stderr == "inc-log: --from 0: entries are numbered from 1"* ]]
	rm log/00000000000001.tsv
	run -2 --separate-stderr log follow --from 2
	want_error 'inc-log: log: no segment holds entry 2'
}
