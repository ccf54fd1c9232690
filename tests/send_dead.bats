#!/usr/bin/env bats
# inc-send dead, show, retry and drop.
load helper
load send

A=aaaa0000000000000000000000000001
B=aaaa1111000000000000000000000002
C=cccc0000000000000000000000000003
D=dddd0000000000000000000000000004

# A site whose sms and email fail for good, and whose screen works.
setup() {
	cd "$BATS_TEST_TMPDIR" || return
	ours 'sms\tdata\t3 parts\tgsm7\thigh\tsh sms.sh\t5s\t1=permanent\treply' \
		'email\tdata\t\tutf-8\thigh\tfalse\t5s\t1=permanent\treply' \
		'screen\tdata\t\tutf-8\thigh\ttee -a screen.out\t5s\t\tkey'
	echo 'echo "no such number" >&2; exit 1' >sms.sh
}

# rows IDENTITY ID PARTY MEDIUM...: those of a message.
rows() {
	local try=0 medium
	for medium in "${@:4}"; do
		try=$((try + 1))
		TELL=high DUE=2026-03-02T10:00:00Z ROUTE=${ROUTE:-new.3} \
			message_row "$1" $try "$2" "$3" "$medium" "$3@$medium" '' \
			"words of $2"
	done
}

# all_rows: a stream of messages, two of which reach nobody.
all_rows() {
	tsv "$HEADER"
	rows $A INC1 ann sms email
	rows $B INC2 ben sms
	ROUTE=new.4 rows $C INC3 cis screen
}

send_all() {
	all_rows | with_clock 1772445600 inc-send >out 2>error || [ $? -eq 3 ]
}

# What a verb says of a message: its receipts' columns delivery and error.
said() {
	column delivery "$1" | paste - <(column error "$1")
}

@test "dead lists what was tried by which medium with which error, since when" {
	send_all
	run -0 --separate-stderr with_clock 1772445700 inc-send dead
	want_error ''
	want 'key      incident status   party          dead since       medium     tries error
aaaa0000 INC1              ann            10:00            sms            1 no such number
                                                           email          1 exit status 1
aaaa1111 INC2              ben            10:00            sms            1 no such number'
	inc-send dead list >again
	inc-send dead --no-header list | same <(tail -n +2 again) -
}

@test "where nothing is dead the list is empty" {
	run -0 --separate-stderr inc-send dead --no-header
	want ''
	want_error ''
}

@test "show tells a message whole, by any start of its identity that is its alone" {
	send_all
	run -0 --separate-stderr with_clock 1772445700 inc-send show aaaa0
	want_error ''
	want "$A  INC1  is dead

  party    ann
  role     desk
  reason   new
  route    new.3
  wording  new
  tell     high
  due      10:00
  status   actual

1  sms to ann@sms
    words of INC1

2  email to ann@email
    words of INC1

What happened
  10:00:00  1 sms        queued
  10:00:00  1 sms        failed       attempt 1: no such number
  10:00:00  2 email      queued
  10:00:00  2 email      failed       attempt 1: exit status 1
  10:00:00  2 email      dead         attempt 1: exit status 1"
	run -0 --separate-stderr inc-send show cccc $B
	[[ ${lines[0]} == "$C  INC3  is over" ]]
	[[ $output == *"$B  INC2  is dead"* ]]
}

@test "a key that is nobody's, several messages' or too short is refused" {
	send_all
	run -2 --separate-stderr inc-send show aaaa
	want ''
	want_error "inc-send: 'aaaa' is how several messages begin: more of the identity was expected"
	run -2 --separate-stderr inc-send retry aaa
	want_error "inc-send: 'aaa' is no message: at least 4 of its digits 0-9a-f were expected"
	run -2 --separate-stderr inc-send drop --why x dddd
	want_error "inc-send: no message 'dddd'"
	# the good ones are done all the same
	run -2 --separate-stderr inc-send drop --no-header --why x dddd $B
	[[ $output == $B* ]]
}

@test "what is shown acts on no terminal" {
	{
		tsv "$HEADER"
		rows $A INC1 ann sms |
			awk -F '\t' -v OFS='\t' '{ $10 = "a\033[2Jb\\n\302\233c\342\200\256d"; $8 = "\033]0;x\007"; print }'
	} >in
	inc-send in >out 2>error || [ $? -eq 3 ]
	run -0 inc-send show $A
	[[ $output == *'    a?[2Jb'$'\n''    ?c?d'* ]]
	[[ $output == *'sms to ?]0;x?'* ]]
	[[ $output != *$'\033'* ]]
	run -0 inc-send dead
	[[ $output != *$'\033'* ]]
}

