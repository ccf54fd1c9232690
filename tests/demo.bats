# The shipped example, from the export to the messages, as in `make demo`.
load helper

@test "the demo shows the messages and what was decided and why" {
	run -0 --separate-stderr sh "$EXAMPLES/demo.sh"
	want_error ''
	grep -q '^== Messages$' <<<"$output"
	grep -q '^escalated, INC0010019: to dilys (head-of-service) by voice' \
		<<<"$output"
	grep -q '^    P1 INC0010019 no site can reach the internet' <<<"$output"
	grep -q '^    EXERCISE: P1 INC0010022 ' <<<"$output"
	grep -q '^22 incidents by the procedures itsm ' <<<"$output"
	grep -q '^  INC0010020 (P1) at level 1, duty-manager acts: untaken-1' \
		<<<"$output"
	grep -q '^  INC0010016 stays P3, the rules would say P1: ' <<<"$output"
}

@test "wide instructions and few fields, or none of that: the demo is the same" {
	sh "$EXAMPLES/demo.sh" >quick 2>&1
	INC_SCALAR=1 run -0 sh "$EXAMPLES/demo.sh"
	printf '%s\n' "$output" | same quick -
}

@test "the demo leaves nothing behind" {
	mkdir tmp
	TMPDIR=$PWD/tmp run -0 sh "$EXAMPLES/demo.sh"
	[ -z "$(ls -A tmp)" ]
}

@test "the demo fails where a program is missing" {
	mkdir bin
	for program in "$BUILD"/inc-*; do
		[[ $program == *inc-triage ]] || ln -s "$program" bin
	done
	PATH=$PWD/bin:/usr/bin:/bin run -2 sh "$EXAMPLES/demo.sh"
	[[ $output == *'inc-triage: not found'* ]]
}
