# -j: with any number of workers a program does, to the byte, what one does.
# A block is what one read brings, at most 256 KiB; -j 8 is more workers than
# there are blocks, or processors.
load helper

BLOCK=262144
NOW=2026-03-25T12:00:00Z

# A sanitizer takes ten times as long.
JOBS='1 2 3 8' RECORDS=9000 NEAR=12
! sanitized || JOBS='1 3' RECORDS=2500 NEAR=1

# A pack by which some records go wrong in every way that is said; wakings,
# sms and voice as in tests/inc-notify.bats.
setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	cp -r "$FIXTURES/notify" pack
	mkdir -p pack/wording/voice pack/wording/sms
	tsv '{count} at once, {id|digits} first' >pack/wording/voice/summary.txt
	tsv '{count} at once: {ids}; {callback}' >pack/wording/sms/summary.txt
	cp "$BATS_TEST_DIRNAME/fixtures/contract.map.tsv" map.tsv
	records $RECORDS >stream
	exports $RECORDS >export.csv
}

# records NUMBER [FIRST]: a stream, in which lines that are none, values that
# can't be read, escapes and later headers come now and then.
records() {
	awk -v n="$1" -v first="${2:-1}" 'BEGIN {
		header = "id\treceived\tpriority\tsummary\tnotice\tlevel\tcaller\tother"
		print header
		for (i = first; i < first + n; i++) {
			id = i % 97 ? "I" i : ""
			at = sprintf("2026-03-25T%02d:%02d:00Z", i % 11, i % 60)
			if (i % 301 == 0) at = "yesterday"
			p = i % 89 ? "P" (1 + i % 3) : "P9"
			s = i % 5 ? "no " i : "a \\t b \\\\ c \\n " i
			for (k = i % 40; k > 0; k--) s = s " längere Worte"
			notice = i % 7 == 0 ? "duty" : i % 31 == 0 ? "gold" : ""
			if (i % 211 == 0) print "one\ttwo"
			if (i % 223 == 0) print "bad \377 byte\t\t\t\t\t\t\t"
			if (i % 997 == 0) print header
			printf "%s\t%s\t%s\t%s\t%s\t%s\t\t%s%s", id, at, p, s, \
			    notice, i % 1009 ? "" : "x", i % 3, \
			    i % 19 ? "\n" : "\r\n"
		}
	}'
}

# exports NUMBER: the same in CSV, with quotes, wrong ones too.
exports() {
	awk -v n="$1" 'BEGIN {
		print "id,received,updated,summary,impact,urgency,priority,other"
		for (i = 1; i <= n; i++) {
			s = "no " i
			if (i % 3 == 0) s = "\"two\nlines, and a \"\"quote\"\" " i "\""
			if (i % 401 == 0) s = "\"never closed " i
			if (i % 307 == 0) s = "bad \377 byte"
			at = i % 113 ? "2026-03-02T08:00:00Z" : "soon"
			printf "a%d,%s,%s,%s,1,2,P1,x%s", i, at, at, s, i % 7 ? "\n" : "\r\n"
			if (i % 503 == 0) print "too,few"
		}
	}'
}

