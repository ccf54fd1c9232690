# Nothing crashes, hangs or grows without bound, whatever comes in.
load helper

# What a run may take, in MiB of address space; a sanitizer needs its own.
limit() {
	sanitized || ulimit -v $(($1 * 1024))
}

# The size of a very long field.
if sanitized; then LONG=16777216; else LONG=268435456; fi

# long_field [BYTES]
long_field() {
	head -c "${1:-$LONG}" /dev/zero | tr '\0' x
}

# seconds COMMAND...: runs it, its own time on a processor goes to ./took.
seconds() {
	TIMEFORMAT=%U
	{ time "$@" 2>&3; } 3>&2 2>took
}

# Whether the last run took less than so many seconds; under a sanitizer ten
# times as many.
took_less() {
	awk -v most="$1" -v slow="${INC_SANITIZED:-0}" '{
		print "took " $1 " s"; exit $1 >= most * (slow ? 10 : 1) }' took
}

@test "a field of 256 MiB goes through a filter whole, in bounded memory" {
	{ printf 'id\tsummary\tx\n1\t' && long_field && printf '\ty\n'; } |
		sha256sum >wanted
	{ printf 'id\tsummary\tx\n1\t' && long_field && printf '\ty\n'; } |
		(limit 820 && inc-select -q '*') | sha256sum >out
	same wanted out
}

@test "a field of 256 MiB is imported whole, with quotes and without" {
	printf 'field\twhen\tfrom\tvalue\tformat\tzone\tcapture\n' >map.tsv
	printf 'id\t*\t{id}\t\t\t\t\nsummary\t*\t{summary}\t\t\t\t\n' >>map.tsv
	{ printf 'id\tsummary\n1\t' && long_field && echo; } | sha256sum >wanted
	{ printf 'id,summary\n1,' && long_field && echo; } |
		(limit 1600 && inc-import -q -m map.tsv) | sha256sum >out
	same wanted out
	{ printf 'id\tsummary\n1\t' && long_field 67108864 && echo; } |
		sha256sum >wanted
	{ printf 'id,summary\n1,"' && long_field 67108864 && echo '"'; } |
		(limit 400 && inc-import -q -m map.tsv) | sha256sum >out
	same wanted out
}

@test "a field of 256 MiB passes the tree, a boundary, a route, a fold and a log" {
	printf 'id\treceived\tpriority\tsummary\n' >header
	row() {
		cat header
		printf 'a\t2026-03-02T08:00:00Z\tP1\t' && long_field && echo
	}
	# A text of more than 64 MiB is not searched, which is said.
	row | (limit 820 && inc-triage -p itsm || [ $? -eq 3 ]) 2>error |
		wc -c >size
	[ "$(cat size)" -gt $LONG ]
	sanitized || grep -q 'hit a limit' error
	row | (limit 820 && inc-escalate -p itsm) | wc -c >size
	[ "$(cat size)" -gt $LONG ]
	row | (limit 1600 && inc-log -q current -) | wc -c >size
	[ "$(cat size)" -gt $LONG ]
	row | (limit 820 && inc-notify -q -p itsm) >out
	[ "$(wc -c <out)" -lt 100000 ]
	row | (limit 820 && inc-advise -p itsm || [ $? -eq 3 ]) 2>error >out
	[ "$(wc -c <out)" -lt 100000 ]
	row | (limit 820 && inc-compare -p itsm --truth priority --test id ||
		[ $? -eq 1 ]) >out
	[ "$(inc-select 'measure = records' out | column value)" = 1 ]
	row | (limit 2000 && inc-log -q -l log --create append) | wc -c >size
	[ "$(cat size)" -gt $LONG ]
	(limit 820 && inc-log -q -l log verify) >out
}

@test "a message of 256 MiB is set aside, and the next is taken" {
	{
		printf 'message\tid\tparty\tmedium\taddress\tbody\n'
		printf '%032d\tI1\tann\tscreen\ta\t' 1
		long_field $((LONG > 67108864 ? LONG : 67108864)) && echo
		printf '%032d\tI2\tann\tscreen\ta\tshort\n' 2
	} >in.tsv
	status=0
	(limit 820 && inc-send -q -p itsm -s spool --create adopt in.tsv) \
		>out 2>error || status=$?
	[ "$status" -eq 3 ]
	[ "$(cat error)" = 'inc-send: in.tsv:2: more than a message may have' ]
	[ "$(column id out | sort -u)" = I2 ]
}

