#!/usr/bin/env bats
# inc-import --guess: what is in an export of which no map is known.

load helper

# Procedures without a word but their zone, so that no notice is said.
export INC_PROCEDURES=$FIXTURES/utc

IMPORT=$FIXTURES/import

# guess ARGUMENT...: the report in out, what is said in said.
guess() {
	inc-import --guess "$@" >out 2>said
}

# cell COLUMN TITLE: a cell of the report.
cell() {
	awk -F '\t' -v want="$1" -v title="$2" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$1 == want { print $at[title] }' out
}

# targets: what was proposed, as target=column, in the order of the export.
targets() {
	awk -F '\t' 'NR > 1 && $5 != "" { print $5 "=" $1 }' out
}

@test "the report has a row for each column, and says what holds for the whole" {
	run -0 --separate-stderr inc-import --guess "$IMPORT/calls.csv"
	want "$(tsv 'column\tfilled\tdistinct\tlooks_like\ttarget\task\texamples' \
		'Call No\t100%\t4\tidentifier, 4 characters\tid\t\t4411 | 4412 | 4413' \
		'DateOfCall\t100%\t2\ttime %d %b %Y, no zone\treceived\twhich zone\t03 Mar 2026 | 04 Mar 2026' \
		'TimeOfCall\t100%\t4\ttime of day %H:%M:%S\treceived\t\t08:15:00 | 08:17:30 | 23:59:59' \
		'Caller\t75%\t3\ttext, 6 to 7 characters\tcaller\tpersonal\tA. Moor | B. Lee | C. Dorn' \
		'Call-back\t75%\t3\ttext, 13 to 16 characters, telephone numbers\tcallback\tpersonal\t+44 113 496 0021 | (0113) 496-0022 | 0113 496 0023' \
		'Where\t100%\t3\ttext, 4 to 6 characters\tlocation\t\tHall 2 | Yard | Office' \
		'What\t100%\t4\ttext, 8 to 22 characters\tsummary\t\tsmoke in the stairwell | gate will not open | smoke again' \
		'Grade\t100%\t3\twhole number\tpriority\t\t2 | 3 | 1' \
		'Units\t100%\t2\tcode\t\tfloats\t1.0 | 2.0' \
		'Handled ts\t100%\t4\ttime seconds since 1970\t\t\t1456704960 | 1456704961 | 1456704999' \
		'Closed at\t0%\t0\tempty\tclosed\thow are its times written\t')"
	want_error "inc-import: $IMPORT/calls.csv: 4 records of 11 columns, in UTF-8, separated by ';'
inc-import: read as missing: '?' (Caller and 1 more)
inc-import: ask: DateOfCall: times without a zone: write it into the map's column zone; left empty, that of the procedures or UTC is taken
inc-import: ask: Closed at: empty here: nothing tells how its times are written
inc-import: ask: Units: whole numbers that were spoiled into floats, as 2127.0: the .0 is left out
inc-import: ask: Caller, Call-back: personal: the log seals those that fields.tsv of the procedures calls so"
	run -0 --separate-stderr inc-import -q --guess --no-header "$IMPORT/calls.csv"
	want_error ''
	[[ $output == 'Call No'* ]]
}

@test "more columns than names can be are refused" {
	seq 16385 | paste -s -d , >wide.csv
	run -2 --separate-stderr inc-import --guess wide.csv
	want ''
	want_error 'inc-import: wide.csv: 16385 columns, at most 16384 were expected: data in place of names?'
}

@test "of several files the first is named, and how many there are" {
	tsv 'Ref\tWhat' '1\ta' >a.tsv
	tsv 'Ref\tWhat' '2\tb' >b.tsv
	guess a.tsv b.tsv b.tsv --write-map draft.tsv
	grep -Fx 'inc-import: a.tsv and 2 more files: 3 records of 2 columns, in UTF-8, separated by tabs' said
	[[ $(head -n 1 draft.tsv) == '# Draft for a.tsv:'* ]]
	guess a.tsv b.tsv
	grep -F 'a.tsv and 1 more file: 2 records' said
}

