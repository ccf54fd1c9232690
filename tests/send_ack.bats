#!/usr/bin/env bats
# inc-send ack: by somebody at the desk, and by replies.
load helper
load send

A=aaaa0000000000000000000000000001
B=bbbb0000000000000000000000000002
C=bbbb1111000000000000000000000003
D=dddd0000000000000000000000000004

# 2030-03-02T10:00:00Z
NOON=1898676000

# A site with an incident that waits for Ann and for Ben, an older one that Cis
# was mailed, and one of the day before with the same number at its end.
setup() {
	cd "$BATS_TEST_TMPDIR" || return
	ours 'sms\tdata\t3 parts\tgsm7\thigh\ttee -a sms.out\t5s\t\treply' \
		'email\tdata\t\tutf-8\thigh\ttee -a mail.out\t5s\t\treply'
	export INC_LOG=$PWD/log
	{
		tsv "$HEADER"
		row_of $A 1 20300302-0042 ann sms '+44 113 496 0021' ''
		row_of $A 2 20300302-0042 ann email ann@example.org '[P2] 0042'
		row_of $B 1 20300302-0042 ben sms '07700 900 123' ''
		ROUTE=new.4 row_of $C 1 INC0010005 cis email \
			'Cis <Cis@Example.org>' '[P4] INC0010005'
	} >messages
	{
		tsv "$HEADER"
		DUE=2030-03-01T11:00:00Z row_of $D 1 20300301-0042 dan sms \
			'+44 113 496 0029' ''
	} >yesterday
}

# row_of IDENTITY TRY ID PARTY MEDIUM ADDRESS SUBJECT: a row of a message.
row_of() {
	TELL=high DUE=${DUE-2030-03-02T11:00:00Z} ROUTE=${ROUTE-new.3} \
		message_row "$@" words
}

# Sends all, up to 10:00.
send_all() {
	with_clock $((NOON - 300)) inc-send yesterday >out
	with_clock $NOON inc-send messages >out
}

# pass SECONDS: a pass so long after 10:00, in which something may be found dead.
pass() {
	with_clock $((NOON + $1)) inc-send </dev/null >out || [ $? -eq 3 ]
}

# ack OPERAND...: acknowledges at 10:01.
ack() {
	with_clock $((NOON + 60)) inc-send ack --no-header "$@"
}

# acknowledged: what the spool says was, by which medium and with which words.
acknowledged() {
	find spool -name '????????????????????????????????' | sort |
		xargs awk -F '\t' '$3 == "acknowledged" {
			print substr(FILENAME, length(FILENAME) - 31, 8), $2, $1, $6 }'
}

# row ID NOTE: a row at 10:01.
row() {
	tsv "$1\tacknowledged\t2030-03-02T10:01:00Z\t2030-03-02T10:01:00Z\t$2"
}

ANN='message to ann by sms'
BEN='message to ben by sms'
CIS='message to cis by email'

# mail FROM SUBJECT LINE...: a mail of these lines.
mail() {
	printf 'From: %s\nSubject: %s\n' "$1" "$2"
	shift 2
	printf '%s\n' "$@"
}

@test "a message is acknowledged by its identity, or a start of it that is its alone" {
	send_all
	run -0 --separate-stderr with_clock $((NOON + 60)) inc-send ack aaaa
	want_error ''
	want "$(tsv 'id\tevent\tupdated\tacknowledged\tnote' && row 20300302-0042 "$ANN")"
	[ "$(acknowledged)" = "aaaa0000 1 2030-03-02T10:01:00Z " ]
	[ -e spool/done/2030-03/$A ]
	[ -e spool/new/$B ]
	ack $C | same <(row INC0010005 "$CIS") -
}

@test "an incident is acknowledged by its id, or the number that it ends in" {
	send_all
	run -0 --separate-stderr ack 42
	want_error ''
	# of the latest, and all that wait
	want "$(row 20300302-0042 "$ANN" && row 20300302-0042 "$BEN")"
	ack 20300301-0042 | cut -f 1,5 |
		same <(tsv '20300301-0042\tmessage to dan by sms') -
	# a message that waits for nothing, which was handed over
	ack 10005 | same <(row INC0010005 "$CIS") -
	ack 01-0042 | cut -f 1 | same <(echo 20300301-0042) -
}

