# inc-compare: how well two classifications of the same records agree.
load helper

# measure ARGUMENT...: inc-compare with the columns was and is, without notices.
measure() {
	inc-compare -q -p itsm --truth was --test is "$@"
}

# value MEASURE [TRUTH] [GROUP] [COLUMN]: of the row in `out`.
value() {
	awk -F '\t' -v m="$1" -v t="${2-}" -v g="${3-}" -v c="${4:-6}" \
		'$3 == m && $4 == t && $2 == g && ($1 == "") == (g == "") {
		    print $c }' out
}

# records N WAS IS [KIND]: so many records of which they say this.
records() {
	for ((i = 0; i < $1; i++)); do
		printf '%s\t%s\t%s\t%s\n' "$i" "$2" "$3" "${4-}"
	done
}

header() {
	printf 'id\twas\tis\tkind\n'
}

@test "the matrix, the shares and kappa are those of the textbook" {
	{
		header
		records 20 1 1
		records 5 1 2
		records 10 2 1
		records 15 2 2
	} >in
	run -1 measure in
	printf '%s\n' "$output" >out
	[ "$(awk -F '\t' '$3 == "records" { print $4, $5, $6 }' out |
		paste -sd ,)" = '1 1 20,1 2 5,2 1 10,2 2 15' ]
	[ "$(value agreement)" = 0.7000 ]
	[ "$(value kappa)" = 0.4000 ]
	[ "$(value kappa '' '' 7) $(value kappa '' '' 8)" = '0.1511 0.6489' ]
	[ "$(value under)" = 0.1000 ]
	[ "$(value over)" = 0.2000 ]
	[ "$(value under 1) $(value under 1 '' 9) $(value under 1 '' 10)" = \
		'0.2000 5 25' ]
	[ "$(value over 2)" = 0.4000 ]
}

@test "every number stands beside what it means" {
	{ header && records 1 1 1; } | measure >out
	run -0 awk -F '\t' 'NR > 1 && $11 == ""' out
	want ''
}

@test "where both always say the same the status is 0" {
	{ header && records 3 P1 P1 && records 2 P2 P2; } >in
	run -0 measure in
	printf '%s\n' "$output" >out
	[ "$(value kappa-quadratic)" = 1.0000 ]
}

@test "groups are measured each, after all records" {
	{
		header
		records 2 1 1 mail
		records 1 1 2 net
		records 1 2 2
	} >in
	run -1 measure --by kind in
	printf '%s\n' "$output" >out
	[ "$(awk -F '\t' '$3 == "agreement" { print $1 "/" $2 "/" $6 }' out |
		paste -sd ' ')" = '//0.7500 kind//1.0000 kind/mail/1.0000 kind/net/0.0000' ]
}

@test "classes rank as the table codes has them" {
	mkdir ours
	tsv 'field\tcode\tword' 'was\thigh\t' 'was\tmiddle\t' 'was\tlow\t' \
		>ours/codes.tsv
	{ header && records 1 high low && records 1 middle high; } >in
	run -1 --separate-stderr inc-compare -p ours:itsm --truth was --test is in
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(value under high) $(value over middle)" = '1.0000 1.0000' ]
	run -1 --separate-stderr inc-compare -p ours:itsm --truth is --test was in
	want_error ''
	run -1 --separate-stderr inc-compare -p itsm --truth was --test is in
	want_error "inc-compare: the table codes has none of 'was': its values rank by number, then by letters"
	{ header && records 1 high worse; } >in
	run -1 --separate-stderr inc-compare -p ours:itsm --truth was --test is in
	want_error "inc-compare: the table codes has no 'worse': it ranks last (1 value like it in all)"
}

@test "codes of another column rank those that have none" {
	mkdir ours
	tsv 'field\tcode\tword' 'size\thigh\t' 'size\tlow\t' 'size\tmiddle\t' \
		>ours/codes.tsv
	{ header && records 1 low middle; } >in
	run -1 --separate-stderr inc-compare -p ours:itsm --codes size \
		--truth was --test is in
	want_error ''
	printf '%s\n' "$output" >out
	[ "$(value under low) $(value over low)" = '1.0000 0.0000' ]
	run -2 --separate-stderr inc-compare -p ours:itsm --codes sise \
		--truth was --test is in
	want_error "inc-compare: ours/codes.tsv: has no codes of 'sise'"
	run -2 --separate-stderr inc-compare -p itsm -H a,b --truth was --test b in
	[[ $stderr == "inc-compare: in: unknown column 'was'"* ]]
}

@test "what has no value is counted apart, and is no agreement" {
	{ header && records 2 1 1 && records 1 1 '' && records 3 '\N' 2; } >in
	run -1 measure in
	printf '%s\n' "$output" >out
	[ "$(value uncompared)" = 4 ]
	[ "$(value agreement '' '' 10)" = 2 ]
}

@test "what is not defined has no value" {
	{ header && records 2 1 1; } >in
	measure in >out
	[ "$(value kappa)" = '' ]
	{ header && records 2 1 ''; } >in
	run -1 measure in
	printf '%s\n' "$output" >out
	[ "$(value agreement) $(value uncompared)" = ' 2' ]
}

@test "a column that is not there is refused with the nearest name" {
	header >in
	run -2 --separate-stderr inc-compare -p itsm --truth was --test kid in
	want ''
	want_error "inc-compare: in:1: unknown column 'kid' (did you mean 'id'?)"
	run -2 --separate-stderr inc-compare -p itsm --truth was in
	[[ $stderr == 'inc-compare: --truth and --test were expected'* ]]
	run -2 --separate-stderr inc-compare -p itsm --truth was --test was in
	[[ $stderr == 'inc-compare: --truth and --test name the same column'* ]]
}

@test "a column of names is no classification" {
	{ header && seq 101 | awk -v OFS='\t' '{ print $1, $1, 1, "" }'; } >in
	run -2 --separate-stderr measure in
	want_error "inc-compare: in:102: 'was' and 'is' are no classes: they have more than 100 values"
}

@test "more codes than there can be classes are said to be those of the table" {
	mkdir ours
	{ tsv 'field\tcode' && seq 101 | awk '{ print "is\t" $1 }'; } >ours/codes.tsv
	{ header && records 1 1 2; } >in
	run -2 --separate-stderr inc-compare -p ours:itsm --truth was --test is in
	want ''
	want_error "inc-compare: ours/codes.tsv: 'is' has 101 codes, at most 100 classes were expected"
}

@test "the rules agree with every priority of the audit trail" {
	need_data servicenow-uci
	zcat "$DATA"/servicenow-uci/*.gz | inc-import -q -m servicenow |
		inc-triage -p itsm --prefix new_ |
		inc-compare -p itsm --truth priority --test new_priority \
			--by category >out
	[ "$(value agreement '' '' 10)" = 119998 ]
	[ "$(value kappa)" = 1.0000 ]
}
