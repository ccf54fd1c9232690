# What a full disk, a broken one or death does to the queue: no message is
# lost, each identity is there once, and none is delivered twice unless it was
# between the receiver's yes and our record.  shim.so makes the calls fail; see
# shim.c.
load helper
load send

NOW=4000000000 # later than any file is made

# The commands of media run by themselves, without the faults.
PEER='env -u LD_PRELOAD -u INC_FAIL -u INC_CALLS sh'

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export INC_HOME=$PWD/home INC_FROM=desk@example.org INC_CLOCK=$NOW
	inc init -q -p itsm home >/dev/null
	mv home/spool before
	echo 'cat >/dev/null; echo "$INC_MESSAGE" >>told' >peer
	channels "screen\turgent\t$PEER peer"
	messages 1 2 >in
	known=(1 2)
}

# begin: the spool as it was before, and nobody told.
begin() {
	rm -rf home/spool
	[ ! -d before ] || cp -a before home/spool
	: >told
}

# times NUMBER: how often a message was delivered, as $times.
times() {
	local name
	times=0
	while read -r name; do
		[ "$((10#$name))" -ne "$1" ] || times=$((times + 1))
	done <told
}

# letter NUMBER: where it is, as $letter; more than one place is a failure.
letter() {
	local name file
	name=$(id "$1")
	letter=
	for file in home/spool/{new,work,dead,done/*}/"$name"; do
		[ -e "$file" ] || continue
		[ -z "$letter" ]
		letter=$file
	done
}

# recorded NUMBER: whether it is on disk that it was delivered.
recorded() {
	letter "$1"
	[ -n "$letter" ] && [[ $(<"$letter") == *$'\thanded-over\t'* ]]
}

# promised: whether all that came out as a receipt is so on disk.
promised() {
	local name delivery n
	while IFS=$'\t' read -r name _ _ _ _ delivery _; do
		n=$((10#$name))
		letter "$n"
		[ -n "$letter" ]
		[ "$delivery" != handed-over ] || recorded "$n"
	done < <(sed 1d out)
}

# explained: whether ./errors says in a line each what failed.
explained() {
	[ -s errors ]
	none grep -vE "^inc-send: (([[:lower:] ]+ '.*'|.*/inc\.tmp): \
[[:upper:]][[:alpha:] /-]+|the last [0-9]+ messages? (is|are) not in the spool)\$" \
		errors
}

