#!/usr/bin/env bats
# inc-log: the record.  Formats: inc-log(5).

load helper

# log WORD...: inc-log on ./log, without notices; add prints the record.
log() {
	case " $* " in
	*' add '*) inc-log -q -l log --record "$@" ;;
	*) inc-log -q -l log "$@" ;;
	esac
}

# entries: how many there are.
entries() {
	log history --no-header | wc -l
}

# has_entries NUMBER: whether it has so many.
has_entries() {
	[ "$(entries)" -eq "$1" ]
}

# prove: what the recipe of inc-log(5) says of each entry, by awk and
# sha256sum alone.
prove() {
	sed -n '/^\$ cat >prove.awk/,/^END$/p' "$SOURCE/man/inc-log.5" |
		sed '1d; $d; s/\\e/\\/g' >prove.awk
	awk -f prove.awk log/*.tsv
}

@test "a log is made by --create alone" {
	run --separate-stderr log add summary=x
	want_status 2
	want_error "inc-log: open 'log': No such file or directory (inc-log --create add makes a log)"
	log --create add summary=x >out
	[ -s log/00000000000001.tsv ]
}

@test "a directory that is no log is refused" {
	mkdir log
	run --separate-stderr log current
	want_status 2
	want_error "inc-log: log: is no incident log (inc-log --create add makes one)"
}

@test "without a log the choices are named" {
	run --separate-stderr inc-log current
	want_status 2
	want_error 'inc-log: no log: give -l DIR, INC_LOG or INC_HOME (inc init makes a home)'
}

@test "INC_LOG and INC_HOME name the log" {
	mkdir -p home/procedures
	tsv 'name\tversion' 'x\t1' >home/procedures/pack.tsv
	INC_HOME=home inc-log -q --create add summary=x >out
	INC_LOG=home/log inc-log history --no-header >out
	[ "$(wc -l <out)" -eq 1 ]
}

@test "the log and its files are for their owner alone" {
	umask 022
	log --create add summary=x >out
	[ "$(stat -c %a log)" = 700 ]
	[ "$(stat -c %a log/00000000000001.tsv)" = 600 ]
	[ "$(stat -c %a log/lock)" = 600 ]
}

@test "works without procedures and says so once" {
	run --separate-stderr inc-log -l log --create add summary=x
	want_status 0
	want_error 'inc-log: no procedures: zone UTC, nothing sealed'
}

@test "ids count up within a day, with the prefix of the pack" {
	log --create add summary=one >out
	log add summary=two >out
	log current | column id >ids
	day=$(date -u +%Y%m%d)
	printf '%s\n' "$day-0001" "$day-0002" | same - ids
	mkdir pack
	tsv 'name\tversion\tid_prefix' 'x\t1\tHQ' >pack/pack.tsv
	log -p pack add summary=three | column id >id
	[ "$(cat id)" = "HQ$day-0001" ]
}

@test "an id may be given by its last digits, where they tell it from others" {
	log --create add id=20200101-0007 summary=old >out
	log add id=20200102-0007 summary=new >out
	run -2 --separate-stderr inc-log -q -l log add id=7 state=x
	want ''
	want_error "inc-log: '7' fits 2 incidents, of which '20200102-0007' is the latest: more of the id was expected, such as 25-0042"
	log add id=02-0007 state=x >out
	log current | column state >states
	printf '%s\n' '' x | same - states
	# To look at, the latest will do.
	run -0 --separate-stderr inc-log -l log history --no-header 7
	[ "${#lines[@]}" -eq 2 ]
	want_error "inc-log: '7' is taken for '20200102-0007', the latest of the 2 that it fits"
	# What is closed is not meant where something open is.
	log close 02-0007 >out
	log note 7 'still open' >out
	log history --no-header --event noted | cut -f 6 | same <(echo 20200101-0007) -
	log history --no-header 7 | cut -f 6 | sort -u | same <(echo 20200101-0007) -
	log close 01-0007 >out
	run -2 --separate-stderr inc-log -q -l log add id=03-0007 summary=slip
	want_error "inc-log: no incident '03-0007' (without an id a new one is made)"
	run -2 --separate-stderr inc-log -q -l log reopen 7
	[[ $stderr == "inc-log: '7' fits 2 incidents"* ]]
	run -0 inc-log -q -l log list --all --no-header
	[ "$(printf '%s\n' "${lines[@]}" | cut -d ' ' -f 1 | tr '\n' ' ')" = '20200101-0007 20200102-0007 ' ]
}

@test "no incident belongs to itself by others, or to one that is closed" {
	for i in 1 2 3; do
		log --create add summary="$i" >out
	done
	log link 1 2 >out
	log link 2 3 >out
	run -2 --separate-stderr inc-log -q -l log link 3 1
	want ''
	want_error "inc-log: parent: '1' belongs to this incident itself"
	run -2 --separate-stderr inc-log -q -l log correct 3 parent=2
	want_error "inc-log: parent: '2' belongs to this incident itself"
	log unlink 2 >out
	log close 3 >out
	run -2 --separate-stderr inc-log -q -l log link 2 3
	want_error "inc-log: parent: '3' is closed: nobody would see to this one"
	# One that others have made holds nobody up.
	tsv 'id\tparent' 'A\tB' 'B\tA' | log append >out
	log link 2 A >out
}

@test "a number that no id ends in is a slip, another new id is told of" {
	log --create add id=INC0010016 summary=one >out
	run -2 --separate-stderr log add id=16 state=x
	want ''
	want_error "inc-log: no incident '16' (without an id a new one is made)"
	log add id=10016 state=x | column id >id
	echo INC0010016 | same - id
	run -0 --separate-stderr inc-log -p "$FIXTURES/utc" -l log add \
		id=INC0010061 state=y
	want_error "inc-log: 'INC0010061' is a new incident"
	log history --no-header | wc -l | grep -qx 3
}

@test "a new incident that is added was received when it was so, else now" {
	before=$(date -u +%FT%T)
	log --create add summary=one >one
	log add summary=two updated=2026-03-02T09:00:00Z >two
	log add summary=three received=2026-03-02T08:00:00Z >three
	log add id=1 summary=still >still
	[[ ! $(column received one) < $before ]]
	[ "$(column received one)" = "$(column received still)" ]
	[ "$(column received two)" = 2026-03-02T09:00:00Z ]
	[ "$(column received three)" = 2026-03-02T08:00:00Z ]
	[ -z "$(column incomplete one)" ]
}

@test "history of an unknown incident is the answer no" {
	log --create add id=A >out
	run --separate-stderr log history 99
	want_status 1
	want_error "inc-log: no incident '99'"
}

@test "append logs what differs and nothing else" {
	tsv 'id\tupdated\tstate\turgency' \
		'A\t2026-01-01T00:00:00Z\tnew\t2' \
		'A\t2026-01-02T00:00:00Z\tactive\t2' >rows
	log --create append rows >out
	log history | cut -f 5,6,7 >heads
	tsv 'event\tid\tupdated' \
		'received\tA\t2026-01-01T00:00:00Z' \
		'updated\tA\t2026-01-02T00:00:00Z' | same - heads
	log history | column urgency >urgency
	printf '%s\n' 2 '' | same - urgency
}

@test "an export that nobody imported is not logged row by row" {
	log --create add summary=x >out
	printf 'id,summary\n1,no mail\n2,no sound\n' >export.csv
	run -2 --separate-stderr log append export.csv
	want_error 'inc-log: export.csv:1: names separated by tabs were expected; inc-import makes a stream of CSV and JSON'
	[ "$(entries)" -eq 1 ]
}

@test "the first entry's received is filled and marked incomplete" {
	tsv 'id\tupdated' 'A\t2026-01-01T00:00:00Z' |
		log --create append >out
	tsv 'id\tupdated\treceived\tincomplete\trev' \
		'A\t2026-01-01T00:00:00Z\t2026-01-01T00:00:00Z\treceived\t1' |
		same - out
	tsv 'id\treceived' 'A\t2025-12-31T00:00:00Z' | log append >out
	column incomplete out | same <(echo) -
}

@test "the same rows again add nothing and reopen nothing" {
	tsv 'id\tupdated\tstate\tclosed' \
		'A\t2026-01-01T00:00:00Z\tnew\t' \
		'A\t2026-01-02T00:00:00Z\tclosed\t2026-01-02T00:00:00Z' >rows
	log --create append rows >out
	log append rows >out
	[ "$(entries)" -eq 2 ]
	log current | column closed | same <(echo 2026-01-02T00:00:00Z) -
	run --separate-stderr inc-log -l log append rows
	[[ $stderr == *'2 rows: 0 entries made, 2 said nothing new'* ]]
}

@test "a received that is no time is the source's word, and is known again" {
	tsv 'id\treceived\tsummary' 'A\tyesterday\ts' 'B\t\ts' >rows
	log --create append rows >out
	[ "$(column incomplete out | sort -u)" = received ]
	log append rows >out
	[ "$(entries)" -eq 2 ]
	tsv 'id\treceived\tsummary' 'A\t2026-03-25T09:00:00Z\ts' >rows
	log append rows >out
	log append rows >out
	[ "$(column received out),$(column incomplete out)" = 2026-03-25T09:00:00Z, ]
	[ "$(entries)" -eq 3 ]
}

@test "rows that said nothing new at their time add nothing later" {
	tsv 'id\tupdated\tstate' \
		'A\t2026-01-01T00:00:00Z\tnew' \
		'A\t2026-01-02T00:00:00Z\tnew' \
		'A\t2026-01-03T00:00:00Z\tdone' >rows
	log --create append rows >out
	log append rows >out
	[ "$(entries)" -eq 2 ]
}

@test "an empty field clears what the same source had said" {
	tsv 'id\tupdated\tclosed' \
		'A\t2026-01-01T00:00:00Z\t2026-01-01T00:00:00Z' \
		'A\t2026-01-02T00:00:00Z\t' | log --create append >out
	log history --event reopened | column closed | same <(echo '\N') -
	log current --open --no-header | wc -l | grep -qx 1
}

@test "an empty field of another source clears nothing" {
	tsv 'id\tstate' 'A\tnew' | log --create append --source one >out
	tsv 'id\tstate\tcaller' 'A\t\tAnn' | log append --source two >out
	log current | column state | same <(echo new) -
}

@test "what the desk has acknowledged no source acknowledges later" {
	tsv 'id\tupdated\tpriority' 'A\t2026-01-01T00:00:00Z\tP1' |
		with_clock 1767225600 inc-log -q -l log --create append >out
	with_clock 1767312000 inc-log -q -l log ack A >out
	tsv 'id\tupdated\tacknowledged\tnote' \
		'A\t2026-01-02T00:10:00Z\t2026-01-02T00:10:00Z\tme too' >rows
	log append --source other rows | column acknowledged |
		same <(echo 2026-01-02T00:00:00Z) -
	log history | column note | tail -n 1 | same <(echo 'me too') -
	log append --source other --changed --no-header rows | same /dev/null -
	# but earlier it may have been
	tsv 'id\tupdated\tacknowledged' 'A\t2026-01-02T00:20:00Z\t2026-01-01T12:00:00Z' |
		log append --source third | column acknowledged |
		same <(echo 2026-01-01T12:00:00Z) -
}

@test "acknowledged stays what it was first" {
	tsv 'id\tupdated\tacknowledged' \
		'A\t2026-01-01T00:00:00Z\t' \
		'A\t2026-01-02T00:00:00Z\t2026-01-02T00:00:00Z' \
		'A\t2026-01-03T00:00:00Z\t2026-01-03T00:00:00Z' \
		'A\t2026-01-04T00:00:00Z\t' >rows
	log --create append rows >out
	log current | column acknowledged | same <(echo 2026-01-02T00:00:00Z) -
}

@test "a row that comes late does not undo a later one" {
	tsv 'id\tupdated\tstate\timpact' \
		'A\t2026-01-01T00:00:00Z\tnew\t3' \
		'A\t2026-01-03T00:00:00Z\tdone\t3' \
		'A\t2026-01-02T00:00:00Z\tactive\t1' \
		'A\t2026-01-04T00:00:00Z\tclosed\t3' >rows
	log --create append rows >out
	log current | cut -f 1,4,5 >now
	tsv 'id\tstate\timpact' 'A\tclosed\t3' | same - now
	log current --at 2026-01-02T12:00:00Z | column state |
		same <(echo active) -
	inc-log -q current rows | column impact | same <(echo 3) -
	log append rows >out
	[ "$(entries)" -eq 5 ]
}

@test "current --at goes by updated, --known-at by when it was logged" {
	tsv 'id\tupdated\tstate' 'A\t2026-01-01T00:00:00Z\tone' |
		log --create append >out
	between=$(date -u +%FT%T.%NZ)
	sleep 0.01
	tsv 'id\tupdated\tstate' 'A\t2026-01-05T00:00:00Z\ttwo' |
		log append >out
	log current --at 2026-01-02T00:00:00Z | column state |
		same <(echo one) -
	log current --known-at "$between" | column state | same <(echo one) -
	log current | column state | same <(echo two) -
	log current --at 2025-01-01T00:00:00Z --no-header | same /dev/null -
}

@test "current --live keeps what is open and what was closed within it" {
	now=$(date -u +%FT%TZ)
	tsv 'id\tclosed' 'A\t' 'B\t2020-01-01T00:00:00Z' "C\t$now" |
		log --create append >out
	log current --live 7d | column id | same <(printf '%s\n' A C) -
	log current --open | column id | same <(echo A) -
	run --separate-stderr log current --open --live 7d
	want_status 2
}

@test "a record comes back and only its changes are logged" {
	tsv 'id\tpriority\tstate' 'A\tP2\tnew' | log --create append >out
	log current | sed 's/P2/P1/' | log append --changed |
		column priority | same <(echo P1) -
	log history --event triaged | column priority | same <(echo P1) -
	log current | log append --changed --no-header | same /dev/null -
	[ "$(entries)" -eq 2 ]
}

@test "a column that was changed since makes a row overtaken" {
	tsv 'id\tstate\timpact' 'A\tnew\t3' | log --create append >out
	log current >before
	log add id=A state=active >out
	sed 's/new/held/' before >row
	run --separate-stderr log append --rejects rejects row
	want_status 3
	want_error "inc-log: row:2: 'A' is overtaken: its state was changed by\
 entry 2, after 1"
	column reason rejects >reason
	grep -q 'is overtaken' reason
	printf '%s\n' "$output" | column state | same <(echo active) -
	[ "$(entries)" -eq 2 ]
}

@test "a row that changes other columns than others did is not overtaken" {
	tsv 'id\tstate\timpact' 'A\tnew\t3' | log --create append >out
	log current >before
	log add id=A state=active >out
	awk -F '\t' -v OFS='\t' '
	    NR == 1 { for (i = 1; i <= NF; i++) if ($i == "impact") c = i }
	    NR > 1 { $c = 1 } { print }' before | log append >out
	log current | cut -f 4,5 >now
	tsv 'state\timpact' 'active\t1' | same - now
}

@test "held and resumed make holds" {
	tsv 'id\tupdated\theld' \
		'A\t2026-01-01T00:00:00Z\t' \
		'A\t2026-01-02T00:00:00Z\t2026-01-02T00:00:00Z' \
		'A\t2026-01-03T00:00:00Z\t2026-01-03T00:00:00Z' \
		'A\t2026-01-04T00:00:00Z\t' \
		'A\t2026-01-05T00:00:00Z\t2026-01-05T00:00:00Z' >rows
	log --create append rows >out
	want='2026-01-02T00:00:00Z/2026-01-04T00:00:00Z 2026-01-05T00:00:00Z/'
	log current | column holds | same <(echo "$want") -
	inc-log -q current rows | column holds | same <(echo "$want") -
	log history | column event >events
	printf '%s\n' received held held resumed held | same - events
	inc-log -q current rows >folded
	inc-log -q current folded | column holds | same <(echo "$want") -
}

@test "a hold ends when it did, though the rows come out of order" {
	tsv 'id\tupdated\tstate\theld' \
		'A\t2026-01-01T00:00:00Z\tnew\t' \
		'A\t2026-01-05T00:00:00Z\tdone\t' \
		'A\t2026-01-02T00:00:00Z\theld\t2026-01-02T00:00:00Z' \
		'A\t2026-01-03T00:00:00Z\tactive\t' >rows
	want=2026-01-02T00:00:00Z/2026-01-03T00:00:00Z
	inc-log -q current rows | column holds | same <(echo $want) -
	log --create append rows >out
	log current | column holds | same <(echo $want) -
	log current --at 2026-01-04T00:00:00Z | column state |
		same <(echo active) -
	log current | column state | same <(echo "done") -
	count=$(entries)
	log append rows >out
	[ "$(entries)" -eq "$count" ]
}

@test "a row that said nothing new is known again after one of its time" {
	tsv 'id\tupdated\tstate' \
		'A\t2026-01-01T00:00:00Z\tclosed' \
		'A\t2026-01-02T00:00:00Z\tclosed' \
		'A\t2026-01-02T00:00:00Z\topen' >rows
	log --create append rows >out
	count=$(entries)
	log append rows >out
	[ "$(entries)" -eq "$count" ]
	log current | column state | same <(echo open) -
}

@test "of rows in any order the source's latest holds, in log and fold" {
	for seed in 1 2 3 4 5 6 7 8; do
		rm -rf log
		awk -v seed=$seed 'BEGIN {
			srand(seed)
			print "id\tupdated\tx\ty"
			for (i = 0; i < 40; i++) {
				day = int(rand() * 28) + 1
				printf "%s\t2026-01-%02dT00:00:%02dZ\t%s\t%s\n",
				    substr("ABC", int(rand() * 3) + 1, 1), day,
				    i, int(rand() * 3), int(rand() * 3)
			}
		}' >rows
		log --create append rows >out
		sed 1d rows | sort -k 1,1 -k 2,2 | awk -F '\t' '
			{ row[$1] = $1 "\t" $3 "\t" $4 }
			END { for (id in row) print row[id] }' | sort >wanted
		log current | awk -F '\t' '
			NR == 1 { for (i = 1; i <= NF; i++) h[$i] = i; next }
			{ print $h["id"] "\t" $h["x"] "\t" $h["y"] }' |
			sort | same wanted -
		inc-log -q current rows | awk -F '\t' '
			NR == 1 { for (i = 1; i <= NF; i++) h[$i] = i; next }
			{ print $h["id"] "\t" $h["x"] "\t" $h["y"] }' |
			sort | same wanted -
		run -0 --separate-stderr log verify
	done
}

@test "events are named after what changed" {
	log --create add id=A >out
	for level in 0 2 1; do
		log current | awk -F '\t' -v OFS='\t' -v n="$level" '
			NR == 1 { for (i = 1; i <= NF; i++) if ($i == "level") c = i
				  if (!c) { c = NF + 1; $c = "level" } }
			NR > 1 { $c = n } 1' | log append >out
	done
	log add id=A assigned=ann priority=P1 >out
	log add id=A acknowledged=2026-01-01T00:00:00Z >out
	log add id=A resolved=2026-01-01T00:00:00Z >out
	log add id=A closed=2026-01-01T00:00:00Z assigned=bob >out
	log add id=A closed= >out
	log add id=A event=noted why=because >out
	log history | column event >events
	printf '%s\n' received escalated escalated stood-down assigned acknowledged \
		resolved closed reopened noted | same - events
}

@test "what comes out is what is in the log where the log itself adds to a change" {
	tsv 'id\tstate\treceived' 'A\tnew\t2026-01-01T00:00:00Z' |
		log --create append >out
	sed 's/2026-01-01T00:00:00Z//' out | log append >now
	column received now >one
	log current | column received | same one -
	[ -s one ]
	[ -n "$(cat one)" ]
}

@test "a receipt is logged once and changes no column" {
	log --create add id=A state=new >out
	tsv 'message\ttry\tid\tdelivery\tstate' 'm1\t1\tA\tqueued\tx' >receipt
	log append receipt >out
	same receipt out
	sed 's/queued/delivered/' receipt >later
	log append later >out
	log append receipt >out
	[ "$(entries)" -eq 3 ]
	log current | column state | same <(echo new) -
	sed 's/queued/delivered/' receipt | log append >out
	log history --event notified | column delivery >delivery
	printf '%s\n' queued delivered | same - delivery
}

@test "a new column opens a new segment, with all columns" {
	log --create add id=A state=new >out
	log add id=A impact=1 urgency=2 >out
	ls log/*.tsv | same <(printf '%s\n' log/00000000000001.tsv \
		log/00000000000002.tsv) -
	head -n 1 log/00000000000002.tsv | tr '\t' '\n' | grep -qx state
	run log verify
	want_status 0
}

@test "dry run shows the record and logs nothing" {
	log --create add id=A state=new >out
	log current | sed 's/new/done/' | log append -n >out
	column state out | same <(echo 'done') -
	[ "$(entries)" -eq 1 ]
	log append -n <<-END >out
	$(tsv 'id\tstate' 'B\tnew')
	END
	[ "$(entries)" -eq 1 ]
}

@test "what the procedures ask for is marked, never refused" {
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\ttype\trequired\tpattern\tvalues' \
		'received\ttime\t*' \
		'callback\ttext\tchannel = phone\t^\\+?[0-9 ]+$' \
		'impact\tcode\t\t\t1 2 3' >pack/fields.tsv
	log -p pack --create add id=A received=2026-01-01T00:00:00Z \
		channel=phone impact=9 >out
	column incomplete out | same <(echo callback impact) -
	log -p pack add id=A callback='+44 113 496' impact=1 >out
	column incomplete out | same <(echo) -
	run --separate-stderr log -p pack add --strict id=B channel=phone
	want_status 3
	want_error 'inc-log: missing or not as it should be: callback'
	tsv 'id\treceived\timpact' 'C\t2026-01-01T00:00:00Z\t7' \
		'D\t2026-01-01T00:00:00Z\t1' >rows
	run --separate-stderr log -p pack append --strict --rejects no rows
	want_status 3
	want_error 'inc-log: rows:2: missing or not as it should be: impact'
	column row no | same <(printf '%s\n' 'C\t2026-01-01T00:00:00Z\t7') -
	[ "$(entries)" -eq 3 ]
}

@test "what a person types is a slip or theirs, never overruled" {
	inc-log -q -l log --create add summary=a impact=3 urgency=3 >out
	log current | inc-triage -p itsm | log append >out
	[ "$(column priority out),$(column priority_by out)" = P4,rules ]
	log add id=1 priority=P1 >out
	[ "$(column priority_by out)" = "$(id -un)" ]
	log current | inc-triage -p itsm | log append >out
	[ "$(column priority out),$(column suggested out)" = P1,P4 ]
	# cleared, it is the rules' again
	log add id=1 priority= >out
	log current | inc-triage -p itsm | log append >out
	[ "$(column priority out),$(column priority_by out)" = P4,rules ]
	while IFS='|' read -r operand error; do
		run -2 --separate-stderr log add id=1 "$operand"
		want ''
		[[ $stderr == "inc-log: $error"* ]]
	done <<'END'
closed=today|closed: 'today' is no time: one such as 2026-03-25T09:00:00Z, or now, was expected
reports=many|reports: 'many' is no number
level=2|'level' is what inc-escalate --level sets
escalate_to=x|'escalate_to' is what inc-escalate --level sets
id=|field 'id' is given already
parent=77|parent: '77' is no incident
parent=1|parent: '1' is the incident itself
message=m|'message' is what a receipt says
received=2999-01-01T00:00:00Z|received: '2999-01-01T00:00:00Z' is still to come
END
	run -2 --separate-stderr log add id= summary=x
	[[ $stderr == "inc-log: id: an incident's was expected"* ]]
	log add 'id= 1 ' acknowledged=now | column acknowledged >out
	[[ $(cat out) == "$(date -u +%Y-)"*Z ]]
	log add summary=b parent=1 | column parent >out
	[[ $(cat out) == *-0001 ]]
}

@test "a priority stands in the log beside who decided it" {
	feed() {
		tsv 'id\tupdated\tpriority\tpriority_by' "A\t$1" |
			log append --source feed
	}
	log --create append <<<id >out
	feed '2026-03-25T09:00:00Z\tP3\trules' >out
	log add id=A updated=2026-03-25T09:10:00Z priority=P1 \
		priority_by=ann >out
	feed '2026-03-25T09:20:00Z\tP3\tbob' >out
	[ "$(column priority out),$(column priority_by out)" = P3,bob ]
	feed '2026-03-25T09:20:00Z\tP3\tbob' >out
	[ "$(entries)" -eq 3 ]
}

@test "a level stands in the log beside why it is so, and who decided it" {
	feed() {
		tsv 'id\tupdated\tlevel\tlevel_by\tescalate_to\twhy' "A\t$1" |
			log append --source "${2-feed}"
	}
	log --create append <<<id >out
	feed '2026-03-25T09:00:00Z\t\t\t\t' >out
	feed '2026-03-25T09:10:00Z\t1\tann\tduty\ta favour' other >out
	feed '2026-03-25T09:20:00Z\t2\tbob\t\t' >out
	[ "$(column level out),$(column level_by out)" = 2,bob ]
	[ "$(column escalate_to out),$(column why out)" = , ]
}

@test "what rules decided on the way of a feed does not overrule a person" {
	feed() {
		tsv 'id\treceived\tupdated\timpact\turgency' "A\t$1" |
			inc-triage -q -p itsm |
			inc-escalate -q -p itsm --now 2026-03-25T12:00:00Z |
			inc-log -q -p itsm -l log append
	}
	inc-log -q -p itsm -l log --create append <<<id >out
	feed '2026-03-25T09:00:00Z\t2026-03-25T09:00:00Z\t2\t2' >out
	[ "$(column priority out),$(column level out)" = P3, ]
	inc-log -p itsm -l log add id=A priority=P4 >out
	inc-log -p itsm -l log current |
		inc-escalate -p itsm --level 1 --why 'a favour' |
		inc-log -p itsm -l log append >out
	feed '2026-03-25T09:00:00Z\t2026-03-25T09:30:00Z\t1\t1' >out
	[ "$(column priority out),$(column suggested out)" = P4,P1 ]
	[ "$(column priority_by out)" = "$(id -un)" ]
	[ "$(column level out),$(column level_by out)" = 1,person ]
	[ "$(column why out),$(column impact out)" = 'a favour,1' ]
	# the same again is nothing new
	before=$(inc-log -l log history | wc -l)
	feed '2026-03-25T09:00:00Z\t2026-03-25T09:30:00Z\t1\t1' >out
	[ "$(inc-log -l log history | wc -l)" -eq "$before" ]
}

@test "rows of one incident without a time are told of, and best folded first" {
	tsv 'id\tstate' 'A\tnew' 'A\tclosed' 'B\tnew' >in
	run -0 --separate-stderr inc-log -p "$FIXTURES/utc" -l log --create append in
	want_error "inc-log: 1 row tells of an incident of which a row before it told, and has no time (updated): it was taken as a change; 'inc-log current -' folds such rows first"
	rm -r log
	for i in 1 2; do
		inc-log -q current - <in | log --create append >out
	done
	[ "$(entries)" -eq 2 ]
}

@test "add makes an entry of an event alone, and says where it makes none" {
	log --create add id=A state=new >out
	log add id=A event=noted >out
	log history --no-header --event noted | wc -l | grep -qx 1
	run -0 --separate-stderr inc-log -p "$FIXTURES/utc" -l log add id=A state=new
	want_error 'inc-log: nothing new: no entry was made'
	[ "$(entries)" -eq 2 ]
}

@test "a rev that is no entry of this log is refused" {
	log --create add id=A state=new >out
	for rev in abc -1 1.5 999 18446744073709551616; do
		tsv 'id\trev\tstate' "A\t$rev\tx" >in
		run -3 --separate-stderr log append in
		want_error "inc-log: in:2: 'A': rev '$rev' is no entry of this log"
	done
	[ "$(entries)" -eq 1 ]
}

@test "rows of one incident, newest first, take time by their number" {
	awk 'BEGIN { print "id\tupdated\tstate"; for (i = 60000; i > 0; i--)
		printf "A\t%s\ts%d\n", strftime("%FT%TZ", 1700000000 + i, 1), i }' >in
	TIMEFORMAT=%U
	{ time inc-log -q current in 2>&3 >out; } 3>&2 2>took
	[ "$(column state out)" = s60000 ]
	awk -v slow="${INC_SANITIZED:-0}" '{ exit $1 >= (slow ? 30 : 3) }' took
}

@test "an interval on hold that can't be read is kept, marked and told" {
	tsv 'id\treceived\tpriority\tholds' \
		'A\t2026-01-01T00:00:00Z\tP1\t2026-01-01T00:10:00Z/rubbish' >in
	run -0 inc-log -q current in
	[ "$(column holds <<<"$output")" = 2026-01-01T00:10:00Z/rubbish ]
	printf '%s\n' "$output" >folded
	run -0 --separate-stderr inc-escalate -p itsm --now 2026-01-01T01:00:00Z folded
	[ "$(column level <<<"$output")" = 2 ]
	want_error 'inc-escalate: 1 value could not be read as a time, a number or a duration: folded:2 (A)'
	log --create append in | column incomplete | same <(echo holds) -
}

@test "a time or a number that is none marks the record" {
	tsv 'id\tsummary\tclosed\tlevel\tresolved' \
		'A\tone\tsoon\t1\t2026-03-02T09:00:00Z' 'B\ttwo\t\thigh\t' >in
	log --create append in | column incomplete >out
	tsv 'received closed' 'received level' | same - out
	run -3 --separate-stderr inc-log -q -l log append --strict - <<<$'id\tclosed\nC\tnow'
	want_error 'inc-log: <stdin>:2: missing or not as it should be: received closed'
}

@test "a misspelt field of the procedures is refused with the nearest name" {
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	run --separate-stderr log -p pack --create add sumary=x
	want_status 2
	want_error "inc-log: unknown field 'sumary' (did you mean 'summary'?)"
}

@test "sha256sum and awk alone prove the chain, before and after redaction" {
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' 'summary\tname' >pack/fields.tsv
	log -p pack --create add id=A caller='Ann\tx' summary=s state=1 >out
	log -p pack add id=A caller=Bob impact=1 >out
	log -p pack add id=A state=2 >out
	grep -q 'caller:[0-9a-f]\{32\} summary:[0-9a-f]\{32\}' \
		log/00000000000001.tsv
	prove >proof
	printf '%s\n' '1 proved' '2 proved' '3 proved' | same - proof
	log -p pack redact A --fields caller --why asked >out
	prove >proof
	printf '%s\n' '1 proved' '2 proved' '3 proved' '4 proved' |
		same - proof
	run --separate-stderr log verify
	want_status 0
	run ! grep -r Ann log
	log current | column caller | same <(echo) -
}

@test "a redacted value stays out when the source sends it again" {
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' >pack/fields.tsv
	tsv 'id\tupdated\tcaller\tstate' \
		'A\t2026-01-01T00:00:00Z\tAnn\tnew' \
		'A\t2026-01-02T00:00:00Z\tAnn\tdone' >rows
	log -p pack --create append rows >out
	log -p pack redact A --fields caller --why asked >out
	run --separate-stderr inc-log -l log -p pack append rows
	want_status 0
	[[ $stderr == *'2 redacted values dropped'* ]]
	run ! grep -r Ann log
	[ "$(entries)" -eq 3 ]
}

@test "a mark without a redacted entry is tampering" {
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' >pack/fields.tsv
	log -p pack --create add id=A caller=Ann >out
	log -p pack redact A --fields caller --why asked >out
	sed -i '$d' log/00000000000001.tsv
	run --separate-stderr log verify
	want_status 1
	want_error "inc-log: log/00000000000001.tsv:2: column 'caller' of 'A'\
 was taken out without a 'redacted' entry"
}

@test "a value that looks like a mark is no mark" {
	digits=$(printf '%064d' 0)
	log --create add id=A summary="redacted:$digits" >out
	run --separate-stderr log verify
	want_status 0
	prove | same <(echo '1 proved') -
	# and so the same rows again add nothing
	tsv 'id\tupdated\tsummary\tmessage\tdelivery' \
		"B\t2026-01-01T00:00:00Z\tredacted:$digits\t\t" \
		"B\t2026-01-02T00:00:00Z\tredacted:$digits\tm1\tdelivered" >rows
	log append rows >out
	log append rows >out
	[ "$(entries)" -eq 3 ]
	# but others do
	tsv 'id\tupdated\tsummary\tmessage\tdelivery' \
		"B\t2026-01-02T00:00:00Z\tredacted:${digits/0/1}\tm1\tdelivered" >rows
	log append rows >out
	[ "$(entries)" -eq 4 ]
}

@test "verify names the first entry that was changed" {
	log --create add id=A state=one >out
	log add id=A state=two >out
	log add id=A state=three >out
	run --separate-stderr log verify
	want_status 0
	[[ $output == '3 entries in 1 segment, chain '* ]]
	sed -i '3s/two/owt/' log/00000000000001.tsv
	run --separate-stderr log verify
	want_status 1
	want_error "inc-log: log/00000000000001.tsv:3: entry 2 or its chain was\
 changed"
}

@test "verify sees an entry taken out, put in and reordered" {
	for i in 1 2 3 4; do
		log --create add id=A state=$i >out
	done
	cp log/00000000000001.tsv whole
	sed -i 3d log/00000000000001.tsv
	run --separate-stderr log verify
	want_status 1
	want_error "inc-log: log/00000000000001.tsv:3: entry 3, entry 2 was\
 expected"
	sed '3{p}' whole >log/00000000000001.tsv
	run --separate-stderr log verify
	want_status 1
	awk 'NR == 3 { held = $0; next } { print } NR == 4 { print held }' \
		whole >log/00000000000001.tsv
	run --separate-stderr log verify
	want_status 1
}

@test "verify sees a changed header" {
	log --create add id=A state=one >out
	sed -i '1s/state/stage/' log/00000000000001.tsv
	run --separate-stderr log verify
	want_status 1
}

@test "a torn tail is no entry and is kept aside by the next writer" {
	log --create add id=A state=one >out
	printf '2\t2026-01-01T00' >>log/00000000000001.tsv
	log history --no-header | wc -l | grep -qx 1
	run --separate-stderr inc-log -l log add id=A state=two
	want_status 0
	[[ $stderr == *"stopped in the middle of an entry; its 15 bytes are\
 kept in log/00000000000001.tsv.torn"* ]]
	grep -q '^2.2026-01-01T00$' log/00000000000001.tsv.torn
	run --separate-stderr log verify
	want_status 0
}

@test "a writer waits for the log as long as it is told to, and then says so" {
	log --create add id=A summary=x >out
	log history >before
	exec 8<log/lock
	flock 8
	tsv 'id	summary' 'B	y' >rows
	run -75 --separate-stderr log note --wait 1s A text
	want_error 'inc-log: log: another writer has held the log for 1s: try again later'
	run -75 log append -q --wait 0s rows
	[ "${lines[0]%%$'\t'*}" = id ] && [ ${#lines[@]} -eq 2 ]
	exec 8<&-
	log history | same before -
	log note --wait 1s A text
	run -2 log verify --wait 1s
}

@test "writers at once never number an entry twice" {
	log --create add id=A >out
	for w in 1 2 3 4 5 6; do
		(for i in 1 2 3 4 5; do
			tsv 'id\tstate' "W$w-$i\tnew" | log append >/dev/null
		done) &
	done
	wait
	run --separate-stderr log verify
	want_status 0
	[[ $output == '31 entries '* ]]
	log current | column id | sort -u | wc -l | grep -qx 31
}

@test "a full disk leaves the log as it was" {
	log --create add id=A >out
	cp log/00000000000001.tsv before
	tsv 'id' "$(printf 'B%.0s' {1..3000})" >row
	(
		trap '' XFSZ
		ulimit -f 2
		log append row >out 2>error
	) && return 1
	tail -n 1 error | grep -qx 'inc-log: the last 1 of 1 row is not in the log'
	same before log/00000000000001.tsv
	same /dev/null <(sed 1d out)
}

@test "verbs that write refuse --now" {
	run --separate-stderr log --create add --now 2026-01-01T00:00:00Z id=A
	want_status 2
	[[ $stderr == *"unknown option '--now'"* ]]
	[ ! -e log ]
	# All that there are, so that no new one is forgotten.
	log --create add id=A >out
	cp -a log before
	inc-log --help | sed -n 's/^[u ].* inc-log \(\[--create \[--group NAME\]\] \)*\([[:lower:]-]*\).*/\2/p' >verbs
	grep -qx append verbs
	for verb in $(cat verbs); do
		run --separate-stderr log "$verb" --now 2026-01-01T00:00:00Z A x
		want_status 2
		[[ $stderr == *"unknown option '--now'"* ]]
	done
	diff -r before log
}

