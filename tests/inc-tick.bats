#!/usr/bin/env bats
# inc tick: one turn of the desk, as cron runs it.
# shellcheck disable=SC2119,SC2120 # a tick often has no argument

load helper
load tick

HEARTBEAT='host\tevery\tbegan\tgood'

# tick [ARGUMENT...]: one at NOON, by hand as cron would.
tick() {
	with_clock "${CLOCK:-$NOON}" bin/inc-tick "$@"
}

# beat HOST BEGAN [GOOD]: leaves a heartbeat in the home.
beat() {
	tsv "$HEARTBEAT" "$1\t1m\t$2\t${3-}" >home/heartbeat
}

@test "a tick decides, tells and logs, and says nothing" {
	desk
	CLOCK=$((NOON - 1800)) with_clock $((NOON - 1800)) inc-log -q add id=A \
		channel=chat summary=x impact=1 urgency=1 >out
	run -0 --separate-stderr tick
	want ''
	want_error ''
	# P1, not taken for half an hour: the desk and two levels are told.
	inc-log -q current | column level | same <(echo 2) -
	[ "$(wc -l <handed)" -ge 2 ]
	inc-log -q history | column message | grep . | sort -u >logged
	cut -f 1 handed | sort | same logged -
	inc-log -q verify >verified
	story >before
	run -0 --separate-stderr tick
	want_error ''
	story | same before -
	cut -f 1 handed | sort | same logged -
}

@test "a tick on an empty log is a good one" {
	desk
	run -0 --separate-stderr tick
	want ''
	want_error ''
	tsv "$HEARTBEAT" "$(uname -n)\t1m\t2026-03-25T12:00:00Z\t2026-03-25T12:00:00Z" |
		same - home/heartbeat
	[ ! -s handed ]
}

@test "without a home, or a part of it, one line says so" {
	desk
	INC_HOME='' run -2 --separate-stderr tick
	want_error "inc-tick: no home: set INC_HOME ('inc init' makes one)"
	for part in procedures log spool; do
		mv "home/$part" aside
		run -2 --separate-stderr tick
		want_error "inc: no '$PWD/home/$part': 'inc init' makes it"
		mv aside "home/$part"
	done
	mv home/log aside
	mkdir home/log
	run -2 --separate-stderr tick
	want_error "inc-log: $PWD/home/log: is no incident log (inc-log --create add makes one)
inc-tick: 'inc-log -q current --live 7d' ended with status 2"
}

@test "a tick goes by the home alone, and finds its programs, as under cron" {
	desk
	report 1
	env -i PATH=/usr/bin:/bin INC_HOME="$INC_HOME" INC_LOG=/nowhere \
		INC_PROCEDURES=none INC_SPOOL=/nowhere "$PWD/bin/inc-tick"
	[ -s handed ]
}

@test "what rows hold is nothing to the shell" {
	desk
	inc-log -q add channel=chat impact=1 urgency=1 \
		summary='$(touch owned) `touch owned` ; touch owned %s -n \n * "'"'" >out
	run -0 --separate-stderr tick
	want_error ''
	[ -s handed ]
	[ -z "$(find . -name owned)" ]
}

# The stages: the first word that tells them apart, and their whole command.
stages() {
	tsv 'current\tinc-log -q current --live 7d' 'triage\tinc-triage -q' \
		'escalate\tinc-escalate -q' 'append\tinc-log -q append' \
		'current2\tinc-log -q current --live 7d' 'notify\tinc-notify -q' \
		'send\tinc-send -q --current --since 1970-01-01T00:00:00Z' \
		'append2\tinc-log -q append'
}

# trap_stages: in front of every stage, $AT names one (as in stages), and
# $BEFORE and $AFTER are what is done there.
trap_stages() {
	local name
	mkdir real counts
	for name in inc-log inc-triage inc-escalate inc-notify inc-send; do
		mv "bin/$name" real
		instead "$name" 'name=${0##*/inc-}
			[ "$name" != log ] || name=$2
			mkdir "counts/$name" 2>/dev/null ||
				case $name in current | append) name=${name}2 ;; esac
			[ "$name" != "$AT" ] || eval "$BEFORE"
			"real/${0##*/}" "$@"
			status=$?
			[ "$name" != "$AT" ] || eval "$AFTER"
			exit $status'
	done
	export AT='' BEFORE='' AFTER=''
}

