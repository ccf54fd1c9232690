#!/usr/bin/env bats
# inc-import: exports in.

load helper

# Procedures without a word but their zone, so that no notice is said.
export INC_PROCEDURES=$FIXTURES/utc

FIELDS='field\twhen\tfrom\tvalue\tformat\tzone\tcapture'

# map LINE...: a map of our own, map.tsv.
map() {
	tsv "$FIELDS" "$@" >map.tsv
}

# import ARGUMENT...: with the map of our own.
import() {
	inc-import -m ./map.tsv "$@"
}

# rows FILE: how many rows a stream has.
rows() {
	tail -n +2 "$1" | wc -l
}

# reference_python: Debian's own, which has no packages but its library's.
reference_python() {
	[ -x /usr/bin/python3 ] || skip 'no /usr/bin/python3'
}

@test "the shipped maps are listed as a stream" {
	run -0 --separate-stderr inc-import --list-maps
	want_error ''
	printf '%s\n' "$output" | cut -f 1 >names
	tsv map alertmanager boston311 generic github-status helpdesk itsm-abc jira lfb \
		montco911 pagerduty servicenow servicenow-list sf-fire zendesk >wanted
	same wanted names
	inc-import --list-maps --no-header | same <(tail -n +2 <<<"$output") -
	[ "$(printf '%s\n' "$output" | awk -F '\t' '$2 == ""' | wc -l)" -eq 0 ]
}

@test "every shipped map loads" {
	for name in $(inc-import --list-maps | tail -n +2 | cut -f 1); do
		run -2 inc-import -m "$name" </dev/null
		[[ $output == *': empty, a '*' was expected' ]]
	done
}

@test "without a map the way to see them is named" {
	run -2 --separate-stderr inc-import
	want ''
	[[ $stderr == *'-m MAP is missing (--list-maps prints them, --guess looks at an export)'* ]]
}

@test "an unknown map gets the nearest name" {
	run -2 --separate-stderr inc-import -m servicenov </dev/null
	want ''
	want_error "inc-import: unknown map 'servicenov': a shipped one or a path was expected (did you mean 'servicenow'?)"
}

@test "a directory among the files is refused before the first record" {
	map 'id\t*\t{id}'
	tsv 'id' '1' >a.tsv
	echo '{"id":1}' >a.json
	mkdir d
	run -2 --separate-stderr import a.tsv d
	want ''
	want_error 'inc-import: d: is a directory, a file was expected'
	run -2 --separate-stderr import a.json d
	want ''
	[[ $stderr == "inc-import: "*directory* ]]
}

@test "a map is a path where it has a slash or a table's suffix" {
	map 'a\t*\t{x}'
	printf 'x\n1\n' >in.csv
	run -0 inc-import -m map.tsv in.csv
	want $'a\n1'
	run -0 inc-import -m ./map.tsv in.csv
	want $'a\n1'
	run -2 --separate-stderr inc-import -m no.tsv in.csv
	want_error "inc-import: open 'no.tsv': No such file or directory"
}

@test "a fault in a map stops the program with its place" {
	map 'received\t*\t{x}\t\t%d/%q'
	printf 'x\n1\n' >in.csv
	run -2 --separate-stderr import in.csv
	want ''
	want_error "inc-import: ./map.tsv:2:17: '%q' is not known in a format (inc-import(1) lists what is)"
}

@test "a row of a map without a zone goes by the zone of the procedures" {
	map 'received\t*\t{x}' 'updated\t*\t{y}\t\t\tAsia/Kolkata'
	printf 'x,y\n2026-07-01 09:00,2026-07-01 09:00\n' >in.csv
	run -0 --separate-stderr import -p itsm in.csv
	want_error ''
	want "$(tsv 'received\tupdated\tunread' \
		'2026-07-01T08:00:00Z\t2026-07-01T03:30:00Z\t')"
	run -0 --separate-stderr import -p "$FIXTURES/utc" in.csv
	want "$(tsv 'received\tupdated\tunread' \
		'2026-07-01T09:00:00Z\t2026-07-01T03:30:00Z\t')"
	utc=$output
	unset INC_PROCEDURES
	run -0 --separate-stderr import in.csv
	want "$utc"
	want_error 'inc-import: no procedures: zone UTC, nothing sealed'
	run -0 --separate-stderr import -q in.csv
	want_error ''
	run -2 --separate-stderr import -p itsn in.csv
	want ''
	[[ $stderr == "inc-import: no pack 'itsn'"* ]]
}

@test "an audit trail with the quirks of a real one is read" {
	cp "$FIXTURES/import/servicenow.csv" in.csv
	run -0 --separate-stderr inc-import -m servicenow in.csv
	want_error "inc-import: in.csv:7: updated '27/3/2016 01:12' is a time that the clock skipped or repeated (1 row: read as the first instant that it can mean)
inc-import: in.csv:7: acknowledged '27/3/2016 01:12' is a time that the clock skipped or repeated (1 row: read as the first instant that it can mean)
inc-import: in.csv:7: held '27/3/2016 01:12' is a time that the clock skipped or repeated (1 row: read as the first instant that it can mean)"
	printf '%s\n' "$output" |
		cut -f 1-5,7,11-19 >out
	tsv 'id\treceived\tupdated\tchannel\tcaller\tsummary\timpact\turgency\tpriority\tstate\tacknowledged\theld\tresolved\tclosed\toutcome' \
		'INC1\t2016-02-29T01:16:00Z\t2016-02-29T01:23:00Z\tphone\tCaller  8\tSymptom 72 (Category 55, Subcategory 170)\t2\t2\tP3\tnew\t\t\t\t\t' \
		'INC1\t2016-02-29T01:16:00Z\t2016-02-29T08:53:00Z\tphone\tCaller  8\tSymptom 72 (Category 55, Subcategory 170)\t2\t2\tP3\tresolved\t2016-02-29T08:53:00Z\t\t2016-02-29T11:29:00Z\t\tcode 5' \
		'INC1\t2016-02-29T01:16:00Z\t2016-03-05T12:00:00Z\tphone\tCaller  8\tSymptom 72 (Category 55, Subcategory 170)\t2\t2\tP3\tclosed\t2016-03-05T12:00:00Z\t\t2016-02-29T11:29:00Z\t2016-03-05T12:00:00Z\tcode 5' \
		'INC2\t2016-07-01T08:05:00Z\t2016-07-01T08:06:00Z\temail\t\tCategory 9, Subcategory 1\t1\t1\tP1\tactive\t2016-07-01T08:06:00Z\t\t\t\t' \
		'INC2\t2016-07-01T08:05:00Z\t2016-07-01T08:10:00Z\temail\t\tCategory 9, Subcategory 1\t1\t1\tP1\t\t\t\t\t\t' \
		'INC3\t2016-03-27T00:59:00Z\t2016-03-27T01:00:00Z\t\tCaller 1\tSymptom 1 (Category 1, Subcategory 2)\t3\t3\tP4\theld\t2016-03-27T01:00:00Z\t2016-03-27T01:00:00Z\t\t\t' >wanted
	same wanted out
}

