# inc-escalate: crossing, latching, standing down.  Most is shown with the
# pack itsm: untaken-1 and -2 (P1, 15 and 30 minutes), half (50% resolve),
# late-high, major (10 reports, level 3), stand-down (under 4).
load helper

SET='level\tlevel_by\tescalated\tescalate_to\tboundary\twhy'
DAY=2026-03-02T

# escalate TIME [OPTION...]: the file `in` at that time of day.
escalate() {
	run --separate-stderr inc-escalate -p itsm --now "$DAY$1" "${@:2}" in
}

# set_columns FILE: what was set, joined by blanks, short times.
set_columns() {
	paste -d '|' <(column level "$1") <(column level_by "$1") \
		<(column escalated "$1") <(column boundary "$1") |
		sed "s/$DAY\([0-9:]*\):00Z/\1/"
}

# want_set LINE...: compares that of the output.
want_set() {
	printf '%s\n' "$output" >got
	diff -u <(printf '%s\n' "$@") <(set_columns got)
}

# pack TABLE LINE...: a table of a pack of the test's own, in ./pack.
pack() {
	mkdir -p pack
	tsv "${@:2}" >"pack/$1.tsv"
}

small() {
	pack pack 'name' 'small'
	pack levels 'level\tname\trole' '0\tDesk\tdesk' '1\tDuty\tduty' \
		'2\tHead\thead'
	pack targets 'priority\trespond\tresolve\tcalendar' 'P1\t15m\t4h\tbank'
	pack calendars 'calendar\tdays' 'bank\tmon-fri'
	pack roster 'role\tparty' 'watch\tann'
	pack directory 'party\tmedium\taddress' 'ann\temail\tann@example.org'
}

# boundary CELLS...: the one row of the table escalation of ./pack.
boundary() {
	small
	pack escalation 'boundary\twhen\tfrom\tafter\tcalendar\tuntil\tdirection\tlevel\trole\trepeat\tnote' "$@"
}

# refused TEXT: whether ./pack is refused so, before any output.
refused() {
	tsv 'id' 'a' >in
	run --separate-stderr inc-escalate -p pack in
	want_status 2
	want ''
	want_error "inc-escalate: pack/$1"
}

@test "a boundary is crossed when its clock has run out, and says when" {
	tsv 'id\treceived\tpriority' "a\t${DAY}09:00:00Z\tP1" >in
	escalate 09:14:59Z
	want_status 0
	want "$(tsv "id\treceived\tpriority\t$SET" "a\t${DAY}09:00:00Z\tP1\t\t\t\t\t\t")"
	escalate 09:15:00Z
	want "$(tsv "id\treceived\tpriority\t$SET" \
		"a\t${DAY}09:00:00Z\tP1\t1\trules\t${DAY}09:15:00Z\tduty-manager\tuntaken-1\tnobody has taken a P1")"
	# whenever it is seen, and the highest of those crossed
	escalate 09:59:00Z
	want_set '2|rules|09:30|untaken-2'
	want_error ''
}

@test "what came in time stops the clock, what came late does not" {
	tsv 'received\tpriority\tacknowledged\tresolved' \
		"${DAY}09:00:00Z\tP1\t${DAY}09:15:00Z\t" \
		"${DAY}09:00:00Z\tP1\t${DAY}09:15:01Z\t" \
		"${DAY}09:00:00Z\tP1\t\t${DAY}09:10:00Z" \
		"${DAY}09:00:00Z\tP1\t${DAY}09:31:00Z\t" >in
	escalate 10:00:00Z
	want_set '|||' '1|rules|09:15|untaken-1' '|||' '2|rules|09:30|untaken-2'
}

@test "half of the time to resolve is reckoned from the target" {
	tsv 'received\tpriority\tacknowledged' \
		"${DAY}08:00:00Z\tP1\t${DAY}08:01:00Z" \
		"${DAY}06:00:00Z\tP2\t${DAY}06:01:00Z" \
		"${DAY}08:00:01Z\tP1\t${DAY}08:01:00Z" >in
	escalate 10:00:00Z
	want_set '1|rules|10:00|half' '1|rules|10:00|half' '|||'
	escalate 14:00:00Z
	want_set '2|rules|12:00|late-high' '2|rules|14:00|late-high' \
		"2|rules|${DAY}12:00:01Z|late-high"
}