@test "the proposals for exports made by hand are those agreed" {
	for export in calls.csv tickets.tsv servicenow.csv jira.csv trail.json ambiguous.csv; do
		guess "$IMPORT/$export"
		targets | sed "s/^/$export /"
	done >proposed
	same "$IMPORT/guessed" proposed
}

@test "a draft imports the export that it was made of, with nothing unread" {
	for export in calls.csv tickets.tsv servicenow.csv jira.csv trail.json ambiguous.csv; do
		rm -f draft.tsv
		guess --write-map draft.tsv "$IMPORT/$export"
		inc-import -q -m draft.tsv "$IMPORT/$export" >rows
		echo "$export"
		[ "$(column unread rows | grep -c .)" -eq 0 ]
		[ "$(column id rows | grep -vc .)" -eq 0 ]
	done
}

@test "a draft says beside each row what a person must decide" {
	guess --write-map draft.tsv "$IMPORT/ambiguous.csv"
	tsv "# Draft for $IMPORT/ambiguous.csv: see to the lines with ASK" \
		"# ASK: reported: times without a zone: write it into the map's column zone; left empty, that of the procedures or UTC is taken" \
		'# ASK: reported (3/4/2026 10:00): no value tells whether the day or the month comes first: the day was taken' \
		"# ASK: state (open | closed): its words are the source's: say in the map what they mean here" \
		'field\twhen\tfrom\tvalue\tformat\tzone\tcapture' \
		'*\t{X} ~ /^\\s*$/' \
		'id\t*\t{ref}\t\t\t\t' \
		'# ASK: %d/%m/%Y %H:%M, or %m/%d/%Y %H:%M?' \
		'received\t*\t{reported}\t\t%d/%m/%Y %H:%M\t\t' \
		"# ASK: state is 'open', 'closed': what is that here? Above the next row one for each word, such as" \
		"# state\\t{state} = 'WORD'\\t\\tclosed" \
		'state\t*\t{state}\t\t\t\t' >wanted
	same wanted draft.tsv
	tail -n 1 said >last
	echo "inc-import: 'draft.tsv' is written: see to its lines with ASK, then inc-import -m ./draft.tsv" >wanted
	same wanted last
}

@test "what a draft says to do can be done as it says" {
	guess --write-map draft.tsv "$IMPORT/ambiguous.csv"
	sed "s/^# state\\(.*\\)WORD/state\\1closed/; s/\\(received.*\\)%d.%m\\(.*\\)\\t\$/\\1%m\\/%d\\2Europe\\/Paris\\t/" \
		draft.tsv >map.tsv
	run -0 inc-import -m map.tsv "$IMPORT/ambiguous.csv"
	want "$(tsv 'id\treceived\tstate\ta_b\tunread' \
		'1\t2026-03-04T09:00:00Z\topen\tx\t' \
		'2\t2026-05-06T09:00:00Z\tclosed\ty\t')"
}

@test "day and month: a value over 12 in any column decides" {
	printf 'opened,closed\n3/4/2026,25/4/2026\n' >in.csv
	guess in.csv
	[ "$(cell opened looks_like)" = 'time %d/%m/%Y, day first, no zone' ]
	printf 'opened,closed\n3/4/2026,4/25/2026\n' >in.csv
	guess in.csv
	[ "$(cell opened looks_like)" = 'time %m/%d/%Y, month first, no zone' ]
	printf 'opened,closed\n3/4/2026,4/5/2026\n' >in.csv
	guess in.csv
	[ "$(cell opened looks_like)" = 'time %d/%m/%Y, no zone' ]
	[ "$(cell opened ask)" = 'which zone; day or month first' ]
}

