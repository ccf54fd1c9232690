#!/usr/bin/env bats
# inc-log verify and head: that nothing was changed, and how that can be shown.

load helper

log() {
	inc-log -q -l log "$@"
}

first=log/00000000000001.tsv
fourth=log/00000000000004.tsv
seventh=log/00000000000007.tsv

# nine_entries: makes ./log, of three segments with three entries each, and
# ./whole, a copy of it.
nine_entries() {
	local column
	for column in state impact urgency; do
		for n in 1 2 3; do
			log --create add id=A "$column=$n" >out
		done
	done
	cp -a log whole
}

# damage COMMAND...: does that to the log as it was, which verify then refuses;
# $stderr is what it says, without the program and the directory.
damage() {
	rm -rf log
	cp -a whole log
	"$@"
	run --separate-stderr log verify
	want_status 1
	want ''
	[ "${#stderr_lines[@]}" -eq 1 ]
	stderr=${stderr#inc-log: log/0000000000000}
}

# What may be done to a file of lines; lines are counted from 1, the header.
change() {
	sed -i "$2s/updated/noted/; $2s/received/noted/" "$1"
}

remove() {
	sed -i "$2d" "$1"
}

insert() { # FILE LINE: that line once more, after itself
	sed -i "$2p" "$1"
}

swap() { # FILE LINE: with the next one
	sed -i "$2{h; d}; $(($2 + 1))G" "$1"
}

move() { # FROM LINE TO: a line to the end of another file
	sed -n "$2p" "$1" >>"$3"
	remove "$1" "$2"
}

@test "an entry that was changed is named wherever it stands" {
	nine_entries
	for segment in 1 4 7; do
		for n in 0 1 2; do
			damage change "log/0000000000000$segment.tsv" $((n + 2))
			want_error "$segment.tsv:$((n + 2)): entry $((segment + n)) or its chain was changed"
		done
	done
}

@test "an entry that was removed is named by the one that stands there" {
	nine_entries
	for segment in 1 4 7; do
		for n in 0 1; do
			damage remove "log/0000000000000$segment.tsv" $((n + 2))
			want_error "$segment.tsv:$((n + 2)): entry $((segment + n + 1)), entry $((segment + n)) was expected"
		done
	done
	# At a segment's end it is missed at the next one's start.
	for segment in 1 4; do
		damage remove "log/0000000000000$segment.tsv" 4
		want_error "$((segment + 3)).tsv:2: entry $((segment + 3)), entry $((segment + 2)) was expected"
	done
}

@test "an entry that was put in is named wherever it stands" {
	nine_entries
	for segment in 1 4 7; do
		for n in 0 1 2; do
			damage insert "log/0000000000000$segment.tsv" $((n + 2))
			want_error "$segment.tsv:$((n + 3)): entry $((segment + n)), entry $((segment + n + 1)) was expected"
		done
	done
	# With the number that would be next.
	damage eval "sed -n '4s/^3/4/p' $first >>$first"
	want_error '1.tsv:5: entry 4 or its chain was changed'
}

@test "entries in another order are named, also where that spans segments" {
	nine_entries
	for segment in 1 4 7; do
		for n in 0 1; do
			damage swap "log/0000000000000$segment.tsv" $((n + 2))
			want_error "$segment.tsv:$((n + 2)): entry $((segment + n + 1)), entry $((segment + n)) was expected"
		done
	done
	damage move $fourth 2 $first
	want_error '1.tsv:5: 15 fields, the header names 14'
}

@test "a segment that was removed, renamed or exchanged is named" {
	nine_entries
	damage rm $first
	want_error '4.tsv:2: entry 4, entry 1 was expected'
	damage rm $fourth
	want_error '7.tsv:2: entry 7, entry 4 was expected'
	damage mv $fourth log/00000000000005.tsv
	want_error '5.tsv:2: begins with entry 4, another than its name says'
	damage mv $fourth log/00000000000008.tsv
	want_error '7.tsv:2: entry 7, entry 4 was expected'
	damage mv $seventh log/00000000000008.tsv
	want_error '8.tsv:2: begins with entry 7, another than its name says'
	damage eval "mv $fourth x; mv $seventh $fourth; mv x $seventh"
	want_error '4.tsv:2: entry 7, entry 4 was expected'
	damage cp $fourth $seventh
	want_error '7.tsv:2: entry 4, entry 7 was expected'
}

@test "a header that was changed is named by the entry after it" {
	nine_entries
	damage sed -i 1s/impact/import/ $fourth
	want_error '4.tsv:2: entry 4 or its chain was changed'
	damage sed -i '1s/state\tincomplete/incomplete\tstate/' $seventh
	want_error '7.tsv:2: entry 7 or its chain was changed'
	damage sed -i 1s/seq/sqe/ $fourth
	want_error '4.tsv:1: is no segment of an incident log'
	damage sed -i '1s/.*/id\tstate/' $fourth
	want_error '4.tsv:1: is no segment of an incident log'
}

@test "what a stream forgives is seen in a log" {
	nine_entries
	damage sed -i 's/$/\r/' $fourth
	want_error '4.tsv:2: entry 4 or its chain was changed'
	damage sed -i '1s/$/\r/' $fourth
	want_error '4.tsv:2: entry 4 or its chain was changed'
	damage sed -i $'1s/^/\ufeff/' $fourth
	want_error '4.tsv:2: entry 4 or its chain was changed'
	damage insert $fourth 1
	want_error "4.tsv:2: 'seq' is no entry's number"
	damage eval "sed -n 1p $fourth >>$fourth"
	want_error "4.tsv:5: 'seq' is no entry's number"
}

@test "verify proves that a head still stands, in a mailbox of them too" {
	nine_entries
	log head >kept
	log add id=B >out
	{
		printf 'From root Mon Nov 23 06:00:00 2026\nSubject: head\n\n'
		cat kept
		printf 'From root Tue Nov 24 06:00:00 2026\nSubject: head\n\n'
		log head
	} >mailbox
	run -0 log verify --head mailbox
	[[ ${lines[0]} == '10 entries in 3 segments, chain '* ]]
	[ "${lines[1]}" = 'extends 2 heads' ]
	log verify --head - <kept | tail -n 1 | same <(echo 'extends 1 head') -
}

@test "a log that was cut at its end, line or segment, shows by its head" {
	nine_entries
	log head >kept
	for cut in "remove $seventh 4" "rm $seventh"; do
		rm -rf log
		cp -a whole log
		$cut
		run -0 log verify
		last=${output%% *}
		run -1 --separate-stderr log verify --head kept
		want ''
		want_error "inc-log: kept:1: this head is of entry 9, but the log ends with entry $last: its end was cut off, or it is another log; of a copy that goes on, inc-log restored says so"
	done
}

@test "a log that was written anew, chain and all, shows by its head" {
	nine_entries
	head -n 3 whole/00000000000001.tsv >two
	log head >heads
	rm -rf log
	mkdir log
	touch log/lock
	mv two $first
	log head >>heads
	for n in 3 4 5 6 7 8 9 10; do
		log add id=A state="other $n" >out
	done
	run -0 log verify
	run -1 --separate-stderr log verify --head heads
	want ''
	[[ $stderr == "inc-log: heads:1: entry 9 was another when this head was taken: $first:10 has the time 2"*"Z and the chain "*'; up to entry 2 the log is what it was' ]]
}

@test "a damaged log is named before its heads are" {
	nine_entries
	log head >kept
	change $first 3
	run -1 --separate-stderr log verify --head kept
	want_error "inc-log: $first:3: entry 2 or its chain was changed"
}

@test "heads that are none, damaged or can't be read prove nothing" {
	nine_entries
	log head >kept
	echo 'Subject: head' >none
	run -2 --separate-stderr log verify --head none
	want ''
	want_error 'inc-log: none: holds no head of a log: lines were expected as inc-log head prints them'
	cut -c 1-40,42- kept >short
	run -2 --separate-stderr log verify --head short
	want_error 'inc-log: short:1: is no head of a log: its number, its chain and its time were expected, as inc-log head prints them'
	run -2 --separate-stderr log verify --head nowhere
	want_error "inc-log: open 'nowhere': No such file or directory"
}

@test "head is the number, the chain and the time of the newest entry" {
	nine_entries
	tail -n 1 $seventh | awk -F '\t' -v OFS='\t' '{ print $1, $NF, $2 }' >want
	log head | same want -
	[ "$(log verify | head -n 1)" = "9 entries in 3 segments, chain $(cut -f 2 want)" ]
	# Half an entry is none, and a segment may have none yet.
	printf '10\t2026' >>$seventh
	log head | same want -
	truncate -s -7 $seventh
	sed '1s/urgency/&\tnew/; 1q' $seventh >log/00000000000010.tsv
	log head | same want -
}

@test "an empty log has no head" {
	echo id | log --create append >out
	run -1 --separate-stderr log head
	want ''
	want_error 'inc-log: log: has no entry yet'
}

@test "a log whose end can't be read has no head" {
	nine_entries
	rm -rf log && cp -a whole log
	sed -i '$s/$/x/' $seventh
	run -2 --separate-stderr log head
	want ''
	want_error "inc-log: $seventh: the last line is no entry"
	rm -rf log && cp -a whole log
	: >$seventh
	run -2 --separate-stderr log head
	want_error "inc-log: $seventh: empty, a header line was expected"
	rm -rf log && cp -a whole log
	sed -i 1q $seventh
	rm $fourth
	run -2 --separate-stderr log head
	want_error "inc-log: $first: ends with entry 3"
}

@test "head reads the end of a log alone" {
	nine_entries
	rm $first
	log head | cut -f 1 | same <(echo 9) -
}

@test "a head is that of a log in which no writer is at work" {
	nine_entries
	exec 9<log/lock
	flock 9
	run -75 --separate-stderr log head --wait 0s
	want ''
	want_error 'inc-log: log: another writer has held the log for 0s: try again later'
	flock -u 9
	log head | cut -f 1 | same <(echo 9) -
}
