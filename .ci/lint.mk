# What keeps the source in style: part of the Makefile.

SOURCES = $(wildcard lib/*.c cmd/*.c tests/*.c tests/*/*.c)
SCRIPTS = $(filter-out %.mk,$(wildcard .ci/*)) tests/run $(wildcard tests/*.bash) \
	$(SHELL_MAINS) $(wildcard share/examples/*.sh share/media/*)

LINTS = lint-gcc lint-clang lint-format lint-tidy lint-cppcheck lint-shell lint-man
lint: $(LINTS) ## compile without warnings; check style, scripts and pages
lint-gcc lint-clang:
	$(MAKE) tests BUILD=$(BUILD)/$(@:lint-%=%) CC=$(@:lint-%=%) EXTRA=-Werror
lint-format:
	clang-format --dry-run -Werror $(SOURCES) $(wildcard */*.h */*/*.h)
lint-tidy: $(SOURCES:%=$(BUILD)/tidy/%)
$(BUILD)/tidy/%: % $(wildcard */*.h */*/*.h) .clang-tidy
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- $(INC_CPPFLAGS) -std=c11 -Itests/unit \
		-DINC_SHAREDIR='""' 2>$@.log || { cat $@.log; exit 1; }
	@touch $@
lint-cppcheck:
	cppcheck -q -j $(JOBS) --std=c11 --error-exitcode=1 --inline-suppr \
		--enable=warning,performance,portability \
		--suppressions-list=.cppcheck -Ilib -Icmd lib cmd
lint-shell:
	shellcheck -x -P SCRIPTDIR $(SCRIPTS)
	shellcheck -x --shell=bats $(wildcard tests/*.bats)
lint-man:
	mandoc -Tlint -W warning $(wildcard man/*.[157])

.PHONY: lint $(LINTS)