@test "a draft never takes the place of a file, and ends in .tsv" {
	echo mine >draft.tsv
	run -2 --separate-stderr inc-import --guess --write-map draft.tsv "$IMPORT/calls.csv"
	want ''
	want_error "inc-import: 'draft.tsv' is there already"
	[ "$(cat draft.tsv)" = mine ]
	for name in draft draft.csv .tsv; do
		run -2 --separate-stderr inc-import --guess --write-map "$name" "$IMPORT/calls.csv"
		want ''
		[[ $stderr == *"--write-map '$name': a name that ends in .tsv was expected"* ]]
	done
	run -2 --separate-stderr inc-import --guess --write-map none/draft.tsv "$IMPORT/calls.csv"
	[[ $stderr == *"create 'none/draft.tsv': No such file or directory" ]]
}

@test "a disk that is full is seen, and a part of a draft does not stay" {
	run -2 --separate-stderr bash -c 'inc-import --guess "$1" >/dev/full' sh "$IMPORT/calls.csv"
	[[ $stderr == *"write '<stdout>': No space left on device"* ]]
	run -2 bash -c 'ulimit -f 0; trap "" XFSZ; inc-import -q --guess --write-map draft.tsv "$1" 2>&1 >/dev/null' \
		sh "$IMPORT/calls.csv"
	want "inc-import: write 'draft.tsv': File too large"
	[ ! -e draft.tsv ]
}

@test "options that don't go together are refused" {
	run -2 --separate-stderr inc-import --guess -m jira "$IMPORT/jira.csv"
	[[ $stderr == *'--guess and -m: one or the other'* ]]
	run -2 --separate-stderr inc-import --guess --rejects x "$IMPORT/jira.csv"
	[[ $stderr == *'--rejects goes with -m'* ]]
	run -2 --separate-stderr inc-import -m jira --write-map d.tsv "$IMPORT/jira.csv"
	[[ $stderr == *'--write-map goes with --guess'* ]]
}

@test "hostile headers and values break neither the map nor the terminal" {
	printf 'a{b,"x\ty","new\nline",# hash,"q""u""o",\033[31mred,,{X},id,it'\''s,a|b,when\n' >in.csv
	printf '1,2,3,"# no\ncomment\t*\t{x}",5,\033[32m6,7,8,9,10,11,3/4/2016\n' >>in.csv
	run -0 --separate-stderr inc-import --guess --write-map draft.tsv in.csv
	[[ "$output$stderr$(cat draft.tsv)" != *$'\033'* ]]
	printf '%s\n' "$output" >out
	[ "$(awk -F '\t' 'NF != 7' out | wc -l)" -eq 0 ]
	[ "$(wc -l <out)" -eq 13 ]
	run -0 --separate-stderr inc-import -m draft.tsv in.csv
	want_error ''
	want "$(tsv 'id\tcolumn_7\twhen\ta_b\tx_y\tnew_line\thash\tq_u_o\tcolumn_31mred\tx\tit_s\ta_b_11\tunread' \
		'9\t7\t2016-04-03T00:00:00Z\t1\t2\t3\t# no\\ncomment\\t*\\t{x}\t5\t\0033[32m6\t8\t10\t11\t')"
}

@test "an export of which no name can stand in a map gets no draft" {
	printf 'a{,b}\n1,2\n' >in.csv
	run -2 --separate-stderr inc-import -q --guess --write-map draft.tsv in.csv
	want_error 'inc-import: in.csv: no name of its columns can stand in a map: take its header off and name them with -H'
	[ ! -e draft.tsv ]
	tail -n +2 in.csv >body.csv
	inc-import -q --guess -H a,b --write-map draft.tsv body.csv >out
	run -0 inc-import -m draft.tsv body.csv
	[[ $output == *$'\ta\tb\n'* ]]
	# A column without a name goes by its number, but for another's name.
	rm draft.tsv
	printf 'id,opened,,3\n1,21/01/2026,x,y\n' >in.csv
	run -2 --separate-stderr inc-import -q --guess --write-map draft.tsv in.csv
	want_error "inc-import: in.csv: column 3 has no name, and '3' is that of another: take its header off and name them with -H"
	[ ! -e draft.tsv ]
}

