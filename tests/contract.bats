# What every program keeps to: inc(7), inc-stream(5).  Each test goes through
# all programs; the last one named before a failure is the one that failed.
load helper

# The least that each program can be called with (call), the input for it
# (take), and what kind it is: a filter writes a row for each row at once, a
# maker rows of its own, a fold writes when it has read all, a summary only what
# it counted, an import reads CSV, and a sender goes on with what is due, whatever
# comes in or goes out.
# inc itself, inc-check, inc-describe and inc-tick read none.
PROGRAMS=$(echo inc && programs)
READERS=$(grep -vxE 'inc|inc-(check|describe|tick)' <<<"$PROGRAMS") # of a stream
NOW=2026-03-02T12:00:00Z

kind() {
	case $1 in
	inc-select | inc-triage | inc-escalate) echo filter ;;
	inc-advise | inc-notify) echo maker ;;
	inc-log) echo fold ;;
	inc-compare) echo summary ;;
	inc-import) echo import ;;
	inc-send) echo sender ;;
	*) echo "$1 is not in the table" && return 1 ;;
	esac
}

call() {
	local program=$1
	shift
	case $program in
	inc-select) set -- -q '*' "$@" ;;
	inc-triage) set -- -p itsm "$@" ;;
	inc-escalate | inc-notify) set -- -p itsm --now "$NOW" "$@" ;;
	inc-log) set -- -q current - "$@" ;;
	inc-advise) set -- -p "$FIXTURES/advise:itsm" "$@" ;;
	inc-compare) set -- -q -p itsm --truth impact --test urgency "$@" ;;
	inc-import) set -- -q -m "$FIXTURES/contract.map.tsv" "$@" ;;
	inc-send) # at the same time into a new spool: the same comes out
		rm -rf spool
		with_clock 1772452800 "$program" -q -s spool --create \
			-j 1 -p "$FIXTURES/contract.pack:itsm" "$@"
		return ;;
	esac
	"$program" "$@"
}

# table PROGRAM LINE...: a table of a program's form; fields separated by \t.
table() {
	if [ "$1" = inc-import ]; then
		tsv "${@:2}" | tr '\t' ,
	else
		tsv "${@:2}"
	fi
}

# take PROGRAM: it is under test, and these are rows that it takes.
take() {
	echo "$1"
	case $1 in
	inc-send)
		HEADER='message\tid\tparty\tsummary\tmedium\taddress\tbody\tother'
		ROW1="$(printf '%032d' 1)\ta\tann\tone\tquiet\t1\tsome words\tx y"
		ROW2="$(printf '%032d' 2)\tb\tbob\ttwo é\tquiet\t2\tmore\t" ;;
	*)
		HEADER='id\treceived\tupdated\tsummary\timpact\turgency\tpriority\tother'
		ROW1='a\t2026-03-02T08:00:00Z\t2026-03-02T08:00:00Z\tone\t1\t1\tP1\tx y'
		ROW2='b\t2026-03-02T09:00:00Z\t2026-03-02T09:00:00Z\ttwo é\t3\t3\tP4\t' ;;
	esac
}

# Programs of some kinds.
of_kind() {
	for program in $READERS; do
		[[ " $* " != *" $(kind "$program") "* ]] || echo "$program"
	done
}

# want_nothing: no row came out, and of all but a sender no header.
want_nothing() {
	if [ "$(kind "$program")" = sender ]; then
		[ "${#lines[@]}" -le 1 ]
	else
		want ''
	fi
}

# Whether messages are free of what a sanitizer says.
no_crash() {
	[[ $1 != *AddressSanitizer* && $1 != *'runtime error'* ]]
}

@test "every program is in the table and gives a valid answer to it" {
	for program in $READERS; do
		take "$program"
		kind "$program"
		table "$program" "$HEADER" "$ROW1" "$ROW2" >in
		call "$program" <in >out 2>error
		cat error
		[ "$(wc -l <out)" -ge 2 ]
		[ ! -s error ]
	done
}

