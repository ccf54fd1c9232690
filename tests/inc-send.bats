# inc-send: messages that are taken in once, handed over, tried again, and told
# of.
load helper
load send

@test "a message is taken in and handed over, each with a receipt" {
	channels 'screen\turgent\ttee -a told'
	messages 1 2 >in
	run -0 --separate-stderr inc-send in
	want_error ''
	receipts <<<"$output" >got
	{
		tsv '1\t1\tscreen\tqueued\t0\t\t' '2\t1\tscreen\tqueued\t0\t\t'
		tsv '1\t1\tscreen\thanded-over\t1\tWHEN\t' \
			'2\t1\tscreen\thanded-over\t1\tWHEN\t'
	} >want
	sort got | same <(sort want) -
	head -n 2 got | same <(head -n 2 want) -
	places | same <(printf 'done/%d\n' 1 2) -
	[ "$(grep -c 'Words of' told)" -eq 2 ]
}

@test "one identity is delivered once, ever, and its last receipt comes again" {
	channels 'screen\turgent\ttee -a told'
	messages 1 >in
	inc-send in >first
	run -0 --separate-stderr inc-send in
	want "$(sed 2d first)"
	[ "$(grep -c 'Words of' told)" -eq 1 ]
	# with other words too: what was said was said
	sed 's/Words/Others/' in | inc-send >again
	sed 2d first | same - again
	[ "$(wc -l <told)" -eq 3 ]
	# twice in one input
	{ messages 2 1 && message 2; } | inc-send >again
	receipts <again | grep -v '^1' >got
	tsv '2\t1\tscreen\tqueued\t0\t\t' '2\t1\tscreen\tqueued\t0\t\t' \
		'2\t1\tscreen\thanded-over\t1\tWHEN\t' | same - got
	[ "$(wc -l <told)" -eq 6 ]
}

@test "senders at once deliver each message once" {
	channels 'screen\turgent\ttee -a told'
	messages {1..60} >in
	for i in 1 2 3 4; do
		inc-send -j 3 in >"out$i" 2>"error$i" &
	done
	wait
	cat error?
	inc-send --drain in >last
	[ "$(grep -c 'Words of' told)" -eq 60 ]
	[ "$(column delivery last | sort | uniq -c | tr -s ' ')" = ' 60 handed-over' ]
	places | grep -vc ^done/ | same <(echo 0) -
	cat out? | receipts | grep -c handed-over >n || :
	[ "$(cat n)" -ge 60 ]
}

@test "without input it makes a pass over what is due" {
	channels 'screen\turgent\tfalse'
	messages 1 | inc-send >/dev/null
	channels 'screen\turgent\ttee -a told'
	run -0 inc-send </dev/null
	[ "$(wc -l <<<"$output")" -eq 1 ] # it waits for another attempt
	touch -d '1 minute ago' "home/spool/new/$(id 1)"
	run -0 inc-send </dev/null
	[ "$(wc -l <<<"$output")" -eq 1 ] # whatever the time of the file says
}

@test "what is due is delivered though the input is faulty" {
	script hang <<-'END'
	echo $$ >begun
	exec sleep 60
	END
	channels 'screen\turgent\thang'
	messages 1 >in
	inc-send in >/dev/null 3>&- &
	sender=$!
	until_true [ -s begun ]
	kill -9 $sender
	wait $sender || :
	kill "$(cat begun)"
	channels 'screen\turgent\ttee -a told'
	run -2 --separate-stderr inc-send no/such
	want_error "inc-send: open 'no/such': No such file or directory"
	receipts <<<"$output" >got
	tsv '1\t1\tscreen\thanded-over\t1\tWHEN\t' | same - got
}

@test "a sender that was killed leaves its messages to the next" {
	script once <<-'END'
	echo $$ >>begun
	[ -e let ] || exec sleep 60
	cat >>told
	END
	channels 'screen\turgent\tonce'
	messages 1 2 3 >in
	inc-send -j 2 in >/dev/null 3>&- &
	sender=$!
	until_true lines begun 2
	kill -9 $sender
	wait $sender || :
	xargs kill <begun || :
	places >left
	grep -q ^work/ left
	touch let
	run -0 inc-send </dev/null
	[ "$(grep -c 'Words of' told)" -eq 3 ]
	places | same <(printf 'done/%d\n' 1 2 3) -
}

