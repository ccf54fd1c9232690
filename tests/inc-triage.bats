# inc-triage: what the tree says, what is written of it, and what is not.
load helper

# pack TABLE LINE...: a table of a pack of the test's own, in ./pack.
pack() {
	mkdir -p pack
	[ -e pack/pack.tsv ] || tsv 'name\tversion' 'small\t1' >pack/pack.tsv
	tsv "${@:2}" >"pack/$1.tsv"
}

# A small pack: a level of impact, words that raise it, targets.
small() {
	pack triage 'node\trow\twhen\tnext\tpriority\tcode' \
		'start\t\timpact = 1\tadjust\tP1\tTOP' \
		'start\t\t*\tadjust\tP2\tLOW' \
		'adjust\tfire\tsummary ~ /fire/ and priority = P2\t\tP1\tFIRE' \
		'adjust\t\t*\t\t\t'
	pack targets 'priority\trespond\tresolve' 'P1\t15m\t4h' 'P2\t1h\t'
}

# triage [OPTION...]: the file `in` by the small pack.
triage() {
	run --separate-stderr inc-triage -p pack "$@" in
}

@test "outputs, deadlines, path and rules are added" {
	small
	tsv 'id\treceived\timpact\tsummary' \
		'a\t2026-03-02T09:00:00Z\t1\tx' \
		'b\t2026-03-02T09:00:00+01:00\t2\ta fire' \
		'c\t2026-03-02T09:00:00.5Z\t\tx' >in
	triage
	want_status 0
	want_error ''
	want "$(tsv 'id\treceived\timpact\tsummary\tpriority\tcode\tpriority_by\tsuggested\trespond_by\tresolve_by\tpath\trules' \
		'a\t2026-03-02T09:00:00Z\t1\tx\tP1\tTOP\trules\t\t2026-03-02T09:15:00Z\t2026-03-02T13:00:00Z\tstart.1>adjust.2\tsmall 1' \
		'b\t2026-03-02T09:00:00+01:00\t2\ta fire\tP1\tFIRE\trules\t\t2026-03-02T08:15:00Z\t2026-03-02T12:00:00Z\tstart.2>adjust.fire\tsmall 1' \
		'c\t2026-03-02T09:00:00.5Z\t\tx\tP2\tLOW\trules\t\t2026-03-02T10:00:00.5Z\t\tstart.2>adjust.2\tsmall 1')"
}

@test "of hundreds of patterns the first that holds decides" {
	{
		printf 'node\twhen\tpriority\nstart\tdetails ~ /one/\tP1\n'
		for i in $(seq 2 299); do
			printf 'start\tsummary,details ~ /\\bdesk%s\\b/i\tP2\n' "$i"
		done
		printf 'start\tsummary !~ /\\d/ and vip = yes\tP1\n'
		printf 'start\t*\tP3\n'
	} >tree.tsv
	tsv 'summary\tdetails\tvip' 'desk9 desk2\t\t' '\tDesk299\t' \
		'des\342\204\2527\tx\t' 'de\305\277k7\tan one\t' 'desk2999\tdesk3\t' \
		'\303\251desk5\t\tyes' '\342\200\223desk5\t\tyes' 'desk5\303\251 d\t\t' \
		'\tdesk\tyes' 'x\\ndesk6\t\t' >in
	mkdir pack && tsv 'name\tversion' 'many\t1' >pack/pack.tsv
	inc-triage -q -p pack --tree tree.tsv --no-header in >out
	run cut -f 7 out
	want "$(printf 'start.%s\n' 2 299 7 1 3 301 5 301 300 6)"
}

@test "triage of its own output changes nothing" {
	small
	tsv 'id\treceived\timpact\tsummary\tpriority\tpriority_by\tcode\trespond_by\tholds' \
		'a\t2026-03-02T09:00:00Z\t1\tx\t\t\t\t\t' \
		'b\t2026-03-02T09:00:00Z\t1\tx\tP2\tanna\tMINE\t2026-03-03T09:00:00Z\t' \
		'c\t2026-03-02T09:00:00Z\t1\tx\tP9\t\t\t\t2026-03-02T09:05:00Z/' \
		'd\tsoon\t1\ta\\\\b\t\\N\t\\N\t\\N\tlater\tjunk' >in
	inc-triage -q -p pack in >once
	inc-triage -q -p pack once >twice
	same once twice
	inc-triage -q -p pack --explain once >in
	inc-triage -q -p pack --explain in >twice
	same in twice
}

