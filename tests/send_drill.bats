#!/usr/bin/env bats
# inc-send --drill and drill-report.
load helper
load send

A=aaaa0000000000000000000000000001
B=bbbb0000000000000000000000000002
C=cccc0000000000000000000000000003
NOW=1772445600 # 2026-03-02T10:00:00Z

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	ours 'voice\tvoice\t60s\tspeech\thigh\ttee -a voice.out\t5s\t\tkeypress' \
		'sms\tdata\t30\tgsm7\thigh\tsh sms.sh\t5s\t1=permanent 75=temporary\treply' \
		'email\tdata\t1 MiB\tutf-8\thigh\ttee -a email.out\t5s\t\treply' \
		'webhook\tdata\t\tutf-8\thigh\ttee -a webhook.out\t5s\t\thttp'
	echo 'cat >>sms.out' >sms.sh
}

# row IDENTITY TRY ID PARTY MEDIUM SUBJECT BODY [STATUS [ROUTE]]
row() {
	TELL=high DUE=2026-03-02T12:00:00Z STATUS=${8-actual} ROUTE=${9:-new.4} \
		message_row "$1" "$2" "$3" "$4" "$5" "$4@x" "$6" "$7"
}

# drilled IDENTITY: that of a drill of it.
drilled() {
	printf 'exercise\t%s' "$1" | sha256sum | cut -c 1-32
}

@test "a drill goes out as an exercise, in subject, words and speech" {
	{
		tsv "$HEADER"
		row $A 1 INC1 ann email 'it is down' 'one\\ntwo'
		row $B 1 INC2 ben voice '' 'two calls'
	} | inc-send --drill >out
	grep -q '^EXERCISE: it is down' email.out
	grep -qx 'EXERCISE: one' email.out
	grep -qx two email.out
	grep -qx 'exercise exercise exercise. two calls' voice.out
	column status out | sort -u | same <(echo exercise) -
}

@test "the words are cut to what the medium carries, and that is said" {
	{
		tsv "$HEADER"
		row $A 1 INC1 ann sms '' 'twenty characters xx'
		row $B 1 INC2 ann sms '' 'twenty-one characters'
	} >in
	run -0 --separate-stderr inc-send --drill in
	want_error 'inc-send: 1 texts were cut to what their medium carries, so that they tell of the drill'
	grep EXERCISE sms.out | sort |
		same <(printf '%s\n' 'EXERCISE: twenty characters xx' 'EXERCISE: twenty-one charac...') -
}

@test "a drill of a message does not use up its identity, and is itself sent once" {
	{
		tsv "$HEADER"
		row $A 1 INC1 ann sms '' drill
	} >in
	inc-send --drill in >out
	[ "$(column message out | sort -u)" = "$(drilled $A)" ]
	column error out | head -n 1 | same <(echo "drill of $A") -
	inc-send --drill --no-header in >again
	[ "$(wc -l <again)" -eq 1 ]
	inc-send in >out
	[ "$(column message out | sort -u)" = $A ]
	column status out | sort -u | same <(echo actual) -
	[ "$(grep -c drill sms.out)" -eq 2 ]
	[ "$(grep -c EXERCISE sms.out)" -eq 1 ]
}

@test "what is an exercise already is left as it is, a test and an empty status are not" {
	{
		tsv "$HEADER"
		row $A 1 INC1 ann sms '' 'EXERCISE: x' exercise
		row $B 1 INC2 ann sms '' 'TEST: x' test
		row $C 1 INC3 ann sms '' x ''
	} | inc-send --drill >out
	column message out | sort -u |
		same <(printf '%s\n' $A "$(drilled $B)" "$(drilled $C)" | sort) -
	column status out | sort -u | same <(echo exercise) -
	grep -q 'EXERCISE: TEST: x' sms.out
	[ "$(grep -c 'EXERCISE: EXERCISE' sms.out)" -eq 0 ]
}

@test "data, before which no word can stand, is set aside, other media go out" {
	{
		tsv "$HEADER"
		row $A 1 INC1 ann webhook '' '{"a":1}'
		row $A 2 INC1 ann sms '' x
		row $B 1 INC2 ben webhook '' '<a/>'
	} >in
	run -3 --separate-stderr inc-send --drill --rejects rejects in
	[[ ${stderr_lines[0]} == "inc-send: in:2: data can't be marked as a drill: a record with status exercise was expected" ]]
	[[ ${stderr_lines[1]} == 'inc-send: in:4: '* ]]
	[ ! -e webhook.out ]
	grep -q 'EXERCISE: x' sms.out
	[ "$(column line rejects | tr '\n' ' ')" = '2 4 ' ]
}

