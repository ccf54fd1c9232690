# What compares the instructions for a row with a baseline.  A valgrind of
# these tests' own counts 10000 for each row, whatever is run.
load helper

setup() {
	[ -x /usr/bin/python3 ] || skip 'no /usr/bin/python3'
	cd "$BATS_TEST_TMPDIR" || return
	export DIR=$PWD/data CC=gcc
	mkdir bin
	echo 0 >counted
	cat >bin/valgrind <<-END
		#!/bin/sh
		while [ "\${1#--}" != "\$1" ]; do shift; done
		"\$@" || exit
		n=\$((\$(cat '$PWD/counted') + 20000000))
		echo \$n >'$PWD/counted'
		echo "==1== I   refs:      \$n" >&2
	END
	chmod +x bin/valgrind
	PATH=$PWD/bin:$PATH
}

# regress ARGUMENT...: on a baseline of the test's own.
regress() {
	"$TESTS/bench/regress" "$@" baseline.tsv
}

@test "a baseline is written, and what costs the same passes" {
	regress --write
	run -0 cut -f 1 baseline.tsv
	[[ ${lines[0]} == '# gcc '*", $(uname -m)"* ]]
	[[ $output == *'import
select
triage, 20 patterns
triage, 500 patterns
escalate
notify
notify, a message each
append
append, the same again
fold
verify
current' ]]
	run -0 --separate-stderr regress
	[ "$(grep -c '	10000	10000	+0.0%$' <<<"$output")" -eq 12 ]
	[[ $output != *faster:* ]]
	want_error ''
}

@test "a row that costs more than in the baseline is told, with what to do" {
	regress --write
	sed -i 's/^\(select\|verify\)	10000/\1	9400/; s/^import	10000/&6/' baseline.tsv
	run -1 --separate-stderr regress
	want_error 'regress: select: 10000 instructions a row, 9400 before
regress: verify: 10000 instructions a row, 9400 before
regress: where that is meant: make bench-baseline'
	[[ $output == *'select	9400	10000	+6.4%'* ]]
	sed -i 's/	9400/	9600/' baseline.tsv
	run -0 --separate-stderr regress
	want_error ''
}

@test "a row that costs much less is worth a new baseline" {
	regress --write
	sed -i 's/^notify	10000/notify	12000/' baseline.tsv
	run -0 --separate-stderr regress
	[ "${lines[-1]}" = 'faster: notify: make bench-baseline keeps it so' ]
}

@test "the counts of another compiler are not compared" {
	regress --write
	sed -i '1s/gcc/oldcc/; s/	10000/	1/' baseline.tsv
	run -0 --separate-stderr regress
	[[ ${lines[0]} == 'skipped: the baseline is of oldcc '*'; this is gcc '* ]]
	[ "${#lines[@]}" -eq 1 ]
}

@test "a regression can't hide behind a baseline of other works, or none" {
	regress --write
	sed -i '/^verify/d' baseline.tsv
	run -2 --separate-stderr regress
	want_error 'regress: the baseline is of other works: make bench-baseline'
	rm baseline.tsv
	run -2 --separate-stderr regress
	want_error 'regress: baseline.tsv: No such file or directory: make bench-baseline'
}

@test "a missing valgrind, and one that counts nothing, are told" {
	regress --write
	printf '%s\n' '#!/bin/sh' 'echo nothing >&2' >bin/valgrind
	run -2 --separate-stderr regress
	[[ $stderr == 'regress: valgrind counts nothing: '*inc-import* ]]
	rm bin/valgrind
	run -2 --separate-stderr env PATH="$PWD/bin" "$TESTS/bench/regress" baseline.tsv
	want_error 'regress: valgrind is not installed: make deps-ci'
}