@test "a level stays when what raised it is over" {
	tsv 'received\tpriority\tacknowledged' "${DAY}09:00:00Z\tP1\t" >in
	escalate 09:20:00Z
	printf '%s\n' "$output" | sed 's/P1\t/P1\t2026-03-02T09:21:00Z/' >in
	inc-escalate -p itsm --now "${DAY}10:00:00Z" in >later
	same in later
	sed 's/P1/P4/' in >changed
	inc-escalate -p itsm --now "${DAY}10:00:00Z" changed >later
	same changed later
}

@test "changed circumstances cross old clocks at once" {
	tsv "received\tpriority\treports\t$SET" \
		"${DAY}09:00:00Z\tP1\t\t1\trules\t${DAY}09:45:00Z\tduty-manager\tx\t" \
		"${DAY}09:59:00Z\tP1\t10\t\t\t\t\t\t" >in
	escalate 10:00:00Z
	# never before what it was
	want_set '2|rules|09:45|untaken-2' '3|rules|10:00|major'
}

@test "a clock runs on the calendar of the boundary or of the target" {
	boundary 'office\tid = a\treceived\t2h\toffice\t\tup\t1' \
		'target\tid = b\treceived\t50% resolve\ttarget\t\tup\t1' \
		'elapsed\tid = c\treceived\t50% resolve\t\t\tup\t1' \
		'days\tid = d\treceived\t1wd\toffice\t\tup\t1'
	pack targets 'priority\trespond\tresolve\tcalendar' 'P3\t1h\t4h\toffice'
	pack calendars 'calendar\tzone\tdays\twindows' \
		'office\tUTC\tmon-fri\t08:00-16:00'
	tsv 'id\treceived\tpriority' 'a\t2026-03-06T15:00:00Z\tP3' \
		'b\t2026-03-06T15:00:00Z\tP3' 'c\t2026-03-06T15:00:00Z\tP3' \
		'd\t2026-03-06T15:00:00Z\tP3' >in
	run -0 --separate-stderr inc-escalate -p pack \
		--now 2026-03-10T00:00:00Z in
	want_error ''
	[ "$(column escalated <<<"$output")" = "$(tsv 2026-03-09T09:00:00Z \
		2026-03-09T09:00:00Z 2026-03-06T17:00:00Z \
		2026-03-09T15:00:00Z)" ]
}

@test "an explanation says of each boundary whether, when and why not" {
	boundary 'slow\tpriority = P1\treceived\t1h\t\tacknowledged\tup\t1' \
		'half\t*\treceived\t50% resolve\t\t\tup\t1' \
		'big\treports > 3\t\t\t\t\tup\t2' \
		'calm\treports < 2\t\t\t\t\tdown\t0'
	pack targets 'priority\trespond\tresolve' 'P1\t15m\t4h'
	tsv 'id\treceived\tpriority\tacknowledged\treports\tlevel\tlevel_by\tboundary\tclosed\tholds' \
		'a\t2026-03-02T09:00:00Z\tP1\t\t5\t\t\t\t\t' \
		'b\t2026-03-02T09:00:00Z\tP1\t2026-03-02T09:30:00Z\t1\t1\trules\tslow\t\t' \
		'c\t2026-03-02T09:00:00Z\tP2\t\t9\t0\tperson\tbig\t\t' \
		'd\t\tP1\t\t\t\t\t\t2026-03-02T09:30:00Z\t' \
		'e\t2026-03-02T09:00:00Z\tP1\t\t\t\t\t\t\t2026-03-02T09:30:00Z/' >in
	run -3 --separate-stderr inc-escalate -p pack --explain \
		--now 2026-03-02T10:00:00Z in
	column considered <<<"$output" >out
	tsv 'slow crossed at 2026-03-02T10:00:00Z; half due at 2026-03-02T11:00:00Z; big crossed at 2026-03-02T10:00:00Z; calm not: reports=5' \
		'slow not: acknowledged came before 2026-03-02T10:00:00Z; half due at 2026-03-02T11:00:00Z; big not: reports=1; calm crossed at 2026-03-02T10:00:00Z' \
		"slow not: priority=P2; half can't be judged: no target for the priority; big crossed at 2026-03-02T10:00:00Z, stood down; calm not: reports=9" \
		'closed or linked: crosses nothing' \
		'slow not: its clock stands, or has no end; half not: its clock stands, or has no end; big not: reports=; calm not: reports=' >wanted
	same wanted out
	run -2 --separate-stderr inc-escalate -p pack --explain --level 1 --why x in
	want ''
	[[ $stderr == *'--explain is for boundaries, --level judges none'* ]]
}

