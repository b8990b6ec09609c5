# Canvass: builds the stage programs, runs a study through them, and tests both. `make help` lists what to ask for.
# Nothing here asks for a library at parse time, so help, deps and clean work on a machine that has none.

STUDY = demo
export STUDY EXPORTS BY WHY

VARIANT = dev
DATA =
ROWS = 100000
STUDIES = 4000
VERSION = 0.1.0

prefix = /usr/local
libexecdir = $(prefix)/libexec
datadir = $(prefix)/share
docdir = $(datadir)/doc/canvass

CC = gcc
CFLAGS = -O2 -g
LDFLAGS =

PACKAGES = sqlite3 gcc libc6-dev make libcsv-dev zlib1g-dev libsqlite3-dev libgsl-dev r-mathlib libcyaml-dev libyaml-dev libreadstat-dev \
	libglpk-dev libsodium-dev uthash-dev libcmocka-dev
PACKAGES_DEV = faketime coinor-cbc r-base-core r-cran-survey r-cran-data.table r-cran-epitools r-cran-metafor chromium texlive-latex-base texlive-latex-recommended poppler-utils valgrind \
	openjdk-17-jre-headless $$(command -v npm >/dev/null || echo nodejs npm)

# Each library, as a header that it brings and the package that brings the header.
LIBRARIES = csv.h:libcsv-dev zlib.h:zlib1g-dev sqlite3.h:libsqlite3-dev gsl/gsl_cdf.h:libgsl-dev Rmath.h:r-mathlib \
	cyaml/cyaml.h:libcyaml-dev yaml.h:libyaml-dev readstat.h:libreadstat-dev glpk.h:libglpk-dev sodium.h:libsodium-dev uthash.h:uthash-dev
LIBS = -lcsv -lz -lsqlite3 -lgsl -lgslcblas -lRmath -lcyaml -lyaml -lreadstat -lglpk -lsodium -lm

ifeq ($(filter dev san,$(VARIANT)),)
$(error VARIANT is dev or san)
endif
out := build/$(VARIANT)
bin := $(out)/bin

# -iquote, so that "csv.h" is ours and <csv.h> is the library's.
warnings := -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 \
	-Wundef -Werror
flags := -std=c17 -D_XOPEN_SOURCE=700 -DCANVASS_VERSION='"$(VERSION)"' -DMATHLIB_STANDALONE -iquote pipeline -iquote pipeline/statistics -iquote $(out)/embed \
	-ffp-contract=off '-ffile-prefix-map=$(CURDIR)=.' -fPIE $(warnings)
link := -pie -Wl,-z,relro,-z,now,--as-needed
ifeq ($(VARIANT),san)
flags += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
link += -fsanitize=address,undefined
else
flags += -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fcf-protection
endif

stages := $(patsubst stages/%/main.c,%,$(wildcard stages/*/main.c))
library := $(patsubst %.c,$(out)/%.o,$(wildcard pipeline/*.c pipeline/statistics/*.c))
rooms := $(patsubst %.c,$(out)/%.o,$(filter-out %/main.c,$(wildcard stages/*/*.c)))
embedded := $(shell find pipeline/sql pipeline/templates -type f | LC_ALL=C sort)
tests := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))

# With `make deps all`, nothing is compiled before deps has ended, at any -j.
first := $(filter deps deps-dev,$(MAKECMDGOALS))

chain = $(MAKE) --no-print-directory -f pipeline/chain.mk bin=$(bin)

# A study is a file in configs/, and its name one that make and a shell leave alone.
named = case "$$STUDY" in ''|*[!a-z0-9_-]*) false ;; *) [ -f "configs/$$STUDY.yaml" ] ;; esac || { \
	echo "error[no-input]: there is no study of that name" >&2; \
	echo "help: STUDY is one of:$$(for f in configs/*.yaml; do printf ' %s' "$$(basename "$$f" .yaml)"; done)" >&2; exit 66; }

all: build
	+@$(named) && $(chain) all

build: $(stages:%=$(bin)/%)

help:
	@cat docs/help.txt

