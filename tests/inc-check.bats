# inc-check: what is wrong in a pack of procedures.
load helper

@test "the shipped pack is in order" {
	run -0 --separate-stderr inc-check -p itsm --now 2026-03-02T12:00:00Z
	want ''
	want_error 'inc-check: 0 errors, 0 warnings, 0 notes'
}
