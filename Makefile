# taskmgr: one Makefile, no recursion.  "make help" lists what it does.

VERSION = $(shell sed -n 's/.*VERSION "\(.*\)"/\1/p' src/util/version.h)
PREFIX = /usr/local
DESTDIR =
CC = gcc
PYTHON = /usr/bin/python3
# The path of text-unidecode's table (Debian: python3-text-unidecode).
UNIDECODE = /usr/lib/python3/dist-packages/text_unidecode/data.bin
# The schema and revisions that are built into the program.
MIGRATIONS = migrations

# MODE: release (default), asan (AddressSanitizer and UBSan), tsan
# (ThreadSanitizer), fuzz (asan with libFuzzer, by clang).
MODE = release
# SQLITE=DIR builds DIR/sqlite3.c into the program instead of linking the
# distribution's library.
SQLITE =
# The newest one, which make check-sqlite installs.
NEWEST = build/sqlite/node_modules/better-sqlite3/deps/sqlite3
B = build/$(MODE)$(if $(SQLITE),-sqlite)

WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wpointer-arith -Wwrite-strings -Wvla -Wundef \
	-Wformat=2 -Wcast-qual -Wimplicit-fallthrough
ifeq ($(DEV),1)
WARN += -Werror
endif
CFLAGS = -O2 -g
release_CFLAGS = -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE \
	-ffunction-sections -fdata-sections
release_LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack,--gc-sections,-O1
asan_CFLAGS = -O1 -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
tsan_CFLAGS = -O1 -fsanitize=thread -fno-omit-frame-pointer
tsan_LDFLAGS = -fsanitize=thread
asan_LDFLAGS = -fsanitize=address,undefined
# NULL + 0 is no fault: C2y defines it.
fuzz_CFLAGS = $(asan_CFLAGS) -fsanitize=fuzzer-no-link \
	-fno-sanitize=pointer-overflow
fuzz_LDFLAGS = -fsanitize=fuzzer,address,undefined
CPPFLAGS = -D_GNU_SOURCE -Isrc -I$B/gen $(if $(SQLITE),-isystem $(SQLITE))
COMPILE = $(CC) -std=gnu11 $(CPPFLAGS) $(WARN) $(CFLAGS) $($(MODE)_CFLAGS) \
	-MMD -MP
# The features of Debian's library that a schema can use, without those that
# this program does not need; SECURE_DELETE is on as in Debian.
SQLITE_OPTIONS = -DSQLITE_THREADSAFE=2 -DSQLITE_DEFAULT_MEMSTATUS=0 \
	-DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_LOAD_EXTENSION \
	-DSQLITE_USE_ALLOCA -DSQLITE_SECURE_DELETE -DSQLITE_USE_URI \
	-DSQLITE_SOUNDEX -DSQLITE_MAX_VARIABLE_NUMBER=250000 \
	-DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB \
	-DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_FTS3_PARENTHESIS \
	-DSQLITE_ENABLE_FTS3_TOKENIZER -DSQLITE_ENABLE_FTS4 \
	-DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE \
	-DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_PREUPDATE_HOOK \
	-DSQLITE_ENABLE_SESSION -DSQLITE_ENABLE_STMTVTAB \
	-DSQLITE_ENABLE_UPDATE_DELETE_LIMIT -DSQLITE_LIKE_DOESNT_MATCH_BLOBS \
	-DSQLITE_MAX_DEFAULT_PAGE_SIZE=32768
# Each shared library slows down every start; those that few commands use are
# linked statically.  SHARED=1 links all of them shared.  Each symbol is searched
# in their order: few are in libm.
SQLITE_LIB = $(if $(SQLITE),,-lsqlite3) -lc -lm
ifeq ($(SHARED),1)
LIBS = $(SQLITE_LIB) -lreadline -ljansson -lcsv -lz
else
LIBS = $(SQLITE_LIB) -Wl,-Bstatic -lreadline -ltinfo -ljansson -lcsv -lz -Wl,-Bdynamic
endif
LINK = $(CC) $(CFLAGS) $($(MODE)_CFLAGS) $($(MODE)_LDFLAGS)