@test "a boundary that leads down lowers, and the next run keeps it so" {
	tsv "received\tpriority\treports\t$SET" \
		"${DAY}09:00:00Z\tP1\t3\t3\trules\t${DAY}09:01:00Z\tcrisis-lead\tmajor\tx" >in
	escalate 09:40:00Z
	want_set '1|rules|09:40|stand-down'
	cp got in
	escalate 10:59:00Z
	want_set '1|rules|09:40|stand-down'
	# a clock that runs out later counts (and half does not: level 1 is held)
	escalate 13:00:00Z
	want_set '2|rules:0|13:00|late-high'
	cp got in
	escalate 13:01:00Z
	want_set '2|rules:0|13:00|late-high'
}

@test "many incidents are raised by a person, with a reason" {
	tsv "id\tclosed\tlevel" 'a\t\t' 'b\t2026-03-01T00:00:00Z\t' 'c\t\t1' >in
	escalate 10:00:00Z --level 2 --why "$(printf 'power\tloss')"
	want_status 0
	want "$(tsv 'id\tclosed\tlevel\tlevel_by\tescalated\tescalate_to\tboundary\twhy')
$(printf 'a\t\t2\tperson\t2026-03-02T10:00:00Z\thead-of-service\t\tpower\\tloss')
$(printf 'b\t2026-03-01T00:00:00Z\t\t\t\t\t\t')
$(printf 'c\t\t2\tperson\t2026-03-02T10:00:00Z\thead-of-service\t\tpower\\tloss')"
}

@test "nothing falls below the level that a person set" {
	tsv "received\tpriority\treports\t$SET" \
		"${DAY}09:00:00Z\tP1\t3\t3\tanna\t${DAY}10:00:00Z\t\t\t" \
		"${DAY}09:00:00Z\tP1\t3\t3\tanna:2\t${DAY}10:00:00Z\t\tmajor\t" \
		"${DAY}09:00:00Z\tP1\t12\t2\tanna\t${DAY}10:00:00Z\t\t\t" >in
	escalate 10:10:00Z
	want_set '3|anna|10:00|' '2|anna:2|10:10|stand-down' \
		'3|anna:2|10:10|major'
}

@test "a person's stand-down is not undone by the next run" {
	tsv 'received\tpriority\treports\tcode' "${DAY}09:00:00Z\tP1\t12\tSEC" >in
	escalate 09:01:00Z
	want_set '3|rules|09:01|major'
	cp got in
	escalate 09:40:00Z --level 0 --why 'a false alarm'
	want_set '0|person|09:40|major compromise'
	cp got in
	escalate 09:41:00Z
	want_set '0|person|09:40|major compromise'
	escalate 11:00:00Z
	want_set '1|person:0|11:00|half major'
	cp got in
	escalate 11:01:00Z
	want_set '1|person:0|11:00|half major'
}