@test "what fails for good goes on to the next medium at once" {
	channels 'voice\turgent\tgone' 'sms\turgent\tfalse\t\t1=permanent' \
		'screen\turgent\ttee -a told'
	{ tsv "$HEADER" && message 1 voice sms screen; } >in
	run -0 inc-send in
	receipts <<<"$output" >got
	tsv '1\t1\tvoice\tqueued\t0\t\t' \
		"1\t1\tvoice\tfailed\t1\t\tgone: No such file or directory" \
		'1\t2\tsms\tqueued\t0\t\t' \
		'1\t2\tsms\tfailed\t1\t\texit status 1' \
		'1\t3\tscreen\tqueued\t0\t\t' \
		'1\t3\tscreen\thanded-over\t1\tWHEN\t' | same - got
}

@test "what fails for now waits, and says when it is tried again" {
	channels 'screen\turgent\tfalse'
	messages 1 >in
	now=$(date +%s)
	run -0 --separate-stderr with_clock "$now" inc-send in
	want_error ''
	receipts <<<"$output" >got
	tsv '1\t1\tscreen\tqueued\t0\t\t' \
		'1\t1\tscreen\tqueued\t1\t\texit status 1' | same - got
	next=$(tail -n 1 "home/spool/new/$(id 1)" | cut -f 5)
	[ "$(stat -c %Y "home/spool/new/$(id 1)")" -eq "$(date -d "$next" +%s)" ]
	wait=$(($(date -d "$next" +%s) - now))
	[ $wait -ge 24 ] && [ $wait -le 36 ]
}

@test "when all media have failed it is dead, the last resort and status 3" {
	channels 'voice\turgent\tfalse\t\t1=permanent' \
		'last-resort\t\ttee -a alarm'
	{ tsv "$HEADER" && message 1 voice; } >in
	run -3 --separate-stderr inc-send in
	want_error "inc-send: I1: message $(id 1) has not reached ann: exit status 1"
	receipts <<<"$output" >got
	tsv '1\t1\tvoice\tqueued\t0\t\t' \
		'1\t1\tvoice\tfailed\t1\t\texit status 1' \
		'1\t1\tvoice\tdead\t1\t\texit status 1' | same - got
	places | same <(echo dead/1) -
	grep -qx 'Words of 1.' alarm
	# and it stays so
	run -0 inc-send in
	receipts <<<"$output" >got
	tsv '1\t1\tvoice\tdead\t1\t\texit status 1' | same - got
}

@test "a last resort that fails is said too" {
	channels 'voice\turgent\tfalse\t\t1=permanent' 'last-resort\t\tfalse'
	{ tsv "$HEADER" && message 1 voice; } >in
	run -3 --separate-stderr inc-send in
	[[ $stderr == *$'\n''inc-send: the last resort: exit status 1' ]]
	places | same <(echo dead/1) -
}

@test "a last resort that is answered with a failure is said too" {
	channels 'voice\turgent\tfalse\t\t1=permanent' 'last-resort\t\tanswered'
	script answered <<<'echo code 500'
	{ tsv "$HEADER" && message 1 voice; } >in
	run -3 --separate-stderr inc-send in
	[[ $stderr == *$'\n''inc-send: the last resort: answered with 500' ]]
}

