# A log in several segments: what of it is read, and that this tells the same
# as reading all of it.
load helper

export INC_SEGMENT_BYTES=2000

log() {
	inc-log -q -l log "$@"
}

# whole ARG...: inc-log on the same log, all of which it reads.
whole() {
	INC_SEGMENT_BYTES=1000000000 log "$@"
}

# rows FROM TO: the first rows of the incidents of these numbers, one of three
# of which are closed.
rows() {
	local i
	tsv 'id\tsummary\tpriority\tclosed\tupdated'
	for ((i = $1; i <= $2; i++)); do
		printf 'INC%04d\tabout %d\t%d\t%s\t2026-03-25T%02d:%02d:00Z\n' \
			"$i" "$i" $((i % 5 + 1)) \
			"$( ((i % 3 > 0)) || echo 2026-03-25T09:00:00Z)" \
			$((9 + i / 60)) $((i % 60))
	done
}

# some_log: makes ./log, of 120 incidents in several segments.
some_log() {
	local i
	for ((i = 1; i < 120; i += 10)); do
		rows "$i" $((i + 9)) >rows
		log --create append rows >/dev/null
	done
}

# segments: their names, in order.
segments() {
	(cd log && echo *.tsv)
}

# full_log: the same; ./before is as full as it gets before a segment ends.
full_log() {
	local count
	some_log
	log note 60 "a column more" >/dev/null
	while :; do
		rm -rf before
		cp -a log before
		count=$(segments | wc -w)
		log note 60 "some more words" >/dev/null
		[ "$(segments | wc -w)" -eq "$count" ] || break
	done
}

# told HOW ARG...: what a verb tells, with its status.
told() {
	run --separate-stderr "$@"
	printf '%s\n' "$status" "$output" "$stderr"
}

# alike ARG...: whether a verb tells the same as of a log that is read whole.
# Where the clock comes on between the two, once more.
alike() {
	told whole "$@" >all
	told log "$@" >some
	cmp -s all some || told whole "$@" >all
	same all some
}

@test "a full segment ends, and the next begins with what is open" {
	some_log
	read -ra segment < <(segments)
	[ "${#segment[@]}" -gt 3 ]
	for name in "${segment[@]:1}"; do
		seq=$((10#${name%.tsv}))
		# an entry of no incident, with those open before it
		sed -n 2p "log/$name" >first
		[ "$(cut -f 5,6 first)" = $'segment\t' ]
		inc-log -l log history |
			awk -F '\t' -v seq="$seq" 'NR == 1 {
				for (i = 1; i <= NF; i++) at[$i] = i
			}
			NR > 1 && $1 < seq && $5 == "received" && $at["closed"] == "" {
				printf "%s %s\\n", $1, $6
			}' >want
		inc-log -l log history --event segment |
			awk -F '\t' -v seq="$seq" 'NR == 1 {
				for (i = 1; i <= NF; i++) at[$i] = i
			}
			$1 == seq { printf "%s", $at["why"] }' >got
		diff want got
	done
	# all but the newest have an index
	for name in "${segment[@]}"; do
		if [ "$name" = "${segment[-1]}" ]; then
			[ ! -e "log/${name%.tsv}.index" ]
		else
			[ -s "log/${name%.tsv}.index" ]
		fi
	done
	log verify
}

@test "a log tells the same, whether all of it is read or not" {
	some_log
	log ack 7 >/dev/null
	log close INC0050 >/dev/null
	log reopen 3 >/dev/null
	log correct 100 priority=1 >/dev/null
	alike current --open
	alike list
	alike history INC0007
	alike history 7 50 INC0003 119 4711
	alike history 3 --event reopened
	alike show 50
	whole_status=$(INC_SEGMENT_BYTES=1000000000 inc -l log status)
	[ "$(inc -l log status)" = "$whole_status" ]
	[[ $whole_status == '120 incidents, '* ]]
	[ "$(log current --open | wc -l)" -eq 81 ]
}

