# inc-check: what is wrong in a pack of procedures.
#
# fixtures/check/NAME is a pack with one fault, found.tsv what is to be found
# in all of them.  Each holds no more than the tables that it takes; the others
# are the shipped ones.
load helper

setup_file() {
	need_sendmail
}

NOW=2026-03-02T12:00:00Z

# check PATH OPTION...
check() {
	inc-check -q --now "$NOW" -p "$@"
}

# packs: the fixtures, in the order of found.tsv.
packs() {
	find "$FIXTURES/check" -mindepth 1 -type d -prune -printf '%f\n' |
		LC_ALL=C sort
}

# broken OPTION...: what is found in all fixtures, one after the other.
broken() {
	cd "$FIXTURES/check" || return
	for pack in $(packs); do
		case $pack in
		no-tables) check "./$pack" "$@" || : ;;
		*) check "$pack:itsm" "$@" || : ;;
		esac
	done
}

@test "the shipped pack is in order, at any time of its year" {
	for now in 2026-01-01T00:00:00Z "$NOW" 2026-10-24T23:00:00Z; do
		run -0 --separate-stderr inc-check -p itsm --now $now
		want ''
		[[ $stderr == 'inc-check: 0 errors, 0 warnings, 0 notes'* ]]
	done
}

@test "each broken pack has its one fault, with the right code and place" {
	cd "$FIXTURES/check"
	broken --format tsv >"$BATS_TEST_TMPDIR/found"
	sed 1d "$BATS_TEST_TMPDIR/found" |
		grep -v "^code	level	file" >"$BATS_TEST_TMPDIR/rows"
	cd "$BATS_TEST_TMPDIR"
	sed 1d "$FIXTURES/check/found.tsv" | same - rows
	# All of them, and none twice but where three programs lack their table.
	packs >packs
	cut -f 3 rows | sed 's|^\./||; s|/.*||' | uniq | same packs -
	[ "$(cut -f 3 rows | sed 's|^\./||; s|/.*||' | uniq -d)" = no-tables ]
}

@test "every code is found in a broken pack" {
	# Those of cases are found in check_cases.bats.
	inc-check --list-codes | sed 1d | cut -f 1 | grep -v ^INC6 | sort >codes
	sed 1d "$FIXTURES/check/found.tsv" | cut -f 1 | sort -u | same codes -
}

@test "the page lists the codes that there are, with their level" {
	inc-check --list-codes | sed 1d >listed
	awk '/^\.It INC/ { print $2 "\t" $3; getline; print }' \
		"$SOURCE/man/inc-check.1" | paste - - >explained
	same listed explained
}

@test "every code is explained, by its name in any case or its number" {
	inc-check --list-codes | sed 1d | while IFS=$'\t' read -r code level title; do
		run -0 --separate-stderr inc-check --explain \
			"$(LC_ALL=C tr '[:upper:]' '[:lower:]' <<<"$code")"
		want_error ''
		[ "${lines[0]}" = "$code $level: $title" ]
		[ "${#lines[@]}" -ge 2 ]
		inc-check --explain "${code#INC}" | same <(echo "$output") -
	done
	[ "$(inc-check --explain all | grep -c '^INC')" -eq "$(inc-check \
		--list-codes | sed 1d | wc -l)" ]
	for bad in INC999 INC1010 1010 999 'INC 1' ''; do
		run -2 --separate-stderr inc-check --explain "$bad"
		want ''
		[[ $stderr == "inc-check: --explain '$bad': a code such as INC100"* ]]
	done
}

@test "status is 1 for errors and warnings, 0 for notes, 2 without a pack" {
	cd "$FIXTURES/check"
	run -1 check zone:itsm
	run -1 check shadowed:itsm
	run -0 check ./no-tables
	[ "${#lines[@]}" -eq 3 ]
	run -2 --separate-stderr check no-such-pack
	want ''
	[[ $stderr == "inc-check: no pack 'no-such-pack'"* ]]
	run -2 --separate-stderr inc-check
	want ''
	[[ $stderr == 'inc-check: no procedures: '* ]]
}