@test "a person's priority is kept and the rules only suggest" {
	small
	tsv 'priority\tpriority_by\timpact' 'P2\tanna\t1' 'P2\t\t1' \
		'P2\trules\t1' '\tanna\t1' >in
	triage
	want_status 0
	[ "$(cut -f 1,2,5 <<<"$output")" = "$(tsv \
		'priority\tpriority_by\tsuggested' \
		'P2\tanna\tP1' 'P2\t\tP1' 'P1\trules\t' 'P1\trules\t')" ]
}

@test "a suggestion is cleared when the rules decide again" {
	small
	tsv 'priority\tpriority_by\tsuggested\timpact' \
		'P2\trules\tP1\t1' >in
	triage
	[ "$(column suggested <<<"$output")" = '\N' ]
}

@test "outputs that somebody set are kept, however often rules run" {
	small
	tsv 'impact\tcode\tsummary' '1\tMINE\t' '1\t\t' >in
	inc-triage -p pack in >once
	inc-triage -p pack once >twice
	[ "$(column code twice)" = "$(tsv MINE TOP)" ]
	# a person changes what the rules had set
	sed 's/TOP/OURS/' twice >in
	triage
	[ "$(column code <<<"$output")" = "$(tsv MINE OURS)" ]
}

@test "outputs that the rules set follow the facts" {
	small
	tsv 'impact\tsummary' '2\tx' >in
	inc-triage -p pack in >once
	sed 's/\tx\t/\tfire\t/' once >in
	triage
	[ "$(column code <<<"$output")" = FIRE ]
	[ "$(column priority <<<"$output")" = P1 ]
}

@test "deadlines follow the priority that stands, and not the suggestion" {
	small
	tsv 'received\timpact' '2026-03-02T09:00:00Z\t2' >in
	inc-triage -p pack in >once
	[ "$(column respond_by once)" = 2026-03-02T10:00:00Z ]
	# a person raises it
	sed 's/P2\tLOW\trules/P1\tLOW\tanna/' once >in
	triage
	[ "$(column respond_by <<<"$output")" = 2026-03-02T09:15:00Z ]
	[ "$(column suggested <<<"$output")" = P2 ]
}

@test "a deadline that came with the record is kept" {
	small
	tsv 'received\timpact\tresolve_by' \
		'2026-03-02T09:00:00Z\t1\t2026-03-09T09:00:00Z' >in
	inc-triage -p pack in >once
	inc-triage -p pack once >twice
	[ "$(column resolve_by twice)" = 2026-03-09T09:00:00Z ]
	same once twice
}

@test "time on hold does not count, and while it lasts there is no deadline" {
	small
	tsv 'received\timpact\tholds' \
		'2026-03-02T09:00:00Z\t1\t' \
		'2026-03-02T09:00:00Z\t1\t2026-03-02T09:05:00Z/2026-03-02T10:05:00Z' \
		'2026-03-02T09:00:00Z\t1\t2026-03-02T09:05:00Z/' >in
	triage
	[ "$(column respond_by <<<"$output")" = "$(tsv \
		2026-03-02T09:15:00Z 2026-03-02T10:15:00Z '')" ]
	# a deadline of ours moves when a hold begins and ends
	tsv 'received\timpact\trules\trespond_by\tholds' \
		'2026-03-02T09:00:00Z\t1\tsmall 1\t2026-03-02T09:15:00Z\t2026-03-02T09:05:00Z/' \
		'2026-03-02T09:00:00Z\t1\tsmall 1\t2026-03-02T09:15:00Z\t2026-03-02T09:05:00Z/2026-03-02T09:06:00Z' >in
	triage
	[ "$(column respond_by <<<"$output")" = "$(printf '%s\n' '\N' \
		2026-03-02T09:16:00Z)" ]
}

@test "a prefix writes the rules' answer elsewhere and touches nothing else" {
	small
	tsv 'received\tpriority\tpriority_by\tcode\timpact\tnew_code\trules' \
		'2026-03-02T09:00:00Z\tP2\tanna\tMINE\t1\tOLD\tx' >in
	triage --prefix new_
	want_status 0
	want "$(tsv 'received\tpriority\tpriority_by\tcode\timpact\tnew_code\trules\tnew_priority\tnew_respond_by\tnew_resolve_by\tnew_path' \
		'2026-03-02T09:00:00Z\tP2\tanna\tMINE\t1\tTOP\tx\tP1\t2026-03-02T09:15:00Z\t2026-03-02T13:00:00Z\tstart.1>adjust.2')"
	triage --prefix new_ --explain
	[ "$(column new_because <<<"$output")" = \
		'triage.tsv:2 impact=1; triage.tsv:5; respond_by 15m: Mon 2026-03-02 15m; resolve_by 4h: Mon 2026-03-02 4h' ]
}

