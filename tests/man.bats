# The pages are right: they render without a warning, show the usage that the
# programs show, explain every option, and their examples do what they say.
load helper

setup_file() {
	need_sendmail
}

# example PAGE NUMBER: the commands and output of an example as plain text:
# the NUMBERth display in EXAMPLES, with the escapes of mdoc undone.
example() {
	awk -v want="$2" '
		/^\.Sh / { inside = $2 == "EXAMPLES" }
		inside && /^\.Bd -literal/ { n++; show = n == want; next }
		/^\.Ed/ { show = 0 }
		show {
			gsub(/\\&/, ""); gsub(/\\\(ha/, "^"); gsub(/\\\(ti/, "~")
			gsub(/\\\(aq/, "\047"); gsub(/\\\(dq/, "\"")
			gsub(/\\-/, "-"); gsub(/\\e/, "\\")
			print
		}' "$1"
}

# commands FILE, results FILE: the lines that start with "$ " with what they
# continue on (after a backslash or a bar, and up to the end of a
# here-document), and all other lines.
commands() {
	divide 1 "$1"
}

results() {
	divide 0 "$1"
}

divide() {
	awk -v commands="$1" '
		until != "" { # in a here-document
			if (commands) print
			if ($0 == until) until = ""
			next
		}
		{
			command = more || /^\$ /
			line = $0
			if (command) sub(more ? "^> *" : "^[$] ", "", line)
			more = command && /(\\|[|]|&&)$/
			if (command && match(line, /<<[^ ]+/)) {
				until = substr(line, RSTART + 2, RLENGTH - 2)
				gsub(/\047/, "", until)
			}
		}
		command == commands { print line }' "$2"
}

# A directory as the examples find it.
sandbox() {
	rm -rf sandbox
	mkdir sandbox
}

run_examples() {
	local n=0
	while :; do
		n=$((n + 1))
		example "$1" $n >shown
		[ -s shown ] || break
		echo "$(basename "$1"), example $n"
		commands shown >script
		results shown >wanted
		[ -s script ] || return 1
		sandbox
		(cd sandbox && sh ../script >../out 2>../error) || :
		same wanted out || {
			cat error
			return 1
		}
	done
	[ $n -gt 1 ]
}

# Text of a page as a terminal shows it, without bold and underlining.
render() {
	mandoc -T ascii -O width=500 "$1" | sed "s/.$(printf '\b')//g" | tr -s ' '
}

@test "every page renders without a warning" {
	for page in "$SOURCE"/man/*.[157]; do
		run -0 mandoc -T lint -W warning "$page"
		want ''
	done
}

@test "the sections of every page stand in the agreed order" {
	tsv NAME SYNOPSIS DESCRIPTION ENVIRONMENT FILES 'EXIT STATUS' EXAMPLES \
		DIAGNOSTICS 'SEE ALSO' STANDARDS CAVEATS >order
	for page in "$SOURCE"/man/*.[157]; do
		echo "$page"
		sed -n 's/^\.Sh //p' "$page" >sections
		grep -xFf sections order >wanted
		# Pages of formats may have sections of their own between these.
		[[ $page == *.1 ]] || {
			grep -xFf order sections >known
			mv known sections
		}
		same wanted sections
	done
}

@test "the usage of every program equals the SYNOPSIS of its page" {
	for page in "$SOURCE"/man/*.1; do
		program=$(basename "$page" .1)
		"$program" --help | awk '!/^usage:|^       /{ exit } { print }' |
			sed 's/^usage://; s/^ *//' | tr -s ' ' >usage
		render "$page" | awk '
			/^[A-Z]/ { inside = /^SYNOPSIS/; next }
			inside && NF { sub(/^ */, ""); print }' >synopsis
		same usage synopsis
	done
}

@test "every option that a program takes is in its page, and no other" {
	for page in "$SOURCE"/man/*.1; do
		program=$(basename "$page" .1)
		"$program" --help | LC_ALL=C sed -n 's/^  \(-., \)\?\(--[a-z-]*\).*/\2/p' |
			sort -u >options
		awk '/^\.It Fl/ {
			for (i = 3; i <= NF; i++)
				if ($i ~ /^-[a-z]/) print "-" $i }' "$page" |
			sort -u >explained
		echo "$program"
		same options explained
	done
}

@test "every page that a page points to is there" {
	for page in "$SOURCE"/man/*.[157]; do
		sed -n 's/^\.Xr \(inc[a-z-]*\) \([0-9]\).*/\1.\2/p' "$page" |
			sort -u | while read -r other; do
			[ -f "$SOURCE/man/$other" ] ||
				echo "$(basename "$page") points to $other"
		done
	done >missing
	cat missing
	[ ! -s missing ]
}

@test "every program is listed in inc(7) and in the README" {
	for page in "$SOURCE"/man/*.1; do
		program=$(basename "$page" .1)
		grep -q "^\.\(It \)\?Xr $program 1" "$SOURCE/man/inc.7"
		grep -qF "\`$program\`" "$SOURCE/README.md"
	done
}

@test "the examples of the programs' pages do what they say" {
	for page in "$SOURCE"/man/*.1; do
		run_examples "$page"
	done
}

@test "the examples of the other pages do what they say" {
	for page in "$SOURCE"/man/*.[57]; do
		! grep -q '^\.Sh EXAMPLES' "$page" || run_examples "$page"
	done
}

@test "the commands of the README print what it shows" {
	# Displays between ``` that start with "$ "; one shell runs them all, in
	# the source tree's place, without those that install or build.
	awk '/^```/ { inside = !inside; n += inside; next }
	     inside { print > ("display-" n) }' "$SOURCE/README.md"
	sandbox
	ran=0
	: >exports
	for display in $(printf '%s\n' display-* | sort -t - -k 2 -n); do
		head -n 1 "$display" | grep -q '^\$ inc[- ]\|^\$ export ' || continue
		echo "$display"
		{ cat exports && commands "$display"; } >script
		results "$display" >wanted
		(cd sandbox && ln -sfn "$SOURCE/share" share &&
			sh ../script >../out 2>../error) || :
		same wanted out || {
			cat error
			return 1
		}
		grep '^export ' script >exports || :
		ran=$((ran + 1))
	done
	[ $ran -ge 3 ]
}