@test "a name of JSON that is a number is kept, and picked by nothing" {
	printf '{"a":"x y","2":"21/01/2026 10:00"}\n' >in.json
	guess --write-map draft.tsv in.json
	run -0 --separate-stderr inc-import -q -m draft.tsv in.json
	[[ $output == *$'\t21/01/2026 10:00' ]]
	rm draft.tsv
	printf '{"1":"x y"}\n' >in.json
	run -2 --separate-stderr inc-import -q --guess --write-map draft.tsv in.json
	want_error 'inc-import: in.json: no name of its columns can stand in a map'
}

@test "a time is read whatever the letters of its column's name" {
	printf 'id,F\303\244llig\n1,21/01/2026 10:00\n' >in.csv
	guess --write-map draft.tsv in.csv
	run -0 inc-import -q -m draft.tsv in.csv
	want "$(tsv 'id\tcolumn_2\tunread' '1\t2026-01-21T10:00:00Z\t')"
}

@test "without a header the draft goes by number, and needs no -H" {
	printf '40.1,EMS: FALL,2016-01-15 12:01,HIGH ST\n40.2,FIRE,2016-01-15 12:02,LOW ST\n' >in.csv
	guess -H lat,title,timestamp,addr --write-map draft.tsv in.csv
	targets >proposed
	tsv summary=title received=timestamp location=addr >wanted
	same wanted proposed
	inc-import -q -m draft.tsv in.csv | cut -f 2- >rows
	tsv 'received\tlocation\tsummary\tlat\tunread' \
		'2016-01-15T12:01:00Z\tHIGH ST\tEMS: FALL\t40.1\t' \
		'2016-01-15T12:02:00Z\tLOW ST\tFIRE\t40.2\t' >wanted
	same wanted rows
}

@test "what can't be read is counted, and another encoding is proposed" {
	printf 'Id,What\n1,\xfe\xfd\xf0\n2,ok\n3,a,b\n4,a,b\n5,a,b\n' >in.csv
	run -3 --separate-stderr inc-import --guess in.csv
	want_error "inc-import: in.csv:2: not UTF-8
inc-import: in.csv:4: 3 fields, the header names 2
inc-import: in.csv:5: 3 fields, the header names 2
inc-import: in.csv: 1 record of 2 columns, in UTF-8, separated by ','
inc-import: 4 records in all can't be read
inc-import: no column looks like the time of a report
inc-import: where it is of another encoding, --encoding names it: perhaps cp1254"
	# and of the header too, and the import says so as well
	printf 'field\twhen\tfrom\nid\t*\t{1}\n' >map.tsv
	printf 'Stra\xdfe,N\nx,1\n' >west.csv
	run -2 --separate-stderr inc-import -m map.tsv west.csv
	[[ $stderr == *'--encoding names it, as in --encoding cp1252' ]]
	run -0 --separate-stderr inc-import --guess --encoding cp1252 \
		--delimiter , --write-map west.tsv west.csv
	[[ $stderr == *"then inc-import -m ./west.tsv --encoding cp1252 --delimiter ','" ]]
	run -0 --separate-stderr inc-import --guess --encoding cp1254 <(head -n 3 in.csv)
	[[ $output == *'şığ'* ]]
	[[ $stderr == *', in cp1254, '* ]]
	printf 'Stra\xdfe\nx\n' >in.csv
	run -2 --separate-stderr inc-import --guess in.csv
	want_error "inc-import: in.csv:1: not UTF-8
inc-import: where it is of another encoding, --encoding names it: perhaps cp1252"
}

@test "shipped maps that fit are named" {
	guess "$IMPORT/jira.csv"
	grep -qx 'inc-import: a shipped map fits, as in inc-import -m MAP: jira' said
	guess "$EXAMPLES/servicenow.csv"
	grep -qx 'inc-import: a shipped map fits, as in inc-import -m MAP: servicenow' said
	guess "$IMPORT/ambiguous.csv"
	run ! grep 'a shipped map' said
	for map in alertmanager github-status pagerduty; do
		guess "$IMPORT/$map.json"
		grep -qx "inc-import: a shipped map fits, as in inc-import -m MAP: $map" said
	done
	guess "$IMPORT/zendesk.jsonl"
	grep -qx 'inc-import: a shipped map fits, as in inc-import -m MAP: zendesk' said
	printf '{"id":1,"created_at":"2026-03-25T09:08:12Z","title":"no mail"}\n' >in.json
	guess in.json
	run ! grep 'a shipped map' said
}

