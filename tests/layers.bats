# The library keeps its order and its manners.
load helper

modules() {
	cut -f 1 "$SOURCE/lib/MODULES"
}

@test "every module is listed once, with its duty, and every listed one is there" {
	find "$SOURCE/lib" -name '*.c' -exec basename {} .c \; | sort >there
	modules | sort >listed
	same listed there
	awk -F '\t' 'NF != 2 || $2 == "" { print; bad = 1 } END { exit bad }' \
		"$SOURCE/lib/MODULES"
	for module in $(modules); do
		[ -f "$SOURCE/lib/$module.h" ]
	done
}

@test "a module includes only modules above it" {
	for module in $(modules); do
		for header in $(sed -n 's/^#include "\(.*\)\.h"$/\1/p' \
			"$SOURCE/lib/$module.h" "$SOURCE/lib/$module.c"); do
			[ "$header" = "$module" ] || modules |
				sed "/^$module\$/,\$d" | grep -qx "$header" ||
				echo "$module includes $header, which is not above it"
		done
	done >wrong
	cat wrong
	[ ! -s wrong ]
}

@test "no module includes a header of the programs" {
	for header in $(cd "$SOURCE/cmd" && echo *.h); do
		run ! grep -l "#include \"$header\"" "$SOURCE"/lib/*.[ch]
	done
}

# What the C library offers and lib/ must not use: it speaks, ends the
# program, looks at its surroundings, or goes by the locale.
speak='v?f?w?printf|v?dprintf|puts|putchar|fputs|fputc|putc|fwrite|perror|stdout|stderr'
end='exit|_exit|_Exit|abort|__assert_fail|signal|sigaction|raise|kill'
look='getenv|secure_getenv|environ|time|clock|clock_gettime|gettimeofday|localtime(_r)?|tzset|getopt|getopt_long|isatty|rand|srand|random'
locale='setlocale|strtod|strtof|strcoll|newlocale|uselocale|strftime|strptime|mktime|__ctype_[a-z]*_loc|tolower|toupper|wcwidth|mbrtowc'

@test "no module prints, exits, looks around or goes by the locale" {
	# mem ends the program when memory is out; diag is the voice of the
	# programs and writes by write(2) alone; carrier ends the commands that
	# it started, whose time is up.
	for object in "$BUILD"/lib/*.o; do
		module=$(basename "$object" .o)
		[ -f "$SOURCE/lib/$module.c" ] || continue
		allowed='^$'
		[ "$module" != mem ] || allowed='^(fputs|fwrite|exit|stderr)$'
		[ "$module" != carrier ] || allowed='^kill$'
		nm -u "$object" | awk '{ print $2 }' | sed 's/@.*//' |
			sed -E 's/^(__isoc[0-9]+_|__)?([a-z]*printf)(_chk)?$/\2/' |
			grep -Ex "$speak|$end|$look|$locale" |
			grep -Ev "$allowed" | sed "s/^/$module uses /" || :
	done >wrong
	cat wrong
	[ ! -s wrong ]
}

@test "no program sets a locale" {
	for program in "$SOURCE"/cmd/inc-*.c; do
		nm -D "$BUILD/$(basename "$program" .c)" >symbols
		run ! grep -wE 'setlocale|newlocale|uselocale' symbols
	done
}

@test "every function in a header is explained" {
	# One comment may explain a paragraph of declarations; what only frees
	# needs none.
	awk '
		function finish() {
			if (names != "" && !explained)
				print file ":" names
			names = ""; explained = 0
		}
		FNR == 1 { finish(); depth = 0; file = FILENAME }
		depth == 0 && /^$/ { finish() }
		/\/\*/ { explained = 1 }
		depth == 0 && /^[a-z].*[a-z_0-9*]\(/ && !/^(typedef|enum)/ &&
		    !/_(free|release|close)\(/ {
			name = $0
			sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)
			names = names " " name
		}
		{ depth += gsub(/{/, "{") - gsub(/}/, "}") }
		END { finish() }' "$SOURCE"/lib/*.h "$SOURCE"/cmd/*.h >wrong
	cat wrong
	[ ! -s wrong ]
}

@test "every header is guarded and stands alone" {
	cd "$SOURCE"
	for header in lib/*.h cmd/*.h; do
		guard=INC_$(basename "$header" .h | LC_ALL=C tr '[:lower:]' '[:upper:]')_H
		grep -qx "#ifndef $guard" "$header"
		echo "#include \"$header\"" | gcc -std=c11 -fsyntax-only \
			-D_XOPEN_SOURCE=700 -Wall -Werror -Ilib -Icmd -I. \
			-xc -
	done
}

@test "no header takes the name of one of the system's" {
	# Those of C, POSIX and the libraries that we link.
	dpkg -L libc6-dev libcsv-dev libpcre2-dev nettle-dev |
		sed -n 's|^/usr/include/\([^/]*\.h\)$|\1|p' | sort -u >theirs
	(cd "$SOURCE" && basename -a lib/*.h cmd/*.h) | sort >ours
	run -0 comm -12 theirs ours
	want ''
}

@test "no data is put into an array of a fixed size" {
	# Hashes, time zones' names and tables of constants are small.
	run ! grep -nE '(^|[^d] |\t)char [a-z_]+\[([0-9]{4,}|[2-9][0-9]{2}|[A-Z_]*(MAX|SIZE)[A-Z_]*)\]' \
		"$SOURCE"/lib/*.[ch] "$SOURCE"/cmd/*.[ch]
}

@test "one name finds a program's source, page and tests" {
	for name in $(programs); do
		[ -f "$SOURCE/man/$name.1" ]
		[ -f "$SOURCE/tests/$name.bats" ]
	done
	# Past 350 lines a noun wants to move to lib/, past 400 it must.
	for source in "$SOURCE"/cmd/*.c; do
		echo "$source"
		[ "$(wc -l <"$source")" -le 400 ]
	done
}

@test "every fuzz harness has a corpus" {
	for harness in "$SOURCE"/tests/fuzz/*.c; do
		name=$(basename "$harness" .c)
		[ "$name" = replay ] || [ -n "$(ls "$SOURCE/tests/fuzz/corpus/$name")" ]
	done
}
