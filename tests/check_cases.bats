# inc-check --cases: what a table of cases can say, and how a case fails.  The
# pack is itsm; a test that needs another table puts it before it.
load helper

setup_file() {
	need_sendmail
}

PACK=itsm
MONDAY='2026-03-02 09:00'

# cases LINE...: a table of cases in the file `cases.tsv`.
cases() {
	tsv "$@" >cases.tsv
}

# try [OPTION...]: tries them.
try() {
	run --separate-stderr inc-check -p "$PACK" --cases cases.tsv "$@"
}

# ours TABLE: a copy of the shipped table in a pack `ours` before the others,
# to be changed.
ours() {
	mkdir -p ours
	cp "$SOURCE/share/procedures/itsm/$1.tsv" "ours/$1.tsv"
	PACK=$PWD/ours:itsm
}

# holds: whether the cases hold.
holds() {
	try
	want ''
	want_status 0
}

# finds LINE...: whether this, in cases.tsv, is all that is found.
finds() {
	try
	want "$(printf 'cases.tsv:%s\n' "$@")"
	want_status 1
}

@test "a case that holds is counted, with what it covers" {
	cases 'case\tnow\timpact\turgency\t>priority\t>path' \
		"down\t$MONDAY\t1\t1\tP1\tstart.contact>matrix.1x1>adjust.plain"
	holds
	want_error 'inc-check: 0 errors, 0 warnings, 0 notes
inc-check: 1 case, 0 failed; 1 of 9 leaves, 0 of 10 boundaries, 1 of 7 routes covered'
	try -q
	want_error ''
}

@test "what is not as expected is shown beside what was, with its path" {
	cases 'case\tnow\timpact\turgency\tvip\t>priority\t>code\t>status\t>level' \
		"vip\t$MONDAY\t2\t2\tyes\tP3\t-\tactual\t1"
	path='(path start.contact>matrix.2x2>adjust.vip)'
	finds "2:30: error INC602: case 'vip': priority P2, expected P3 $path" \
		"2:33: error INC602: case 'vip': code VIP, expected none $path" \
		"2:35: error INC602: case 'vip': status empty, expected actual $path" \
		"2:42: error INC602: case 'vip': level empty, expected 1 $path"
	want_error 'inc-check: 4 errors, 0 warnings, 0 notes
inc-check: 1 case, 1 failed; 1 of 9 leaves, 0 of 10 boundaries, 1 of 7 routes covered'
}

@test "an empty cell expects nothing, and a dash or \\N that there is nothing" {
	cases 'case\tnow\timpact\turgency\t>priority\t>level\t>boundary\t>why' \
		"a\t$MONDAY\t1\t1\tP1\t\t-\t\\\\N"
	holds
	cases 'case\tnow\timpact\turgency\t>priority\t>code' \
		"a\t$MONDAY\t1\t1\tP1\t\\\\N"
	finds "2:27: error INC602: case 'a': code INC, expected none (path start.contact>matrix.1x1>adjust.plain)"
}

@test "a path is compared by its last steps" {
	cases 'case\tnow\timpact\turgency\t>path' "a\t$MONDAY\t1\t1\tadjust.plain" \
		"b\t$MONDAY\t1\t1\tmatrix.1x1>adjust.plain" "c\t$MONDAY\t1\t1\t-" \
		"d\t$MONDAY\t1\t1\tust.plain" "e\t$MONDAY\t1\t1\tmatrix.1x1"
	got='path start.contact>matrix.1x1>adjust.plain, expected'
	finds "4:24: error INC602: case 'c': $got none" \
		"5:24: error INC602: case 'd': $got ust.plain" \
		"6:24: error INC602: case 'e': $got matrix.1x1"
}

@test "times are told in the zone of the pack, by an offset, or from now" {
	cases 'case\tnow\treceived\timpact\turgency\t>respond_by\t>resolve_by\t>escalated' \
		'summer\t2026-07-01 09:00\t10m ago\t1\t1\tin 5m\t2026-07-01 12:50\t-' \
		'utc\t2026-07-01T08:00:00Z\t-10m\t1\t1\t+5m\t2026-07-01T13:50:00+02:00\t-' \
		'late\t2026-07-01T08:00:00Z\t2026-07-01 08:40\t1\t1\t5m ago\t\t5m ago' \
		'new\t2026-07-01T08:00:00Z\t\t1\t1\t2026-07-01T08:15:00Z\t\t'
	holds
	cases 'case\tnow\timpact\turgency\t>respond_by' "a\t$MONDAY\t1\t1\tin 1h"
	finds "2:24: error INC602: case 'a': respond_by 2026-03-02T09:15:00Z, expected in 1h (path start.contact>matrix.1x1>adjust.plain)"
}

