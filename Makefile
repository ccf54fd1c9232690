# inc: GNU make, out of tree in $(BUILD).  'make help' lists the targets.

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
SHAREDIR = $(PREFIX)/share/inc
MANDIR = $(PREFIX)/share/man
DOCDIR = $(PREFIX)/share/doc/inc
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR = $(PREFIX)/share/zsh/site-functions
DESTDIR =
BUILD = build
CC = gcc
FUZZ_SECONDS ?= 60
JOBS = $(shell nproc)

# Debian packages: to build and run, to test, and for lint, asan, fuzz and
# bench-regress.
DEPS_BUILD = gcc libc6-dev make libcsv-dev libpcre2-dev libyajl-dev nettle-dev tzdata \
	util-linux
DEPS_CHECK = bats curl diffutils espeak-ng libgammu8 libgsmsd8 locales mandoc \
	python3 python3-aiosmtpd strace zsh
DEPS_UNPACKED = gammu-smsd
DEPS_CI = clang clang-format clang-tidy cppcheck libclang-rt-dev shellcheck valgrind

VERSION = 0.1
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wvla
HARDEN = -fstack-protector-strong -fPIE
OPT = -O2 -D_FORTIFY_SOURCE=2
# The user's CPPFLAGS, CFLAGS and LDFLAGS are added to these, not instead.
INC_CPPFLAGS = -D_XOPEN_SOURCE=700 -DINC_VERSION='"$(VERSION)"' \
	-Ilib -Icmd -include lib/banned.h $(CPPFLAGS)
INC_CFLAGS = -std=c11 -pthread -g $(OPT) $(WARN) $(HARDEN) $(EXTRA) $(CFLAGS)
INC_LDFLAGS = -pie -Wl,-z,relro,-z,now,--as-needed $(LDFLAGS)
LDLIBS = -lcsv -lpcre2-8 -lnettle -lyajl -lm
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all

MAINS = cmd/inc.c $(wildcard cmd/inc-*.c)
SHELL_MAINS = $(wildcard cmd/inc-*.sh)
PROGRAMS = $(MAINS:cmd/%.c=$(BUILD)/%) $(SHELL_MAINS:cmd/%.sh=$(BUILD)/%)
COMPLETIONS = $(foreach p,$(notdir $(PROGRAMS)),\
	$(BUILD)/completions/$p.bash $(BUILD)/completions/$p.zsh)
