#!/usr/bin/env bats
# Who may read and write a log, whose entries are whose, and what becomes of a
# log that is restored from a copy.

load helper

log() {
	inc-log -q -l log "$@"
}

some_pack() {
	mkdir -p pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' >pack/fields.tsv
	tsv 'regulation\twhen\tfrom\tlimit\tretain' 'short\t*\t\t\t12mo' \
		>pack/regulations.tsv
}

# all_kinds [WORD...]: makes ./log with all kinds of files that there are: two
# segments, one of them written anew, and a torn tail, cut; WORDs before add.
all_kinds() {
	[ -d pack ] || some_pack
	log -p pack "$@" add id=A caller=Ann >/dev/null
	log -p pack add id=A state=new >/dev/null
	printf '3\t2026' >>log/00000000000002.tsv
	log -p pack add id=B caller=Bea updated=2020-01-01T00:00:00Z \
		closed=2020-01-01T00:00:00Z >/dev/null
	log -p pack redact A --personal --why asked >/dev/null
	log -p pack expire --apply >/dev/null
	[ -e log/00000000000002.tsv.torn ]
	run ! grep -rqE 'Ann|Bea' log
}

# modes: the modes of the log and of all in it.
modes() {
	stat -c %a log
	find log -mindepth 1 -printf '%m\n' | sort -u
}

@test "all that the log makes is for its owner alone, under any umask" {
	for mask in 0 022 077 0777; do
		rm -rf log pack
		some_pack
		umask "$mask"
		all_kinds --create
		umask 022
		modes | same <(printf '700\n600\n') -
	done
}

@test "a log that is shared belongs to the group, under any umask" {
	[ "$(id -u)" -eq 0 ] || skip 'only root can give files to any group'
	for mask in 0 022 077 0777; do
		rm -rf log pack
		some_pack
		umask "$mask"
		all_kinds --create --group 4100
		umask 022
		modes | same <(printf '2770\n660\n') -
		find log -printf '%g\n' | sort -u | same <(echo 4100) -
	done
}

@test "a directory that is open to others gives them no file" {
	mkdir log
	chmod 777 log
	all_kinds --create
	modes | same <(printf '777\n600\n') -
}