@test "findings are lines as compilers write them, or rows of a stream" {
	cd "$FIXTURES/check"
	run -1 --separate-stderr inc-check -p late:itsm --now "$NOW"
	want "late/escalation.tsv:3:1: warning INC204: by then 'fast' of line 2 has raised to level 2"
	want_error 'inc-check: 0 errors, 1 warning, 0 notes'
	check late:itsm --format tsv | inc-select -q 'level = warning' |
		column message | same <(echo "by then 'fast' of line 2 has raised to level 2") -
	run -2 --separate-stderr check late:itsm --format json
	want ''
	[[ $stderr == "inc-check: --format 'json': text or tsv was expected"* ]]
	for other in '--list-codes --explain INC100' \
		'--list-codes --cases x' '--explain all --cases x'; do
		# shellcheck disable=SC2086 # several words
		run -2 --separate-stderr check itsm $other
		want ''
		[[ $stderr == 'inc-check: --cases, --explain and --list-codes exclude each other'* ]]
	done
}

@test "one fault hides no other, in a row, a table or beside it" {
	mkdir ours
	tsv 'boundary\twhen\tfrom\tafter\tdirection\tlevel' \
		'a\tprioriti = P1 or colour = red\treceived\t5x\tup\t1' \
		'b\tpriority =\t\t\tup\t9' \
		'c\t*\tsumary\t5m\tup\t9' >ours/escalation.tsv
	tsv 'priority\trespond\tcalendar\ttell' \
		'P1\t5q\talways\turgent' \
		'P2\t5m\talwys\turgent\tmore' \
		'P2' \
		'P3\t\t\turgnt' \
		'P4' >ours/targets.tsv
	tsv 'node\twhen\tpriority' 'start\timpact = 1 and\tP1' 'start\t*\tP2' \
		'\t*' >ours/triage.tsv
	tsv 'name\tzone\tid_prefix' 'ours\tnowhere\ta b' >ours/pack.tsv
	run -1 check ./ours:itsm
	want "./ours/escalation.tsv:2:3: error INC201: unknown column 'prioriti' (did you mean 'priority'?)
./ours/escalation.tsv:2:20: error INC201: unknown column 'colour'
./ours/escalation.tsv:2:42: error INC201: after '5x': a limit such as 15m or 5wd, or a share such as '50% resolve', was expected
./ours/escalation.tsv:3:13: error INC201: a value was expected at the end
./ours/escalation.tsv:4:5: error INC201: unknown column 'sumary' (did you mean 'summary'?)
./ours/escalation.tsv:4:18: error INC201: unknown level '9': levels has 0, 1, 2, 3
./ours/pack.tsv:2:6: error INC101: unknown time zone 'nowhere'
./ours/pack.tsv:2:14: error INC101: id_prefix 'a b': letters, digits, '.', '-' and '_' were expected
./ours/targets.tsv:2:4: error INC151: respond '5q': a limit such as 15m, 5wd, 10cd or 1mo was expected
./ours/targets.tsv:3: error INC151: 5 cells, the header names 4
./ours/targets.tsv:3:7: error INC151: unknown calendar 'alwys' (did you mean 'always'?)
./ours/targets.tsv:4:1: error INC151: priority 'P2' has two targets
./ours/targets.tsv:5:6: error INC151: no channel has tell 'urgnt' (did you mean 'urgent'?)
./ours/triage.tsv:2:21: error INC131: a column was expected at the end
./ours/triage.tsv:4:1: error INC131: the row names no node"
}

@test "what can't be read in a table is told row by row" {
	mkdir ours
	printf 'service\tname\ndesk\tD\xe9sk\nfield\tF\0\nok\tfine\n' >ours/services.tsv
	printf 'resource,name\nnorth,"No"rth\nsouth,South,x,y\n' >ours/resources.csv
	run -1 check ./ours:itsm
	want "./ours/resources.csv:2: error INC321: field 2: text after the closing quote, a delimiter was expected
./ours/resources.csv:3: error INC321: 4 cells, the header names 2
./ours/services.tsv:2: error INC301: not UTF-8 text
./ours/services.tsv:3: error INC301: a NUL byte, text was expected"
}