# alike PROGRAM [ARGUMENT...]: whether output, messages, rejects and status
# are the same with any of $JOBS workers; left in out.1, error.1 and so on.
# Standard input is the file $from.
from=/dev/null
alike() {
	local jobs status
	for jobs in $JOBS; do
		rm -f rejects
		status=0
		"$1" -j "$jobs" --rejects rejects "${@:2}" \
			<"$from" >"out.$jobs" 2>"error.$jobs" || status=$?
		echo "$status" >"status.$jobs"
		touch rejects
		mv rejects "rejects.$jobs"
	done
	for jobs in ${JOBS#1 }; do
		cmp "out.1" "out.$jobs"
		same "error.1" "error.$jobs"
		cmp "rejects.1" "rejects.$jobs"
		same status.1 "status.$jobs"
	done
}

# of_each FUNCTION: calls it with each program and the least it needs.
of_each() {
	local pack=$BATS_FILE_TMPDIR/pack
	"$1" inc-select 'other = 1 or received > 2026-03-25T03:00:00Z'
	"$1" inc-triage -p itsm --now $NOW
	"$1" inc-escalate -p itsm --now $NOW
	"$1" inc-notify -p "$pack" --now $NOW
	"$1" inc-advise -p "$FIXTURES/advise:itsm" --now $NOW
}

many() {
	echo "$@"
	alike "$@" "$BATS_FILE_TMPDIR/stream"
	[ "$(cat status.1)" -eq 3 ]
	[ "$(wc -l <rejects.1)" -gt 15 ]
	from=$BATS_FILE_TMPDIR/stream alike "$@"
}

@test "many records, bad ones among them, are done in order" {
	of_each many
}

@test "so are those of an export, whose quotes go over many lines" {
	alike inc-import -m "$BATS_FILE_TMPDIR/map.tsv" "$BATS_FILE_TMPDIR/export.csv"
	[ "$(cat status.1)" -eq 3 ]
	[ "$(wc -l <rejects.1)" -gt 10 ]
	[ "$(wc -l <out.1)" -gt 2000 ]
	cp out.1 expected
	from=$BATS_FILE_TMPDIR/export.csv alike inc-import -m "$BATS_FILE_TMPDIR/map.tsv"
	same expected out.1
}

@test "so are those with values that a capture does not match" {
	cp "$BATS_FILE_TMPDIR/map.tsv" map.tsv
	printf 'other\t*\t{other}\t\t\t\t^(y)$\n' >>map.tsv
	alike inc-import -m map.tsv "$BATS_FILE_TMPDIR/export.csv"
	grep -q "does not match" error.1
}

@test "so are those of an export in JSON, and what ends it is said last" {
	awk 'BEGIN { for (i = 0; i < 5000; i++)
		printf "{\"id\": \"a%d\", \"other\": [\"x\", %d], \"summary\": \"é \\u00e9 %d\"}\n", \
		    i, i % 3, i }' >in.json
	alike inc-import -m "$BATS_FILE_TMPDIR/map.tsv" in.json
	[ "$(wc -l <out.1)" -eq 5001 ]
	echo '{"id": [' >>in.json
	alike inc-import -m "$BATS_FILE_TMPDIR/map.tsv" in.json
	from=in.json alike inc-import -m "$BATS_FILE_TMPDIR/map.tsv" -
}

drops() {
	echo "$@"
	for jobs in 1 8; do
		dd bs=997 status=none if="$BATS_FILE_TMPDIR/$file" |
			"$1" -j "$jobs" "${@:2}" >"out.$jobs" 2>"error.$jobs" || true
	done
	cmp out.1 out.8
	same error.1 error.8
}

@test "so are those that come through a pipe in drops" {
	file=stream
	of_each drops
	file=export.csv
	drops inc-import -m "$BATS_FILE_TMPDIR/map.tsv"
}

several() {
	echo "$@"
	from=two alike "$@" one two - three
	tail -n +2 one >bare
	alike "$@" -H "$(head -n 1 one | tr '\t' ,)" bare bare
	alike "$@" --no-header one
}

@test "several files, with headers or without, keep their places" {
	records $((RECORDS / 4)) >one
	records $((RECORDS / 5)) 5000 | head -c -1 >two # its last line has no end
	records 5 >three
	of_each several
	exports $((RECORDS / 4)) >one
	exports $((RECORDS / 5)) | head -c -1 >two
	exports 5 >three
	from=two alike inc-import -m "$BATS_FILE_TMPDIR/map.tsv" one two - three
}

few() {
	local file
	echo "$@"
	for file in empty header unfinished row; do
		alike "$@" $file
	done
	alike "$@" header none
}

@test "no input, a header alone and a single row are as ever" {
	: >empty
	records 0 >header
	records 0 | head -c -1 >unfinished
	records 1 | head -c -1 >row
	of_each few
	exports 0 >header
	exports 0 | head -c -1 >unfinished
	exports 1 | head -c -1 >row
	few inc-import -m "$BATS_FILE_TMPDIR/map.tsv"
}

# long NUMBER: so many bytes.
long() {
	head -c "$1" /dev/zero | tr '\0' x
}