@test "an option is refused where it means nothing" {
	run --separate-stderr log verify --changed
	want_status 2
	[[ $stderr == "inc-log: --changed is not for verify"* ]]
	run --separate-stderr log histroy
	want_status 2
	[[ $stderr == "inc-log: unknown verb 'histroy' (did you mean\
 'history'?)"* ]]
	run --separate-stderr log history --event close
	want_status 2
	[[ $stderr == "inc-log: unknown event 'close' (did you mean\
 'closed'?)"* ]]
}

@test "what would make the log unreadable is refused" {
	run --separate-stderr log --create add id=A summary=$'\xff'
	want_status 2
	[[ $stderr == "inc-log: 'summary': text in UTF-8 was expected"* ]]
	run --separate-stderr log --create add $'a\tb=x'
	want_status 2
	[[ $stderr == "inc-log: 'a?b' is no name of a field"* ]]
	run --separate-stderr log --create add $'a\nb=x'
	want_status 2
	tsv A >row
	run --separate-stderr log --create append --source $'\xff' -H id row
	want_status 2
	[[ $stderr == 'inc-log: --source: text in UTF-8 was expected'* ]]
	[ ! -e log ]
	tsv 'A\tx' | log --create append -H $'id,a\nb' >out 2>error && return 1
	log --create add id=A summary=ok >out
	run --separate-stderr log verify
	want_status 0
}