@test "help goes to standard output with status 0" {
	for program in $PROGRAMS; do
		take "$program"
		run -0 --separate-stderr "$program" --help
		[[ $output == "usage: $program"* ]]
		[[ $output == *"See $program(1)." ]]
		want_error ''
		long=$output
		run -0 --separate-stderr "$program" -h
		want "$long"
	done
}

@test "the version goes to standard output with status 0" {
	for program in $PROGRAMS; do
		take "$program"
		run -0 --separate-stderr "$program" --version
		[[ $output =~ ^$program\ [0-9]+\.[0-9]+$ ]]
		run -0 --separate-stderr "$program" -V
		want_error ''
	done
}

@test "a bad option gets one line and the usage, status 2" {
	for program in $PROGRAMS; do
		take "$program"
		"$program" --help | awk '!/^usage:|^       /{ exit } { print }' >usage
		for option in --bogus -Z --version=1 --qiet; do
			run -2 --separate-stderr "$program" $option
			want ''
			[[ $stderr == "$program: "*"$option"* ||
				$option == --version=1 ]]
			printf '%s\n' "$stderr" | tail -n +2 >rest
			# what was wrong stays on the screen
			[ "$(wc -l <usage)" -le 12 ] ||
				echo "usage: see $program --help" >usage
			same usage rest
		done
		# A script does not guess.
		[[ $program == inc-tick ||
			$stderr == *"(did you mean '--quiet'?)"* ]]
	done
}

@test "words that go into rows are refused where they are not UTF-8" {
	printf 'id\n1\n' >in
	for program in $READERS; do
		take "$program"
		run -2 --separate-stderr call "$program" -H $'id,caf\xe9' in
		want ''
		[[ $stderr == *'--header: text in UTF-8 was expected'* ]]
	done
	run -2 --separate-stderr inc-escalate -p itsm --level 1 --why $'caf\xe9' in
	want ''
	[[ $stderr == *'--why: text in UTF-8 was expected'* ]]
	tsv 'node\twhen\tcode' 'a\t*\tX' >$'t\xe9.tsv'
	run -2 --separate-stderr inc-triage -p itsm --tree $'t\xe9.tsv' in
	want ''
	[[ $stderr == *"a name in UTF-8 was expected: it goes into 'rules'" ]]
}

@test "rejects are a stream, whatever the file is called" {
	printf 'id\ta\n1\n' >$'f\tz'
	run -3 --separate-stderr inc-select -q --rejects rejects '*' $'f\tz'
	run -0 --separate-stderr inc-select -q '*' rejects
	[ "$(column file <<<"$output")" = 'f\tz' ]
}

@test "of many lines that are set aside the number is told at the end" {
	{ printf 'a\tb\n'; yes 1 | head -n 21; } >in
	for jobs in 1 2; do
		run -3 --separate-stderr inc-select -j $jobs '*' in
		[ "$(tail -n 1 <<<"$stderr")" = \
			'inc-select: 21 records in all were set aside; --rejects FILE keeps them' ]
	done
	run -3 --separate-stderr inc-select --rejects kept '*' in
	[ "$(tail -n 1 <<<"$stderr")" = \
		'inc-select: 21 records in all were set aside' ]
	run -3 --separate-stderr inc-select -q '*' in
	[ "$(wc -l <<<"$stderr")" -eq 21 ]
}

@test "a missing option value gets one line and the usage, status 2" {
	for program in $PROGRAMS; do
		take "$program"
		option=$("$program" --help |
			LC_ALL=C sed -n 's/.*\(--[a-z-]*\) [A-Z].*/\1/p' | head -n 1)
		run -2 --separate-stderr "$program" "$option"
		want ''
		[[ $stderr == "$program: option $option needs "* ]]
	done
}