deps: packages = $(PACKAGES)
deps-dev: packages = $(PACKAGES_DEV)
deps-dev: deps
deps deps-dev:
	@sh pipeline/deps.sh $(packages)

validate: build
	+@$(named) && $(chain) validate

seen: build
	+@$(named) && $(chain) seen

release: build
	@if [ -z "$$BY" ] || [ -z "$$WHY" ]; then \
		echo "error[usage]: a release is somebody's act" >&2; \
		echo "help: make release STUDY=$(STUDY) BY='A. Steward' WHY='report to the board'" >&2; exit 64; \
	fi
	+@$(named) && $(chain) release

# Where the policy of the study says `releases: yes`, the ledger is there before the first release.
ledger: build
	@if [ -z "$$BY" ] || [ -z "$$WHY" ]; then \
		echo "error[usage]: a ledger is begun by somebody" >&2; \
		echo "help: make ledger STUDY=$(STUDY) BY='A. Steward' WHY='no release so far'" >&2; exit 64; \
	fi
	@$(named) && $(bin)/release --begin --study "configs/$$STUDY.yaml" --ledger "steward/$$STUDY/ledger.sqlite" --by "$$BY" --why "$$WHY"

# Once, for a real study: the file that its config names in key_file.
key: build
	@$(named) && $(bin)/key --study "configs/$$STUDY.yaml"

# --- compiling ---

$(out)/libraries: | $(first)
	@mkdir -p $(@D)
	@for pair in $(LIBRARIES); do \
		echo "#include <$${pair%%:*}>" | $(CC) -DMATHLIB_STANDALONE -E -o /dev/null -xc - 2>/dev/null || missing="$$missing $${pair##*:}"; \
	done; \
	if [ -n "$$missing" ]; then \
		echo "error[no-input]: missing libraries:$$missing" >&2; \
		echo "help: run \`make deps\`, or install them yourself: apt-get install$$missing" >&2; exit 1; \
	fi
	@touch $@

$(out)/embed/embedded.h $(out)/embed/embedded.c &: $(embedded) pipeline/embed.sh | $(out)/libraries
	@mkdir -p $(@D)
	@sh pipeline/embed.sh $(out)/embed $(embedded)

$(out)/embed/embedded.o: $(out)/embed/embedded.c
	@$(CC) $(CFLAGS) $(flags) -c -o $@ $<

$(out)/%.o: %.c Makefile | $(out)/embed/embedded.h $(out)/libraries
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(flags) -MMD -MP -c -o $@ $<

$(out)/tests/unit/%.o: flags += -iquote stages -iquote tests/unit

$(out)/libcanvass.a: $(library) $(out)/embed/embedded.o
	@rm -f $@ && ar qcsD $@ $^

# The tests link the rooms of all stages: of two functions of one name they would take either.
$(out)/librooms.a: $(rooms) $(out)/libcanvass.a
	@twice=$$(nm $^ 2>/dev/null | awk '$$2 ~ /^[TDBR]$$/ { print $$3 }' | LC_ALL=C sort | uniq -d); \
	[ -z "$$twice" ] || { echo "error: rooms of two stages have the same name:" $$twice >&2; exit 1; }
	@rm -f $@ && ar qcsD $@ $(rooms)

