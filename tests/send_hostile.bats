# Whatever stands in a message, it is delivered inert, by each medium, or
# refused in a line; whatever comes in, what is right is delivered.
load helper
load send

# Each medium keeps what it gets: its input, its arguments, a variable.
setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export INC_HOME=$PWD/home INC_FROM=desk@example.org
	inc init -q -p itsm home >/dev/null
	script keep <<-'END'
		cat >"got.$INC_MEDIUM"
		printf '%s\n' "$#" "$@" >"args.$INC_MEDIUM"
		printf '%s' "$INC_SUBJECT" >"subject.$INC_MEDIUM"
	END
	channels 'email\turgent\tkeep -i -- {address}\t\t\t\t\tmail' \
		'webhook\turgent\tkeep\t\t\t\t\tjson' \
		'sms\turgent\tkeep\t\t\t\t\ttext' 'screen\turgent\tkeep\t\t\t\t\ttext'
}

MEDIA=(email webhook sms screen)

# hostile FIELD TEXT: a message by each medium, one of whose fields (id, party,
# address, subject, body) has this text, in form on disk.
hostile() {
	local n=0 medium
	from=$((${from:-0} + 10)) # a new one each time
	local -A is=([id]=I1 [party]=ann [address]=ann@example.org
		[subject]=Subject [body]=Words)
	is[$1]=$2
	tsv "$HEADER" >in
	for medium in "${MEDIA[@]}"; do
		n=$((n + 1))
		printf '%s\t1\t%s\tnew\tdesk\t%s\t%s\t%s\t%s\t%s\turgent\t\tnew\t\tactual\n' \
			"$(id $((from + n)))" "${is[id]}" "${is[party]}" "$medium" \
			"${is[address]}" "${is[subject]}" "${is[body]}" >>in
	done
}

# delivered: all that is in ./in is, and nothing else happened.
delivered() {
	rm -f got.* args.* subject.*
	run -0 --separate-stderr inc-send in
	want_error ''
	[ "$(grep -c handed-over <<<"$output")" -eq 4 ]
	find . -mindepth 1 -maxdepth 1 ! -name 'got.*' ! -name 'args.*' \
		! -name 'subject.*' ! -name 'separate-stderr*' | sort |
		same <(printf './%s\n' home in) -
	mail_is_whole
}

# mail_is_whole: the mail has one line of each kind at its head, and none that
# we don't write; its lines are no longer than a mail may have them.
mail_is_whole() {
	printf '3\n-i\n--\n%s\n' ann@example.org | same - args.email
	sed '/^$/,$d' got.email | grep -oE '^[^[:space:]]+:' | sort >got.heads
	[ -z "$(uniq -d got.heads)" ]
	LC_ALL=C none grep -viE '^(from|to|subject|date|message-id|mime-version|content-(type|transfer-encoding)|auto-submitted|x-inc-[a-z-]*|importance|priority|x-priority|precedence|references|in-reply-to):$' got.heads
	none grep -q $'[\r\v\f\e]' got.email
	[ "$(wc -L <got.email)" -le 998 ]
}

# field MEDIUM NAME: what a reader of the mail or the JSON sees.
field() {
	/usr/bin/python3 - "$@" <<-'END'
		import email, email.policy, json, sys
		medium, name = sys.argv[1:]
		with open("got." + medium, "rb") as f:
		    if medium == "email":
		        mail = email.message_from_binary_file(f, policy=email.policy.default)
		        text = mail.get_content() if name == "body" else mail[name]
		    else:
		        text = json.load(f)[name]
		sys.stdout.buffer.write(str(text).replace("\r\n", "\n").encode())
	END
}

# shown MEDIUM...: neither control characters nor such as turn the direction
# are in what these get.
shown() {
	local medium
	for medium in "$@"; do
		none env LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' \
			"got.$medium"
	done
}

@test "a CR LF in a subject makes no line of a mail, and no field of JSON" {
	hostile subject 'Pumps\r\nBcc: eve@example.org\r\n\r\nwords of eve'
	delivered
	[[ $(field email subject) == 'Pumps'*'Bcc: eve@example.org'* ]]
	[ "$(field webhook subject)" = $'Pumps\nBcc: eve@example.org\n\nwords of eve' ]
	[ "$(sed -n 2p got.sms)" = '' ]
	shown sms screen
}

@test "a CR LF in an address is no address of anybody" {
	hostile address 'ann@example.org\r\nBcc: eve@example.org'
	run -3 --separate-stderr inc-send in
	[ "$(grep -c "dead.*address 'ann@example.org.*Bcc: eve@example.org' holds a control character" <<<"$output")" -eq 4 ]
	[ ! -e got.email ]
	[ ! -e got.sms ]
}