@test "what a capture alone would keep is kept where it does not match" {
	map 'priority\t*\t{Prio}\tP{1}\t\t\t^(\\d)' 'town\t*\t{Where}\t\t\t\tTown: (\\w+)' \
		'location\t*\t{Where}'
	printf 'Prio,Where\n1 - High,x\nHoch,Town: y\n,\n' >in.csv
	run -3 --separate-stderr import in.csv
	want "$(tsv 'priority\ttown\tlocation\tunread' 'P1\t\tx\t' \
		'\ty\tTown: y\tpriority=Hoch' '\t\t\t')"
	want_error "inc-import: in.csv:3: priority 'Hoch' does not match ^(\\d) (1 row: left empty, the value is kept in 'unread')"
}

@test "an export without what ids are made of is refused" {
	map 'id\t*\t{Ref}-{Unti}' 'a\t*\t{x}'
	printf 'Ref,Unit,x\n1,2,3\n' >in.csv
	run -2 --separate-stderr import in.csv
	want ''
	want_error "inc-import: ./map.tsv:2:12: the export has no column 'Unti', of which the id is made (did you mean 'Unit'?)"
}

@test "a field that looks like a slip of the pen is told of" {
	map 'recieved\t*\t{x}' 'arrived\t*\t{y}' 'vpi\t*\t{z}'
	printf 'x,y,z\n1,2,3\n' >in.csv
	run -0 --separate-stderr import -p itsm in.csv
	want "$(tsv 'recieved\tarrived\tvpi' '1\t2\t3')"
	want_error "inc-import: the map './map.tsv' sets 'recieved', which is none of inc's own (did you mean 'received'?)
inc-import: the map './map.tsv' sets 'vpi', which is none of inc's own (did you mean 'vip'?)"
}

@test "state rows that are not such leave held, resolved and closed empty" {
	run -0 --separate-stderr inc-import -q -m servicenow \
		"$EXAMPLES/servicenow.csv"
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq "$(($(wc -l <"$EXAMPLES/servicenow.csv") - 1))" ]
	paste <(column state out) <(column held out) <(column resolved out) \
		<(column closed out) <(column acknowledged out) |
		awk -F '\t' '
		($1 == "held") != ($2 != "") { print "held:", $0; bad = 1 }
		($1 == "resolved" || $1 == "closed") != ($3 != "") {
			print "resolved:", $0; bad = 1 }
		($1 == "closed") != ($4 != "") { print "closed:", $0; bad = 1 }
		($1 == "new" || $1 == "") != ($5 == "") {
			print "acknowledged:", $0; bad = 1 }
		END { exit bad }'
}

@test "a semicolon, a tab and a comma are seen in the header line" {
	map 'a\t*\t{x}'
	printf 'x;y\n1;"2;3"\n' >in.csv
	run -0 import in.csv
	want "$(tsv 'a\ty' '1\t2;3')"
	printf 'x\ty, z\n1\t"2\n' >in.tsv
	run -0 import in.tsv
	want "$(tsv 'a\ty_z' '1\t"2')"
	printf 'x,"y;;;;"\n1,2\n' >in.csv
	run -0 import in.csv
	want "$(tsv 'a\ty' '1\t2')"
}

@test "a delimiter may be named, and is one character" {
	map 'a\t*\t{x}'
	printf 'x|y,z\n1|2\n' >in.csv
	run -0 import --delimiter '|' in.csv
	want "$(tsv 'a\ty_z' '1\t2')"
	printf 'x\ty,z,w\n1\t2\n' >in.csv
	for tab in tab '\t' $'\t'; do
		run -0 import --delimiter "$tab" in.csv
		want "$(tsv 'a\ty_z_w' '1\t2')"
	done
	for wrong in '' ',,' '"' é $'\n'; do
		run -2 --separate-stderr import --delimiter "$wrong" in.csv
		want ''
		[[ $stderr == *'one character such as , or ; or the word tab was expected'* ]]
	done
}

@test "standard input is read as a file is" {
	map 'a\t*\t{x}'
	run -0 import <<<$'x\n1'
	want $'a\n1'
	run -0 import - <<<$'x\n1'
	want $'a\n1'
}

@test "a quoting error is set aside with its line, the others go on" {
	map 'a\t*\t{x}'
	printf 'x,y\n1,"ok, ""so"""\n2,"no" so\n3,s"o\n4,"two\nlines"\n5,"open\n6,z\n' >in.csv
	run -3 --separate-stderr import --rejects rejects in.csv
	want "$(tsv 'a\ty' '1\tok, "so"' '4\ttwo\\nlines' '6\tz')"
	want_error "inc-import: in.csv:3: field 2: text after the closing quote, a delimiter was expected
inc-import: in.csv:4: field 2: a quote in a field that does not start with one
inc-import: in.csv:7: field 2: the quote is never closed, seen on line 9"
	tsv 'file\tline\treason\trow' \
		'in.csv\t3\tfield 2: text after the closing quote, a delimiter was expected\t2,"no" so' \
		'in.csv\t4\tfield 2: a quote in a field that does not start with one\t3,s"o' \
		'in.csv\t7\tfield 2: the quote is never closed, seen on line 9\t5,"open' >wanted
	same wanted rejects
}

@test "a ragged row is set aside with its line, the others go on" {
	map 'a\t*\t{x}'
	printf 'x,y\n1\n2,3,4\n5,6\n' >in.csv
	run -3 --separate-stderr import in.csv
	want "$(tsv 'a\ty' '5\t6')"
	want_error "inc-import: in.csv:2: 1 field, the header names 2 ('y' is missing)
inc-import: in.csv:3: 3 fields, the header names 2"
}