@test "a case goes the way of the programs: triage, escalate, notify" {
	# What they make of the same record is what is expected here.
	tsv 'id\treceived\tsummary\timpact\turgency' \
		'I1\t2026-03-02T08:40:00Z\tmail is down\t1\t1' >record
	at='-q -p itsm --now 2026-03-02T09:00:00Z'
	# shellcheck disable=SC2086 # options
	inc-triage $at record | inc-escalate $at >decided
	# shellcheck disable=SC2086 # options
	inc-notify $at decided >messages
	given='case\tnow\tid\treceived\tsummary\timpact\turgency'
	row="2026-03-02T09:00:00Z\tI1\t20m ago\tmail is down\t1\t1"
	checked='priority priority_by code path respond_by resolve_by level level_by escalated escalate_to boundary why rules'
	expected=
	for name in $checked; do
		given+="\t>$name"
		expected+="\t$(column "$name" decided)"
	done
	cases "$given" "a\t$row$expected"
	holds
	given='case\tnow\tid\treceived\tsummary\timpact\turgency'
	given+='\t>reason\t>role\t>party\t>try\t>medium\t>address\t>subject\t>words\t>tell\t>due\t>wording\t>route'
	tail -n +2 messages | cut -f 2,4-14 >told
	[ "$(wc -l <told)" -ge 4 ]
	{
		tsv "$given"
		awk -F '\t' -v row="$row" 'BEGIN { gsub(/\\t/, "\t", row) }
			{ print "a\t" (NR == 1 ? row : "\t\t\t\t\t") "\t" $2 "\t" $3 \
			  "\t" $4 "\t" $1 "\t" $5 "\t" $6 "\t" $7 "\t" $8 "\t" $9 \
			  "\t" $10 "\t" $11 "\t" $12 }' told
	} >cases.tsv
	holds
}

@test "of several rows each expects a message" {
	cases 'case\tnow\treceived\timpact\turgency\t>priority\t>reason\t>party\t>medium' \
		"a\t$MONDAY\t20m ago\t1\t1\tP1\tescalated\tamara\tvoice" \
		'a\t\t\t\t\t\tescalated\tamara\tsms' 'a\t\t\t\t\t\tnew\tdesk\tscreen'
	holds
}

@test "a message that does not come is named, and so is the nearest that did" {
	cases 'case\tnow\treceived\timpact\turgency\t>reason\t>party\t>medium\t>words' \
		"a\t$MONDAY\t20m ago\t1\t1\tescalated\tbryn\tvoice\t" \
		'a\t\t\t\t\tescalated\tamara\tpost\t' \
		'a\t\t\t\t\tnew\tdesk\tsms\tP2 a'
	finds "2:42: error INC602: case 'a': no message with reason escalated, party bryn, medium voice; the nearest of 4: reason escalated, party amara, medium voice" \
		"3:23: error INC602: case 'a': no message with reason escalated, party amara, medium post; the nearest of 4: reason escalated, party amara, medium voice" \
		"4:20: error INC602: case 'a': no message with reason new, party desk, medium sms, words 'P2 a'; the nearest of 4: reason new, party desk, medium sms, words 'P1 a no summary. Reply ACK a'"
	cases 'case\tnow\tclosed\t>party' "a\t$MONDAY\tnow\tdesk"
	finds "2:24: error INC602: case 'a': no message with party desk: none came"
}