# finish COMMAND...: after what has failed, the same again delivers what was
# not, and nothing that was recorded.
finish() {
	local n twice=0 want=()
	for n in "${known[@]}"; do
		times "$n"
		want[n]=$times
		[ "$times" -le 1 ]
		if ! recorded "$n"; then
			twice=$((twice + times))
			want[n]=$((times + 1))
		fi
	done
	[ "$twice" -le 1 ]
	INC_CLOCK=$((INC_CLOCK + 1000)) shimmed "$@" >again 2>errors
	same /dev/null errors
	for n in "${known[@]}"; do
		times "$n"
		[ "$times" -eq "${want[n]}" ]
		letter "$n"
		[[ $letter == home/spool/done/* ]]
	done
	[ -z "$(find home/spool/tmp home/spool/work home/spool/new -type f)" ]
}

# made CALL: how many of these a command has made.
made() {
	grep -c "^$1\$" calls || :
}

# each CALL HOW COMMAND...: lets the first CALL of a command fail, then the
# second, and so on for all that it makes.
each() {
	local call=$1 how=$2 n got
	shift 2
	for ((n = 1; ; n++)); do
		begin
		rm -f calls
		got=0
		INC_CALLS=calls with "$call:$n:$how" "$@" >out 2>errors ||
			got=$?
		[ "$n" -le "$(made "${call/short/write}")" ] || break
		echo "$call $n $how: status $got: $(cat errors)"
		promised
		case $how in
		KILL) [ "$got" -eq 137 ] ;;
		*) "${after:-failed}" ;;
		esac
		finish "$@"
	done
	[ "$got" -eq 0 ]
	[ "$n" -gt 1 ]
	finish "$@"
}

# failed: what becomes of most faults: one could not, and says so; or an
# attempt could not be made, its receipt says so, and it is made later.
failed() {
	if [ "$got" -eq 0 ]; then
		grep -qE '	queued	1		[[:lower:] ]+ .*: [[:upper:]]' out
	else
		[ "$got" -eq 2 ]
		explained
	fi
}

# quiet: nothing follows from it: all is done, or a later one does it.
quiet() {
	[ "$got" -eq 0 ] || failed
}

@test "messages that come in and go out: any call that fails is said, in turn" {
	for fault in open:EROFS write:EIO short:ENOSPC fdatasync:EDQUOT \
		fsync:EIO rename:ENOSPC mkdir:EDQUOT futimens:EROFS \
		fchmod:EIO; do
		each "${fault%:*}" "${fault#*:}" inc-send -j 1 in
	done
}

@test "what fails after all is on disk, or is but tidying, does no harm" {
	after=quiet
	for fault in unlink:EROFS close:EIO flock:EIO; do
		each "${fault%:*}" "${fault#*:}" inc-send -j 1 in
	done
}

@test "a sender that is killed at any call loses and doubles nothing" {
	for call in open write short fdatasync fsync rename futimens output; do
		each "$call" KILL inc-send -j 1 in
	done
}

@test "a spool that could not be made is made by the next" {
	rm -rf before
	known=(1)
	messages 1 >in
	for fault in mkdir:EROFS mkdir:ENOSPC fsync:EIO fchmod:EROFS mkdir:KILL; do
		each "${fault%:*}" "${fault#*:}" inc-send --create -j 1 in
	done
}

# left_over: a spool as those who died left it: a message under way, with a torn
# end, and one that was taken in by half.
left_over() {
	channels 'screen\turgent\tfalse'
	begin
	shimmed inc-send in >/dev/null
	printf '2096-10-02T07:06' >>"home/spool/new/$(id 1)"
	mv "home/spool/new/$(id 1)" home/spool/work
	head -c 100 "home/spool/new/$(id 2)" >"home/spool/tmp/$(id 2).1.0"
	rm -rf before
	mv home/spool before
	channels "screen\turgent\t$PEER peer"
	INC_CLOCK=$((NOW + 50))
}

@test "what those who died have left is cleared up, whatever fails on the way" {
	left_over
	after=quiet
	for fault in rename:EIO fdatasync:EIO ftruncate:EIO open:EIO unlink:EIO; do
		each "${fault%:*}" "${fault#*:}" inc-send -j 1 in
	done
	for call in rename fdatasync ftruncate unlink; do
		each "$call" KILL inc-send -j 1 in
	done
}

@test "what one can't record, the others under way do" {
	# None ends before all have begun.
	script slowly <<-END
		env -u LD_PRELOAD -u INC_FAIL sh -c 'echo >>begun
			until [ \$(wc -l <begun) -ge 3 ]; do sleep 0.01; done
			echo \$INC_MESSAGE >>told'
	END
	channels 'screen\turgent\tslowly'
	messages 1 2 3 >in
	begin
	# three items, and the record of the first that ends
	run -2 --separate-stderr with fdatasync:4:EIO inc-send -j 3 in
	[ "$(wc -l <told)" -eq 3 ]
	[ "$(grep -c handed-over <<<"$output")" -eq 2 ]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
	INC_CLOCK=$((NOW + 100)) shimmed inc-send in >/dev/null
	[ "$(wc -l <told)" -eq 4 ]
}

@test "a message that can't be read now stays where it is" {
	channels 'screen\turgent\tfalse'
	begin
	shimmed inc-send in >/dev/null
	channels "screen\turgent\t$PEER peer"
	INC_CLOCK=$((NOW + 100))
	# the lock of the spool: taken and given up at its opening, then taken as
	# the first is looked at
	run -2 --separate-stderr with flock:3:EIO inc-send -j 1 </dev/null
	want_error "inc-send: lock '$INC_HOME/spool': Input/output error"
	[ "$(wc -l <told)" -eq 1 ]
	places | grep -v ^done | grep -qx 'new/[12]'
	run -0 shimmed inc-send </dev/null
	[ "$(wc -l <told)" -eq 2 ]
}

# torn CHECK: calls it for message 1 waiting with its last line torn, at each
# byte in turn.
torn() {
	local file size last n
	letter 1
	file=$letter
	size=$(wc -c <"$file")
	last=$(tail -n 1 "$file" | wc -c)
	mv "$file" "home/spool/new/$(id 1)"
	rm -rf before
	mv home/spool before
	for ((n = size - last; n < size; n++)); do
		begin
		truncate -s "$n" "home/spool/new/$(id 1)"
		"$1"
	done
}

sent_again() {
	run -0 shimmed inc-send -j 1 in
	times 1
	[ "$times" -eq 1 ]
	recorded 1
	[ "$(wc -l <"$letter")" -eq 6 ]
}

is_no_message() {
	run --separate-stderr shimmed inc-send -j 1 </dev/null
	want_status 2
	want_error "inc-send: $(id 1):5: an event was expected"
	places | same <(echo dead/1) -
}

@test "a last line that is torn at any byte counts as not there" {
	known=(1)
	messages 1 >in
	begin
	shimmed inc-send in >/dev/null
	torn sent_again
	# whole, it was delivered
	begin
	run -0 shimmed inc-send -j 1 in
	times 1
	[ "$times" -eq 0 ]
}

@test "a message whose first event is torn is none: it is dead" {
	known=(1)
	messages 1 >in
	begin
	shimmed inc-send adopt in >/dev/null
	torn is_no_message
}

@test "a letter that nobody can read holds up no other" {
	channels "screen\turgent\t$PEER peer\t\t\t\t2/1h"
	messages 1 2 3 >in
	begin
	echo garbage >"home/spool/new/$(id 2)"
	run -2 --separate-stderr shimmed inc-send -j 1 in
	want_error "inc-send: $(id 2):1: the header of a message was expected
inc-send: $(id 2):1: the header of a message was expected"
	places | sort | same <(printf '%s\n' dead/2 done/1 done/3) -
	messages 4 >in
	run -0 --separate-stderr shimmed inc-send -j 1 in
	want_error ''
}

@test "a clock that stands still, or is set back, holds up no message for ever" {
	known=(1)
	messages 1 >in
	channels 'screen\turgent\tfalse'
	begin
	shimmed inc-send --drain in >/dev/null
	places | same <(echo new/1) -
	channels "screen\turgent\t$PEER peer"
	# an hour back: what was due in half a minute is so in an hour
	INC_CLOCK=$((NOW - 3600)) run -0 shimmed inc-send </dev/null
	places | same <(echo new/1) -
	# what comes in then is delivered
	messages 2 >in
	INC_CLOCK=$((NOW - 3600)) run -0 shimmed inc-send in
	times 2
	[ "$times" -eq 1 ]
	INC_CLOCK=$((NOW + 60)) run -0 shimmed inc-send </dev/null
	times 1
	[ "$times" -eq 1 ]
	# set back while it runs
	messages 3 4 >in
	INC_CLOCK=$NOW,$NOW,$((NOW - 7200)),$((NOW - 7200)),$((NOW - 9000)) \
		run -0 shimmed inc-send -j 1 in
	INC_CLOCK=$NOW run -0 shimmed inc-send </dev/null
	places | same <(printf 'done/%d\n' 1 2 3 4) -
}

@test "a spool that is taken away or replaced while messages come is not used" {
	begin
	mkfifo pipe
	for replace in false true; do
		inc-send pipe >out 2>errors &
		sender=$!
		exec 9>pipe # it has opened the spool before
		tsv "$HEADER" >&9
		mv home/spool gone
		"$replace" && cp -r gone home/spool || :
		message 1 >&9
		exec 9>&-
		got=0
		wait "$sender" || got=$?
		[ "$got" -eq 2 ]
		same <(head -n 2 errors) - <<-END
			inc-send: $INC_HOME/spool: was taken away or replaced since it was opened: start again
			inc-send: the last 1 message is not in the spool
		END
		[ ! -s told ]
		rm -rf home/spool
		mv gone home/spool
	done
}

@test "what is taken for left over before it was locked is written again" {
	begin
	# two locks each as the spool is opened and looked into
	in_background flock:5:PAUSE inc-send -j 1 in >out 2>errors
	sender=$!
	until_true is_stopped "$sender"
	[ -n "$(ls home/spool/tmp)" ]
	shimmed inc-send </dev/null >/dev/null
	[ -z "$(ls home/spool/tmp)" ]
	kill -CONT "$sender"
	wait "$sender"
	same /dev/null errors
	places | same <(printf 'done/%d\n' 1 2) -
}

@test "senders that are killed at random moments, and a peer that is: nothing is lost" {
	unset INC_CLOCK
	run -0 "$SOURCE/tests/torture/send" -m 200
	[[ $output =~ ^[0-9]+\ of\ [0-9]+\ senders\ killed:\ 200\ messages ]]
}

# mounted SCRIPT: runs it where ./disk is a file system of its own, if that can
# be had.
mounted() {
	[ "$EUID" -eq 0 ] || skip 'only root can mount a file system'
	mkdir disk
	unshare -m true || skip 'no mount namespace here'
	export HEADER
	export -f tsv id message_row message messages shimmed
	unshare -m bash -eu -o pipefail -c \
		"mount -t tmpfs -o size=128k none disk; cp -a before/. disk/
		export INC_SPOOL=\$PWD/disk; $1"
}

@test "a disk that is full to its last byte refuses in a line, and loses nothing" {
	channels "screen\turgent\t$PEER peer"
	: >told
	mounted '
		places() {
			find disk/new disk/work disk/tmp -type f | wc -l
		}
		dd if=/dev/zero of=disk/filler bs=1k count=64 2>dd
		n=0
		while messages $((n + 1)) | shimmed inc-send >out 2>errors; do
			n=$((n + 1))
		done
		cat errors
		told=$(wc -l <told)
		echo "$n messages, told: $told"
		[ "$n" -gt 5 ]
		[ "$told" -ge $((n - 1)) ] # the last may wait, for room for its words
		[ $((told + $(places))) -eq "$n" ]
		grep -q "^inc-send: write .*: No space left on device$" errors
		dd if=/dev/zero of=disk/filler2 bs=1k 2>dd || :
		messages {101..110} >in
		got=0
		shimmed inc-send in >out 2>errors || got=$?
		cat errors
		[ "$got" -eq 2 ]
		[ "$(grep -c "No space left on device" errors)" -eq 1 ]
		[ "$(wc -l <errors)" -eq 2 ]
		[ $(($(wc -l <told) + $(places))) -eq "$n" ]
		rm disk/filler*
		export INC_CLOCK=$((INC_CLOCK + 1000))
		shimmed inc-send -j 1 in >out # there is not room for the words of all
		[ "$(wc -l <told)" -eq $((n + 10)) ]
		[ "$(sort -u told | wc -l)" -eq $((n + 10)) ]
		[ "$(places)" -eq 0 ]
	'
}

@test "a spool that is read-only delivers nothing, and can be looked at" {
	unset INC_CLOCK
	channels 'screen\turgent\tfalse'
	mounted '
		inc-send in >out
		mount -o remount,ro disk
		for words in in "--drain in" "adopt in"; do
			got=0
			inc-send $words >out 2>errors || got=$?
			[ "$got" -eq 2 ]
			[ "$(cat errors)" = "inc-send: open '\''$INC_SPOOL/lock'\'': Read-only file system" ]
		done
	'
}

# traced: whether programs can be traced here.
traced() {
	command -v strace >/dev/null || skip 'no strace here'
	! sanitized || skip 'the leak sanitizer does not work under strace'
	strace -o trace true || skip 'programs can not be traced here'
}

# calls: what ./trace has: the writing and the syncing of items, their moves to
# a place, the syncing of `new`, and what is put out, by its deliveries.
calls() {
	sed -nE 's/^([0-9]+ +)?write\(1<[^>]*>, "(.*)", [0-9]+\).*/out \2/p
		s/^([0-9]+ +)?write\([0-9]+<[^>]*\/0{20}[^>]*>, .*/write/p
		s/^([0-9]+ +)?fdatasync\(.*= 0$/sync/p
		s/^([0-9]+ +)?fsync\([0-9]+<.*\/([a-z]+)>\) *= 0$/sync \2/p
		s/^([0-9]+ +)?rename\(.*, ".*\/(new|work|done|done.....-..|dead)\/[0-9]+"\).*/\2/p' trace |
		sed -E 's/^out .*(queued|handed-over).*/\1/; s/^out .*/header/; s/^done.*/done/'
}

@test "a receipt comes out after the sync of what it says, as strace sees it" {
	traced
	unset INC_CLOCK
	channels 'screen\turgent\ttee -a told'
	begin
	messages 1 >in
	strace -y -s 1000 -o trace -e trace=write,fdatasync,fsync,rename \
		inc-send -j 1 in >out
	calls | same <(printf '%s\n' header write sync new 'sync new' queued \
		work write sync 'sync done' 'done' handed-over) -
}