.SECONDEXPANSION:
$(bin)/%: $$(addprefix $(out)/,$$(addsuffix .o,$$(basename $$(wildcard stages/$$*/*.c)))) $(out)/libcanvass.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) $(link) -o $@ $^ $(LIBS)

$(out)/test/%: $(out)/tests/unit/%.o $(out)/librooms.a $(out)/libcanvass.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) $(link) -o $@ $^ $(LIBS) -lcmocka

# --- testing ---

check: build $(tests:%=$(out)/test/%)
	@sh tests/run.sh $(out)

check-unit: $(tests:%=$(out)/test/%)
	@sh tests/run.sh $(out) unit

check-real: build
	@sh tests/studies/real.sh $(bin) '$(DATA)'

# What the study tests and the benchmark measure with, and write hostile files with: each a program of one file.
tools := $(out)/test/peak $(out)/test/tokenise $(out)/test/write_sav
bench: $(out)/test/microdata
check bench: $(tools)
$(out)/test/peak: tests/bench/peak.c
$(out)/test/tokenise: tests/bench/tokenise.c
$(out)/test/write_sav: tests/hostile/write_sav.c
$(tools): Makefile | $(out)/libraries
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(flags) $(LDFLAGS) $(link) -o $@ $(filter %.c,$^) $(LIBS)

bench: build
	@sh tests/bench/run.sh $(bin) '$(ROWS)'
	@sh tests/bench/disclosure.sh $(bin)
	@sh tests/bench/compare.sh $(bin) '$(ROWS)'
	@sh tests/bench/microdata.sh $(bin)

$(out)/test/microdata: $(out)/tests/bench/microdata.o $(out)/libcanvass.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) $(link) -o $@ $^ $(LIBS)

# The pages of STUDY, and others that PAGES names, in a browser: accessible, valid, without script or network.
check-browser: all
	@sh tests/browser/run.sh $(out) '$(STUDY)' $(PAGES)

# What attacks a release in the study tests: it knows no stage.
check check-real: $(out)/test/attack_release
$(out)/test/attack_release: $(out)/tests/studies/attack.o $(out)/libcanvass.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) $(link) -o $@ $^ $(LIBS)

# Made-up studies by the thousand, and every table that fits what is shown of the small ones.
made_up := $(patsubst %.c,$(out)/%.o,$(wildcard tests/disclosure/*.c))
$(made_up): flags += -iquote stages
$(out)/test/check_disclosure: $(made_up) $(out)/librooms.a $(out)/libcanvass.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) $(link) -o $@ $^ $(LIBS)

check: $(out)/test/check_disclosure
check-disclosure: $(out)/test/check_disclosure
	@$< --studies $(STUDIES)

# The tables of docs/findings.md, from that of pipeline/finding.c.
docs: $(out)/test/findings
	@$< page docs/findings.md >$(out)/findings.md && { cmp -s $(out)/findings.md docs/findings.md || cp $(out)/findings.md docs/findings.md; }

check: $(out)/test/findings
$(out)/test/findings: $(out)/tests/findings/page.o $(out)/libcanvass.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) $(link) -o $@ $^ $(LIBS)

# --- installing ---

install: build
	install -d '$(DESTDIR)$(libexecdir)/canvass' '$(DESTDIR)$(datadir)/canvass/instruments' '$(DESTDIR)$(datadir)/canvass/platforms' '$(DESTDIR)$(docdir)'
	install -m 755 $(stages:%=$(bin)/%) '$(DESTDIR)$(libexecdir)/canvass'
	install -m 644 pipeline/chain.mk data-dictionary/places.csv '$(DESTDIR)$(datadir)/canvass'
	install -m 644 data-dictionary/instruments/*.yaml '$(DESTDIR)$(datadir)/canvass/instruments'
	install -m 644 data-dictionary/platforms/*.yaml '$(DESTDIR)$(datadir)/canvass/platforms'
	install -m 644 README.md LICENSE CITATION.cff docs/*.md '$(DESTDIR)$(docdir)'

uninstall:
	rm -rf '$(DESTDIR)$(libexecdir)/canvass' '$(DESTDIR)$(datadir)/canvass' '$(DESTDIR)$(docdir)'

clean:
	rm -rf build out

distclean: clean

-include $(shell [ ! -d $(out) ] || find $(out) -name '*.d')

.PHONY: all build docs help deps deps-dev validate seen release ledger key check check-unit check-real check-browser check-disclosure bench install uninstall clean distclean
.DELETE_ON_ERROR:

# Named here, no object is an intermediate file: those are deleted, and one that is lacking is not missed, as where a
# source was moved and kept its old date.
objects: $(library) $(rooms) $(patsubst %.c,$(out)/%.o,$(wildcard stages/*/main.c tests/unit/test_*.c)) $(out)/tests/studies/attack.o \
	$(out)/tests/findings/page.o $(out)/tests/bench/microdata.o $(made_up)
.PHONY: objects