@test "a prefix that is no name, or makes one of inc's own, is refused" {
	small
	tsv 'impact' 1 >in
	triage --prefix ''
	want_status 2
	[[ $stderr == *"--prefix '': letters, digits"* ]]
	triage --prefix "$(printf 'a\tb')"
	want_status 2
	pack triage 'node\twhen\tto' 'start\t*\tx'
	triage --prefix escalate_
	want_status 2
	want_error "inc-triage: --prefix 'escalate_' would overwrite 'escalate_to'"
}

@test "an explanation names the rows and their facts" {
	small
	tsv 'impact\tsummary' '2\ta fire' >in
	triage --explain
	[ "$(column because <<<"$output")" = 'triage.tsv:3; triage.tsv:4 summary=a fire priority=P2' ]
}

@test "an explanation of another path is cleared" {
	small
	tsv 'impact\tsummary' '2\tx' >in
	inc-triage -p pack --explain in >once
	inc-triage -p pack once >twice
	same once twice
	sed 's/\tx\t/\tfire\t/' once >in
	triage
	[ "$(column because <<<"$output")" = '\N' ]
}

@test "another tree is gone by with --tree, and named in rules" {
	small
	tsv 'node\twhen\tpriority' 'only\t*\tP2' >other.tsv
	tsv 'impact' 1 >in
	triage --tree other.tsv
	want_status 0
	[ "$(column priority <<<"$output")" = P2 ]
	[ "$(column rules <<<"$output")" = 'small 1 + other.tsv' ]
	printf 'node,when,priority\nonly,*,P1\n' >other.csv
	triage --tree other.csv
	[ "$(column priority <<<"$output")" = P1 ]
	triage --tree missing.tsv
	want_status 2
	want_error "inc-triage: open 'missing.tsv': No such file or directory"
}

@test "what is wrong in the procedures stops it before any output" {
	small
	tsv 'impact' 1 >in
	pack triage 'node\twhen\tpriority' 'start\timpct = 1\tP1' 'start\t*\tP2'
	triage
	want_status 2
	want ''
	want_error "inc-triage: pack/triage.tsv:2:7: unknown column 'impct' (did you mean 'impact'?)"
	pack triage 'node\twhen\trules' 'start\t*\tP1'
	triage
	want_status 2
	want_error "inc-triage: pack/triage.tsv:1:11: a tree can't set 'rules'"
	pack triage 'node\twhen\tpriority\tnxet' 'start\t*\tP1\t'
	triage
	want_status 2
	want_error "inc-triage: pack/triage.tsv:1:20: unknown column 'nxet' (did you mean 'next'?)"
	small
	pack targets 'priority\trespond' 'P1\t15 min'
	triage
	want_status 2
	want_error "inc-triage: pack/targets.tsv:2:4: respond '15 min': a limit such as 15m, 5wd, 10cd or 1mo was expected"
	rm pack/triage.tsv
	triage
	want_status 2
	want_error "inc-triage: no table 'triage' in 'pack'"
	run --separate-stderr inc-triage in
	want_status 2
	want_error 'inc-triage: no procedures: give -p PATH, INC_PROCEDURES or INC_HOME'
	run --separate-stderr inc-triage -p itms in
	want_status 2
	[[ $stderr == *"no pack 'itms': neither a directory nor shipped (did you mean 'itsm'?); shipped are: itsm"* ]]
}

@test "a pattern that takes too long is a failed rule, reported with its place" {
	pack triage 'node\twhen\tpriority' \
		'start\tsummary ~ /(a+)+$/\tP1' 'start\t*\tP2'
	{
		echo summary
		head -c 5000 /dev/zero | tr '\0' a
		echo b
		echo aaa
	} >in
	triage
	want_status 3
	[ "$(column priority <<<"$output")" = "$(tsv P2 P1)" ]
	[[ $stderr == *'pack/triage.tsv:2:'*'(record in:2)' ]]
}

