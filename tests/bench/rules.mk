# What measures and what tries hard: part of the Makefile.

# Debian's, but for an npm from elsewhere, which conflicts with Debian's.
DEPS_BENCH = curl gawk libtext-csv-xs-perl mawk miller msmtp openssl perl python3 \
	python3-aiosmtpd ripgrep time util-linux $(if $(shell command -v npm),,nodejs npm)

$(BUILD)/syncs $(BUILD)/spawns: $(BUILD)/%: tests/bench/%.c
	@echo '  LD $@' && $(CC) $(INC_CPPFLAGS) $(INC_CFLAGS) $(INC_LDFLAGS) -o $@ $<

torture: all $(SHIM) ## kill writers of a log, and senders, at random moments
	@INC_BUILD='$(abspath $(BUILD))' tests/torture/run $(TORTURE)
bench: all $(BUILD)/syncs $(BUILD)/spawns ## measure inc beside what else would do the work
	@INC_BUILD='$(abspath $(BUILD))' DIR='$(abspath $(BUILD))/bench' \
		tests/bench/measure $(BENCH)
bench-regress: all ## compare the instructions for a row with the baseline
	@$(REGRESS)
bench-baseline: all ## write a new baseline
	@$(REGRESS) --write
REGRESS = INC_BUILD='$(abspath $(BUILD))' DIR='$(abspath $(BUILD))/regress' \
	CC='$(CC)' tests/bench/regress
bench-deps: ## install what bench compares inc to
	@.ci/deps $(DEPS_BENCH)
	npm install --silent --prefix $(BUILD)/bench @duckdb/node-api

.PHONY: torture bench bench-regress bench-baseline bench-deps