@test "of incidents that a number fits one that waits is meant, before a later one" {
	send_all
	ack 42 >out
	ack 42 | cut -f 1 | same <(echo 20300301-0042) -
}

@test "a second acknowledgement gives the same row, and records nothing" {
	send_all
	ack $A >first
	cp spool/done/2030-03/$A before
	with_clock $((NOON + 600)) inc-send ack --no-header $A | same first -
	echo 'ack 42 again' | with_clock $((NOON + 600)) \
		inc-send ack --no-header --from +441134960021 - | same first -
	same before spool/done/2030-03/$A
}

@test "what nobody was sent, or several begin with, is said, and the others go on" {
	send_all
	run -2 --separate-stderr ack 99 bbbb abc zz '' aaaa
	want "$(row 20300302-0042 "$ANN")"
	want_error "inc-send: no message about '99' was sent
inc-send: 'bbbb' is how several messages begin: more of the identity was expected
inc-send: no message about 'abc' was sent
inc-send: no message about 'zz' was sent
inc-send: no message about '' was sent"
	[ "$(acknowledged | wc -l)" -eq 1 ]
}

@test "ack is misused without an operand, and --from without a reply" {
	run -2 --separate-stderr inc-send ack
	[[ $stderr == 'inc-send: ack needs KEY, ID or -'* ]]
	run -2 --separate-stderr inc-send ack --from 1 42
	[[ $stderr == 'inc-send: --from is for the text of a reply: ack -'* ]]
	run -2 --separate-stderr inc-send ack --drain 42
	[[ $stderr == 'inc-send: --drain is not for ack'* ]]
}

@test "what was acknowledged is not tried by the next medium" {
	send_all
	ack aaaa >out
	pass 3600
	[ ! -e mail.out ] || ! grep -qF "[P2] 0042" mail.out
	# and what was not, is
	rm -r spool mail.out
	inc-send --create </dev/null >created
	send_all
	pass 3600
	grep -qF "[P2] 0042" mail.out
}

@test "a late reply counts, whichever medium it answers" {
	send_all
	pass 3600
	pass 86400
	[ -e spool/done/2030-03/$A ] || [ -e spool/dead/$A ]
	echo ACK | with_clock $((NOON + 90000)) \
		inc-send ack --no-header --from +441134960021 - |
		cut -f 1,3,5 |
		same <(tsv "20300302-0042\t2030-03-03T11:00:00Z\t$ANN") -
	[ -e spool/done/2030-03/$A ]
}

@test "what is being delivered is waited for, and then left, status 75" {
	send_all
	mv spool/new/$A spool/work/$A
	exec 9<spool/work/$A
	flock 9
	run -75 --separate-stderr inc-send ack --no-header --wait 0s $A
	want ''
	want_error 'inc-send: aaaa0000: is being delivered: try again later'
	(sleep 0.3; flock -u 9) &
	run -0 --separate-stderr inc-send ack --no-header --wait 60s $A
	[[ $output == *"$ANN" ]]
	wait
	# a reply is kept
	mv spool/new/$B spool/work/$B
	exec 8<spool/work/$B
	flock 8
	run -75 --separate-stderr inc-send ack --no-header --wait 0s \
		--from 07700900123 --rejects rejects - <<<'ack 42'
	want ''
	want_error 'inc-send: bbbb0000: is being delivered: try again later'
	paste <(column reason rejects) <(column row rejects) |
		same <(printf 'could not be recorded\tack 42\\n\n') -
	exec 8>&- 9>&-
}

@test "a row comes out only once it is recorded" {
	send_all
	cp -a spool before
	n=1
	while :; do
		rm -rf spool
		cp -a before spool
		with fdatasync:$n:EIO inc-send ack --no-header $A >out 2>error && break
		[ ! -s out ]
		[ -s error ]
		n=$((n + 1))
		[ $n -lt 9 ]
	done
	[ $n -gt 1 ]
}