@test "a person who raises is not held back by what was stood down" {
	tsv "received\tpriority\treports\t$SET" \
		"${DAY}09:00:00Z\tP1\t12\t0\tperson\t${DAY}09:40:00Z\t\tmajor\tx" >in
	escalate 10:00:00Z --level 3 --why 'it was none'
	printf '%s\n' "$output" >got
	[ "$(column boundary got)" = '\N' ]
	want_set '3|person|10:00|\N'
}

@test "closed and linked records cross nothing" {
	tsv 'received\tpriority\tclosed\tparent' \
		"${DAY}09:00:00Z\tP1\t${DAY}11:00:00Z\t" \
		"${DAY}09:00:00Z\tP1\t\tb" >in
	escalate 12:00:00Z
	want_set '|||' '|||'
}

@test "time on hold does not count" {
	tsv 'received\tpriority\tholds' \
		"${DAY}09:00:00Z\tP1\t${DAY}09:10:00Z/${DAY}09:40:00Z" \
		"${DAY}09:00:00Z\tP1\t${DAY}09:10:00Z/" \
		"${DAY}09:00:00Z\tP1\t${DAY}09:20:00Z/" >in
	escalate 09:44:59Z
	want_set '|||' '|||' '1|rules|09:15|untaken-1'
	escalate 09:45:00Z
	want_set '1|rules|09:45|untaken-1' '|||' '1|rules|09:15|untaken-1'
}

@test "a missing start falls back to received, and without it is reported once" {
	boundary 'slow\t*\tassigned_at\t1h\t\t\tup\t1'
	pack fields name assigned_at
	tsv 'received\tassigned_at' \
		"${DAY}09:00:00Z\t${DAY}09:30:00Z" "${DAY}09:00:00Z\t" \
		"${DAY}09:00:00Z\tsoon" "\t${DAY}09:30:00Z" '\t' 'x\t' >in
	run --separate-stderr inc-escalate -p pack --now "${DAY}10:10:00Z" in
	want_status 3
	want_set '|||' '1|rules|10:00|slow' '1|rules|10:00|slow' '|||' '|||' '|||'
	want_error "$(tsv 'inc-escalate: 2 values could not be read as a time, a number or a duration; the first: in:4' \
		"inc-escalate: in:6: boundary 'slow' can't be judged: no time to count from (2 records like it in all)")"
}

@test "a share of a target that the priority does not have is reported" {
	tsv 'received\tpriority' "${DAY}09:00:00Z\tP1" "${DAY}09:00:00Z\tP7" >in
	boundary 'late\t*\t\t50% resolve\t\t\tup\t1'
	run --separate-stderr inc-escalate -p pack --now "${DAY}12:00:00Z" in
	want_status 3
	want_set '1|rules|11:00|late' '|||'
	want_error "inc-escalate: in:3: boundary 'late' can't be judged: no target for the priority (1 record like it in all)"
}

@test "what crosses nothing is passed on as it is" {
	tsv "received\tpriority\tx\t$SET" \
		"${DAY}09:00:00Z\tP4\ta\\\\\\\\b\t\t\t\t\t\t" \
		"${DAY}09:00:00Z\tP1\t\\\\N\t2\trules\t${DAY}09:30:00+00:00\t\t\\\\N\t" \
		'\t\t\tx\t?\tsoon\t\t\t' >in
	escalate 09:40:00Z
	printf '%s\n' "$output" >got
	same in got
}

@test "to run it again at the same time changes nothing" {
	tsv 'received\tpriority\treports\tcode\tacknowledged\tlevel\tlevel_by' >in
	for priority in P1 P2 P3 ''; do
		for reports in 1 12; do
			for code in SEC INC; do
				for by in '\t' '0\trules' '3\trules' '1\tanna' '3\tanna:1'; do
					tsv "${DAY}05:00:00Z\t$priority\t$reports\t$code\t\t$by" \
						"${DAY}09:00:00Z\t$priority\t$reports\t$code\t${DAY}09:20:00Z\t$by"
				done
			done
		done
	done >>in
	inc-escalate -q -p itsm --now "${DAY}10:00:00Z" in >once || [ $? -eq 3 ]
	inc-escalate -q -p itsm --now "${DAY}10:00:00Z" once >twice || [ $? -eq 3 ]
	[ "$(wc -l <once)" -eq 161 ]
	same once twice
}