@test "words are the first ones, whatever is between and behind them" {
	head='case\tnow\tsummary\timpact\turgency\t>medium\t>words\t>subject'
	row="a\t$MONDAY\tmail: down\t3\t3"
	cases "$head" "$row\temail\tNothing more is known\t[P4] a: mail" \
		'a\t\t\t\t\temail\tNothing more is known. Where: not' \
		'a\t\t\t\t\temail\tNothing'
	holds
	cases "$head" "$row\temail\tNot\t" 'a\t\t\t\t\temail\tmore is known\t' \
		'a\t\t\t\t\temail\tNothing more\t[P4] b'
	try
	want_status 1
	[ "$(grep -c 'no message with medium email, words' <<<"$output")" -eq 3 ]
	[[ $output == *"subject '[P4] b'; the nearest of 2: medium email, words 'Nothing more is known.  Where: not known To be taken...', subject '[P4] a: mail: down'" ]]
}

@test "a dash in a message's cell: none may come that has the others" {
	cases 'case\tnow\timpact\turgency\t>reason\t>party\t>medium' \
		"a\t$MONDAY\t3\t3\tnew\tamara\t-" 'a\t\t\t\tescalated\t-\t' \
		'a\t\t\t\t-\tdesk\tsms' "b\t$MONDAY\t1\t1\tnew\t-\t" \
		'b\t\t\t\t\t-\t' "c\t$MONDAY\t1\t1\t\tdesk\t-"
	finds "5:28: error INC602: case 'b': a message that none expects: reason new, party desk" \
		"6:7: error INC602: case 'b': a message that none expects: party desk" \
		"7:30: error INC602: case 'c': a message that none expects: party desk, medium screen"
}

@test "what is missing in a record is marked, as in the log" {
	cases 'case\tnow\tchannel\tsummary\tincomplete\t>incomplete\t>reason\t>party' \
		"a\t$MONDAY\tphone\tx\t\tcaller callback\tincomplete\tdesk" \
		"b\t$MONDAY\tphone\tx\tcaller\tcaller\tincomplete\tdesk" \
		"c\t$MONDAY\tmonitoring\tx\t\t-\tincomplete\t-"
	holds
}

@test "a column that no record or message has is refused, with the one meant" {
	cases 'case\tnow\tsumary\t>priority' "a\t$MONDAY\tx\tP1"
	finds "1:10: error INC601: unknown column 'sumary' (did you mean 'summary'?)"
	want_error 'inc-check: 1 error, 0 warnings, 0 notes'
	cases 'case\tnow\t>prioritty' "a\t$MONDAY\tP1"
	finds "1:11: error INC601: unknown column 'prioritty' (did you mean 'priority'?)"
	cases 'case\tnow\t>wordss' "a\t$MONDAY\tP1"
	finds "1:11: error INC601: unknown column 'wordss' (did you mean 'words'?)"
	cases 'case\tnow\t>chain' "a\t$MONDAY\tP1"
	finds "1:11: error INC601: unknown column 'chain'"
	cases 'case\tnow\tparty' "a\t$MONDAY\tdesk"
	finds "1:10: error INC601: a record has no column 'party'; what is expected of a message is called '>party'"
	cases 'case\twhen\t>priority' 'a\t*\tP1'
	try
	want "cases.tsv:1: error INC601: no column 'now'"
}

@test "a case that can't be read fails, and the others are tried" {
	cases 'case\tnow\treceived\timpact\turgency\t>priority\t>respond_by' \
		"good\t$MONDAY\t\t1\t1\tP1\t" "time\t$MONDAY\tyesterday\t1\t1\tP1\t" \
		'now\t\t\t1\t1\tP1\t' 'ago\t20m ago\t\t1\t1\tP1\t' \
		"due\t$MONDAY\t\t1\t1\tP1\tsoon" "none\t$MONDAY\t\t1\t1\t\t" \
		"\t$MONDAY\t\t1\t1\tP1\t" "good\t$MONDAY\t\t2\t2\tP2\t" \
		"later\t$MONDAY\t\t1\t1\tP1\t" 'later\t\t5m ago\t\t\tP1\t' \
		"bad\t$MONDAY\t\t1\t1\tP2\t"
	told='2026-03-02 09:00, 2026-03-02T09:00:00Z, now, 20m ago or in 2h was expected'
	finds "3:23: error INC601: 'yesterday' is no time: $told" \
		"4:5: error INC601: case 'now' has no now: what is decided may depend on it" \
		"5:5: error INC601: '20m ago' is no time: 2026-03-02 09:00 or 2026-03-02T09:00:00Z was expected" \
		"6:30: error INC601: 'soon' is no time: $told" \
		"7:1: error INC601: case 'none': the row expects nothing; a column such as >priority says what is expected" \
		"8:1: error INC601: the row names no case" \
		"9:1: error INC601: two cases are called 'good', the other on line 2" \
		"11:8: error INC601: case 'later' begins on line 10: what is given stands there" \
		"12:27: error INC602: case 'bad': priority P1, expected P2 (path start.contact>matrix.1x1>adjust.plain)"
	[[ $stderr == *'10 cases, 9 failed; '* ]]
}