# trapped STAGE BEFORE AFTER [COMMAND...]: a tick with that trap.
trapped() {
	rm -rf counts
	mkdir counts
	AT=$1 BEFORE=$2 AFTER=$3 with_clock "$NOON" "${@:4}" bin/inc-tick
}

@test "a stage that fails is one line that names it, and status 2" {
	desk
	trap_stages
	report 1
	while IFS=$'\t' read -r name command; do
		for doing in 'exit 9' 'kill -SEGV $$' 'cat >/dev/null; exit 2'; do
			echo "$name: $doing"
			run -2 --separate-stderr trapped "$name" "$doing" ''
			status=9
			[[ $doing != *SEGV* ]] || status=139
			[[ $doing != *2 ]] || status=2
			grep '^inc-tick: ' <<<"$stderr" >said
			echo "inc-tick: '$command' ended with status $status" |
				same - said
			rm home/heartbeat
		done
	done < <(stages)
}

@test "the line of stages that can work works, whatever the other does" {
	desk
	report 1
	instead inc-triage 'exit 9'
	run -2 --separate-stderr tick
	[ -s handed ]
	ln -sf "$BUILD/inc-triage" bin
	instead inc-notify 'exit 9'
	with_clock $((NOON - 3600)) inc-log -q add id=B channel=chat summary=x \
		impact=1 urgency=1 >out
	run -2 --separate-stderr tick
	inc-log -q current | column level | grep -qx 2
}

@test "the worst status wins: 2 before 75 before 3" {
	desk
	trap_stages
	run -3 --separate-stderr trapped triage '' 'status=3; echo "inc-triage: x" >&2'
	want_error 'inc-triage: x'
	run -75 --separate-stderr trapped append2 '' 'status=75'
	want_error "inc-tick: 'inc-log -q append' ended with status 75"
	BEFORE='case $AT in triage) AT=append2 status=3 ;; esac'
	instead inc-triage 'real/inc-triage "$@"; exit 3'
	run -75 --separate-stderr trapped append2 '' 'status=75'
	run -2 --separate-stderr trapped notify '' 'status=1'
	instead inc-escalate 'real/inc-escalate "$@"; exit 75'
	run -2 --separate-stderr trapped notify '' 'status=1'
	want_error "inc-tick: 'inc-escalate -q' ended with status 75
inc-tick: 'inc-notify -q' ended with status 1"
}

@test "a table that is wrong is told by who reads it, and by no stage after it" {
	desk
	report 1
	echo '{' >home/procedures/wording/sms/new.txt
	run -2 --separate-stderr tick
	want_error "inc-notify: $PWD/home/procedures/wording/sms/new.txt:1:1: '{' without its '}' ('{{' stands for a brace)
inc-tick: 'inc-notify -q' ended with status 2"
	# of several that read it one tells it
	echo party >home/procedures/directory.tsv
	run -2 --separate-stderr tick
	grep -c "directory.tsv:1: the column 'medium' is missing" <<<"$stderr" |
		same <(echo 1) -
}

# waiting: how many messages wait in the spool, and for what.
waiting() {
	with_clock "$NOON" inc-send status
}

@test "a notify that fails half-way withdraws nothing, and what waits is sent" {
	desk
	report 1
	report 2
	tick
	waiting >waited
	grep -q '^screen  *0  *0  *2' waited
	story >before
	mv bin/inc-notify bin/notifier
	for half in 'head -n 3; exit 2' 'head -c 500; kill -9 $$'; do
		instead inc-notify "notifier \"\$@\" | $half"
		CLOCK=$((NOON + 60)) run -2 --separate-stderr tick
		[[ $stderr == *"inc-tick: 'inc-notify -q' ended with status "* ]]
		waiting | same waited -
		story | same before -
	done
	# A message that waits for its next medium is told all the same.
	cp handed had
	CLOCK=$((NOON + 1800)) run -2 tick
	[ "$(wc -l <handed)" -gt "$(wc -l <had)" ]
}