@test "add refuses what the log itself says, and what it can't read" {
	for name in seq at by source rev nonces chain holds incomplete; do
		run --separate-stderr log --create add id=A $name=1
		want_status 2
		[[ $stderr == "inc-log: '$name' is what the log itself says"* ]]
	done
	run --separate-stderr log --create add id=A updated=yesterday
	want_status 2
	[[ $stderr == "inc-log: updated: 'yesterday' is no time"* ]]
	run --separate-stderr log --create add id=A event=close
	want_status 2
	[[ $stderr == *"(did you mean 'closed'?)"* ]]
	[ ! -e log ]
}

@test "an earlier time that add gives is when it was so" {
	log --create add id=A updated=2026-01-02T00:00:00Z state=new >out
	log add id=A updated=2026-01-01T12:00:00+02:00 state=old impact=1 >out
	log history | column updated >when
	printf '%s\n' 2026-01-02T00:00:00Z 2026-01-01T10:00:00Z | same - when
	log current | column state | same <(echo new) -
	log current | column impact | same <(echo 1) -
}

@test "a row names no event that would hide or bar its values" {
	log --create add id=A state=one >out
	run -2 log add id=A event=redacted state=x
	run -2 log add id=A event=restored state=x
	for event in notified responded segment received; do
		log add id=A state=$event event=$event >out
		log current | column state | same <(echo $event) -
	done
	log history | column event >events
	printf '%s\n' received updated updated updated updated | same - events
	tsv 'id\tupdated\tcaller\tevent' \
		'B\t2026-01-01T00:00:00Z\tAnn\t' \
		'B\t2026-01-02T00:00:00Z\t\tredacted' \
		'B\t2026-01-03T00:00:00Z\tBob\t' | log append >out
	log current | awk -F '\t' '$1 == "B"' | grep -q Bob
}

