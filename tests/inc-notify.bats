# inc-notify: who must know, by what medium, in which words.  The pack is
# tests/fixtures/notify; a test that needs another table overlays it.
load helper

PACK=$FIXTURES/notify
AT=2026-03-25T09:00:00Z

# notify [OPTION...]: what is told of the records in the file `in`, at AT
# unless --now is given; messages in $output, what was said in $stderr.
notify() {
	run --separate-stderr inc-notify -p "$PACK" --now $AT "$@" in
}

# told COLUMNS: these columns of the messages, without the header.
told() {
	printf '%s\n' "$output" | tail -n +2 | cut -f "$1"
}

# want_told COLUMNS LINE...: compares them.
want_told() {
	diff -u <(tsv "${@:2}") <(told "$1")
}

# overlay TABLE LINE...: the table with more rows, in a pack before the
# others.
overlay() {
	mkdir -p other
	cat "$FIXTURES/notify/$1.tsv" - >"other/$1.tsv" < <(tsv "${@:2}")
	PACK=$PWD/other:$FIXTURES/notify
}

# replace TABLE LINE...: another table instead.
replace() {
	mkdir -p other
	tsv "${@:2}" >"other/$1.tsv"
	PACK=$PWD/other:$FIXTURES/notify
}

# identity VALUE...: the identity by the manual's recipe.
identity() {
	local IFS=$'\t'
	printf '%s' "$*" | sha256sum | cut -c 1-32
}

@test "a new incident is told with its identity, its words and its due time" {
	tsv 'id\treceived\tpriority\tsummary' "I1\t$AT\tP1\tmail is down" \
		"I2\t$AT\tP2\tslow" >in
	notify
	want_status 0
	want_error ''
	h='message\ttry\tid\treason\trole\tparty\tmedium\taddress\tsubject\tbody'
	want "$(tsv "$h\ttell\tdue\twording\troute\tstatus" \
		"$(identity actual I1 new P1 desk 0)\t1\tI1\tnew\tdesk\tdesk\tscreen\tdesk\t\tP1 I1 mail is down\turgent\t2026-03-25T09:15:00Z\tnew\tnew.1\tactual" \
		"$(identity actual I2 new P2 desk 0)\t1\tI2\tnew\tdesk\tdesk\tscreen\tdesk\t\tP2 I2 slow\thigh\t2026-03-26T09:00:00Z\tnew\tnew.2\tactual")"
}

@test "media are tried by prefer, then cost, then the order of channels" {
	overlay directory 'gus\t\t\tvoice\tv\t' 'gus\t\t\tsms\ts\t' \
		'gus\t\t\tscreen\tx\t' 'gus\t\t\tsms\tfirst\t1' \
		'gus\t\t\temail\tnot urgent\t0'

	replace routes 'reason\twhen\tto\ttell\twording' 'new\t*\tgus\turgent\tnew'
	tsv 'id\treceived\tsummary\tpriority' "I1\t$AT\tx\tP1" >in
	notify
	want_status 0
	want_told 2,6-8 '1\tgus\tsms\tfirst' '2\tgus\tscreen\tx' \
		'3\tgus\tsms\ts' '4\tgus\tvoice\tv'
}

@test "another medium or an earlier run changes no identity" {
	tsv 'id\treceived\tnotice' "I1\t$AT\tduty" >in
	notify
	told 1,6 | sort -u >one
	notify --now 2026-03-25T20:59:59Z
	told 1,6 | sort -u | same one -
	overlay directory 'ann\t\t\tscreen\tann\t1'
	notify
	[ "$(told 7 | sort)" = $'screen\nsms\nvoice' ]
	told 1,6 | sort -u | same one -
}