@test "an empty line is a record in one column and nothing in several" {
	map 'a\t*\t{x}'
	printf 'x\n1\n\n2\n\n' >in.csv
	run -0 --separate-stderr import in.csv
	import in.csv >out
	tsv a 1 '' 2 '' >wanted
	same wanted out
	printf 'x,y\n1,2\n\n3,4\n\n' >in.csv
	run -0 --separate-stderr import in.csv
	want "$(tsv 'a\ty' '1\t2' '3\t4')"
	want_error ''
}

@test "names that come twice or are empty are an error that names them" {
	map 'a\t*\t{x}'
	printf 'x,y,,y,x\n1,2,3,4,5\n' >in.csv
	run -2 --separate-stderr import in.csv
	want ''
	want_error "inc-import: in.csv:1: column 3 has no name, two columns are called 'y', two columns are called 'x' (a map can join them: inc-import(1), Maps)"
}

@test "a map that picks by number takes names that come twice" {
	map 'a\t*\t{5}' 'b\t*\t{z}'
	printf 'x,y,,y,x,z\n1,2,3,4,5,6\n' >in.csv
	run -0 --separate-stderr import in.csv
	want_error ''
	want "$(tsv 'a\tb\tx\ty\tcolumn_3\ty_4' '5\t6\t1\t2\t3\t4')"
}

@test "input without a header is read by number" {
	map 'a\t*\t{2}' 'b\t{1} = 1\t\tyes'
	printf '1,2\n2,"3\n4"\n' >in.csv
	run -0 import in.csv
	want "$(tsv 'a\tb\tcolumn_1' '2\tyes\t1' '3\\n4\t\t2')"
	run -0 import -H 'Row ID,v' in.csv
	want "$(tsv 'a\tb\trow_id' '2\tyes\t1' '3\\n4\t\t2')"
	map 'a\t*\t{3}'
	run -2 --separate-stderr import in.csv
	want ''
	want_error 'inc-import: ./map.tsv:2:5: {3} is wanted, the export has 2 columns'
	run -2 --separate-stderr import /dev/null
	want_error 'inc-import: /dev/null: empty, a record was expected'
}

@test "names may be given for input without a header" {
	map 'a\t*\t{x}'
	printf '1,2\nx,y\n' >in.csv
	run -0 import -H x,y in.csv
	want "$(tsv 'a\ty' '1\t2' 'x\ty')"
	run -2 --separate-stderr import -H x,x in.csv
	want_error "inc-import: --header: two columns are called 'x' (a map can join them: inc-import(1), Maps)"
}

@test "other encodings are read, what does not fit is set aside" {
	map 'a\t*\t{x}'
	printf 'x,y\ncaf\351,\200\n' >in.csv
	run -0 import --encoding WINDOWS-1252 in.csv
	want "$(tsv 'a\ty' 'café\t€')"
	run -3 --separate-stderr import in.csv
	want "$(tsv 'a\ty')"
	want_error 'inc-import: in.csv:2: not UTF-8
inc-import: where the export is of another encoding, --encoding names it, as in --encoding cp1252'
	printf 'x,y\n1,\351\n2,b\n' >in.csv
	run -3 --separate-stderr import --encoding US-ASCII in.csv
	want "$(tsv 'a\ty' '2\tb')"
	want_error 'inc-import: in.csv:2: not valid in US-ASCII'
	run -2 --separate-stderr import --encoding latin9000 in.csv
	want ''
	want_error "inc-import: encoding 'latin9000' is not known (iconv -l lists them)"
	printf 'x,y\n1,é\n' | iconv -t UTF-16 >in.csv
	run -0 import --encoding UTF-16 in.csv
	want "$(tsv 'a\ty' '1\té')"
	run -0 import in.csv
	want "$(tsv 'a\ty' '1\té')"
	# Each file has its own, as when a colleague saved the second one anew.
	printf 'x,y\n2,ü\n' >too.csv
	run -0 import in.csv too.csv
	want "$(tsv 'a\ty' '1\té' '2\tü')"
	run -0 import - <in.csv
	want "$(tsv 'a\ty' '1\té')"
	printf '\377\376x\0,\0y\0\n\0001\0,\0\0\334\n\0002\0,\0a\0\n\0' >in.csv
	run -3 --separate-stderr import in.csv
	want "$(tsv 'a\ty' '2\ta')"
	want_error 'inc-import: in.csv:2: not valid in UTF-16'
}

@test "what is no time is left empty, kept and counted, and the row goes on" {
	map 'received\t*\t{opened}\t\t%d/%m/%Y\tEurope/London' 'closed\t*\t{done}'
	printf 'opened,done\n31/1/2026,2026-02-01 10:00\n31/2/2026,soon\n,\n13/13/2026,\n' >in.csv
	run -3 --separate-stderr import in.csv
	want "$(tsv 'received\tclosed\tunread' \
		'2026-01-31T00:00:00Z\t2026-02-01T10:00:00Z\t' \
		'\t\treceived=31/2/2026; closed=soon' '\t\t' \
		'\t\treceived=13/13/2026')"
	want_error "inc-import: in.csv:3: received '31/2/2026' is no time of the form %d/%m/%Y (2 rows: left empty, the value is kept in 'unread')
inc-import: in.csv:3: closed 'soon' is no time such as 2026-03-25 09:08 (1 row: left empty, the value is kept in 'unread')"
}

@test "local times that come twice or never are counted, status 0" {
	map 'received\t*\t{t}\t\t%d/%m/%Y %H:%M\tEurope/London'
	printf 't\n29/3/2026 01:30\n25/10/2026 01:30\n25/10/2026 02:00\n' >in.csv
	run -0 --separate-stderr import in.csv
	want "$(tsv 'received\tunread' '2026-03-29T01:00:00Z\t' \
		'2026-10-25T00:30:00Z\t' '2026-10-25T02:00:00Z\t')"
	want_error "inc-import: in.csv:2: received '29/3/2026 01:30' is a time that the clock skipped or repeated (2 rows: read as the first instant that it can mean)"
	run -0 --separate-stderr import -q in.csv
	want_error ''
}

@test "columns that no row takes are kept under names of our own form" {
	map 'a\t*\t{x}'
	printf 'x,Call Number,state,RowID,911\n1,2,3,4,5\n' >in.csv
	run -0 import in.csv
	want "$(tsv 'a\tcall_number\tsrc_state\trow_id\tcolumn_911' '1\t2\t3\t4\t5')"
}