@test "entries are no records, so history does not go back in" {
	log --create add id=A state=new impact=3 >out
	log add id=A state=active >out
	log history >entries
	run --separate-stderr log append entries
	want_status 2
	want_error 'inc-log: entries: holds entries, as history prints them;'\
' records were expected, as current prints them'
	run --separate-stderr log current entries
	want_status 2
	[ "$(entries)" -eq 2 ]
}

@test "columns of the log's own in rows are left out, and it is said" {
	tsv 'id\tsource\tstate' 'A\tx\tnew' >rows
	run --separate-stderr inc-log -l log --create append rows
	want_status 0
	[[ $stderr == *"column 'source' is the log's own: not taken from rows"* ]]
	log history | column source | same <(echo feed) -
}

@test "a receipt says nothing of the row before it" {
	tsv 'message\ttry\tid\tdelivery\terror\tstate' \
		'm1\t1\tA\tfailed\tbusy\t' 'm2\t1\tA\tqueued\t\t' \
		'\t\tA\t\t\tnew' 'm3\t1\tA\tqueued\t\t' |
		log --create append >out
	log history | cut -f 5,9- | cut -f 1-6 | same <(
		tsv 'event\tmessage\ttry\tdelivery\terror\tstate' \
			'notified\tm1\t1\tfailed\tbusy\t' \
			'notified\tm2\t1\tqueued\t\t' \
			'received\t\t\t\t\tnew' \
			'notified\tm3\t1\tqueued\t\t'
	) -
}