@test "the log never takes a drill for the real thing" {
	export INC_LOG=$PWD/log
	tsv 'id\treceived\tsummary\tpriority\tstatus' \
		'INC1\t2026-03-02T09:00:00Z\tdown\tP1\tactual' |
		inc-log -q --create append >out
	inc-log current >before
	{
		tsv "$HEADER"
		row $A 1 INC1 ann sms '' drill
	} >in
	inc-send --drill in | inc-log -q append >out
	inc-log current | cut -f 1,2,4-6 | same <(cut -f 1,2,4-6 before) -
	inc-log current | column status | same <(echo actual) -
	inc-log history --event notified >notified
	column status notified | sort -u | same <(echo exercise) -
	column message notified | sort -u | same <(drilled $A) -
	inc-log verify
	# the real one is told beside it
	inc-send in | inc-log -q append >out
	inc-log history --event notified | column message | sort | uniq -c |
		tr -s ' ' | sort | same <(printf ' 2 %s\n' $A "$(drilled $A)" | sort) -
}

@test "who acknowledges a drill acknowledges no incident" {
	{
		tsv "$HEADER"
		row $A 1 INC1 ann sms '' x actual new.3
	} | inc-send --drill >out
	run -0 --separate-stderr inc-send ack --no-header INC1
	want ''
	want_error ''
	run -0 inc-send drill-report --format tsv --no-header
	[[ $output == *$'\tsms\tacknowledged\t'* ]]
	inc-send --no-header --since 1970-01-01T00:00:00Z </dev/null >out
	[[ $(cat out) == *$'\tacknowledged\t1\t'*$'\texercise' ]]
	# one of an incident that is an exercise itself does
	{
		tsv "$HEADER"
		row $B 1 INC2 ann sms '' x exercise new.3
	} | inc-send --drill >out
	inc-send ack INC2 | column id | same <(echo INC2) -
}

@test "the report says who was reached, by what, in how long, and who was not" {
	echo 'case $INC_PARTY in ben) echo "no such number" >&2; exit 1 ;; cis) exit 75 ;; esac; cat >>sms.out' >sms.sh
	{
		tsv "$HEADER"
		row $A 1 INC1 ann sms '' x actual new.3
		row $B 1 INC1 ben sms '' x
		row $C 1 INC1 cis sms '' x
	} >in
	with_clock $NOW inc-send --drill in >out 2>error || [ $? -eq 3 ]
	name=$(drilled $A)
	file=$(find spool -name "$name")
	tsv '2026-03-02T10:01:30Z\t1\tacknowledged\t1\t\t' >>"$file"
	run -1 --separate-stderr with_clock $((NOW + 600)) inc-send drill-report
	want_error ''
	tail -n +2 <<<"$output" | sort >rows
	sort >wanted <<-'EOF'

		ann              INC1             sms        acknowledged 0s        1m30s
		ben              INC1             sms        dead                             no such number
		cis              INC1             sms        queued                           exit status 75
		3 messages of exercises: 1 acknowledged, 0 else handed over, 2 not
	EOF
	same wanted rows
	[ "${lines[0]}" = 'party            incident         medium     came to      in        ack in    why not' ]
	run -1 with_clock $((NOW + 600)) inc-send drill-report --format tsv
	echo "$output" >report
	[ "$(head -n 1 report)" = "$(tsv 'message\tid\tparty\tmedium\tdelivery\tqueued\tdelivered_in\tacknowledged_in\terror')" ]
	tail -n 1 report | same <(tsv "$name\tINC1\tann\tsms\tacknowledged\t2026-03-02T10:00:00Z\t0s\t1m30s\t") -
}

@test "the report has exercises alone, of the last day or since a time" {
	{
		tsv "$HEADER"
		row $A 1 INC1 ann sms '' x
	} >in
	with_clock $NOW inc-send in >out
	run -0 inc-send drill-report
	want '0 messages of exercises: 0 acknowledged, 0 else handed over, 0 not'
	with_clock $NOW inc-send --drill in >out
	run -0 with_clock $((NOW + 90000)) inc-send drill-report --format tsv --no-header
	want ''
	run -0 with_clock $((NOW + 90000)) inc-send drill-report --format tsv --no-header --since 2026-03-02T10:00:00Z
	[ "${#lines[@]}" -eq 1 ]
	run -2 --separate-stderr inc-send drill-report --format json
	[[ $stderr == 'inc-send: --format json: tsv was expected'* ]]
	run -2 --separate-stderr inc-send --drill --current in
	[[ $stderr == 'inc-send: --current and --drill exclude each other'* ]]
}
