# inc-advise: what may be said to a contact; the table: inc-procedures(7).
load helper

# advise ARGUMENT...: by ./pack, on the records in.
advise() {
	inc-advise -p pack:itsm --now 2026-03-02T09:00:00Z "$@" in
}

sample() {
	mkdir pack
	tsv 'advice\twhen\tsay\tmust_not_say\tlimit\troles\treferral\tclosing\tsource\tdated\treview_by' \
		'out\tcode = FIRE\tLeave.\\nNow.\tgo back\tno more\tcaller-desk nurse\t999\tRing again.\thandbook\t2026-01-01\t2026-03-02' \
		'calm\tsummary ~ /help/\tStay calm.\t\t\t\t\t\thandbook\t2025-01-01\t2026-03-01' \
		'late\tsince(received) > 1h\tWe are late.\t\t\tmanager' >pack/advice.tsv
	tsv 'id\treceived\tsummary\tcode' \
		'a\t2026-03-02T08:30:00Z\thelp\tFIRE' \
		'b\t2026-03-02T07:00:00Z\tslow\t' \
		'c\t2026-03-02T08:59:00Z\tslow\t' >in
}

@test "each record gets all advice that holds, in the order of the table" {
	sample
	run -0 --separate-stderr advise -q
	want "$(tsv 'id\tadvice\tsay\tmust_not_say\tlimit\troles\treferral\tclosing\tsource\tdated\treview_by\trules' \
		'a\tout\tLeave.\\nNow.\tgo back\tno more\tcaller-desk nurse\t999\tRing again.\thandbook\t2026-01-01\t2026-03-02\tpack + itsm 2026.1' \
		'a\tcalm\tStay calm.\t\t\t\t\t\thandbook\t2025-01-01\t2026-03-01\tpack + itsm 2026.1' \
		'b\tlate\tWe are late.\t\t\tmanager\t\t\t\t\t\tpack + itsm 2026.1')"
	want_error ''
}

@test "a role is told what it may say, and what everybody may" {
	sample
	run -0 bash -c 'advise() { '"inc-advise -q -p pack:itsm --now 2026-03-02T09:00:00Z"' "$@" in; }
		for role in nurse manager; do advise --role $role | cut -f 2 | paste -sd " "; done'
	want $'advice out calm\nadvice calm late'
	sed -i /calm/d pack/advice.tsv
	run -2 --separate-stderr advise --role nobody
	want ''
	want_error "inc-advise: pack/advice.tsv:1: nobody's role is 'nobody' here"
}

@test "advice past its review is given, and that is said" {
	sample
	run -0 --separate-stderr advise
	[ "$(column advice <<<"$output" | paste -sd ' ')" = 'out calm late' ]
	want_error "inc-advise: in:2 (a): 'calm' was to be reviewed by then (1 row like it in all)"
}

@test "what is wrong in the table is said with its place" {
	sample
	sed -i 's/code = FIRE/cod = FIRE/' pack/advice.tsv
	run -2 --separate-stderr advise
	want ''
	want_error "inc-advise: pack/advice.tsv:2:5: unknown column 'cod' (did you mean 'code'?)"
	tsv 'advice\twhen\tsay' '\t*\tx' >pack/advice.tsv
	run -2 --separate-stderr advise
	[[ $stderr == *'pack/advice.tsv:2:1: advice without a name' ]]
	tsv 'advice\twhen\tsay\treview_by' 'a\t*\tx\tsoon' >pack/advice.tsv
	run -2 --separate-stderr advise
	[[ $stderr == *'pack/advice.tsv:2:7: '* ]]
}

@test "a search that hits a limit is no advice, status 3" {
	sample
	tsv 'advice\twhen\tsay' 'a\tsummary ~ /(a+)+$/\tx' 'b\t*\ty' >pack/advice.tsv
	tsv 'id\tsummary' "1\t$(printf 'a%.0s' {1..60})!" >in
	run -3 --separate-stderr advise
	[ "$(column advice <<<"$output")" = b ]
	[[ $stderr == *'hit a limit'* ]]
}

@test "what comes out is the same with any number of workers" {
	sample
	awk 'NR == 1 { print } NR > 1 { for (i = 0; i < 20000; i++) print i $0 }' \
		in >many
	mv many in
	advise >one 2>said
	for jobs in 2 3; do
		advise -j "$jobs" 2>error | same one -
		same said error
	done
}