@test "what is no regular file is told, not waited for" {
	mkdir -p ours/wording/sms
	mkfifo ours/advice.tsv ours/wording/sms/new.txt
	run -1 --separate-stderr timeout 20 inc-check -q -p ./ours:itsm
	want './ours/advice.tsv: error INC100: is no regular file
./ours/wording/sms/new.txt: error INC100: is no regular file'
}

@test "files that count for nothing are all told" {
	mkdir ours empty
	tsv 'name' 'ours' >ours/pack.tsv
	touch ours/Target.tsv 'ours/routes (1).csv' ours/levels.xlsx ours/.triage.tsv
	run -1 check ./ours:./empty:itsm
	want "./empty: error INC100: holds no table of procedures
./ours/Target.tsv: error INC100: is no table, so it counts for nothing: 'targets.tsv' or 'targets.csv' was expected
./ours/levels.xlsx: error INC100: is no table, so it counts for nothing: 'levels.tsv' or 'levels.csv' was expected
./ours/routes (1).csv: error INC100: is no table, so it counts for nothing: 'routes.tsv' or 'routes.csv' was expected"
	# Other programs tell the first by name, wherever the disk has it.
	run -2 --separate-stderr inc-triage -p ./ours:itsm </dev/null
	[[ $stderr == *"ours/Target.tsv: is no table"* ]]
}

@test "words of fields that are no columns but have a use are no finding" {
	mkdir ours
	tsv 'field\tcode\tword' 'phonetic\ta\tAnton' 'reply\tkabul\tKabul' \
		'replay\tx\tX' >ours/codes.tsv
	run -1 check ./ours:itsm
	want "./ours/codes.tsv:4:1: warning INC122: unknown column 'replay'"
}

@test "a message shows nothing that a terminal acts on" {
	mkdir ours
	tsv 'field\tcode\tword' 'p\033[31mriority\tP1\tx' >ours/codes.tsv
	run -1 check ./ours:itsm
	[[ $output == *"unknown column 'p?[31mriority'"* ]]
	run -1 check ./ours:itsm --format tsv
	[[ $output == *$'p\033[31mriority'* ]]
}

@test "a table of thousands of rows is compared in reasonable time" {
	mkdir ours
	{
		tsv 'node\twhen\tpriority'
		for i in {1..3000}; do
			printf 'start\tsummary ~ /word%d/ and impact = %d\tP1\n' \
				"$i" "$((i % 3))"
		done
		tsv 'start\timpact = 1 and summary ~ /word4/\tP2' 'start\t*\tP2'
	} >ours/triage.tsv
	seconds=$SECONDS
	run -1 check ./ours:itsm
	[ $((SECONDS - seconds)) -lt 60 ]
	[[ $output == *'triage.tsv:3002:'*'line 5 does before' ]] ||
		[[ $output == *INC405* ]]
}

@test "a pattern without a word is told among more than twenty, in each table" {
	mkdir ours
	grep -v printer "$FIXTURES/check/slow-pattern/triage.tsv" >ours/triage.tsv
	run -0 check ./ours:itsm
	want ''
	rm ours/triage.tsv
	tsv 'boundary\twhen\tfrom\tafter\tdirection\tlevel\tuntil' \
		'digits\tsummary ~ /[0-9]/\treceived\t1h\tup\t1\tclosed' >ours/escalation.tsv
	tsv 'reason\twhen\tto\twording' \
		'new\tsummary ~ /[0-9]/ or details ~ /./\tdesk\tnew' >ours/routes.tsv
	run -0 check ./ours:itsm
	want ''
	for word in b{a..e}{n,r,s,t}; do
		tsv "$word\tsummary ~ /$word/\treceived\t1h\tup\t1\tclosed" >>ours/escalation.tsv
		tsv "new\tsummary ~ /$word/\tdesk\tnew" >>ours/routes.tsv
	done
	run -1 check ./ours:itsm --format tsv
	[ "$(cut -f 1,3-5 <<<"$output" | sed 1d)" = "$(tsv \
		'INC407\t./ours/escalation.tsv\t2\t19' \
		'INC407\t./ours/routes.tsv\t2\t16' \
		'INC407\t./ours/routes.tsv\t2\t37')" ]
}

