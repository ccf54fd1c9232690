# inc: GNU make, out of tree in $(BUILD).  'make help' lists the targets.

PREFIX = /usr/local
SHAREDIR = $(PREFIX)/share/inc
MANDIR = $(PREFIX)/share/man
BUILD = build
CC = gcc

VERSION = 0.1
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wvla
HARDEN = -fstack-protector-strong -fPIE
OPT = -O2 -D_FORTIFY_SOURCE=2
CPPFLAGS = -D_POSIX_C_SOURCE=200809L -DINC_VERSION='"$(VERSION)"' \
	-DINC_SHAREDIR='"$(SHAREDIR)"' -Ilib -Icmd -include lib/banned.h
CFLAGS = -std=c11 -g $(OPT) $(WARN) $(HARDEN) $(EXTRA)
LDFLAGS = -pie -Wl,-z,relro,-z,now,--as-needed
LDLIBS = -lcsv -lpcre2-8 -lnettle

PROGRAMS = $(patsubst cmd/%.c,$(BUILD)/%,$(wildcard cmd/inc-*.c))
LIB = $(BUILD)/libinc.a
LIBOBJS = $(patsubst lib/%.c,$(BUILD)/lib/%.o,$(wildcard lib/*.c))
CMDOBJS = $(patsubst cmd/%.c,$(BUILD)/cmd/%.o,\
	$(filter-out $(wildcard cmd/inc-*.c),$(wildcard cmd/*.c)))
UNITS = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))

all: $(PROGRAMS)

$(BUILD)/%: $(BUILD)/cmd/%.o $(CMDOBJS) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/unit/%: $(BUILD)/unit/%.o $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIB): $(LIBOBJS)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/lib/%.o: lib/%.c | $(BUILD)/lib
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/cmd/%.o: cmd/%.c | $(BUILD)/cmd
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/unit/%.o: tests/unit/%.c | $(BUILD)/unit
	$(CC) $(CPPFLAGS) $(CFLAGS) -Itests/unit -MMD -MP -c -o $@ $<

$(BUILD)/lib $(BUILD)/cmd $(BUILD)/unit:
	mkdir -p $@

units: $(UNITS)

.PHONY: all units
.PRECIOUS: $(BUILD)/cmd/%.o $(BUILD)/unit/%.o
-include $(wildcard $(BUILD)/*/*.d)
