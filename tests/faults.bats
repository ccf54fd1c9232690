# What a full disk, a broken one or death does in the middle of a call: the
# log stays whole, and what was not acknowledged is not in it.  shim.so makes
# the calls fail; see shim.c.
load helper

log() {
	inc-log -q -l log "$@"
}

# prove: proves the log, and sets $entries and $chain; a log that is not yet
# made has none.
prove() {
	local line
	printf -v line '0 %064d' 0
	[ ! -e log/lock ] || line=$(log verify)
	entries=${line%% *}
	chain=${line##* }
}

# came_out: sets $rows to how many whole lines of ./out came after its header.
came_out() {
	rows=$(wc -l <out)
	((rows == 0)) || rows=$((rows - 1))
}

# begin: the log as it was before the command, from ./before.
begin() {
	rm -rf log
	[ ! -d before ] || cp -a before log
}

# tidy: whether nothing is left that nobody looks at.
tidy() {
	for file in log/*.tmp; do
		[ ! -e "$file" ]
	done
}

# unchanged: whether the log says what it said, by its chain to the byte.
unchanged() {
	prove
	[ "$entries $chain" = "$was" ]
	tidy
}

# explained: whether ./errors says in a line what failed, and after it at most
# which rows are lost.
explained() {
	mapfile -t lines <errors
	[[ ${lines[0]} =~ ^inc-log:\ [[:lower:]\ ]+\ \'.*\':\ [[:upper:]][[:alpha:]\ /-]+$ ]]
	[ "${#lines[@]}" -eq 1 ] || [[ ${lines[1]} =~ \
^inc-log:\ the\ last\ [0-9]+\ of\ [0-9]+\ rows?\ (is|are)\ not\ in\ the\ log$ ]]
	[ "${#lines[@]}" -le 2 ]
}

# each CALL HOW ADDED COMMAND...: lets the first CALL of a command fail, then
# the second, and so on until the command succeeds.  After each the log is
# whole and unchanged, and the same command adds its entries; what is killed
# may have written more than came out of it.
each() {
	local call=$1 how=$2 added=$3 n was got
	shift 3
	begin
	prove
	was="$entries $chain"
	for ((n = 1; ; n++)); do
		begin
		got=0
		with "$call:$n:$how" "$@" >out 2>errors || got=$?
		[ "$got" -ne 0 ] || break
		echo "$call $n: status $got: $(cat errors)"
		came_out
		if [ "$how" = KILL ]; then
			[ "$got" -eq 137 ]
			prove
			[ "$entries" -ge $((${was% *} + rows)) ]
		else
			[ "$got" -eq 2 ]
			explained
			unchanged
			[ "$rows" -eq 0 ]
		fi
		"$@" >out
		prove
		[ "$entries" -eq $((${was% *} + added)) ]
		tidy
	done
	[ "$n" -gt 1 ]
	prove
	[ "$entries" -eq $((${was% *} + added)) ]
}

# some_log [TAIL]: makes ./before, a log of two entries, which ends in a tail.
some_log() {
	rm -rf log
	log --create add id=A state=new >/dev/null
	log add id=A state=open >/dev/null
	printf %s "${1-}" >>log/00000000000001.tsv
	mv log before
}

# some_rows: makes ./rows, of three incidents, with a column of their own.
some_rows() {
	tsv 'id\tstate\tnote' 'B\tnew\tone' 'C\tnew\ttwo' 'D\tnew\tthree' >rows
}

@test "a first add whose call fails leaves no entry" {
	for call in open write pwrite short fdatasync fsync rename flock; do
		each "$call" EIO 1 inc-log -q -l log --create add id=A state=x
	done
}

@test "an add whose call fails leaves the log as it was" {
	some_log
	for call in open write pwrite short fdatasync flock; do
		each "$call" ENOSPC 1 inc-log -q -l log add id=A state=x
	done
}

@test "an add that needs a new segment and fails leaves the log as it was" {
	some_log
	for call in open write pwrite short fdatasync fsync rename; do
		each "$call" EIO 1 inc-log -q -l log add id=A note=x
	done
}

@test "an append whose call fails leaves the log as it was, no row comes out" {
	some_rows
	for call in open write pwrite short fdatasync fsync rename flock; do
		each "$call" EIO 3 inc-log -q -l log --create append rows
	done
	some_log
	for call in open write pwrite short fdatasync fsync rename flock; do
		each "$call" ENOSPC 3 inc-log -q -l log append rows
	done
}

@test "an export whose vanished incidents can't be marked leaves the log as it was" {
	rm -rf log
	tsv 'id\tstate' 'A\tnew' 'B\tnew' >rows
	log --create append --source crm rows >/dev/null
	mv log before
	tsv 'id\tstate' 'B\tnew' >rows
	for call in open write short fdatasync fsync rename flock; do
		each "$call" ENOSPC 1 inc-log -q -l log append --complete crm \
			--changed rows
	done
	for call in write short fdatasync fsync rename; do
		each "$call" KILL 1 inc-log -q -l log append --complete crm \
			--changed rows
	done
}

@test "a torn tail that can't be cut stays, and no entry is added to it" {
	some_log '3	2026'
	for call in open write pwrite short fdatasync fsync ftruncate; do
		each "$call" EIO 1 inc-log -q -l log add id=A state=x
	done
	grep -qx '3.2026' log/00000000000001.tsv.torn
}

@test "a signal in the middle of a call is no failure" {
	some_rows
	for call in write flock output; do
		begin
		with "$call:1:EINTR" inc-log -q -l log --create append rows >out
		prove
		[ "$entries" -eq 3 ]
	done
}

@test "what can't be taken back is said" {
	some_log
	begin
	run --separate-stderr with short:1:ENOSPC,ftruncate:1:EIO \
		inc-log -q -l log add id=A state=x
	want_status 2
	want ''
	want_error "inc-log: write 'log/00000000000001.tsv': No space left on\
 device; what was written could not be taken back: the log may hold a part of\
 the batch"
	prove
	[ "$entries" -eq 2 ]
	log add id=A state=x 2>errors >out
	prove
	[ "$entries" -eq 3 ]
}

@test "rows that could not be printed are in the log all the same" {
	some_rows
	for n in 1 2; do
		begin
		run --separate-stderr with "output:$n:EIO" \
			inc-log -q -l log --create append rows
		want_status 2
		want_error "inc-log: write '<stdout>': Input/output error"
		prove
		[ "$entries" -eq $((n == 1 ? 0 : 3)) ]
	done
}

@test "an add or an append that is killed at a call leaves the log whole" {
	some_rows
	for call in write pwrite short fdatasync fsync rename output; do
		each "$call" KILL 3 inc-log -q -l log --create append rows
	done
	some_log '3	2026'
	for call in write pwrite short fdatasync ftruncate; do
		each "$call" KILL 1 inc-log -q -l log add id=A state=x
	done
}

# many_rows NAME: rows of 3000 incidents, too many for a pipe to hold at once.
many_rows() {
	awk -v name="$1" 'BEGIN {
		print "id\tstate\tsummary"
		for (i = 1; i <= 3000; i++)
			printf "%s-%d\tnew\t%0300d\n", name, i, i
	}'
}

@test "rows that stand in a file share a sync, four thousand at most" {
	rm -rf log
	many_rows a | log --create append >out
	many_rows b >rows
	with fdatasync:2:EIO inc-log -q -l log append rows >out
	prove
	[ "$entries" -eq 6000 ]
	{ many_rows c && many_rows d; } >rows
	run -2 with fdatasync:2:EIO inc-log -q -l log append rows
	prove
	[ "$entries" -eq 10096 ]
}

# killed_soon NAME: an append that is killed some milliseconds after its
# header came out.
killed_soon() {
	inc-log -q -l log append --line-buffered < <(many_rows "$1") >out &
	until_true [ -s out ]
	for ((i = RANDOM % 4; i >= 0; i--)); do
		read -rt "0.00$((RANDOM % 10))" <>never || :
	done
	kill -9 "$!" || :
	wait "$!" || :
}

# killed_at_call NAME: one that is killed at some call, early or late.
killed_at_call() {
	local call=(write short fdatasync output)
	with "${call[RANDOM % 4]}:$((RANDOM % 16 + 1)):KILL" \
		inc-log -q -l log append --line-buffered \
		< <(many_rows "$1") >out || :
}

# killed NAME: kills an append while somebody reads; adds to ./ids the ids of
# the rows that came out.
killed() {
	: >out
	log verify >verified &
	local reader=$!
	"killed_$1" "$2"
	wait "$reader"
	came_out
	echo "$1 $2: $rows rows"
	sed 1d out | head -n "$rows" | cut -f 1 >>ids
}

@test "killed at any moment, forty times, the log keeps all that came out" {
	mkfifo never
	for _ in {1..4}; do
		rm -rf log
		log --create add id=A >/dev/null
		: >ids
		for n in {1..5}; do
			killed soon "a$n"
			killed at_call "b$n"
		done
		prove
		log current | column id | sort >there
		sort ids | comm -23 - there >lost
		same /dev/null lost
		was=$entries
		many_rows last | log append >out
		prove
		[ "$entries" -eq $((was + 3000)) ]
	done
}

@test "a directory whose name could not be synced is not there" {
	for _ in 1 2; do
		run --separate-stderr with fsync:1:EIO \
			inc-log -q -l log --create add id=A
		want_status 2
		want_error "inc-log: sync '.': Input/output error"
		[ ! -e log ]
	done
}

@test "a segment whose name was not synced is synced before it is used" {
	some_log
	begin
	for _ in 1 2; do
		run --separate-stderr with fsync:1:EIO \
			inc-log -q -l log add id=A note=x
		want_status 2
		want_error "inc-log: sync 'log': Input/output error"
	done
	log add id=A note=x >out
	prove
	[ "$entries" -eq 3 ]
}

# begin_append: starts an append of ./pipe, which then has read the log and
# waits for rows on descriptor 9; sets $append.
begin_append() {
	mkfifo pipe
	: >out
	inc-log -q -l log append pipe >out 2>errors &
	append=$!
	exec 9>pipe
	tsv 'id\tstate' >&9
	until_true [ -s out ]
}

# end_append ROW: gives it its only row, waits for it and sets $got.
end_append() {
	tsv "$1" >&9
	exec 9>&-
	got=0
	wait "$append" || got=$?
}

@test "entries that were read and then taken back are not built upon" {
	some_log
	begin
	log add id=A state=more >/dev/null
	# It stops when its entry is written, but not yet on disk.
	in_background fdatasync:1:STOP inc-log -q -l log add id=A state=lost \
		>/dev/null 2>first
	first=$!
	until_true is_stopped "$first"
	begin_append
	kill -CONT "$first"
	wait "$first" || [ "$?" -eq 2 ]
	log add id=A state=other >/dev/null
	end_append 'B\tnew'
	[ "$got" -eq 2 ]
	grep -qx "inc-log: log/00000000000001.tsv: entry 4 was read, but its\
 writer took it back" errors
	prove
	[ "$entries" -eq 4 ]
	tsv 'id\tstate' 'B\tnew' | log append >out
	prove
	[ "$entries" -eq 5 ]
}

@test "a segment that another replaced before it had an entry is read anew" {
	some_log
	begin
	with write:2:EIO inc-log -q -l log add id=A note=x 2>errors || :
	[ -e log/00000000000003.tsv ]
	begin_append
	log add id=A other=y >/dev/null
	end_append 'B\tnew'
	cat errors
	[ "$got" -eq 0 ]
	prove
	[ "$entries" -eq 4 ]
}

@test "a segment that is rewritten while an append waits is read anew" {
	some_log
	begin
	begin_append
	cp log/00000000000001.tsv new
	mv new log/00000000000001.tsv
	log add id=A state=other >/dev/null
	end_append 'B\tnew'
	cat errors
	[ "$got" -eq 0 ]
	prove
	[ "$entries" -eq 4 ]
}

@test "of 32 writers at once, a hundred killed at random, nothing is lost" {
	run -0 "$SOURCE/tests/torture/run" -k 100 -w 32 -r 2 -m 0
	grep -qE '^[0-9]{3} writers killed ' <<<"$output"
}

@test "what could not be logged is not counted as entries" {
	log --create add id=A >out
	tsv 'id\tupdated' 'B\t2026-01-01T00:00:00Z' 'B\t2026-01-01T00:00:00Z' >rows
	run -2 --separate-stderr with fdatasync:1:EIO inc-log -l log append rows
	[[ $stderr == *$'\ninc-log: the last 2 of 2 rows are not in the log' ]]
}

# some_persons: makes ./before, a log in which Ann is told of in two segments
# and in a torn tail.
some_persons() {
	rm -rf log pack
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' >pack/fields.tsv
	log -p pack --create add id=A caller=Ann1 >/dev/null
	log -p pack add id=B caller=Bea >/dev/null
	log -p pack add id=A caller=Ann2 state=x >/dev/null
	printf '4\t2026\tx\t\tnoted\tA\t2026\tAnn3' >>log/00000000000003.tsv
	mv log before
}

# each_redact CALL HOW [VERB...]: lets the first CALL of a redaction fail, then
# the second, and so on.  After each the log is whole, or says what is left to
# be done, and never has a mark without its entry; the same again does the rest.
each_redact() {
	local n got verb=(redact A --personal --why asked)
	[ $# -eq 2 ] || verb=("${@:3}")
	for ((n = 1; ; n++)); do
		begin
		got=0
		with "$1:$n:$2" inc-log -q -l log -p pack "${verb[@]}" \
			>out 2>errors || got=$?
		[ "$got" -ne 0 ] || break
		echo "$1 $n: status $got: $(cat errors)"
		[ "$got" -eq "$([ "$2" = KILL ] && echo 137 || echo 2)" ]
		run --separate-stderr log verify
		if [ "$status" -ne 0 ]; then
			want_status 1
			[[ $stderr == *"'caller' of 'A' is still there, though\
 entry 4 takes it out: "* ]]
			[ "$2" = KILL ] || grep -q 'the same again' errors
		elif [ "$(log history --event redacted | wc -l)" -eq 1 ]; then
			run ! grep -q redacted: log/*.tsv
		fi
		log -p pack redact A --personal --why again >out
		log verify >out
		[[ $(cat out) == '4 entries '* ]]
		run ! grep -rq Ann log
		grep -q Bea log/00000000000001.tsv
		tidy
	done
	[ "$n" -gt 1 ]
	run ! grep -rq Ann log
}

@test "a redaction whose call fails or that is killed is done by the next" {
	some_persons
	for call in open write pwrite short fdatasync fsync rename ftruncate flock; do
		each_redact "$call" EIO
		each_redact "$call" KILL
	done
}

@test "a redaction on a full disk leaves what there was, whole" {
	some_persons
	for call in write short; do
		each_redact "$call" ENOSPC
	done
}

# some_expired: the same, where Ann's time is over; an entry less to be done.
some_expired() {
	some_persons
	tsv 'regulation\twhen\tfrom\tlimit\tretain' 'short\t*\t\t\t12mo' \
		>pack/regulations.tsv
	rm -rf before
	log -p pack --create add id=A caller=Ann1 state=x closed=2020-01-01T00:00:00Z \
		updated=2020-01-01T00:00:00Z >/dev/null
	log -p pack add id=B caller=Bea >/dev/null
	log -p pack correct A caller=Ann2 --occurred 2020-01-02T00:00:00Z >/dev/null
	printf '4\t2026\tx\t\tnoted\tA\t2026\tAnn3' >>log/00000000000001.tsv
	mv log before
}

@test "an expiry whose call fails or that is killed is done by the next" {
	some_expired
	for call in open write short fdatasync fsync rename ftruncate flock fchmod; do
		each_redact "$call" EDQUOT expire --apply
	done
	for call in write fdatasync rename; do
		each_redact "$call" KILL expire --apply
	done
}

@test "a verb of the desk whose call fails leaves the log as it was" {
	some_log
	for call in open write short fdatasync fsync rename flock fchmod; do
		each "$call" EDQUOT 1 inc-log -q -l log hold A 'for parts'
	done
	log --create add id=A note=x >/dev/null
	mv log before-note
	rm -rf before
	mv before-note before
	for call in open write short fdatasync flock; do
		each "$call" EIO 1 inc-log -q -l log note A y
	done
}

@test "what can't be made on a disk that is read-only or full is not there" {
	rm -rf before
	for call in mkdir open fchmod; do
		each "$call" EROFS 1 inc-log -q -l log --create add id=A state=x
	done
	for call in write short fdatasync fsync rename; do
		each "$call" EDQUOT 1 inc-log -q -l log --create add id=A state=x
	done
	some_log
	for call in open fchmod; do
		each "$call" EROFS 1 inc-log -q -l log add id=A note=x
	done
}

# closed ADDED COMMAND...: lets each close of a command fail in turn.  What was
# synced before is there, then, and the command is done; else nothing is.
closed() {
	local n got added=$1
	shift
	begin
	prove
	was="$entries $chain"
	for n in {1..12}; do
		begin
		got=0
		with "close:$n:EIO" "$@" >out 2>errors || got=$?
		echo "close $n: status $got: $(cat errors)"
		if [ "$got" -eq 0 ]; then
			prove
			[ "$entries" -eq $((${was% *} + added)) ]
			tidy
		else
			[ "$got" -eq 2 ]
			explained
			unchanged
		fi
	done
}

@test "a file that can't be closed was synced before, or is not used" {
	rm -rf before
	closed 1 inc-log -q -l log --create add id=A
	some_log
	some_rows
	closed 1 inc-log -q -l log add id=A state=x
	closed 1 inc-log -q -l log add id=A note=x
	closed 3 inc-log -q -l log append rows
}

@test "a log that is taken away or replaced while rows come is not written to" {
	some_log
	begin
	begin_append
	mv log gone
	end_append 'B\tnew'
	[ "$got" -eq 2 ]
	same - errors <<-'END'
		inc-log: log: was taken away or replaced since it was opened: start again
	END
	# A copy in its place has the same entries, but another lock.
	rm pipe
	mv gone log
	begin_append
	mv log gone
	cp -r gone log
	end_append 'B\tnew'
	[ "$got" -eq 2 ]
	grep -q 'taken away or replaced' errors
	rm pipe
	begin_append
	rm -r log
	end_append 'B\tnew'
	[ "$got" -eq 2 ]
	[ "$(wc -l <errors)" -eq 1 ]
	[ ! -e log ]
}

# mounted SCRIPT: runs it where ./disk is a file system of its own, of 64 KiB,
# if that can be had.
mounted() {
	[ "$(id -u)" -eq 0 ] || skip 'only root can mount a file system'
	mkdir disk
	unshare -m true || skip 'no mount namespace here'
	unshare -m bash -eu -o pipefail -c \
		"mount -t tmpfs -o size=64k none disk; $1"
}

@test "a disk that is full to its last byte refuses in a line, and loses nothing" {
	mounted '
		log() { inc-log -q -l disk/log "$@"; }
		refused() {
			got=0
			"$@" >out 2>errors || got=$?
			cat errors
			[ "$got" -eq 2 ]
			[ "$(grep -c "No space left on device" errors)" -eq 1 ]
			[ "$(wc -l <errors)" -le 2 ]
		}
		log --create add id=A summary=x >out
		dd if=/dev/zero of=disk/filler bs=1k count=40 2>dd
		n=1
		while log add id=A summary="$n" >out 2>errors; do
			n=$((n + 1))
		done
		[ "$n" -gt 10 ]
		grep -qx "inc-log: write .disk/log/00000000000001.tsv.: No space left on device" errors
		size=$(stat -c %s disk/log/00000000000001.tsv)
		echo "$n entries, $size bytes"
		# Now byte by byte what the last page has left.
		refused log add id=A summary="$(printf %4096d 0)"
		while [ "$(df --output=avail disk | tail -n 1)" -gt 0 ]; do
			dd if=/dev/zero of=disk/filler2 bs=1k count=4 2>>dd || :
		done
		refused log add id=A summary="$(printf %4096d 0)"
		refused log add id=A other=y
		refused log add id=B other=y
		refused inc-log -q -l disk/new --create add id=A
		[ "$(log verify | cut -d " " -f 1)" -eq "$n" ]
		[ "$(log current | wc -l)" -eq 2 ]
		[ "$(stat -c %s disk/log/00000000000001.tsv)" -eq "$size" ]
		[ ! -e disk/new ] || [ ! -e disk/new/00000000000001.tsv ]
		[ -z "$(find disk -name "*.tmp")" ]
		rm disk/filler*
		log add id=A other=y >out
		[ "$(log verify | cut -d " " -f 1)" -eq $((n + 1)) ]
	'
}

@test "a disk that is read-only is read, and written to in no way" {
	mounted '
		log() { inc-log -q -l disk/log "$@"; }
		log --create add id=A summary=x >out
		printf "2\t2026" >>disk/log/00000000000001.tsv
		mount -o remount,ro disk
		for words in "add id=A summary=y" "note A z" "--create add id=B" \
			"redact A --fields summary --why x" "restored --why x"; do
			got=0
			inc-log -q -l disk/log $words >out 2>errors || got=$?
			cat errors
			[ "$got" -eq 2 ]
			[ "$(cat errors)" = "inc-log: open '\''disk/log/lock'\'': Read-only file system" ]
		done
		log verify >out
		log current | cut -f 1 | tail -n 1 | grep -qx A
		log history A >out
		log head >out
		log list >out
	'
}

# traced: whether programs can be traced here.
traced() {
	command -v strace >/dev/null || skip 'no strace here'
	! sanitized || skip 'the leak sanitizer does not work under strace'
	strace -o trace true || skip 'programs can not be traced here'
}

# calls: the calls that ./trace has: what is written to the segment (entry), to
# standard output (row), and what is synced.
calls() {
	sed -nE 's/^([0-9]+ +)?write\(1, .*/row/p
		s/^([0-9]+ +)?write\([3-9][0-9]*, .*/entry/p
		s/^([0-9]+ +)?(fdatasync|fsync)\(.*= 0$/sync/p' trace
}

@test "a row comes out after the sync that its entry is in, as strace sees it" {
	traced
	some_log
	begin
	strace -f -o trace -e trace=write,fdatasync,fsync \
		inc-log -q -l log add id=A state=x >out
	# What a copy has is synced first: nobody knows whether it is on disk.
	calls | same <(printf '%s\n' sync entry sync row) -
	tsv 'id\tstate' 'B\tnew' 'C\tnew' >rows
	strace -f -o trace -e trace=write,fdatasync,fsync \
		inc-log -q -l log append --line-buffered rows >out
	calls | same <(printf '%s\n' row entry sync row) -
	# One row at a time, each is on disk before it comes out.
	mkfifo pipe
	strace -f -o trace -e trace=write,fdatasync,fsync \
		inc-log -q -l log append pipe >out &
	exec 9>pipe
	tsv 'id\tstate' >&9
	for n in 1 2 3; do
		tsv "D$n\tnew" >&9
		until_true grep -q "^D$n" out
	done
	exec 9>&-
	wait $!
	calls | same <(printf '%s\n' row entry sync row entry sync row entry sync row) -
}

# eight_are_in: whether the entries of all eight writers are in the log.
eight_are_in() {
	[ "$(grep -c '	W[1-8]	' log/00000000000001.tsv)" -eq 8 ]
}

# eight_at_once HOW: of eight writers of a row each the first stops before its
# sync, and goes on (HOW: see shim.c) when all eight have written.  What they do
# is in ./calls, and the number of those that failed in $failed.
eight_at_once() {
	local writers=() n
	some_log
	mv before log
	log add id=A state=last >/dev/null
	prove
	was="$entries $chain"
	: >calls
	export INC_CALLS=calls
	in_background "fdatasync:1:$1" inc-log -q -l log add id=W1 \
		>out1 2>errors1
	writers=($!)
	until_true is_stopped "$!"
	for n in 2 3 4 5 6 7 8; do
		in_background '' inc-log -q -l log add id="W$n" \
			>"out$n" 2>"errors$n"
		writers+=($!)
	done
	unset INC_CALLS
	until_true eight_are_in
	# What is not on disk is neither shown nor told.
	log head | cut -f 1 >shown &
	kill -CONT "${writers[0]}"
	wait "$!"
	failed=0
	for n in "${writers[@]}"; do
		wait "$n" || failed=$((failed + ($? == 2)))
	done
}

@test "eight writers of a row each share a sync" {
	eight_at_once PAUSE
	[ "$failed" -eq 0 ]
	[ "$(grep -c fdatasync calls)" -eq 2 ]
	prove
	[ "$entries" -eq 11 ]
	[ "$(cat shown)" -ge 4 ]
}

@test "a failed sync takes back what all have written since the last" {
	eight_at_once STOP
	[ "$failed" -eq 8 ]
	unchanged
	[ "$(cat shown)" -eq 3 ]
	grep -qx "inc-log: sync 'log/00000000000001.tsv': Input/output error" errors1
	for n in 2 3 4 5 6 7 8; do
		same <(echo 'inc-log: log/00000000000001.tsv: another writer could not sync it: what was added since is taken back') "errors$n"
	done
	run ! grep . out1 out2 out3 out4 out5 out6 out7 out8
	log add id=B >/dev/null
	prove
	[ "$entries" -eq 4 ]
}

@test "what could not be synced and nobody took back the next writer does" {
	local n
	some_log
	mv before log
	log add id=A state=last >/dev/null
	# The one dies before it can take back, the other once it has written.
	in_background fdatasync:1:STOP,flock:6:KILL inc-log -q -l log add id=B \
		>out 2>errors
	first=$!
	until_true is_stopped "$first"
	in_background flock:4:KILL inc-log -q -l log add id=C >out2 2>errors2
	second=$!
	wait "$second" || [ "$?" -eq 137 ]
	kill -CONT "$first"
	wait "$first" || n=$?
	[ "$n" -eq 137 ]
	[ "$(wc -l <log/00000000000001.tsv)" -eq 6 ]
	log head | cut -f 1 | same <(echo 3) -
	# Whoever does it has read what it then takes back.
	run -2 --separate-stderr inc-log -l log add id=D
	[[ ${stderr_lines[-2]} == "inc-log: log/00000000000001.tsv: could not be synced; its last "*" bytes, of which nobody was told, are taken back" ]]
	[[ ${stderr_lines[-1]} == *': entry 5 was read, but its writer took it back' ]]
	prove
	[ "$entries" -eq 3 ]
	log add id=D >out
	prove
	[ "$entries" -eq 4 ]
	log current | column id | same <(tsv A D) -
}

@test "of writers at once whose syncs fail at random, exactly what came out is there" {
	local n writers lost=0
	for _ in {1..8}; do
		rm -rf log acknowledged
		log --create add id=A >/dev/null
		writers=()
		for n in {1..6}; do
			in_background "fdatasync:$((RANDOM % 12 + 1)):EIO" \
				inc-log -q -l log append --line-buffered \
				<(many_rows "w$n") >"out$n" 2>"errors$n"
			writers+=($!)
		done
		for n in {1..6}; do
			got=0
			wait "${writers[n - 1]}" || got=$?
			[ "$got" -eq 0 ] || [ "$got" -eq 2 ]
			lost=$((lost + (got == 2)))
			[ "$got" -eq 0 ] || [[ $(wc -l <"errors$n") == [12] ]]
			[ "$got" -eq 2 ] || same /dev/null "errors$n"
			sed 1d "out$n" | cut -f 1 >>acknowledged
		done
		prove
		log current | column id | sed 1d | sort >there
		sort acknowledged | same - there
	done
	[ "$lost" -gt 0 ]
}

@test "what a dead writer left is synced before somebody is told of it" {
	some_log
	mv before log
	log add id=A state=last >/dev/null
	tsv 'id\tstate' 'B\tnew' >rows
	# It dies when it would wait for its sync.
	run -137 with flock:4:KILL inc-log -q -l log append rows
	[ "$(wc -l <log/00000000000001.tsv)" -eq 5 ]
	rm -f calls
	INC_CALLS=calls with '' inc-log -q -l log append rows >out
	grep -q '^B' out
	grep -e output -e fdatasync calls | same <(tsv output fdatasync output) -
	prove
	[ "$entries" -eq 4 ]
	# And only then.
	rm calls
	INC_CALLS=calls with '' inc-log -q -l log append rows >out
	run ! grep fdatasync calls
}

@test "a row whose sync could not be waited for may be in the log, which is said" {
	some_log
	mv before log
	log add id=A state=last >/dev/null
	run -2 --separate-stderr with flock:4:EIO inc-log -q -l log add id=B
	want ''
	want_error "inc-log: lock 'log': Input/output error; what was written\
 could not be taken back: the log may hold a part of the batch"
	log add id=C >out
	prove
	[ "$entries" -eq 5 ]
}

# anything: writes to a log whose file `synced` is as it is, with every sync
# failing in turn.  What was in the log stays.
anything() {
	local n before
	cp -p log/synced kept 2>/dev/null || rm -f kept
	for n in 1 2 3 4; do
		prove
		was="$entries $chain"
		before=$(head -n $((entries + 1)) log/00000000000001.tsv | sha256sum)
		log head | cut -f 1 | same <(echo "$entries") -
		with "fdatasync:$n:EIO" inc-log -q -l log add id=Z state=$n \
			>out 2>&1 || unchanged
		prove
		[ "$(head -n $((${was% *} + 1)) log/00000000000001.tsv | sha256sum)" = "$before" ]
		if [ -e kept ]; then cat kept >log/synced; else rm log/synced; fi
	done
	log add id=Z state=last >out
	[ "$(stat -c %a log/synced)" = 600 ]
	prove
	[ "$entries" -gt "${was% *}" ]
}

@test "a log without the file synced, as older ones are, works" {
	some_log
	mv before log
	rm log/synced
	anything
}

@test "whatever stands in the file synced, what is in the log stays" {
	some_log
	mv before log
	for text in '' x "$(printf '%0128d' 0)" "$(head -c 128 /dev/urandom | base64)"; do
		printf %s "$text" >log/synced
		anything
	done
	# That it is another's.
	printf '%020d\t%020d\t%020d\t%064d\n' 1 9 9 0 >log/synced
	anything
}

@test "a file synced out of an older or a newer backup takes nothing back" {
	some_log
	mv before log
	log add id=B >out
	cat log/synced >older
	cat log/00000000000001.tsv >segment
	log add id=C >out
	log add id=D >out
	cat log/synced >newer
	cat older >log/synced
	anything
	# The same files again, with what they held before.
	cat segment >log/00000000000001.tsv
	cat newer >log/synced
	anything
	# A log of yesterday in another place.
	cp -a log copy
	log add id=E >out
	rm -rf log
	mv copy log
	anything
}

@test "who may only read the log reads its head too" {
	[ "$(id -u)" -eq 0 ] || skip 'not root'
	some_log
	mv before log
	chmod 755 . log
	chmod 644 log/*
	run setpriv --reuid=65534 --clear-groups "$BUILD"/inc-log -q -l log head
	want_status 0
	[ "${output%%$'\t'*}" = 2 ]
	rm log/synced
	run setpriv --reuid=65534 --clear-groups "$BUILD"/inc-log -q -l log head
	want_status 0
	[ "${output%%$'\t'*}" = 2 ]
	[ ! -e log/synced ]
}

@test "a writer waits for a sync as long as it is told to, before it writes" {
	some_log
	begin
	prove
	was="$entries $chain"
	exec 8<log/synced
	flock 8
	run -75 --separate-stderr log add --wait 0s id=B
	want_error 'inc-log: log: another writer has held the log for 0s: try again later'
	run -75 --separate-stderr log head --wait 0s
	want_error 'inc-log: log: another writer has held the log for 0s: try again later'
	exec 8<&-
	unchanged
	log add --wait 0s id=B >out
}