LIB = $(BUILD)/libinc.a
SHIM = $(BUILD)/shim.so
LIBOBJS = $(patsubst lib/%.c,$(BUILD)/lib/%.o,$(wildcard lib/*.c))
CMDOBJS = $(patsubst cmd/%.c,$(BUILD)/cmd/%.o,\
	$(filter-out $(MAINS),$(wildcard cmd/*.c)))
UNITS = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))
HARNESSES = $(patsubst tests/fuzz/%.c,%,\
	$(filter-out %/replay.c,$(wildcard tests/fuzz/*.c)))
REPLAYS = $(HARNESSES:%=$(BUILD)/replay/%)
FUZZERS = $(HARNESSES:%=$(BUILD)/fuzz/%)
COMPILE = @echo '  CC $@' && $(CC) $(INC_CPPFLAGS) $(INC_CFLAGS) -MMD -MP -c -o $@ $<
LINK = @echo '  LD $@' && $(CC) $(INC_CFLAGS) $(INC_LDFLAGS) -o $@ $^ $(LDLIBS)

all: $(PROGRAMS) $(COMPLETIONS) ## build the programs in build/
tests: $(PROGRAMS) $(COMPLETIONS) $(UNITS) $(REPLAYS) $(SHIM)
units: $(UNITS)

$(BUILD)/%: $(BUILD)/cmd/%.o $(CMDOBJS) $(LIB)
	$(LINK)
$(BUILD)/%: cmd/%.sh Makefile
	@mkdir -p $(@D)
	@echo '  SH $@' && sed 's/@VERSION@/$(VERSION)/' $< >$@ && chmod +x $@
$(BUILD)/unit/%: $(BUILD)/unit/%.o $(LIB)
	$(LINK)
$(BUILD)/replay/%: $(BUILD)/fuzz/%.o $(BUILD)/fuzz/replay.o $(LIB)
	@mkdir -p $(@D)
	$(LINK)
$(BUILD)/fuzz/%: $(BUILD)/fuzz/%.o $(LIB)
	$(LINK) -fsanitize=fuzzer
# Not sanitized itself: it stands between a program and the system.
$(SHIM): tests/shim.c $(BUILD)/lib/flags
	@echo '  LD $@' && $(CC) $(INC_CPPFLAGS) $(filter-out \
		$(HARDEN) -fsanitize% -fno-sanitize%,$(INC_CFLAGS)) \
		-fPIC -shared -o $@ $<

$(LIB): $(LIBOBJS)
	@echo '  AR $@' && rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/lib/%.o: lib/%.c $(BUILD)/lib/flags
	$(COMPILE)
$(BUILD)/cmd/%.o: cmd/%.c $(BUILD)/cmd/flags
	$(COMPILE)
$(BUILD)/unit/%.o: tests/unit/%.c $(BUILD)/unit/flags
	$(COMPILE) -Itests/unit
$(BUILD)/fuzz/%.o: tests/fuzz/%.c $(BUILD)/fuzz/flags
	$(COMPILE)

# Made of what each program says of itself with --help.
$(BUILD)/completions/%.bash: $(BUILD)/% .ci/completion $(PROGRAMS)
	@mkdir -p $(@D) && .ci/completion bash $< >$@
$(BUILD)/completions/%.zsh: $(BUILD)/% .ci/completion $(PROGRAMS)
	@mkdir -p $(@D) && .ci/completion zsh $< >$@

# Where the programs look for what is shipped, last of all.
$(BUILD)/cmd/site.o: private INC_CPPFLAGS += -DINC_SHAREDIR='"$(SHAREDIR)"'
$(BUILD)/cmd/site.o: $(BUILD)/sharedir

# Files that change when the flags do, so that objects are never mixed.
%/flags: always
	@mkdir -p $(@D)
	@echo '$(CC) $(INC_CPPFLAGS) $(INC_CFLAGS)' | cmp -s - $@ || \
		echo '$(CC) $(INC_CPPFLAGS) $(INC_CFLAGS)' >$@
$(BUILD)/sharedir: always
	@mkdir -p $(@D)
	@echo '$(SHAREDIR)' | cmp -s - $@ || echo '$(SHAREDIR)' >$@

deps: ## install the Debian packages that building and testing need
	@.ci/deps $(DEPS_BUILD) $(DEPS_CHECK)
	@.ci/unpack build/unpacked $(DEPS_UNPACKED)
deps-ci: ## the same, and those for lint, asan, fuzz and bench-regress
	@.ci/deps $(DEPS_BUILD) $(DEPS_CHECK) $(DEPS_CI)
	@.ci/unpack build/unpacked $(DEPS_UNPACKED)

demo: all ## decide on a shipped export and show the messages
	@PATH="$(abspath $(BUILD)):$$PATH" sh share/examples/demo.sh

check: tests ## run all tests
	@INC_BUILD='$(abspath $(BUILD))' tests/run -j $(JOBS) \
		$(sort $(wildcard tests/*.bats)) $(UNITS) $(REPLAYS)

asan: ## run all tests under the address and undefined behaviour sanitizers
	@INC_SANITIZED=1 ASAN_OPTIONS=abort_on_error=0:detect_leaks=1 \
		UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) check \
		BUILD=$(BUILD)/asan OPT='-O1 -fno-omit-frame-pointer' \
		EXTRA='$(SANITIZE)'

tsan: ## run the tests of threads under the thread sanitizer
	@$(MAKE) tests-threads BUILD=$(BUILD)/tsan OPT=-O1 EXTRA=-fsanitize=thread
tests-threads: $(PROGRAMS) $(BUILD)/unit/crew $(BUILD)/unit/links
	@INC_SANITIZED=1 INC_BUILD='$(abspath $(BUILD))' \
		TSAN_OPTIONS=halt_on_error=1:exitcode=66 \
		tests/run -j $(JOBS) tests/crew.bats $(BUILD)/unit/crew $(BUILD)/unit/links

fuzz: ## feed every parser with random input, FUZZ_SECONDS each
	@$(MAKE) fuzzers BUILD=$(BUILD)/libfuzzer CC=clang OPT=-O1 \
		EXTRA='$(SANITIZE) -fsanitize=fuzzer-no-link'
	@.ci/fuzz -j $(JOBS) -t $(FUZZ_SECONDS) \
		$(HARNESSES:%=$(BUILD)/libfuzzer/fuzz/%)
fuzzers: $(FUZZERS)

# What is installed: mode, source, target.
INSTALLED = $(foreach p,$(PROGRAMS),'755 $p $(BINDIR)/$(notdir $p)') \
	$(foreach m,$(wildcard man/*.[157]),'644 $m \
	$(MANDIR)/man$(patsubst .%,%,$(suffix $m))/$(notdir $m)') \
	$(foreach f,$(shell find share -type f ! -name '.*' ! -perm -100),'644 $f \
	$(SHAREDIR)/$(f:share/%=%)') \
	$(foreach f,$(shell find share -type f -perm -100),'755 $f \
	$(SHAREDIR)/$(f:share/%=%)') \
	$(foreach p,$(notdir $(PROGRAMS)),'644 $(BUILD)/completions/$p.bash \
	$(BASHDIR)/$p' '644 $(BUILD)/completions/$p.zsh $(ZSHDIR)/_$p') \
	$(foreach f,LICENSE README.md,'644 $f $(DOCDIR)/$f')
install: all ## install under DESTDIR and PREFIX
	@printf '%s\n' $(INSTALLED) | \
		.ci/install '$(DESTDIR)' '$(SHAREDIR)/manifest'
uninstall: ## take away what install put there
	@.ci/uninstall '$(DESTDIR)' '$(SHAREDIR)/manifest'

dist: ## pack the committed source as inc-VERSION.tar.gz
	@mkdir -p $(BUILD)
	git archive -9 --prefix=inc-$(VERSION)/ -o $(BUILD)/inc-$(VERSION).tar.gz HEAD
clean: ## remove build/
	rm -rf $(BUILD)
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' \
		Makefile $(PARTS)

.PHONY: all tests tests-threads units deps deps-ci demo check asan tsan \
	fuzz fuzzers install uninstall dist clean help always
.PRECIOUS: $(BUILD)/cmd/%.o $(BUILD)/unit/%.o $(BUILD)/fuzz/%.o %/flags
PARTS = .ci/lint.mk tests/bench/rules.mk
include $(PARTS)
-include $(wildcard $(BUILD)/*/*.d)