@test "the next repeat is a new message, to who is on call then" {
	tsv 'id\treceived\tpriority\tnotice' "I1\t$AT\tP1\tduty" >in
	notify --now 2026-03-25T20:30:00Z
	want_told 1,6,7 "$(identity actual I1 duty P1 ann 0)\tann\tvoice" \
		"$(identity actual I1 duty P1 ann 0)\tann\tsms"
	notify --now 2026-03-25T21:00:00Z
	want_told 1,6,7 "$(identity actual I1 duty P1 bob 1)\tbob\tvoice" \
		"$(identity actual I1 duty P1 bob 1)\tbob\tsms"
	notify --now 2026-03-26T09:00:00Z
	[ "$(told 1,6 | sort -u)" = "$(identity actual I1 duty P1 ann 2)	ann" ]
}

@test "a record from the future is told now, as its first time" {
	tsv 'id\treceived\tpriority' 'I1\t2026-03-25T09:40:00Z\tP1' >in
	notify
	want_told 1,12 \
		"$(identity actual I1 new P1 desk 0)\t2026-03-25T09:55:00Z"
}

@test "a repeat ends at its last nanosecond" {
	tsv 'id\treceived\tpriority' 'I1\t2026-03-25T09:00:00.5Z\tP1' >in
	notify --now 2026-03-25T09:15:00.499999999Z
	want_told 12 2026-03-25T09:15:00.5Z
	notify --now 2026-03-25T09:15:00.5Z
	want_told 12 2026-03-25T09:30:00.5Z
}

@test "a boundary repeats where the route does not, until what it waits for" {
	h='id\treceived\tpriority\tlevel\tescalated\tescalate_to\tboundary'
	row="I1\t$AT\tP1\t1\t2026-03-25T09:15:00Z\tduty\tuntaken"
	tsv "$h" "$row" >in
	notify --reason escalated --now 2026-03-25T09:34:59Z
	want_told 1,2,6,12 \
		"$(identity actual I1 escalated $'1\t2026-03-25T09:15:00Z' ann 0)\t1\tann\t2026-03-25T09:45:00Z" \
		"$(identity actual I1 escalated $'1\t2026-03-25T09:15:00Z' ann 0)\t2\tann\t2026-03-25T09:45:00Z"
	notify --reason escalated --now 2026-03-25T09:36:00Z
	[ "$(told 1,12 | sort -u)" = "$(identity actual I1 escalated 1 \
		2026-03-25T09:15:00Z ann 1)	2026-03-25T10:05:00Z" ]
	for over in acknowledged resolved closed; do
		tsv "$h\t$over" "$row\t2026-03-25T09:30:00Z" >in
		notify --reason escalated --now 2026-03-25T09:36:00Z
		[ "$(told 1 | sort -u)" = "$(identity actual I1 escalated 1 \
			2026-03-25T09:15:00Z ann 0)" ]
	done
}

@test "no boundary repeats where a person has set the level since" {
	h='id\treceived\tpriority\tlevel\tlevel_by\tescalated\tescalate_to\tboundary'
	row="I1\t$AT\tP1\t1"
	rest='2026-03-25T09:15:00Z\tduty\tuntaken'
	for by in person ann ann:x; do
		tsv "$h" "$row\t$by\t$rest" >in
		notify --reason escalated --now 2026-03-25T09:36:00Z
		[ "$(told 1 | sort -u)" = "$(identity actual I1 escalated 1 \
			2026-03-25T09:15:00Z ann 0)" ]
	done
	for by in rules rules:0 ann:1; do
		tsv "$h" "$row\t$by\t$rest" >in
		notify --reason escalated --now 2026-03-25T09:36:00Z
		[ "$(told 1 | sort -u)" = "$(identity actual I1 escalated 1 \
			2026-03-25T09:15:00Z ann 1)" ]
	done
}

@test "a new value in a column of per is a new message" {
	h='id\treceived\tpriority\tlevel\tescalated\tescalate_to'
	tsv "$h" "I1\t$AT\tP1\t1\t$AT\tduty" >in
	notify --reason escalated
	told 1 | sort -u >one
	tsv "$h" "I1\t$AT\tP1\t1\t2026-03-25T09:00:01Z\tduty" >in
	notify --reason escalated
	told 1 | sort -u >two
	run ! cmp -s one two
}

