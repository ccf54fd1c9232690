# inc-log expire: personal values are kept as long as the procedures say.
load helper

log() {
	inc-log -q -l log -p pack "$@"
}

# closed ID TIME FIELD=VALUE...: an incident of Ann's that was closed then.
closed() {
	log --create add id="$1" received=2015-01-01T00:00:00Z \
		updated="$2" closed="$2" caller=Ann "${@:3}" >out
}

# begin: a pack with two regulations, and a log.
begin() {
	mkdir pack
	tsv 'name\tversion\tzone' 'x\t1\tEurope/London' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' 'callback\tphone' 'breach\t' \
		>pack/fields.tsv
	tsv 'regulation\twhen\tfrom\tlimit\tretain' \
		'plain\t*\t\t\t12mo' \
		'breach\tbreach = yes\treceived\t72h\t72mo' \
		'duty\tbreach = yes\treceived\t72h\t' >pack/regulations.tsv
	closed old 2015-01-31T10:00:00Z
	closed kept 2020-11-30T10:00:00Z breach=yes
	closed late "$(date -u +%FT%TZ)"
	log add id=open received=2015-01-31T10:00:00Z caller=Ann >out
}

# expired ID...: whether these incidents are due, and no others.
expired() {
	log expire | column id | same <(printf '%s\n' "$@") -
}

@test "expire lists what is closed and kept no longer, by the longest" {
	begin
	cp -a log before
	run --separate-stderr log expire
	want_status 0
	want "$(tsv 'id\tclosed\tregulation\texpired\tcolumns\tmessages' \
		'old\t2015-01-31T10:00:00Z\tplain\t2016-01-31T10:00:00Z\tcaller\t0')"
	diff -r before log
	sed -i s/72mo/24mo/ pack/regulations.tsv
	expired old kept
	log expire | column expired | tail -n 1 |
		same <(echo 2022-11-30T10:00:00Z) -
}

@test "expire --apply takes it out, once, and says by which regulation" {
	begin
	log expire --apply >out
	column id out | same <(echo old) -
	log verify
	log history old >entries
	column event entries | same <(printf 'received\nredacted\n') -
	column why entries | tail -n 1 | same <(echo 'kept no longer: plain') -
	column caller entries | head -n 1 | grep -q '^redacted:'
	log history kept | column caller | same <(echo Ann) -
	cp -a log before
	run --separate-stderr log expire --apply
	want_status 1
	want 'id	closed	regulation	expired	columns	messages'
	diff -r before log
	run -1 log expire
}

@test "nothing expires under legal hold" {
	begin
	log correct old legal_hold='case 7' >out
	run -1 log expire --apply
	log correct old legal_hold= >out
	expired old
}

@test "nothing expires for which no retention is said, or can be told" {
	begin
	closed odd 2015-01-31T10:00:00Z breach=yes
	sed -i 's/\*/breach = yes/' pack/regulations.tsv
	expired odd
	sed -i 's/12mo/1000mo/' pack/regulations.tsv
	run -1 log expire
	sed -i '2,3d' pack/regulations.tsv
	run -1 log expire
	rm pack/regulations.tsv
	run -1 log expire
}

@test "a regulation without a limit may say from when it counts" {
	begin
	tsv 'regulation\twhen\tfrom\tlimit\tretain' \
		'plain\t*\treceived\t\t12mo' >pack/regulations.tsv
	expired old kept late
	sed -i 's/received/resolved/' pack/regulations.tsv
	run -1 log expire
	tsv 'regulation\twhen\tfrom\tlimit\tretain' \
		'plain\t*\treceived\t72h\t12mo' >pack/regulations.tsv
	expired old kept
}

@test "what was not sealed is set aside, and the rest expires" {
	begin
	tsv 'name\tpersonal' 'caller\tname' 'breach\tname' >pack/fields.tsv
	sed -i s/72mo/12mo/ pack/regulations.tsv
	run --separate-stderr log expire --apply
	want_status 3
	[ "${#lines[@]}" -eq 3 ]
	want_error "inc-log: 'kept': column 'breach' was not sealed when entry 2\
 was logged, so it can't be taken out without breaking the chain"
	log verify
	log history old kept | column caller | grep -c ^redacted: |
		same <(echo 2) -
	log history kept | column breach | head -n 1 | same <(echo yes) -
	run --separate-stderr log expire --apply
	want_status 3
	[ "${#lines[@]}" -eq 1 ]
}

@test "a retention that can't be counted is refused with its place" {
	begin
	for retain in 72 12wd soon; do
		tsv 'regulation\twhen\tfrom\tlimit\tretain' \
			"plain\t*\t\t\t$retain" >pack/regulations.tsv
		run --separate-stderr log expire
		want_status 2
		[[ $stderr == "inc-log: pack/regulations.tsv:2:"*"'$retain': "* ]]
		run -1 --separate-stderr inc-check -p ./pack
		[[ $output == *"'$retain': a time to keep such as 72mo"* ]]
	done
	tsv 'regulation\twhen\tfrom\tlimit\tretain' \
		'plain\tbreech = yes\t\t\t12mo' >pack/regulations.tsv
	run -2 --separate-stderr log expire
	[[ $stderr == *"(did you mean 'breach'?)" ]]
	run --separate-stderr inc-log -l log expire
	want_status 2
	run -2 log expire A
}