@test "the receipt comes out of the next pass with --since" {
	send_all
	ack 42 >out
	with_clock $((NOON + 61)) inc-send --since 2030-03-02T10:00:30Z \
		</dev/null >out
	paste <(column message out) <(column delivery out) \
		<(column error out) | sort |
		same <(tsv "$A\tacknowledged\t" "$B\tacknowledged\t") -
}

@test "what comes out is logged as inc-log ack would, and stops the escalation" {
	send_all
	tsv 'id\treceived\tupdated\tsummary\tpriority\tpriority_by\tstatus' \
		'20300302-0042\t2030-03-02T09:50:00Z\t2030-03-02T09:50:00Z\tdisk full\tP1\trules\tactual' \
		'20300302-0043\t2030-03-02T09:50:00Z\t2030-03-02T09:50:00Z\tdisk full\tP1\trules\tactual' |
		with_clock $NOON inc-log --create -q append >out
	inc-log current | inc-escalate -q --now 2030-03-02T10:15:00Z >out
	column level out | same <(printf '1\n1\n') -
	ack 42 | inc-log append -q -H id,event,updated,acknowledged,note \
		--source inc-send >out
	with_clock $((NOON + 60)) inc-log ack 43 >out
	inc-log current >out
	column acknowledged out |
		same <(tsv 2030-03-02T10:01:00Z 2030-03-02T10:01:00Z) -
	inc-log history --event acknowledged >out
	paste <(column id out) <(column event out) <(column note out) |
		same <(tsv "20300302-0042\tacknowledged\t$ANN" \
			"20300302-0042\tacknowledged\t$BEN" \
			'20300302-0043\tacknowledged\t') -
	inc-log current | inc-escalate -q --now 2030-03-02T10:45:00Z >out
	column boundary out | same <(printf '\n\n') -
	# once more adds nothing
	for n in 1 2; do
		ack 42 | inc-log append -q -H id,event,updated,acknowledged,note \
			--source inc-send --changed --no-header >out
		[ ! -s out ] || [ $n = 1 ]
	done
}

@test "somebody who has acknowledged it at the desk stays the first" {
	send_all
	tsv 'id\treceived\tsummary\tpriority\tstatus' \
		'20300302-0042\t2030-03-02T09:50:00Z\tdisk full\tP1\tactual' |
		with_clock $((NOON - 60)) inc-log --create -q append >out
	with_clock $NOON inc-log ack 42 'taken' >out
	ack aaaa | with_clock $((NOON + 61)) inc-log append -q \
		-H id,event,updated,acknowledged,note >out
	column acknowledged out | same <(echo 2030-03-02T10:00:00Z) -
	column note out | same <(echo "$ANN") -
}

@test "the text of a short message acknowledges from the number it went to" {
	send_all
	for text in 'ack 42' 'ACK 42' ' Ack: #0042.' 'ack 20300302-0042' 'ack aaaa0' ack; do
		cp -a spool before
		printf '%s' "$text" | ack --from 0044-113-4960021 - |
			same <(row 20300302-0042 "$ANN") -
		rm -r spool
		mv before spool
	done
	echo 'ack 42, on my way; 2 of us' | ack --from '+44 (0)113 4960021' - |
		same <(row 20300302-0042 "$ANN: on my way; 2 of us") -
	[ "$(acknowledged)" = 'aaaa0000 1 2030-03-02T10:01:00Z on my way; 2 of us' ]
}

# set_aside REASON [OPTION...]: standard input acknowledges nothing.
set_aside() {
	rm -f rejects
	cat >reply
	run -3 --separate-stderr ack --rejects rejects "${@:2}" - <reply
	want ''
	want_error "inc-send: <stdin>:1: $1"
	[ "$(column reason rejects)" = "$1" ]
	[ -z "$(acknowledged)" ]
}