@test "rows of every length around the end of a block are whole" {
	for blocks in 1 2 3; do
		for by in $(seq -$NEAR $NEAR); do
			{
				echo id
				long $((blocks * BLOCK + by))
				printf '\nb\n\303\251\nbad\trow\n'
				long $((BLOCK + by))
				printf '\nlast\n'
			} >in
			for jobs in $JOBS; do
				rm -f rejects
				inc-select -j "$jobs" --rejects rejects '*' in \
					>"out.$jobs" 2>"error.$jobs" || [ $? -eq 3 ]
				cat rejects >>"out.$jobs"
			done
			for jobs in ${JOBS#1 }; do
				cmp out.1 "out.$jobs"
				cmp error.1 "error.$jobs"
			done
			[ "$(wc -l <out.1)" -eq 8 ]
		done
	done
}

@test "a quote may be open at the end of a block" {
	for by in $(seq -$((NEAR / 2)) $((NEAR / 2))); do
		{
			echo 'id,summary'
			printf 'a,"%s\n""x"" %s"\n' "$(long 100)" "$(long $((BLOCK - 120 + by)))"
			printf 'b,"1\n2"\nc,"3\r\n4"\n'
			printf 'd,"%s"\n' "$(long $((2 * BLOCK + by)))"
			printf 'e,f'
		} >in.csv
		alike inc-import -m generic in.csv
		[ "$(wc -l <out.1)" -eq 6 ]
	done
}

@test "what is longer than a worker ever had does not stop him" {
	{
		echo 'id	other'
		for i in 1 2 3; do
			long 3000000
			printf '\t1\nshort\t1\n'
		done
	} >in
	alike inc-select 'other = 1' in
	[ "$(wc -l <out.1)" -eq 7 ]
}

@test "one who reads a slow input holds nobody up" {
	for program in select import notify; do
		mkfifo in out
		case $program in
		select) set -- '*' ;;
		import) set -- -m generic ;;
		notify) set -- -p "$BATS_FILE_TMPDIR/pack" --now $NOW ;;
		esac
		tsv 'id\tpriority\treceived' >header
		"inc-$program" -q -j 3 --line-buffered "$@" <in >out 2>error &
		exec 7>in 8<out
		cat header >&7
		for i in 1 2 3 4; do
			tsv "I$i\tP1\t$NOW" >&7
			until read -r -t 20 row <&8 && [[ $row == *I$i* ]]; do
				[ -n "$row" ]
			done
		done
		exec 7>&- 8<&-
		wait $!
		rm in out
	done
}

@test "who waits for input is stopped where nothing can be written" {
	for program in select import; do
		set -- '*'
		[ $program = select ] || set -- -m generic
		mkfifo in
		"inc-$program" -q -j 3 --line-buffered "$@" <in >/dev/full 2>error &
		exec 7>in
		tsv 'id\tother' 'a\tb' 'c\td' >&7
		status=0
		timeout 20 tail --pid=$! -f /dev/null
		wait $! || status=$?
		[ "$status" -eq 2 ]
		exec 7>&-
		want_text "inc-$program: write '<stdout>': No space left on device" error
		rm in
	done
}

# want_text TEXT FILE: compares the whole of a file.
want_text() {
	diff -u <(printf '%s\n' "$1") "$2"
}

full() {
	local jobs status
	echo "$@"
	for jobs in $JOBS; do
		status=0
		"$1" -j "$jobs" "${@:2}" "$BATS_FILE_TMPDIR/stream" \
			>/dev/full 2>"error.$jobs" || status=$?
		[ "$status" -eq 2 ]
		same error.1 "error.$jobs"
		status=0
		"$1" -j "$jobs" --rejects /dev/full "${@:2}" \
			"$BATS_FILE_TMPDIR/stream" >"out.$jobs" 2>"reject.$jobs" || status=$?
		[ "$status" -eq 2 ]
		same reject.1 "reject.$jobs"
		cmp out.1 "out.$jobs"
	done
	grep -q 'No space left' error.1
	grep -q 'No space left' reject.1
}