@test "an address that looks like an option is none" {
	hostile address -oQx
	run -3 --separate-stderr inc-send in
	[ "$(grep -c "dead.*address '-oQx' starts with '-'" <<<"$output")" -eq 4 ]
	[ ! -e got.email ]
}

@test "a subject that looks like an option is words" {
	hostile subject -oQx
	delivered
	[ "$(field email subject)" = -oQx ]
	[ "$(head -n 1 got.sms)" = -oQx ]
}

# words TEXT: it comes out as it is, by each medium, in subject and body.
words() {
	local field
	for field in subject body; do
		hostile "$field" "$1"
		delivered
		[ "$(field email "$field")" = "$1" ]
		[ "$(field webhook "$field")" = "$1" ]
		[ "$field" = subject ] || grep -qxF -- "$1" got.sms
		[ "$field" = body ] || grep -qxF -- "$1" got.screen
	done
}

@test "what a shell would run is words" {
	words '$(touch x) ${HOME}'
}

@test "backquotes are words" {
	words '`touch x`'
}

@test "what printf would fill in is words" {
	words '%s%s%n %d {address} {subject}'
}

@test "quotes, semicolons and ends of a string are words" {
	words "';touch x;\"|&<>*?[a]~#"
}

@test "lines that end a mail, or begin one, are words" {
	words '.'
	words 'From eve'
}

@test "a subject of a mebibyte is delivered, in lines that a mail may have" {
	hostile subject "$(printf '%01048576d' 0)"
	delivered
	[ "$(field webhook subject | wc -c)" -eq 1048576 ]
	[ "$(head -n 1 got.sms | wc -c)" -eq 1048577 ]
	[ "$(wc -c <subject.sms)" -eq 1000 ]
}

@test "what turns the direction of writing, or is no character, is not shown" {
	local dark=$'a\u202eevil\u202c\u2066b\u2069\u200fc' escape=$'\e]0;x\a\e[2J\177\b'
	hostile subject "$dark$escape"
	delivered
	shown sms screen
	field webhook subject | none grep -qP '[\x00-\x1f\x7f]'
	hostile body "$dark$escape"
	delivered
	shown sms screen
}

@test "a name of ten kilobytes is refused in a line, and holds up no other" {
	hostile party "$(printf '%010000d' 0)"
	message 9 >>in
	run -3 --separate-stderr inc-send in
	[ "$(grep -c 'dead.* is too long to be handed over' <<<"$output")" -eq 4 ]
	[ "$(grep -c handed-over <<<"$output")" -eq 1 ]
	[ "$(wc -l <<<"$stderr")" -eq 4 ]
}

@test "an id or a party that looks like a path is a name" {
	for name in ../../x /etc/passwd .. 'a/../../b' '*'; do
		hostile party "$name"
		delivered
		hostile id "$name"
		delivered
	done
	[ -z "$(find home/spool -name '*x*' -o -name '*pass*' -o -name '*b')" ]
}

@test "an identity is digits, so that it names no other file" {
	for name in ../../x0000000000000000000000000 "$(printf '%033d' 1)" \
		"$(printf '%031d' 1)" '' '\z' "$(printf '%031d' 1)/" \
		"$(printf '%031d' 1)A" "$(printf '%031d' 1)\n"; do
		{ tsv "$HEADER" && message 1 screen; } >in
		awk -v FS='\t' -v OFS='\t' -v name="${name//\\/\\\\}" \
			'NR > 1 { $1 = name } { print }' in >other
		run -3 --separate-stderr inc-send other
		want_error 'inc-send: other:2: message: an identity of 32 digits 0-9a-f was expected'
	done
	[ -z "$(places)" ]
}

@test "a message has a hundred media, and one more is set aside" {
	script no <<<'exit 64'
	channels 'screen\turgent\tno'
	# shellcheck disable=SC2046 # words
	{ tsv "$HEADER" && message 2 $(printf 'screen %.0s' {1..101}); } >in
	run -3 --separate-stderr inc-send --rejects bad in
	[ "$(head -n 1 <<<"$stderr")" = 'inc-send: in:102: more than a message may have' ]
	[ "$(grep -c failed <<<"$output")" -eq 100 ]
	[ "$(tail -n 1 <<<"$output" | cut -f 2,6)" = '100	dead' ]
	[ "$(wc -l <bad)" -eq 2 ]
}