@test "columns that the export lacks are said once, alternatives are not" {
	map 'a\t*\t{x}' 'b\t{z} = 1\t{w}' 'c\t*\t{x}' 'c\t*\t{v}'
	printf 'x\n1\n' >in.csv
	run -0 --separate-stderr import in.csv
	want "$(tsv 'a\tb\tc' '1\t\t1')"
	want_error "inc-import: in.csv has no column 'z', 'w', which the map './map.tsv' names"
	run -0 --separate-stderr inc-import -m generic <<<$'id,Title\n1,x'
	want_error ''
}

@test "an export that has none of the map's columns is refused" {
	map 'a\t*\t{Call Number}' 'b\t*\t{Unit ID}'
	printf 'call_number,y\n1,2\n' >in.csv
	run -2 --separate-stderr import in.csv
	want ''
	want_error "inc-import: in.csv:1: none of the columns that ./map.tsv names is there: 'Call Number', 'Unit ID': is it the right map? (did you mean 'call_number'?)"
}

@test "a header alone gives a header alone, nothing at all is an error" {
	map 'a\t*\t{x}'
	printf 'x,y' >in.csv
	run -0 --separate-stderr import in.csv
	want "$(tsv 'a\ty')"
	want_error ''
	run -2 --separate-stderr import </dev/null
	want ''
	want_error 'inc-import: <stdin>: empty, a header line was expected'
}

@test "10,000 columns are imported" {
	map 'id\t*\t{c9999}'
	awk 'BEGIN {
		for (r = 0; r < 20; r++)
			for (i = 1; i <= 10000; i++)
				printf "%s%d%s", r ? "" : "c", i, i < 10000 ? "," : "\n"
	}' >in.csv
	run -0 --separate-stderr import in.csv
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq 19 ]
	[ "$(tail -n 1 out | cut -f 1-3,10000)" = "$(tsv '9999\t1\t2\t10000')" ]
}

@test "a file of quotes that are never closed ends in time, and says so" {
	map 'a\t*\t{x}'
	{ echo x,y && yes '1","' | head -n 300000; } >in.csv
	run -3 --separate-stderr timeout 60 inc-import -m ./map.tsv in.csv
	want "$(tsv 'a\ty')"
	[[ $stderr == *"never closed"* ]]
}

@test "what a reference writer writes is read as it was" {
	reference_python
	map 'status\t*\t\ttest'
	/usr/bin/python3 - <<-'END'
	import csv, random
	random.seed(7)
	parts = [',', '"', '\n', '\r\n', '\\', '\t', 'a', 'é', ' ', '', ';',
	    "'", '\\n', '\\N', '\r', '1"', '""', '😎']
	names = ['c%d' % i for i in range(8)]
	rows = [[''.join(random.choice(parts) for _ in range(random.randrange(6)))
	    for _ in names] for _ in range(3000)]
	rows = [r for r in rows if r != names]
	table = str.maketrans({'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'})
	with open('wanted', 'w', newline='') as f:
	    for r in [names] + rows:
	        f.write('\t'.join(c.translate(table) for c in r) + '\n')
	every = csv.QUOTE_ALL
	for name, form in (('a.csv', dict()),
	        ('b.csv', dict(lineterminator='\n', quoting=every)),
	        ('c.csv', dict(delimiter=';', quoting=every))):
	    with open(name, 'w', newline='') as f:
	        csv.writer(f, **form).writerows([names] + rows)
	END
	for file in a.csv b.csv c.csv; do
		run -0 --separate-stderr import "$file"
		want_error ''
		import "$file" | cut -f 2- >out
		same wanted out
	done
}