@test "a log that is read half-way withdraws nothing" {
	desk
	report 1
	report 2
	tick
	waiting >waited
	trap_stages
	run -2 --separate-stderr trapped current2 'real/inc-log "$@" | head -n 2; exit 2' ''
	want_error "inc-tick: 'inc-log -q current --live 7d' ended with status 2"
	waiting | same waited -
}

@test "a tick that is ended tells what was said" {
	desk
	report 1
	mkfifo go
	trap_stages
	AT=escalate BEFORE='echo "inc-escalate: so far" >&2; : >reached; cat go >gone' \
		bin/inc-tick 2>said 3>&- &
	until_true [ -e reached ]
	find home -name '.tick.*' -printf '%m\n' | same <(echo 700) -
	kill -TERM $!
	echo >go
	wait $! || [ $? -eq 2 ]
	printf 'inc-escalate: so far\ninc-tick: only 4 of 8 stages ended\n' |
		same - said
	[ ! -s handed ]
	[ ! -e home/heartbeat ]
	run -0 find home -name '.tick.*'
	want ''
}

@test "what stages say is told as they say it, and once" {
	desk
	instead inc-log 'echo "inc-log: $2: the disk is slow" >&2
		[ "$2" = append ] || echo "inc-log: both" >&2
		exec "$BUILD/inc-log" "$@"'
	run -0 --separate-stderr tick
	sort <<<"$stderr" | same <(printf 'inc-log: %s\n' 'append: the disk is slow' \
		both 'current: the disk is slow') -
}

@test "after a tick of root's the owner of the home can go on" {
	[ "$(id -u)" -eq 0 ] || skip 'not root'
	desk
	report 1
	chown -R 65534 home
	run -0 --separate-stderr tick
	want_error ''
	run -0 find home ! -uid 65534
	want ''
}

@test "a lock that can't be had is told in our words" {
	desk
	mkdir home/tick.lock
	run -2 --separate-stderr tick
	want ''
	want_error "inc-tick: $PWD/home/tick.lock can't be written"
}

@test "while one tick is under way another does nothing, silently" {
	desk
	report 1
	exec 8>home/tick.lock
	flock 8
	run -75 --separate-stderr tick
	want ''
	want_error ''
	[ ! -s handed ]
	[ ! -e home/heartbeat ]
	exec 8>&-
	run -0 tick
	[ -s handed ]
}

@test "the stages of a tick that was killed keep the next one waiting" {
	desk
	report 1
	mkfifo go
	trap_stages
	AT=send BEFORE=': >reached; cat go >gone' bin/inc-tick 3>&- &
	until_true [ -e reached ]
	kill -9 $!
	wait $! || :
	run -75 tick
	echo >go
	flock home/tick.lock true
	[ -s handed ]
}

@test "a heartbeat tells when the last tick and the last good one began" {
	desk
	CLOCK=$((NOON - 60)) tick
	instead inc-triage 'exit 9'
	run -2 tick --every=1h30m
	host=$(uname -n)
	tsv "$HEARTBEAT" "$host\t1h30m\t2026-03-25T12:00:00Z\t2026-03-25T11:59:00Z" |
		same - home/heartbeat
	# done, with something reported, is good enough
	instead inc-triage "$BUILD"'/inc-triage "$@"; exit 3'
	CLOCK=$((NOON + 60)) run -3 tick
	tsv "$HEARTBEAT" "$host\t1m\t2026-03-25T12:01:00Z\t2026-03-25T12:01:00Z" |
		same - home/heartbeat
	[ "$(stat -c %a home/heartbeat)" = 600 ]
	# which is all that ticks leave in the home
	(cd home && printf '%s\n' * .[!.]*) | same <(printf '%s\n' drafts \
		heartbeat log procedures spool tick.lock '.[!.]*') -
}