@test "columns of receipts are not those of records" {
	log --create add id=A state=new >out
	tsv 'message\ttry\tid\tdelivery\tparty' 'm1\t1\tA\tqueued\tann' |
		log append >out
	log current | head -n 1 | same <(tsv \
		'id\treceived\tupdated\tstate\tincomplete\twhy\trules\trev') -
	tsv 'id\tstate' 'B\tnew' | log append | head -n 1 >header
	tsv 'id\tstate\treceived\tupdated\tincomplete\twhy\trules\trev' |
		same - header
}

@test "a dry run on a log that is still to be made shows what it would hold" {
	tsv id A >rows
	run --separate-stderr log --create append -n rows
	want_status 0
	[[ $output == *$'\treceived\t1' ]]
	run --separate-stderr log --create add -n id=B
	want_status 0
	[ ! -e log ]
}

@test "a log that is a file, or that others own, is named with the reason" {
	touch file
	run --separate-stderr inc-log -l file current
	want_status 2
	want_error "inc-log: open 'file': Not a directory"
	[ "$(id -u)" -eq 0 ] || skip 'not root'
	log --create add id=A >out
	tsv id A >row
	chmod 755 . row
	for verb in current history verify 'append row'; do
		# shellcheck disable=SC2086
		run --separate-stderr setpriv --reuid=65534 --clear-groups \
			"$BUILD"/inc-log -q -l log $verb
		want_status 2
		[[ $stderr == *"'log"*'Permission denied' ]]
	done
}