@test "10,000 columns pass through every filter" {
	awk 'BEGIN {
		for (i = 1; i <= 10000; i++) printf "column %d%s", i, i < 10000 ? "\t" : "\n"
		for (r = 1; r <= 20; r++)
			for (i = 1; i <= 10000; i++) printf "%d%s", i, i < 10000 ? "\t" : "\n"
	}' >wide.tsv
	inc-select -q '{column 10000} = 10000' wide.tsv >out
	same wide.tsv out
	inc-triage -p itsm wide.tsv | cut -f 1-10000 >out
	same wide.tsv out
	inc-escalate -p itsm wide.tsv | cut -f 1-10000 >out
	same wide.tsv out
}

@test "10,000 columns beside its own are no matter to any other program" {
	awk 'BEGIN {
		for (r = 0; r <= 20; r++) {
			printf "%s", r ? sprintf("a%d\t2026-03-02T08:00:00Z\tP1", r) : "id\treceived\tpriority"
			for (i = 1; i <= 10000; i++) printf "\t%s%d", r ? "" : "column ", i
			print ""
		} }' >wide.tsv
	inc-notify -q -p itsm --now 2026-03-02T12:00:00Z wide.tsv >out
	[ "$(column id out | sort -u | wc -l)" -eq 20 ]
	inc-advise -q -p itsm wide.tsv >out
	run -1 inc-compare -q -p itsm --truth priority --test 'column 1' wide.tsv
	printf '%s\n' "$output" >out
	[ "$(inc-select 'measure = records' out | column value)" = 20 ]
	inc-log -q current - <wide.tsv >out
	head -n 1 wide.tsv | tr '\t' '\n' | grep '^column' >names
	head -n 1 out | tr '\t' '\n' | grep '^column' | same names -
	[ "$(column 'column 10000' out | sort -u)" = 10000 ]
	for _ in 1 2; do # entries that there are, too
		inc-log -q -l log --create append --source x wide.tsv >out
		[ "$(column 'column 10000' out | sort -u)" = 10000 ]
	done
	inc-log -q -l log verify >out
	tr '\t' , <wide.tsv >wide.csv
	tsv 'field\twhen\tfrom' 'id\t*\t{id}' >map.tsv
	inc-import -q -m ./map.tsv wide.csv >out
	[ "$(column column_10000 out | sort -u)" = 10000 ]
	sed "s/^id\t/message\tparty\tmedium\taddress\tbody\tid\t/
		s/^a\([0-9]*\)\t/\1\tann\tscreen\ta\tb\tI\1\t/" wide.tsv |
		awk -F '\t' -v OFS='\t' 'NR > 1 { $1 = sprintf("%032d", $1) } { print }' >messages
	inc-send -q -p itsm -s spool --create adopt messages >out
	[ "$(column id out | sort -u | wc -l)" -eq 20 ]
}

# A tree of 10,000 rows: a single node, or a chain of nodes.
tree() {
	printf 'node\twhen\tnext\tpriority\n'
	awk -v kind="$1" 'BEGIN {
		for (i = 1; i < 10000; i++)
			if (kind == "flat")
				printf "start\tsummary = %d\t\tP1\n", i
			else
				printf "n%d\t*\tn%d\t\n", i, i + 1
		printf "%s\t*\t\tP4\n", kind == "flat" ? "start" : "n10000" }'
}

@test "a tree of 10,000 rows is loaded and walked" {
	mkdir pack
	printf 'id\tsummary\n1\t9999\n2\t1\n3\tx\n' >in.tsv
	tree flat >pack/triage.tsv
	seconds inc-triage -p pack:itsm in.tsv >out
	took_less 1
	run -0 column priority out
	want 'P1
P1
P4'
	tree chain >pack/triage.tsv
	seconds inc-triage -p pack:itsm in.tsv >out
	took_less 1
	run -0 column priority out
	want 'P4
P4
P4'
}

@test "a tree of 10,000 nodes in a circle is refused" {
	mkdir pack
	tree chain | sed '$s/.*/n10000\t*\tn1\t/' >pack/triage.tsv
	printf 'id\n1\n' >in.tsv
	run -2 --separate-stderr inc-triage -p pack:itsm in.tsv
	want ''
	[[ $stderr == 'inc-triage: '*'triage.tsv:'* ]]
}

# answered: the last run, whose messages are in ./error, ended within a
# second with an answer, or said that a search hit a limit.
answered() {
	took_less 1
	case $status in
	0 | 1) [ ! -s error ] ;;
	3) grep -q 'limit' error ;;
	*) false ;;
	esac
}

