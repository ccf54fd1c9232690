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
say() { printf 'inc-tick: %s\n' "$*" >&2; }
fail() { say "$*"; exit 2; }
misuse() { say "$*"; sed -n '2s/^# //p' "$0" >&2; exit 2; }

every=1m take_over='' quiet=''
while [ $# -gt 0 ]; do
	case $1 in
	--every) [ $# -gt 1 ] || misuse 'option --every needs DURATION'
		every=$2; shift ;;
	--every=*) every=${1#*=} ;;
	--take-over) take_over=yes ;;
	-q | --quiet) quiet=yes ;;
	-h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit ;;
	-V | --version) echo 'inc-tick @VERSION@'; exit ;;
	-*) misuse "unknown option '$1'" ;;
	*) misuse "no operand is taken, but there is '$1'" ;;
	esac
	shift
done
echo "$every" | grep -Eqx '([1-9][0-9]{0,5}[smhdw])+' ||
	misuse "--every '$every': a duration such as 90s or 15m was expected"

# By hand as by cron: what is in the home, and the programs beside this one.
[ -n "${INC_HOME:-}" ] || fail "no home: set INC_HOME ('inc init' makes one)"
for part in procedures log spool; do
	[ -d "$INC_HOME/$part" ] || fail "no '$INC_HOME/$part': 'inc init' makes it"
done
unset INC_PROCEDURES INC_LOG INC_SPOOL
export INC_HOME PATH="${0%/*}:$PATH"

# One tick at a time.  Its stages hold the lock too, should only this be killed.
# Made by root, it is the home's owner's, who could not go on else.
lock=$INC_HOME/tick.lock
exec 9>>"$lock"
[ "$(id -u)" -ne 0 ] || chown --reference="$INC_HOME" "$lock"
flock -n -E 75 9 || exit $(($? == 75 ? 75 : 2))

# The heartbeat is a stream of one row; heard CONDITION N: its Nth column.
heartbeat=$INC_HOME/heartbeat me=$(uname -n) began=$(date -u +%FT%TZ)
heard() {
	[ ! -e "$heartbeat" ] || INC_HOME='' inc-select -q --no-header "$1" \
		"$heartbeat" | cut -f "$2"
}
beat() {
	(umask 022 && printf '%s\t%s\t%s\t%s\n' host every began good \
		"$me" "$every" "$began" "$good" >"$heartbeat.$me" &&
		sync "$heartbeat.$me" && mv -f "$heartbeat.$me" "$heartbeat" &&
		sync "$INC_HOME") || fail "'$heartbeat' can't be written"
}

[ ! -e "$heartbeat" ] || [ -n "$(heard 'host is set and every > 0s and
	began < 9999-01-01T00:00:00Z and (good is empty or
	good < 9999-01-01T00:00:00Z)' 1 2>/dev/null)" ] ||
	{ say "'$heartbeat' is damaged: taken for none" && rm -f "$heartbeat"; }

# One host at a time, also where they don't see each other's locks.  One that
# was silent for three intervals is relieved: its heartbeat becomes ours, and if
# that stands at our next tick, no third host was after us.
host=$(heard '*' 1) each=$(heard '*' 2) good=$(heard 'since(good) >= 0s' 4)
if [ "${host:-$me}" != "$me" ] && [ -z "$take_over" ]; then
	if [ -z "$(heard "since(began) < $each$each$each" 1)" ]; then # a sum
		beat
		say "$host is silent: $me goes on from its next tick"
	elif [ -t 2 ] || [ -n "$(find "$lock" -mmin +59)" ]; then # once an hour
		touch "$lock"
		[ -n "$quiet" ] || say "$host is at work on this home"
	fi
	exit 75
fi
[ -z "$take_over" ] || beat

# Reports how a command ended before its pipes close: the first that fails is
# the cause, and those that report after it ran dry or lost their reader.
stage() {
	"$@" 3>&-
	echo "$? $*" >&3
}

# Passes on what stages say: once where several say it, as of a table that all
# read, and not that one got nothing, for which there is a cause.
told() {
	said='| <stdin>: empty, a header line was expected|'
	while IFS= read -r line; do
		case $said in *"|${line#*:}|"*) continue ;; esac
		[ ${#said} -gt 9999 ] || said="$said${line#*:}|"
		printf '%s\n' "$line" >&2
	done
}

# Receipts since the last good tick are written again: the log may lack some.
reports=$({ {
	stage inc-log -q current --live 7d | stage inc-triage -q |
		stage inc-escalate -q | stage inc-log -q append
	stage inc-log -q current --live 7d | stage inc-notify -q |
		stage inc-send -q --current --since "${good:-1970-01-01T00:00:00Z}" |
		stage inc-log -q append
} 2>&1 >/dev/null 3>&4 4>&- | told; } 4>&1)

worst=0 n=0 cause='' before=''
while read -r status command; do
	[ $((n += 1)) -ne 5 ] || before=$cause cause='' # the second line begins
	[ "$status" -ne 3 ] || worst=$((worst ? worst : 3))
	case $status:$cause in 0:* | 3:* | *:?*) continue ;; esac
	cause=$command
	[ "$cause" = "$before" ] || say "'$command' ended with status $status"
	worst=$((status == 75 && worst != 2 ? 75 : 2))
done <<EOF
$reports
EOF
[ $n -eq 8 ] || { say "only $n of 8 stages came to an end" && worst=2; }

host=$(heard '*' 1)
[ "${host:-$me}" = "$me" ] || fail "$host has taken over meanwhile"
case $worst in 0 | 3) good=$began ;; esac
beat
exit $worst
