# Whatever is in share/ can be used as it is.
load helper

@test "every shipped table is a table" {
	find "$SOURCE/share" -name '*.tsv' >tables
	[ "$(wc -l <tables)" -ge 20 ]
	while read -r table; do
		echo "$table"
		iconv -f UTF-8 -t UTF-8 "$table" | same "$table" -
		awk -F '\t' '
			/\r/ { print "line " NR ": a return"; bad = 1 }
			/^#/ || /^$/ { next }
			!n { n = NF; for (i = 1; i <= n; i++)
				if ($i !~ /^>?[a-z_]+$/ || seen[$i]++) bad = 1 }
			NF > n { print "line " NR ": " NF " cells"; bad = 1 }
			END { exit bad || !n }' "$table"
	done <tables
}

@test "every shipped map is listed and can be loaded" {
	inc-import --list-maps | cut -f 1 | cut -d ' ' -f 1 >listed
	for map in "$SOURCE"/share/import/*.tsv; do
		name=$(basename "$map" .tsv)
		echo "$name"
		grep -qx "$name" listed
		run --separate-stderr inc-import -q -m "$name" </dev/null
		[[ -z $stderr || $stderr == *'<stdin>: empty'* ]]
	done
}

@test "every shipped pack is loaded by every program, without a word" {
	printf 'id\treceived\tpriority\n' >in.tsv
	for pack in "$SOURCE"/share/procedures/*/; do
		pack=$(basename "$pack")
		for program in inc-triage inc-escalate inc-notify 'inc-log current'; do
			echo "$pack: $program"
			# shellcheck disable=SC2086 # a program and a verb
			run -0 --separate-stderr $program -p "$pack" in.tsv
			want_error ''
		done
		run -1 --separate-stderr inc-select -p "$pack" '*' in.tsv
		want_error ''
	done
}

@test "every shipped wording has room for the longest values, and no gap" {
	for pack in "$SOURCE"/share/procedures/*/; do
		pack=$(basename "$pack")
		echo "$pack"
		run -0 --separate-stderr inc-notify -p "$pack" --proof
		want_error ''
		printf '%s\n' "$output" >proof
		[ "$(wc -l <proof)" -gt 5 ]
		for column in cut outside missing gaps; do
			inc-select "$column is set" proof >found || [ $? -eq 1 ]
			cut -f 1-11 found | tail -n +2 >bad
			cat bad
			[ ! -s bad ]
		done
	done
}

@test "every file of words is named by a route, and every name has a file" {
	# But for the words of what stands for several messages.
	for pack in "$SOURCE"/share/procedures/*/; do
		(cd "$pack/wording" && find . -name '*.txt' -exec basename -s .txt {} +) |
			sort -u >files
		awk -F '\t' '/^#/ { next }
			!c { for (i = 1; i <= NF; i++) if ($i == "wording") c = i; next }
			{ print $c }
			END { print "summary" }' "$pack/routes.tsv" |
			sort -u >names
		same names files
	done
}

@test "the duties of the shipped pack have the limits of their sources" {
	run -0 awk -F '\t' '!/^#/ && NR > 2 { print $1, $4, $5 }' \
		"$SOURCE/share/procedures/itsm/regulations.tsv"
	want 'gdpr-33 aware 72h
nis-72 aware 72h
nis2-early aware 24h
nis2-notification aware 72h
nis2-final notified 1mo'
}
