# shellcheck shell=sh
#
# What the commands in this directory share.  Each begins with
#
#	. "${0%/*}/common.sh"
#
# They say what became of a message by lines on standard output and by their
# exit status: inc-media(7).

set -u
umask 077
export LC_ALL=C # ranges are of bytes

# Each says why, and ends with a status of sysexits(3): the message can't be
# handed over this way, the medium is not set up, or not now.
never() { fail 65 "$1"; }
unready() { fail 78 "$1"; }
later() { fail 75 "$1"; }
fail() {
	printf 'error %s\n' "$2"
	exit "$1"
}

# telephone: the address as digits, after a + where it has one; +44 (0)113 is
# +44113, since the 0 is not dialled from abroad.
telephone() {
	number=$(printf '%s' "${INC_ADDRESS-}" |
		sed -E -e '/^ *(\+|00)/s/\(0\)//' -e 's/[ ()./-]//g')
	case ${number#+} in
	'' | *[!0-9]*) never 'the address is no telephone number' ;;
	esac
}

# need COMMAND: whether it is installed.
need() {
	command -v "$1" >/dev/null || unready "$1 is not installed"
}

# place DIRECTORY: makes a directory in INC_HOME and goes there.
place() {
	[ -n "${INC_HOME-}" ] || unready 'INC_HOME is not set'
	{ mkdir -p "$INC_HOME/$1" && cd "$INC_HOME/$1"; } ||
		later "$INC_HOME/$1 can't be used"
}

# secrets FILE: settings are read from this file from now on.  It lies in
# INC_SECRETS, else in INC_HOME/secrets, and is its owner's alone.
secrets() {
	[ -n "${INC_SECRETS-}${INC_HOME-}" ] ||
		unready 'neither INC_SECRETS nor INC_HOME is set'
	secrets=${INC_SECRETS:-$INC_HOME/secrets}/$1
	mode=$(ls -Lld -- "$secrets" 2>/dev/null)
	case $mode in
	-???------*) [ -r "$secrets" ] || unready "$secrets can't be read" ;;
	-*) unready "$secrets can be read by others: chmod 600 it" ;;
	*) unready "$secrets is not there: inc-media(7)" ;;
	esac
}

# setting KEY: the rest of the first line that starts with this word.
setting() {
	while read -r key value || [ -n "$key" ]; do
		[ "$key" != "$1" ] || { printf '%s' "$value" && break; }
	done <"$secrets"
}

# option NAME VALUE: a line of curl's configuration, by which a value gets
# there that nobody is to see among the arguments of a process; control
# characters would end the line.
option() {
	printf '%s = "' "$1"
	printf '%s' "$2" | tr -d '\000-\037\177' | sed 's/[\\"]/\\&/g'
	printf '"\n'
}

# web OPTION...: sends a request with curl, which reads what it is from
# descriptor 3, and says what came of it.  Nothing is fetched from elsewhere
# (3xx is an answer), and of what is answered no more is read than 64 KiB.
web() {
	need curl
	said=$({
		curl -q -s -g --proto '=http,https' --connect-timeout 10 \
			-K /dev/fd/3 -H 'Expect:' "$@" -w '%{stderr}\n'"$about" |
			head -c 65536 >/dev/null
	} 2>&1)
	code=$(printf '%s\n' "$said" | sed -n 's/^code //p')
	[ "${code:-000}" != 000 ] ||
		later "$(printf '%s\n' "$said" | sed -n 's/^why //p')"
	printf 'code %s\n' "$code"
	wait_s "$(printf '%s\n' "$said" | sed -n 's/^wait //p')"
	case $code in
	2??) exit 0 ;;
	*) fail 1 "answered with $code" ;;
	esac
}
about='code %{http_code}\nwait %header{retry-after}\nwhy %{errormsg}\n'

# wait_s TEXT: says what a Retry-After asks for, seconds or a date.
wait_s() {
	case $1 in
	'') return ;;
	*[!0-9]*)
		until=$(date -d "$1" +%s 2>/dev/null) || return
		set -- $((until - $(date +%s)))
		;;
	esac
	[ "${1#-}" != "$1" ] || printf 'retry-after %s\n' "$1"
}
