#!/usr/bin/env bats
# inc-send status: how the queue stands, and whether all is well.
load helper
load send

NOW=1772445600 # 2026-03-02T10:00:00Z

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	ours 'sms\tdata\t\t\thigh\tsh sms.sh\t5s\t1=permanent 75=temporary\treply' \
		'screen\tdata\t\t\thigh\ttee -a screen.out\t5s\t\tkey'
	echo 'exit 1' >sms.sh
}

# row N MEDIUM [ROUTE [DUE]]: a message with an identity that ends in N.
row() {
	TELL=high DUE=${4:-2026-03-02T12:00:00Z} ROUTE=${3:-new.3} \
		message_row "aaaa000000000000000000000000000$1" 1 "INC$1" ann \
		"$2" x@y '' words
}

# send MESSAGES: sends them at ten o'clock.
send() {
	{
		tsv "$HEADER"
		cat
	} | with_clock $NOW inc-send >out 2>error || [ $? -eq 3 ]
}

# status_at SECONDS [OPTION...]: so long after ten.
status_at() {
	with_clock $((NOW + $1)) inc-send status "${@:2}"
}

@test "an empty queue is well" {
	run -0 --separate-stderr inc-send status
	want 'medium       waiting sending to ack dead | handed over delivered acknowledged failed in 24 h
all                0       0      0    0 |           0         0            0      0

all is well'
	want_error ''
}

@test "figures are told by medium" {
	{
		row 1 screen
		row 2 screen new.4
		row 3 sms
	} | send
	echo 'exit 75' >sms.sh
	row 4 sms | send
	run -1 --separate-stderr status_at 10
	want_error ''
	want 'medium       waiting sending to ack dead | handed over delivered acknowledged failed in 24 h
screen             0       0      1    0 |           2         0            0      0
sms                1       0      0    1 |           0         0            0      1
all                1       0      1    1 |           2         0            0      1

1 dead: see inc-send dead'
}

@test "drills are told apart, and nothing of them is the health of the rest" {
	row 1 screen | send
	export STATUS=exercise
	{
		row 2 screen
		row 3 sms new.3 2026-03-02T10:00:05Z
		STATUS='test' row 4 sms
	} | send
	echo 'exit 75' >sms.sh
	row 5 sms new.3 2026-03-02T10:00:05Z | send
	run -0 --separate-stderr status_at 10
	want_error ''
	want 'medium       waiting sending to ack dead | handed over delivered acknowledged failed in 24 h
screen             0       0      1    0 |           1         0            0      0
all                0       0      1    0 |           1         0            0      0
drills             1       0      1    2 |           1         0            0      2

all is well'
	run -0 status_at 10 --format json
	[[ $output == *'"drills":{"waiting":1,"sending":0,"unacknowledged":1,"dead":2,'* ]]
	# but that nobody sends is true of all
	run -1 status_at 400
	[[ ${lines[-1]} == 'nothing is sent, though something waits since '* ]]
}

@test "what happened a day ago is not told any more" {
	row 2 screen new.4 | send
	run -0 --separate-stderr status_at 86000
	[[ ${lines[1]} == 'screen  '*' 1         0            0      0' ]]
	run -0 --separate-stderr status_at 87000
	[ "${#lines[@]}" -eq 3 ]
}

@test "json has the same figures, and says whether all is well" {
	{
		row 1 screen
		row 3 sms
	} | send
	run -1 --separate-stderr status_at 10 --format json
	want_error ''
	echo "$output" >status.json
	/usr/bin/python3 - <<-'EOF'
		import json
		o = json.load(open("status.json"))
		assert o["well"] is False and o["stalled"] is False
		assert o["overdue"] == 0 and o["oldest_overdue"] is None
		assert o["at"] == "2026-03-02T10:00:10Z"
		assert o["all"]["dead"] == 1 and o["all"]["handed_over"] == 1
		assert [m["medium"] for m in o["media"]] == ["screen", "sms"]
		assert o["media"][0]["unacknowledged"] == 1
		assert o["media"][1]["failed"] == 1 and o["media"][1]["dead"] == 1
	EOF
	run -2 --separate-stderr inc-send status --format xml
	[[ $stderr == 'inc-send: --format xml: json was expected'* ]]
}

@test "what is overdue and has reached nobody is no health" {
	echo 'exit 75' >sms.sh
	{
		row 1 sms new.3 2026-03-02T10:01:00Z
		row 2 sms new.3 2026-03-02T10:02:00Z
		row 3 screen new.3 2026-03-02T10:01:00Z
	} | send
	run -0 status_at 60
	run -1 --separate-stderr status_at 125
	[ "${lines[-1]}" = '2 overdue, the oldest aaaa0000 of INC1 to ann, due at 10:01' ]
	run -1 status_at 125 --format json
	[[ $output == *'"overdue":2,"oldest_overdue":{"message":"aaaa0000000000000000000000000001","id":"INC1","party":"ann","due":"2026-03-02T10:01:00Z"}'* ]]
}

@test "nothing sent for five minutes, though due, is no health" {
	echo 'exit 75' >sms.sh
	row 1 sms | send
	# it is due again after half a minute or so
	run -0 status_at 60
	run -1 --separate-stderr status_at 400
	[[ ${lines[-1]} == 'nothing is sent, though something waits since 10:00: does inc-send run?' ]]
	with_clock $((NOW + 400)) inc-send </dev/null >out
	run -0 --separate-stderr status_at 410
	[ "${lines[-1]}" = 'all is well' ]
}

@test "a letter that can't be read is counted and said" {
	echo x >spool/new/bbbb0000000000000000000000000009
	run -1 --separate-stderr --keep-empty-lines inc-send status
	[[ $output == *'1 dead: see inc-send dead'* ]]
	[[ $stderr == *'bbbb0000000000000000000000000009:1: '* ]]
}