@test "of cases that can't be read a thousand are told, and that there are more" {
	awk 'BEGIN { print "case\tnow\t>priority"
		for (i = 1; i <= 1500; i++) print "c" i "\tsoon\tP1" }' >cases.tsv
	try
	want_status 1
	[ "${#lines[@]}" -eq 1001 ]
	[ "${lines[0]}" = 'cases.tsv:1: error INC601: more than 1000 faults, so no case was tried' ]
}

@test "a table of no cases, and a file that is none, are no answer" {
	cases 'case\tnow\t>priority'
	finds '1: error INC601: no case follows the header: one at least was expected'
	: >cases.tsv
	finds ' error INC601: empty, a header line was expected'
	rm cases.tsv
	try
	want_status 2
	want ''
	[[ $stderr == "inc-check: open 'cases.tsv': No such file or directory"* ]]
}

@test "a spreadsheet may save the cases" {
	printf 'case;now;summary;impact;urgency;>priority;>words\r\na;2026-03-02 09:00;"mail; down";1;1;P1;"P1 a mail; down"\r\n' >cases.csv
	run -0 --separate-stderr inc-check -p itsm --cases cases.csv
	want ''
}

@test "what the programs would report is found with the case" {
	cases 'case\tnow\tlevel\tescalate_to\t>priority' \
		"a\t$MONDAY\t1\tnobody\tP2"
	finds "2:1: warning INC603: case 'a': 'nobody' is neither a role nor a party; asking 'head-of-service'"
	cases 'case\tnow\tsummary\timpact\turgency\treports\t>priority' \
		"a\t$MONDAY\t$(printf '%0600d' 0)\t1\t1\tmany\tP1"
	try
	want_status 0
	[[ $output == *'2:1: note INC604: '*'shortened by '* ]]
	[[ $output == *'2:1: note INC604: '*'a value could not be read'* ]]
}

@test "a pack's own cases are tried with it, and rules without a case noted" {
	mkdir ours
	tsv 'case\tnow\timpact\turgency\t>priority' "a\t$MONDAY\t1\t1\tP2" \
		>ours/cases.tsv
	run -1 --separate-stderr inc-check -p ours:itsm
	[[ $output == *"ours/cases.tsv:2:24: error INC602: case 'a': priority P1, expected P2"* ]]
	[[ $output != *INC605* ]]
	# What no case reaches is said once those that there are pass.
	sed -i 's/P2$/P1/' ours/cases.tsv
	run -0 --separate-stderr inc-check -p ours:itsm
	triage=procedures/itsm/triage.tsv
	line=$(grep -n '^matrix.1x2' "$SOURCE/share/$triage" | cut -d : -f 1)
	[[ $output == *"$triage:$line:14: note INC605: no case reaches row 'matrix.1x2'"* ]]
	[[ $output == *"note INC605: no case reaches leaf 'adjust.vip'"* ]]
	[[ $output == *"note INC605: no case reaches boundary 'late'"* ]]
	[[ $output == *"note INC605: no case reaches route 'resolved.1'"* ]]
	[[ $output != *"leaf 'adjust.plain'"* && $output != *"route 'new.2'"* ]]
	# Those of a pack behind it are about that one.
	run -0 --separate-stderr inc-check -p "$FIXTURES/check/no-tables:itsm"
	[[ $stderr != *cases* ]]
	# Notes alone don't make a pack wrong, and another file's cases have none.
	run -0 --separate-stderr inc-check -p ours:itsm --cases ours/cases.tsv
	want ''
}

@test "a date in a pack's own case is what a record may hold" {
	mkdir ours
	tsv 'case\tnow\timpact\turgency\tsummary\t>words' \
		"a\t$MONDAY\t1\t1\t2026-03-01\tP1 a 2026-03-01" >ours/cases.tsv
	run -0 --separate-stderr inc-check -p ours:itsm --now "${MONDAY/ /T}:00Z"
	[[ $stderr == *'0 errors, 0 warnings, '*'1 case, 0 failed'* ]]
}

