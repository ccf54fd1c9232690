# What `make install` puts where, and that `make uninstall` leaves nothing.
load helper

# Installs from a copy of what was built, so that another prefix does not
# change the programs under test.
make_in_copy() {
	[ -d build ] || {
		mkdir build
		cp -a "$BUILD"/inc-* "$BUILD/libinc.a" "$BUILD/sharedir" \
			"$BUILD/cmd" "$BUILD/lib" build
	}
	# Options of a make around this one, save its variables, are not ours.
	MAKEFLAGS=${MAKEFLAGS#*--} MAKELEVEL=0 make -s -C "$SOURCE" \
		BUILD="$PWD/build" DESTDIR="$PWD/stage" "$@"
}

@test "the programs, pages and shipped data are installed and taken away" {
	make_in_copy install
	for name in $(programs); do
		[ -x "stage/usr/local/bin/$name" ]
		[ -f "stage/usr/local/share/man/man1/$name.1" ]
	done
	[ -f stage/usr/local/share/man/man7/inc.7 ]
	[ -f stage/usr/local/share/man/man5/inc-stream.5 ]
	[ -f stage/usr/local/share/doc/inc/LICENSE ]
	(cd "$SOURCE/share" && find . -type f ! -name '.*') | sort >shipped
	(cd stage/usr/local/share/inc && find . -type f ! -name manifest) |
		sort >installed
	same shipped installed
	[ "$(stat -c %a stage/usr/local/share/inc/media/post)" = 755 ]
	[ "$(stat -c %a stage/usr/local/share/inc/media/common.sh)" = 644 ]
	make_in_copy uninstall
	[ -z "$(find stage -mindepth 1)" ]
}

@test "installed programs find the shipped data beside themselves" {
	make_in_copy install PREFIX=/opt/inc
	run -0 --separate-stderr stage/opt/inc/bin/inc-import --list-maps
	[[ $output == *servicenow* ]]
	tsv 'id\timpact\turgency' '1\t1\t1' >in.tsv
	run -0 --separate-stderr stage/opt/inc/bin/inc-triage -p itsm in.tsv
	[[ $output == *P1* ]]
	make_in_copy uninstall PREFIX=/opt/inc
	[ -z "$(find stage -mindepth 1)" ]
}

@test "a prefix may hold blanks" {
	make_in_copy install PREFIX='/our own/inc'
	run -0 --separate-stderr 'stage/our own/inc/bin/inc-import' --list-maps
	[[ $output == *servicenow* ]]
	make_in_copy uninstall PREFIX='/our own/inc'
	[ -z "$(find stage -mindepth 1)" ]
}

@test "programs moved away from the data look in the place compiled in" {
	make_in_copy install PREFIX="$PWD/opt" SHAREDIR="$PWD/elsewhere" DESTDIR=
	mkdir alone
	cp build/inc-import alone
	run -0 --separate-stderr alone/inc-import --list-maps
	[[ $output == *servicenow* ]]
	make_in_copy uninstall PREFIX="$PWD/opt" SHAREDIR="$PWD/elsewhere" \
		DESTDIR=
	[ ! -e opt ]
	[ ! -e elsewhere ]
}

@test "what was there before, and what others put there, stays" {
	mkdir -p stage/usr/local/bin stage/usr/local/share/man
	echo other >stage/usr/local/bin/other
	make_in_copy install
	make_in_copy install
	mkdir stage/usr/local/share/inc/procedures/ours
	echo x >stage/usr/local/share/inc/procedures/ours/pack.tsv
	make_in_copy uninstall
	(cd stage && find . | sort) >left
	tsv . ./usr ./usr/local ./usr/local/bin ./usr/local/bin/other \
		./usr/local/share ./usr/local/share/inc \
		./usr/local/share/inc/procedures \
		./usr/local/share/inc/procedures/ours \
		./usr/local/share/inc/procedures/ours/pack.tsv \
		./usr/local/share/man >expected
	same expected left
}

@test "uninstalling what is not installed is an error" {
	run -2 --separate-stderr make_in_copy uninstall
	[[ $stderr == *'nothing is installed here'* ]]
}

@test "the programs are hardened" {
	export LC_ALL=C # readelf translates
	for source in "$SOURCE"/cmd/inc-*.c; do
		program=$BUILD/$(basename "$source" .c)
		readelf -hW "$program" | grep -q 'Type: *DYN'
		readelf -lW "$program" | grep -q GNU_RELRO
		readelf -dW "$program" | grep -q 'BIND_NOW\|NOW'
		readelf -lW "$program" | grep GNU_STACK | grep -q 'RW '
		readelf -sW "$program" | grep -q __stack_chk_fail
		sanitized || readelf -sW "$program" | grep -q '__[a-z]*_chk@'
	done
}

@test "dist packs what is committed, and fails where nothing is" {
	command -v git >/dev/null || skip 'no git'
	export MAKEFLAGS='' GIT_CEILING_DIRECTORIES=$PWD LC_ALL=C
	(cd "$SOURCE" && cp --parents Makefile .ci/lint.mk tests/bench/rules.mk "$OLDPWD")
	run -2 --separate-stderr make -s dist BUILD=out
	[[ $stderr == *'not a git repository'* ]]
	git init -q .
	git add Makefile
	git -c user.name=x -c user.email=x@example.org commit -q -m x
	echo '# not committed' >>Makefile
	make -s dist BUILD=out VERSION=7
	tar -xzf out/inc-7.tar.gz
	diff -r <(git show HEAD:Makefile) inc-7/Makefile
	[ "$(ls inc-7)" = Makefile ]
}

@test "deps installs nothing where all is there" {
	run -0 "$SOURCE/.ci/deps" coreutils
	[ "$output" = 'deps: all packages are installed' ]
}

@test "deps says what to run where it may not install" {
	mkdir bin
	printf '#!/bin/sh\necho 1000\n' >bin/id
	printf '#!/bin/sh\nexit 1\n' >bin/sudo
	chmod +x bin/*
	PATH=$PWD/bin:$PATH run -1 --separate-stderr "$SOURCE/.ci/deps" \
		coreutils no-such-package
	want ''
	want_error 'deps: this needs root, please run:
  sudo apt-get install --no-install-recommends no-such-package'
}

@test "no package in the list of deps is a mail server" {
	run -0 make -s -C "$SOURCE" -pn help
	printf '%s\n' "$output" | grep '^DEPS_' >lists
	run ! grep -E 'postfix|exim|opensmtpd|sendmail|msmtp-mta' lists
}
