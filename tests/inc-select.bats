# inc-select: the records for which a condition holds; conditions: inc-when(5).
load helper

# pick ARGUMENT...: inc-select on ./in.tsv, without notices.
pick() {
	inc-select -q "$@" in.tsv
}

# ids ARGUMENT...: the ids of what was picked, on one line.
ids() {
	pick "$@" | column id | paste -sd ' '
}

sample() {
	tsv 'id\treceived\tpriority\tsummary\treports\tclosed\tCall Number' \
		'a\t2026-03-02T08:00:00Z\tP1\tPump fire, Leeds\t2\t\t17' \
		'b\t2026-03-02T09:30:00Z\tP2\tkey lost\\nat door\t10\t2026-03-02T09:45:00Z\t18' \
		'c\t2026-03-02T10:00:00+01:00\t\tDRILL: pump\t\\N\t\tx' \
		'd\tyesterday\tP3\t\t2.50\t\t' >in.tsv
}

@test "records for which the condition holds come out as they came" {
	sample
	run -0 --separate-stderr pick 'priority in P1 P2'
	want "$(head -n 3 in.tsv)"
	want_error ''
	run -0 ids 'reports >= 2.5'
	want 'b d'
	run -0 ids 'not (priority = P1 or {Call Number} = 18)'
	want 'c d'
	run -0 ids 'summary ~ /\bpump\b/i and closed is empty'
	want 'a c'
}

@test "'*' is the identity" {
	sample
	pick '*' >out
	same in.tsv out
}

@test "a condition and its inversion share the input out between them" {
	sample
	for condition in 'priority = P1' 'priority != P1' 'reports < 5' \
		'summary ~ /pump/i' 'received < 2026-03-02T09:00:00Z' \
		'priority is set and not (closed is set)' '*' \
		'received < {closed}' 'summary,priority !~ /P/'; do
		echo "$condition"
		pick "$condition" >yes || [ $? -eq 1 ]
		pick --invert "$condition" >no || [ $? -eq 1 ]
		tail -n +2 yes >both
		tail -n +2 no >>both
		sort both >all
		tail -n +2 in.tsv | sort >wanted
		same wanted all
		head -n 1 in.tsv >header
		head -n 1 yes | same header -
		head -n 1 no | same header -
		[ "$(pick --count "$condition")" -eq $(($(wc -l <yes) - 1)) ]
	done
}

@test "a condition and its inversion share a real export out between them" {
	need_data sf-fire
	zcat "$DATA/sf-fire/sf_fire_2016w53.csv.gz" |
		inc-import -q -m sf-fire >in.tsv
	rows=$(($(wc -l <in.tsv) - 1))
	[ "$rows" -eq 7704 ]
	pick '*' >out
	same in.tsv out
	for condition in 'received < {closed}' 'priority = 3' \
		'category,location ~ /alarm|street/i'; do
		yes=$(pick --count "$condition")
		no=$(pick --count --invert "$condition")
		echo "$condition: $yes and $no of $rows"
		[ "$yes" -gt 0 ]
		[ $((yes + no)) -eq "$rows" ]
	done
}

@test "--count prints the number alone, and status 1 for none" {
	sample
	run -0 --separate-stderr pick --count 'priority is set'
	want 3
	run -0 --separate-stderr pick --count --invert 'priority is set'
	want 1
	run -1 --separate-stderr pick --count 'priority = P9'
	want 0
	want_error ''
}

@test "status is 1 when nothing matched, and the header comes out" {
	sample
	run -1 --separate-stderr pick 'priority = P9'
	want "$(head -n 1 in.tsv)"
	want_error ''
	run -1 --separate-stderr pick --invert '*'
	want "$(head -n 1 in.tsv)"
}