@test "what could not be told in reasonable time is not told" {
	# The route excludes P1 at the end of more ways than can be gone.
	mkdir ours
	for table in fields directory routes; do
		cp "$SOURCE/share/procedures/itsm/$table.tsv" ours
	done
	printf 'x%d\n' {1..40} >>ours/fields.tsv
	tsv 'slow\t\t\temail\tslow@example.org' >>ours/directory.tsv
	tsv "quiet\t$(printf '(x%d = 1 or x%d = 2) and ' {1..40}{,})priority = P4\tslow\t\tnew" \
		>>ours/routes.tsv
	run -0 check ./ours:itsm
	[[ $output == *'/routes.tsv:'*'note INC405: too intricate to tell all that follows from it' ]]
	[ "${#lines[@]}" -eq 1 ]
	rm ours/routes.tsv
	cp "$SOURCE/share/procedures/itsm/escalation.tsv" ours
	tsv "quiet\t$(printf '(x%d = 1 or x%d = 2) and ' {1..40}{,})priority = P4\treceived\t50% resolve\ttarget\t\tup\t1" \
		>>ours/escalation.tsv
	run -0 check ./ours:itsm
	[[ $output == *'/escalation.tsv:'*'note INC405: too intricate to tell all that follows from it' ]]
	[ "${#lines[@]}" -eq 1 ]
}

@test "names are found in tables of thousands in reasonable time" {
	mkdir ours
	seq -f 'calendar%.0f' 20000 |
		{ echo calendar && cat; } >ours/calendars.tsv
	seq -f 'service%.0f' 20000 | paste - <(sed 1d ours/calendars.tsv) |
		{ tsv 'service\tcalendar' && cat; } >ours/services.tsv
	tsv 'other\tcalender' >>ours/services.tsv
	seconds=$SECONDS
	run -1 check ./ours:itsm
	[ $((SECONDS - seconds)) -lt 30 ]
	[[ $output == *"services.tsv:20002:7: error INC301: calendar 'calender': calendars does not have it"* ]]
}

@test "output to a full disk is an error, status 2" {
	for options in '-q -p itsm --format tsv' --list-codes '--explain all'; do
		# shellcheck disable=SC2086 # several words
		status=0 && inc-check $options >/dev/full 2>error || status=$?
		[ "$status" -eq 2 ]
		same <(echo "inc-check: write '<stdout>': No space left on device") error
	done
}

@test "faults without number are told up to a thousand, and that there are more" {
	mkdir ours
	{
		tsv 'field\tcode\tword'
		for i in {1..1500}; do
			printf 'impact\t\tnone %d\n' "$i"
		done
	} >ours/codes.tsv
	run -1 check ./ours:itsm
	[ "${#lines[@]}" -eq 1001 ]
	[[ ${lines[0]} == './ours: error INC100: more than 1000 faults: '* ]]
}

# cells CELL...: what is found where the column code of the table codes
# has these cells: CODE:LINE:COLUMN.
cells() {
	rm -rf ours
	mkdir ours
	{
		tsv 'field\tcode\tword'
		printf 'category\t%s\tx\n' "$@"
	} >ours/codes.tsv
	check ./ours:itsm --format tsv | sed 1d | cut -f 1,4,5 | tr '\t' : || :
}

@test "what a spreadsheet writes is told from what people write" {
	for cell in 1-Feb 01-Feb-26 Feb-26 01/02/2026 1/2/26 2026-02-01; do
		[ "$(cells "$cell")" = INC502:2:10 ]
	done
	for cell in 1-2 1/2 Febr-26 1-feb 2026-02 3-Mars 12-May-Day 1.2.3 24/7; do
		[ -z "$(cells "$cell")" ]
	done
	for cell in 4.41E+11 4,41E+11 1E+05 -2E-10; do
		[ "$(cells "$cell")" = INC506:2:10 ]
	done
	for cell in 1E5 E+5 4.E+11 1e+05x BLE+2; do
		[ -z "$(cells "$cell")" ]
	done
	[ "$(cells '#N/A')" = INC504:2:10 ]
	[ "$(cells '"a b"')" = INC503:2:10 ]
	[ -z "$(cells '"a" b')" ]
}