@test "unreadable values are counted and told once" {
	pack triage 'node\twhen\tpriority' 'start\treports > 3\tP1' 'start\t*\tP2'
	pack targets 'priority\trespond' 'P1\t15m' 'P2\t1h'
	tsv 'reports\treceived\tholds\tpriority' 'x\tsoon\t\tP3' \
		'5\t2026-03-02T09:00:00Z\t?\t' >in
	triage
	want_status 0
	[ "$(column priority <<<"$output")" = "$(tsv P3 P1)" ]
	want_error "$(tsv 'inc-triage: 3 values could not be read as a time, a number or a duration; the first: in:2' \
		'inc-triage: in:2: no target for the priority (1 record like it in all)')"
	triage -q
	want_error ''
}

@test "deadlines pass on the calendar of the target, and say how" {
	tsv 'id\treceived\timpact\turgency\tholds' \
		'1\t2026-12-23T16:10:00Z\t2\t2\t' \
		'2\t2026-03-06T16:10:00Z\t3\t1\t2026-03-06T16:20:00Z/2026-03-09T09:00:00Z' \
		'3\t2026-03-06T16:10:00Z\t1\t1\t' >in
	run -0 --separate-stderr inc-triage -p itsm --explain in
	want_error ''
	printf '%s\n' "$output" | cut -f 11-12 >out
	tsv 'respond_by\tresolve_by' \
		'2026-12-24T10:40:00Z\t2026-12-31T08:40:00Z' \
		'2026-03-09T13:20:00Z\t2026-03-11T15:20:00Z' \
		'2026-03-06T16:25:00Z\t2026-03-06T20:10:00Z' >wanted
	same wanted out
	column because <<<"$output" | sed 's/.*; respond_by/respond_by/' >out
	tsv 'respond_by 4h on office: Wed 2026-12-23 1h20m, Thu 2026-12-24 2h40m (Christmas Eve, until noon); resolve_by 1d on office: Wed 2026-12-23 1h20m, Thu 2026-12-24 4h (Christmas Eve, until noon), Fri 2026-12-25 closed (Christmas Day), Sat 2026-12-26 closed, Sun 2026-12-27 closed, Mon 2026-12-28 closed (Boxing Day (substitute)), Tue 2026-12-29 9h, Wed 2026-12-30 9h, Thu 2026-12-31 40m' \
		'respond_by 4h on office: Fri 2026-03-06 10m and 10m on hold, Sat 2026-03-07 closed, Sun 2026-03-08 closed, Mon 2026-03-09 3h50m and 1h on hold; resolve_by 1d on office: Fri 2026-03-06 10m and 10m on hold, Sat 2026-03-07 closed, Sun 2026-03-08 closed, Mon 2026-03-09 8h and 1h on hold, Tue 2026-03-10 9h, Wed 2026-03-11 6h50m' \
		'respond_by 15m on always: Fri 2026-03-06 15m; resolve_by 4h on always: Fri 2026-03-06 4h' >wanted
	same wanted out
}

@test "days and months of the calendar are not explained by when a desk is open" {
	mkdir ours
	sed '/^P2/s/.*/P2\tHigh\t1cd\t1mo\toffice\thigh/' "$SOURCE/share/procedures/itsm/targets.tsv" >ours/targets.tsv
	tsv 'id\treceived\timpact\turgency' '1\t2026-12-24T11:00:00Z\t1\t2' >in
	run -0 --separate-stderr inc-triage -q -p ours:itsm --explain in
	column respond_by <<<"$output" | same <(echo 2026-12-25T11:00:00Z) -
	column because <<<"$output" | sed 's/.*; respond_by/respond_by/' >out
	echo 'respond_by 1cd on office: every day counts, open or not; resolve_by 1mo on office: every day counts, open or not' |
		same - out
}

@test "a tree that sets a priority without a target is refused" {
	pack triage 'node\twhen\tpriority' 'start\tid = a\tP1' 'start\t*\tP9'
	pack targets 'priority\trespond' 'P1\t15m'
	tsv id a >in
	triage
	want_status 2
	want ''
	want_error "inc-triage: pack/triage.tsv:3:9: priority 'P9' has no target in pack/targets.tsv"
	tsv 'priority\trespond' >pack/targets.tsv
	triage
	want_status 2
	want_error "inc-triage: pack/triage.tsv:2:14: priority 'P1' has no target in pack/targets.tsv"
}

@test "a table of ours shows in the rules that decided" {
	mkdir ours
	tsv 'node\twhen\tpriority' 'start\t*\tP2' >ours/triage.tsv
	tsv id a >in
	run -0 inc-triage -p ours:itsm in
	[ "$(column rules <<<"$output")" = 'ours + itsm 2026.1' ]
	tsv 'name\tversion' 'leeds\t7' >ours/pack.tsv
	run -0 inc-triage -p ours:itsm in
	[ "$(column rules <<<"$output")" = 'leeds 7 + itsm 2026.1' ]
	cp "$SOURCE/share/procedures/itsm/triage.tsv" ours/triage.tsv
	echo node,when,priority >ours/triage.csv
	run -2 --separate-stderr inc-triage -p ours:itsm in
	want ''
	want_error 'inc-triage: ours/triage.csv: stands beside triage.tsv: keep the one that counts'
}

