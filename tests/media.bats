# The commands that hand messages over, called as a sender calls them, with
# servers of ours as their peers: peers/smtpd.py and peers/httpd.py.
load helper

MEDIA=$SOURCE/share/media

# peer NAME: starts a server, which writes what it gets to $PEERS/NAME; prints
# its port.
peer() {
	mkdir "$PEERS/$1"
	mkfifo "$PEERS/$1.port"
	/usr/bin/python3 "$TESTS/peers/$1.py" "$PEERS/$1" \
		>"$PEERS/$1.port" 2>"$PEERS/$1.log" 3>&- &
	echo $! >"$PEERS/$1.pid"
	head -n 1 "$PEERS/$1.port"
}

setup_file() {
	export PEERS=$BATS_FILE_TMPDIR WEB MAIL=
	WEB=http://127.0.0.1:$(peer httpd)
	! has_aiosmtpd || MAIL=smtp://127.0.0.1:$(peer smtpd)
}

teardown_file() {
	for pid in "$PEERS"/*.pid; do
		kill "$(cat "$pid")"
	done
}

has_aiosmtpd() {
	/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null
}

need_mail_server() {
	[ -n "$MAIL" ] || skip 'no python3-aiosmtpd'
}

# hand COMMAND ADDRESS: hands over what stands on standard input.
hand() {
	env INC_HOME="$PWD" INC_MESSAGE=0123456789abcdef INC_TRY=1 \
		INC_ID=20261126-0042 INC_REASON=new INC_ROLE=lead \
		INC_PARTY=dilys INC_MEDIUM=x INC_ADDRESS="$2" \
		INC_SUBJECT='mail is down' INC_TELL=urgent INC_DUE= \
		INC_STATUS= "$MEDIA/$1"
}

# last PEER: the newest of what a server got.
last() {
	printf '%s\n' "$PEERS/$1"/* | sort -V | tail -n 1
}

# secret NAME LINE...: makes a file of secrets.
secret() {
	mkdir -p secrets
	printf '%s\n' "${@:2}" >"secrets/$1"
	chmod 600 "secrets/$1"
}

# mail_to ADDRESS: hands a mail over by smtp.
mail_to() {
	printf 'Subject: x\n\nline\n.\n.dot\n' | hand smtp "$1"
}

@test "every command can be run, and says what it needs and how it is set up" {
	for command in "$MEDIA"/*; do
		[ "$command" != "$MEDIA/common.sh" ] || continue
		name=$(basename "$command")
		echo "$name"
		[ -x "$command" ]
		sed -n 3p "$command" | grep -q "^# $name: "
		grep -q "^#	[[:lower:]]*	$name	\(text\|mail\|json\)" "$command"
		grep -q "^\.It Sy $name$" "$SOURCE/man/inc-media.7"
	done
}

@test "post posts what it reads, with the identity of the message" {
	echo '{"body": "$(touch x) %s"}' >message
	run -0 hand post "$WEB/200" <message
	want 'code 200'
	got=$(last httpd)
	grep -qx 'POST /200 HTTP/1.1' "$got"
	grep -qx 'Content-Type: application/json' "$got"
	grep -qx 'Idempotency-Key: 0123456789abcdef' "$got"
	sed '1,/^$/d' "$got" | same message -
}

@test "post tells apart what is answered" {
	run -0 hand post "$WEB/204" <<<'{}'
	want 'code 204'
	for code in 400 404 410 500 503; do
		run -1 hand post "$WEB/$code" <<<'{}'
		want "code $code
error answered with $code"
	done
	run -1 hand post "$WEB/429?20" <<<'{}'
	want 'code 429
retry-after 20
error answered with 429'
}

@test "post reads a date to wait for, and no nonsense" {
	run -1 hand post "$WEB/503?Thu,%2031%20Dec%202099%2023:59:59%20GMT" <<<'{}'
	[[ ${lines[1]} =~ ^retry-after\ [0-9]{9,}$ ]]
	for after in soon 'Thu,%2001%20Jan%201970%2000:00:00%20GMT' -5; do
		run -1 hand post "$WEB/503?$after" <<<'{}'
		want 'code 503
error answered with 503'
	done
}

@test "post follows nobody elsewhere" {
	run -1 hand post "$WEB/moved" <<<'{}'
	want 'code 302
error answered with 302'
}

@test "post waits for what is late, and tries later what is cut off" {
	run -0 hand post "$WEB/late" <<<'{}'
	want 'code 200'
	run -75 hand post "$WEB/drop" <<<'{}'
	want 'error Empty reply from server'
	run -75 hand post http://127.0.0.1:1/ <<<'{}'
	[[ $output == 'error Failed to connect'* ]]
	run -75 hand post http://no-such-host.invalid/ <<<'{}'
	[[ $output == 'error Could not resolve'* ]]
}

@test "post reads no more than it needs of an answer without an end" {
	run -0 timeout 20 "$BASH" -c "$(declare -f hand)
		MEDIA=$MEDIA; hand post $WEB/endless <<<'{}'"
	want 'code 200'
}

@test "post says nothing of what is never answered: its time will be up" {
	run -124 timeout .5 "$BASH" -c "$(declare -f hand)
		MEDIA=$MEDIA; hand post $WEB/never <<<'{}'"
	want ''
}

@test "post takes no address but one of the web" {
	for address in '' file:///etc/passwd -K/etc/passwd ftp://127.0.0.1/x \
		http:// "$(printf '\t')$WEB/200" '$(touch x)'; do
		run -65 hand post "$address" <<<'{}'
		want 'error the address is no URL with http: or https:'
	done
	[ ! -e x ]
}

@test "an address makes no other setting of curl" {
	run hand post "$WEB/200\"
output = \"written" <<<'{}'
	run hand post "$WEB/200\\\" \\" <<<'{}'
	[ "$(ls)" = '' ]
}

@test "a message of a mebibyte is posted whole" {
	head -c 1048576 /dev/zero | tr '\0' x >message
	run -0 hand post "$WEB/200" <message
	sed '1,/^$/d' "$(last httpd)" | cmp - message
}

@test "smtp hands a mail over as it is" {
	need_mail_server
	secret smtp "url $MAIL" 'from desk@example.org'
	run -0 mail_to dilys@example.org
	want 'code 250'
	printf '%s\n' 'from desk@example.org' 'to dilys@example.org' '' \
		>wanted
	printf '%s\r\n' 'Subject: x' '' line . .dot >>wanted
	same wanted "$(last smtpd)"
}

@test "smtp tells for now and for good apart, before the mail and after it" {
	need_mail_server
	secret smtp "url $MAIL" 'from desk@example.org'
	for answer in defer:451 refuse:550 defer-data:451 refuse-data:554 \
		busy:421; do
		echo "$answer"
		run -1 mail_to "${answer%:*}@example.org"
		want "code ${answer#*:}
error answered with ${answer#*:}"
	done
}

@test "smtp tries later what is cut off, and waits for what is late" {
	need_mail_server
	secret smtp "url $MAIL" 'from desk@example.org'
	for wish in drop drop-late; do
		run -75 mail_to $wish@example.org
		[[ $output == 'error '* && $output != *code* ]]
	done
	run -0 mail_to late@example.org
	want 'code 250'
	secret smtp 'url smtp://127.0.0.1:1' 'from desk@example.org'
	run -75 mail_to dilys@example.org
	[[ $output == 'error Failed to connect'* ]]
}

@test "smtp logs in, and without TLS only where that is said" {
	need_mail_server
	secret smtp "url $MAIL" 'from desk@example.org' 'user desk' \
		'password se"cret' 'tls none'
	run -0 mail_to dilys@example.org
	want 'code 250'
	grep -qx 'user desk' "$(last smtpd)"
	secret smtp "url $MAIL" 'from desk@example.org' 'user desk' \
		'password wrong' 'tls none'
	run -1 mail_to dilys@example.org
	want 'code 535
error answered with 535'
	secret smtp "url $MAIL" 'from desk@example.org' 'user desk' \
		'password se"cret'
	run -75 mail_to dilys@example.org
	want 'error STARTTLS not supported.'
}

@test "smtp takes the server of INC_SMTP_URL before that of the file" {
	need_mail_server
	secret smtp 'url smtp://127.0.0.1:1' 'from desk@example.org'
	INC_SMTP_URL=$MAIL run -0 mail_to dilys@example.org
	want 'code 250'
}

@test "smtp takes no address but one of a mailbox" {
	secret smtp 'url smtp://127.0.0.1:1' 'from desk@example.org'
	for address in '' dilys @ a@ @b 'a@b c' 'a@b> SIZE=1' '<a@b>' a@b,c@d \
		"$(printf 'a@b\r\nDATA')"; do
		run -65 mail_to "$address"
		want 'error the address is none of a mailbox'
	done
}

@test "secrets that others can read, or that are not there, are not used" {
	run -78 mail_to dilys@example.org
	want "error $PWD/secrets/smtp is not there: inc-media(7)"
	secret smtp 'url smtp://127.0.0.1:1' 'from desk@example.org'
	for mode in 640 620 604 602; do
		chmod $mode secrets/smtp
		run -78 mail_to dilys@example.org
		want "error $PWD/secrets/smtp can be read by others: chmod 600 it"
	done
	for lines in 'from a@b' 'url smtp://x' 'url http://x'; do
		secret smtp "$lines"
		run -78 mail_to dilys@example.org
		[[ $output == "error $PWD/secrets/smtp has no line "* ]]
	done
	mv secrets elsewhere
	secret sms "url $WEB/200"
	mv secrets/sms elsewhere/sms
	INC_SECRETS=$PWD/elsewhere run -0 hand sms 123 <<<x
	want 'code 200'
}

@test "sms posts number and text as fields" {
	secret sms "url $WEB/200" 'token to"ken' 'from 44113'
	printf 'P1: M\303\244nner & co = $(touch x) %%s\n\n' >message
	run -0 hand sms '+44 (0)(113) 496-0021' <message
	want 'code 200'
	got=$(last httpd)
	grep -qx 'Authorization: Bearer to"ken' "$got"
	grep -qx 'Idempotency-Key: 0123456789abcdef' "$got"
	tail -n 1 "$got" | tr '&' '\n' | sort >fields
	printf '%s\n' from=44113 \
		text=P1%3A+M%C3%A4nner+%26+co+%3D+%24%28touch+x%29+%25s \
		to=%2B441134960021 >wanted
	same wanted fields
}

@test "sms tells apart what the gateway answers, and takes numbers alone" {
	secret sms "url $WEB/429?7"
	run -1 hand sms +441134960021 <<<x
	want 'code 429
retry-after 7
error answered with 429'
	for address in '' + dilys 0113x '-1x' '1;2' '$(touch x)'; do
		run -65 hand sms "$address" <<<x
		want 'error the address is no telephone number'
	done
	[ ! -e x ]
}

@test "no secret and no address is an argument of any process" {
	need_mail_server
	secret sms "url $WEB/200" 'token se"cret'
	secret smtp "url $MAIL" 'from desk@example.org' 'user desk' \
		'password se"cret' 'tls none'
	traced() {
		strace -f -s 100000 -e trace=execve -o "trace.$1" \
			"$BASH" -c "$(declare -f hand)
				MEDIA=$MEDIA; hand $1 \$ADDRESS <<<'body words'" >&2
		# But for the environment of our own env(1).
		grep -v 'INC_ADDRESS=' "trace.$1" >>traces
	}
	ADDRESS=+441134960021 traced sms
	ADDRESS=dilys@example.org traced smtp
	export ADDRESS
	ADDRESS="$WEB/200#whsec" traced post
	grep -q '"curl"' traces
	run ! grep -E 'se\\?"cret|441134960021|dilys@|whsec|body words' traces
	want ''
}

@test "say has somebody call, and reads aloud where there is a voice" {
	run -0 hand say +441134960021 <<<'Mail is down.'
	want ''
	printf '%s\n' 'Call dilys: +441134960021' '' 'Mail is down.' >wanted
	same wanted voice/0123456789abcdef-1.txt
	[ "$(stat -c %a voice/0123456789abcdef-1.txt)" = 600 ]
	if command -v espeak-ng >/dev/null; then
		[ "$(head -c 4 voice/0123456789abcdef-1.wav)" = RIFF ]
		[ "$(ls voice | wc -l)" -eq 2 ]
	else
		[ "$(ls voice | wc -l)" -eq 1 ]
	fi
}

@test "say hands over also where the voice fails" {
	mkdir bin
	printf '#!/bin/sh\necho no voice >&2\nexit 1\n' >bin/espeak-ng
	chmod +x bin/espeak-ng
	PATH=$PWD/bin:$PATH run -0 --separate-stderr hand say 1 <<<x
	want 'error there is no sound: espeak-ng failed'
	[ "$(ls voice)" = 0123456789abcdef-1.txt ]
}

@test "syslog writes lines, and fails where nobody listens" {
	INC_SYSLOG_SOCKET=$PWD/none run -75 --separate-stderr hand syslog x <<<x
	want 'error the system log did not take it'
	mkfifo ready
	/usr/bin/python3 -c '
import socket
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind("log")
print("ready", flush=True)
for i in range(2):
    print(s.recv(65536).decode().split("inc: ")[1])' >ready 3>&- &
	{
		read -r word
		[ "$word" = ready ]
		printf 'P1: mail is down\n\n$(touch x) %%s\n' |
			INC_SYSLOG_SOCKET=$PWD/log hand syslog x
		cat >lines
	} <ready
	printf '%s\n' '20261126-0042: P1: mail is down' \
		'20261126-0042: $(touch x) %s' >wanted
	same wanted lines
	[ ! -e x ]
}

@test "show adds a message to a screen, once" {
	for i in 1 2; do
		run -0 hand show wall-1 <<<"P1: mail is down \$(touch x)"
		want ''
	done
	printf '%s\n' '---- 20261126-0042 0123456789abcdef' \
		"P1: mail is down \$(touch x)" >wanted
	same wanted screen/wall-1
}

@test "show takes no address but the name of a file" {
	for address in '' . .. ../x a/b /etc/passwd .x -x 'a b' 'a;b' \
		'$(touch x)' "$(printf '\303\244')"; do
		run -65 hand show "$address" <<<x
		want 'error the address is no name of a file'
	done
	[ ! -e screen ]
	mkdir screen
	ln -s /dev/zero screen/device
	run -65 hand show device <<<x
	want 'error device is no file'
}

@test "messages to one screen at the same time do not mix" {
	head -c 300000 /dev/zero | tr '\0' x | fold -w 100 >message
	for i in 1 2 3 4; do
		sed "s/x/$i/g" message |
			INC_HOME=$PWD INC_MESSAGE=$i INC_ADDRESS=wall \
				"$MEDIA/show" 3>&- &
	done
	wait
	[ "$(uniq screen/wall | wc -l)" -eq 8 ]
}

@test "append adds to a file that is there" {
	run -65 hand append "$PWD/log" <<<'{}'
	want "error $PWD/log is no file that is there"
	echo before >log
	run -0 hand append "$PWD/log" <<<'{}'
	want ''
	printf '%s\n' before '{}' | same - log
	for address in '' log -x; do
		run -65 hand append "$address" <<<'{}'
		want 'error the address is no whole path of a file'
	done
	run -65 hand append "$PWD" <<<'{}'
}

@test "what can't be written is tried later" {
	full() { # what a full disk says, as an error and no signal
		trap '' XFSZ
		ulimit -f 0
		hand "$@" <<<x
	}
	run -75 --separate-stderr full show wall
	want "error wall can't be written"
	: >log
	run -75 --separate-stderr full append "$PWD/log"
	want "error $PWD/log can't be written"
	run -75 --separate-stderr full say 1
	want "error $PWD/voice can't be written"
	touch file
	run -75 --separate-stderr env INC_HOME="$PWD/file" INC_MESSAGE=1 \
		INC_TRY=1 "$MEDIA/say" <<<x
	want "error $PWD/file/voice can't be used"
}

@test "sms-gammu gives gammu-smsd what it sends by its dummy phone" {
	# Its package would start a daemon: make deps only unpacks it.
	PATH=$PATH:$SOURCE/build/unpacked/usr/bin
	command -v gammu-smsd-inject >/dev/null || skip 'no gammu-smsd'
	mkdir inbox outbox sent errors phone
	printf '%s\n' '[gammu]' "device = $PWD/phone" 'connection = none' \
		'model = dummy' '[smsd]' 'service = files' 'runonreceive =' \
		"inboxpath = $PWD/inbox/" "outboxpath = $PWD/outbox/" \
		"sentsmspath = $PWD/sent/" "errorsmspath = $PWD/errors/" \
		'commtimeout = 1' 'sendtimeout = 5' >smsdrc
	export INC_SMSD_CONFIG=$PWD/smsdrc
	run -0 --separate-stderr hand sms-gammu '+44 113 4960021' \
		<<<'P1: mail is down'
	want ''
	grep -q 'P1: mail is down' outbox/OUT*+441134960021*
	LC_ALL=C gammu-smsd -c smsdrc >log 2>&1 3>&- &
	daemon=$!
	until_true eval '[ -n "$(ls sent)" ]' || :
	kill $daemon
	grep -q 'P1: mail is down' sent/OUT*+441134960021*
}