@test "csv-spectrum is read exactly as its JSON says" {
	need_data csv-suites
	reference_python
	map 'status\t*\t\ttest'
	for file in "$DATA"/csv-suites/csv-spectrum/csvs/*.csv; do
		name=$(basename "$file" .csv)
		json=$DATA/csv-suites/csv-spectrum/json/$name.json
		# Where the two differ in the suite itself: one has another
		# number, the other lost the returns in its CSV.
		case $name in
		location_coordinates)
			sed 's/1234567890/2095257564/' "$json" >as.json ;;
		newlines_crlf)
			sed 's/\\r\\n/\\n/' "$json" >as.json
			run ! grep -q $'\r' "$file" ;;
		*) cat "$json" >as.json ;; # may be read-only
		esac
		run -0 --separate-stderr import "$file"
		want_error ''
		import "$file" >out
		/usr/bin/python3 "$FIXTURES/import/same_as_json.py" as.json out
	done
}

@test "csv-test-data is read as its JSON says" {
	need_data csv-suites
	reference_python
	map 'status\t*\t\ttest'
	for file in "$DATA"/csv-suites/csv-test-data/csv/*.csv; do
		name=$(basename "$file" .csv)
		json=$DATA/csv-suites/csv-test-data/json/$name.json
		case $name in
		bad-*) continue ;;
		all-empty | empty-one-column | one-column | trailing-newline-one-field)
			names=one ;;
		*) names=foo,bar,baz ;;
		esac
		set -- -H "$names"
		[[ $name != header-* ]] || set --
		run -0 --separate-stderr import "$@" "$file"
		want_error ''
		import "$@" "$file" >out
		/usr/bin/python3 "$FIXTURES/import/same_as_json.py" "$json" out
	done
}

@test "the broken files of csv-test-data are caught at their place" {
	need_data csv-suites
	map 'status\t*\t\ttest'
	bad=$DATA/csv-suites/csv-test-data/csv
	for name in missing-quote quotes-with-unescaped-quote unescaped-quote \
		header-less-fields header-more-fields; do
		run -3 --separate-stderr import "$bad/bad-$name.csv"
		want "$(tsv 'status\tfoo\tbar\tbaz')"
		[[ $stderr == "inc-import: $bad/bad-$name.csv:2: "* ]]
	done
	map 'a\t*\t{foo}'
	run -2 --separate-stderr import "$bad/bad-header-no-header.csv"
	[[ $stderr == *': empty, a header line was expected' ]]
	run -2 --separate-stderr import "$bad/bad-header-wrong-header.csv"
	[[ $stderr == *'is it the right map?'* ]]
}

@test "servicenow-uci: 119,998 records in, as many out, none set aside" {
	need_data servicenow-uci
	gzip -dc "$DATA"/servicenow-uci/incident_event_log.csv.gz >in.csv
	inc-import -q --rejects rejects -m servicenow in.csv >out
	[ "$(rows out)" -eq 119998 ]
	[ "$(wc -l <rejects)" -eq 1 ]
	[ "$(column received out | grep -cv '^20')" -eq 0 ]
	[ "$(column unread out | grep -c .)" -eq 0 ]
	column priority out | sort | uniq -c | awk '{ print $2, $1 }' >got
	tsv 'P1 1835' 'P2 2499' 'P3 112115' 'P4 3549' >wanted
	same wanted got
	# The columns that the map takes as they are, and those kept.
	[ "$(column id out | md5sum)" = "$(tail -n +2 in.csv | cut -d , -f 1 | md5sum)" ]
	[ "$(column sys_mod_count out | md5sum)" = "$(tail -n +2 in.csv | cut -d , -f 6 | md5sum)" ]
}

@test "sf-fire: 7,704 rows of 3,560 calls" {
	need_data sf-fire
	gzip -dc "$DATA"/sf-fire/sf_fire_2016w53.csv.gz >in.csv
	run -0 --separate-stderr inc-import -m sf-fire in.csv
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq 7704 ]
	[ "$(column id out | sort -u | wc -l)" -eq 3560 ]
	[ "$(column received out | sort | head -n 1)" = 2016-12-31T08:01:04Z ]
	[ "$(column latitude out | grep -c '^37\.')" -eq 7704 ]
}

@test "boston311: line 41 is set aside, the others go on" {
	need_data boston311
	run -3 --separate-stderr inc-import -m boston311 --rejects rejects \
		"$DATA"/boston311/boston311-100-bad.tsv
	want_error "inc-import: $DATA/boston311/boston311-100-bad.tsv:41: 30 fields, the header names 29"
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq 99 ]
	column line rejects >lines
	[ "$(cat lines)" = 41 ]
	for file in "$DATA"/boston311/*.csv; do
		run -0 --separate-stderr inc-import -m boston311 "$file"
		want_error ''
	done
	inc-import -m boston311 "$DATA"/boston311/boston311-100-20dupes-random.csv >out
	[ "$(rows out)" -eq 100 ]
	inc-log -q current - <out >folded
	[ "$(rows folded)" -eq 80 ]
}

@test "montco-911: 3,051 rows without a header" {
	need_data montco-911
	run -0 --separate-stderr inc-import -m montco911 \
		"$DATA"/montco-911/911_noheader.csv
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq 3051 ]
	column category out | sort | uniq -c | awk '{ print $2, $1 }' >got
	tsv 'EMS 1155' 'Fire 351' 'Traffic 1545' >wanted
	same wanted got
	first=$(head -n 1 "$DATA"/montco-911/911_noheader.csv)
	id=$(printf '%s\t%s\t%s' "$(cut -d , -f 4 <<<"$first")" \
		"$(cut -d , -f 3 <<<"$first")" "$(cut -d , -f 6 <<<"$first")" |
		sha256sum | cut -c 1-16)
	[ "$(column id out | head -n 1)" = "$id" ]
}

@test "itsm-abc: spoiled numbers and NA come through the generic map" {
	need_data itsm-abc
	run -3 --separate-stderr inc-import -m generic "$DATA"/itsm-abc/ITSM_data.csv
	[ "$(printf '%s\n' "$stderr" | grep -c "is no time such as 2026-03-25 09:08")" -eq 3 ]
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq 40 ]
	[ "$(column handle_time_hrs out | head -n 1)" = 3,87,16,91,111 ]
}

@test "a search that hits a limit is reported with its row and its record" {
	tsv 'field\twhen\tfrom\tcapture' 'id\t*\t{a}\t' 'summary\t*\t{b}\t^(a+)+$' >map.tsv
	printf 'a,b\n1,aa\n2,%s!\n' "$(printf 'a%.0s' {1..60})" >in.csv
	run -3 --separate-stderr inc-import -m ./map.tsv in.csv
	want "$(tsv 'id\tsummary\tunread' '1\taa\t' "2\t\tsummary=$(tail -n 1 in.csv | cut -d , -f 2)")"
	[[ $stderr == 'inc-import: ./map.tsv:3:15: the search hit a limit, it counts as no match (record in.csv:3)'* ]]
}

@test "compressed exports are read by the system's tools" {
	map 'a\t*\t{x}'
	{ echo x && seq 100000; } >in.csv
	gzip -k in.csv
	import in.csv >wanted
	run -0 --separate-stderr import in.csv.gz
	want_error ''
	printf '%s\n' "$output" | same wanted -
	import - <in.csv.gz | same wanted -
	import in.csv in.csv.gz | tail -n +2 | wc -l | grep -qx 200000
	# reading stops early, and nobody is left waiting
	import in.csv.gz | head -n 2 | same <(printf 'a\n1\n') -
	if command -v zstd >/dev/null; then
		zstd -q -k in.csv
		import in.csv.zst | same wanted -
	fi
	run -2 --separate-stderr bash -c 'inc-import -m ./map.tsv < <(cat in.csv.gz)'
	want ''
	want_error 'inc-import: <stdin>: is compressed by gzip: give it by name'
}

@test "a compressed export that is damaged says so, and is no success" {
	map 'a\t*\t{x}'
	{ echo x && seq 100000; } | gzip >in.csv.gz
	head -c 100000 in.csv.gz >cut.csv.gz
	run -2 --separate-stderr bash -c 'inc-import -m ./map.tsv cut.csv.gz 2>error >out'
	tail -n 1 error | grep -qx 'inc-import: cut.csv.gz: is damaged: what could be read of it is not all'
	[ "$(rows out)" -gt 1000 ]
}

@test "a spreadsheet is named as such, with what to do" {
	map 'a\t*\t{x}'
	printf 'PK\003\004rest' >in.xlsx
	run -2 --separate-stderr import in.xlsx
	want ''
	want_error 'inc-import: in.xlsx: is a spreadsheet (.xlsx, .ods) or another archive: save the sheet as CSV'
	printf '\320\317\021\340rest' >in.xls
	run -2 --separate-stderr import in.xls
	want_error 'inc-import: in.xls: is a spreadsheet (.xls): save it as CSV'
}

@test "columns that come several times are joined where the map says so" {
	tsv 'field\twhen\tfrom\tvalue' '*\t{X} = none' '*\t\t{C}\t\\n' \
		'id\t*\t{id}' 'notes\t*\t{C}' >m.tsv
	printf 'id,C,x,C\n1,a,y,b\n2,none,,c\n3,"d\te",,\n' >in.csv
	run -0 --separate-stderr import -m m.tsv in.csv
	want "$(tsv 'id\tnotes\tx' '1\ta\\nb\ty' '2\tc\t' '3\td\\te\t')"
	printf 'id,C,x,C,x\n1,a,y,b,z\n' >in.csv
	run -2 --separate-stderr import -m m.tsv in.csv
	want_error "inc-import: in.csv:1: two columns are called 'x' (a map can join them: inc-import(1), Maps)"
	tsv '*\t\t{X}' >>m.tsv
	run -0 --separate-stderr import -m m.tsv in.csv
	want "$(tsv 'id\tnotes\tx' '1\ta\\nb\ty, z')"
}

@test "jira: repeated columns, both clocks, states of one's own" {
	run -0 --separate-stderr inc-import -q -m jira "$BATS_TEST_DIRNAME/fixtures/import/jira.csv"
	printf '%s\n' "$output" >out
	[ "$(column id out | tr '\n' ' ')" = 'OPS-11 OPS-12 OPS-9 ' ]
	[ "$(column received out | tr '\n' ' ')" = '2026-03-25T09:08:00Z 2026-03-25T13:05:00Z 2026-02-02T00:00:00Z ' ]
	[ "$(column state out | tr '\n' ' ')" = 'active held closed ' ]
	[ "$(column priority out | tr '\n' ' ')" = 'P1 P3 P4 ' ]
	[ "$(column labels out | head -n 1)" = 'dock, night shift' ]
	[ "$(column comment out | head -n 1)" = '25/Mar/26 9:20 AM;imke;power is there\n25/Mar/26 9:41 AM;teo;it "clicks"' ]
	[ "$(column held out | sed -n 2p)" = 2026-03-25T14:00:00Z ]
	[ "$(column closed out | sed -n 3p)" = 2026-02-03T08:15:00Z ]
	[ "$(column unread out | grep -c .)" -eq 0 ]
}

@test "lfb: 20 incidents, with times of two columns and numbers without .0" {
	need_data lfb
	run -0 --separate-stderr inc-import -m lfb "$DATA/lfb/LFB Incident data.csv"
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq 20 ]
	[ "$(column received out | head -n 1)" = 2009-01-01T00:00:37Z ]
	[ "$(column first_pump_s out | head -n 1)" = 319 ]
	[ "$(column id out | sort -u | grep -cE '^[0-9]+$')" -eq 20 ]
	[ "$(column unread out | grep -c .)" -eq 0 ]
}

@test "itsm-abc: spoiled numbers are shown, kept and told" {
	need_data itsm-abc
	run -3 --separate-stderr inc-import -m itsm-abc "$DATA/itsm-abc/ITSM_data.csv"
	want_error "inc-import: $DATA/itsm-abc/ITSM_data.csv:2: handle_hours '3,87,16,91,111' does not match ^(\\d+(?:\\.\\d+)?)\$ (40 rows: left empty, the value is kept in 'unread')"
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq 40 ]
	[ "$(column unread out | head -n 1)" = handle_hours=3,87,16,91,111 ]
	[ "$(column received out | head -n 1)" = 2012-02-05T12:32:00Z ]
	[ "$(column priority out | sort -u | grep -vcE '^(P[0-9])?$')" -eq 0 ]
}

@test "helpdesk: events become incidents, and waiting is on hold" {
	need_data helpdesk
	run -0 bash -c 'gzip -dc "$1" | inc-import -q -m helpdesk >rows' sh "$DATA/helpdesk/helpdesk.csv.gz"
	[ "$(rows rows)" -eq 21348 ]
	inc-log -q current - <rows >out
	[ "$(rows out)" -eq 4580 ]
	[ "$(column closed out | grep -c .)" -eq 4557 ]
	[ "$(column holds out | grep -c /)" -gt 1000 ]
}

@test "times are read in the forms that exports have" {
	tsv "$FIELDS" 'received\t*\t{t}\t\t%d %b %Y %I:%M %p\tEurope/Berlin' \
		'received\t*\t{t}\t\t%A, %B %e, %Y %l:%M:%S %p\tEurope/Berlin' \
		'received\t*\t{t}\t\t%s\t' 'received\t*\t{t}\t\t%s.%f\t' \
		'received\t*\t{t}\t\t%d.%m.%y %H.%M\tEurope/Berlin' >map.tsv
	printf '%s\n' t '"03 Jul 2026 12:05 AM"' '"3 JUL 2026 12:05 pm"' \
		'"Friday, July 3, 2026 1:02:03 PM"' 1513323780 1513323780.0 \
		03.07.26\ 08.15 >in.csv
	run -0 --separate-stderr import in.csv
	want "$(tsv 'received\tunread' '2026-07-02T22:05:00Z\t' \
		'2026-07-03T10:05:00Z\t' '2026-07-03T11:02:03Z\t' \
		'2017-12-15T07:43:00Z\t' '2017-12-15T07:43:00Z\t' '2026-07-03T06:15:00Z\t')"
	map 'received\t*\t{t}\t\t%Q'
	printf '%s\n' t 1513323780123 >in.csv
	run -0 --separate-stderr import in.csv
	want "$(tsv 'received\tunread' '2017-12-15T07:43:00.123Z\t')"
}

@test "decimal commas and spoiled numbers are read by a capture" {
	map 'handle_h\t*\t{h}\t{1}.{2}\t\t\t^(\d+),(\d+)$' 'n\t*\t{n}\t\t\t\t^(\d+)(?:\.0+)?$'
	printf '%s\n' 'h;n' '2,5;2127.0' '17,25;2127' '3,87,16,91;x' >in.csv
	run -3 --separate-stderr import in.csv
	want "$(tsv 'handle_h\tn\tunread' '2.5\t2127\t' '17.25\t2127\t' '\t\thandle_h=3,87,16,91; n=x')"
	want_error "inc-import: in.csv:4: handle_h '3,87,16,91' does not match ^(\\d+),(\\d+)\$ (1 row: left empty, the value is kept in 'unread')
inc-import: in.csv:4: n 'x' does not match ^(\\d+)(?:\\.0+)?\$ (1 row: left empty, the value is kept in 'unread')"
}

@test "one-byte encodings are read, each by its name" {
	map 'summary\t*\t{s}'
	printf 's\nst\366rung \226 \20025\n' >west.csv
	run -0 --separate-stderr import --encoding cp1252 west.csv
	want "$(tsv summary 'störung – €25')"
	printf 's\nar\375za: \335\360\376\n' >turkish.csv
	run -0 --separate-stderr import --encoding cp1254 turkish.csv
	want "$(tsv summary 'arıza: İğş')"
	run -3 --separate-stderr import --encoding cp1252 --rejects rejects <(printf 's\nok\nx\201y\n')
	want "$(tsv summary ok)"
	[ "$(column reason rejects)" = 'not valid in cp1252' ]
}

@test "JSON is read as lines, as an array and over any lines" {
	map 'id\t*\t{a}'
	printf '{"a":1,"b":{"c":"x y"}}\n\n{"a":2,"d":[1,"q"],"e":null}\n' >lines.json
	printf '[{"a":1,"b":{"c":"x y"}},\n {"a":2,"d":[1,"q"],"e":null}]' >array.json
	printf '\357\273\277{\n"a": 1, "b": {\n  "c": "x y"}\n}\n{"a":2,\n"d":[1 , "q"],"e":null}\n' >spread.json
	for form in lines array spread; do
		run -0 --separate-stderr import "$form.json"
		want "$(tsv 'id\tb_c\td\te' '1\tx y\t\t' '2\t\t[1,"q"]\t')"
		want_error ''
		run -0 --separate-stderr import <"$form.json"
		want "$(tsv 'id\tb_c\td\te' '1\tx y\t\t' '2\t\t[1,"q"]\t')"
	done
	iconv -f UTF-8 -t UTF-16 lines.json >wide.json
	run -0 --separate-stderr import wide.json
	want "$(tsv 'id\tb_c\td\te' '1\tx y\t\t' '2\t\t[1,"q"]\t')"
}

@test "JSON: numbers and words are kept as they are written" {
	map 'id\t*\t{a}'
	printf '{"a":123456789012345678901234567890,"b":2127.0,"c":-1.50E+3,"d":true,"e":"007","f":"\\u00e9\\t\\ud83d\\ude00"}' >in.json
	run -0 --separate-stderr import in.json
	want "$(tsv 'id\tb\tc\td\te\tf' '123456789012345678901234567890\t2127.0\t-1.50E+3\ttrue\t007\té\\t😀')"
}

@test "JSON: what is wrong is set aside with its place, the others go on" {
	map 'id\t*\t{a}'
	printf '%s\n' '{"a":1}' '{"a":2,' '{"a":3,"a":4}' '7' '{"a":"\ud83d"}' '{"a":"\u0000"}' '{"a":6}' >in.json
	printf '{"a":"\377"}\n' >>in.json
	run -3 --separate-stderr import --rejects rejects in.json
	want "$(tsv id 1 6)"
	want_error "inc-import: in.json:2:8: parse error: premature EOF
inc-import: in.json:3: 'a' comes twice
inc-import: in.json:4:2: an object was expected
inc-import: in.json:5:7: half of a pair of surrogates
inc-import: in.json:6:14: a NUL in a text
inc-import: in.json:8: not UTF-8
inc-import: where the export is of another encoding, --encoding names it, as in --encoding cp1252"
	[ "$(column line rejects | tr '\n' ' ')" = '2 3 4 5 6 8 ' ]
	[ "$(column row rejects | head -n 1)" = '{"a":2,' ]
	printf '[{"a":1},\n{"a":2}\n' >cut.json
	run -3 --separate-stderr import cut.json
	want "$(tsv id 1 2)"
	want_error 'inc-import: cut.json:3: the array never ends: the file may have been cut short'
}

@test "JSON: files are read together, an export without records is a header" {
	map 'id\t*\t{a}' 'summary\t*\t{b}'
	printf '{"a":1,"b":"x"}\n' >one.json
	printf '[{"a":2,"c":"y"}]' >two.json
	run -0 --separate-stderr import one.json - <two.json
	want "$(tsv 'id\tsummary\tc' '1\tx\t' '2\t\ty')"
	printf '[]' >none.json
	run -0 --separate-stderr import none.json
	want "$(tsv 'id\tsummary')"
	want_error ''
	printf 'a,b\n3,z\n' >three.csv
	run -2 --separate-stderr import one.json three.csv
	want_error 'inc-import: three.csv: no JSON, which the first file is'
	run -3 --separate-stderr import -H a,b one.json two.json
	want "$(tsv 'id\tsummary' '1\tx')"
	want_error "inc-import: two.json:1: 'c' is none of the columns"
	map 'id\t*\t{1}'
	run -2 --separate-stderr import one.json
	want_error 'inc-import: one.json: JSON has names, the map picks columns by number'
}

@test "JSON: a map says where the records are, and which arrays are joined or rows" {
	map '*\t\t{incidents}\t\trecords' '*\t\t{updates}\t\trows' '*\t\t{tags}\t/' \
		'id\t*\t{id}' 'details\t*\t{updates.body}' 'service\t*\t{tags.name}'
	printf '%s' '{"page":{"id":9},"incidents":[' \
		'{"id":1,"tags":[{"name":"a"},{"name":"b"}],"updates":[{"body":"x"},{"body":"y"}]},' \
		'{"id":2,"tags":[],"updates":[]}],"status":"ok"}' >in.json
	run -0 --separate-stderr import in.json
	want "$(tsv 'id\tdetails\tservice\tpage_id\tsrc_status' \
		'1\tx\ta/b\t9\tok' '1\ty\ta/b\t9\tok' '2\t\t\t9\tok')"
	printf '%s\n' '{"id":3,"updates":{"body":"z"}}' '{"incidents":[{"id":4}]}' >lines.json
	run -3 --separate-stderr import -q lines.json
	want "$(tsv 'id\tdetails\tservice' '3\tz\t')"
	want_error "inc-import: lines.json:2: an array 'incidents' of records, which the first value has not"
}

@test "a map that says something else of arrays is refused" {
	map 'id\t*\t{id}' '*\t\t{a}\t\trow'
	run -2 --separate-stderr import /dev/null
	want_error "inc-import: ./map.tsv:3:9: records or rows was expected, for what the elements of an array are"
	map 'id\t*\t{id}' '*\t\t{a}\t\trows' '*\t\t{b}\t\trows'
	run -2 --separate-stderr import /dev/null
	want_error "inc-import: ./map.tsv:4:4: an array in 'a' was expected, such as {a.parts}"
	map 'id\t*\t{id}' '*\t\t{a}\t\trecords' '*\t\t{b}\t\trecords'
	run -2 --separate-stderr import /dev/null
	want_error 'inc-import: ./map.tsv:4:4: an earlier row says where the records are'
}

@test "pagerduty: incidents of a page, and one on each line" {
	run -0 --separate-stderr inc-import -q -m pagerduty "$FIXTURES/import/pagerduty.json"
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(column id out | tr '\n' ' ')" = 'Q0A1 Q0A2 ' ]
	[ "$(column priority out | head -n 1)" = P2 ]
	[ "$(column urgency out | tr '\n' ' ')" = '1 3 ' ]
	[ "$(column acknowledged out | tr '\n' ' ')" = '2026-03-25T08:03:05Z 2026-03-25T07:30:00Z ' ]
	[ "$(column closed out | tail -n 1)" = 2026-03-25T07:30:00Z ]
	[ "$(column assigned out | head -n 1)" = 'Imke Vos, Teo Lund' ]
	[ "$(column details out | head -n 1)" = '1,204 messages wait\nsince 08:00' ]
	printf '{"id":"Q1","created_at":"2026-03-25T08:01:12Z","title":"x","status":"triggered"}\n' >lines.json
	run -0 --separate-stderr inc-import -q -m pagerduty lines.json
	printf '%s\n' "$output" >out
	[ "$(column id out) $(column state out)" = 'Q1 new' ]
}

@test "zendesk: tickets on lines, with the caller and states" {
	run -0 --separate-stderr inc-import -q -m zendesk "$FIXTURES/import/zendesk.jsonl"
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(column id out | tr '\n' ' ')" = 'ZD-35436 ZD-35437 ' ]
	[ "$(column caller out | head -n 1)" = 'Ada Finch' ]
	[ "$(column callback out | head -n 1)" = ada@example.org ]
	[ "$(column channel out | tr '\n' ' ')" = 'email self-service ' ]
	[ "$(column priority out | head -n 1)" = P1 ]
	[ "$(column state out | tr '\n' ' ')" = 'active resolved ' ]
	[ "$(column tags out | head -n 1)" = 'printer, floor 2' ]
	[ "$(column parent out | tr '\n' ' ')" = 'ZD-35001  ' ]
}

@test "github-status: a row for each update, folded to incidents" {
	run -0 --separate-stderr inc-import -q -m github-status "$FIXTURES/import/github-status.json"
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(column id out | tr '\n' ' ')" = 'g7h8 g7h8 g7h8 g7h9 ' ]
	[ "$(column state out | tr '\n' ' ')" = 'closed active new new ' ]
	[ "$(column details out | sed -n 3p)" = 'Builds wait for long.' ]
	[ "$(column service out | head -n 1)" = 'Builds, Pages' ]
	inc-log -q current - <out >folded
	[ "$(column id folded | tr '\n' ' ')" = 'g7h8 g7h9 ' ]
	[ "$(column acknowledged folded | head -n 1)" = 2026-03-25T10:20:00Z ]
	[ "$(column closed folded | head -n 1)" = 2026-03-25T11:00:00Z ]
}

@test "alertmanager: firing and resolved alerts, none of which ended in year 1" {
	run -0 --separate-stderr inc-import -q -m alertmanager "$FIXTURES/import/alertmanager.json"
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(column state out | tr '\n' ' ')" = 'new closed ' ]
	[ "$(column priority out | tr '\n' ' ')" = 'P1 P3 ' ]
	[ "$(column closed out | tr '\n' ' ')" = ' 2026-03-25T07:30:00Z ' ]
	[ "$(column summary out | tail -n 1)" = 'DiskFull on db1:9100' ]
	[ "$(column received out | head -n 1)" = 2026-03-25T08:01:12.345Z ]
	[ "$(column id out | grep -cE '^[0-9a-f]{16}$')" -eq 2 ]
}

@test "servicenow-list: labels for headers, both forms of times" {
	run -0 --separate-stderr inc-import -q -m servicenow-list "$FIXTURES/import/servicenow-list.csv"
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(column id out | tr '\n' ' ')" = 'INC0010021 INC0010022 INC0010023 ' ]
	[ "$(column received out | tr '\n' ' ')" = '2026-03-25T09:08:12Z 2026-07-24T16:40:00Z 2026-03-20T08:00:00Z ' ]
	[ "$(column state out | tr '\n' ' ')" = 'active held closed ' ]
	[ "$(column held out | sed -n 2p)" = 2026-07-25T08:00:00Z ]
	[ "$(column priority out | tr '\n' ' ')" = 'P2 P4 P3 ' ]
	[ "$(column caller out | sed -n 2p)" = '' ]
	[ "$(column assigned out | tr '\n' ',')" = 'Imke Vos,Network,Teo Lund,' ]
	[ "$(column unread out | grep -c .)" -eq 0 ]
}

@test "boston311: its JSON gives what its CSV gives, but for zeros that it lost" {
	need_data boston311
	run -0 --separate-stderr inc-import -m boston311 "$DATA/boston311/boston311-10.jsonl"
	want_error ''
	printf '%s\n' "$output" >json
	head -n 11 "$DATA/boston311/boston311-100.csv" | inc-import -q -m boston311 |
		awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++)
			if ($i == "location_zipcode") zip = i }
			{ sub(/^0/, "", $zip); print }' >csv
	[ "$(rows json)" -eq 10 ]
	same csv json
}

@test "peerio-outages: 76 outages, 473 notes, each a row" {
	need_data peerio-outages
	map '*\t\t{timeline}\t\trows' 'id\t*\tdigest(what,where,why)' \
		'updated\t*\t{timeline.date}\t\t%s' 'details\t*\t{timeline.what}'
	run -0 --separate-stderr import "$DATA/peerio-outages/outages.jsonl"
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(rows out)" -eq 473 ]
	[ "$(column updated out | grep -cE '^201[5-7]-')" -eq 473 ]
	[ "$(column details out | grep -c .)" -eq 473 ]
}