@test "receipts are asked for since the last good tick" {
	desk
	mv bin/inc-send bin/sender
	instead inc-send 'echo "$*" | grep -o "[^ ]*Z" >>since; exec sender "$@"'
	tick
	CLOCK=$((NOON + 60)) tick
	instead inc-notify 'exit 9'
	CLOCK=$((NOON + 120)) run -2 tick
	ln -sf "$BUILD/inc-notify" bin
	CLOCK=$((NOON + 180)) tick
	# a clock that was ahead is not believed
	CLOCK=$((NOON + 120)) tick
	same <(printf '%s\n' 1970-01-01T00:00:00Z 2026-03-25T12:00:00Z \
		2026-03-25T12:01:00Z 2026-03-25T12:01:00Z 1970-01-01T00:00:00Z) since
}

@test "a heartbeat that can't be written, or is none, stops no message" {
	desk
	report 1
	mkdir home/heartbeat
	run -2 --separate-stderr tick
	want_error "inc: create '$PWD/home/heartbeat': Is a directory"
	[ -s handed ]
	rmdir home/heartbeat
	for damage in '' x "$HEARTBEAT" 'a\tb\nc\td' "$HEARTBEAT\nx" \
		"$HEARTBEAT\nx\t1m\t2026-03-25T12:00:00Z\tnever"; do
		tsv "$damage" >home/heartbeat
		run -0 --separate-stderr tick
		want_error "inc: $PWD/home/heartbeat: is no heartbeat of ticks: taken for none"
		run -0 --separate-stderr with_clock "$NOON" inc status
		want_error ''
	done
}

@test "where another host is at work a tick does nothing, and says so hourly" {
	desk
	report 1
	beat other 2026-03-25T11:57:01Z
	touch -d "@$((NOON - 3599))" home/tick.lock
	run -75 --separate-stderr tick
	want_error ''
	touch -d "@$((NOON - 3600))" home/tick.lock
	run -75 --separate-stderr tick
	want_error 'inc: other is at work on this home'
	run -75 --separate-stderr tick
	want_error ''
	touch -d "@$((NOON - 3600))" home/tick.lock
	run -75 --separate-stderr tick -q
	want_error ''
	[ ! -s handed ]
	# also where its clock is ahead
	beat other 2026-03-25T13:00:00Z
	run -75 tick
	[ ! -s handed ]
}

@test "a host that was silent for three intervals is relieved at the second tick" {
	desk
	report 1
	export INC_HOSTNAME=one
	beat other 2026-03-25T11:57:00Z 2026-03-25T11:56:00Z
	run -75 --separate-stderr tick
	want_error 'inc: other is silent: one goes on from its next tick'
	[ ! -s handed ]
	tsv "$HEARTBEAT" 'one\t1m\t2026-03-25T12:00:00Z\t2026-03-25T11:56:00Z' |
		same - home/heartbeat
	# of two that saw it at once one stands
	INC_HOSTNAME=two
	run -75 tick
	[ ! -s handed ]
	INC_HOSTNAME=one
	CLOCK=$((NOON + 60)) run -0 --separate-stderr tick
	want_error ''
	[ -s handed ]
	# an interval is as long as the other said
	beat other 2026-03-25T11:57:00Z
	sed -i 's/1m/5m/' home/heartbeat
	run -75 --separate-stderr tick
	want_error ''
}

@test "--take-over goes on at once, and the other host stands by" {
	desk
	report 1
	export INC_HOSTNAME=one
	beat other 2026-03-25T11:59:30Z 2026-03-25T11:59:30Z
	run -0 --separate-stderr tick --take-over
	want_error ''
	[ -s handed ]
	INC_HOSTNAME=other
	run -75 tick
	grep -q '^one' home/heartbeat
}