SOURCES = $(sort $(wildcard src/*/*.c src/*/*/*.c))
OBJECTS = $(SOURCES:src/%.c=$B/%.o) $B/builtin.o $B/docs.o \
	$(if $(SQLITE),$B/sqlite3.o)
UNITS = $(patsubst tests/unit/%.c,$B/unit/%,$(sort $(wildcard tests/unit/*.c)))
TABLES = $B/gen/slug_table.h $B/gen/width_table.h $B/gen/fold_table.h
PACKAGES = gcc make pkg-config libsqlite3-dev libreadline-dev libjansson-dev \
	libcsv-dev zlib1g-dev python3 python3-text-unidecode npm
TEST_PACKAGES = $(PACKAGES) libcmocka-dev sqlite3 jq curl tmux clang \
	clang-tidy clang-format cppcheck shellcheck mandoc python3-sqlalchemy \
	alembic zsh fish python3-hypothesis python3-jsonschema
BENCH_PACKAGES = wrk sqlite3 python3-fastapi python3-slugify uvicorn \
	python3-uvloop python3-httptools

# make V=1 shows whole commands.
ifneq ($(V),1)
Q = @printf '  %-5s %s\n' "$(1)" "$@" &&
endif

.DELETE_ON_ERROR:
.SUFFIXES:

all: build/taskmgr	## build the program: build/taskmgr

build/taskmgr: $B/taskmgr FORCE
	@ln -sf $(notdir $B)/taskmgr $@

$B/taskmgr: $B/main.o $(OBJECTS)
	$(call Q,LINK) $(LINK) -o $@ $^ $(LIBS)

$B/%.o: src/%.c | $(TABLES)
	@mkdir -p $(@D)
	$(call Q,CC) $(COMPILE) -c -o $@ $<

# Its warnings are SQLite's.  npm's files all have the same old date.
$B/sqlite3.o: $(SQLITE)/sqlite3.c $B/sqlite3.from
	$(call Q,CC) $(CC) $(CFLAGS) $($(MODE)_CFLAGS) -w $(SQLITE_OPTIONS) -c -o $@ $<

$B/sqlite3.from: FORCE
	@mkdir -p $(@D)
	@echo '$(abspath $(SQLITE))' | cmp -s - $@ || echo '$(abspath $(SQLITE))' >$@

$B/gen/slug_table.h: src/resource/text/slug_table.py $(UNIDECODE)
	@mkdir -p $(@D)
	$(call Q,GEN) $(PYTHON) $< $(UNIDECODE) >$@

$B/gen/width_table.h $B/gen/fold_table.h: $B/gen/%.h: src/util/%.py
	@mkdir -p $(@D)
	$(call Q,GEN) $(PYTHON) $< >$@

$B/builtin.S: src/util/embed.sh $(MIGRATIONS) $(wildcard $(MIGRATIONS)/*.* \
		$(MIGRATIONS)/versions $(MIGRATIONS)/versions/*)
	@mkdir -p $(@D)
	$(call Q,GEN) sh $< "$(abspath $(MIGRATIONS))" builtin '*.sql' '*.sql.in' >$@

$B/docs.S: src/util/embed.sh build/docs/stamp
	@mkdir -p $(@D)
	$(call Q,GEN) sh $< "$(abspath build/docs/files)" docs '*.html' '*.js' '*.png' \
	 '*.gz' >$@

build/docs/stamp: src/http/docs/collect.sh $(wildcard src/http/docs/*)
	$(call Q,NPM) sh $< "$(abspath src/http/docs)" build/docs

$B/%.o: $B/%.S
	$(call Q,AS) $(CC) -c -o $@ $<

$B/unit/%: tests/unit/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(call Q,CC) $(COMPILE) -o $@ $< $(OBJECTS) $($(MODE)_LDFLAGS) $(LIBS) -lcmocka

units: $(UNITS)

# One for each tests/fuzz/NAME.c; tests/fuzz/NAME.dict has words to begin with.
FUZZERS = $(patsubst tests/fuzz/%.c,$B/fuzz/%,$(sort $(wildcard tests/fuzz/*.c)))

$B/fuzz/%: tests/fuzz/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(call Q,CC) $(COMPILE) -o $@ $< $(OBJECTS) $($(MODE)_LDFLAGS) $(LIBS)

fuzzers: $(FUZZERS)

deps:			## install what the build and the demo need (apt)
	@sh tests/deps.sh $(PACKAGES) jq

deps-check:		## install what the tests need as well
	@sh tests/deps.sh $(TEST_PACKAGES)

demo: deps		## play the tour in a scratch folder
	@$(MAKE) --no-print-directory -j2 all
	@sh tests/demo.sh build/taskmgr

picture: all		## draw the README's picture of a session
	@$(PYTHON) tests/picture.py build/taskmgr >build/picture.svg
	@mv build/picture.svg tests/picture.svg

check: deps-check	## run all the tests
	@$(MAKE) --no-print-directory -j2 all units
	@MODE=$(MODE) sh tests/run.sh

check-asan: deps-check	## the tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory -j2 MODE=asan build/asan/taskmgr units
	@MODE=asan sh tests/run.sh

check-slow: deps-check	## slow proofs: random walks, kills
	@$(MAKE) --no-print-directory -j2 all units
	@MODE=$(MODE) LIMIT=3000 sh tests/run.sh tests/slow/*.sh

check-web: deps-check	## the listener's page and document, with a browser
	@sh tests/deps.sh chromium npm
	@$(MAKE) --no-print-directory -j2 all build/web/stamp
	@MODE=$(MODE) sh tests/run.sh tests/web/lesson.sh tests/web/contract.sh

check-sqlite: deps-check	## the tests with the newest SQLite built in
	@command -v npm >/dev/null || { echo "SKIPPED: the newest SQLite is from" \
	 "npm, which is not here"; exit 0; }; \
	$(MAKE) --no-print-directory build/sqlite/stamp && \
	$(MAKE) --no-print-directory -j2 SQLITE=$(NEWEST) \
	 build/$(MODE)-sqlite/taskmgr units && \
	MODE=$(MODE)-sqlite sh tests/run.sh

# The npm packages of tests/web and tests/sqlite, from their lock files.
build/%/stamp: tests/%/package.json tests/%/package-lock.json
	@mkdir -p $(@D) && cp $^ $(@D)
	$(call Q,NPM) (cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund \
	 >npm.log 2>&1) || { cat $(@D)/npm.log; exit 1; }
	@touch $@

check-mutants: deps-check	## plant bugs; the tests must notice each
	@sh tests/mutants.sh

fuzz: deps-check	## fuzz what reads input, SECONDS_EACH (60) for each target
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang fuzzers
	@sh tests/fuzz.sh build/fuzz/fuzz

lint: deps-check	## clang-tidy, cppcheck, shellcheck, both compilers
	@sh tests/lint.sh "$(CPPFLAGS) $(WARN)"

$B/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(call Q,CC) $(COMPILE) -o $@ $< -lcsv -lsqlite3

# With all libraries shared.
$B/bench/nothing: tests/bench/nothing.c
	@mkdir -p $(@D)
	$(call Q,CC) $(COMPILE) -o $@ -Wl,--no-as-needed \
	 $< -lsqlite3 -lreadline -ljansson -lcsv -lz

bench: bench-http $B/bench/bare $B/bench/nothing	## against the sqlite3 shell, alembic, dbmate
	@sh tests/bench.sh build/taskmgr build/release-sqlite/taskmgr $B/bench/nothing
	@sh tests/bench_import.sh build/taskmgr $B/bench/bare
	@sh tests/bench_migrate.sh build/taskmgr

$B/bench/%.so: tests/bench/%.c
	@mkdir -p $(@D)
	$(call Q,CC) $(CC) -D_GNU_SOURCE $(WARN) -O2 -shared -fPIC -o $@ $<

bench-http: all $B/bench/bare_http $B/bench/slow_sync.so	## the listener against FastAPI, a bare loop
	-@sh tests/deps.sh $(BENCH_PACKAGES)
	@$(PYTHON) tests/bench_http.py build/taskmgr $B/bench/bare_http \
	 $B/bench/slow_sync.so

format:			## clang-format the sources
	clang-format -i src/*.c src/*/*.[ch] src/*/*/*.[ch] tests/unit/*.c tests/bench/*.c \
	 tests/fuzz/*.[ch]

INTO = "$(DESTDIR)$(PREFIX)"

install: all		## install under PREFIX (and DESTDIR)
	install -D -m 755 $B/taskmgr $(INTO)/bin/taskmgr
	install -D -m 644 completions/taskmgr.bash \
	 $(INTO)/share/bash-completion/completions/taskmgr
	install -D -m 644 completions/_taskmgr \
	 $(INTO)/share/zsh/site-functions/_taskmgr
	install -D -m 644 completions/taskmgr.fish \
	 $(INTO)/share/fish/vendor_completions.d/taskmgr.fish
	for page in man/*.[1-8]; do install -D -m 644 "$$page" \
	 $(INTO)/share/man/man$${page##*.}/"$${page##*/}" || exit; done

uninstall:		## remove what install put there
	rm -f $(INTO)/bin/taskmgr
	rm -f $(INTO)/share/bash-completion/completions/taskmgr
	rm -f $(INTO)/share/zsh/site-functions/_taskmgr
	rm -f $(INTO)/share/fish/vendor_completions.d/taskmgr.fish
	for page in man/*.[1-8]; do \
	 rm -f $(INTO)/share/man/man$${page##*.}/"$${page##*/}"; done

dist:			## a tarball of the committed tree
	@mkdir -p build
	git archive --prefix=taskmgr-$(VERSION)/ -o build/taskmgr-$(VERSION).tar.gz HEAD

clean:			## remove build/
	rm -rf build

help:			## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1	\2/p' Makefile | expand -t 16

FORCE:

.PHONY: FORCE all units deps deps-check demo picture check check-asan check-slow \
	check-mutants check-sqlite check-web fuzz fuzzers lint bench bench-http format \
	install uninstall dist clean help

-include $(OBJECTS:.o=.d) $B/main.d $(UNITS:=.d)