@test "an audit trail is seen by its ids" {
	guess --write-map draft.tsv "$EXAMPLES/servicenow.csv"
	grep -qx 'inc-import: number: one id stands on several rows, as in an audit trail: inc-log current - makes one of them' said
	grep -qx '# One id stands on several rows: inc-log current - makes one of them.' draft.tsv
	inc-import -q -m draft.tsv "$EXAMPLES/servicenow.csv" | inc-log -q current - >records
	[ "$(inc-select --count '*' records)" -eq 22 ]
}

@test "a first line that is a record is told from a header" {
	printf '40.1,EMS: FALL,2016-01-15 12:01\n40.2,Fire: ALARM,2016-01-15 12:06\n' >in.csv
	guess in.csv
	grep -qx "inc-import: '40.1' is no name: where the first line is a record, -H names the columns" said
	guess -H lat,what,at in.csv
	run ! grep 'is no name' said
	printf 'No.,2016,Open time\n1,2,2016-01-15 12:01\n' >in.csv
	guess in.csv
	run ! grep 'is no name' said
}

@test "empty input, a header alone and JSON without a record" {
	run -2 --separate-stderr inc-import --guess </dev/null
	want ''
	want_error 'inc-import: <stdin>: empty, a header line was expected'
	printf 'id,opened\n' >in.csv
	guess --write-map draft.tsv in.csv
	[ "$(cell opened looks_like)" = empty ]
	run -0 inc-import -m draft.tsv in.csv
	want "$(tsv 'id\treceived\tunread')"
	echo '[]' >in.json
	run -2 --separate-stderr inc-import -q --guess --write-map json.tsv in.json
	want_error 'inc-import: in.json: no record, so nothing to make a map of'
}

@test "on a terminal the report is a table that fits" {
	command -v script >/dev/null || skip 'no script(1)'
	for width in 60 100 200; do
		script -qec "stty cols $width; inc-import -q --guess $IMPORT/calls.csv" /dev/null |
			tr -d '\r' >table
		[ "$(wc -l <table)" -eq 12 ]
		[ "$(wc -L <table)" -le "$width" ]
		grep -q '^column *filled *distinct *looks_like' table || [ $width -eq 60 ]
	done
}

@test "thousands of columns and long values take little memory" {
	awk 'BEGIN { for (i = 0; i < 5000; i++) printf "c%d%s", i, i < 4999 ? "," : "\n"
		for (k = 0; k < 40; k++) for (i = 0; i < 5000; i++)
			printf "v%d.%d%s", i, k, i < 4999 ? "," : "\n" }' >in.csv
	sanitized || ulimit -v 200000
	guess --write-map draft.tsv in.csv
	[ "$(cell c4999 distinct)" = 'more than 16' ]
	inc-import -q -m draft.tsv in.csv | wc -l >count
	[ "$(cat count)" -eq 41 ]
}

# proposals MAP: which of the proposals in out are those of a shipped map (one
# of the columns of which it makes the target), which are others than its, and
# which it has but were not made.
proposals() {
	awk -F '\t' '
		FNR == NR {
			if (FNR > 1 && $5 != "") got[$5] = got[$5] "{" $1 "}"
			next
		}
		!/^#/ && $1 != "field" && $1 != "*" && $3 != "" {
			if (!($1 in from)) order[++n] = $1
			from[$1] = from[$1] $3
		}
		END {
			for (i = 1; i <= n; i++) {
				t = order[i]
				if (!(t in got)) { missing = missing " " t; continue }
				first = got[t]; sub(/}.*/, "}", first)
				if (index(from[t], first)) right = right " " t
				else other = other " " t
			}
			print "right:" right; print "other:" other; print "missing:" missing
		}' out "$SOURCE/share/import/$1.tsv"
}

