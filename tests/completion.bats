#!/usr/bin/env bats
# Completions: made from what each program says of itself, and run here.
load helper

# complete_bash WORD...: what bash offers for the last of these words.
complete_bash() {
	bash --norc --noprofile -c '
		source "$1" || exit
		shift
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		"_${1//-/_}"
		printf "%s\n" "${COMPREPLY[@]}"' bash \
		"$BUILD/completions/$1.bash" "$@"
}

# complete_zsh LINE: what zsh makes of a line at a tab, in a terminal of its
# own, where only one thing is to be had.  What it prints last is waited for.
complete_zsh() {
	# shellcheck disable=SC2016 # for zsh
	timeout 60 zsh -f -c '
		zmodload zsh/zpty || exit 9
		zpty shell zsh -f -i
		zpty -w shell "PS1=; stty cols 200; fpath=($PWD/zsh \$fpath)"
		zpty -w shell "autoload -U compinit; compinit -D -u"
		zpty -w shell "print set-\$((1 + 1))"
		zpty -r shell got "*set-2*" || exit 8
		zpty -w -n shell "$1"$'"'\t'"'
		zpty -w -n shell $'"'\C-a'"'"print -r -- "$'"'\C-e'"'
		zpty -w shell "; print end-\$((1 + 1))"
		zpty -r shell got "*end-2*" || exit 8
		print -r -- "$got"
		zpty -d shell' zsh "$1"
}

@test "every program has completions in both shells, without a fault" {
	for name in inc $(programs); do
		bash -n "$BUILD/completions/$name.bash"
		zsh -n "$BUILD/completions/$name.zsh"
	done
}

@test "bash offers every option that --help names, and no other" {
	for name in inc $(programs); do
		"$name" --help | LC_ALL=C sed -n 's/^  \(-., \)\?\(--[a-z-]*\).*/\2/p' |
			sort >wanted
		complete_bash "$name" -- | grep -v '^-[^-]$' | sort >offered
		same wanted offered
	done
}

@test "bash offers verbs, incidents, maps and files where they belong" {
	complete_bash inc-log r | same <(printf '%s\n' resume resolve reopen restored redact) -
	complete_bash inc-send d | same <(printf '%s\n' dead drop drill-report) -
	complete_bash inc-send a | same <(printf '%s\n' ack adopt) -
	complete_bash inc st | same <(echo status) -
	complete_bash inc he | same <(printf '%s\n' heartbeat help) -
	complete_bash inc tr | same <(echo triage) -
	complete_bash inc-import -m s | same <(printf '%s\n' servicenow servicenow-list sf-fire) -
	touch export.csv other
	complete_bash inc-import -m generic exp | same <(echo export.csv) -
	complete_bash inc-triage --tree ot | same <(echo other) -
	complete_bash inc-escalate --why '' | same <(echo) -
	export INC_LOG=$PWD/log
	inc-log -q --create add id=INC77 summary=x >out
	inc-log -q add id=INC78 summary=y >out
	inc-log -q close INC78 >out
	complete_bash inc-log ack I | same <(echo INC77) -
	complete_bash inc-send ack I | same <(echo INC77) -
	complete_bash inc-log -q show I | same <(echo INC77) -
}

@test "bash completes what follows a tool's name as by the tool's own" {
	complete_bash inc log r | same <(complete_bash inc-log r) -
	complete_bash inc log list --a | same <(printf '%s\n' --at --all --apply) -
	complete_bash inc import -m s | same <(printf '%s\n' servicenow servicenow-list sf-fire) -
	complete_bash inc help tr | same <(echo triage) -
	# and as it is installed, where files have no ending
	mkdir installed
	for name in inc inc-log; do
		cp "$BUILD/completions/$name.bash" "installed/$name"
	done
	# shellcheck disable=SC2016 # for bash
	bash --norc --noprofile -c '
		source installed/inc
		COMP_WORDS=(inc log stand) COMP_CWORD=2
		_inc
		echo "${COMPREPLY[@]}"' | same <(echo stand-down) -
}

@test "zsh completes an option and a verb" {
	command -v zsh >/dev/null || skip 'no zsh'
	mkdir zsh
	for name in inc inc-log inc-triage; do
		cp "$BUILD/completions/$name.zsh" "zsh/_$name"
	done
	run complete_zsh 'inc-triage --expl'
	[[ $output == *'inc-triage --explain'* ]]
	run complete_zsh 'inc-log stand'
	[[ $output == *'inc-log stand-down'* ]]
	run complete_zsh 'inc log stand'
	[[ $output == *'inc log stand-down'* ]]
}
