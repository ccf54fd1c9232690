# What is taken out of the log goes from the messages of the spool too: they are
# words made of its values.
load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export INC_HOME=$PWD/home INC_FROM=desk@example.org
	inc init -q -p itsm home >/dev/null
	media 'exit 75' 'exit 0'
	: >extra
}

# media DESK CALLER: what the commands do by which the desk, and callers by mail,
# are told; each first repeats what it was given.
media() {
	printf 'cat >&2; %s\n' "$1" >desk.sh
	printf 'cat >&2; %s\n' "$2" >caller.sh
	awk -F '\t' -v OFS='\t' '
		$1 == "medium" { for (i = 1; i <= NF; i++) at[$i] = i }
		at["deliver"] && $1 != "medium" {
			$at["deliver"] = $1 == "email" ? "sh caller.sh" : "sh desk.sh"
			$at["failures"] = "1=permanent"
		}
		{ print }' "$SOURCE/share/procedures/itsm/channels.tsv" \
		>home/procedures/channels.tsv
}

log() {
	inc-log -q "$@"
}

# tick: the line that tells who must know, as inc tick has it, and the rows of
# ./extra.
tick() {
	{ log current --live 7d | inc-notify -q && cat extra; } |
		inc-send -q --current | log append >/dev/null
}

# told: an incident of Ann's, of which the desk is told, and she, as it would be
# at any time of the day.
told() {
	log add id=A channel=email caller='Ann Smith' callback=ann@example.org \
		summary='Ann Smith lost her key' impact=1 urgency=1 >/dev/null
	tsv "$CALLERS\t1\tA\tresolved\tcaller\tcaller\temail\tann@example.org\tYour key\tDear Ann Smith, it is found.\tlow\t\tresolved\tresolved.1\tactual" >extra
	tick
	: >extra
}

# The identity of that message.
CALLERS=00000000000000000000000000000abc

# redact ARGUMENT...: with a reason.
redact() {
	log redact --why asked "$@"
}

# left TEXT: in which files of the home a text still stands.
left() {
	grep -rliF "$1" home || :
}

# messages: the place and the name of each message.
messages() {
	(cd home/spool && find new work "done" dead -type f) | sort
}

# words FILE...: the words of messages.
words() {
	awk -F '\t' 'FNR == 1 { rows = 1; next } !NF { rows = 0 } rows { print $10 }' \
		"$@"
}