@test "retry takes a dead letter up again, from its first medium" {
	send_all
	run -0 --separate-stderr inc-send retry aaaa00
	want_error ''
	[ "${#lines[@]}" -eq 2 ]
	echo "$output" >receipt
	[ "$(column try receipt) $(column delivery receipt)" = '1 queued' ]
	[ -e spool/new/$A ]
	: >sms.sh
	inc-send </dev/null >out
	column delivery out | same <(echo handed-over) -
	column try out | same <(echo 1) -
	run -0 --separate-stderr inc-send dead --no-header
	[[ $output == 'aaaa1111 '* ]]
	[ "${#lines[@]}" -eq 1 ]
}

@test "retry --all takes up all that is dead, and nothing else" {
	send_all
	inc-send retry --all >out
	column message out | sort | same <(printf '%s\n' $A $B) -
	[ -z "$(ls spool/dead)" ]
	inc-send retry --all --no-header >out
	[ ! -s out ]
	run -2 --separate-stderr inc-send retry --no-header cccc
	[[ $stderr == 'inc-send: cccc0000: only what is dead is tried again: it is handed-over since '* ]]
	[ -n "$(find spool/done -name $C)" ]
}

@test "drop takes a dead letter away, with who and why, and keeps its identity" {
	send_all
	user=$(command id -un)
	inc-send drop --why 'left; see	#7' aaaa0000 >out
	said out | same <(tsv "dropped\tdropped by $user: left; see\\\\t#7") -
	[ -n "$(find spool/done -name $A)" ]
	# it is not sent again, and comes out as it was
	all_rows | inc-send >again 2>error || [ $? -eq 3 ]
	grep $A again | same <(tail -n 1 out) -
	run inc-send show $A
	[[ $output == *"dropped      attempt 1: dropped by $user: left; see?#7" ]]
	# though it may be taken up again by hand
	inc-send retry $A >out
	column delivery out | same <(echo queued) -
}

@test "drop takes away what waits, and --why must say something" {
	echo 'exit 75' >sms.sh
	tsv 'medium\tdeliver\tfailures' 'sms\tsh sms.sh\t75=temporary' >ours/channels.tsv
	all_rows | grep -e ^message -e $B | inc-send >out
	run -0 inc-send drop --no-header --why 'told by phone' $B
	[[ $output == *$'\tdropped\t1\t\tdropped by '*': told by phone'$'\tactual' ]]
	inc-send --no-header </dev/null >out
	[ ! -s out ]
	run -2 --separate-stderr inc-send drop --why ' ' $B
	[[ $stderr == 'inc-send: drop needs KEY and --why TEXT'* ]]
	run -2 --separate-stderr inc-send drop $B
	[[ $stderr == 'inc-send: drop needs KEY and --why TEXT'* ]]
}

@test "what is being delivered is waited for, and then left, status 75" {
	send_all
	mv spool/dead/$B spool/work/$B
	exec 9<spool/work/$B
	flock 9
	run -75 --separate-stderr inc-send retry --no-header --wait 0s $B
	want ''
	want_error 'inc-send: aaaa1111: is being worked on: try again later'
	(sleep 0.3; flock -u 9) &
	run -0 --separate-stderr inc-send retry --no-header --wait 60s $B
	[[ $output == $B*queued* ]]
	wait
	exec 9>&-
}

@test "a letter that can't be read is listed and shown, and left where it is" {
	send_all
	echo 'no letter' >spool/dead/$D
	run -0 --separate-stderr inc-send dead --no-header
	[[ $output == *"dddd0000 ?        ?        ?              "*"can't be read: $D:1: the header of a message was expected"* ]]
	run -2 --separate-stderr inc-send show dddd
	want 'no letter'
	for verb in retry drop; do
		[ $verb = retry ] || set -- --why x
		run -2 --separate-stderr inc-send $verb "$@" --no-header dddd
		want_error "inc-send: $D:1: the header of a message was expected"
	done
	[ -e spool/dead/$D ]
}

@test "one that can't be read is new once its file is taken away, or adopted" {
	all_rows | head -n 2 >in
	echo 'no letter' >spool/dead/$A
	run -2 --separate-stderr inc-send in
	want_error "inc-send: $A:1: the header of a message was expected"
	file=$(inc-send dead --no-header | grep -o '[0-9a-f]\{32\}')
	rm "spool/dead/$file"
	cp -r spool before
	inc-send in >out 2>error || [ $? -eq 3 ]
	said out | sed -n 1p | same <(tsv 'queued\t') -
	rm -r spool
	mv before spool
	inc-select "message = $A" in | inc-send adopt >out
	said out | same <(tsv 'dropped\tadopted: not sent') -
	run -0 inc-send dead --no-header
	want ''
	inc-send --no-header in | cut -f 1,6 | same <(tsv "$A\tdropped") -
}