@test "an incident that has been open for long is read on" {
	rows 1 1 >first
	log --create append first >/dev/null
	for ((i = 3; i < 200; i += 30)); do
		for ((k = i; k < i + 30; k += 3)); do rows "$k" "$k"; done |
			awk 'NR == 1 || !/^id/' >closed
		log append closed >/dev/null
	done
	run -0 log current --open
	[ "${#lines[@]}" -eq 2 ]
	log ack 1 >/dev/null
	log resolve --outcome mended INC0001 >/dev/null
	[ "$(log history 1 | cut -f 5 | tr '\n' ' ')" = \
		'event received acknowledged resolved ' ]
	log verify
}

@test "an incident is found whose batch had receipts of one message" {
	some_log
	{
		tsv 'id\tsummary\tmessage\ttry\tdelivery' \
			'FIRST\tabout it\t\t\t' \
			'FIRST\t\tM1\t1\tfailed' \
			'FIRST\t\tM1\t2\tsent'
		# more than a batch: the next one begins a segment
		for ((i = 0; i < 4100; i++)); do
			printf 'NEXT%d\tmore\t\t\t\n' "$i"
		done
	} >rows
	log append rows >/dev/null
	alike history FIRST
	[ "$(log history FIRST | wc -l)" -eq 4 ]
}

@test "no id is taken for what the log itself keeps by an id" {
	some_log
	tsv 'id\tsummary' '\\mail\tof a message?' '\\\\mail\tor not' '\\m\t' \
		"restored-$(date -u +%Y)-12-31T23:59:59Z-4000\tof lost ids?" \
		>rows
	log append rows >/dev/null
	rows 121 160 >others
	log append others >/dev/null
	[ "$(log current --open | grep -c '^[\\r]')" -eq 4 ]
	alike current --open
	# they are known again
	run -0 log append --changed rows
	[ "${#lines[@]}" -eq 1 ]
	[[ $(log add summary=new) == '0001 logged'* ]]
}

@test "what is not asked for is not read" {
	some_log
	read -ra segment < <(segments)
	# the second segment is spoilt but for its ends
	file=log/${segment[1]}
	size=$(stat -c %s "$file")
	head -c $((size - 800)) /dev/zero | tr '\0' '?' |
		dd of="$file" bs=1 seek=400 conv=notrunc status=none
	run -2 log current
	run -0 log history INC0120
	[ "${#lines[@]}" -eq 2 ]
	log ack INC0119 >/dev/null
	log add summary=new >/dev/null
	run -0 log history INC0119
	[ "${#lines[@]}" -eq 3 ]
}

