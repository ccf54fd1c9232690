# shellcheck shell=bash
#
# A desk whose ticks can be watched: "load tick" after helper.  Its programs
# are in bin/, so that one can be put in the place of another; what is handed
# over is listed in handed, a message a line.

export NOON=1774440000 # 2026-03-25T12:00:00Z, a Wednesday

# desk: makes home, bin and the variables.  Every medium hands over by `keep`.
desk() {
	inc init -p itsm home >/dev/null
	export INC_HOME=$PWD/home
	mkdir bin
	ln -s "$BUILD"/inc "$BUILD"/inc-* bin
	instead keep 'cat >/dev/null; printf "%s\t%s\n" "$INC_MESSAGE" "$INC_TRY" >>handed'
	awk -F '\t' -v OFS='\t' '
		!n && !/^#/ { for (n = 1; n <= NF && $n != "deliver"; n++); print; next }
		!/^#/ { $n = "keep" }
		{ print }' "$SOURCE/share/procedures/itsm/channels.tsv" \
		>home/procedures/channels.tsv
	: >handed
	PATH=$PWD/bin:$PATH
}

# instead PROGRAM TEXT: puts a script in the place of a program.
instead() {
	rm -f "bin/$1"
	printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"
	chmod +x "bin/$1"
}

# report N: a P1 comes in.
report() {
	inc-log -q add id="A$1" channel=chat summary="no mail $1" impact=1 \
		urgency=1 >/dev/null
}

# story: what the log holds, without the times at which it was said.
story() {
	inc-log -q history >history
	awk -F '\t' -v OFS='\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		function get(name) { return at[name] ? $at[name] : "" }
		{ print get("id"), get("event"), get("priority"), get("level"),
		    get("message"), get("try"), get("delivery") }' history | sort
}