@test "what is under way is recorded, though another could not be" {
	channels 'screen\turgent\tfalse' 'voice\turgent\tfalse' \
		'sms\turgent\tfalse'
	{
		tsv "$HEADER"
		message 1 screen voice |
			awk '{ sub("Words", long) } 1' long="$(printf '%060000d' 0)"
		message 2 sms
	} >in
	inc-send in >/dev/null
	script late <<<'sleep 1'
	channels 'screen\turgent\ttrue' 'voice\turgent\ttrue' 'sms\turgent\tlate'
	touch -d '1 minute ago' home/spool/new/*
	sed -i 's/^\(.*\tqueued\t1\t\).*\t\(.*\)$/\12026-01-01T00:00:00Z\t\2/' home/spool/new/*
	(
		ulimit -f 100 # of KiB: the first message has more
		trap '' XFSZ
		inc-send -j 2 </dev/null >out 2>error
	) || [ $? -eq 2 ]
	grep -q "write .*$(id 1)" error
	receipts <out | same <(tsv '2\t1\tsms\thanded-over\t2\tWHEN\t') -
}

@test "a medium that hangs holds up no other, and is ended at its time" {
	script hang <<-'END'
	echo $$ >>begun
	exec sleep 60
	END
	channels 'sms\turgent\thang\t1s' 'screen\turgent\ttee -a told'
	{
		tsv "$HEADER"
		for i in 1 2 3 4 5 6; do message $i sms; done
		for i in 7 8 9; do message $i screen; done
	} >in
	: >begun # perhaps none of them comes so far in its second
	start=$(date +%s)
	run -0 inc-send -j 2 in
	[ $(($(date +%s) - start)) -lt 50 ]
	receipts <<<"$output" >got
	[ "$(grep -c handed-over got)" -eq 3 ]
	# one has timed out, and so the others for the address are spared
	[ "$(grep -c 'sms.queued.1' got)" -ge 1 ]
	[ "$(places | grep -c ^new/)" -eq 6 ]
	while read -r process; do
		run ! kill -0 "$process"
	done <begun
}

@test "the most urgent goes first" {
	channels 'screen\turgent high low\ttee -a told'
	{
		tsv "$HEADER"
		TELL=low message 1
		TELL=urgent DUE=2026-01-02T00:00:00Z message 2
		TELL=high message 3
		TELL=urgent DUE=2026-01-01T00:00:00Z message 4
	} >in
	inc-send -j 1 in >out
	sed -n 's/Words of \(.\)./\1/p' told | same <(printf '%d\n' 4 2 3 1) -
}

@test "what nobody acknowledges in time goes on to the next medium" {
	tsv 'reason\twhen\tto\twording\tack' 'new\tpriority = P9\tdesk\tnew\t5m' \
		'new\t*\tdesk\tnew\t1s' >home/procedures/routes.tsv
	channels 'sms\turgent\ttee -a told\t\t\treply' 'screen\turgent\ttee -a told'
	{ tsv "$HEADER" && ROUTE=new.2 message 1 sms screen; } >in
	run -0 inc-send in
	receipts <<<"$output" | tail -n 1 >got
	tsv '1\t1\tsms\thanded-over\t1\tWHEN\t' | same - got
	places | same <(echo new/1) -
	inc-send --watch </dev/null >watched 3>&- &
	until_true lines told 6 || :
	kill %1 || :
	wait || :
	receipts <<<"$(inc-send in)" >got
	tsv '1\t2\tscreen\thanded-over\t1\tWHEN\t' | same - got
	grep -q 'not acknowledged within 1s' "$(find home/spool -name "$(id 1)")"
}

@test "a party gets no more than the throttle lets through, and nothing is lost" {
	channels 'screen\turgent low\ttee -a told\t\t\t\t2/1h except low'
	messages 1 2 3 4 5 >in
	run -0 inc-send -j 1 in
	[ "$(receipts <<<"$output" | grep -c handed-over)" -eq 5 ]
	# the last one took the others along
	grep -c '^Words' told | same <(echo 5) -
	grep -q '^Subject 2 (+3)$' told
	messages 6 >in
	run -0 inc-send in
	[ "$(receipts <<<"$output" | grep -c handed-over)" -eq 0 ]
	places | grep -v ^done | same <(echo new/6) -
	{ tsv "$HEADER" && TELL=low message 7; } >in
	run -0 inc-send in
	[ "$(receipts <<<"$output" | grep -c handed-over)" -eq 1 ]
}

@test "of many that a window lets through together each is told of" {
	channels 'screen\turgent\ttee -a told\t\t\t\t1/1h'
	messages {1..60} >in
	run -0 --separate-stderr inc-send in
	want_error ''
	[ "$(receipts <<<"$output" | grep -c handed-over)" -eq 50 ]
	grep -c '^Words' told | same <(echo 50) -
	[ "$(places | grep -c ^new/)" -eq 59 ] # 49 are looked at once more
}

@test "of many that go together none is lost where nothing can be started" {
	channels 'screen\turgent\tnone {address}\t\t\t\t1/1h' \
		'sms\turgent\ttee -a told'
	{
		tsv "$HEADER"
		for n in {1..40}; do
			message "$n" screen sms | sed 's/a[.]screen/-x/'
		done
	} >in
	run -0 --separate-stderr inc-send -j 1 in
	want_error ''
	run -0 --separate-stderr inc-send --drain --since 2026-01-01T00:00:00Z </dev/null
	want_error ''
	grep -c '^Words' told | same <(echo 40) -
	[ "$(places | grep -c ^done/)" -eq 40 ]
}

@test "a message that can't be read is dead, and holds up no other" {
	channels 'screen\turgent\ttee -a told\t\t\t\t5/1h' 'sms\turgent\tfalse'
	{ tsv "$HEADER" && message 1 sms; } | inc-send >/dev/null
	echo spoiled >"home/spool/new/$(id 9)"
	messages 2 >in
	run -2 --separate-stderr inc-send --current --since 2026-01-01T00:00:00Z in
	want_error "inc-send: $(id 9):1: the header of a message was expected"
	places | same <(printf '%s\n' dead/9 done/1 done/2) -
	# somebody looks at it, so nothing more is said of it
	messages 2 3 >in
	run -0 --separate-stderr inc-send --current --since 2026-01-01T00:00:00Z in
	want_error ''
	grep -c '^Words' told | same <(echo 2) -
	places | same <(printf '%s\n' dead/9 done/1 done/2 done/3) -
}

@test "what need not be told any more is withdrawn, and can come back" {
	channels 'screen\turgent\tfalse'
	messages 1 2 >in
	inc-send in >/dev/null
	messages 2 >now
	run -0 inc-send --current now
	receipts <<<"$output" | grep -v queued >got
	tsv '1\t1\tscreen\tfailed\t1\t\tno longer to be told' | same - got
	places | same <(printf '%s\n' done/1 new/2) -
	channels 'screen\turgent\ttee -a told'
	run -0 inc-send --current in
	receipts <<<"$output" >got
	tsv '1\t1\tscreen\tfailed\t1\t\tno longer to be told' \
		'1\t1\tscreen\tqueued\t0\t\t' \
		'2\t1\tscreen\tqueued\t1\t\texit status 1' \
		'1\t1\tscreen\thanded-over\t1\tWHEN\t' | sort >want
	sort got | same want -
}

@test "what is withdrawn while it waits for an acknowledgement waits on" {
	tsv 'reason\twhen\tto\twording\tack' 'new\t*\tdesk\tnew\t1s' \
		>home/procedures/routes.tsv
	channels 'screen\turgent\ttrue\t\t\tkey' 'sms\turgent\ttee -a told'
	{ tsv "$HEADER" && ROUTE=new.1 message 1 screen sms; } >in
	now=$(date +%s)
	with_clock "$now" inc-send in >/dev/null
	messages >none
	with_clock "$now" inc-send --current none >/dev/null
	places | same <(echo done/1) -
	run -0 with_clock $((now + 2)) inc-send --current in
	receipts <<<"$output" >got
	tsv '1\t1\tscreen\thanded-over\t1\tWHEN\t' \
		'1\t1\tscreen\tfailed\t1\tWHEN\tnot acknowledged within 1s' \
		'1\t2\tsms\tqueued\t0\t\t' \
		'1\t2\tsms\thanded-over\t1\tWHEN\t' | same - got
	places | same <(echo done/1) -
}

@test "half of the messages withdraw none" {
	channels 'screen\turgent\tfalse'
	messages 1 2 >in
	inc-send in >/dev/null
	{ messages 2 && printf 'x\n'; } >now
	run -2 --separate-stderr inc-send --current now
	[[ $stderr == *'no message is withdrawn: not all that is to be told now was read' ]]
	places | same <(printf 'new/%d\n' 1 2) -
}

@test "receipts since a time come again, whatever their state" {
	channels 'screen\turgent\ttee -a told' 'sms\turgent\tfalse' \
		'voice\turgent\tfalse\t\t1=permanent'
	{
		tsv "$HEADER"
		message 1 screen
		message 2 sms
		message 3 voice
	} >in
	inc-send in >first 2>errors || :
	run -0 inc-send --since 2026-01-01T00:00:00Z </dev/null
	receipts <<<"$output" | sort >got
	tsv '1\t1\tscreen\thanded-over\t1\tWHEN\t' \
		'1\t1\tscreen\tqueued\t0\t\t' \
		'2\t1\tsms\tqueued\t0\t\t' \
		'2\t1\tsms\tqueued\t1\t\texit status 1' \
		'3\t1\tvoice\tdead\t1\t\texit status 1' \
		'3\t1\tvoice\tfailed\t1\t\texit status 1' \
		'3\t1\tvoice\tqueued\t0\t\t' | same - got
	receipts <first | sort | same - got
	run -0 inc-send --since 2100-01-01T00:00:00Z </dev/null
	[ "$(wc -l <<<"$output")" -eq 1 ]
}

@test "the log takes receipts, and the same ones once" {
	channels 'screen\turgent\ttee -a told'
	inc-log -q add id=I1 summary=Pumps >/dev/null
	messages 1 >in
	inc-send in | inc-log -q append >/dev/null
	inc-log history I1 --event notified | column delivery >got
	printf '%s\n' queued handed-over | same - got
	inc-send --since 2026-01-01T00:00:00Z in | inc-log -q append >/dev/null
	inc-log history I1 --event notified | column delivery | same got -
}

@test "what a log did not take of a message is told again, though it went on since" {
	channels 'screen\turgent\ttee -a told'
	inc-log -q add id=I1 summary=Pumps >/dev/null
	messages 1 >in
	inc-send in >lost
	inc-send --since 2026-01-01T00:00:00Z </dev/null |
		inc-log -q append >/dev/null
	inc-log history I1 --event notified | column delivery |
		same <(printf '%s\n' queued handed-over) -
}

@test "what a log did not take is told before what has happened since" {
	channels 'screen\turgent\tfalse'
	inc-log -q add id=I1 summary=Pumps >/dev/null
	messages 1 >in
	now=$(date +%s)
	with_clock $((now - 600)) inc-send in >lost
	channels 'screen\turgent\ttee -a told'
	with_clock "$now" inc-send --since 2026-01-01T00:00:00Z in |
		inc-log -q append >/dev/null
	inc-log history I1 --event notified | column delivery |
		same <(printf '%s\n' queued queued handed-over) -
}

@test "rows that are no messages are set aside" {
	channels 'screen\turgent\ttee -a told'
	{
		messages 1
		message_row x 1 I2 ann screen a '' Words
		message_row ../../x 1 I2 ann screen a '' Words
		message 3
	} >in
	run -3 --separate-stderr inc-send --rejects bad in
	want_error "inc-send: in:3: message: an identity of 32 digits 0-9a-f was expected
inc-send: in:4: message: an identity of 32 digits 0-9a-f was expected"
	[ "$(receipts <<<"$output" | grep -c handed-over)" -eq 2 ]
	[ "$(wc -l <bad)" -eq 3 ]
	printf 'id\n1\n' >in
	run -2 --separate-stderr inc-send in
	want_error "inc-send: in: no column 'message': messages as inc-notify(1) writes them were expected"
}

@test "a spool is made on purpose alone" {
	run -2 --separate-stderr inc-send -s none </dev/null
	want ''
	want_error 'inc-send: none: is no spool (inc init or inc-send --create makes one)'
	unset INC_HOME
	run -2 --separate-stderr inc-send -p itsm </dev/null
	want_error 'inc-send: no spool: give -s DIR, INC_SPOOL or INC_HOME (inc init makes a home)'
	INC_SPOOL=new run -0 inc-send -p itsm --create </dev/null
	[ "$(stat -c %a new new/new new/lock | tr '\n' ' ')" = '700 700 600 ' ]
}

@test "mail has to come from somebody" {
	INC_FROM='a b' run -2 --separate-stderr inc-send </dev/null
	want_error "inc-send: mail can't come from 'a b': an address such as desk@example.org was expected"
}

@test "nobody reads the receipts: what was begun is recorded all the same" {
	channels 'screen\turgent\ttee -a told'
	messages {1..20} >in
	{ inc-send in 2>error || echo $? >code; } | head -n 1 >/dev/null
	if [ -f code ]; then
		[ "$(cat code)" -eq 2 ]
		grep -q 'Broken pipe' error
	fi
	inc-send in >/dev/null
	[ "$(grep -c 'Words of' told)" -eq 20 ]
}

@test "progress is shown on a terminal, and nowhere else" {
	channels 'screen\turgent\ttee -a told'
	messages 1 2 3 >in
	run -0 command script -qec 'inc-send in >out' /dev/null
	[[ $output == *'inc-send: 0 attempts, 3 under way, 0 to come'* ]]
	[ "$(receipts <out | grep -c handed-over)" -eq 3 ]
	messages 4 5 >in
	run -0 --separate-stderr inc-send in
	want_error ''
	messages 6 >in
	run -0 command script -qec 'inc-send -q in >out' /dev/null
	want ''
}