@test "a log that is there is not shared in passing" {
	log --create add id=A >out
	run -2 --separate-stderr log --create --group "$(id -gn)" add id=A state=x
	want ''
	want_error "inc-log: log: is there, and not shared with the group '$(id -gn)': chgrp and chmod share it, inc-log(5)"
	chgrp "$(id -g)" log log/*
	chmod 2770 log
	chmod 660 log/*
	log --create --group "$(id -gn)" add id=A state=x >out
	[ "$(log verify | cut -d ' ' -f 1)" -eq 2 ]
	run -2 --separate-stderr log --create --group nobody-at-all add id=A
	want_error "inc-log: no group 'nobody-at-all'"
	run -2 --separate-stderr log --group "$(id -gn)" add id=A
	[[ $stderr == 'inc-log: --group needs --create'* ]]
}

# as USER COMMAND...: runs it as a user with this number, of the group 4100.
as() {
	setpriv --reuid "$1" --regid "$1" --groups 4100 "${@:2}"
}

# for_users: goes to a directory that other users reach, with the program.
for_users() {
	[ "$(id -u)" -eq 0 ] || skip 'only root can be several users'
	command -v setpriv >/dev/null || skip 'no setpriv here'
	place=$(mktemp -d)
	cp "$BUILD/inc-log" "$place"
	chmod 755 "$place" "$place/inc-log"
	cd "$place" || return
	PATH=$place:$PATH
	mkdir desks
	chgrp 4100 desks
	chmod 2770 desks
}

teardown() {
	[ -z "${place-}" ] || rm -rf "$place"
}

@test "users of one group write, cut, redact and restore each other's log" {
	for_users
	some_pack
	chmod -R go+rX pack
	for mask in 022 077; do
		umask "$mask"
		rm -rf desks/log
		as 4001 inc-log -q -l desks/log -p pack --create --group 4100 \
			add id=A caller=Ann >out
		as 4002 inc-log -q -l desks/log -p pack add id=A state=new >out
		printf '3\t2026' >>desks/log/00000000000002.tsv
		as 4003 inc-log -q -l desks/log -p pack add id=B caller=Bea >out
		printf '4\t2026' >>desks/log/00000000000002.tsv
		as 4001 inc-log -q -l desks/log -p pack add id=B state=new >out
		as 4002 inc-log -q -l desks/log -p pack redact A B --personal \
			--why asked >out
		as 4001 inc-log -q -l desks/log history | column by | same <(
			printf '%s\n' 4001 4002 4003 4001 4002 4002) -
		as 4003 inc-log -q -l desks/log verify >out
		run ! grep -rqE 'Ann|Bea' desks/log
		stat -c '%a %g' desks/log desks/log/* | sort -u | same <(
			printf '2770 4100\n660 4100\n') -
	done
	umask 022
	run -2 --separate-stderr setpriv --reuid 4004 --regid 4004 \
		--clear-groups inc-log -q -l desks/log list
	want_error "inc-log: open 'desks/log': Permission denied"
}

@test "what another user's interrupted program left is in nobody's way" {
	for_users
	as 4001 inc-log -q -l desks/log --create --group 4100 add id=A >out
	as 4001 touch desks/log/00000000000002.tsv.tmp
	chmod 600 desks/log/00000000000002.tsv.tmp
	as 4002 inc-log -q -l desks/log add id=A state=new >out
	[ ! -e desks/log/00000000000002.tsv.tmp ]
}

@test "what root adds to somebody's log stays that user's" {
	for_users
	as 4001 inc-log -q -l desks/log --create add id=A >out
	inc-log -q -l desks/log add id=A state=new >out
	as 4001 inc-log -q -l desks/log add id=A note=x >out
	stat -c '%u %a' desks/log/* | sort -u | same <(echo '4001 600') -
}

@test "a link in a log leads nobody to write elsewhere" {
	log --create add id=A note=x >out
	cp -a log kept
	for name in lock synced 00000000000001.tsv 00000000000001.tsv.torn; do
		rm -rf log
		cp -a kept log
		printf 'root:x' | tee other >>log/00000000000001.tsv
		[ "$name" != 00000000000001.tsv ] || cp log/*.tsv other
		cp other was
		ln -fs ../other "log/$name"
		run -2 inc-log -q -l log note A y
		run -2 inc-log -q -l log add id=A new=x
		same was other
	done
}

@test "a pipe in a log keeps nobody waiting" {
	export INC_SEGMENT_BYTES=200
	log --create add id=A >out
	log note A x >out
	log note A y >out
	cp -a log kept
	for name in lock synced 00000000000001.index; do
		rm -rf log
		cp -a kept log
		rm "log/$name"
		mkfifo "log/$name"
		for words in 'note A x' head 'current --open'; do
			# shellcheck disable=SC2086 # words
			run timeout 20 inc-log -q -l log $words
			[ "$status" -le 2 ]
		done
	done
}

@test "a home that is shared lets a group write, but not change procedures" {
	[ "$(id -u)" -eq 0 ] || skip 'only root can give files to any group'
	umask 077
	inc init -p itsm --group 4100 home >out
	stat -c '%a %g %n' home home/* | same <(tsv \
		'2750 4100 home' '2770 4100 home/drafts' '2770 4100 home/log' \
		'2750 4100 home/procedures' '2770 4100 home/spool') -
	find home/procedures -type f -printf '%m %G\n' | sort -u |
		same <(echo '640 4100') -
	[ "$(stat -c '%a %g' home/log/lock)" = '660 4100' ]
	run -2 --separate-stderr inc --group 4100 status
	[[ $stderr == 'inc: --group is not for status'* ]]
}

@test "by is the real user, whatever the environment says" {
	USER=eve LOGNAME=eve USERNAME=eve log --create add id=A >out
	log history | column by | same <(id -un) -
}

# whom: the event, and for whom, of each entry.
whom() {
	log history >entries
	paste <(column event entries) <(column for entries)
}

@test "for whom it was is in every entry that a verb makes" {
	some_pack
	tsv 'id\tstate\tcaller' 'A\tnew\tAnn' >rows
	log -p pack --create append --for desk rows >out
	log -p pack add id=A state=open --for 'Mr X' >out
	log -p pack close A --for boss >out
	log -p pack correct A closed=2020-01-01T00:00:00Z --for 'the	tab' >out
	log -p pack redact A --fields caller --why asked --for dpo >out
	log -p pack add id=A caller=Ann2 state=x 2>/dev/null >out || [ "$?" -eq 3 ]
	whom | same <(tsv 'received\tdesk' 'updated\tMr X' 'closed\tboss' \
		'corrected\tthe\\ttab' 'redacted\tdpo' 'updated\t') -
	log -p pack --create add id=B caller=Bea closed=2020-01-01T00:00:00Z \
		updated=2020-01-01T00:00:00Z >out
	log -p pack expire --apply --for clerk >out
	whom | tail -n 1 | same <(tsv 'redacted\tclerk') -
	log current | head -n 1 >header
	run ! grep -qw for header
	log verify >out
}

@test "what rules decide anew is for the same as what led to it" {
	inc-log -q -l log -p itsm --create add summary=x impact=3 urgency=3 >out
	inc-log -q -l log -p itsm correct 1 impact=1 urgency=1 --for boss >out
	whom | tail -n 2 | cut -f 2 | same <(printf 'boss\nboss\n') -
}

@test "the same rows for somebody else add nothing, in whatever order" {
	tsv 'id\tupdated\tstate' 'A\t2026-01-01T00:00:00Z\tnew' \
		'A\t2026-01-02T00:00:00Z\topen' >rows
	log --create append rows >out
	tsv 'id\tupdated\tstate' 'A\t2026-01-03T00:00:00Z\theld' \
		'B\t2026-01-03T00:00:00Z\theld' >newer
	log append --for ann newer >out
	tsv 'id\tmessage\ttry\tdelivery' 'A\tm1\t1\tqueued' >receipts
	log append --for ann receipts >out
	[ "$(log verify | cut -d ' ' -f 1)" -eq 5 ]
	for whom in bea ann; do
		for file in rows newer rows receipts; do
			log append --for $whom $file >out
			log append $file >out
		done
		log verify
		[ "$(log verify | cut -d ' ' -f 1)" -eq 5 ]
	done
}

@test "for whom it was is no row's to say, and must be said of something" {
	tsv 'id\tfor\tstate' 'A\tmallory\t' >rows
	run -0 --separate-stderr inc-log -l log --create append rows
	[[ $stderr == *"column 'for' is the log's own: not taken from rows"* ]]
	run ! grep -q mallory log/*.tsv
	run -2 --separate-stderr log add id=A for=eve
	[[ $stderr == "inc-log: 'for' is what --for says"* ]]
	run -2 --separate-stderr log note A x --for ''
	[[ $stderr == "inc-log: --for needs a name"* ]]
	run -2 --separate-stderr log expire --for eve
	[[ $stderr == "inc-log: --for needs --apply"* ]]
	run -2 --separate-stderr log list --for eve
	[[ $stderr == "inc-log: --for is not for list"* ]]
}

# take_copy DIRECTORY: copies the log as inc-log(5) says.
take_copy() {
	mkdir -m 700 "$1"
	cp -p log/*.tsv "$1"
}

# numbers: the numbers of the ids of all incidents of a log.
numbers() {
	log current | column id | sed 's/.*-//'
}

@test "a copy that is taken while writers are at work is a log as it stood" {
	log --create add id=first c0=x >out
	(
		n=0
		while [ ! -e stop ]; do
			n=$((n + 1))
			tsv "id\tc$((n / 3))" "A$n\t1" "B$n\t2" "C$n\t3" |
				log append >/dev/null
		done
	) 3>&- &
	writer=$!
	for n in {1..12}; do
		log head >"heads$n"
		take_copy "copy$n"
		[ -e many ] || [ "$(ls log | wc -l)" -le 20 ] || touch many
	done
	touch stop
	wait "$writer"
	for n in {1..12}; do
		run -0 log -l "copy$n" verify --head "heads$n"
		[ "${lines[1]}" = 'extends 1 head' ]
	done
	# Each is the beginning of the log to the byte.
	for file in copy12/*.tsv; do
		cmp -n "$(stat -c %s "$file")" "$file" "log/${file#*/}"
	done
}