@test "the identity takes values as they stand in the stream" {
	replace routes 'reason\twhen\tto\ttell\twording\tper' \
		'new\t*\tcy\tlow\tnew\tsummary details'
	tsv 'id\treceived\tsummary\tdetails' "I\\\\\\\\1\t$AT\ta\\\\tb\t\\\\\\\\N" \
		>in
	notify --reason new
	want_told 1,3,9 \
		"$(identity actual 'I\\1' new 'a\tb' '\\N' cy 0)\tI\\\\\\\\1\t[] I\\\\\\\\1: a b"
}

@test "nobody on call: it is said and the next level is asked" {
	tsv 'id\treceived\tpriority\tnotice' 'I1\t2026-04-01T09:00:00Z\tP1\tgold' \
		>in
	notify
	want_status 3
	want_error "inc-notify: I1: nobody is on call for 'gold' at\
 2026-04-01T09:00:00Z; asking 'desk'"
	want_told 5-7 'desk\tdesk\tscreen'
}

@test "an unknown role goes up from the level of the record" {
	h='id\treceived\tpriority\tlevel\tescalate_to'
	tsv "$h" "I1\t$AT\tP1\t1\tdutty" "I2\t$AT\tP1\t3\tnobody at all" >in
	notify --reason escalated
	want_status 3
	want_error "inc-notify: I1: 'dutty' is neither a role nor a party\
 (did you mean 'duty'?); asking 'head'
inc-notify: I2: 'nobody at all' is neither a role nor a party; asking 'desk'
inc-notify: I2: medium 'screen' has no wording 'escalated': it is left out"
	want_told 3,5-7 'I1\thead\tcy\temail' 'I2\tdesk\tdesk\temail'
}

@test "a column that names nobody means who leads at the record's level" {
	tsv 'id\treceived\tpriority\tlevel\tescalate_to' "I1\t$AT\tP1\t1\t" \
		"I2\t$AT\tP1\t2\t" >in
	notify --reason escalated
	want_status 3
	want_error "inc-notify: I1: 'escalate_to' names nobody; asking 'duty'
inc-notify: I2: 'escalate_to' names nobody; asking 'head'"
	want_told 3,5,6 'I1\tduty\tann' 'I1\tduty\tann' 'I2\thead\tcy'
}

@test "no address, no words: each is said, and the levels are asked in turn" {
	tsv 'id\treceived\tpriority\tnotice' "I1\t$AT\tP1\tnobody" >in
	notify
	want_status 3
	want_error "inc-notify: I1: 'eve' has no address; asking 'duty'
inc-notify: I1: medium 'pager' has no wording 'new': it is left out
inc-notify: I1: 'fay' has no medium with a wording 'new'; asking 'duty'"
	want_told 6,7 'ann\tvoice' 'ann\tsms'
}

@test "where the last resort fails too, that is said and the others are told" {
	replace roster 'role\tparty' 'duty\teve' 'desk\tzoe' 'pool\tann'
	tsv 'id\treceived\tpriority\tnotice' "I1\t$AT\tP1\tduty" "I2\t$AT\tP1\tpool" \
		>in
	notify
	want_status 3
	want_error "inc-notify: I1: 'eve' has no address
inc-notify: I1: nobody on call for 'duty' can be reached; asking 'head'
inc-notify: I1: nobody is on call for 'head' at $AT; asking 'gold'
inc-notify: I1: nobody is on call for 'gold' at $AT; asking 'desk'
inc-notify: I1: 'zoe' is not in the directory
inc-notify: I1: nobody on call for 'desk' can be reached; nobody is left to ask"
	want_told 3,6,7 'I2\tann\tvoice' 'I2\tann\tsms'
}