@test "what a verb has recorded is on disk before its receipt comes out" {
	send_all
	cp -r spool before
	n=1
	while :; do
		rm -rf spool
		cp -r before spool
		with fdatasync:$n:EIO inc-send retry --no-header $B >out 2>error && break
		[ ! -s out ]
		n=$((n + 1))
		[ $n -lt 9 ]
	done
	[ $n -gt 1 ]
}

@test "killed at any call, a verb leaves the message whole, and can be run again" {
	send_all
	cp -r spool before
	for call in write fdatasync rename flock; do
		n=1
		while :; do
			rm -rf spool
			cp -rp before spool
			with "$call:$n:KILL" inc-send drop --why x $B >out 2>error && break
			inc-send retry -q $B >out 2>error || [ $? -eq 2 ]
			inc-send drop --no-header --why y $B >out 2>error ||
				grep -q 'it is dropped' error
			[ "$(find spool -name $B)" = "$(find spool/done -name $B)" ]
			n=$((n + 1))
			[ $n -lt 30 ]
		done
	done
}

@test "a verb is no file, unless it is called by a path" {
	all_rows >dead
	run -0 inc-send dead
	[[ ${lines[0]} == key* ]]
	inc-send ./dead >out 2>error || [ $? -eq 3 ]
	grep -q $A out
	run -2 --separate-stderr inc-send dea
	[[ ${stderr_lines[0]} == "inc-send: no file 'dea' (did you mean the verb 'dead'?)" ]]
	run -2 --separate-stderr inc-send show --why x aaaa
	[[ $stderr == 'inc-send: --why is not for show'* ]]
}

@test "show takes an incident for all that is told about it" {
	send_all
	{ tsv "$HEADER" && rows $D INC2 dot screen; } | inc-send >out
	run -0 --separate-stderr inc-send show INC2
	want_error ''
	grep -c '^What happened' <<<"$output" | same <(echo 2) -
	grep -q $B <<<"$output"
	grep -q $D <<<"$output"
	run -0 --separate-stderr inc-send show $A
	grep -c '^What happened' <<<"$output" | same <(echo 1) -
	run -2 --separate-stderr inc-send show INC9
	want_error "inc-send: no message about 'INC9' was sent"
	run -2 --separate-stderr inc-send show 9
	want_error "inc-send: no message about '9' was sent"
	run -2 --separate-stderr inc-send show ${A/a/b}
	want_error "inc-send: no message '${A/a/b}'"
}

@test "list tells what is not over, and when it is looked at next" {
	printf '%s\n' 'echo busy >&2' 'exit 75' >sms.sh
	send_all
	run -0 --separate-stderr with_clock 1772445700 inc-send list
	want_error ''
	printf '%s\n' "$output" >got
	tail -n +2 got | sort -k 2,2 | cut -c 1-60 | sed 's/ *$//' |
		same <(printf '%s\n' \
			'aaaa0000 INC1                      ann            sms' \
			'aaaa1111 INC2                      ben            sms') -
	grep -c ' to be sent       10:0[01] .* busy$' got | same <(echo 2) -
	head -n 1 got | same <(echo 'key      incident         status   party          medium     state            next             error') -
	run -2 inc-send list x
}

@test "what is of an exercise or a test is marked, dead or not over" {
	{
		tsv "$HEADER"
		rows $A INC1 ann sms
		STATUS='exercise' rows $B INC2 ben sms
		STATUS='test' rows $C INC3 cis screen
	} | inc-send >out 2>error || [ $? -eq 3 ]
	run -0 --separate-stderr inc-send dead --no-header
	want_error ''
	cut -c 1-42 <<<"$output" | sort | same <(printf '%s\n' \
		'aaaa0000 INC1              ann            ' \
		'aaaa1111 INC2     exercise ben            ') -
	run -0 --separate-stderr inc-send list --no-header
	want_error ''
	cut -c 1-50 <<<"$output" | sort | same <(printf '%s\n' \
		'aaaa0000 INC1                      ann            ' \
		'aaaa1111 INC2             exercise ben            ' \
		'cccc0000 INC3             test     cis            ') -
}