@test "--max-count stops reading after so many" {
	sample
	run -0 ids --max-count 2 'summary is set'
	want 'a b'
	run -0 ids --max-count 9 'summary is set'
	want 'a b c'
	run -0 pick --max-count 2 --count 'summary is set'
	want 2
	run -1 pick --max-count 0 '*'
	want "$(head -n 1 in.tsv)"
	# The bad line after the second match is not reached.
	echo 'too few' >>in.tsv
	run -0 --separate-stderr pick --max-count 3 --count 'summary is set'
	want 3
	want_error ''
	# Nor is the end of what never ends.
	{ head -n 2 in.tsv && yes "$(sed -n 2p in.tsv)"; } |
		inc-select -q --max-count 2 '*' >out
	[ "$(wc -l <out)" -eq 3 ]
	run -2 --separate-stderr pick --max-count some '*'
	[[ $stderr == "inc-select: --max-count 'some': a whole number"* ]]
}

@test "a missing condition is misuse" {
	run -2 --separate-stderr inc-select
	want ''
	want_error 'inc-select: a condition was expected
usage: inc-select [--invert] [--count] [--max-count N] CONDITION [FILE ...]'
}

@test "a file where the condition should stand is told to be one" {
	sample
	cp in.tsv records
	run -2 --separate-stderr inc-select records
	want ''
	[[ ${stderr_lines[1]} == "inc-select: 'records' is a file: the condition stands before the files" ]]
}

@test "what is wrong with a condition has its column" {
	sample
	run -2 --separate-stderr pick 'priority = P1 nad reports > 2'
	want ''
	want_error "inc-select: condition:1:15: 'and' or 'or' was expected, not 'nad' (did you mean 'and'?)"
	run -2 --separate-stderr pick 'summary ~ /a(b/'
	want_error 'inc-select: condition:1:15: pattern: missing closing parenthesis'
	run -2 --separate-stderr pick 'reports < many'
	want_error "inc-select: condition:1:11: 'many' is no number, duration or time, such as 2026-03-25T09:00:00Z (a column is written {many})"
	run -2 --separate-stderr pick 'priority = in'
	want_error "inc-select: condition:1:12: a value was expected, and 'in' is a reserved word: quote it"
	run -2 --separate-stderr pick ''
	want_error "inc-select: condition:1:1: a condition ('*' holds always) was expected at the end"
}

@test "a misspelt column is refused with the nearest name" {
	sample
	run -2 --separate-stderr pick 'priority = P1 and sumary is set'
	want ''
	want_error "inc-select: condition:1:19: unknown column 'sumary' (did you mean 'summary'?)"
	run -2 --separate-stderr pick '{call Number} = 17'
	want_error "inc-select: condition:1:1: unknown column 'call Number' (did you mean 'Call Number'?)"
}

@test "one of inc's own columns that the input lacks has no value" {
	sample
	run -0 ids 'resolved is empty and priority = P1'
	want 'a'
	run -0 ids 'resolved != x and priority = P1'
	want 'a'
	run -1 --separate-stderr pick --count 'resolved is set'
	want_error ''
}

@test "a column of the procedures may be named too" {
	sample
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tlabel' 'vip\tVIP' >pack/fields.tsv
	run -2 --separate-stderr pick 'vip is empty'
	want_error "inc-select: condition:1:1: unknown column 'vip'"
	run -0 --separate-stderr inc-select -p pack --count 'vip is empty' in.tsv
	want 4
	want_error ''
	INC_PROCEDURES=pack run -0 --separate-stderr inc-select --count \
		'vip is empty' in.tsv
	want 4
	run -2 --separate-stderr inc-select -p no/such '*' in.tsv
	want ''
	[[ $stderr == inc-select:*no/such* ]]
}

@test "without procedures that is said once, and the status stays" {
	sample
	run -0 --separate-stderr inc-select --count '*' in.tsv
	want 4
	want_error 'inc-select: no procedures: zone UTC, nothing sealed'
}