@test "a row of 40 MB is set aside, and what comes after it is delivered" {
	{
		tsv "$HEADER"
		message 1 screen
		printf '%s\t1\tI2\tann\tscreen\ta\tS\t' "$(id 2)"
		head -c 40000000 /dev/zero | tr '\0' x
		printf '\turgent\t\t\tactual\n'
		message 3 screen
	} >in
	run -3 --separate-stderr inc-send in
	[[ $stderr == 'inc-send: in:3: '* ]]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
	[ "$(wc -c <<<"$stderr")" -lt 500 ]
	[ "$(grep -c handed-over <<<"$output")" -eq 2 ]
}

@test "ten thousand rows of one identity are one message" {
	script no <<<'exit 64'
	channels 'screen\turgent\tno'
	{ tsv "$HEADER" && message 1 screen | sed 'p;p;p;p;p;p;p;p;p'; } >ten
	{ cat ten && for n in {2..1000}; do sed 1d ten; done; } >in
	run -3 --separate-stderr inc-send --rejects bad in
	[ "$(grep -c ': more than a message may have$' <<<"$stderr")" -eq 9900 ]
	[ "$(wc -l <bad)" -eq 9901 ]
	places | same <(echo dead/1) -
	# with another between them it comes in again and again
	channels 'screen\turgent\tkeep'
	{ tsv "$HEADER" && message 2 screen && message 3 screen; } >two
	{ cat two && for n in {2..5000}; do cat two; done; } >in
	run -0 --separate-stderr inc-send in
	[ "$(grep -c handed-over <<<"$output")" -ge 2 ]
	[ "$(wc -l <<<"$output")" -le 10003 ]
	places | same <(printf '%s\n' dead/1 done/2 done/3) -
}

@test "rows with a NUL, or that are no UTF-8, are set aside" {
	{
		tsv "$HEADER"
		message 1 screen
		message 2 screen | tr W '\0'
		message 3 screen | tr W '\377'
		message 4 screen
	} >in
	run -3 --separate-stderr inc-send --rejects bad in
	[[ $(sed -n 1p <<<"$stderr") == 'inc-send: in:3:'* ]]
	[[ $(sed -n 2p <<<"$stderr") == 'inc-send: in:4:'* ]]
	[ "$(wc -l <<<"$stderr")" -eq 2 ]
	[ "$(grep -c handed-over <<<"$output")" -eq 2 ]
	[ "$(wc -l <bad)" -eq 3 ]
}

@test "a byte order mark, CR LF and a header that comes again are taken" {
	{
		printf '\357\273\277'
		messages 1 2 | sed 's/\tscreen\t/\tsms\t/'
		messages 3
	} | sed 's/$/\r/' >in
	run -0 --separate-stderr inc-send in
	want_error ''
	[ "$(grep -c handed-over <<<"$output")" -eq 3 ]
	none grep -q $'\r' got.sms
}

@test "receipts that can't be written are said; what was begun is recorded" {
	messages {1..20} >in
	run -2 --separate-stderr bash -c 'inc-send in >/dev/full'
	want_error "inc-send: write '<stdout>': No space left on device"
	[ -z "$(find home/spool/tmp home/spool/work -type f)" ]
	run -0 inc-send in
	run -0 inc-send in
	[ "$(grep -c handed-over <<<"$output")" -eq 20 ]
}

@test "neither a secret nor an address is an argument of a process" {
	command -v strace >/dev/null || skip 'no strace here'
	! sanitized || skip 'the leak sanitizer does not work under strace'
	strace -o trace true || skip 'programs can not be traced here'
	local address
	mkdir -m 700 home/secrets
	printf 'url http://127.0.0.1:9/\ntoken t0psecret\n' >home/secrets/sms
	printf 'url smtp://127.0.0.1:9\nuser mallory\nfrom desk@example.org\npassword t0psecret\n' \
		>home/secrets/smtp
	chmod 600 home/secrets/*
	channels 'sms\turgent\tsms\t5s' 'webhook\turgent\tpost\t5s\t\t\t\tjson' \
		'email\turgent\tsmtp\t5s\t\t\t\tmail' 'screen\turgent\tshow'
	{
		tsv "$HEADER"
		for address in sms:+441134960123 webhook:http://127.0.0.1:9/h00k \
			email:eve@example.org screen:wall; do
			n=$((${n:-0} + 1))
			message_row "$(id $n)" 1 I$n ann "${address%%:*}" \
				"${address#*:}" "Subject $n" "Words of $n."
		done
	} >in
	strace -f -s 10000 -e trace=execve -o trace inc-send in >out
	grep -q 'execve.*curl' trace
	grep -c handed-over out | same <(echo 1) -
	sed 's/\], 0x.*//' trace >arguments
	# the name of a screen is nobody's address
	none grep -E 't0psecret|mallory|441134960123|h00k|eve@|Subject|Words' arguments
}
