# The driver of the tests itself: it must not pass what did not run.
load helper

# program NAME LINE...: a test program that does this.
program() {
	printf '%s\n' '#!/bin/sh' "${@:2}" >"$1"
	chmod +x "$1"
}

@test "what passed, failed and was skipped is added up in the last line" {
	program good 'echo "ok 1 a"' 'echo "ok 2 b # skip no real data"'
	program bad 'echo "ok a"' 'echo "not ok b"' 'echo "# why"' 'exit 1'
	run -0 "$SOURCE/tests/run" "$PWD/good"
	[ "${lines[-1]}" = '1 passed, 0 failed, 1 skipped' ]
	run -1 "$SOURCE/tests/run" -j 1 "$PWD/good" "$PWD/bad"
	[ "${lines[-1]}" = '2 passed, 1 failed, 1 skipped' ]
	[[ $output == *'bad: not ok b'*'bad: # why'* ]]
	[[ $output == *'no real data'* ]]
}

@test "what failed is told again before the last line" {
	program good 'echo "ok 1 a"'
	program bad 'echo "ok a"' 'echo "not ok b"' 'echo "# why"' 'exit 1'
	run -1 "$SOURCE/tests/run" -j 1 "$PWD/bad" "$PWD/good"
	[[ ${lines[-3]} == *'bad: not ok b' ]]
	[[ ${lines[-2]} == *'bad: # why' ]]
}

@test "a crash, an early end and silence are failures" {
	program crash 'echo "ok a"' 'kill -SEGV $$'
	program early 'echo 1..3' 'echo "ok 1 a"'
	program silent 'exit 0'
	run -1 "$SOURCE/tests/run" "$PWD/crash"
	[ "${lines[-1]}" = '1 passed, 1 failed' ]
	run -1 "$SOURCE/tests/run" "$PWD/early"
	[ "${lines[-1]}" = '1 passed, 2 failed' ]
	run -1 "$SOURCE/tests/run" "$PWD/silent"
	[ "${lines[-1]}" = '0 passed, 1 failed' ]
	run -1 "$SOURCE/tests/run" "$PWD/no-such-program"
	[ "${lines[-1]}" = '0 passed, 1 failed' ]
}

@test "what does not end is ended and counted as failed" {
	program endless 'echo "ok 1 a"' 'while :; do :; done'
	INC_TEST_SECONDS=1 run -1 "$SOURCE/tests/run" "$PWD/endless"
	[ "${lines[-1]}" = '1 passed, 1 failed' ]
	[[ $output == *'did not end in time'* ]]
}