@test "all of the smallest order are told, the next where none is reached" {
	tsv 'id\treceived\tpriority\tnotice' "I1\t$AT\tP1\tpool" >in
	notify
	want_status 3
	want_error "inc-notify: I1: 'eve' has no address"
	want_told 5-7 'pool\tbob\tvoice' 'pool\tbob\tsms' 'pool\tann\tvoice' \
		'pool\tann\tsms'
}

@test "a party that two names reach is told once" {
	tsv 'id\treceived\tpriority\tnotice\tassigned' "I1\t$AT\tP1\ttwice\thead" \
		>in
	notify
	want_status 0
	want_told 5-7 'duty\tann\tvoice' 'duty\tann\tsms' 'head\tcy\temail'
}

@test "the caller is reached at callback: mail, else voice, then sms" {
	h='id\treceived\tresolved\tcaller\tcallback'
	tsv "$h" "I1\t$AT\t$AT\tMr Day\tday@example.org" \
		"I2\t$AT\t$AT\t\tday@example.org" >in
	notify --reason resolved
	want_status 0
	want_told 1,3,5-9 \
		"$(identity actual I1 resolved $AT 'Mr Day' 0)\tI1\tcaller\tMr Day\temail\tday@example.org\tI1 resolved: no words" \
		"$(identity actual I2 resolved $AT caller 0)\tI2\tcaller\tcaller\temail\tday@example.org\tI2 resolved: no words"
	replace routes 'reason\twhen\tto\ttell\twording' \
		'ring\t*\t{caller}\tlow\tnew'
	tsv "$h\tpriority" "I3\t$AT\t\tann\t0113 4960009\tP3" >in
	notify
	want_told 2,5-8 '1\tcaller\tcaller\tvoice\t0113 4960009' \
		'2\tcaller\tcaller\tsms\t0113 4960009'
}

@test "a caller who can't be reached is not forgotten" {
	tsv 'id\treceived\tresolved\tcallback\tsummary' "I1\t$AT\t$AT\t\tx" \
		"I2\t$AT\t$AT\t01134960009\ty" >in
	notify --reason resolved
	want_status 3
	want_error "inc-notify: I1: the caller left no callback; asking 'duty'
inc-notify: I2: medium 'voice' has no wording 'resolved': it is left out
inc-notify: I2: medium 'sms' has no wording 'resolved': it is left out
inc-notify: I2: no medium reaches the caller; asking 'duty'"
	want_told 3,6-8 'I1\tann\temail\tann@example.org' \
		'I2\tann\temail\tann@example.org'
}

@test "a callback that is no address is no argument of a program" {
	while IFS= read -r callback; do
		tsv 'id\treceived\tresolved\tcallback' "I1\t$AT\t$AT\t$callback" >in
		notify --reason resolved
		want_status 3
		[[ $stderr == "inc-notify: I1: callback '"*"' is no address; asking 'duty'" ]]
		want_told 3,6-8 'I1\tann\temail\tann@example.org'
	done <<'END'
a@b.c\\nBcc: x@y.z
-oQx@example.org
--help
@example.org
someone@
a b@example.org
call me
END
}

@test "a drill is marked on everything, also where it is shortened" {
	long=$(printf '%0300d' 0)
	tsv 'id\treceived\tpriority\tsummary\tstatus\tnotice' \
		"I1\t$AT\tP1\tfire\texercise\tduty" "I2\t$AT\tP1\t$long\ttest\tduty" \
		>in
	notify -q
	want_status 0
	want_error ''
	want_told 1,3,7,15 \
		"$(identity exercise I1 duty P1 ann 0)\tI1\tvoice\texercise" \
		"$(identity exercise I1 duty P1 ann 0)\tI1\tsms\texercise" \
		"$(identity test I2 duty P1 ann 0)\tI2\tvoice\ttest" \
		"$(identity test I2 duty P1 ann 0)\tI2\tsms\ttest"
	[[ $(told 10 | sed -n 1p) == 'exercise exercise exercise'* ]]
	[[ $(told 10 | sed -n 2p) == 'EXERCISE'* ]]
	[[ $(told 10 | sed -n 3p) == 'test test test'* ]]
	[[ $(told 10 | sed -n 4p) == 'TEST'* ]]
	replace routes 'reason\twhen\tto\ttell\twording' 'new\t*\tcy\tlow\tnew'
	notify
	[[ $(told 9 | sed -n 1p) == 'EXERCISE'* ]]
	[[ $(told 10 | sed -n 1p) == 'EXERCISE'* ]]
}