@test "real exports: most proposals are those of the shipped maps" {
	need_data
	while IFS=: read -r map file; do
		guess "$DATA/$file"
		proposals "$map" | sed "s/^/$map /"
	done >proposed <<-'END'
		boston311:boston311/boston311-100.csv
		servicenow:servicenow-uci/incident_event_log.csv.gz
		sf-fire:sf-fire/sf_fire_2016w53.csv.gz
		lfb:lfb/LFB Incident data.csv
		itsm-abc:itsm-abc/ITSM_data.csv
		helpdesk:helpdesk/helpdesk.csv.gz
	END
	same "$IMPORT/guessed.real" proposed
}

@test "real exports: the drafts import what they were made of" {
	need_data
	while IFS=: read -r rows file; do
		rm -f draft.tsv
		echo "$file"
		guess --write-map draft.tsv "$DATA/$file"
		inc-import -q -m draft.tsv "$DATA/$file" >rows
		[ "$(inc-select -q --count '*' rows)" -eq "$rows" ]
		[ "$(column id rows | grep -vc .)" -eq 0 ]
		[ "$(column unread rows | grep -c .)" -eq 0 ]
	done <<-'END'
		100:boston311/boston311-100.csv
		100:boston311/boston311-100-with-nonascii.csv
		10:boston311/boston311-10.jsonl
		119998:servicenow-uci/incident_event_log.csv.gz
		7704:sf-fire/sf_fire_2016w53.csv.gz
		20:lfb/LFB Incident data.csv
		20:lfb/LFB Mobilisation data.csv
		40:itsm-abc/ITSM_data.csv
		21348:helpdesk/helpdesk.csv.gz
	END
	guess -H lat,lng,title,timestamp,twp,addr --write-map headless.tsv \
		"$DATA/montco-911/911_noheader.csv"
	inc-import -q -m headless.tsv "$DATA/montco-911/911_noheader.csv" >rows
	[ "$(inc-select -q --count '*' rows)" -eq 3051 ]
}

@test "JSON: what Jira answers is known by its names, and an address of mail is no place" {
	printf '%s\n' '{"issues":[{"id":"10002","fields":{"summary":"no mail","status":{"name":"Open"},"priority":{"name":"High"},' \
		'"created":"2026-03-25T09:08:12.000+0000","resolutiondate":null,"assignee":{"displayName":"Mia"},' \
		'"reporter":{"displayName":"Ada","emailAddress":"ada@example.org"}}}]}' >in.json
	guess in.json
	targets | LC_ALL=C sort >proposed
	tsv assigned=fields.assignee.displayName callback=fields.reporter.emailAddress \
		caller=fields.reporter.displayName id=id priority=fields.priority.name \
		received=fields.created resolved=fields.resolutiondate \
		state=fields.status.name summary=fields.summary >wanted
	same wanted proposed
}

@test "JSON: records within an array are found, and arrays in them told" {
	printf '%s\n' '{"meta":{"page":1},"incidents":[' \
		'{"id":"Q1","created_at":"2026-03-25T09:08:12Z","title":"no mail","parts":[{"a":1}]},' \
		'{"id":"Q2","created_at":"2026-03-25T09:09:12Z","title":"no light","parts":[]}]}' >in.json
	guess --write-map draft.tsv in.json
	targets >proposed
	tsv id=id received=created_at summary=title >wanted
	same wanted proposed
	head -n 1 said >first
	echo 'inc-import: in.json: 2 records of 5 columns, in JSON, the array incidents' >wanted
	same wanted first
	[ "$(cell parts ask)" = arrays ]
	grep -qx "$(tsv '\*\t\t{incidents}\t\trecords')" draft.tsv
	run -0 inc-import -m draft.tsv in.json
	want "$(tsv 'id\treceived\tsummary\tmeta_page\tparts\tunread' \
		'Q1\t2026-03-25T09:08:12Z\tno mail\t1\t[{"a":1}]\t' \
		'Q2\t2026-03-25T09:09:12Z\tno light\t1\t\t')"
	# What can be read but once is told as it stands.
	inc-import --guess <in.json >out 2>said
	[ "$(cell incidents ask)" = arrays ]
}