@test "a missing file is named, status 2, and nothing comes out" {
	for program in $(of_kind filter maker import sender); do
		take "$program"
		run -2 --separate-stderr call "$program" no/such
		want_nothing
		want_error "$program: open 'no/such': No such file or directory"
	done
}

@test "a missing second file stops the program before its first row" {
	for program in $(of_kind filter maker import sender); do
		take "$program"
		table "$program" "$HEADER" "$ROW1" >in
		run -2 --separate-stderr call "$program" in no/such
		want_nothing
		want_error "$program: open 'no/such': No such file or directory"
	done
}

@test "a directory for a file is refused, status 2" {
	mkdir dir
	for program in $(of_kind filter maker import sender); do
		take "$program"
		run -2 --separate-stderr call "$program" dir
		want_nothing
		[[ $stderr == "$program: "*dir* ]]
		[[ ${stderr,,} == *directory* ]]
	done
}

@test "empty input is an error, status 2, and nothing comes out" {
	for program in $(of_kind filter maker fold import); do
		take "$program"
		run -2 --separate-stderr call "$program" </dev/null
		want ''
		want_error "$program: <stdin>: empty, a header line was expected"
	done
}

@test "a header alone gives a header alone" {
	for program in $READERS; do
		take "$program"
		table "$program" "$HEADER" >in
		status=0
		call "$program" <in >out 2>error || status=$?
		cat error
		[ ! -s error ]
		[ "$(wc -l <out)" -eq 1 ]
		case $program in
		inc-select) [ "$status" -eq 1 ] ;;
		*) [ "$status" -eq 0 ] ;;
		esac
	done
}

@test "CRLF, a byte order mark and a missing last line end change nothing" {
	for program in $READERS; do
		take "$program"
		table "$program" "$HEADER" "$ROW1" "$ROW2" >in
		call "$program" <in >expected
		sed 's/$/\r/' in >crlf
		call "$program" <crlf >out 2>&1
		same expected out
		(printf '\xef\xbb\xbf' && cat in) >bom
		call "$program" <bom >out 2>&1
		same expected out
		(printf '\xef\xbb\xbf' && tail -n +2 in) >bare
		call "$program" -H "$(head -n 1 in | tr '\t' ,)" <bare >out 2>&1
		same expected out
		head -c -1 in >unfinished
		call "$program" <unfinished >out 2>&1
		same expected out
	done
}

@test "bad lines are set aside whole with place and reason, status 3" {
	for program in $(of_kind filter maker fold sender); do
		take "$program"
		table "$program" "$HEADER" "$ROW1" "$ROW2" >good
		call "$program" <good >expected
		{
			table "$program" "$HEADER" "$ROW1" 'c\ttoo\tfew'
			table "$program" "$ROW1\ttoo\tmany"
			printf 'd\t\t\t\xff\xfe\t\t\t\t\\\\\n'
			printf 'e\t\t\t\0\t\t\t\t\n'
			table "$program" "$ROW2"
		} >in
		rm -f rejects
		run -3 --separate-stderr call "$program" --rejects rejects <in
		want "$(cat expected)"
		want_error "$program: <stdin>:3: 3 fields, the header names 8 ('summary' is missing)
$program: <stdin>:4: 10 fields, the header names 8
$program: <stdin>:5: not UTF-8
$program: <stdin>:6: a NUL byte, text was expected"
		cut -f 1-3 rejects >places
		tsv 'file\tline\treason' \
			"<stdin>\t3\t3 fields, the header names 8 ('summary' is missing)" \
			'<stdin>\t4\t10 fields, the header names 8' \
			'<stdin>\t5\tnot UTF-8' \
			'<stdin>\t6\ta NUL byte, text was expected' >wanted
		same wanted places
		cut -f 4 rejects | tail -n +2 |
			sed 's/\\t/\t/g; s/\\\\/\\/g' >kept
		sed -n 3,6p in >broken
		same broken kept
	done
}

