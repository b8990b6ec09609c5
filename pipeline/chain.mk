# The chain: exports -> findings -> analysis table -> results -> release. Called by the Makefile, or by hand:
#   make -f pipeline/chain.mk STUDY=demo bin=build/dev/bin
# plan writes a slice for each step: the options and the SHA-256 of everything that the step reads from outside. A step
# depends on its slice and on the outputs of the steps before it, and on nothing else; so a touch rebuilds nothing, and a
# file restored with an old date is noticed. EXEC goes before every program, for a site that runs them elsewhere.

STUDY = demo
EXPORTS = exports/$(STUDY)
EXEC =
bin = build/dev/bin
shared = data-dictionary
BY =
WHY =

config := configs/$(STUDY).yaml
steward := steward/$(STUDY)
out := out/$(STUDY)
restricted := $(out)/restricted
release := $(out)/release
safeguarded := $(out)/safeguarded
plan := $(restricted)/plan

# A folder may be named with anything that a shell would read into: it reaches the recipes through the environment.
export EXPORTS := $(if $(EXPORTS),$(EXPORTS),exports/$(STUDY))
export BY WHY
export LC_ALL := C
export TZ := UTC
unexport SOURCE_DATE_EPOCH

all: codebooks texts $(restricted)/disclosure/index.html $(release)/manifest.json microdata $(restricted)/pages.txt

include $(plan)/plan.mk

validate: $(datasets:%=$(restricted)/%/report/index.html) | codebooks
	@printf 'the report, for the data steward: %s\n' $^

codebooks: $(datasets:%=$(restricted)/%/codebook/codebook.html)