@test "without an index, or with one that is damaged, all is found" {
	some_log
	log current --open >before
	log history 60 >history
	read -ra index < <(cd log && echo *.index)
	cp -a log kept
	for how in none cut other text zeros; do
		rm -rf log
		cp -a kept log
		case $how in
		none) rm log/*.index ;;
		cut) for name in "${index[@]}"; do
			truncate -s -40 "log/$name"
		done ;;
		other) cp "kept/${index[0]}" "log/${index[1]}" ;;
		text) for name in "${index[@]}"; do
			sed -i 's/[[:digit:]]\{1,\}+/1&/' "log/$name"
		done ;;
		zeros) for name in "${index[@]}"; do
			size=$(stat -c %s "log/$name")
			head -c "$size" /dev/zero >"log/$name"
		done ;;
		esac
		log current --open | diff before -
		log history 60 | diff history -
		# the next writer makes them again
		log correct 60 'summary=about it' >/dev/null
		for name in "${index[@]}"; do
			cmp "kept/$name" "log/$name"
		done
		log history 60 | head -n 2 | diff history -
		log verify
	done
}

@test "an index that can't be written is done without" {
	[ "$(id -u)" -ne 0 ] || skip "root may write everywhere"
	some_log
	rm log/*.index
	chmod a-w log
	run --separate-stderr -0 inc-log -l log note 60 more
	chmod u+w log
	[[ $stderr == *"index.tmp': Permission denied: the log does without"* ]]
	log verify
}

@test "that an index can't be written is said once" {
	some_log
	read -ra index < <(cd log && echo *.index)
	rm "log/${index[0]}"
	mkdir "log/${index[0]}.tmp"
	{
		tsv 'id\tsummary'
		for ((i = 0; i < 9000; i++)); do printf 'NEXT%d\tx\n' "$i"; done
	} >rows
	run --separate-stderr -0 inc-log -l log append rows
	[ "$(grep -c 'the log does without' <<<"$stderr")" -eq 1 ]
	rmdir "log/${index[0]}.tmp"
	log note 60 more >/dev/null
	[ -s "log/${index[0]}" ]
}

@test "ids are counted on over segments" {
	for ((i = 0; i < 60; i++)); do
		log --create add summary="number $i, with some words about it" \
			>/dev/null
	done
	[ "$(segments | wc -w)" -gt 2 ]
	[ "$(log current | tail -n +2 | cut -f 1 | sort -u | wc -l)" -eq 60 ]
	alike current --open
}

@test "lost ids are those of restored entries, not of rows" {
	some_log
	tsv 'id\tsummary' 'restored-2126-03-25T00:00:00Z-8000000\tx' >row
	log append row >/dev/null
	log restored --last 7000000 --why moved >out
	id=$(log history --event restored | column id)
	tsv 'id\tsummary' "$id\tx" 'restored-2126-03-25T00:00:00Z-8000001\tx' >row
	log append row >/dev/null
	log note "$id" more >/dev/null
	rows 200 240 >rows
	log append rows >/dev/null
	alike add -n summary=new
	log add summary=new >out
	grep -q '^7000002 ' out
}

@test "what is taken out is out, and the rest is found" {
	mkdir -p pack
	tsv 'name\tversion' 'x\t1' >pack/pack.tsv
	tsv 'name\tpersonal' 'summary\t' 'caller\tname' >pack/fields.tsv
	for ((i = 0; i < 40; i++)); do
		log -p pack --create add summary="number $i" \
			caller="Caller $i" >/dev/null
	done
	log -p pack redact --personal --why asked 5 >/dev/null
	log -p pack note 5 after >/dev/null
	run ! grep -rq 'Caller 4' log
	alike history 5 6
	log verify
}

@test "a column of which a checkpoint alone is told the same way" {
	full_log
	rm -rf log
	mv before log
	tsv 'id\tsummary\tpriority\troom\tupdated' \
		'INC0001\tabout 1\t2\t\t2026-03-25T09:01:00Z' >rows
	log append --changed rows | column id | same /dev/null -
	head -n 1 "log/$(segments | tr ' ' '\n' | tail -n 1)" | grep -q room
	alike current --open
}

@test "a log of one segment that is larger than it should be" {
	rows 1 9 >rows
	whole --create append rows >/dev/null
	INC_SEGMENT_BYTES=1
	alike current --open
	alike history 7
	log note 7 more >/dev/null
	alike history 7
}

@test "a call that fails while a segment begins leaves the log whole" {
	full_log
	whole current | cut -f 1-6 | grep -v INC0060 >want
	for call in open write short fdatasync fsync rename; do
		for ((n = 1; ; n++)); do
			rm -rf log
			cp -a before log
			got=0
			with "$call:$n:ENOSPC" inc-log -q -l log note 60 x \
				>out 2>errors || got=$?
			log verify
			[ "$got" -ne 0 ] || break
			[ "$got" -eq 2 ]
			whole current | cut -f 1-6 | grep -v INC0060 | diff want -
			log note 60 x >/dev/null
			alike history 60
		done
		for ((n = 1; ; n++)); do
			rm -rf log
			cp -a before log
			with "$call:$n:KILL" inc-log -q -l log note 60 x \
				>out 2>errors && break
			log note 60 y >/dev/null
			log verify
			alike history 60
			alike current --open
		done
	done
}