@test "an empty log has a history with a header" {
	tsv id | log --create append >out
	run --separate-stderr log history
	want_status 0
	want $'seq\tat\tby\tsource\tevent\tid\tupdated\twhy\trules'
}

@test "an id with a tab is found" {
	log --create add id=$'A\tB c' >out
	log history --no-header $'A\tB c' | wc -l | grep -qx 1
	log add id=$'A\tB c' state=x >out
	log current | column id | same <(printf '%s\n' 'A\tB c') -
}

@test "a segment that is no regular file is refused, not waited for" {
	log --create add id=A state=new >out
	log add id=A note=x >out
	rm log/00000000000002.tsv
	for how in 'mkfifo log/00000000000002.tsv' \
		'ln -s /dev/zero log/00000000000002.tsv'; do
		$how
		for verb in verify current 'history A' 'show A' head \
			'add id=B' 'note A x' 'redact A --fields state --why x'; do
			# shellcheck disable=SC2086 # words
			run --separate-stderr timeout 60 inc-log -q -l log $verb
			if [ "$verb" = verify ]; then want_status 1; else want_status 2; fi
			[[ $stderr == 'inc-log: log/00000000000002.tsv: is no regular file'* ]]
		done
		rm log/00000000000002.tsv
	done
}

@test "a segment that is missing in the middle is missed by every verb" {
	log --create add id=A a=1 >out
	log add id=A b=1 >out
	log add id=A c=1 >out
	rm log/00000000000002.tsv
	tsv id A >row
	for verb in current history 'append row' 'add id=A'; do
		# shellcheck disable=SC2086
		run --separate-stderr log $verb
		want_status 2
		want_error 'inc-log: log/00000000000003.tsv:2: entry 3, entry 2'\
' was expected'
	done
	run --separate-stderr log verify
	want_status 1
}

@test "a row is on disk before it comes out, line by line too" {
	log --create add id=A >out
	tsv id >rows
	for i in 1 2 3 4 5 6 7 8 9; do
		echo "$i$(printf 'x%.0s' {1..1000})"
	done >>rows
	(
		trap '' XFSZ
		ulimit -f 4
		log append --line-buffered rows 2>error | cat >out
	) && true
	tail -n 1 error | grep -qE 'inc-log: the last [0-9]+ of [0-9]+ rows? (is|are) not in the log$'
	[ "$(sed 1d out | wc -l)" -eq "$(($(entries) - 1))" ]
}

@test "the lock is not held while rows are waited for" {
	log --create add id=A >out
	mkfifo pipe
	log append pipe >out 2>error &
	exec 9>pipe
	tsv 'id\tstate' 'B\tnew' 'bad' >&9
	timeout 60 inc-log -q -l log add id=C >out2
	until_true has_entries 3
	exec 9>&-
	wait
}

@test "what came in by a slow pipe comes out at once, whatever else has begun" {
	mkfifo pipe
	log --create append pipe >rows 2>error &
	exec 9>pipe
	tsv 'id\tstate' >&9
	for begun in '' 'id\tstate\n' 'C\tn'; do
		# a row, and the header of another file or a part of a row
		printf "%s\tnew\n$begun" "row$((++n))" >&9
		until_true lines rows $((n + 1))
		timeout 60 inc-log -q -l log add id=other >out
	done
	exec 9>&-
	wait
}

@test "what has no id gets none in a fold, and a new one in each log" {
	tsv 'id\tsummary' '\ta' 'X\tb' '\tc' 'X\td' >rows
	log current - <rows >out
	column id out | same <(printf '%s\n' '' X '') -
	column summary out | same <(printf '%s\n' a d c) -
	for _ in 1 2; do
		log current - <rows | log --create append >out
	done
	[ "$(log current | column summary | sort | paste -sd ' ')" = 'a a c c d' ]
}

@test "current folds a stream as the log would" {
	tsv 'id\treceived\tupdated\tstate\tclosed' \
		'A\t2026-01-01T00:00:00Z\t2026-01-01T00:00:00Z\tnew\t' \
		'B\t2026-01-01T00:00:00Z\t2026-01-01T00:00:00Z\tnew\t' \
		'A\t2026-01-01T00:00:00Z\t2026-01-02T00:00:00Z\tdone\tx' \
		'A\t2026-01-01T00:00:00Z\t2026-01-03T00:00:00Z\topen\t' >rows
	inc-log -q current rows >folded
	tsv 'id\treceived\tupdated\tstate\tclosed\tincomplete' \
		'A\t2026-01-01T00:00:00Z\t2026-01-03T00:00:00Z\topen\t\t' \
		'B\t2026-01-01T00:00:00Z\t2026-01-01T00:00:00Z\tnew\t\t' |
		same - folded
	log --create append rows >out
	log current | cut -f 1-3,4,5 >now
	cut -f 1-5 folded | same - now
}

@test "hostile fields pass through the log inert" {
	evil='$(touch x)`touch y`;|&<>%s\\e[2J'
	log --create add id="$evil" summary="$evil" >out
	log current | column summary >got
	printf '%s\n' "${evil//\\/\\\\}" | same - got
	[ ! -e x ] && [ ! -e y ]
	run --separate-stderr log verify
	want_status 0
}