@test "a copy is read and proved, and not written to before restored" {
	log --create add summary=one >out
	take_copy copy
	log current >want
	log -l copy current | same want -
	log -l copy history >out
	log head >want
	log -l copy head | same want -
	inc-log -q -l copy follow --from 1 >followed 3>&- &
	until_true [ -s followed ]
	kill $!
	for words in 'add summary=x' '--create add summary=x' 'note 1 x' \
		'redact 1 --fields summary --why x' 'append followed'; do
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr inc-log -q -l copy $words
		[[ $stderr == *'inc-log: copy: is a copy of a log: inc-log restored makes it one that can be written to'* ||
			$words == append* ]]
	done
	ls copy | same <(echo 00000000000001.tsv) -
	log -l copy restored --why moved >out
	log -l copy note 1 x >out
	[ "$(log -l copy verify | cut -d ' ' -f 1)" -eq 3 ]
	[ "$(stat -c %a copy/lock)" = 600 ]
}

@test "after a log is restored no id is given twice, however often" {
	at=1774429200 # 2026-03-25T09:00:00Z
	at() {
		with_clock $((at += 5)) inc-log -q -l log "$@"
	}
	at --create add summary=one >out
	take_copy copy
	at add summary=two >out
	at add summary=three >out
	numbers >given
	# Once a head tells of what is lost, thrice none does.
	log head >heads
	for head in '--head heads' '' '' ''; do
		rm -rf log
		cp -r copy log
		# shellcheck disable=SC2086 # an option, or none
		at restored $head --why 'disk failed' >out
		grep -qx 'goes on after entry 1' out
		last=$(sed -n 's/^ids go on after 20260325-0*//p' out)
		for _ in 1 2 3; do
			at add summary=new >out
		done
		numbers | tail -n 3 >new
		[ "$(head -n 1 new)" -eq $((last + 1)) ]
		cat new >>given
	done
	[ "$(wc -l <given)" -eq 15 ]
	sort given | uniq -d | same /dev/null -
}

@test "ids go on after the latest that is known, by any of three" {
	log --create add summary=one >out
	log head >heads
	IFS=$'\t' read -r _ chain at <heads
	printf '9000001\t%s\t%s\n' "$chain" "$at" >>heads
	take_copy copy
	cp -r copy other
	log -l copy restored --head heads --why x >out
	tail -n 1 out | same <(echo "ids go on after $(date -u +%Y%m%d)-9000002") -
	log -l other restored --last 20260325-7000000 --why x >out
	tail -n 1 out | same <(echo "ids go on after $(date -u +%Y%m%d)-7000001") -
	log -l other add summary=x >out
	log -l other current | column id | tail -n 1 |
		same <(echo "$(date -u +%Y%m%d)-7000002") -
	# With another prefix, zone and process they are the same numbers.
	mkdir pack
	tsv 'name\tversion\tid_prefix\tzone' 'x\t1\tHQ\tAmerica/New_York' \
		>pack/pack.tsv
	log -l other -p pack add summary=x >out
	log -l other current | column id | tail -n 1 | grep -qx 'HQ.*-7000002'
}

@test "no id is given after the greatest there is" {
	day=$(date -u +%Y%m%d)
	log --create add id="$day-4294967294" summary=one >out
	log add summary=two >out
	run -2 --separate-stderr log add summary=three
	[ "$stderr" = 'inc-log: no id is left of this day: one ends in 4294967295, the greatest number there is' ]
	log history | column event | same <(printf 'received\n%.0s' 1 2) -
	log add id=own summary=three >out
	log verify
}

@test "a head by which no id would be left is not believed" {
	log --create add summary=one >out
	take_copy copy
	IFS=$'\t' read -r _ chain at < <(log head)
	for seq in 5000000000 18446744073709551614; do
		printf '%s\t%s\t%s\n' "$seq" "$chain" "$at" >heads
		run -2 --separate-stderr log -l copy restored --head heads --why x
		[[ $stderr == 'inc-log: after '*' lost entries and number 0 no id is left of this day: is the newest head of this log, and --last right?' ]]
		ls copy | same <(echo 00000000000001.tsv) -
	done
}

@test "a head of years to come does not set the time of a log" {
	with_clock 1774429200 inc-log -q -l log --create add summary=one >out
	take_copy copy
	IFS=$'\t' read -r _ chain _ < <(log head)
	printf '2\t%s\t2126-03-25T09:00:00Z\n' "$chain" >heads
	run -2 --separate-stderr with_clock 1774429200 inc-log -q -l copy \
		restored --head heads --why x
	[ "$stderr" = 'inc-log: the newest head is of 2126-03-25T09:00:00Z, but it is 2026-03-25T09:00:00Z by the clock: one is wrong; without that head, or with the clock put right, it can be restored' ]
	ls copy | same <(echo 00000000000001.tsv) -
	# a day ahead may have been
	printf '2\t%s\t2026-03-26T08:00:00Z\n' "$chain" >heads
	with_clock 1774429200 inc-log -q -l copy restored --head heads \
		--why x >out
}

@test "a restore that is killed leaves a copy, until its entry is on disk" {
	log --create add summary=one >out
	log add summary=two >out
	take_copy copy
	for call in open write fsync fdatasync pwrite flock; do
		for ((n = 1; ; n++)); do
			rm -rf log
			cp -a copy log
			with "$call:$n:KILL" inc-log -q -l log restored --why x \
				>out 2>&1 && break
			run log add summary=three
			[ "$status" -eq 2 ] || grep -q restored log/*.tsv
			[ "$status" -eq 0 ] || log restored --why again >out
			log note 1 more >out
			log verify
		done
	done
}

@test "the day after a log was restored, numbers begin anew" {
	with_clock 1774429200 inc-log -q -l log --create add summary=one >out
	rm log/lock
	with_clock 1774432800 inc-log -q -l log restored --why x >out
	tail -n 1 out | same <(echo 'ids go on after 20260325-100001') -
	with_clock 1774436400 inc-log -q -l log add summary=two >out
	with_clock 1774515600 inc-log -q -l log add summary=three >out
	log current | column id | same <(printf '%s\n' 20260325-0001 \
		20260325-100002 20260326-0001) -
}

@test "a copy that is damaged, or of another log, stays a copy" {
	log --create add summary=one >out
	log add summary=two >out
	log head >heads
	take_copy copy
	cp -r copy broken
	sed -i 2s/one/two/ broken/*.tsv
	run -2 --separate-stderr log -l broken restored --why x
	want ''
	[[ ${stderr_lines[0]} == *'broken/00000000000001.tsv:2: entry 1 or its chain was changed' ]]
	[ "${stderr_lines[1]}" = 'inc-log: broken: nothing was changed: inc-log(5) tells what to do with a copy that is damaged' ]
	sed -i 2s/./2/ heads
	rm -rf log
	log --create add summary=other >out
	log add summary=other >out
	log head >other
	run -2 --separate-stderr log -l copy restored --head other --why x
	[[ $stderr == 'inc-log: other:1: entry 2 was another when this head was taken: '* ]]
	run -2 --separate-stderr log -l copy restored
	[[ $stderr == 'inc-log: restored needs --why TEXT'* ]]
	run -2 --separate-stderr log -l copy restored --why x --last none
	[[ $stderr == "inc-log: --last 'none': an id that ends in a number was expected"* ]]
	run -2 --separate-stderr log -l nowhere restored --why x
	[[ $stderr == "inc-log: open 'nowhere': No such file or directory"* ]]
	for call in write short fdatasync open flock fsync; do
		run -2 with "$call:1:EIO" inc-log -q -l copy restored --why x
	done
	find copy broken -type f | sort | same <(printf '%s\n' \
		broken/00000000000001.tsv copy/00000000000001.tsv) -
	log -l copy restored --why x >out
}

@test "the heads of what was lost are told, and others still found wrong" {
	log --create add summary=one >out
	log head >heads
	take_copy copy
	for n in 1 2 3; do
		log add summary=lost >out
		log head >>heads
	done
	rm -rf log
	cp -r copy log
	run -1 --separate-stderr log verify --head heads
	want_error 'inc-log: heads:2: this head is of entry 2, but the log ends with entry 1: its end was cut off, or it is another log; of a copy that goes on, inc-log restored says so'
	log restored --why 'disk	failed' >out
	for n in 1 2 3 4; do
		log add summary=new >out
		log head >>heads
	done
	run -3 --separate-stderr log verify --head heads
	[ "${lines[1]}" = 'extends 5 heads' ]
	[[ $stderr == 'inc-log: 3 heads are of entries that are lost: the log was restored from a copy, as entry 2 says, by '*' disk\tfailed; what is lost is not known: there is no head' ]]
	# What was cut off, or made anew, since then is not excused by it.
	cp -r log whole
	sed -i '$d' log/00000000000001.tsv
	run -1 --separate-stderr log verify --head heads
	[[ $stderr == 'inc-log: heads:8: this head is of entry 6, but the log ends with entry 5: '* ]]
	log add summary=other >out
	run -1 --separate-stderr log verify --head heads
	[[ $stderr == 'inc-log: heads:8: entry 6 was another when this head was taken: '*'; up to entry 5 the log is what it was' ]]
	rm -rf log
	cp -r copy log
	touch log/lock
	log add summary=forged >out
	log restored --why 'too late' >out
	run -1 --separate-stderr log verify --head heads
	[[ $stderr == 'inc-log: heads:2: entry 2 was another when this head was taken: '* ]]
}

@test "no row says that a log was restored" {
	tsv 'id\tupdated\tevent\tstate' 'A\t2026-01-01T00:00:00Z\t\tnew' \
		'A\t2026-01-02T00:00:00Z\trestored\topen' >rows
	log --create append rows >out
	log history | column event | same <(printf 'received\nupdated\n') -
	run -2 --separate-stderr log add id=A event=restored state=x
	[[ $stderr == "inc-log: event: 'restored' is what a verb of its own logs"* ]]
}

@test "lost ids are known where only some of a log is read" {
	export INC_SEGMENT_BYTES=2000
	log --create add summary=one >out
	take_copy copy
	rm -rf log
	cp -r copy log
	day=$(date -u +%Y%m%d)
	log restored --last "$day-7000000" --why x >out
	for n in {1..20}; do
		tsv 'id\tclosed' "A$n\t2026-01-01T00:00:00Z" \
			"B$n\t2026-01-01T00:00:00Z" | log append >out
	done
	[ "$(ls log/*.tsv | wc -l)" -gt 3 ]
	mkdir pack
	tsv 'name\tversion\tid_prefix' 'x\t1\tHQ' >pack/pack.tsv
	log -p pack add --record summary=two | column id |
		same <(echo "HQ$day-7000002") -
	log add --record summary=three | column id |
		same <(echo "$day-7000002") -
	run -1 log show 7000001
	run -2 log note 7000001 x
}