@test "a tree without a priority and a pack without targets do" {
	pack triage 'node\twhen\tcode' 'start\t*\tX'
	tsv 'id\tpriority' 'a\tP1' >in
	triage
	want_status 0
	want "$(tsv 'id\tpriority\tcode\tpath\trules' \
		'a\tP1\tX\tstart.1\tsmall 1')"
}

@test "a record that can't be read is set aside and the others go on" {
	small
	printf 'id\timpact\na\t1\nb\nc\t2\n' >in
	triage --rejects out
	want_status 3
	want_error "inc-triage: in:3: 1 field, the header names 2 ('impact' is missing)"
	[ "$(column priority <<<"$output")" = "$(tsv P1 P2)" ]
	[ "$(column row out)" = b ]
}

@test "the matrix of itsm, and what is unknown counts as urgent" {
	tsv 'impact\turgency\tpriority' '1\t1\tP1' '1\t2\tP2' '2\t1\tP2' \
		'2\t2\tP3' '1\t3\tP3' '3\t1\tP3' '2\t3\tP4' '3\t2\tP4' '3\t3\tP4' \
		'1\t\tP1' '\t1\tP1' '2\t\tP2' '\t2\tP2' '3\t\tP3' '\t3\tP3' \
		'\t\tP2' 'all\tnow\tP2' '9\t3\tP3' >in
	run -0 inc-triage -p itsm --prefix new_ in
	[ "$(column new_priority <<<"$output")" = "$(column priority in)" ]
}

@test "itsm raises what the words, reports and marks say" {
	tsv 'impact\turgency\tsummary\treports\tvip\tbreach\twant' \
		'3\t3\tmy files are encrypted\t\t\t\tP1 SEC' \
		'3\t3\tsmoke from the server room\t\t\t\tP1 SAFE' \
		'3\t3\tthe firewall and Firefox\t\t\t\tP4 INC' \
		'3\t3\ta phishing mail\t\t\t\tP3 SEC' \
		'3\t3\tx\t4\t\t\tP3 RPT' '3\t3\tx\t3\t\t\tP4 INC' \
		'2\t2\tx\t8\t\t\tP2 RPT' '1\t2\tx\t12\t\t\tP1 RPT' \
		'2\t2\tx\t\tyes\t\tP2 VIP' '3\t3\tx\t\t\tyes\tP2 DATA' \
		'1\t1\tx\t\t\tyes\tP1 INC' >in
	run -0 inc-triage -p itsm in
	[ "$(paste -d ' ' <(column priority <<<"$output") \
		<(column code <<<"$output"))" = "$(column want in)" ]
}

@test "a drill is decided like the real thing and marked" {
	tsv 'impact\turgency\tsummary\twant' \
		'1\t1\tDrill: the mail server is down\tP1 exercise' \
		'1\t1\tThis is an exercise. All is down\tP1 exercise' \
		'1\t1\tEXERCISE EXERCISE EXERCISE all is down\tP1 exercise' \
		'1\t1\tThe exercise room has no light\tP1 ' \
		'1\t1\tDrill bits are out of stock\tP1 ' >in
	run -0 inc-triage -p itsm in
	[ "$(paste -d ' ' <(column priority <<<"$output") \
		<(column status <<<"$output"))" = "$(column want in)" ]
}

@test "every table of every shipped pack is loaded, and both trees" {
	for pack in "$SOURCE"/share/procedures/*/; do
		tsv 'id\treceived' 'a\t2026-03-02T09:00:00Z' >in
		inc-triage -p "$pack" in >/dev/null
		inc-triage -p "$pack" --tree "$pack/call.tsv" in >/dev/null
		inc-escalate -p "$pack" in >/dev/null
	done
}

@test "servicenow: the matrix gives every row its own priority" {
	need_data servicenow-uci
	zcat "$DATA"/servicenow-uci/incident_event_log.csv.gz |
		inc-import -q -m servicenow - |
		inc-triage -p itsm --prefix new_ >out
	[ "$(wc -l <out)" -eq 119999 ]
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["priority"] != $at["new_priority"] { n++ }
		END { exit n > 0 }' out
}