@test "a reply from elsewhere is set aside, and so is one that acknowledges nothing known" {
	send_all
	echo 'ack 42' | set_aside "no message was sent to '+441134960022'" --from +441134960022
	echo 'ack 42' | set_aside "no message was sent to '441134960021'" --from 441134960021
	echo 'ack 10005' | set_aside "no message about '10005' was sent there" --from +441134960021
	echo 'ack bbbb1' | set_aside "no message about 'bbbb1' was sent there" --from +441134960021
	echo 'nack 42' | set_aside "its first line does not begin with 'ack'" --from +441134960021
	: | set_aside "its first line does not begin with 'ack'" --from +441134960021
	column row rejects | same <(echo) -
	mail bob@example.org 'ack 42' '' | set_aside "no message was sent to 'bob@example.org'"
	[ "$(column row rejects)" = 'From: bob@example.org\nSubject: ack 42\n\n' ]
}

@test "a reply that says nothing of whom it comes from is nobody's" {
	send_all
	for from in '' ' ' ','; do
		echo 'ack 42' | set_aside "$([ "$from" = , ] &&
			echo "no message was sent to ','" ||
			echo 'it does not say whom it comes from')" --from "$from"
		tsv "{\"from\": \"$from\", \"text\": \"ack 42\"}" >json
		run -3 ack - <json
	done
	[ -z "$(acknowledged)" ]
}

@test "a bare ack needs one incident that it can mean" {
	send_all
	{
		tsv "$HEADER"
		row_of eeee0000000000000000000000000005 1 INC7 ann sms \
			+441134960021 ''
	} |
		with_clock $((NOON + 1)) inc-send >out
	echo ack | set_aside 'it does not say which incident is meant: 20300302-0042, INC7' --from +441134960021
	# with the first of these one is left
	tsv '{"from": "+441134960021", "text": "ack 7"}' \
		'{"from": "+441134960021", "text": "ack"}' | ack - | cut -f 1 |
		same <(printf 'INC7\n20300302-0042\n') -
}

@test "a time after ack names no incident, and is told" {
	send_all
	{
		tsv "$HEADER"
		row_of eeee0000000000000000000000000005 1 INC5 ann sms \
			+441134960021 ''
	} |
		with_clock $((NOON + 1)) inc-send >out
	# two wait, though the one of them is called 5
	for text in 'ack 5 min' 'ack 5m' 'ack, 1 hour'; do
		echo "$text" | set_aside 'it does not say which incident is meant: 20300302-0042, INC5' --from +441134960021
	done
	# a number alone is none, and what it names must be there
	echo 'ack 6' | set_aside "no message about '6' was sent there" --from +441134960021
	echo 'ack 6 mine' | set_aside "no message about '6' was sent there" --from +441134960021
	echo 'ack 5 mine' | ack --from +441134960021 - | cut -f 1,5 |
		same <(tsv "INC5\t$ANN: mine") -
	# now the other one alone waits
	echo 'ack 5 min' | ack --from +441134960021 - |
		same <(row 20300302-0042 "$ANN: 5 min") -
}

@test "a mail acknowledges what it says, or answers, or names in its subject" {
	send_all
	cp -a spool before
	for how in 'Re: x| |ack 10005 soon' 'ACK 10005 soon||' \
		"Re: x|In-Reply-To: <$C@example.org>|ack soon" \
		"Re: x|References: <0@y> <$C@example.org>|ack soon" \
		'Re: [P4] INC0010005: x||Ack, soon'; do
		IFS='|' read -r subject field text <<<"$how"
		mail 'Cis <cis@example.org>' "$subject" ${field:+"$field"} '' "$text" |
			tee mail | ack - | same <(row INC0010005 "$CIS: soon") -
		rm -r spool
		cp -a before spool
	done
}

