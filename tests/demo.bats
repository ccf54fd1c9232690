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

@test "real exports take the same way, and a second time nothing is added or told anew" {
	need_data
	while IFS='|' read -r map incidents now file; do
		echo "$map"
		rm -rf log
		for turn in 1 2; do
			inc-import -q -m "$map" "$DATA/$file" | inc-log -q current - |
				inc-triage -p itsm |
				inc-escalate -p itsm --now "$now" |
				inc-log -q -p itsm -l log --create append --source "$map" |
				inc-notify -q -p itsm --now "$now" >"told.$turn"
			[ "${PIPESTATUS[*]}" = '0 0 0 0 0 0' ]
			inc-log -q -l log verify >proof
			grep -q "^$incidents entries in 1 segment," proof
		done
		inc-log -q -l log current >current
		[ "$(inc-select -q --count '*' current)" -eq "$incidents" ]
		[ "$(inc-select -q --count 'path is set or priority is set' current)" -eq "$incidents" ]
		same told.1 told.2
		[ "$(wc -l <told.1)" -gt 1 ]
	done <<-'END'
		servicenow|20769|2017-02-18T16:00:00Z|servicenow-uci/incident_event_log.csv.gz
		sf-fire|3560|2017-01-03T12:00:00Z|sf-fire/sf_fire_2016w53.csv.gz
		boston311|80|2022-01-25T12:00:00Z|boston311/boston311-100-20dupes-random.csv
		helpdesk|4580|2012-01-01T12:00:00Z|helpdesk/helpdesk.csv.gz
	END
}
