#!/bin/sh
# demo.sh: decides on the shipped export, as cron would, into a log of its own
# that is thrown away, and shows the messages and what was decided and why.
# The programs are those on PATH.
set -eu
export_file=$(cd "$(dirname "$0")" && pwd)/servicenow.csv
now=2026-03-02T12:00:00Z
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo "inc-import -m servicenow servicenow.csv | inc-log current - |
    inc-triage | inc-escalate --now $now |
    inc-log --create append | inc-notify --now $now"
echo

# A status of 3 says that something was reported, and the rest was done.
export INC_PROCEDURES=itsm INC_LOG=log
status=0
{
	inc-import -m servicenow "$export_file" | inc-log current - |
		inc-triage | inc-escalate --now $now |
		inc-log --create append | tee decided |
		inc-notify --now $now
} >messages 2>reported || status=$?

if [ -s reported ]; then
	echo '== What was reported on the way'
	echo
	sed 's/^/  /' reported
	echo
fi
[ $status -eq 0 ] || [ $status -eq 3 ] || exit $status

echo '== Messages'
awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	function get(name) { return at[name] ? $(at[name]) : "" }
	get("message") == last {
		printf "  or else by %s to %s\n", get("medium"), get("address")
		next
	}
	{
		last = get("message")
		printf "\n%s, %s: to %s", get("reason"), get("id"), get("party")
		if (get("role") != "" && get("role") != get("party"))
			printf " (%s)", get("role")
		printf " by %s to %s", get("medium"), get("address")
		print ", due " get("due")
		if (get("subject") != "") print "    " get("subject")
		body = get("body")
		gsub(/\\n/, "\n    ", body)
		gsub(/\n +\n/, "\n\n", body)
		gsub(/\\\\/, "\\", body)
		print "    " body
	}' messages

echo
echo '== What was decided, and why'
awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	function get(name) { return at[name] ? $(at[name]) : "" }
	{
		n++
		over = get("resolved") != "" || get("closed") != ""
		open += !over
		priority = get("priority") == "" ? "none" : get("priority")
		all[priority]++
		still[priority] += !over
		if (get("priority_by") == "rules") ruled++
		if (get("suggested") != "" && get("suggested") != priority)
			other = other "\n  " get("id") " stays " priority \
			    ", the rules would say " get("suggested") ": " \
			    get("path")
		if (get("incomplete") != "")
			lack = lack "\n  " get("id") " lacks " get("incomplete")
		if (get("level") > 0)
			up = up "\n  " get("id") " (" priority ") at level " \
			    get("level") ", " get("escalate_to") " acts: " \
			    get("boundary") " crossed at " get("escalated") \
			    (get("why") != "" ? ": " get("why") : "")
		rules = get("rules")
	}
	END {
		printf "\n%d incidents by the procedures %s; %d are open, ",
		    n, rules, open
		printf "of %d the rules set the priority\n\n", ruled
		print "  priority  incidents  open"
		for (i = 1; i <= 4; i++)
			printf "  %-8s  %9d  %4d\n", "P" i, all["P" i], still["P" i]
		if (all["none"])
			printf "  %-8s  %9d  %4d\n", "none", all["none"], still["none"]
		if (up != "") print "\nEscalated:" up
		if (other != "") print "\nA person set the priority:" other
		if (lack != "") print "\nTo be completed:" lack
	}' decided
