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

want_told_nothing() {
	[ -z "$(told 1)" ]
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
		"$(identity actual I1 resolved $AT caller 0)\tI1\tcaller\tcaller\temail\tday@example.org\tI1 resolved: no words" \
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
	# Nobody is woken by more than the cap.
	printf '%s\n' "$output" | awk -F '\t' '
		NR > 1 && $2 == 1 && $7 == "voice" { n[$6]++ }
		$4 == "summary" && $2 == 1 { sums++; if (n[$6] != 1) exit 1 }
		END { for (i in n) if (n[i] > 5) exit 1; exit !sums }'
	notify -q --most-wakings 0 --now $now
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
		inc-notify -q -p itsm --most-wakings 0 --now $now $part 2>said || [ $? -eq 3 ]
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

# ---- hours ----

# hours: calendars for the tests below: day is 08:00 to 20:00 UTC, night the
# rest of it, monday all of Monday.
hours() {
	replace calendars 'calendar\tzone\tdays\twindows' \
		'day\tUTC\t\t08:00-20:00' 'night\tUTC\t\t20:00-08:00' \
		'monday\tUTC\tmon\t'
}

DIRECTORY='party\tmedium\taddress\tprefer\tcalendar\tlanguage'
ROUTES='reason\twhen\tto\ttell\twording\tper\trepeat\tdue\twake\thold_until'

@test "what may wake tries what is in hours first, then the rest" {
	hours
	replace directory "$DIRECTORY" 'ann\tvoice\tv\t1\tnight' 'ann\tsms\ts\t2' \
		'ann\tscreen\tx\t3\tnight' 'ann\temail\te\t4\tday'
	replace roster 'role\tparty' 'duty\tann' 'desk\tann'
	replace routes "$ROUTES" 'new\t*\tann\turgent\tnew'
	tsv 'id\treceived\tpriority\tsummary' "I1\t$AT\tP1\tx" >in
	notify
	want_status 0
	want_error ''
	want_told 2,7 '1\tsms' '2\tvoice' '3\tscreen'
	told 1 | sort -u >day
	notify --now 2026-03-25T22:00:00Z
	want_told 2,7 '1\tvoice' '2\tsms' '3\tscreen'
	told 1 | sort -u | same day -
	# Where nothing is in hours, what is out of hours is tried all the same.
	replace routes "$ROUTES" 'new\t*\tann\tmedium\tnew\t\t\t\tyes'
	notify --now 2026-03-25T22:00:00Z
	want_told 2,7 '1\tscreen' '2\temail'
	replace directory "$DIRECTORY" 'ann\temail\te\t1\tday'
	notify --now 2026-03-25T22:00:00Z
	want_told 2,7 '1\temail'
}

@test "an address answers where its medium does too" {
	hours
	replace channels 'medium\tkind\ttell\tcalendar' 'sms\tdata\turgent\tday' \
		'screen\tdata\turgent\t'
	replace directory "$DIRECTORY" 'ann\tsms\ts\t1\tmonday' \
		'ann\tscreen\tx\t2'
	replace roster 'role\tparty' 'duty\tann'
	replace levels 'level\trole' '0\tduty'
	replace routes "$ROUTES" 'new\t*\tann\turgent\tnew'
	replace targets 'priority\ttell' 'P1\turgent'
	tsv 'id\treceived\tpriority\tsummary' "I1\t$AT\tP1\tx" >in
	for now in 2026-03-23T07:59:59Z 2026-03-24T09:00:00Z; do
		notify --now $now
		want_told 7 screen sms
	done
	notify --now 2026-03-23T08:00:00Z
	want_told 7 sms screen
}

@test "where nobody may be woken, an address out of hours is not used" {
	hours
	replace directory "$DIRECTORY" 'ann\tsms\ts\t1\tday' \
		'ann\tscreen\tx\t2\tnight' 'ann\temail\te\t3'
	replace roster 'role\tparty' 'duty\tann' 'desk\tann'
	replace routes "$ROUTES" 'new\t*\tann\turgent\tnew\t\t\t1h\tno'
	tsv 'id\treceived\tpriority\tsummary' "I1\t$AT\tP1\tx" >in
	notify
	want_told 2,7,12 '1\tsms\t2026-03-25T10:00:00Z'
	notify --now 2026-03-25T22:00:00Z
	want_told 2,7,12 '1\tscreen\t2026-03-25T10:00:00Z'
}

@test "where nobody may be woken, a message waits for the first address to open" {
	hours
	replace directory "$DIRECTORY" 'ann\tsms\ts\t1\tday' \
		'ann\tscreen\tx\t2\tmonday' 'ann\temail\te\t3' 'bob\tsms\tb\t1'
	replace roster 'role\tparty' 'duty\tann' 'desk\tann'
	replace routes "$ROUTES" 'new\t*\tann bob\turgent\tnew\t\t\t1h\tno'
	tsv 'id\treceived\tpriority\tsummary' \
		'I1\t2026-03-24T22:00:00Z\tP1\tx' >in
	notify --now 2026-03-25T07:59:59Z
	want_status 0
	want_error "inc-notify: 1 message is held, the first until\
 2026-03-25T08:00:00Z"
	want_told 6,12 'bob\t2026-03-24T23:00:00Z'
	notify -q --now 2026-03-25T07:59:59Z
	want_error ''
	notify --now 2026-03-25T08:00:00Z
	want_error ''
	want_told 1,6,7,12 \
		"$(identity actual I1 new ann 0)\tann\tsms\t2026-03-25T09:00:00Z" \
		"$(identity actual I1 new bob 0)\tbob\tsms\t2026-03-24T23:00:00Z"
	# Rather told than never.
	replace calendars 'calendar\tzone\tdays\twindows\tholidays' \
		'day\tUTC\tmon\t' 'monday\tUTC\ttue\t'
	replace channels 'medium\ttell\tcalendar' 'sms\turgent\tmonday' \
		'screen\turgent' 'email\tlow'
	replace directory "$DIRECTORY" 'ann\tsms\ts\t1\tday' 'bob\tsms\tb\t1'
	replace targets 'priority\ttell' 'P1\turgent'
	notify
	want_told 6,7 'ann\tsms' 
}

@test "a message is held until the route's calendar opens, and is due from then on" {
	hours
	replace routes "$ROUTES" 'new\t*\tduty\turgent\tnew\tpriority\t\t30m\tno\tday'
	tsv 'id\treceived\tpriority\tsummary' \
		'I1\t2026-03-24T22:00:00Z\tP1\tx' "I2\t$AT\tP1\ty" >in
	notify --now 2026-03-25T07:59:59Z
	want_status 0
	want_told_nothing
	want_error "inc-notify: 2 messages are held, the first until\
 2026-03-25T08:00:00Z"
	# Bob was on call at night: he is not told in the morning.
	notify --now 2026-03-25T08:00:00Z
	want_told 1,3,6,7,12 \
		"$(identity actual I1 new P1 ann 0)\tI1\tann\tvoice\t2026-03-25T08:30:00Z" \
		"$(identity actual I1 new P1 ann 0)\tI1\tann\tsms\t2026-03-25T08:30:00Z" \
		"$(identity actual I2 new P1 ann 0)\tI2\tann\tvoice\t2026-03-25T09:30:00Z" \
		"$(identity actual I2 new P1 ann 0)\tI2\tann\tsms\t2026-03-25T09:30:00Z"
	printf '%s\n' "$output" >morning
	notify --now 2026-03-25T19:59:59Z
	printf '%s\n' "$output" | same morning -
	notify --now 2026-03-25T20:00:00Z
	want_told_nothing
	notify --now 2026-03-26T12:00:00Z
	printf '%s\n' "$output" | same morning -
}

@test "repeats of a held message do not pile up" {
	hours
	replace routes "$ROUTES" \
		'new\t*\tduty\turgent\tnew\tpriority\t1h\t30m\tno\tday'
	tsv 'id\treceived\tpriority\tsummary' \
		'I1\t2026-03-24T21:30:00Z\tP1\tx' >in
	notify --now 2026-03-25T07:45:00Z
	want_told_nothing
	notify --now 2026-03-25T08:00:00Z
	want_told 1,2,12 \
		"$(identity actual I1 new P1 ann 10)\t1\t2026-03-25T08:30:00Z" \
		"$(identity actual I1 new P1 ann 10)\t2\t2026-03-25T08:30:00Z"
	notify --now 2026-03-25T08:30:00Z
	want_told 1,2,12 \
		"$(identity actual I1 new P1 ann 11)\t1\t2026-03-25T09:00:00Z" \
		"$(identity actual I1 new P1 ann 11)\t2\t2026-03-25T09:00:00Z"
}

@test "hours that are wrong are refused with their place and the nearest name" {
	hours
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	while IFS='|' read -r row error; do
		replace routes "$ROUTES" "$row"
		notify
		want_status 2
		want ''
		want_error "inc-notify: $PWD/other/routes.tsv:2:$error"
	done <<'END'
new\t*\tduty\t\tnew\t\t\t\tnever|20: wake 'never': yes or no was expected
new\t*\tduty\t\tnew\t\t\t\tyess|20: wake 'yess': yes or no was expected (did you mean 'yes'?)
new\t*\tduty\t\tnew\t\t\t\tno\tdya|23: unknown calendar 'dya' (did you mean 'day'?)
new\t*\tduty\t\tnew\t\t\t\tyes\tday|24: hold_until without a wake of no: what may wake never waits
new\t*\tduty\t\tnew\t\t\t\t\tday|21: hold_until without a wake of no: what may wake never waits
new\t*\tduty\t\tsummary|13: the wording 'summary' is for what stands for several messages
END
	replace routes "$ROUTES" 'new\t*\tduty\t\tnew'
	replace directory "$DIRECTORY" 'ann\tsms\ts\t1\tnihgt'
	notify
	want_status 2
	want_error "inc-notify: $PWD/other/directory.tsv:2:13: unknown calendar\
 'nihgt' (did you mean 'night'?)"
	replace directory "$DIRECTORY" 'ann\tsms\ts\t1\t\tWelsh?'
	notify
	want_status 2
	want_error "inc-notify: $PWD/other/directory.tsv:2:14: language 'Welsh?': a\
 tag such as en-GB was expected"
	replace pack 'name\tlanguage' 'other\ten_GB'
	notify
	want_status 2
	want_error "inc-notify: $PWD/other/pack.tsv:2:7: language 'en_GB': a tag\
 such as en-GB was expected"
}

# ---- wakings ----

# words MEDIUM NAME LINE...: a file of words in a pack before the others.
words() {
	mkdir -p "other/wording/$1"
	printf '%s\n' "${@:3}" >"other/wording/$1/$2.txt"
	PACK=$PWD/other:$FIXTURES/notify
}

# summaries: words for summaries, by every medium that rings or may.
summaries() {
	words voice summary '{count} at once, {priority|spoken} {id|digits} first'
	words sms summary '{count} at once: {ids}; first {priority} {id} {summary}'
}

# burst NUMBER [STATUS]: so many incidents of which duty is told, received a
# minute apart from 9:00; the third one is P1.
burst() {
	tsv 'id\treceived\tpriority\tsummary\tstatus\tnotice' >in
	for i in $(seq "$1"); do
		p=P2
		[ "$i" -ne 3 ] || p=P1
		tsv "I$i\t2026-03-25T09:0$i:00Z\t$p\tno $i\t${2-}\tduty" >>in
	done
}

# ring: a route by which each of a burst rings ann.
ring() {
	replace routes "$ROUTES" \
		'duty\tnotice = duty\tduty\turgent\tnew\tpriority' \
		'gold\tnotice = gold\tgold\turgent\tnew\tpriority' \
		'new\tnotice is empty\tdesk\turgent\tnew\tpriority'
}

# summary_at PARTY INSTANT: the identity of a summary by the manual's recipe.
summary_at() {
	identity actual summary "$1" "$2"
}

@test "up to the cap each waking goes out, over it one summary does" {
	summaries
	replace routes "$ROUTES" 'duty\t*\tduty\turgent\tnew\t\t\t10m'
	burst 5
	notify --now 2026-03-25T09:10:00Z
	want_error ''
	want_told 2,3,4 '1\tI1\tduty' '2\tI1\tduty' '1\tI2\tduty' '2\tI2\tduty' \
		'1\tI3\tduty' '2\tI3\tduty' '1\tI4\tduty' '2\tI4\tduty' \
		'1\tI5\tduty' '2\tI5\tduty'
	burst 6
	notify --now 2026-03-25T09:10:00Z
	want_status 0
	want_error "inc-notify: ann: 6 wakings in one run, so one summary of I1,\
 I2, I3, I4, I5, I6"
	id=$(summary_at ann 2026-03-25T09:00:00Z)
	rest='urgent\t2026-03-25T09:11:00Z\tsummary\tsummary\tactual'
	want_told 1- \
		"$id\t1\tI3\tsummary\tduty\tann\tvoice\t+441134960001\t\t6 at once, priority one I 3 first\t$rest" \
		"$id\t2\tI3\tsummary\tduty\tann\tsms\t+441134960001\t\t6 at once: I1, I2, I3, I4, I5, I6; first P1 I3 no 3\t$rest"
	notify -q --now 2026-03-25T09:10:00Z
	want_error ''
	[ "$(told 1 | sort -u)" = "$id" ]
	notify --most-wakings 6 --now 2026-03-25T09:10:00Z
	want_error ''
	[ "$(told 1 | sort -u | wc -l)" -eq 6 ]
	notify --most-wakings 0 --now 2026-03-25T09:10:00Z
	want_error ''
	[ "$(told 1 | sort -u | wc -l)" -eq 6 ]
}

@test "a summary says the role of its most urgent message, though a column named it" {
	summaries
	replace routes "$ROUTES" 'duty\t*\t{asked}\turgent\tnew'
	tsv 'id\treceived\tpriority\tasked' >in
	for i in 1 2 3 4 5 6 7; do
		tsv "I$i\t2026-03-25T09:00:00Z\tP2\tduty" >>in
	done
	tsv "I8\t$AT\tP2\thead" "I9\t$AT\tP2\tcy" >>in
	for jobs in 1 2; do
		notify -j $jobs
		want_told 3,5,6,7 'I8\thead\tcy\temail' 'I9\t\tcy\temail' \
			'I1\tduty\tann\tvoice' 'I1\tduty\tann\tsms'
	done
}

@test "one more incident is no new summary until the period is over" {
	summaries
	ring
	burst 6
	notify -q --now 2026-03-25T09:10:00Z
	told 1 | sort -u >first
	[ "$(cat first)" = "$(summary_at ann 2026-03-25T09:00:00Z)" ]
	burst 9
	notify -q --now 2026-03-25T09:14:59Z
	told 1 | sort -u | same first -
	[[ $(told 10 | tail -n 1) == '9 at once: '* ]]
	# What came up since is told at the turn of the period, then no more.
	for now in 2026-03-25T09:15:00Z 2026-03-25T11:00:00Z; do
		notify -q --now $now
		[ "$(told 1 | sort -u)" = "$(summary_at ann 2026-03-25T09:15:00Z)" ]
	done
	# A new one: again not before the period is over.
	tsv 'I10\t2026-03-25T11:01:00Z\tP2\tno 10\t\tduty' >>in
	notify -q --now 2026-03-25T11:02:00Z
	[ "$(told 1 | sort -u)" = "$(summary_at ann 2026-03-25T09:15:00Z)" ]
	notify -q --now 2026-03-25T11:15:00Z
	[ "$(told 1 | sort -u)" = "$(summary_at ann 2026-03-25T11:15:00Z)" ]
}

@test "drills are summed up apart from the real thing" {
	summaries
	ring
	burst 4 exercise
	sed 1d in >drill
	burst 4
	cat drill >>in
	notify --most-wakings 4 --now 2026-03-25T09:10:00Z
	want_error ''
	[ "$(told 1 | sort -u | wc -l)" -eq 8 ]
	notify --most-wakings 3 --now 2026-03-25T09:10:00Z
	want_told 1,2,15 "$(summary_at ann 2026-03-25T09:00:00Z)\t1\tactual" \
		"$(summary_at ann 2026-03-25T09:00:00Z)\t2\tactual" \
		"$(identity exercise summary ann 2026-03-25T09:00:00Z)\t1\texercise" \
		"$(identity exercise summary ann 2026-03-25T09:00:00Z)\t2\texercise"
	[[ $(told 10 | sed -n 3p) == 'exercise exercise exercise. 4 at once'* ]]
	[[ $(told 10 | sed -n 4p) == 'EXERCISE: 4 at once'* ]]
}

@test "what wakes comes after the rest, party by party" {
	summaries
	ring
	tsv 'id\treceived\tpriority\tsummary\tnotice' "I1\t$AT\tP1\ta\tduty" \
		"I2\t$AT\tP1\tb\tgold" "I3\t$AT\tP1\tc\t" "I4\t$AT\tP1\td\tduty" >in
	notify
	want_told 2,3,6,7 '1\tI3\tdesk\tscreen' '1\tI1\tann\tvoice' \
		'2\tI1\tann\tsms' '1\tI4\tann\tvoice' '2\tI4\tann\tsms' \
		'1\tI2\tdee\tvoice'
	notify --most-wakings 1
	want_told 2,3,4,6 '1\tI3\tnew\tdesk' '1\tI1\tsummary\tann' \
		'2\tI1\tsummary\tann' '1\tI2\tgold\tdee'
	notify --most-wakings 0
	want_told 2,3,6,7 '1\tI1\tann\tvoice' '2\tI1\tann\tsms' \
		'1\tI2\tdee\tvoice' '1\tI3\tdesk\tscreen' '1\tI4\tann\tvoice' \
		'2\tI4\tann\tsms'
}

@test "only what may wake is a waking: it rings, or is out of hours" {
	hours
	summaries
	burst 2
	replace directory "$DIRECTORY" 'ann\tsms\ts\t1\tday' 'bob\tsms\ts\t1'
	replace roster 'role\tparty' 'duty\tann' 'desk\tann'
	for wake in yes no; do
		replace routes "$ROUTES" \
			"duty\t*\tann\turgent\tnew\t\t\t\t$wake"
		notify --most-wakings 1 --now 2026-03-25T19:59:59Z
		[ "$(told 4 | uniq)" = duty ]
	done
	replace routes "$ROUTES" 'duty\t*\tann\turgent\tnew'
	notify --most-wakings 1 --now 2026-03-25T20:00:00Z
	[ "$(told 4 | uniq)" = summary ]
	# Nobody is told of other callers' incidents.
	tsv 'id\treceived\tcaller\tcallback' "I1\t$AT\tJo\t0113" \
		"I2\t$AT\tJo\t0113" >in
	replace routes "$ROUTES" 'duty\t*\t{caller}\turgent\tnew'
	notify --most-wakings 1
	want_told 2,3,7 '1\tI1\tvoice' '2\tI1\tsms' '1\tI2\tvoice' '2\tI2\tsms'
}

@test "without words for it there is no summary: all go out, which is said" {
	ring
	burst 6
	notify --now 2026-03-25T09:10:00Z
	want_status 3
	want_error "inc-notify: ann: 6 wakings in one run, as no medium has a\
 wording 'summary'"
	[ "$(told 3 | uniq | tr '\n' ' ')" = 'I1 I2 I3 I4 I5 I6 ' ]
}

@test "a summary says how many incidents there are, and names the first thousand" {
	words sms summary '{count}'
	words voice summary '{ids|short 5}'
	words voice new x
	words sms new x
	awk 'BEGIN {
		print "id\treceived\tpriority\tnotice"
		for (i = 1; i <= 1003; i++) {
			print "I" i "\t2026-03-25T09:00:00Z\tP1\tduty"
			if (i % 2) print "I" i "\t2026-03-25T09:00:00Z\tP1\tduty"
		}
	}' >in
	notify
	want_told 7,10 'voice\tI1...' 'sms\t1003'
	[[ $stderr == *': ann: 1505 wakings in one run, so one summary of I1, I2, '* ]]
	last=${stderr##*$'\n'}
	[[ $last == *", I4"*"..." && ${#last} -lt 300 ]]
}

@test "words of a summary with an unknown column stop the work" {
	words sms summary '{count} {cuont}'
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	notify
	want_status 2
	want ''
	want_error "inc-notify: $PWD/other/wording/sms/summary.txt:1:9: unknown\
 column 'cuont' (did you mean 'count'?)"
}

@test "the log takes the receipt of a summary, once" {
	summaries
	ring
	burst 6
	inc-log -q -p "$PACK" -l log --create append in >/dev/null
	notify -q --now 2026-03-25T09:10:00Z
	printf '%s\n' "$output" | awk -F '\t' -v OFS='\t' '
		NR == 1 { print $1, $2, $3, $6, $7, "delivery" }
		NR == 2 { print $1, $2, $3, $6, $7, "handed-over" }' >receipt
	inc-log -q -p "$PACK" -l log append receipt >/dev/null
	inc-log -q -p "$PACK" -l log append receipt >/dev/null
	inc-log -q -p "$PACK" -l log history >history
	[ "$(column event history | grep -c notified)" -eq 1 ]
	inc-select "event = notified" history | column id >id
	[ "$(cat id)" = I3 ]
}

# ---- languages ----

@test "words are in the language of the address, its party, the pack" {
	words sms new 'no language'
	words sms new.en 'any English'
	words sms new.cy 'Cymraeg'
	words sms new.de-x-old 'never looked up'
	words screen new 'no language'
	words screen new.EN-gb 'British'
	replace directory "$DIRECTORY" 'ann\tsms\ta\t1\t\tcy-GB' \
		'ann\tscreen\ta\t2\t\t' 'bob\tsms\tb\t1\t\t' \
		'bob\tscreen\tb\t2\t\t' 'cy\tsms\tc\t1\t\tde-AT' \
		'dee\tsms\td\t1\t\t' 'dee\tscreen\td\t2\t\ten-gb' \
		'hal\tsms\th\t1\t\ten-US'
	replace routes "$ROUTES" 'new\t*\tann bob cy dee hal\turgent\tnew'
	replace roster 'role\tparty' 'duty\tann' 'desk\tann'
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	notify
	want_status 0
	want_told 6,7,10 'ann\tsms\tCymraeg' 'ann\tscreen\tno language' \
		'bob\tsms\tany English' 'bob\tscreen\tBritish' \
		'cy\tsms\tno language' 'dee\tsms\tany English' \
		'dee\tscreen\tBritish' 'hal\tsms\tany English'
}

@test "a caller is answered in the record's language" {
	words email resolved.cy 'Subject: {id}' '' 'Diolch am roi gwybod i ni.'
	tsv 'id\treceived\tresolved\tcaller\tcallback\tlanguage' \
		"I1\t$AT\t$AT\tMr Day\tday@example.org\tcy" \
		"I2\t$AT\t$AT\tMs May\tmay@example.org\tfr" \
		"I3\t$AT\t$AT\tMs June\tjune@example.org\t" >in
	notify --reason resolved
	want_status 0
	want_told 3,10 'I1\tDiolch am roi gwybod i ni.' \
		'I2\tThank you for telling us.' 'I3\tThank you for telling us.'
}

@test "words in one language alone reach nobody else" {
	words screen only.cy Cymraeg
	replace directory "$DIRECTORY" 'ann\tscreen\ta\t1\t\tcy' 'bob\tscreen\tb\t1'
	replace routes "$ROUTES" 'new\t*\tann bob\turgent\tonly'
	replace roster 'role\tparty' 'duty\tann' 'desk\tann'
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	notify
	want_status 3
	want_error "inc-notify: I1: medium 'screen' has no wording 'only': it is\
 left out
inc-notify: I1: 'bob' has no medium with a wording 'only'; asking 'duty'"
	want_told 6 ann
}

@test "words in every language are checked before any output" {
	words sms new.cy 'Cymraeg {sumary}'
	tsv 'id\treceived\tpriority' "I1\t$AT\tP1" >in
	notify
	want_status 2
	want ''
	want_error "inc-notify: $PWD/other/wording/sms/new.cy.txt:1:9: unknown\
 column 'sumary' (did you mean 'summary'?)"
}

# ---- --explain ----

@test "--explain says which route was taken, who is told by what, and why" {
	hours
	summaries
	replace routes "$ROUTES" \
		'new\tpriority = P1\tduty\turgent\tnew\tpriority\t15m\t5m' \
		'new\t*\tduty ann\t\tnew\tpriority\t\t1h\tno\tday' \
		'old\tpriority = P0\tdesk\t\tnew'
	replace directory "$DIRECTORY" 'ann\tsms\ta\t2\tday' \
		'ann\tvoice\tb\t1' 'ann\temail\tc\t3\tday' 'bob\tpager\td\t1'
	replace roster 'role\tparty\torder' 'duty\tbob\t1' 'duty\tann\t2' \
		'desk\tann'
	tsv 'id\treceived\tpriority' 'I1\t2026-03-25T21:00:00Z\tP1' \
		'I2\t2026-03-25T21:00:00Z\tP3' >in
	notify --explain --now 2026-03-25T21:20:00Z
	want_status 3
	want "I1
  new.1: priority=P1
    since 2026-03-25T21:00:00Z, repeat 1 at 2026-03-25T21:15:00Z; tell urgent: the route
    to duty: on call at 2026-03-25T21:15:00Z: bob; where none is reached: ann
    medium 'pager' has no wording 'new': it is left out
    'bob' has no medium with a wording 'new'
    ann for duty, due 2026-03-25T21:20:00Z, a waking
      1 voice to b: serves for urgent, open
      2 sms to a: serves for urgent, out of hours
      - email to c: does not serve for urgent, out of hours
  old: no route
    not old.1: priority=P1
I2
  new.2: always
    not new.1: priority=P3
    since 2026-03-25T21:00:00Z, at the opening 2026-03-26T08:00:00Z; tell low: the priority's target
    held until 2026-03-26T08:00:00Z: it wakes nobody, and day is closed; then:
    to duty: on call at 2026-03-26T08:00:00Z: bob; where none is reached: ann
    to ann
    'bob' has no medium with a wording 'new'
    ann for duty, due 2026-03-26T09:00:00Z, held until something answers at 2026-03-26T08:00:00Z
      1 email to c: serves for low, out of hours
      - voice to b: does not serve for low, open
      - sms to a: does not serve for low, out of hours
  old: no route
    not old.1: priority=P3"
	want_error ''
}

@test "--explain says what is shortened, what lacks and which summaries there are" {
	summaries
	ring
	x=$(printf '%0170d' 0)
	burst 2
	notify --explain --most-wakings 1
	want_error ''
	[ "$(tail -n 1 <<<"$output")" = \
		'ann: 2 wakings, over 1, so one summary of I1, I2' ]
	cp "$FIXTURES/notify/routes.tsv" other
	tsv 'id\treceived\tnotice\tseen\tsummary' "I1\t$AT\tseen\t$AT\tx" \
		"I2\t$AT\tplain\t\t$x" >in
	notify --explain
	want_status 0
	grep -qxF "      1 email to cy@example.org: serves for low, open, no value for 'location'" <<<"$output"
	grep -qxF '      1 sms to +441134960008: serves for urgent, open, shortened by 16' <<<"$output"
}

@test "--explain shows a terminal nothing that it could act on" {
	tsv 'id\treceived\tpriority' "I\033[1m\t$AT\tP1" >in
	notify --explain
	[ "$(head -n 1 <<<"$output")" = 'I?[1m' ]
}

# proof [OPTION...]: the wordings of the pack, proved.
proof() {
	run --separate-stderr inc-notify -p "$PACK" --proof "$@"
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
	words sms new "{priority} {id} $(printf '%0150d' 0)"
	words voice new 'Incident {id|digits}. {summary|phonetic}. Press 1.'
	proof
	want_status 1
	want_error "inc-notify: wording 'new' for sms: agreed words would be cut"
	told 1,2,4-7 | grep -P '^(voice|sms)\tnew' | diff -u <(tsv \
		'voice\tnew\t60s\t72s\tvalues cut\tsummary 171' \
		'sms\tnew\t1 part\t2 parts\twords cut\twords 20') -
}

@test "--proof tells slots that may be empty and characters that double the parts" {
	words sms new '“{id}” {party}: {details|else -} {location|short 5} {due}'
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
	words screen new '{summary} {badge} {team} {priority|word} {level} {seen|else -}'
	replace routes 'reason\twhen\tto\twording' 'new\tseen is empty\tann\tnew'
	proof
	want_status 2
	want_error "inc-notify: $PWD/other/routes.tsv:2:5: unknown column 'seen'"
	words screen new '{summary} {badge} {team} {priority|word} {level}'
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
	proof --explain
	want_status 2
	want ''
	[[ $stderr == 'inc-notify: --explain and --proof exclude each other'* ]]
	[ "$(inc-notify -p "$PACK" --proof |
		inc-select 'verdict != fits' | inc-select --count '*')" -eq 4 ]
	run -2 --separate-stderr sh -c "inc-notify -p '$PACK' --proof >/dev/full"
	want_error "inc-notify: write '<stdout>': No space left on device"
}

@test "phonetic spells a value, by the pack's own words where it has some" {
	words sms new '{summary|phonetic}'
	tsv 'id\treceived\tpriority\tsummary\tnotice' "I1\t$AT\tP1\tLs1-4@\tpool" >in
	replace routes 'reason\twhen\tto\ttell\twording' 'new\t*\thal\turgent\tnew'
	notify
	want_status 0
	want_told 10 'Lima Sierra 1 hyphen 4 at'
	replace codes 'field\tcode\tword\tspoken' 'phonetic\tL\t\tLudwig'
	notify
	want_told 10 'Ludwig Sierra 1 hyphen 4 at'
}

@test "--proof shows the words of each language, and those of a summary" {
	words sms new.cy 'Cymraeg {id}'
	words screen summary '{count}: {ids}'
	proof
	printf '%s\n' "$output" >proved
	inc-select -q 'medium = sms and wording = new' proved | cut -f 3,12 |
		grep -qx "$(printf 'cy\tEXERCISE: Cymraeg .*')"
	[ "$(inc-select -q 'wording = summary' proved | column body | cut -c 1-4)" = 'EXER' ]
	[ "$(inc-select -q 'wording = summary' proved | column missing)" = '' ]
}