@test "what was shortened is said, to the septet" {
	x=$(printf '%0156d' 0)
	tsv 'id\treceived\tsummary\tnotice' "I1\t$AT\t$x-\tplain" \
		"I2\t$AT\t$x-+\tplain" "I3\t$AT\t${x%0}€\tplain" \
		"I4\t$AT\t${x}€\tplain" >in
	notify
	want_status 0
	[ "$(told 10 | sed -n 1p)" = "I1 $x-" ]
	[ "$(told 10 | sed -n 3p)" = "I3 ${x%0}€" ]
	[[ $stderr == *'inc-notify: I2: sms to hal shortened by 4 characters'* ]]
	[[ $stderr == *'inc-notify: I4: sms to hal shortened by 4 characters'* ]]
	[ "$(printf '%s\n' "$stderr" | wc -l)" -eq 2 ]
	notify -q
	want_status 0
	want_error ''
}

@test "a word that is missing is sent as a gap and said once" {
	tsv 'id\treceived\tnotice\tseen\tsummary' "I1\t$AT\tseen\t$AT\tx" \
		"I2\t$AT\tseen\t$AT\ty" "I3\t$AT\tseen\tyesterday\tz" >in
	notify
	want_status 3
	want_error "inc-notify: I1: wording 'seen' for email: no value for 'location'
inc-notify: I3: 'seen' holds no time: an earlier one is gone by
inc-notify: I3: wording 'seen' for email: a value is no time"
	want_told 3,6,9 'I1\tcy\tI1 seen at 2026-03-25 09:00' \
		'I2\tcy\tI2 seen at 2026-03-25 09:00' 'I3\tcy\tI3 seen at yesterday'
}

@test "what is unknown counts as urgent; where no medium serves, any does" {
	replace routes 'reason\twhen\tto\twording' 'new\t*\tann dee\tnew'
	tsv 'id\treceived\tpriority\tsummary' "I1\t$AT\tP9\tx" "I2\t$AT\tP3\tx" >in
	notify
	want_status 0
	want_told 3,6,7,11 'I1\tann\tvoice\turgent' 'I1\tann\tsms\turgent' \
		'I1\tdee\tvoice\turgent' 'I2\tann\temail\tlow' 'I2\tdee\tvoice\tlow'
}

@test "records without an id or a time are told all the same" {
	tsv 'id\treceived\tpriority\tsummary' "\t$AT\tP1\tone" "\t$AT\tP1\ttwo" \
		'I3\tlater\tP1\tthree' 'I4\t\tP1\tfour' >in
	notify
	want_status 3
	want_error "inc-notify: in:2: a record without an id
inc-notify: in:2: wording 'new' for screen: no value for 'id'
inc-notify: in:3: a record without an id
inc-notify: I3: 'received' holds no time: now is gone by
inc-notify: I4: no time in 'received': now is gone by"
	want_told 3,10,12 '\tP1  one\t2026-03-25T09:15:00Z' \
		'\tP1  two\t2026-03-25T09:15:00Z' 'I3\tP1 I3 three\t' \
		'I4\tP1 I4 four\t'
	[ "$(told 1 | sort -u | wc -l)" -eq 4 ]
}

@test "--reason writes the messages of one reason alone" {
	tsv 'id\treceived\tpriority\tlevel\tescalate_to' "I1\t$AT\tP1\t1\tduty" >in
	notify
	[ "$(told 4 | uniq)" = $'new\nescalated' ]
	notify --reason escalated
	[ "$(told 4 | uniq)" = escalated ]
	notify --reason esclated
	want_status 2
	want ''
	want_error "inc-notify: no route has the reason 'esclated'\
 (did you mean 'escalated'?)"
}