@test "values that can't be read are counted and make the test false" {
	sample
	run -0 --separate-stderr inc-select -p itsm --count \
		'received < 2026-03-02T09:15:00Z' in.tsv
	want 2
	want_error 'inc-select: 1 value could not be read as a time, a number or a duration: in.tsv:5 (d)'
	run -0 --separate-stderr pick --count 'received < 2026-03-02T09:15:00Z'
	want_error ''
	run -0 ids 'not received < 2026-03-02T09:15:00Z'
	want 'b d'
}

@test "since and until go by --now" {
	sample
	run -0 ids --now 2026-03-02T10:00:00Z 'since(received) > 45m'
	want 'a c'
	run -0 ids --now 2026-03-02T09:00:00Z 'until(received) >= 30m'
	want 'b'
	run -2 --separate-stderr pick --now soon '*'
	[[ $stderr == "inc-select: --now 'soon': a time such as "* ]]
}

@test "a search that hits a limit is not met, reported, and in the inversion" {
	{
		tsv 'id\tsummary' 'a\tok' &&
			printf 'b\t' && head -c 60 /dev/zero | tr '\0' a && echo '!'
	} >in.tsv
	said="inc-select: condition:1:12: the search of 'summary' hit a limit, the condition counts as not met (record in.tsv:3)"
	run -3 --separate-stderr pick --count 'summary ~ /^(a+)+$|k/'
	want 1
	want_error "$said"
	run -3 --separate-stderr pick --count --invert 'summary ~ /^(a+)+$|k/'
	want 1
	want_error "$said"
}

@test "patterns and values see the text, not its escapes" {
	sample
	run -0 ids 'summary ~ /lost$/m'
	want 'b'
	run -0 ids "summary = 'key lost
at door'"
	want 'b'
	run -1 pick --count 'summary ~ /\\n/'
	want 0
}

@test "a condition may name what the tree sets before any record has it" {
	mkdir pack
	tsv 'node\twhen\tnext\tpriority\tcolour' 'start\t*\t\tP1\tred' >pack/triage.tsv
	tsv 'id' 'a' >in.tsv
	run -0 --separate-stderr pick -p pack:itsm 'colour is empty'
	want "$(cat in.tsv)"
	want_error ''
	run -2 --separate-stderr pick -p itsm 'colour is empty'
	want_error "inc-select: condition:1:1: unknown column 'colour'"
	tsv 'when' '*' >pack/triage.tsv
	run -2 --separate-stderr pick -p pack:itsm '*'
	want_error "inc-select: pack/triage.tsv:1: no column 'node'"
}

@test "a file that holds no rejects is never overwritten by them" {
	tsv 'id\tx' '1\ta' '2' >rows
	cp rows before
	run --separate-stderr inc-select -q --rejects rows '*' rows
	want_status 2
	want_error "inc-select: rows: is there and holds no rejects, a new file\
 was expected"
	same before rows
	for _ in 1 2; do
		run --separate-stderr inc-select -q --rejects no '*' rows
		want_status 3
	done
	tsv 'file\tline\treason\trow' \
		'rows\t3\t1 field, the header names 2 (\x27x\x27 is missing)\t2' \
		'rows\t3\t1 field, the header names 2 (\x27x\x27 is missing)\t2' |
		same - no
}

@test "wide instructions or none: the output is the same" {
	awk 'BEGIN { OFS = "\t"; print "id", "n", "summary"
		for (i = 1; i <= 20000; i++) print i, i % 97, substr("abcdefghijklmnopqrstuvwxyz", 1, i % 27) (i % 211 ? "" : "\303\244\t") (i % 499 ? "" : "\377") }' >in.tsv
	run -3 --separate-stderr inc-select -q 'n > 40' in.tsv
	printf '%s\n' "$output" "$stderr" >wide
	INC_SCALAR=1 run -3 --separate-stderr inc-select -q 'n > 40' in.tsv
	printf '%s\n' "$output" "$stderr" | same wide -
	[ "$(wc -l <wide)" -gt 10000 ]
}