@test "an answer to several that came as one must name the incident" {
	tsv 'medium\tkind\tlimit\tcharset\ttell\tdeliver\tacknowledge\tthrottle' \
		'email\tdata\t\tutf-8\thigh\ttee -a mail.out\treply\t1/1h' \
		>ours/channels.tsv
	{
		tsv "$HEADER"
		for n in 1 2 3; do
			row_of eeee000000000000000000000000000$n 1 INC$n cis \
				email cis@example.org "[P4] INC$n"
		done
	} | with_clock $NOON inc-send -j 1 >out
	subject=$(head -n 1 mail.out)
	[[ $subject == '[P4] INC'?' (+2)' ]]
	# refused: an answer that names none is, and the incidents are told
	refused() {
		mail cis@example.org "Re: $subject" '' ack >reply
		run -3 --separate-stderr ack - <reply
		want ''
		grep -o 'is meant: INC., INC., INC.$' <<<"$stderr" | grep -o INC. |
			sort | same <(printf '%s\n' INC1 INC2 INC3) -
	}
	refused
	[ -z "$(acknowledged)" ]
	mail cis@example.org "Re: $subject" '' 'ack INC2 soon' | ack - |
		same <(row INC2 'message to cis by email: soon') -
	for n in 1 3; do
		ack INC$n >out
	done
	# others than those may wait by now, or none
	refused
}

@test "of many incidents that may be meant some are told" {
	{
		tsv "$HEADER"
		for n in {10..22}; do
			row_of "eeee00000000000000000000000000$n" 1 "INC$n" \
				ann sms 1 ''
		done
	} | with_clock $NOON inc-send >out
	run -3 --separate-stderr ack --from 1 - <<<ack
	[[ $stderr == *': it does not say which incident is meant: INC'*' and 3 others' ]]
	grep -o INC <<<"$stderr" | wc -l | same <(echo 10) -
}

@test "a mail may be encoded and have parts, and its quotes don't count" {
	send_all
	cp -a spool before
	tsv 'From: "Desk, <ann@example.org>" <cis@example.org>\r' \
		'Subject: =?utf-8?B?UmU6IHg=?=\r' 'MIME-Version: 1.0\r' \
		'Content-Type: multipart/alternative;\r' '\tboundary="=_x"\r' '\r' \
		'--=_x\r' 'Content-Type: text/plain; charset=windows-1254\r' \
		'Content-Transfer-Encoding: quoted-printable\r' '\r' \
		'On Monday Desk wrote:\r' '> ack 41\r' '\r' 'ack 100=\r' '05 =FEimdi\r' \
		'--=_x\r' 'Content-Type: text/html\r' '\r' '<p>nothing\r' '--=_x--\r' |
		ack - | same <(row INC0010005 "$CIS: şimdi") -
	rm -r spool
	mv before spool
	mail cis@example.org 'Re: x' 'Content-Transfer-Encoding: base64' '' \
		"$(printf 'ack 10005\n' | base64)" | ack - |
		same <(row INC0010005 "$CIS") -
}

@test "a mail that no person has sent, or that nobody is said to, is set aside" {
	send_all
	mail cis@example.org 'ack 10005' 'Auto-Submitted: auto-replied' '' |
		set_aside 'it was sent by no person'
	mail 'cis@example.org, ann@example.org' 'ack 42' '' |
		set_aside 'a mail with one address in From was expected'
	mail cis@example.org 'Re: x' 'From: ann@example.org' '' 'ack 10005' |
		set_aside 'a mail with one address in From was expected'
	mail cis@example.org 'Re: x' 'Content-Type: text/html' '' '<p>ack 10005' |
		set_aside "its first line does not begin with 'ack'"
}

@test "of an mbox the good replies go on, and the others are set aside" {
	send_all
	{
		echo 'From ann@example.org Sat Mar  2 10:00:10 2030'
		mail ann@example.org 'ack 42' '' '>From the desk' ''
		echo 'From bob@example.org Sat Mar  2 10:00:20 2030'
		mail bob@example.org 'ack 42' '' ''
		echo 'From cis@example.org Sat Mar  2 10:00:30 2030'
		mail cis@example.org 'Re: x' '' 'ack 10005'
	} >mbox
	run -3 --separate-stderr ack - --rejects rejects <mbox
	want "$(row 20300302-0042 'message to ann by email' && row INC0010005 "$CIS")"
	want_error "inc-send: <stdin>:7: no message was sent to 'bob@example.org'"
	[ "$(column line rejects)" = 7 ]
}