@test "every bad cell is refused with file, line and column" {
	boundary 'a\t*\treceived\t15x\t\t\tup\t1'
	refused "escalation.tsv:2:14: after '15x': a limit such as 15m or 5wd, or a share such as '50% resolve', was expected"
	boundary 'a\t*\treceived\t0% resolve\t\t\tup\t1'
	refused "escalation.tsv:2:14: after '0% resolve': 1% to 1000% of respond or resolve was expected"
	boundary 'a\t*\treceived\t50% finish\t\t\tup\t1'
	refused "escalation.tsv:2:14: after '50% finish': 1% to 1000% of respond or resolve was expected"
	boundary 'a\t*\treceived\t15m\t\t\tup\t7'
	refused "escalation.tsv:2:23: unknown level '7': levels has 0, 1, 2"
	boundary 'a\t*\treceived\t15m\t\t\tup\t1\twacth'
	refused "escalation.tsv:2:25: unknown role 'wacth' (did you mean 'watch'?)"
	boundary 'a\t*\treceived\t15m\tbnak\t\tup\t1'
	refused "escalation.tsv:2:18: unknown calendar 'bnak' (did you mean 'bank'?)"
	boundary 'a\t*\treceived\t15m\t\t\tsideways\t1'
	refused "escalation.tsv:2:20: direction 'sideways': up or down was expected"
	boundary 'a\tprioritty = P1\treceived\t15m\t\t\tup\t1'
	refused "escalation.tsv:2:3: unknown column 'prioritty' (did you mean 'priority'?)"
	boundary 'a\t*\treceived\t15m\t\tresolvd\tup\t1'
	refused "escalation.tsv:2:19: unknown column 'resolvd' (did you mean 'resolved'?)"
	boundary 'a\t*\treceived\t\t\t\tup\t1'
	refused "escalation.tsv:2:5: from without after: how long may it take?"
	boundary 'a\t*\treceived\t15m\t\t\tup\t1\t\tsoon'
	refused "escalation.tsv:2:26: repeat 'soon': a duration such as 15m was expected"
	boundary 'a\t*\t\t\t\t\tup\t1' 'a\t*\t\t\t\t\tup\t1'
	refused "escalation.tsv:3:1: two boundaries are called 'a'"
	boundary 'a\t*\t\t\t\t\tup\t1'
	pack levels 'level\trole' 'top\tduty'
	refused "levels.tsv:2:1: level 'top': a whole number up to 1000000 was expected"
	boundary 'a\t*\t\t\t\t\tup\t1'
	pack targets 'priority\trespond' 'P1\tsoon'
	refused "targets.tsv:2:4: respond 'soon': a limit such as 15m, 5wd, 10cd or 1mo was expected"
	boundary 'a\t*\t\t\t\t\tup\t1'
	rm pack/levels.tsv
	run --separate-stderr inc-escalate -p pack in
	want_status 2
	want_error "inc-escalate: no table 'levels' in 'pack'"
}

@test "a rule may name what the tree sets before any record has it" {
	boundary 'a\thazard = yes\t\t\t\t\tup\t1'
	refused "escalation.tsv:2:3: unknown column 'hazard'"
	pack triage 'node\twhen\thazard' 'start\t*\tyes'
	run -0 inc-escalate -p pack in
}

@test "a level that is none is refused with the choices" {
	tsv id a >in
	escalate 10:00:00Z --level 7 --why x
	want_status 2
	want ''
	want_error "inc-escalate: no level '7': there are 0 (Service desk), 1 (Duty manager), 2 (Head of service), 3 (Crisis lead)"
	escalate 10:00:00Z --level high --why x
	want_status 2
}