@test "a tick that another host took over leaves it the heartbeat" {
	desk
	export INC_HOSTNAME=one
	mv bin/inc-send bin/sender
	instead inc-send "tsv() { printf '%b\n' \"\$@\"; }
		tsv '$HEARTBEAT' 'two\t1m\t2026-03-25T12:00:00Z\t' >home/heartbeat
		exec sender \"\$@\""
	run -2 --separate-stderr tick
	want_error 'inc: two has taken over meanwhile'
	grep -q '^two' home/heartbeat
}

@test "killed at any stage and run again, nothing is lost or told twice" {
	desk
	with_clock $((NOON - 1800)) inc-log -q add id=A channel=chat \
		summary=x impact=1 urgency=1 >out
	tsv 'id\treceived\timpact\turgency\tsummary' \
		'B\t2026-03-25T11:50:00Z\t2\t2\tb' 'C\t2026-03-25T11:50:00Z\t1\t1\tc' |
		with_clock $((NOON - 600)) inc-log -q append >out
	cp -R home fresh
	tick
	CLOCK=$((NOON + 60)) tick
	story >wanted
	sort handed >wanted_handed
	[ "$(wc -l <handed)" -ge 4 ]
	trap_stages
	half='"real/${0##*/}" "$@" | head -c 200'
	for name in $(stages | cut -f 1); do
		for when in before half after; do
			echo "$name $when"
			# Nobody reads what append writes.
			[[ $name != append* || $when != half ]] || continue
			rm -rf home
			cp -R fresh home
			: >handed
			case $when in
			before) run -137 trapped "$name" 'kill -9 0' '' setsid -w ;;
			half) run -137 trapped "$name" "$half; kill -9 0" '' setsid -w ;;
			after) run -137 trapped "$name" '' 'kill -9 0' setsid -w ;;
			esac
			[ ! -e home/heartbeat ]
			inc-log -q verify >out
			CLOCK=$((NOON + 60)) run -0 tick
			[ -z "$(find home -name '.tick.*')" ]
			story | same wanted -
			# inc-send may be at work when the last stage begins:
			# what it is handing over then comes again, as itself.
			[[ $name != append2 && $name$when != sendhalf ]] ||
				sort -u -o handed handed
			sort handed | same wanted_handed -
		done
	done
	# One stage alone, so that those after it get half; a receipt that was cut
	# short is logged besides the whole one.
	for name in current2 notify send append2; do
		echo "$name alone"
		rm -rf home
		cp -R fresh home
		: >handed
		run -2 trapped "$name" "$half; kill -9 \$\$" ''
		CLOCK=$((NOON + 60)) run -0 tick
		[ "$name" = send ] || story | same wanted -
		comm -23 wanted <(story) | same /dev/null -
		sort handed | same wanted_handed -
	done
}

@test "the shipped units and crontab run programs that there are" {
	grep -qx 'ExecStart=/usr/local/bin/inc-tick --every 1m' \
		"$SOURCE/share/systemd/inc-tick.service"
	for unit in service timer; do
		sed "s|/usr/local/bin|$BUILD|; s/^User=.*/User=root/" \
			"$SOURCE/share/systemd/inc-tick.$unit" >"inc-tick.$unit"
	done
	command -v systemd-analyze >/dev/null || skip 'no systemd-analyze'
	run -0 systemd-analyze verify --man=no ./inc-tick.service ./inc-tick.timer
	want ''
}

@test "the lines of the shipped crontab do what they say" {
	desk
	tick
	report 1
	sed '/^#/d; /^$/d; /^[[:upper:]_]*=/d' "$SOURCE/share/cron/inc" >lines
	[ "$(wc -l <lines)" -eq 5 ]
	run -1 grep -vE '^([0-9*/]+ ){5}(now=\$\()?inc' lines
	# cron runs what follows the times with sh, and mails what it prints.
	while read -r _ _ _ _ _ command; do
		echo "$command"
		with_clock "$NOON" sh -c "$command" 2>&1
	done <lines >mail
	sed -n '/^inc-log head$/,$p' mail | tail -n 1 | same <(inc-log head) -
	grep -cvE '^(now=\$\()?inc' mail | same <(echo 1) -
}