# What was handed out under signature of a dataset whose records do not leave that way any more does not stay either.
outdated := $(filter-out $(microdata_safeguarded:%=$(safeguarded)/%),$(wildcard $(safeguarded)/*))
microdata: $(microdata_safeguarded:%=$(safeguarded)/%/manifest.json) $(microdata:%=$(restricted)/%/risk-after/index.html) $(if $(outdated),outdated)

outdated:
	@for d in $(outdated); do rm -rf "$$d"; echo "removed $$d: the config hands out no records of it under signature" >&2; done

texts: $(scanned:%=$(restricted)/%/text/index.html)

# What a person reads before a release, in that order. plan.mk is newer where the config names other datasets or files.
$(restricted)/pages.txt: $(plan)/plan.mk $(datasets:%=$(restricted)/%/report/index.html) $(scanned:%=$(restricted)/%/text/index.html) \
		$(microdata:%=$(restricted)/%/risk-after/index.html) $(microdata_safeguarded:%=$(safeguarded)/%/manifest.json) \
		$(restricted)/disclosure/index.html $(release)/manifest.json
	@umask 077 && { $(foreach d,$(datasets),echo '$(restricted)/$d/report/index.html: what was found in the answers'; \
		$(if $(filter $d,$(scanned)),echo '$(restricted)/$d/text/index.html: what tells in texts who somebody is';) \
		$(if $(filter $d,$(microdata)),echo '$(restricted)/$d/risk-after/index.html: who could be found in the file of records';) \
		$(if $(filter $d,$(microdata_safeguarded)),echo '$(safeguarded)/$d/index.html: the file as it is handed over';)) \
		echo '$(restricted)/disclosure/index.html: what the tables hide and why'; \
		echo '$(release)/index.html: what everybody gets'; } >$@.new && mv $@.new $@
	@echo 'to be read before a release, in this order:'; cat $@

$(plan)/plan.mk: FORCE
	@$(bin)/plan --study $(config) --exports "$$EXPORTS" --programs $(bin) --shared $(shared) --steward $(steward) --output $(plan)

$(plan)/%.yaml: ;

say = @printf '  %s\n'

# Where gate or audit says no, what was published from earlier inputs does not stay as if it were today's.
stop = { status=$$?; for d in $(release) $(outdated) $(if $*,$(safeguarded)/$*); do \
	[ ! -d "$$d" ] || { rm -rf "$$d"; echo "removed $$d: it was of an earlier run" >&2; }; done; exit $$status; }

# --- one chain for each dataset ---

$(synthetic:%=$(restricted)/%/exports): $(restricted)/%/exports: $(plan)/%/synthesise.yaml
	$(say) 'synthesise $*'
	@$(EXEC) $(bin)/synthesise --study $< --dataset $* --places $(shared)/places.csv --output $@

$(synthetic:%=$(restricted)/%/ingested.db): $(restricted)/%/ingested.db: $(restricted)/%/exports

$(restricted)/%/ingested.db: $(plan)/%/ingest.yaml
	$(say) 'ingest $*'
	@$(EXEC) $(bin)/ingest --study $< --dataset $* --places $(shared)/places.csv --platforms $(shared)/platforms \
		--exports $(if $(filter $*,$(synthetic)),$(restricted)/$*/exports,"$$EXPORTS") --output $@

$(restricted)/%/validated.db: $(plan)/%/validate.yaml $(restricted)/%/ingested.db
	$(say) 'validate $*'
	@$(EXEC) $(bin)/validate --study $< --dataset $* --places $(shared)/places.csv --instruments $(shared)/instruments --output $@ \
		$(restricted)/$*/ingested.db

$(restricted)/%/report/index.html: $(plan)/%/report.yaml $(restricted)/%/validated.db $(restricted)/%/ingested.db
	$(say) 'report $*'
	@$(EXEC) $(bin)/report --study $< --dataset $* --places $(shared)/places.csv --output $(@D) \
		$(if $(wildcard $(steward)/$*-seen.csv),--seen $(steward)/$*-seen.csv) \
		$(restricted)/$*/validated.db $(restricted)/$*/ingested.db

# Only of datasets with a text that is redacted. What is found holds nothing up but the release.
$(scanned:%=$(restricted)/%/scanned.db): $(restricted)/%/scanned.db: $(plan)/%/scan.yaml $(restricted)/%/validated.db $(restricted)/%/ingested.db
	$(say) 'scan $*'
	@$(EXEC) $(bin)/scan --study $< --dataset $* --places $(shared)/places.csv --output $@ \
		$(restricted)/$*/validated.db $(restricted)/$*/ingested.db

$(restricted)/%/text/index.html: $(plan)/%/text.yaml $(restricted)/%/scanned.db $(restricted)/%/validated.db $(restricted)/%/ingested.db
	$(say) 'text $*'
	@$(EXEC) $(bin)/text --study $< --dataset $* --places $(shared)/places.csv --output $(@D) \
		$(restricted)/$*/scanned.db $(restricted)/$*/validated.db $(restricted)/$*/ingested.db

$(restricted)/%/codebook/codebook.html: $(plan)/%/codebook.yaml
	$(say) 'codebook $*'
	@$(EXEC) $(bin)/codebook --study $< --dataset $* --places $(shared)/places.csv --output $(@D)

$(restricted)/%/gated.db: $(plan)/%/gate.yaml $(restricted)/%/validated.db | $(restricted)/%/report/index.html
	$(say) 'gate $*'
	@$(EXEC) $(bin)/gate --study $< --dataset $* --output $@ $(restricted)/$*/validated.db || $(stop)

$(restricted)/%/derived.db: $(plan)/%/derive.yaml $(restricted)/%/validated.db $(restricted)/%/ingested.db $(restricted)/%/gated.db
	$(say) 'derive $*'
	@$(EXEC) $(bin)/derive --study $< --dataset $* --places $(shared)/places.csv --instruments $(shared)/instruments --output $@ \
		$(restricted)/$*/validated.db $(restricted)/$*/ingested.db

$(restricted)/%/deidentified.db: $(plan)/%/deidentify.yaml $(restricted)/%/derived.db $(restricted)/%/validated.db $(restricted)/%/ingested.db
	$(say) 'deidentify $*'
	@$(EXEC) $(bin)/deidentify --study $< --dataset $* --places $(shared)/places.csv --output $@ \
		$(restricted)/$*/derived.db $(restricted)/$*/validated.db $(restricted)/$*/ingested.db

# Only of datasets whose records leave: the config has an entry in `microdata`. Who could be found is told before anonymise
# runs, so that a stop comes with its report, and again with what anonymise made.
risk = @$(EXEC) $(bin)/risk --study $(plan)/$*/risk.yaml --dataset $* --places $(shared)/places.csv --output $(@D) \
	$(restricted)/$*/deidentified.db

$(microdata:%=$(restricted)/%/risk/index.html): $(restricted)/%/risk/index.html: $(plan)/%/risk.yaml $(restricted)/%/deidentified.db
	$(say) 'risk $*'
	$(risk)

$(microdata:%=$(restricted)/%/risk-after/index.html): $(restricted)/%/risk-after/index.html: $(plan)/%/risk.yaml $(restricted)/%/deidentified.db \
		$(restricted)/%/anonymised.db
	$(say) 'risk after anonymise $*'
	$(risk) $(restricted)/$*/anonymised.db

$(microdata:%=$(restricted)/%/anonymised.db): $(restricted)/%/anonymised.db: $(plan)/%/anonymise.yaml $(restricted)/%/deidentified.db | $(restricted)/%/risk/index.html
	$(say) 'anonymise $*'
	@$(EXEC) $(bin)/anonymise --study $< --dataset $* --output $@ $(restricted)/$*/deidentified.db || $(stop)

# The file of records as those get it who may have it: apart from the release where they have to sign for it; else the
# release holds it, once the audit has passed the tables beside it.
deposit = @$(EXEC) $(bin)/deposit --study $< --dataset $* --output $(@D) $(restricted)/$*/anonymised.db

$(microdata_safeguarded:%=$(safeguarded)/%/manifest.json): $(safeguarded)/%/manifest.json: $(plan)/%/deposit.yaml $(restricted)/%/anonymised.db
	$(say) 'deposit $*'
	@mkdir -p -m 700 $(safeguarded)
	$(deposit)

$(microdata_public:%=$(restricted)/%/records/manifest.json): $(restricted)/%/records/manifest.json: $(plan)/%/deposit.yaml $(restricted)/%/anonymised.db
	$(say) 'deposit $*'
	$(deposit)

# --- where the datasets meet ---

$(restricted)/compared.db: $(plan)/compare.yaml $(datasets:%=$(restricted)/%/deidentified.db)
	$(say) compare
	@$(EXEC) $(bin)/compare --study $< --places $(shared)/places.csv --output $@ $(foreach d,$(datasets),$(d)=$(restricted)/$(d)/deidentified.db)

$(restricted)/protected.db: $(plan)/protect.yaml $(restricted)/compared.db
	$(say) protect
	@$(EXEC) $(bin)/protect --study $< --output $@ $(restricted)/compared.db

$(restricted)/withheld.db: $(plan)/withhold.yaml $(restricted)/compared.db $(restricted)/protected.db
	$(say) withhold
	@$(EXEC) $(bin)/withhold --study $< --output $@ $(restricted)/compared.db $(restricted)/protected.db

# What is hidden and why, for the steward: also where the audit says no, so that a stop comes with its report.
disclosure = $(EXEC) $(bin)/disclosure --study $(plan)/disclosure.yaml --ledger $(steward)/ledger.sqlite \
	--output $(restricted)/disclosure $(restricted)/compared.db $(restricted)/protected.db $(restricted)/withheld.db

# Whoever attacks the tables holds the public files of records; those for safeguarded access he does not.
records = $(foreach d,$(1),$(d)=$(restricted)/$(d)/anonymised.db)

$(restricted)/audited.db: $(plan)/audit.yaml $(restricted)/withheld.db $(restricted)/protected.db $(microdata_public:%=$(restricted)/%/anonymised.db)
	$(say) audit
	@rm -f $(restricted)/audit-failed.db
	@$(EXEC) $(bin)/audit --study $< --ledger $(steward)/ledger.sqlite --output $@ $(restricted)/withheld.db $(restricted)/protected.db \
		$(call records,$(microdata_public)) || { \
		status=$$?; [ ! -f $(restricted)/audit-failed.db ] || $(disclosure) $(restricted)/audit-failed.db; (exit $$status); } || $(stop)

$(restricted)/disclosure/index.html: $(plan)/disclosure.yaml $(restricted)/withheld.db $(restricted)/audited.db
	$(say) disclosure
	@$(disclosure) $(restricted)/audited.db

$(release)/manifest.json: $(plan)/publish.yaml $(restricted)/withheld.db $(restricted)/audited.db $(microdata_public:%=$(restricted)/%/records/manifest.json)
	$(say) publish
	@$(EXEC) $(bin)/publish --study $< --output $(@D) $(restricted)/withheld.db $(restricted)/audited.db \
		$(foreach d,$(microdata_public),$(d)=$(restricted)/$(d)/records)

# --- the steward's act: everything above only reads the ledger ---

# Of all that was made, so that the pages that were read and the file that is handed over are of this release.
release: all
	@$(EXEC) $(bin)/release --study $(config) --ledger $(steward)/ledger.sqlite --by "$$BY" --why "$$WHY" \
		$(restricted)/withheld.db $(restricted)/audited.db $(release)/manifest.json $(scanned:%=$(restricted)/%/scanned.db) \
		$(call records,$(microdata))

# What the report showed has been looked at: the next one says what is new. Codes only, no answer.
seen: $(datasets:%=$(steward)/%-seen.csv)

$(datasets:%=$(steward)/%-seen.csv): $(steward)/%-seen.csv: FORCE
	@umask 077 && mkdir -p $(@D) && sqlite3 -readonly -csv -header $(restricted)/$*/validated.db \
		'SELECT DISTINCT identity AS finding, code FROM finding ORDER BY code, identity' >$@.new && mv $@.new $@ || { rm -f $@.new; echo 'help: run `make validate` first' >&2; exit 66; }
	@printf 'what was found in %s is marked as seen → %s\n' $* $@

FORCE:
.PHONY: seen all validate codebooks texts microdata outdated release FORCE
.DELETE_ON_ERROR:
.SECONDARY:
