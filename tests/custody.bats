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
	cd "$place"
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
		'corrected\tthe\\\\ttab' 'redacted\tdpo' 'updated\t') -
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
		'B\t2026-01-03T00:00:00Z\theld' >more
	log append --for ann more >out
	tsv 'id\tmessage\ttry\tdelivery' 'A\tm1\t1\tqueued' >receipts
	log append --for ann receipts >out
	[ "$(log verify | cut -d ' ' -f 1)" -eq 5 ]
	for whom in bea ann; do
		for file in rows more rows receipts; do
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
