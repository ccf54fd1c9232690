#!/usr/bin/env bats
# A log whose path is odd is a log like any other, for every verb; and what is
# said of it is one line that no terminal acts upon.

load helper

# The paths, each in ./PLACE.
odd=('with blank' $'with\nnew line' $'with\ttab' -dash -l $'\xff\xfe' $'a\e[31m'
	"quo'te\"" 'glob*?[x]' '$HOME;`x`' 'ünïcödé' $'\xe2\x80\xaereverse')

# said FILE: whether each line of messages is one, and inert.
said() {
	local line
	while IFS= read -r line; do
		[[ $line == inc-log:\ * || $line == usage:* ]]
		[[ $line != *$'\xe2\x80\xae'* && $line != *$'\e'* ]]
	done <"$1"
	[ "$(LC_ALL=C tr -d '[:cntrl:]' <"$1" | wc -c)" -eq \
		$(($(wc -c <"$1") - $(wc -l <"$1"))) ]
	iconv -f utf-8 -t utf-8 <"$1" >text
}

# works STATUS WORD...: an inc-log on the log $dir ends with this status, and
# what it says is well said.
works() {
	local got=0
	inc-log -l "$dir" "${@:2}" >../out 2>../errors || got=$?
	[ "$got" -eq "$1" ] || {
		echo "$dir: ${*:2}: status $got"
		cat ../errors
		return 1
	}
	said ../errors
}

@test "every verb works on a log with an odd path" {
	mkdir place pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' >pack/fields.tsv
	tsv 'regulation\twhen\tfrom\tlimit\tretain' 'short\t*\t\t\t12mo' \
		>pack/regulations.tsv
	tsv 'id\tstate' 'C\tnew' >rows
	export INC_PROCEDURES=$PWD/pack
	cd place
	for dir in "${odd[@]}"; do
		works 0 --create add id=A caller=Ann
		works 0 add id=B caller=Bea state=new updated=2020-01-01T00:00:00Z \
			closed=2020-01-01T00:00:00Z
		works 0 append ../rows
		works 0 head
		cp ../out ../heads
		printf '9\t2026' >>"./$dir/00000000000002.tsv"
		for words in 'note A x' 'ack A' 'assign A ann' 'hold A' 'resume A' \
			'link A C' 'unlink A' 'resolve A --outcome x' 'close A' \
			'reopen A' 'correct A state=x' 'show A' list current history \
			'history A' "verify --head ../heads" 'access Ann' expire \
			'expire --apply' 'redact A --personal --why x' verify; do
			# shellcheck disable=SC2086 # words
			works 0 $words
		done
		[ -e "./$dir/00000000000002.tsv.torn" ]
		timeout 60 inc-log -l "$dir" follow --from 1 2>../errors |
			head -n 3 >../out
		[ "$(wc -l <../out)" -eq 3 ]
		said ../errors
		mkdir -m 700 "./$dir.copy"
		cp "./$dir"/*.tsv "./$dir.copy"
		dir=$dir.copy works 2 note A x
		dir=$dir.copy works 0 restored --head ../heads --why x
		# By the environment, and as a home's, it is the same one.
		inc-log -q -l "$dir" current >../want
		INC_LOG=$dir inc-log -q current | same ../want -
	done
}

@test "what is wrong in a log with an odd path is said in one inert line" {
	mkdir place
	cd place
	for dir in "${odd[@]}"; do
		for verb in list head verify history 'note A x' 'add id=A' \
			'restored --why x' 'access Ann'; do
			# shellcheck disable=SC2086 # words
			works 2 -q $verb
			[ "$(wc -l <../errors)" -le 2 ]
		done
		mkdir "./$dir"
		works 2 -q list
		[ "$(wc -l <../errors)" -eq 1 ]
		works 0 -q --create add id=A state=one
		works 0 -q add id=A state=two
		sed -i 2s/one/two/ "./$dir"/*.tsv
		works 1 -q verify
		[ "$(wc -l <../errors)" -eq 1 ]
		sed -i 2s/^1/x/ "./$dir"/*.tsv
		works 2 -q current
		works 2 -q add id=A state=three
		[ "$(wc -l <../errors)" -eq 1 ]
	done
}