@test "bad records of an export are set aside with their line, status 3" {
	for program in $(of_kind import); do
		take "$program"
		table "$program" "$HEADER" "$ROW1" "$ROW2" >good
		call "$program" <good >expected
		{
			table "$program" "$HEADER" "$ROW1" 'c\ttoo\tfew'
			printf 'd,,,\xff,,,,\n'
			printf 'e,,,\0,,,,\n'
			printf 'f,"a"b,,,,,,\n'
			table "$program" "$ROW2"
		} >in
		rm -f rejects
		run -3 --separate-stderr call "$program" --rejects rejects <in
		want "$(cat expected)"
		printf '%s\n' "$stderr" | cut -d : -f 1-3 >places
		tsv "$program: <stdin>:3" "$program: <stdin>:4" \
			"$program: <stdin>:5" "$program: <stdin>:6" >wanted
		same wanted places
		tsv 3 4 5 6 >wanted
		column line rejects >places
		same wanted places
	done
}

@test "rejects that cannot be written are an error, status 2" {
	for program in $READERS; do
		take "$program"
		table "$program" "$HEADER" "$ROW1" 'c\ttoo\tfew' >in
		run -2 --separate-stderr call "$program" --rejects no/such/x <in
		[[ $stderr == *"create 'no/such/x': No such file or directory" ]]
		run -2 --separate-stderr call "$program" --rejects /dev/full <in
		[[ $stderr == *"write '/dev/full': No space left on device" ]]
	done
}

@test "a field of 1 MiB goes through whole" {
	for program in $READERS; do
		take "$program"
		{
			table "$program" "$HEADER" "$ROW1"
			table "$program" "$ROW2" | tr -d '\n'
			head -c 1048576 /dev/zero | tr '\0' x
			echo
		} >in
		call "$program" <in >out 2>error
		cat error
		[ ! -s error ]
		[[ $(kind "$program") == @(maker|sender|summary) ]] || # rows of their own
			[ "$(tail -n 1 out | tr -cd x | wc -c)" -ge 1048576 ]
	done
}

# full: that is what was said; by a script in the words of a shell.
full() {
	[ "$status" -eq 2 ]
	[ -s error ]
	[ "$program" = inc-tick ] ||
		same <(echo "$program: write '<stdout>': No space left on device") error
}

@test "output to a full disk is an error, status 2" {
	for program in $READERS; do
		take "$program"
		table "$program" "$HEADER" "$ROW1" >in
		status=0
		call "$program" <in >/dev/full 2>error || status=$?
		full
	done
	for program in $PROGRAMS; do
		for option in --help --version; do
			echo "$program $option"
			status=0
			"$program" $option >/dev/full 2>error || status=$?
			full
		done
	done
}