@test "on a full disk as much is said, and no more" {
	of_each full
}

@test "a reader that leaves ends it" {
	for jobs in $JOBS; do
		# More than the pipe holds, which is 1 MiB.
		run -0 bash -c 'inc-select -q -j "$1" "*" "$2" "$2" "$2" "$2" \
			2>/dev/null | head -n 2 | wc -l
			[ "${PIPESTATUS[0]}" -eq 141 ]' \
			- "$jobs" "$BATS_FILE_TMPDIR/stream"
		[ "$output" = 2 ]
	done
}

@test "what depends on the order of all records is the same" {
	pack=$BATS_FILE_TMPDIR/pack stream=$BATS_FILE_TMPDIR/stream
	alike inc-select --count 'other = 1' "$stream"
	alike inc-select --max-count 700 'other = 1' "$stream"
	[ "$(wc -l <out.1)" -eq 701 ]
	alike inc-select 'id = nobody' "$stream"
	for most in 0 2 100; do
		alike inc-notify -p "$pack" --now $NOW --most-wakings $most "$stream"
	done
	alike inc-notify -p "$pack" --now $NOW --explain "$stream"
	alike inc-notify -q -p "$pack" --now $NOW --reason duty "$stream"
	alike inc-triage -p itsm --now $NOW --explain --prefix x_ "$stream"
	alike inc-escalate -p itsm --now $NOW --explain "$stream"
	alike inc-escalate -p itsm --now $NOW --level 2 --why test "$stream"
	grep -v '	x	' "$stream" >history
	alike inc-escalate -p itsm --now $NOW --replay history
}

@test "the rules may come from a pipe" {
	tsv 'node\twhen\tpriority' 'start\tother = 1\tP1' 'start\t*\tP2' >tree
	inc-triage -q -p itsm --now $NOW --tree tree "$BATS_FILE_TMPDIR/stream" \
		2>/dev/null >expected || [ $? -eq 3 ]
	for jobs in $JOBS; do
		inc-triage -q -j "$jobs" -p itsm --now $NOW --tree <(cat tree) \
			"$BATS_FILE_TMPDIR/stream" 2>/dev/null >out || [ $? -eq 3 ]
		cut -f 1-9 out | same <(cut -f 1-9 expected) -
	done
}

@test "a number from 1 to 64 is expected" {
	for jobs in 0 65 -1 x ''; do
		run --separate-stderr inc-select -j "$jobs" '*' /dev/null
		want_status 2
		want ''
		[[ $stderr == "inc-select: --jobs '$jobs': a number from 1 to 64 was expected"* ]]
	done
	echo id >in
	run -1 inc-select -q --jobs 64 '*' in
}

@test "the memory that it takes is bounded by the workers, not by the input" {
	! sanitized || skip 'a sanitizer takes more'
	for i in 1 2 3 4 5 6 7 8; do
		tail -n +2 "$BATS_FILE_TMPDIR/stream"
	done >rows
	head -n 1 "$BATS_FILE_TMPDIR/stream" | cat - rows rows rows >in
	[ "$(wc -c <in)" -gt 60000000 ]
	(
		ulimit -v 200000
		inc-select -q -j 2 '*' in 2>/dev/null | cksum >out || true
	)
	{ inc-select -q '*' in 2>/dev/null || true; } | cksum | same out -
}

@test "the real exports are done alike" {
	need_data
	for file in itsm-abc/ITSM_data.csv helpdesk/helpdesk.csv.gz montco-911/911_noheader.csv; do
		map=${file%%/*}
		map=${map//montco-911/montco911}
		for jobs in 1 2; do
			{
				inc-import -j "$jobs" -m "$map" "$DATA/$file" |
					inc-triage -j "$jobs" -p itsm --now $NOW |
					inc-escalate -j "$jobs" -p itsm --now $NOW >rows
				inc-notify -j "$jobs" -p itsm --now $NOW rows
			} >"out.$jobs" 2>"error.$jobs" || true
			sort "error.$jobs" >sorted.$jobs # three write at once
		done
		cmp out.1 out.2
		same sorted.1 sorted.2
		[ -s out.1 ]
	done
}