@test "a route that is wrong is refused with its place and the nearest name" {
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	header='reason\twhen\tto\ttell\twording\tper\trepeat'
	while IFS='|' read -r row error; do
		replace routes "$header" "$row"
		notify
		want_status 2
		want ''
		want_error "inc-notify: $PWD/other/routes.tsv:2:$error"
	done <<'END'
new\t*\tdutty\t\tnew|7: 'dutty' is neither a role nor a party (did you mean 'duty'?)
new\t*\tduty deks\t\tnew|12: 'deks' is neither a role nor a party (did you mean 'desk'?)
new\t*\t{asigned}\t\tnew|8: unknown column 'asigned' (did you mean 'assigned'?)
new\t*\t{assigned\t\tnew|7: {column} was expected
new\t*\t\t\tnew|7: a route that tells nobody: a role or a party was expected
new\tpriorty = P1\tduty\t\tnew|5: unknown column 'priorty' (did you mean 'priority'?)
new\t*\tduty\turgnt\tnew|12: no channel has tell 'urgnt' (did you mean 'urgent'?)
new\t*\tduty\t\t|13: a route without a wording
new\t*\tduty\t\tnew\tlevel prio|23: unknown column 'prio'
new\t*\tduty\t\tnew\t\t15|18: repeat '15': a duration such as 15m was expected
new\t*\tduty\t\t../../x|13: no medium has a wording '../../x'
\t*\tduty\t\tnew|1: a route without a reason
END
}

@test "a target that no channel serves is refused with its place" {
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	replace targets 'priority\trespond\ttell' 'P1\t15m\turgnet'
	notify
	want_status 2
	want ''
	want_error "inc-notify: $PWD/other/targets.tsv:2:8: no channel has tell\
 'urgnet' (did you mean 'urgent'?)"
}

@test "words with an unknown column stop the work before any output" {
	mkdir -p other/wording/sms
	echo 'All {sumary}' >other/wording/sms/new.txt
	PACK=$PWD/other:$FIXTURES/notify
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	notify
	want_status 2
	want ''
	want_error "inc-notify: $PWD/other/wording/sms/new.txt:1:5: unknown column\
 'sumary' (did you mean 'summary'?)"
}

@test "a column that only the tree sets is known" {
	replace triage 'node\twhen\tnext\tpriority\tteam' 'start\t*\t\tP1\tnight'
	replace routes 'reason\twhen\tto\twording' 'new\tteam is empty\tdesk\tnew'
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	notify
	want_status 0
	want_told 6 desk
}

@test "the pack's tables must be there" {
	mkdir other
	cp "$FIXTURES/notify/pack.tsv" other
	PACK=$PWD/other
	tsv 'id' I1 >in
	notify
	want_status 2
	want_error "inc-notify: no table 'channels' in '$PWD/other'"
}

@test "a header alone gives a header alone; a bad line is set aside" {
	tsv 'id\treceived\tpriority' >in
	notify
	want_status 0
	[ "$(printf '%s\n' "$output" | wc -l)" -eq 1 ]
	tsv 'id\treceived\tpriority' 'I1' "I2\t$AT\tP1" >in
	notify --rejects rejects
	want_status 3
	want_error "inc-notify: in:2: 1 field, the header names 3\
 ('received' is missing)"
	want_told 3 I2
	[ "$(column row rejects)" = I1 ]
}

@test "the shipped pack tells of all reasons" {
	PACK=itsm
	h='id\treceived\tpriority\tlevel\tescalated\tescalate_to\tboundary\tsummary'
	tsv "$h" "I1\t$AT\tP1\t1\t$AT\tduty-manager\tuntaken-1\tx" >in
	notify --now 2026-03-25T09:01:00Z
	[ "$status" -eq 0 ]
	[ "$(told 4 | uniq)" = $'new\nescalated' ]
}

@test "messages of a real export are the same in each run, part by part" {
	need_data servicenow-uci
	gunzip -c "$DATA/servicenow-uci/incident_event_log.csv.gz" |
		head -n 30000 >export.csv
	now=2016-03-20T12:00:00Z
	inc-import -q -m servicenow export.csv 2>said |
		inc-log -q current --at $now - | inc-triage -p itsm |
		inc-escalate -q -p itsm --now $now >in
	PACK=itsm
	notify -q --now $now
	[[ $status -eq 0 || $status -eq 3 ]]
	printf '%s\n' "$output" >all
	[ "$(column message all | wc -l)" -gt 500 ]
	# One message to one party, its tries counted from 1, never half of it.
	awk -F '\t' 'NR > 1 && $2 != ($1 == last ? try + 1 : 1) { exit 1 }
		NR > 1 && $1 != last && seen[$1]++ { exit 1 }
		{ last = $1; try = $2 }' all
	# Records are told of one by one, so a part of the input is a part of
	# the output.
	sed -n '1p; 2~2p' in >odd
	sed -n '1p; 3~2p' in >even
	for part in odd even; do
		inc-notify -q -p itsm --now $now $part 2>said || [ $? -eq 3 ]
	done | grep -v ^message | sort >parts
	tail -n +2 all | sort | same parts -
}

@test "a boundary that repeats after no time at all is refused, as by inc-escalate" {
	replace escalation 'boundary\twhen\tlevel\tdirection\trepeat' 'late\t*\t1\tup\t0s'
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	notify
	want_status 2
	want ''
	want_error "inc-notify: $PWD/other/escalation.tsv:2:13: repeat '0s':\
 a duration such as 15m was expected"
}

# proof [OPTION...]: the wordings of the pack, proved.
proof() {
	run --separate-stderr inc-notify -p "$PACK" --proof "$@"
}

# words MEDIUM/NAME TEXT: other words in a pack before the others.
words() {
	mkdir -p "other/wording/$(dirname "$1")"
	printf '%s\n' "$2" >"other/wording/$1.txt"
	PACK=$PWD/other:$FIXTURES/notify
}

# summ N: a text of so many characters, as --proof makes it for the summary.
summ() {
	printf "%0$1d" 0 | sed 's/00000/summ /g; s/0000/summ/; s/ $/s/'
}

@test "--proof shows every wording with the longest values and its size" {
	proof
	want_status 0
	want_error ''
	diff -u <(tsv 'medium\twording\tlanguage\tlimit\tsize\tverdict\tcut' \
		'voice\tnew\ten-GB\t60s\t20s\tfits\t' \
		'voice\tescalated\ten-GB\t60s\t8s\tfits\t' \
		'sms\tnew\ten-GB\t1 part\t2 parts\tvalues cut\tsummary 55' \
		'sms\tescalated\ten-GB\t1 part\t2 parts\tvalues cut\tsummary 61' \
		'sms\tplain\ten-GB\t1 part\t2 parts\tvalues cut\tsummary 27' \
		'email\tnew\ten-GB\t1048576 B\t360 B\tfits\t' \
		'email\tescalated\ten-GB\t1048576 B\t372 B\tvalues cut\tsubject summary 7' \
		'email\tresolved\ten-GB\t1048576 B\t229 B\tfits\t' \
		'email\tseen\ten-GB\t1048576 B\t379 B\tfits\t' \
		'screen\tnew\ten-GB\t500\t187\tfits\t') \
		<(printf '%s\n' "$output" | cut -f 1-7)
	# The text of each as it would be sent.
	[ "$(told 1,2,12 | grep ^screen)" = "screen	new	EXERCISE: P1 20261228-8888 $(summ 160)" ]
	[ "$(told 1,2,12 | grep '^sms.plain' | cut -f 3 | wc -m)" -eq 161 ]
}

@test "--proof: agreed words that don't fit are the answer no" {
	words sms/new "{priority} {id} $(printf '%0150d' 0)"
	words voice/new 'Incident {id|digits}. {summary|phonetic}. Press 1.'
	proof
	want_status 1
	want_error "inc-notify: wording 'new' for sms: agreed words would be cut"
	told 1,2,4-7 | grep -P '^(voice|sms)\tnew' | diff -u <(tsv \
		'voice\tnew\t60s\t72s\tvalues cut\tsummary 171' \
		'sms\tnew\t1 part\t2 parts\twords cut\twords 20') -
}

@test "--proof tells slots that may be empty and characters that double the parts" {
	words sms/new '“{id}” {party}: {details|else -} {location|short 5} {due}'
	proof --reason new
	want_status 0
	[ "$(told 1,8-10 | grep ^sms)" = 'sms	“”	party due	location' ]
	# What a route's condition needs has a value in its messages.
	replace routes 'reason\twhen\tto\twording' \
		'new\tpriority = P1 and location is set\tann\tnew'
	proof
	[ "$(told 1,8-10 | grep ^sms)" = 'sms	“”	party due	' ]
	replace routes 'reason\twhen\tto\twording' \
		'new\tpriority = P1 and location is set\tann\tnew' \
		'new\t*\tann\tnew'
	proof
	[ "$(told 1,8-10 | grep ^sms)" = 'sms	“”	party due	location' ]
}

@test "--proof goes by the longest value that the tables allow" {
	replace fields 'name\ttype\tpattern\tvalues\tlongest' \
		'summary\ttext\t\t\t20' 'badge\tcode\t[A-Z]{2}[0-9]{3}\t\t' \
		'team\tcode\t\tday night\t' 'location\t\t\t\t'
	words screen/new '{summary} {badge} {team} {priority|word} {level} {seen|else -}'
	replace routes 'reason\twhen\tto\twording' 'new\tseen is empty\tann\tnew'
	proof
	want_status 2
	want_error "inc-notify: $PWD/other/routes.tsv:2:5: unknown column 'seen'"
	words screen/new '{summary} {badge} {team} {priority|word} {level}'
	replace routes 'reason\twhen\tto\twording' 'new\t*\tdesk\tnew'
	proof
	want_status 0
	[ "$(told 1,12 | grep ^screen)" = \
		"screen	EXERCISE: $(summ 20) XX888 night Critical 0" ]
	replace fields 'name\tlongest' 'summary\tlong'
	proof
	want_status 2
	want ''
	want_error "inc-notify: $PWD/other/fields.tsv:2:9: 'long': a number of\
 characters up to 100000 was expected"
}

@test "--proof reads nothing, and writes what a stream is" {
	proof --reason resolved --no-header
	want_status 0
	[ "$(printf '%s\n' "$output" | cut -f 1,2)" = 'email	resolved' ]
	proof --reason reslved
	want_status 2
	proof in
	want_status 2
	want ''
	[[ $stderr == 'inc-notify: --proof reads no records'* ]]
	[ "$(inc-notify -p "$PACK" --proof |
		inc-select 'verdict != fits' | inc-select --count '*')" -eq 4 ]
	run -2 --separate-stderr sh -c "inc-notify -p '$PACK' --proof >/dev/full"
	want_error "inc-notify: write '<stdout>': No space left on device"
}

@test "phonetic spells a value, by the pack's own words where it has some" {
	words sms/new '{summary|phonetic}'
	tsv 'id\treceived\tpriority\tsummary\tnotice' "I1\t$AT\tP1\tLs1-4@\tpool" >in
	replace routes 'reason\twhen\tto\ttell\twording' 'new\t*\thal\turgent\tnew'
	notify
	want_status 0
	want_told 10 'Lima Sierra 1 hyphen 4 at'
	replace codes 'field\tcode\tword\tspoken' 'phonetic\tL\t\tLudwig'
	notify
	want_told 10 'Ludwig Sierra 1 hyphen 4 at'
}