@test "servicenow: twice into one log, nothing added, nothing reopened" {
	need_data servicenow-uci
	gzip -dc "$DATA"/servicenow-uci/*.csv.gz |
		inc-import -q -m servicenow >rows
	[ "$(sed 1d rows | wc -l)" -eq 119998 ]
	log --create append --source export rows >out
	[ "$(sed 1d out | wc -l)" -eq 119998 ]
	log current >first
	[ "$(sed 1d first | wc -l)" -eq 20769 ]
	log history >told
	log append --source export rows >out
	log history | same told -
	log current | same first -
	inc-log -q current rows >folded
	[ "$(sed 1d folded | wc -l)" -eq 20769 ]
	for c in id received updated state held holds resolved closed; do
		same <(column $c first) <(column $c folded)
	done
	run --separate-stderr log verify
	want_status 0
}

@test "sf-fire: one incident for each unit, and a second feed adds none" {
	need_data sf-fire
	sed 's/^id\t\*\t[^\t]*/id\t*\t{Call Number}-{Unit ID}/' \
		"$SOURCE/share/import/sf-fire.tsv" >units.tsv
	grep -q 'Call Number}-{Unit ID}' units.tsv
	gzip -dc "$DATA"/sf-fire/*.csv.gz | inc-import -q -m ./units.tsv >rows
	log --create append rows >out
	[ "$(entries)" -eq 7704 ]
	log current --no-header | wc -l | grep -qx 7704
	log append rows >out
	[ "$(entries)" -eq 7704 ]
	gzip -dc "$DATA"/sf-fire/*.csv.gz | inc-import -q -m sf-fire |
		inc-log current - | sed 1d | wc -l | grep -qx 3560
}

# ---- the desk ----

# desk WORD...: inc-log on ./log by the procedures itsm.
desk() {
	inc-log -p itsm -l log "$@"
}

@test "the answer to add is the id, the priority and what is missing" {
	run -0 --separate-stderr desk --create add channel=phone \
		summary='no mail at all' caller='Ann B' impact=1 urgency=1
	want_error ''
	[[ ${lines[0]} =~ ^0001\ P1\ logged\ [0-9:]{8}\;\ respond\ by\ [0-9:\ -]+$ ]]
	[ "${lines[1]}" = '  missing: callback - Number or mail address to answer to (read it back to the caller)' ]
	[ "${#lines[@]}" -eq 2 ]
	desk current >out
	[ "$(column priority_by out),$(column code out)" = rules,INC ]
	[ "$(column path out)" = 'start.contact>matrix.1x1>adjust.plain' ]
	# a value that is wrong is not called missing
	run -0 desk add summary=x priority=P7 impact=9
	[ "${lines[1]}" = '  not as it should be: impact - How many are hit (1 a site or all, 2 a team, 3 one person)' ]
	[ "${lines[2]}" = '  not as it should be: priority - Priority (P1 P2 P3 P4)' ]
	run -0 desk note 2 'asked again'
	[[ $output == *'; incomplete: impact priority' ]]
	# a person's priority stays theirs from the start
	run -0 desk --record add summary=x priority=P4 impact=1 urgency=1
	printf '%s\n' "$output" >out
	[ "$(column priority out),$(column suggested out)" = P4,P1 ]
}

@test "each verb of the desk is an event, a time and a label" {
	desk --create add summary=one impact=2 urgency=2 >out
	desk add summary=two impact=3 urgency=3 >out
	desk note 1 'called' back >out
	desk ack 1 'on it' >out
	desk assign 1 bryn >out
	desk hold 1 'waits for toner' >out
	desk resume 1 >out
	desk resolve 1 --outcome 'toner came' >out
	desk close 1 >out
	desk reopen 1 'not so' >out
	desk correct 1 location=Leeds priority=P2 >out
	desk link 2 1 >out
	desk unlink 2 >out
	desk escalate 1 2 'the board' asks >out
	desk current | inc-select -p itsm 'summary = one' >out
	[ "$(column level out),$(column level_by out)" = 2,person ]
	[ "$(column why out),$(column escalate_to out)" = \
		'the board asks,head-of-service' ]
	run -2 --separate-stderr desk escalate 1 1 down
	want_error 'inc-log: level 1 is no higher than 2, which it is at: stand-down lowers it'
	desk stand-down 1 'all calm' >out
	desk history --no-header 1 | cut -f 5 | grep -v updated >events
	printf '%s\n' received noted acknowledged assigned held resumed \
		resolved closed reopened corrected escalated \
		stood-down | same - events
	desk history --no-header 2 | cut -f 5 >events
	printf '%s\n' received linked unlinked | same - events
	desk current | inc-select -p itsm 'summary = one' >out
	[ "$(column state out),$(column assigned out)" = active,bryn ]
	[ "$(column outcome out),$(column location out)" = 'toner came,Leeds' ]
	[ "$(column priority out),$(column priority_by out)" = "P2,$(id -un)" ]
	[ "$(column level out),$(column level_by out)" = 0,person ]
	[ "$(column why out),$(column escalate_to out)" = 'all calm,desk' ]
	[ -z "$(column closed out)$(column resolved out)$(column held out)" ]
	[ "$(column holds out | grep -o / | wc -l)" -eq 1 ]
	desk history --no-header --event closed >closed
	[ "$(wc -l <closed)" -eq 1 ]
	run -0 --separate-stderr desk verify
}

@test "where the rules had decided, they decide anew on what is corrected" {
	desk --create add summary=one impact=1 urgency=1 >out
	run -0 desk correct 1 impact=3 urgency=3
	[[ $output == '0001 P4 corrected '*'; respond by '* ]]
	desk current >out
	[ "$(column path out)" = 'start.contact>matrix.low>adjust.plain' ]
	desk hold 1 >out
	[ -z "$(desk current | column resolve_by)" ]
	desk resume 1 >out
	[ -n "$(desk current | column resolve_by)" ]
	run -0 desk correct -n 1 impact=1 urgency=1
	[[ $output == '0001 P1 would be corrected '* ]]
	# and a person's stays theirs
	desk correct 1 priority=P2 >out
	run -0 desk correct 1 impact=1 urgency=1
	[[ $output == '0001 P2 '* ]]
	[ "$(desk current | column suggested)" = P1 ]
	run -0 desk correct 1 priority=
	[[ $output == '0001 P1 '* ]]
	desk verify >out
	# what inc-triage would do is done
	desk current | inc-triage -q -p itsm >triaged
	inc-log -p itsm -l log append triaged 2>&1 >out | grep -q ' 0 entries made'
}

@test "what an earlier time cannot change any more is told" {
	desk --create add summary=one impact=1 urgency=1 --occurred 2026-01-05T10:00:00Z >out
	[ "$(desk current | column received)" = 2026-01-05T10:00:00Z ]
	[ "$(desk current | column respond_by)" = 2026-01-05T10:15:00Z ]
	run -0 desk ack 1 --occurred 2026-01-05T10:05:00Z
	[[ $output == '0001 P1 acknowledged 2026-01-05 10:05:00' ]]
	run -2 --separate-stderr desk hold 1 --occurred 2026-01-05T09:00:00Z
	[[ $stderr == *"was received only after that"* ]]
	desk hold 1 --occurred 2026-01-05T11:00:00Z >out
	run -0 --separate-stderr inc-log -p itsm -l log resume 1 --occurred 2026-01-05T10:30:00Z
	want_error 'inc-log: logged, but later entries say otherwise: state held'
}

@test "a verb says where the incident is not as it needs it" {
	desk --create add summary=one impact=2 urgency=2 >out
	id=$(desk current | column id)
	desk ack 1 >out
	while IFS='|' read -r words error; do
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr desk $words
		want ''
		[ "${stderr_lines[0]}" = "inc-log: ${error//@/$id}" ]
	done <<'END'
ack 1|'@' is acknowledged already
resume 1|'@' is not on hold
reopen 1|'@' is open
unlink 1|'@' belongs to no other incident
note 7 x|no incident '7'
resolve 1|resolve needs --outcome TEXT
note 1|note needs ID and TEXT
escalate 1 2|escalate needs ID, LEVEL and TEXT
escalate 1 high up|no level 'high': there are 0 (Service desk), 1 (Duty manager), 2 (Head of service), 3 (Crisis lead)
note 1 |note needs ID and TEXT
correct 1 closed=|reopen takes back that it is closed
correct 1 id=7|field 'id' is given already
correct 1 x|'x': FIELD=VALUE was expected
correct 1 sumary=x|unknown field 'sumary' (did you mean 'summary'?)
link 1 1|parent: '1' is the incident itself
close 1 --all|--all is not for close
END
	desk close 1 >out
	run -2 --separate-stderr desk ack 1
	want_error "inc-log: '$id' is closed: reopen it first"
	run -2 --separate-stderr inc-log -l log stand-down 1 x
	[[ $stderr == *"is closed: reopen it first" ]]
}

@test "what occurred earlier is told by a local time, for whom it was" {
	log --create add summary=one received=2026-03-25T09:00:00Z >out
	desk -l log note 1 --occurred '2026-07-01 21:40' --for 'Mr X' rang >out
	log history --no-header --event noted >entry
	[ "$(cut -f 7 entry)" = 2026-07-01T20:40:00Z ]
	grep -q 'Mr X' entry
	# such a time that is still to come today was yesterday's
	TZ=Europe/London date -d '+2 minutes' +%H:%M >soon
	desk note 1 --occurred "$(cat soon)" x >out
	at=$(log history --no-header --event noted | tail -n 1 | cut -f 7)
	[ "$(date -d "$at" +%s)" -lt "$(date +%s)" ]
	for wrong in 25:00 tomorrow '2026-13-01 10:00'; do
		run -2 --separate-stderr desk note 1 --occurred "$wrong" x
		[[ $stderr == *"--occurred '$wrong': a time such as 21:40, or 2026-03-25 21:40, was expected"* ]]
	done
	run -2 --separate-stderr desk note 1 --occurred 2099-01-01T00:00:00Z x
	[[ $stderr == *"is still to come"* ]]
}

@test "list has what is open, the most urgent first, and nothing personal" {
	for i in 3 1 2; do
		desk --create add summary="secret $i" category="mail $i" \
			impact="$i" urgency="$i" >out
	done
	desk add summary=gone impact=1 urgency=1 >out
	desk close 4 >out
	run -0 --separate-stderr desk list
	want_error ''
	[ "${lines[0]}" = 'id           prio lv since and deadline     assigned     about' ]
	printf '%s\n' "${lines[@]:1}" | awk '{ print $1, $2, $NF }' >out
	printf '%s\n' '0002 P1 1' '0003 P3 2' '0001 P4 3' | same - out
	[[ $output != *secret* ]]
	[[ $output != *$'\033'* ]]
	run -0 desk list --personal --all
	[[ $output == *'secret 1'*gone* ]]
}

@test "list and show let no text act on the terminal" {
	log --create add summary="$(printf '\033[31mred\r\nover \xe2\x80\xaextl')" \
		assigned="$(printf 'a\033]0;x')" >out
	run -0 inc-log -q -l log list
	[[ $output != *$'\033'* && $output != *$'\r'* && $output != *$'\xe2\x80\xae'* ]]
	[ "${#lines[@]}" -eq 2 ]
	run -0 inc-log -q -l log show 1
	[[ $output != *$'\033'* && $output != *$'\r'* && $output != *$'\xe2\x80\xae'* ]]
}

@test "show tells the story of an incident" {
	desk --create add summary='no mail' impact=1 urgency=1 >out
	desk ack 1 --for 'the manager' 'on it' >out
	run -0 --separate-stderr desk show 1
	want_error ''
	[[ ${lines[0]} == *'-0001  no mail' ]]
	[[ $output == *'impact         1'* ]]
	[[ $output == *'Priority P1 by itsm 2026.1'*'start.contact'*'matrix.1x1'*'adjust.plain'* ]]
	[[ $output == *'What was done'*received*'summary=no mail'*acknowledged*"$(id -un) for the manager: "*'note=on it'* ]]
	run -1 --separate-stderr desk show 99
	want ''
	want_error "inc-log: no incident '99'"
}

# snow NUMBER=STATE...: a hand-made ServiceNow export, one row for each.
snow() {
	echo 'number,opened_at,sys_updated_at,short_description,impact,urgency,incident_state'
	for row; do
		printf '%s,02/03/2026 08:00,02/03/2026 08:30,it hums,1 - High,1 - High,%s\n' \
			"${row%%=*}" "${row#*=}"
	done
}

# whole NUMBER=STATE...: logs such an export as all that the source has.
whole() {
	snow "$@" | inc-import -q -m servicenow >rows
	log append --complete crm --changed rows
}

@test "incidents that vanished from an export stop escalating and are listed" {
	log --create add id=own summary='of the desk' >out
	whole A=New B=Active C=New >out
	before=$(entries)
	run -0 --separate-stderr whole B=Active
	want_error "inc-log: 2 incidents are no longer in the export of 'crm' and escalate no more: A, C"
	column id <<<"$output" >out
	printf '%s\n' A C | same - out
	column vanished <<<"$output" >out
	[[ $(head -n 1 out) == 20??-*Z ]]
	[ "$(entries)" -eq $((before + 2)) ]
	# again it adds nothing, and says nothing
	run -0 --separate-stderr whole B=Active
	want_error ''
	[ "$(entries)" -eq $((before + 2)) ]
	# they stay open and on the desk, but cross nothing, whatever holds
	log current --open | column id | tr '\n' ' ' >out
	[ "$(cat out)" = 'own A B C ' ]
	log current | inc-select -q 'vanished is set' | column id >out
	printf '%s\n' A C | same - out
	log list | tr -s ' ' >listed
	[ "$(grep -c vanished listed)" -eq 2 ]
	run -0 --separate-stderr log show A
	[[ $output == *vanished*'What was done'*received*'from crm: '*held*'from crm: vanished='* ]]
	log current | inc-triage -q -p itsm >triaged
	inc-escalate -q -p itsm --explain triaged >decided
	inc-select 'level > 0' decided | column id >out
	printf '%s\n' B | same - out
	inc-select "considered ~ /^vanished from its source's export: crosses nothing/" \
		decided | column id >out
	printf '%s\n' A C | same - out
}

@test "what is in the export again goes on, and the hours between don't count" {
	log --create add id=own summary=x >out
	whole A=New B=New >out
	log hold A 'for the supplier' >out
	run -0 --separate-stderr whole B=New
	whole A=New B=New >out
	column id out | same - <(echo A)
	[ "$(column vanished out)" = '' ]
	# on hold by a person it stays
	[ -n "$(column held out)" ]
	log history --no-header A | cut -f 5 >events
	printf '%s\n' received held held resumed | same - events
	log resume A >out
	log current | inc-select -q 'id = A' | column holds >holds
	[ "$(wc -w <holds)" -eq 1 ]
	[[ $(cat holds) == 20*Z/20*Z ]]
}

@test "a person ends that an incident has vanished, and it stays ended" {
	log --create add id=own summary=x >out
	whole A=New B=New >out
	run -0 --separate-stderr whole B=New
	before=$(entries)
	log resume A 'it was deleted by mistake' >out
	run -0 --separate-stderr whole B=New
	want_error ''
	[ "$(entries)" -eq $((before + 1)) ]
	log current | inc-select -q 'id = A' | column vanished >out
	[ "$(cat out)" = '' ]
	# until it was in the export once more
	whole A=New B=New >out
	run -0 --separate-stderr whole B=New
	[[ $stderr == *'escalates no more: A' ]]
	# closed it is no longer vanished either, so that it can be reopened
	run -0 --separate-stderr whole A=New
	log close B >out
	log reopen B >out
	log current | inc-select -q 'id = B' | column vanished >out
	[ "$(cat out)" = '' ]
	run -2 --separate-stderr log correct B vanished=now
	[[ $stderr == "inc-log: 'vanished' is what the log itself says"* ]]
}

@test "where an export may be cut off nothing vanishes, and it is said" {
	log --create add id=own summary=x >out
	whole A=New B=New >out
	before=$(entries)
	none="of the 2 open incidents of 'crm' are not in this export, and none is marked as vanished"
	run -3 --separate-stderr whole
	want_error "inc-log: 2 $none: it has no rows"
	# a row is set aside, overtaken, or of no incident
	snow B=New | inc-import -q -m servicenow >rows
	{
		cat rows
		echo A
	} >short
	run -3 --separate-stderr log append --complete crm short
	[[ $stderr == "inc-log: short:3: "*"inc-log: 1 $none: rows of it were set aside" ]]
	awk -F '\t' -v OFS='\t' 'NR > 1 { $1 = "" } 1' rows >nameless
	run -3 --separate-stderr log append -n --complete crm nameless
	want_error "inc-log: 2 ${none/2/3}: it has rows without id"
	run -3 --separate-stderr log append --strict --complete crm \
		<<<$'id\tupdated\tsummary\nB\tyesterday\tit roars'
	[[ $stderr == *"inc-log: 2 $none: rows of it were set aside" ]]
	# the work stops in the middle
	log append --complete crm rows >/dev/full 2>said || [ "$?" -eq 2 ]
	tail -n 1 said >last
	echo "inc-log: no incident of 'crm' is marked as vanished: its export was not gone through to the end" |
		same - last
	[ "$(entries)" -eq "$before" ]
	# with nothing to mark there is nothing to say
	whole A=New B=New >out
	[ "$(entries)" -eq "$before" ]
}

@test "so many vanish at once only where it is confirmed" {
	log --create add id=own summary=x >out
	whole {1..20}=New >out
	run -3 --separate-stderr whole {1..9}=New
	want_error "inc-log: 11 of the 20 open incidents of 'crm' are not in this export, and none is marked as vanished: --max-vanished 11 allows so many"
	run -0 --separate-stderr log append -n --complete crm --max-vanished 11 rows
	want_error "inc-log: 11 incidents are no longer in the export of 'crm' and would escalate no more: 10, 11, 12, 13, 14 and 6 more"
	run -0 --separate-stderr log append --complete crm --max-vanished 11 rows
	want_error "inc-log: 11 incidents are no longer in the export of 'crm' and escalate no more: 10, 11, 12, 13, 14 and 6 more"
	# half of those that are left, 9, is 4: five may always
	run -0 --separate-stderr whole {1..4}=New
	[[ $stderr == 'inc-log: 5 incidents are'* ]]
	run -3 --separate-stderr log append --complete crm --max-vanished 0 \
		<(snow 1=New | inc-import -q -m servicenow)
	[[ $stderr == *'--max-vanished 3 allows so many' ]]
	run -0 --separate-stderr log verify
}

@test "only what can be a whole export is taken for one" {
	log --create add id=A summary=x >out
	log current >records
	run -2 --separate-stderr log append --complete crm records
	want_error 'inc-log: records: has the column rev: with --complete the rows of a source'\''s export were expected'
	tsv 'summary' 'x' >nameless
	run -2 --separate-stderr log append --complete crm nameless
	want_error 'inc-log: nameless: has no column id, by which --complete knows what is still there'
	for options in '--source a --complete b' '--complete=' '--max-vanished 1'; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr log append $options nameless
		[[ $stderr == 'inc-log: --'* ]]
	done
}