@test "patterns made to hang end within a second, with an answer or an error" {
	{
		printf 'id\tx\n1\t'
		head -c 1048576 /dev/zero | tr '\0' a
		printf '!\n2\t'
		head -c 1048576 /dev/zero | tr '\0' x
		printf '\n3\tay\n4\txy\n'
	} >in.tsv
	tr '\t' , <in.tsv >in.csv
	mkdir pack
	for body in '(a+)+$' 'x+[yz]' '(x+x+)+y' '^(a|a)*$' '(?:a?){50}a{50}$'; do
		echo "$body"
		tsv 'node\twhen\tpriority' "start\tx ~ /$body/\tP1" 'start\t*\tP4' \
			>pack/triage.tsv
		tsv 'boundary\twhen\tfrom\tafter\tcalendar\tuntil\tdirection\tlevel\trole\trepeat\tnote' \
			"b\tx ~ /$body/\t\t\t\t\tup\t1" >pack/escalation.tsv
		tsv 'reason\twhen\tto\ttell\twording' \
			"new\tx ~ /$body/\tdesk\t\tnew" >pack/routes.tsv
		tsv 'name\tlabel\ttype\trequired\tpattern' "x\tx\ttext\t\t$body" \
			>pack/fields.tsv
		tsv 'field\twhen\tfrom\tcapture' "id\tx ~ /$body/\t{id}\t" \
			'id\t*\t{id}\t' "summary\t*\t{x}\t$body" >map.tsv
		while read -r command; do
			echo "$command"
			rm -rf log
			status=0
			# shellcheck disable=SC2086 # words
			seconds $command >out 2>error || status=$?
			answered
		done <<-'END'
			inc-triage -q -p pack:itsm in.tsv
			inc-escalate -q -p pack:itsm in.tsv
			inc-notify -q -p pack:itsm in.tsv
			inc-log -q -p pack:itsm -l log --create append in.tsv
			inc-import -q -m ./map.tsv in.csv
		END
		status=0
		seconds inc-select -q "x ~ /$body/" in.tsv >out 2>error || status=$?
		answered
	done
}

@test "a condition nested beyond measure is refused or read, never a crash" {
	printf 'id\n1\n' >in.tsv
	deep=$(head -c 60000 /dev/zero | tr '\0' '(')
	run -2 --separate-stderr inc-select -q "$deep" in.tsv
	[[ $stderr == inc-select:* ]]
	deep=$(yes not | head -n 30000 | tr '\n' ' ')
	status=0
	inc-select -q "$deep id = 1" in.tsv >out 2>error || status=$?
	[ "$status" -le 2 ]
	mkdir pack
	{
		printf 'node\twhen\tnext\tpriority\nstart\t'
		head -c 5000000 /dev/zero | tr '\0' '('
		printf '\t\tP1\nstart\t*\t\tP2\n'
	} >pack/triage.tsv
	run -2 --separate-stderr inc-triage -p pack:itsm in.tsv
	[[ $stderr == inc-triage:*triage.tsv:2:* ]]
	[ "${#stderr}" -lt 10000 ]
}

@test "a million short rows take no more memory than ten" {
	sanitized && skip 'memory is not bounded under a sanitizer'
	awk 'BEGIN { print "id\tsummary\timpact\turgency\treceived"
		for (i = 0; i < 1000000; i++)
			print i "\tx\t1\t2\t2026-03-02T08:00:00Z" }' >in.tsv
	(limit 64 && inc-select -q 'impact = 2' in.tsv) >out || [ $? -eq 1 ]
	(limit 64 && inc-triage -p itsm in.tsv) | wc -l >lines
	[ "$(cat lines)" -eq 1000001 ]
}

@test "a log of a million entries is folded in the memory of its incidents" {
	sanitized && skip 'memory is not bounded under a sanitizer'
	awk 'BEGIN { print "id\tnote\tpriority\tupdated"
		for (i = 0; i < 1000000; i++)
			printf "%d\tnote number %d\t%d\t2026-03-%02dT08:%02d:%02dZ\n",
			    i % 500, i, i % 5, i / 40000 + 1, i / 600 % 60,
			    i / 10 % 60 }' >in.tsv
	inc-log -q -l log --create append in.tsv >/dev/null
	(limit 16 && inc-log -l log current) >out
	[ "$(wc -l <out)" -eq 501 ]
	(limit 16 && inc-log -l log verify) >out
}