@test "what any verb prints to a full disk is an error, status 2" {
	export INC_HOME=$PWD/home
	inc init -q -p itsm home >out
	inc-log add id=A caller=Ann callback=+441134960000 summary=x \
		impact=1 urgency=1 >out
	tsv 'id\tsummary\tlevel' 'A\tx\t1' 'B\ty\t' | inc-log -q append >out
	message=$(printf '%032d' 1)
	tsv 'message\tid\tparty\tmedium\taddress\tbody' \
		"$message\tA\tann\tscreen\ta\tx" >messages
	inc-send adopt messages >out
	cat >verbs <<-END
		inc status
		inc init -p itsm other
		inc heartbeat begin
		inc help
		inc-log append rows
		inc-log add summary=y
		inc-log note A looked
		inc-log ack A
		inc-log assign A bob
		inc-log hold A
		inc-log resume A
		inc-log resolve --outcome fine A
		inc-log close A
		inc-log reopen A
		inc-log correct A caller=Bob
		inc-log link B A
		inc-log unlink B
		inc-log escalate A 2 urgent
		inc-log stand-down A enough
		inc-log show A
		inc-log list
		inc-log current
		inc-log history
		inc-log follow
		inc-log head
		inc-log verify
		inc-log restored --why tried
		inc-log access Bob
		inc-log redact --fields caller --why asked A
		inc-log expire
		inc-send messages
		inc-send ack A
		inc-send adopt messages
		inc-send status
		inc-send list
		inc-send dead
		inc-send show $message
		inc-send retry $message
		inc-send drop --why no $message
		inc-send drill-report
		inc-check --list-codes
		inc-import --list-maps
		inc-import --guess export.csv
		inc-notify --proof
		inc-notify --explain rows
	END
	tsv 'id\tsummary' 'C\tz' >rows
	printf 'a,b\n1,2\n' >export.csv
	while read -r command; do
		echo "$command"
		status=0 program=${command%% *}
		# shellcheck disable=SC2086 # words
		timeout 20 $command >/dev/full 2>error </dev/null || status=$?
		cat error
		[ "$status" -eq 2 ]
		grep -qx "$program: write '<stdout>': No space left on device" error
	done <verbs
	for program in inc inc-log inc-send; do # none is forgotten
		"$program" --help | awk '!/^usage:|^       /{ exit } {
			sub(/^usage:/, "")
			while (gsub(/\[[^][]*\]/, "")) ;
			if ($2 ~ /^[[:lower:]]/) print $1, $2 }' |
			while read -r verb; do
				echo "$verb" && grep -q "^$verb\b" verbs
			done
	done
}

@test "a closed standard output is an error, status 2, and no file is hurt" {
	for program in $READERS; do
		take "$program"
		table "$program" "$HEADER" "$ROW1" >in
		cp in before
		status=0
		call "$program" --rejects rejects <in >&- 2>error || status=$?
		[ "$status" -eq 2 ]
		grep -q "^$program: write '<stdout>'" error
		same before in
		printf 'file\tline\treason\trow\n' >wanted
		same wanted rejects
	done
}

@test "a closed pipe ends the program at once and silently" {
	for program in $(of_kind filter maker fold import); do
		take "$program"
		{
			table "$program" "$HEADER"
			table "$program" "$ROW1" | awk '{
				for (i = 0; i < 20000; i++) {
					row = $0; sub(/^a/, "a" i, row); print row
				} }'
		} >in
		{
			status=0
			call "$program" <in 2>error || status=$?
			echo "$status" >status
		} | head -n 1 >out
		cat status error
		[ "$(cat status)" -eq 141 ]
		[ ! -s error ]
	done
}

@test "a later line that equals the header is skipped: cat a b" {
	for program in $(of_kind filter maker fold sender); do
		take "$program"
		table "$program" "$HEADER" "$ROW1" "$ROW2" >in
		call "$program" <in >expected
		table "$program" "$HEADER" "$ROW1" "$HEADER" "$ROW2" >twice
		call "$program" <twice >out 2>&1
		same expected out
	done
}

@test "several files with one header are one stream" {
	for program in $(of_kind filter maker import sender); do
		take "$program"
		table "$program" "$HEADER" "$ROW1" "$ROW2" >in
		table "$program" "$HEADER" "$ROW1" >a
		table "$program" "$HEADER" "$ROW2" >b
		call "$program" <in >expected
		call "$program" a b >out 2>&1
		same expected out
		call "$program" a - <b >out 2>&1
		same expected out
	done
}

@test "files with different headers are refused, status 2" {
	for program in $(of_kind filter maker import sender); do
		take "$program"
		table "$program" "$HEADER" "$ROW1" >a
		table "$program" "$HEADER\tmore" "$ROW2\tx" >b
		run -2 --separate-stderr call "$program" a b
		want_nothing
		want_error "$program: b:1: the header differs from the first"
	done
}

@test "two columns of one name and a column without one are refused" {
	for program in $READERS; do
		take "$program"
		table "$program" "$HEADER\tid" "$ROW1\tx" >in
		run -2 --separate-stderr call "$program" <in
		want_nothing
		[[ $stderr == "$program: <stdin>:1: "*"'id'"* ]]
		table "$program" "$HEADER\t\tz" "$ROW1\tx\tz" >in
		run -2 --separate-stderr call "$program" <in
		want_nothing
		[[ $stderr == "$program: <stdin>:1: "*'column 9'* ]]
	done
}