@test "a level needs a reason, and a reason a level" {
	tsv id a >in
	escalate 10:00:00Z --level 2
	want_status 2
	[ "${stderr_lines[0]}" = 'inc-escalate: --level needs --why TEXT, the reason' ]
	[ "${stderr_lines[1]}" = 'usage: inc-escalate [--explain | --replay | --level N --why TEXT] [FILE ...]' ]
	escalate 10:00:00Z --level 2 --why ''
	want_status 2
	escalate 10:00:00Z --why x
	want_status 2
	[ "${stderr_lines[0]}" = 'inc-escalate: --why needs --level N' ]
}

@test "a pattern that takes too long is a failed rule, reported with its place" {
	boundary 'a\tsummary ~ /(a+)+$/\t\t\t\t\tup\t1'
	{
		echo summary
		head -c 5000 /dev/zero | tr '\0' a
		echo b
		echo aaa
	} >in
	run --separate-stderr inc-escalate -p pack --now "${DAY}10:00:00Z" in
	want_status 3
	want_set '|||' '1|rules|10:00|a'
	[[ $stderr == *'pack/escalation.tsv:2:'*'(record in:2)' ]]
	[ "${#stderr_lines[@]}" -eq 1 ]
}

@test "a feed with hostile holds and levels is judged in time" {
	awk 'BEGIN {
		printf "received\tpriority\tholds\tlevel\tlevel_by\tboundary\n"
		printf "2026-03-02T09:00:00Z\tP1\t"
		for (i = 0; i < 200000; i++)
			printf "2026-03-02T09:00:00Z/2026-03-02T09:00:0%dZ ", i % 9
		printf "\t99999999999999999999\t:::\t"
		for (i = 0; i < 200000; i++) printf "x "
		print ""
	}' >in
	run --separate-stderr timeout 60 inc-escalate -p itsm --now "${DAY}10:00:00Z" in
	want_status 0
	want_error 'inc-escalate: 1 value could not be read as a time, a number or a duration: in:2'
}

@test "a level that is no number counts as none and is counted once" {
	boundary 'slow\t*\treceived\t1h\t\t\tup\t1' 'over\tstatus = test\t\t\t\t\tdown\t0'
	tsv 'received\tlevel' "${DAY}09:00:00Z\ttwo" >in
	run -0 --separate-stderr inc-escalate -p pack --now "${DAY}09:10:00Z" in
	want_set 'two|||'
	want_error 'inc-escalate: 1 value could not be read as a time, a number or a duration: in:2'
}

@test "a replay has every crossing of a history, at its instant" {
	tsv 'id\treceived\tupdated\tpriority\tacknowledged\treports\tclosed' \
		'A\t2026-03-02T09:00:00Z\t2026-03-02T18:00:00Z\tP1\t2026-03-02T10:00:00Z\t2\t2026-03-02T18:00:00Z' \
		'A\t2026-03-02T09:00:00Z\t2026-03-02T09:00:00Z\tP1\t\t1\t' \
		'A\t2026-03-02T09:00:00Z\t2026-03-02T09:40:00Z\tP1\t\t12\t' \
		'B\t2026-03-02T09:00:00Z\t2026-03-02T09:00:00Z\tP3\t\t\t' \
		'A\t2026-03-02T09:00:00Z\t2026-03-02T10:00:00Z\tP1\t2026-03-02T10:00:00Z\t2\t' >in
	run -0 --separate-stderr inc-escalate -p itsm --replay \
		--now 2026-03-10T00:00:00Z in
	want_error ''
	printf '%s\n' "$output" >out
	paste -d ' ' <(column id out) <(column level out) \
		<(column escalated out) <(column boundary out) \
		<(column reports out) >got
	printf '%s\n' 'A 1 2026-03-02T09:15:00Z untaken-1 1' \
		'A 2 2026-03-02T09:30:00Z untaken-2 1' \
		'A 3 2026-03-02T09:40:00Z major 12' \
		'A 1 2026-03-02T10:00:00Z stand-down 2' \
		'A 2 2026-03-02T13:00:00Z late-high 2' \
		'B 1 2026-03-04T15:30:00Z late ' | same - got
	run -0 inc-escalate -p itsm --replay --now 2026-03-02T09:30:00Z in
	[ "$(column boundary <<<"$output")" = "$(tsv untaken-1 untaken-2)" ]
	run -2 --separate-stderr inc-escalate -p itsm --replay --explain in
	[[ $stderr == *'--explain and --replay exclude each other'* ]]
}