@test "JSON acknowledges one on a line, or as an array" {
	send_all
	cp -a spool before
	tsv '{"from": "+441134960021", "text": "ack 42"}' \
		'{"from": "+441134960021"}' '{"from": "cis@example.org", "text": "> x\\nACK"}' >lines
	run -3 --separate-stderr ack - <lines
	want "$(row 20300302-0042 "$ANN" && row INC0010005 "$CIS")"
	want_error "inc-send: <stdin>:2: no 'text' in the object"
	rm -r spool
	mv before spool
	tsv '[{"from": "+441134960021", "text": "ack 42"},' \
		' {"from": "cis@example.org", "text": "ack"}]' | ack - |
		same <(row 20300302-0042 "$ANN" && row INC0010005 "$CIS") -
	: | ack - | same /dev/null -
}

@test "the procedures say by which other words one acknowledges" {
	send_all
	echo 'Kabul 42' | set_aside "its first line does not begin with 'ack'" --from +441134960021
	tsv 'field\tcode\tword' 'reply\tkabul\tAcknowledged' >ours/codes.tsv
	echo 'Kabul 42' | ack --from +441134960021 - |
		same <(row 20300302-0042 "$ANN") -
	# and without procedures there is one
	echo 'ack 42' | env -u INC_PROCEDURES inc-send ack -q --no-header --from 07700900123 - |
		cut -f 1,5 | same <(tsv "20300302-0042\t$BEN") -
}

@test "a drill that is acknowledged leaves the incident as it is" {
	with_clock $NOON inc-send --drill messages >out
	run -0 --separate-stderr ack 42
	want ''
	want_error ''
	[ "$(acknowledged | wc -l)" -eq 2 ]
	# what is an exercise itself is acknowledged
	sed 's/actual$/exercise/' messages | with_clock $NOON inc-send >out
	ack aaaa | same <(row 20300302-0042 "$ANN") -
}

@test "what a reply says stays in its field" {
	send_all
	printf 'ack 42 \001\033[2J\\t\tx\r\n' | ack --from +441134960021 - >out
	same <(row 20300302-0042 "$ANN: [2J\\\\\\\\t\\\\tx") out
	[ "$(wc -l <out)" -eq 1 ]
}

# limit: at most so much address space, but a sanitizer needs its own.
limit() {
	sanitized || ulimit -v $((64 * 1024))
}

@test "hostile replies are set aside, in bounded memory and time" {
	send_all
	export INC_CLOCK=$((NOON + 60))
	# lines of 100 MB, of a text, a mail and JSON
	for start in 'ack ' $'From: ann@example.org\n\n' '{"from":"' '[{"text":[[' \
		$'From: ann@example.org\nSubject: '; do
		{ printf '%s' "$start" && head -c 100000000 /dev/zero | tr '\0' x; } |
			(limit && run -3 timeout 60 inc-send ack -q --no-header - &&
				[ ${#lines[@]} -eq 1 ])
	done
	head -c 3000000 /dev/zero | (limit && run -3 inc-send ack --from 1 --no-header -)
	head -c 3000000 /dev/urandom | (limit && run -3 inc-send ack --no-header -)
	# a million fields, folded lines, parts, brackets
	for line in 'From: a@b' ' a' 'Subject: =?utf-8?q?' '--x' '[' '{"a":'; do
		{ printf 'Content-Type: multipart/mixed; boundary=x\n' &&
			yes -- "$line" | head -n 1000000; } |
			(limit && run -3 timeout 60 inc-send ack --no-header -)
		yes -- "$line" | head -n 1000000 | tr -d '\n' |
			(limit && run -3 timeout 60 inc-send ack --no-header -)
	done
	[ -z "$(acknowledged)" ]
}