@test "after a redaction no personal value is anywhere in the home" {
	told
	[ -n "$(left 'ann smith')" ]
	[ "$(left 'dear ann')" = "home/spool/done/$(date -u +%Y-%m)/$CALLERS" ]
	messages >before
	run -0 --separate-stderr inc-log redact A --personal --why asked
	[[ $stderr == *' messages lost their words' ]]
	[ -z "$(left 'ann smith')" ]
	[ -z "$(left ann@)" ]
	log verify
	messages | sed 's/.*\///' | sort | same <(sed 's/.*\///' before | sort) -
	words home/spool/done/*/* | sort -u | same <(echo '\N') -
}

@test "what happened to a message, and its identity, stay" {
	told
	for file in home/spool/done/*/* home/spool/new/*; do
		cut -f 1-5 "$file" >"${file##*/}.before"
	done
	redact A --fields caller >out
	for file in home/spool/done/*/*; do
		cut -f 1-5 "$file" | head -n "$(wc -l <"${file##*/}.before")" |
			same "${file##*/}.before" -
	done
	[ "$(stat -c %a "$file")" = 600 ]
	run ! ls home/spool/tmp/*
}

@test "what waits is withdrawn, and taken up again in the words that there are now" {
	log add id=A channel=email caller='Ann Smith' summary='Ann lost it' \
		impact=1 urgency=1 >/dev/null
	tick
	name=$(ls home/spool/new)
	grep -q 'Ann lost it' home/spool/new/*
	redact A --personal >out
	[ -z "$(left 'Ann lost it')" ]
	messages | same <(echo "done/$(date -u +%Y-%m)/$name") -
	tick
	messages | same <(echo "new/$name") -
	words home/spool/new/* | same <(
		printf '%s\n' '\N' '\N' 'P1 A no summary' \
			'P1 A no summary. Reply ACK A') -
	inc-send show "$name" | grep -A 1 '^[13]' | same - <(
		printf '%s\n' '1  screen to desk' \
			'    (its words were taken out)' '--' \
			'3  screen to desk' '    P1 A no summary')
	log verify
	log add id=B summary=x channel=email >/dev/null
	redact B --personal >out
	messages | same <(echo "new/$name") -
	media 'exit 0' 'exit 0'
	# It is due again within a minute.
	with_clock "$(($(date +%s) + 60))" inc-send -q </dev/null |
		column delivery | same <(echo handed-over) -
}

@test "the same again takes out what a pipeline has brought that had read before" {
	log add id=A channel=email caller='Ann Smith' summary='Ann lost it' \
		impact=1 urgency=1 >/dev/null
	log current | inc-notify -q >rows
	redact A --personal >out
	inc-send -q rows >out
	[ -n "$(left 'Ann lost it')" ]
	redact A --personal >out
	tsv 'id\tcolumn\tvalues' | same - out
	rm rows
	[ -z "$(left 'Ann lost it')" ]
	tick
	grep -q 'P1 A no summary' home/spool/new/*
}

@test "other incidents' messages, and words that came in later, stay" {
	told
	log add id=B channel=email caller=Bea summary='Bea lost it' impact=1 \
		urgency=1 >/dev/null
	tick
	redact A --personal >out
	grep -q 'Bea lost it' home/spool/new/*
	redact B --personal >out
	[ -z "$(left "bea lost")" ]
	run --separate-stderr inc-log redact B --personal --why again
	want_status 0
	[[ $stderr != *' words'* ]]
}

@test "a dry run says how many messages would lose their words" {
	told
	cp -a home before
	run -0 --separate-stderr inc-log redact -n A --personal --why x
	[[ $stderr == *' messages would lose their words' ]]
	diff -r before home
}

@test "a dead letter loses its words too, and is not tried again without" {
	media 'exit 1' 'exit 1'
	told || : # status 3: it is dead
	[ -e "home/spool/dead/$CALLERS" ]
	name=$CALLERS
	redact A --personal >out
	[ -e "home/spool/dead/$name" ]
	[ -z "$(left 'ann smith')" ]
	run -2 --separate-stderr inc-send retry "$name"
	[[ $stderr == *': its words were taken out: it is dead since '* ]]
	inc-send drop --why 'told by hand' "$name" >/dev/null
}

@test "one that is being delivered is waited for, and left where it lasts" {
	log add id=A channel=email caller='Ann Smith' summary='Ann lost it' \
		impact=1 urgency=1 >/dev/null
	log current | inc-notify -q >rows
	media ': >reached; cat go >gone; exit 75' 'exit 0'
	mkfifo go
	inc-send -q rows >out 2>&1 3>&- &
	sender=$!
	until_true [ -e reached ]
	run --separate-stderr redact A --personal --wait 0s
	want_status 75
	[[ $stderr == 'inc-log: '*": this message of 'A' is being delivered and\
 still has its words: the same again takes them out" ]]
	run --separate-stderr log verify
	want_status 1
	[[ $stderr == "inc-log: $PWD/home/spool: message "*" in 'work' still\
 has its words, though entry 2 took some out of 'A': inc-log redact must be run again" ]]
	redact A --personal --wait 10s >out2 3>&- &
	redact=$!
	echo >go
	wait $sender
	wait $redact
	[ -z "$(left 'Ann lost it')" ]
	log verify
}

@test "what an interrupted redaction has left is found, and done by the next" {
	told
	mv home/spool away
	redact A --personal >out
	log verify
	mv away home/spool
	[ -n "$(left 'ann smith')" ]
	run --separate-stderr log verify
	want_status 1
	want ''
	[[ $stderr == *" still has its words, though entry "*" took some out of 'A': "* ]]
	log add id=B summary=x channel=email >/dev/null
	redact B --personal >out
	[ -z "$(left 'ann smith')" ]
	log verify
}

# each CALL HOW COMMAND...: lets the first CALL of a command fail, then the second,
# and so on until it succeeds.  After each verify finds what is left, if anything
# is, no message is lost, and the next redaction leaves nothing.
each() {
	local n got
	for ((n = 1; ; n++)); do
		rm -rf home
		cp -a before home
		got=0
		with "$1:$n:$2" inc-log -q "${@:3}" >out 2>errors || got=$?
		[ "$got" -ne 0 ] || break
		if [ -n "$(left 'dear ann')$(left 'ann smith')" ] &&
			log history --event redacted A | grep -q redacted; then
			run -1 log verify
		fi
		redact A --personal >out
		log verify >out
		[ -z "$(left 'ann smith')" ]
		messages | sed 's/.*\///' | sort | same names -
		run ! ls home/spool/tmp/*
	done
	[ "$n" -gt 1 ]
	[ -z "$(left 'ann smith')" ]
}

@test "a redaction that fails, or is killed, at any call is found and done by the next" {
	told
	messages | sed 's/.*\///' | sort >names
	mv home before
	for call in open write rename fsync; do
		each "$call" EIO redact A --personal --why asked
	done
	for call in fdatasync rename flock; do
		each "$call" KILL redact A --personal --why asked
	done
}

@test "the spool is that beside the log, or the one that is named" {
	told
	mv home/log home/spool .
	unset INC_HOME
	export INC_PROCEDURES=$PWD/home/procedures
	cp -a spool other
	log -l log redact A --personal --why x >out
	run ! grep -rqi 'ann smith' spool
	grep -rqi 'ann smith' other
	log -l log verify
	INC_SPOOL=$PWD/other log -l log verify
	INC_SPOOL=$PWD/other INC_LOG=log run -1 log verify
	run -1 log -l log -s other verify
	run -2 --separate-stderr log -l log -s none redact A --personal --why x
	want_error "inc-log: none: is no spool (inc init or inc-send --create makes one)"
	(cd log && inc-log -q -l . -s ../other redact A --personal --why x) >out
	run ! grep -rqi 'ann smith' other
	rm -r spool other
	log -l log redact A --personal --why x >out
	log -l log verify
	run -2 --separate-stderr log -l log -s spool current
	[[ $stderr == 'inc-log: --spool is not for current'* ]]
}

@test "a message that can't be read is said" {
	told
	echo x >home/spool/dead/0123
	run -3 --separate-stderr redact A --personal
	[[ $stderr == *": 1 message can't be read and may have words that were\
 taken out: 0123:1: "* ]]
	run ! grep -rqi 'ann smith' home/spool
	run -3 log verify
}

@test "access tells what messages have about a person, and to them" {
	told
	log access 'ann smith' >out
	grep -q '^What is held in 1 incident, as of ' out
	grep -q '^What is held in [12] messages\{0,1\}, as of ' out
	grep -q ' message      body           P1 A Ann Smith lost her key$' out
	grep -q ' message      address        ann@example.org$' out
	log access --record ann@example.org >out
	column event out | sort -u | same <(printf 'message\nnotified\nreceived\n') -
	redact A --personal >out
	run -1 --separate-stderr log access "ann smith" ann@example.org
	want ''
}

@test "access finds messages to somebody whom the log does not have" {
	log add id=B channel=email summary='printer' impact=1 urgency=1 \
		caller=Bea >/dev/null
	tick
	log access --record desk >out
	column id out | sort -u | same <(echo B) -
	column column out | sort -u | same <(
		printf 'address\nbody\nerror\nmedium\nparty\n') -
	column closed out | sort -u | same <(echo) -
}

# expired: an incident of Ann's that is kept no longer, whose messages are there.
expired() {
	told
	log close A >/dev/null
	tsv 'regulation\twhen\tfrom\tlimit\tretain' 'short\t*\treceived\t\t1s' \
		>home/procedures/regulations.tsv
	log add id=B channel=email caller=Bea summary='Bea lost it' impact=1 \
		urgency=1 >/dev/null
	tick
	until_true eval "log expire >due"
}

@test "expire --apply removes the messages of what is kept no longer" {
	expired
	column id due | same <(echo A) -
	column messages due | same <(echo 2) -
	log expire --apply >out
	[ -z "$(left 'ann smith')" ]
	grep -q 'Bea lost it' home/spool/new/*
	messages | wc -l | same <(echo 1) -
	log verify
	run -1 log expire --apply
}

@test "messages of incidents that the log has not never expire, and that is said" {
	expired
	tsv 'message\ttry\tid\tparty\tmedium\taddress\tbody' \
		"$(printf %032d 1)\t1\tZ\tann\tscreen\ta\twords" | inc-send -q >out
	run -0 --separate-stderr inc-log expire --apply
	[[ $stderr == *'1 message is of incidents that the log has not and never expires'* ]]
	messages | wc -l | same <(echo 2) -
}