@test "a place in a shipped table is a path without dots" {
	mkdir ours
	tsv 'role\tparty' 'desk\tdesk' >ours/roster.tsv
	run -1 --separate-stderr check ours:itsm
	[[ ${lines[0]} == /*/procedures/itsm/escalation.tsv:11:50:* ]]
	[[ $output != */../* ]]
}

@test "numbers that have all lost their + are found" {
	mkdir ours
	shipped=$SOURCE/share/procedures/itsm/directory.tsv
	sed 's/+44/44/' "$shipped" >ours/directory.tsv
	run -1 --separate-stderr check ours:itsm
	[ "${lines[0]}" = "ours/directory.tsv:5:37: warning INC501: '441134960000' seems to have lost the + before it" ]
	[ "${#lines[@]}" -eq "$(grep -c '+441134960' "$shipped")" ]
	# A country's own numbers have fewer digits.
	sed 's/+441134960/61755501/' "$shipped" >ours/directory.tsv
	run -0 --separate-stderr check ours:itsm
	want ''
}

@test "a number has lost its start only where the others show one" {
	[ "$(cells 001 002 3)" = INC501:4:10 ]
	[ "$(cells +4411 +4412 4413)" = INC501:4:10 ]
	[ -z "$(cells 01 02 10)" ]
	[ -z "$(cells 001 2 3)" ]
	[ -z "$(cells +4411 +4412 44130)" ]
	[ -z "$(cells 0 1 2)" ]
	[ -z "$(cells 00 +1 2a)" ]
}

@test "however many faults fields has, the first thousand are said" {
	mkdir ours
	{
		tsv 'name\ttype\nid\ttext'
		for ((i = 0; i < 1100; i++)); do tsv 'id\ttext'; done
	} >ours/fields.tsv
	run -1 check ./ours:itsm
	[[ $output == *"./ours/fields.tsv:3:1: error INC111: two fields are called 'id'"* ]]
	[[ $output == *'INC100: more than 1000 faults: what else there is comes to light when these are put right'* ]]
}

@test "no gap is found after the last day that there is" {
	run -1 inc-check -q -p itsm --now 9999-12-31T23:59:59Z
	[[ $output == *INC312* && $output != *INC242* ]]
}

@test "turns that meet leave no gap, and those that do not are found at once" {
	mkdir ours
	head='role\tparty\tfrom\tuntil\twindows\tzone'
	rest='head-of-service\tdilys\ncrisis-lead\temrys\nsecurity-duty\twatch\ndesk\tdesk'
	tsv "$head" "$rest" \
		'duty-manager\tamara\t\t2026-03-10' \
		'duty-manager\tbryn\t2026-03-11\t\t\tUTC' >ours/roster.tsv
	run -0 check ./ours:itsm
	tsv "$head" "$rest" \
		'duty-manager\tbryn\t2026-03-12' \
		'duty-manager\tamara\t\t2026-03-10' >ours/roster.tsv
	run -1 check ./ours:itsm
	want "./ours/roster.tsv:6:14: warning INC242: nobody is 'duty-manager' from 2026-03-11T00:00:00Z to 2026-03-12T00:00:00Z"
	# Summer time starts on the 29th, 01:00 UTC; a gap of 5 minutes.
	tsv "$head" "$rest" \
		'duty-manager\tbryn\t\t\t02:00-23:55\tEurope/London' \
		'duty-manager\tamara\t\t2026-03-25\t23:55-02:00\tEurope/London' \
		'duty-manager\tamara\t2026-03-26\t\t00:00-02:00\tEurope/London' \
		>ours/roster.tsv
	run -1 check ./ours:itsm
	[[ $output == *'from 2026-03-26T23:55:00Z to 2026-03-27T00:00:00Z' ]]
	# What ends after the 30 days is not told yet.
	tsv "$head" "$rest" 'duty-manager\tbryn\t\t2026-04-01' >ours/roster.tsv
	run -0 check ./ours:itsm
	run -1 check ./ours:itsm --now 2026-03-03T12:00:00Z
	[[ $output == *'from 2026-04-01T23:00:00Z to 2026-04-02T12:00:00Z' ]]
}

# late ROW...: the names of the boundaries that are found to come too late.
late() {
	mkdir -p ours
	tsv 'boundary\twhen\tfrom\tafter\tcalendar\tuntil\tdirection\tlevel' "$@" \
		>ours/escalation.tsv
	check ./ours:itsm --format tsv | grep '^INC204' | cut -f 4 || :
}

@test "a boundary comes too late only where the other is crossed whenever it is" {
	first='a\tpriority in P1 P2\treceived\t15m\t\tacknowledged\tup\t2'
	[ "$(late "$first" 'b\tpriority = P1\treceived\t15m\t\tacknowledged\tup\t2')" = 3 ]
	[ "$(late 'b\tpriority = P1\treceived\t15m\t\tacknowledged\tup\t1' "$first")" = 2 ]
	[ "$(late "$first" 'b\tpriority = P2\t\t20m\t\tacknowledged resolved\tup\t2')" = 3 ]
	[ "$(late 'a\tlevel = 0\t\t\t\t\tup\t1' 'b\tlevel = 0 and vip = yes\t\t1h\t\t\tup\t1')" = 3 ]
	[ "$(late 'a\t*\t\t50% resolve\ttarget\t\tup\t1' 'b\t*\t\t60% resolve\ttarget\t\tup\t1')" = 3 ]
	for other in 'priority = P3\treceived\t20m\t\tacknowledged\tup\t2' \
		'priority = P1\treceived\t10m\t\tacknowledged\tup\t2' \
		'priority = P1\treceived\t20m\t\tacknowledged\tup\t3' \
		'priority = P1\treceived\t20m\toffice\tacknowledged\tup\t2' \
		'priority = P1\tupdated\t20m\t\tacknowledged\tup\t2' \
		'priority = P1\treceived\t20m\t\tresolved\tup\t2' \
		'priority = P1\treceived\t1wd\t\tacknowledged\tup\t2' \
		'priority = P1\treceived\t50% resolve\ttarget\tacknowledged\tup\t2' \
		'priority = P1\t\t\t\t\tup\t2' \
		'priority = P1\treceived\t20m\t\tacknowledged\tdown\t2'; do
		echo "$other"
		late "$first" "b\t$other" >found
		run ! grep 3 found
	done
}

@test "a command is sought in the packs, then in inc's own media, then on PATH" {
	mkdir -p ours/media bin own
	channels() {
		tsv 'medium\tdeliver\ttell' "voice\t$1\turgent" \
			'sms\t\turgent high' 'email\t\tmedium low' \
			'webhook\t\turgent high medium low' \
			'screen\t\turgent high medium low' >ours/channels.tsv
		PATH=$PATH:$PWD/bin:$PWD/own check ./ours:itsm
	}
	note() {
		want "./ours/channels.tsv:2:7: note INC252: '$1' is no command that can be run on this machine"
	}
	echo '#!/bin/sh' >ours/media/lamp
	run -0 channels 'lamp {address}'
	note ./ours/media/lamp
	chmod +x ours/media/lamp
	run -0 channels 'lamp {address}'
	want ''
	run -0 channels 'say -x'
	want ''
	# what the pack has goes before, whether or not it can be run
	echo '#!/bin/sh' >ours/media/say
	run -0 channels 'say -x'
	note ./ours/media/say
	# on PATH what can't be run is passed over
	echo '#!/bin/sh' >bin/bell
	run -0 channels bell
	note bell
	mkdir own/bell
	run -0 channels bell
	note bell
	chmod +x bin/bell
	run -0 channels bell
	want ''
	# a file beside is none, but by its path
	cp bin/bell gong
	run -0 channels gong
	note gong
	run -0 channels ./gong
	want ''
	run -0 channels ./none
	note ./none
}
