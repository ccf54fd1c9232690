# inc-log redact: values go for good, and the chain still proves what remains.
load helper

log() {
	inc-log -q -l log -p pack "$@"
}

# begin: a pack in which caller and callback are personal, and a log of three
# incidents, in two segments.
begin() {
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' 'callback\tphone' >pack/fields.tsv
	log --create add id=A caller='Ann\tSmith' callback=0113-xyz state=new >out
	log add id=B caller=Ann state=new >out
	log add id=A caller=Anne >out
	log add id=A caller= state=open note=n >out
	log add id=C state=new >out
}

# redact ARGUMENT...: with a reason.
redact() {
	log redact --why asked "$@"
}

# left TEXT: in which files of the log a text still stands.
left() {
	grep -rlF "$1" log || :
}

# chains: those of the first five entries.
chains() {
	awk -F '\t' '$1 ~ /^[1-5]$/ { print $1, $NF }' log/*.tsv
}

@test "redact takes values out of all entries, and the chain stays" {
	begin
	chains >before
	redact A --fields caller,callback --for dpo >out
	tsv 'id\tcolumn\tvalues' 'A\tcaller\t2' 'A\tcallback\t1' | same - out
	chains | same before -
	log verify
	want "$(left 'Ann\tSmith')" ''
	[ -z "$(left Anne)" ]
	[ -z "$(left 0113-xyz)" ]
	log history A | column caller >values
	grep -c '^redacted:[0-9a-f]\{64\}$' values | same <(echo 2) -
	log history B | column caller | same <(echo Ann) -
	log history --event redacted A | cut -f 3,5,6 | same - <(
		tsv 'by\tevent\tid' "$(id -un)\tredacted\tA")
	log history --event redacted A >entry
	column why entry | same <(echo asked) -
	column for entry | same <(echo dpo) -
	column caller entry | same <(echo '\N') -
	run log history --event redacted B
	[ "${#lines[@]}" -eq 1 ]
}

@test "what was taken out is not asked for any more" {
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\trequired\tpersonal' 'caller\t*\tname' 'place\t*\t' \
		>pack/fields.tsv
	log --create add id=A caller=Ann >out
	log current | column incomplete | same <(echo place) -
	redact A --personal >out
	log note A more >out
	grep -q 'incomplete: place$' out
	log correct A place=here >out
	log current | column incomplete | same <(echo) -
	# what never had a value still is
	log add id=B place=there >out
	redact B --personal >out
	log note B more >out
	log current | column incomplete | same <(printf '\ncaller\n') -
}

@test "the record keeps all but what was taken out" {
	begin
	log current >before
	redact B --fields caller >out
	log current >after
	for name in id state received; do
		diff <(column "$name" before) <(column "$name" after)
	done
	column caller after | same <(printf '\n\n\n') -
	column why after | same <(printf '\n\n\n') -
	log show B >story
	grep -q 'caller=(redacted)' story
	grep -q 'why=asked' story
}

@test "redact --personal takes what the procedures call personal" {
	begin
	redact A B --personal >out
	tsv 'id\tcolumn\tvalues' 'A\tcaller\t2' 'A\tcallback\t1' \
		'B\tcaller\t1' | same - out
	[ -z "$(left Ann)" ]
	log verify
	inc-log -q -l log history --event redacted | column id |
		same <(printf 'A\nB\n') -
}

@test "a dry run says how much would go, never what, and changes nothing" {
	begin
	cp -a log before
	redact -n A --personal >out
	tsv 'id\tcolumn\tvalues' 'A\tcaller\t2' 'A\tcallback\t1' | same - out
	diff -r before log
}

@test "the same redaction again adds nothing" {
	begin
	redact A --personal >out
	cp -a log before
	redact A --personal >out
	tsv 'id\tcolumn\tvalues' | same - out
	diff -r before log
}

@test "what was not sealed can't be taken out, and nothing is changed" {
	begin
	cp -a log before
	run --separate-stderr redact A B --fields caller,state
	want_status 2
	want ''
	want_error "inc-log: 'A': column 'state' was not sealed when entry 1 was\
 logged, so it can't be taken out without breaking the chain
inc-log: 'B': column 'state' was not sealed when entry 2 was logged, so it\
 can't be taken out without breaking the chain
inc-log: nothing was changed: take out the other columns alone, with --fields"
	diff -r before log
	tsv 'name\tpersonal' 'note\tname' >pack/fields.tsv
	run -2 --separate-stderr redact A --personal
	[[ $stderr == "inc-log: 'A': column 'note' was not sealed when entry 4 "* ]]
	diff -r before log
	# of a column that can't be sealed what looks like a mark is a value
	tsv 'id\tmy column' "D\tredacted:$(printf '%064d' 0)" | log append >out
	run -2 --separate-stderr redact D --fields 'my column'
	[[ $stderr == "inc-log: 'D': column 'my column' was not sealed when entry 6 "* ]]
	log verify
}

@test "redact is not for what is not there, or without a reason" {
	begin
	cp -a log before
	run --separate-stderr redact A D --personal
	want_status 2
	want_error "inc-log: no incident 'D'"
	run --separate-stderr redact A --fields caler
	want_status 2
	want_error "inc-log: unknown column 'caler' (did you mean 'caller'?)"
	run --separate-stderr log redact A --personal
	want_status 2
	[[ $stderr == 'inc-log: redact needs --why TEXT'* ]]
	for args in '--why x' '--why x --personal --fields caller'; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr log redact A $args
		want_status 2
		[[ $stderr == 'inc-log: redact needs either --fields or'* ]]
	done
	run --separate-stderr inc-log -q -l log redact A --personal --why x
	want_status 2
	want_error "inc-log: what is personal is for the table fields of the\
 procedures to say, and there is none"
	diff -r before log
}

@test "nothing is taken out under legal hold" {
	begin
	log correct A legal_hold='case 7' >out
	cp -a log before
	run --separate-stderr redact B A --personal
	want_status 2
	want_error "inc-log: 'A' is under legal hold: nothing is taken out of it\
 until legal_hold is cleared"
	diff -r before log
	log correct A legal_hold= >out
	redact B A --personal >out
	[ -z "$(left Ann)" ]
}

@test "a receipt's values go too, and stay out when it is sent again" {
	begin
	tsv 'name\tpersonal' 'address\tphone' 'body\tname' >pack/fields.tsv
	tsv 'message\ttry\tid\tmedium\taddress\tbody\tdelivery' \
		'm1\t1\tA\tsms\t07700\tcall Ann\tdelivered' >rows
	log append rows >out
	log append rows >out
	log current | wc -l | same <(echo 4) -
	redact A --personal >out
	tsv 'id\tcolumn\tvalues' 'A\taddress\t1' 'A\tbody\t1' | same - out
	[ -z "$(left 07700)" ]
	run --separate-stderr inc-log -l log -p pack append rows
	want_status 0
	[[ $stderr == *'0 entries made, 1 said nothing new'* ]]
	[[ $stderr == *'2 redacted values dropped'* ]]
	sed s/m1/m2/ rows | log append >out
	[ -z "$(left 07700)" ]
	log verify
}

@test "who decided was taken out, and so a feed's old priority is no new decision" {
	feed() {
		tsv 'id\tupdated\tpriority\tpriority_by\tstate' "A\t$1" |
			log append --source feed
	}
	mkdir pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'priority_by\tname' >pack/fields.tsv
	log --create append <<<id >out
	feed '2026-03-25T09:00:00Z\tP3\tbob\tnew' >out
	redact A --personal >out
	run -3 log add id=A updated=2026-03-25T09:10:00Z priority=P1
	feed '2026-03-25T09:20:00Z\tP3\tbob\topen' >out
	log current >out
	[ "$(column priority out),$(column state out)" = P1,open ]
}

@test "an unfinished line of the incident is taken out of the .torn file" {
	begin
	torn=$(printf '%s\n' log/*.tsv | tail -n 1)
	printf '6\t2026\tx\t\tnoted\tA\t2026\tAnnika' >>"$torn"
	log add id=B state=x >out
	printf '7\t2026\tx\t\tnoted\tB\t2026\tAnnika' >>"$torn"
	run --separate-stderr inc-log -l log -p pack redact A --personal --why x
	want_status 0
	[[ $stderr == *'1 unfinished line in .torn files taken out' ]]
	cut -f 6 "$torn.torn" | same <(echo B) -
	log verify
}

@test "an unfinished line alone is taken out too, and does not come again" {
	begin
	torn=$(printf '%s\n' log/*.tsv | tail -n 1)
	printf '6\t2026\tx\t\tnoted\tC\t2026\tAnnika' >>"$torn"
	redact C --fields caller,callback,details,nonces >out
	tsv 'id\tcolumn\tvalues' | same - out
	[ -z "$(left Annika)" ]
	run -3 log add id=C caller=Annika
	[ -z "$(left Annika)" ]
	log verify
}

@test "verify tells of a value that an entry says was taken out" {
	begin
	cp -a log/00000000000001.tsv kept
	redact A --personal >out
	cat kept >log/00000000000001.tsv
	run --separate-stderr log verify
	want_status 1
	want ''
	want_error "inc-log: log/00000000000001.tsv:2: column 'caller' of 'A' is\
 still there, though entry 6 takes it out: inc-log redact must be run again"
	redact A --personal >out
	tsv 'id\tcolumn\tvalues' 'A\tcaller\t2' 'A\tcallback\t1' | same - out
	log verify
	[ -z "$(left 0113-xyz)" ]
	log history --event redacted | column id | same <(echo A) -
}

@test "any redaction does what another has left" {
	begin
	cp -a log/00000000000001.tsv kept
	redact A --personal >out
	cat kept >log/00000000000001.tsv
	redact B --personal >out
	log verify
	[ -z "$(left Ann)" ]
}

@test "the modes of the files stay as they are" {
	begin
	chmod 640 log/*.tsv
	redact A --personal >out
	[ "$(stat -c %a log/00000000000001.tsv)" = 640 ]
	run ! ls log/*.tmp
}

@test "who reads goes on in the file that took the place of another" {
	begin
	mkfifo pipe
	: >out
	log append pipe >out 2>errors &
	append=$!
	exec 9>pipe
	tsv 'id\tcaller\tstate' >&9
	until_true [ -s out ]
	redact A --personal >/dev/null
	log add id=C state=open >/dev/null
	tsv 'D\tDora\tnew' >&9
	exec 9>&-
	wait "$append"
	[ ! -s errors ]
	log verify
	log history | column seq | same <(seq 8) -
}