@test "a replay agrees with judging at each minute of the day" {
	tsv 'id\treceived\tupdated\tpriority\tacknowledged\treports\tholds' \
		'A\t2026-03-02T09:00:00Z\t2026-03-02T09:00:00Z\tP2\t\t1\t' \
		'B\t2026-03-02T09:10:00Z\t2026-03-02T09:10:00Z\tP1\t\t\t2026-03-02T09:20:00Z/2026-03-02T09:50:00Z' \
		'C\t2026-03-02T09:00:00Z\t2026-03-02T09:00:00Z\tP1\t2026-03-02T09:05:00Z\t11\t' >in
	inc-escalate -p itsm --replay --now 2026-03-02T18:00:00Z in |
		cut -f 1,8-12 | sed 1d | sort >replayed
	cp in state
	: >seen
	for minute in $(seq 0 5 540); do
		now=$(date -u -d "2026-03-02 09:00 $minute minutes" +%FT%TZ)
		# what is not there yet at that time is not judged
		awk -F '\t' -v now="$now" 'NR == 1 || $2 <= now' state >before
		inc-escalate -p itsm --now "$now" before >after
		inc-select -q 'escalated is set' after | sed 1d >>seen || :
		# the record as the desk now has it
		awk -F '\t' 'FNR == NR { if (FNR > 1) done[$1] = $0; else head = $0; next }
			FNR == 1 { print head; next }
			{ print ($1 in done) ? done[$1] : $0 "\t\t\t\t\t\t" }' after state >next
		awk -F '\t' -v OFS='\t' '{ NF = 13 } 1' next >state
	done
	awk -F '\t' -v OFS='\t' '!was[$1 $8 $12]++ { print $1, $8, $9, $10, $11, $12 }' seen |
		sort >judged
	same judged replayed
}

@test "a replay of a log goes by its entries, and by what persons decided" {
	tsv 'id\treceived\tupdated\tpriority' \
		'A\t2026-03-02T09:00:00Z\t2026-03-02T09:00:00Z\tP1' |
		inc-log -q -p itsm -l log --create append >out
	inc-log -p itsm -l log current |
		inc-escalate -p itsm --now 2026-03-02T09:20:00Z --level 0 --why calm |
		awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "updated") u = i }
			NR > 1 { $u = "2026-03-02T09:20:00Z" } 1' |
		inc-log -q -p itsm -l log append >out
	inc-log -l log history >history
	run -0 --separate-stderr inc-escalate -p itsm --replay \
		--now 2026-03-02T10:00:00Z history
	want_error ''
	paste -d ' ' <(column level <<<"$output") \
		<(column level_by <<<"$output") <(column escalated <<<"$output") >got
	printf '%s\n' '1 rules 2026-03-02T09:15:00Z' \
		'2 person:0 2026-03-02T09:30:00Z' | same - got
}

@test "servicenow: a year is replayed, and nothing is crossed twice" {
	need_data servicenow-uci
	gzip -dc "$DATA"/servicenow-uci/*.csv.gz | inc-import -q -m servicenow |
		inc-triage -q -p itsm |
		inc-escalate -q -p itsm --replay --now 2017-03-01T00:00:00Z >out
	[ "$(sed 1d out | wc -l)" -gt 1000 ]
	paste <(column id out) <(column boundary out) <(column escalated out) |
		sort | uniq -d | same /dev/null -
	awk -F '\t' -v from="$(head -n 1 out | tr '\t' '\n' | grep -nx received | cut -d : -f 1)" \
		-v at="$(head -n 1 out | tr '\t' '\n' | grep -nx escalated | cut -d : -f 1)" \
		'NR > 1 && $at < $from { bad = 1; print } END { exit bad }' out
}
