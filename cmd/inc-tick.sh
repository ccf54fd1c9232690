#!/bin/sh
# usage: inc-tick [--every DURATION] [--take-over]
# Decide on what the log holds and tell who must know: one turn of a desk.
#
#   --every DURATION           how often it is called, else 1m
#   --take-over                go on at once where another host was at work
#   -q, --quiet                leave out notices
#   -h, --help                 print this
#   -V, --version              print the version
#
# See inc-tick(1).
set -u
fail() { printf 'inc-tick: %s\n' "$1" >&2; exit 2; }
misuse() { fail "$1
$(sed -n '2s/^# //p' "$0")"; }

every=1m take_over='' quiet=''
while [ $# -gt 0 ]; do
	case $1 in
	--every) [ $# -gt 1 ] || misuse 'option --every needs DURATION'
		every=$2; shift ;;
	--every=*) every=${1#*=} ;;
	--take-over) take_over=yes ;;
	-q | --quiet) quiet=yes ;;
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" || exit 2; exit ;;
	-V | --version) echo 'inc-tick @VERSION@' || exit 2; exit ;;
	*) misuse "unknown argument '$1'" ;;
	esac
	shift
done

# By hand as by cron: what is in the home, and the programs beside this one.
[ -d "${INC_HOME:-}" ] || fail "no home: set INC_HOME ('inc init' makes one)"
unset INC_PROCEDURES INC_LOG INC_SPOOL
export INC_HOME PATH="${0%/*}:$PATH"

# One tick at a time: its stages hold the lock too, should only this be killed.
began=$(date -u +%FT%TZ) lock=$INC_HOME/tick.lock
true 2>/dev/null >>"$lock" || fail "$lock can't be written"
exec 9>>"$lock"
flock -n -E 75 9 || exit $(($? == 75 ? 75 : 2))
# And one host.  This tells when the last good tick began, or that we stand by.
last=$(inc heartbeat begin --every "$every" ${take_over:+--take-over} \
	${quiet:+-q}) || exit
# What is of this tick alone; made by root, the home's owner can go on with it.
rm -rf "$INC_HOME"/.tick.*
work=$(mktemp -d "$INC_HOME/.tick.XXXXXX") || exit 2
[ "$(id -u)" -ne 0 ] || chown --reference="$INC_HOME" "$lock" "$work"
trap 'rm -rf "$work"' EXIT

stage() { # keeps what a command says and, before its pipes close, how it ended
	"$@"
	printf '%s\t%s\t%s\n' "$line" $? "$*" >>"$work/ended"
} 2>>"$work/said"
report() { # names of each line the first that failed: others then got nothing
	awk -F '\t' '$2 == 3 { partial = 1 }
		$2 !~ /^[03]$/ && !failed[$1]++ {
			if ($2 == 75) retry = 1; else bad = 1
			print "inc-tick: \047" $3 "\047 ended with status " $2 }
		END { if (NR < 8)
				print "inc-tick: only " NR " of 8 stages ended"
			exit bad || NR < 8 ? 2 : retry ? 75 : partial ? 3 : 0
		}' "$work/ended" >>"$work/said"; worst=$?
	awk '{ text = substr($0, index($0, ":")) } # each once, whoever says it
		text !~ /^: <stdin>: empty, / && !told[text]++' "$work/said" >&2
}
trap 'report; exit 2' HUP INT TERM

line=decide
stage inc-log -q current --live 7d | stage inc-triage -q |
	stage inc-escalate -q | stage inc-log -q append >/dev/null

line=tell messages=$work/messages
stage inc-log -q current --live 7d | stage inc-notify -q >"$messages"
# A part of them would withdraw the others, and may end within one.
[ "$(grep -c '^tell	[03]	' "$work/ended")" -eq 2 ] || messages=''
stage inc-send -q ${messages:+--current} --since "$last" \
	<"${messages:-/dev/null}" | stage inc-log -q append >/dev/null

report
case $worst in 0 | 3) set -- --good ;; esac
inc heartbeat end --began "$began" --every "$every" "$@" || exit 2
exit "$worst"