@test "a pack's name may be written in any way" {
	mkdir ours
	tsv 'case\tnow\t>priority' "a\t$MONDAY\tP9" >ours/cases.tsv
	for path in ours ours/ ./ours "$PWD/ours"; do
		run -1 --separate-stderr inc-check -p "$path:itsm"
		[[ $output == *"case 'a': priority P2, expected P9"* ]]
	done
}

@test "the shipped cases hold and cover every rule" {
	run -0 --separate-stderr inc-check -p itsm --now "${MONDAY/ /T}:00Z"
	want ''
	[[ $stderr =~ [1-9][0-9]\ cases,\ 0\ failed ]]
	for part in leaves boundaries routes; do
		[[ $stderr =~ ([0-9]+)\ of\ ([0-9]+)\ $part ]]
		[ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ]
	done
}

@test "every rule of the shipped pack that is changed makes a case fail" {
	# One row after the other is made never to hold.
	for table in triage escalation routes; do
		ours $table
		cp ours/$table.tsv whole
		column=$(awk -F '\t' '/^#/ { next } { for (i = 1; i <= NF; i++)
			if ($i == "when") print i; exit }' whole)
		for line in $(awk -F '\t' -v c="$column" '/^#/ { next }
			h++ && $c != "*" { print NR }' whole); do
			awk -F '\t' -v c="$column" -v n="$line" 'BEGIN { OFS = FS }
				NR == n { $c = "id is empty" } { print }' whole \
				>ours/$table.tsv
			echo "$table line $line"
			run -1 --separate-stderr inc-check -p "$PACK" \
				--cases "$SOURCE/share/procedures/itsm/cases.tsv"
		done
		rm ours/$table.tsv
	done
}

@test "a pack that can't be loaded tries no case" {
	cases 'case\tnow\t>priority' "a\t$MONDAY\tP1"
	ours triage
	sed -i 's/urgency = 1\t/urgency =\t/' ours/triage.tsv
	try
	want_status 1
	[[ $output == "cases.tsv:1: error INC601: no case was tried: $PWD/ours/triage.tsv:"* ]]
	[ "${#lines[@]}" -eq 1 ]
}

@test "a pack without routes or boundaries decides alone" {
	mkdir small
	tsv 'name' 'small' >small/pack.tsv
	tsv 'node\twhen\tpriority' 'start\tsummary ~ /fire/\tP1' 'start\t*\tP3' \
		>small/triage.tsv
	PACK=small
	cases 'case\tnow\tsummary\t>priority\t>level\t>reason' \
		"a\t$MONDAY\tfire\tP1\t-\t-" "b\t$MONDAY\tno\tP3\t-\t-"
	holds
	[[ $stderr == *'2 cases, 0 failed; 2 of 2 leaves covered' ]]
	tsv 'name\tversion' 'bare\t1' >small/pack.tsv
	rm small/triage.tsv
	cases 'case\tnow\tpriority\t>priority' "a\t$MONDAY\tP1\tP1"
	holds
	[[ $stderr == *$'\ninc-check: 1 case, 0 failed' ]]
}

@test "rows without end, and bytes that are no text, do no harm" {
	cases 'case\tnow\tlocation\t>words' \
		"a\t$MONDAY\t$(head -c 3000000 /dev/zero | tr '\0' x)\tP2 a"
	try
	want_status 0
	printf 'case\tnow\t>priority\n%s\t2026-03-02 09:00\tP\xff\n' a >cases.tsv
	try
	want 'cases.tsv:2: error INC601: not UTF-8 text'
	awk 'BEGIN { print "case\tnow\timpact\turgency\t>priority"
		for (i = 1; i <= 20000; i++)
			print "c" i "\t2026-03-02T09:00:00Z\t1\t1\tP1" }' >cases.tsv
	holds
	[[ $stderr == *'20000 cases, 0 failed'* ]]
	awk 'BEGIN { print "case\tnow\t>priority\t>party"
		print "a\t2026-03-02T09:00:00Z\tP2\tdesk"
		for (i = 1; i <= 20000; i++) print "a\t\t\tdesk" }' >cases.tsv
	holds
}
