# inc-log access: all that is held about a person.
load helper

log() {
	inc-log -q -l log -p pack "$@"
}

# begin: a pack in which three columns are personal, and a log of three
# incidents, two of which tell of Ann.
begin() {
	mkdir pack
	tsv 'name\tversion\tzone' 'x\t1\tEurope/Berlin' >pack/pack.tsv
	tsv 'name\tpersonal' 'caller\tname' 'callback\tphone' 'details\tname' \
		>pack/fields.tsv
	log --create add id=A received=2026-01-01T10:00:00Z \
		updated=2026-01-01T10:00:00Z caller='Ann  Smith' \
		callback='0113 496 0021' details=$'one\ntwo' state=secret >out
	log add id=A updated=2026-01-02T10:00:00Z caller=Anne >out
	log add id=B received=2026-02-01T10:00:00Z \
		updated=2026-02-01T10:00:00Z caller=Bob \
		callback='+44 113 4960021' closed=2026-02-02T10:00:00Z >out
	log add id=C caller=Cem callback=07700900000 >out
}

@test "access tells all personal values of the incidents of a person" {
	begin
	run --separate-stderr log access 'ann smith'
	want_status 0
	want_error ''
	[[ ${lines[0]} == 'What is held in 1 incident, as of 20'* ]]
	want "${lines[0]}

A  received 2026-01-01 11:00:00
  2026-01-01 11:00:00  received     caller         Ann  Smith
  2026-01-01 11:00:00  received     callback       0113 496 0021
  2026-01-01 11:00:00  received     details        one
                                                  two
  2026-01-02 11:00:00  updated      caller         Anne"
}

@test "a telephone number is found by its digits, also what was corrected" {
	begin
	log access --record 0044-113-4960021 >out
	column id out | uniq | same <(printf 'A\nB\n') -
	column closed out | tail -n 1 | same <(echo 2026-02-02T10:00:00Z) -
	log add id=A callback=1 >out
	log access --record 01134960021 | column id | uniq |
		same <(printf 'A\nB\n') -
	log access --record 07700900000 Bob | column id | uniq |
		same <(printf 'B\nC\n') -
}

@test "what was taken out is told as such, and finds nobody" {
	begin
	log redact A --fields caller --why x >out
	run --separate-stderr log access Anne
	want_status 1
	want ''
	want_error "inc-log: nothing is held about 'Anne'"
	log access 0113-4960021 >out
	grep -c '  caller  *(redacted)$' out | same <(echo 2) -
	log access --record 0113-4960021 | column value |
		grep -c '^redacted:' | same <(echo 2) -
}

@test "only what is personal counts, and what was when it was logged" {
	begin
	run -1 log access secret
	run -1 log access A
	tsv 'name\tpersonal' 'state\tname' >pack/fields.tsv
	log access Anne | grep -c 'caller\|callback\|details\|state' |
		same <(echo 5) -
	log access secret >out
	inc-log -q -l log access Anne | grep -c 'caller\|callback\|details' |
		same <(echo 4) -
}

@test "nothing that a terminal could act on comes out for people" {
	begin
	log add id=D caller=Dora details=$'\e[31mred' >out
	log access Dora >out
	grep -q 'details  *?\[31mred' out
}

@test "access needs somebody, and tells when nothing is held" {
	begin
	run --separate-stderr log access
	want_status 2
	[[ $stderr == 'inc-log: access needs PERSON'* ]]
	run -2 log access ' '
	run --separate-stderr log access Dora Eve
	want_status 1
	want_error "inc-log: nothing is held about any of them"
	run --separate-stderr log access --record Dora
	want_status 1
	want 'id	received	closed	updated	event	column	value'
	got=0
	log access Anne >/dev/full 2>errors || got=$?
	[ "$got" -eq 2 ]
	grep -q "^inc-log: write '<stdout>': No space left on device$" errors
}
