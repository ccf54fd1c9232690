#!/usr/bin/env bats
# A day of a desk, tick by tick: everybody is told once, the log has the whole
# story, and a tick that is run again adds nothing to either.

load helper
load tick

STEP=900 # seconds between two ticks

# day FROM TO ROWS: ticks after FROM, up to TO.  Before each, rows whose time
# (updated) has come are appended, as an importer would.  Then the same tick is
# run again.  What is said goes to the file reported.
day() {
	local t
	: >reported
	for ((t = $(date -d "$1" +%s) + STEP; t <= $(date -d "$2" +%s); t += STEP)); do
		inc-select -q --now "$(date -u -d "@$t" +%FT%TZ)" \
			"since(updated) >= 0s and since(updated) < ${STEP}s" \
			"$3" >come || [ $? -eq 1 ]
		with_clock $t inc-log -q append --source feed come >appended
		with_clock $t bin/inc-tick 2>>reported || [ $? -eq 3 ]
		inc-log -q head >newest 2>/dev/null || [ $? -eq 1 ]
		cp handed before
		with_clock $t bin/inc-tick 2>>reported || [ $? -eq 3 ]
		inc-log -q head 2>/dev/null | same newest -
		same before handed
	done
}

# told: each message that was handed over, as the log has it.
told() {
	inc-log -q history --event notified | inc-select -q 'delivery = handed-over'
}

# complete: whether each message was handed over once by a medium, and the log
# has all of it.
complete() {
	sort handed | uniq -d | same /dev/null -
	told >log
	paste <(column message log) <(column try log) | sort >logged
	sort handed | same logged -
	inc-log -q verify >verified
}

# row ID UPDATED IMPACT ACKNOWLEDGED RESOLVED: a row of a feed.
row() {
	tsv "$1\t2026-03-25T09:0$3:00Z\t2026-03-25T$2:00Z\tchat\tann@example.org\tno mail\t$3\t$3\t${4:+2026-03-25T$4:00Z}\t${5:+2026-03-25T$5:00Z}"
}

@test "a small day: who is told what, and when" {
	desk
	{
		tsv 'id\treceived\tupdated\tchannel\tcallback\tsummary\timpact\turgency\tacknowledged\tresolved'
		row A 09:01 1
		row B 09:20 2
		row A 09:50 1 09:50
		row A 10:10 1 09:50 10:10
	} >rows
	day 2026-03-25T09:00Z 2026-03-25T11:00Z rows
	complete
	same /dev/null reported
	paste <(column at log | cut -c 12-16) <(column id log) \
		<(column party log) <(column medium log) <(column try log) |
		sort >out
	tsv '09:15\tA\tdesk\tscreen\t1' '09:30\tA\tamara\tvoice\t1' \
		'09:30\tA\tdesk\tscreen\t1' '09:30\tB\tdesk\tscreen\t1' \
		'09:45\tA\tdesk\tscreen\t1' '09:45\tA\tdilys\tvoice\t1' \
		'10:15\tA\tcaller\temail\t1' |
		same - out
}

@test "hours of real incidents" {
	need_data servicenow-uci
	desk
	inc-import -q -m servicenow "$DATA"/servicenow-uci/*.gz |
		inc-select -q 'updated > 2016-03-05T10:00:00Z and
			updated <= 2016-03-05T18:00:00Z' >rows
	day 2016-03-05T10:00Z 2016-03-05T18:00Z rows
	complete
	[ "$(wc -l <handed)" -gt 5 ] # the others were taken at once
	run -1 grep -v '^inc-send: INC[0-9]*: message [0-9a-f]* \(has not reached\|was not acknowledged by\)' reported
	inc-log -q head >newest
	with_clock "$(date -d 2016-03-05T18:00Z +%s)" inc-log -q append \
		--source feed rows >appended
	inc-log -q head | same newest -
}