@test "columns that a filter does not know pass through byte for byte" {
	tsv 'id\t{Call Number}\tsummary\tpriority\t Ünï "q"\timpact\treceived' \
		'1\ta\\tb\\\\\\x\\N\t"x" \tP1\t\\N\t1\t2026-03-02T08:00:00Z' \
		'\t \t\\N\t\t\x7f\t\t2026-03-02T08:00:00Z' >in
	for program in $(of_kind filter); do
		take "$program"
		call "$program" in >out
		cut -f 1-3,5-7 out >kept
		cut -f 1-3,5-7 in >wanted
		same wanted kept
	done
}

@test "input without a header takes names, and output may go without" {
	for program in $(of_kind filter maker fold sender); do
		take "$program"
		table "$program" "$HEADER" "$ROW1" "$ROW2" >in
		call "$program" <in | tail -n +2 >expected
		tail -n +2 in >bare
		names=$(table "$program" "$HEADER" | tr '\t' ,)
		call "$program" --no-header -H "$names" <bare >out 2>&1
		same expected out
	done
}

@test "line-buffered output does not wait for the end of the input" {
	for program in $(of_kind filter); do
		take "$program"
		table "$program" "$HEADER" "$ROW1" >in
		mkfifo "$program.in" "$program.out"
		call "$program" --line-buffered <"$program.in" >"$program.out" &
		exec 7>"$program.in" 8<"$program.out"
		cat in >&7
		read -r -t 20 <&8
		read -r -t 20 row <&8
		exec 7>&- 8<&-
		[[ $row == a* ]]
		wait $!
	done
}

@test "a Turkish locale changes nothing" {
	mkdir locale
	localedef -i tr_TR -f UTF-8 locale/tr_TR.UTF-8 2>/dev/null ||
		skip 'no Turkish locale'
	for program in $READERS; do
		take "$program"
		table "$program" "$HEADER" "$ROW1" "$ROW2" 'İI\t\t\tiıIİ\t\t\tP1\t' >in
		status=0
		call "$program" <in >expected 2>expected_error || status=$?
		turkish=0
		LOCPATH=$PWD/locale LC_ALL=tr_TR.UTF-8 call "$program" \
			<in >out 2>error || turkish=$?
		same expected out
		same expected_error error
		[ "$turkish" -eq "$status" ]
	done
}

@test "random bytes are an error or set aside, and nothing worse" {
	for seed in 1 2 3 4 5 6; do
		# The same bytes each time.
		LC_ALL=C awk -v x=$seed 'BEGIN {
			for (i = 0; i < 50000; i++) {
				x = x * 16807 % 2147483647
				printf "%c", int(x / 4096) % 256
			} }' >random
		for program in $READERS; do
			take "$program"
			status=0
			call "$program" <random >out 2>error || status=$?
			no_crash "$(tail -c 5000 error)"
			[ "$status" -eq 2 ] || [ "$status" -eq 3 ]
			(table "$program" "$HEADER" "$ROW1" && cat random) >in
			status=0
			call "$program" <in >out 2>error || status=$?
			no_crash "$(tail -c 5000 error)"
			[ "$status" -eq 3 ]
		done
	done
}

@test "what is said is one line for each thing, without control bytes" {
	for program in $READERS; do
		take "$program"
		run -2 --separate-stderr call "$program" $'no\e[31m/su\nch\xc2\x9b'
		[[ $(kind "$program") == fold ]] ||
			want_error "$program: open 'no?[31m/su?ch?': No such file or directory"
		[ "$(printf '%s' "$stderr" | tr -d '\n' | LC_ALL=C tr -d '[:print:]' | wc -c)" -eq 0 ]
	done
}
