# shellcheck shell=bash
#
# What every bats file starts with: "load helper".  The programs under test
# are first on PATH, nothing of the caller's own site shows through, and each
# test runs in an empty directory of its own.
#
#   INC_BUILD  where the programs are (default: ../build)
#   INC_DATA   where the real exports are (default: ../../shared/data)

bats_require_minimum_version 1.5.0

export LC_ALL=${LC_ALL:-C.UTF-8}
TESTS=$BATS_TEST_DIRNAME
SOURCE=$(cd "$TESTS/.." && pwd -P)
BUILD=$(cd "${INC_BUILD:-$SOURCE/build}" && pwd -P)
DATA=${INC_DATA:-$SOURCE/../shared/data}
EXAMPLES=$SOURCE/share/examples
FIXTURES=$TESTS/fixtures
export TESTS SOURCE BUILD DATA EXAMPLES FIXTURES
export INC_BUILD=$BUILD PATH=$BUILD:$PATH

for name in $(compgen -v INC_); do
	case $name in
	INC_BUILD | INC_DATA | INC_SANITIZED) ;;
	*) unset "$name" ;;
	esac
done
unset name TZ

# Each test starts in a directory of its own, which bats removes.
setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# need_sendmail: for setup_file(): one on PATH, for the shipped procedures.
need_sendmail() {
	mkdir "$BATS_FILE_TMPDIR/bin"
	printf '#!/bin/sh\nexit 1\n' >"$BATS_FILE_TMPDIR/bin/sendmail"
	chmod 755 "$BATS_FILE_TMPDIR/bin/sendmail"
	export PATH=$PATH:$BATS_FILE_TMPDIR/bin
}

# need_data [DIRECTORY]: skips the test where the real exports are absent.
need_data() {
	[ -d "$DATA/${1:-}" ] || skip 'no real data'
}

# The programs beside inc, by name.
programs() {
	(cd "$SOURCE/cmd" && printf '%s\n' inc-*.c inc-*.sh) | sed 's/\.[^.]*$//'
}

# Whether the programs were built with a sanitizer, which changes how much
# memory they take and how fast they are.
sanitized() {
	[ -n "${INC_SANITIZED:-}" ]
}

# tsv LINE...: prints lines in which \t is a tab, \n a line end and \\ a
# backslash.
tsv() {
	printf '%b\n' "$@"
}

# same EXPECTED FILE: whether a file (- for standard input) is the same to
# the last byte; shows the differences.
same() {
	diff -u -- "$1" "$2"
}

# want TEXT: compares what `run` left in $output with a text.
want() {
	diff -u <(printf '%s\n' "$1") <(printf '%s\n' "${output-}")
}

# want_error TEXT: the same for what went to standard error.
want_error() {
	diff -u <(printf '%s\n' "$1") <(printf '%s\n' "${stderr-}")
}

# want_status NUMBER: compares the status that `run` left.
want_status() {
	[ "${status-}" -eq "$1" ] || {
		echo "status ${status-}, wanted $1"
		printf '%s\n' "output: ${output-}" "error: ${stderr-}"
		return 1
	}
}

# column NAME [FILE]: the values of one column of a stream, without header.
column() {
	awk -F '\t' -v name="$1" '
	    NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i
		      if (!c) { print "no column " name; exit 1 } }
	    NR > 1 { print $c }' "${2:--}"
}

# shimmed COMMAND...: runs a program with shim.c before it.
shimmed() {
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 \
		LD_PRELOAD=$BUILD/shim.so "$@"
}

# with FAULTS COMMAND...: runs a program with these faults.
with() {
	INC_FAIL=$1 shimmed "${@:2}"
}

# with_clock SECONDS[,SECONDS...] COMMAND...: runs a program by this clock.
with_clock() {
	INC_CLOCK=$1 shimmed "${@:2}"
}

# in_background FAULTS COMMAND...: starts a program with these faults; its
# process is $!.  It has not the 3 that bats waits for: should the test fail
# while it is stopped, bats would wait for ever and say nothing.
in_background() {
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 \
		INC_FAIL=$1 LD_PRELOAD=$BUILD/shim.so "${@:2}" 3>&- &
}

# until_true COMMAND...: waits until it is, for a minute at most.
until_true() {
	for _ in {1..6000}; do
		! "$@" || return 0
		sleep 0.01
	done
	return 1
}

# lines FILE NUMBER: whether it has so many.
lines() {
	[ -f "$1" ] && [ "$(wc -l <"$1")" -ge "$2" ]
}

# is_stopped PROCESS: whether it has stopped, or is gone.
is_stopped() {
	grep -q '^State:.[TZ]' "/proc/$1/status" 2>/dev/null ||
		! kill -0 "$1" 2>/dev/null
}
