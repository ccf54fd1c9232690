# inc-describe: the handbook that the procedures are.
load helper

pack() {
	mkdir -p pack
	tsv 'name\tversion' 'ours\t3' >pack/pack.tsv
}

@test "every table that is no list of people is in the handbook" {
	inc-describe -p itsm >out
	[ "$(head -n 1 out)" = 'Procedures itsm 2026.1' ]
	for table in "$SOURCE"/share/procedures/itsm/*.tsv; do
		table=$(basename "$table" .tsv)
		title=$(LC_ALL=C tr '[:lower:]' '[:upper:]' <<<"$table")
		case $table in
		pack | cases) continue ;;
		roster | directory) ! grep "^$title: " out ;;
		*) grep "^$title: " out ;;
		esac
	done
	grep '^WORDING: ' out
}

@test "every word of the table advice is printed" {
	awk -F '\t' '!/^#/ { for (i = 1; i <= NF; i++) print $i }' \
		"$SOURCE/share/procedures/itsm/advice.tsv" | tr '_' ' ' | tr -s ' ' '\n' |
		sort -u >words
	inc-describe -p itsm advice | tr -s ' ' '\n' | sort -u >out
	[ "$(wc -l <words)" -gt 50 ]
	run -0 comm -23 words out
	want ''
}

@test "people are printed where they are asked for" {
	run -0 inc-describe -p itsm directory
	[[ $output == *dilys*+441134960021* ]]
}

@test "rows of a tree are called as in path, and conditions stand as they are" {
	pack
	tsv 'node\trow\twhen\tnext\tpriority' \
		'start\t\tsummary ~ /a\\\\b/\tend\t' 'start\tlast\t*\tend\tP2' \
		'end\t\t*\t\t' >pack/triage.tsv
	run -0 inc-describe -p pack triage
	want 'TRIAGE: how an incident is assessed

  start.1
    when          summary ~ /a\\b/
    next          end

  start.last
    when          always
    next          end
    priority      P2

  end.1
    when          always'
}

@test "codes have their words behind them" {
	run -0 inc-describe -p itsm targets
	[[ $output == *$'\n  P1\n'* ]]
	run -0 inc-describe -p itsm escalation
	[[ $output == *'level         2 (Head of service)'* ]]
}

@test "lines are broken between words, and long ones hang together" {
	pack
	long=$(printf 'wörd %.0s' {1..40})
	tsv 'advice\twhen\tsay' "x\t*\t$long" >pack/advice.tsv
	run -0 inc-describe -p pack advice
	[ "$(awk '{ if (length($0) > 80) print }' <<<"$output")" = '' ]
	[ "$(tr -s ' ' '\n' <<<"$output" | grep -c wörd)" -eq 40 ]
	[[ ${lines[4]} == '                  wörd'* ]]
}

@test "what a terminal could act on is not printed as it is" {
	pack
	tsv 'advice\twhen\tsay' 'x\t*\tstop \033]0;gone\007 now' >pack/advice.tsv
	run -0 inc-describe -p pack advice
	[[ $output == *'stop ?]0;gone? now'* ]]
	tsv 'node\twhen\tout\033[2J_put' 'start\t*\tx' >pack/triage.tsv
	run -0 inc-describe -p pack triage
	[[ $output == *'    out?[2J put   x'* ]]
}

@test "a table that is unknown or not there is said" {
	pack
	run -2 --separate-stderr inc-describe -p pack advise
	want ''
	want_error "inc-describe: there is no table 'advise' (did you mean 'advice'?)"
	run -1 --separate-stderr inc-describe -p pack advice
	want ''
	want_error 'inc-describe: the procedures have no advice'
	run -0 --separate-stderr inc-describe -p pack
	want 'Procedures ours 3'
	want_error ''
	tsv 'advice\twhen\tspeak' >pack/advice.tsv
	run -2 --separate-stderr inc-describe -p pack
	want ''
	[[ $stderr == "inc-describe: pack/advice.tsv:1:13: "* ]]
}

@test "the words of a medium come once, and no title where there are none" {
	pack
	tsv 'medium' 'sms' 'sms' >pack/channels.tsv
	run -1 --separate-stderr inc-describe -p pack wording
	want ''
	want_error 'inc-describe: the procedures have no wording'
	mkdir -p pack/wording/sms
	echo 'Look at {id}' >pack/wording/sms/new.txt
	run -0 inc-describe -p pack wording
	want 'WORDING: in which words

  new by sms
    Look at {id}'
}

@test "what is no regular file is refused, not waited for" {
	pack
	mkfifo pack/advice.tsv
	run -2 --separate-stderr timeout 20 inc-describe -p pack advice
	want_error 'inc-describe: pack/advice.tsv: is no regular file'
	rm pack/advice.tsv
	tsv 'medium' 'sms' >pack/channels.tsv
	mkdir -p pack/wording/sms
	mkfifo pack/wording/sms/new.txt
	run -2 --separate-stderr timeout 20 inc-describe -p pack wording
	want_error 'inc-describe: pack/wording/sms/new.txt: is no regular file'
}

@test "a full disk is an error, status 2" {
	run -2 bash -c 'inc-describe -p itsm >/dev/full'
	[[ $output == *"inc-describe: write '<stdout>': No space left on device"* ]]
}
