/* audit: attack what withhold left, together with all that was released before, and judge what the attacker found. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attacker.h"
#include "changes.h"
#include "coalition.h"
#include "universe.h"
#include "embedded.h"
#include "evidence.h"
#include "judge.h"
#include "ledger.h"
#include "mem.h"
#include "operand.h"
#include "options.h"
#include "program.h"
#include "provenance.h"
#include "record_files.h"
#include "store.h"
#include "study.h"
#include "text.h"

/* What the public is told of the policy; without it the attacker would be weaker than the public. The text of
 * *sensitive is freed with free(). */
static bool read_policy(struct attacker_policy *policy, char **sensitive, struct store *withheld, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false, ok = store_prepare(&select, withheld, sql_audit_policy, err);
	while (ok && (ok = store_step(withheld, select, &row, err)) && row) {
		const char *item = (const char *)sqlite3_column_text(select, 0);
		const char *value = (const char *)sqlite3_column_text(select, 1);
		if (strcmp(item, "zeros") == 0)
			policy->zeros_shown = strcmp(value, "shown") == 0;
		else if (strcmp(item, "threshold") == 0)
			policy->threshold = sqlite3_column_int(select, 1);
		else if (strcmp(item, "min_group") == 0)
			policy->min_group = sqlite3_column_int(select, 1);
		else if (strcmp(item, "exceptions") == 0)
			policy->exceptions = sqlite3_column_int(select, 1) > 0;
		else if (strcmp(item, "sensitive") == 0)
			policy->sensitive = *sensitive = mem_copy_text(value);
	}
	sqlite3_finalize(select);
	if (!ok || policy->threshold >= 1)
		return ok;
	error_at(err, ERROR_INPUT, store_path(withheld), 0,
	         "its policy does not say whether zeros are shown, or from which count on cells are");
	return error_help(err, "`withhold` writes it: run make again");
}

struct arguments {
	const char *study, *earlier, *output;
	char **operands;
	size_t operand_count;
	const char *protected; /* NULL: not given */
	char **records;        /* DATASET=FILE */
	size_t record_count;
};

static enum options_result read_options(struct arguments *arguments, int argc, char **argv, struct error *err)
{
	const struct option_row rows[] = {
		{ .name = "study",
		  .letter = 's',
		  .argument = "FILE",
		  .help = "the study's config, or the slice of it for this step; needed with PROTECTED.db",
		  .text = &arguments->study },
		{ .name = "ledger",
		  .argument = "FILE",
		  .help = "earlier releases, attacked together with this one; no such file: none, or an error where the "
		          "policy says `releases: yes`",
		  .text = &arguments->earlier },
		{ .name = "output",
		  .letter = 'o',
		  .argument = "FILE",
		  .help = "intervals and verdict; where the audit says no they stand in audit-failed.db beside it",
		  .text = &arguments->output,
		  .required = true },
	};
	const struct usage usage = {
		.stage = "audit",
		.summary =
			"Attack what withhold left as a reader could, with all earlier releases, and say no (exit 1) "
			"where a hidden number can be worked out or is held too narrowly. Without PROTECTED.db, which knows "
			"the truth, it attacks a release that was made elsewhere (see outside); such a verdict lets nothing "
			"be published. DATASET=ANONYMISED.db is a public file of records (anonymise wrote it): whoever attacks "
			"the tables holds it.",
		.operands = "WITHHELD.db [PROTECTED.db] [DATASET=ANONYMISED.db...]",
		.examples = "  audit --study configs/demo.yaml --ledger steward/demo/ledger.sqlite \\\n"
			    "        --output audited.db withheld.db protected.db\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 1,
		.most_operands = 1000,
	};
	enum options_result result =
		options_parse(&usage, argc, argv, &arguments->operands, &arguments->operand_count, err);
	if (result != OPTIONS_RUN)
		return result;
	bool judged = arguments->operand_count > 1 && !operand_has_dataset(arguments->operands[1]);
	arguments->protected = judged ? arguments->operands[1] : NULL;
	arguments->records = arguments->operands + 1 + judged;
	arguments->record_count = arguments->operand_count - 1 - judged;
	if (!judged || arguments->study)
		return result;
	error_set(err, ERROR_USAGE, "--study is needed with PROTECTED.db");
	error_help(err, "name the config that both files were made by");
	return OPTIONS_WRONG;
}

/* What is attacked, and judged by what. */
struct attacked {
	const struct universe *universe;
	struct ledger *ledger;
	struct changes *changes;
	struct record_files *files; /* NULL: nobody holds any */
	struct attacker_policy policy;
	const char *protected; /* NULL: nobody here knows the truth */
	int insiders;
};

enum { SUPPOSE_NOTHING = -1, SUPPOSE_ALL };

/* `supposition`: of those that changes.h makes, or one of the above. The caller frees *attacker, also where this fails.
 */
static bool attack(struct attacker **attacker, const struct attacked *attacked, long long supposition,
                   struct error *err)
{
	*attacker = attacker_new();
	if (!ledger_teach(attacked->ledger, *attacker, err))
		return false;
	attacker_universe(*attacker, attacked->universe, &attacked->policy);
	if (attacked->files && !record_files_teach(attacked->files, *attacker, err))
		return false;
	if (supposition != SUPPOSE_NOTHING)
		changes_teach(attacked->changes, *attacker, (size_t)supposition);
	return attacker_run(*attacker, err);
}

static bool judge_all(struct judge *judge, struct attacker *attacker, const struct attacked *attacked,
                      struct error *err)
{
	struct store *store = NULL;
	if (!attacked->protected) {
		judge_unknown(judge, attacker, attacked->universe, attacked->policy.threshold, STUDY_MIN_WIDTH);
		return true;
	}
	bool ok = store_open(&store, attacked->protected, "protect", err)
	          && judge_release(judge, attacker, attacked->universe, store, err)
	          && ledger_judge(attacked->ledger, judge, attacker, attacked->universe, err)
	          && coalition_judge(judge, attacker, attacked->universe, attacked->insiders, err);
	store_close(store);
	return ok;
}

/* What a supposition tells who believes it. Where nothing fits, nobody can: then *believed is false. */
static bool judge_supposing(struct judge *judge, const struct attacked *attacked, long long supposition, bool *believed,
                            struct error *err)
{
	struct attacker *believer = NULL;
	struct judge *supposed = judge_new();
	bool ok = attack(&believer, attacked, supposition, err);
	*believed = ok;
	if (ok && (ok = judge_all(supposed, believer, attacked, err))) {
		changes_judge(attacked->changes, supposed, believer, &attacked->policy);
		changes_adopt(attacked->changes, judge, supposed);
	} else if (!ok && (ok = program_is_impossible(err)))
		*err = (struct error){ 0 };
	judge_free(supposed);
	attacker_free(believer);
	return ok;
}

/* Where nobody seems to have left since an earlier release, or nobody to have joined. Of several suppositions all are
 * made at once, for one may bound what another is about; where they cannot all be true, each by itself. */
static bool judge_suppositions(struct judge *judge, const struct attacker *attacker, const struct attacked *attacked,
                               struct error *err)
{
	size_t count = changes_suppose(attacked->changes, attacker);
	bool believed = false, ok = !count || judge_supposing(judge, attacked, SUPPOSE_ALL, &believed, err);
	for (size_t i = 1; ok && !believed && count > 1 && i <= count; i++) {
		bool one;
		ok = judge_supposing(judge, attacked, (long long)i, &one, err);
	}
	return ok;
}

static bool attack_all(struct judge *judge, const struct attacked *attacked, struct error *err)
{
	struct attacker *attacker = NULL;
	bool ok = attack(&attacker, attacked, SUPPOSE_NOTHING, err) && judge_all(judge, attacker, attacked, err);
	if (ok)
		changes_judge(attacked->changes, judge, attacker, &attacked->policy);
	ok = ok && judge_suppositions(judge, attacker, attacked, err);
	attacker_free(attacker);
	return ok;
}

/* Where what releases of the same people tell excludes each other, or the truth, some of their answers have been
 * corrected: then all is attacked once more as of others, so that each correction counts as a change. */
static bool attack_corrected(struct judge **judge, struct attacked *attacked, struct error *err)
{
	bool ok = attack_all(*judge, attacked, err);
	bool doubtful = ok ? (*judge)->verdicts[JUDGE_INCONSISTENT] > 0 : program_is_impossible(err);
	bool renamed = false;
	if (!doubtful)
		return ok;
	struct error first = *err;
	*err = (struct error){ 0 };
	if (!ledger_tell_corrected(attacked->ledger, &renamed, err))
		return false;
	if (!renamed) {
		*err = first;
		return ok;
	}
	changes_free(attacked->changes);
	attacked->changes = NULL;
	judge_free(*judge);
	*judge = judge_new();
	return record_files_rename(attacked->files, attacked->ledger, err)
	       && changes_find(&attacked->changes, attacked->ledger, attacked->universe, err)
	       && attack_all(*judge, attacked, err);
}

/* What is found out is found out by the files of records where it is not without them. */
static bool blame_records(struct judge *judge, const struct attacked *attacked, struct error *err)
{
	if (judge_passes(judge) || judge->verdicts[JUDGE_INCONSISTENT] || !record_files_count(attacked->files))
		return true;
	struct attacked without = *attacked;
	struct judge *otherwise = judge_new();
	without.files = NULL;
	without.changes = NULL;
	bool ok = changes_find(&without.changes, attacked->ledger, attacked->universe, err)
	          && attack_all(otherwise, &without, err);
	if (ok)
		judge_blame_records(judge, otherwise);
	changes_free(without.changes);
	judge_free(otherwise);
	return ok;
}

static bool write_evidence(const struct judge *judge, const struct arguments *arguments, struct store *withheld,
                           const struct ledger *ledger, const struct record_files *files, struct error *err)
{
	char *study = NULL, *synthetic = NULL;
	bool ok = provenance_read(&study, withheld, "study", err)
	          && provenance_read(&synthetic, withheld, "synthetic", err);
	const struct evidence_source source = {
		.study_path = arguments->study,
		.study = study ? study : "",
		.synthetic = text_equal(synthetic, "yes"),
		.withheld_path = arguments->operands[0],
		.protected_path = arguments->protected,
		.files = files,
		.ledger_path = ledger_path(ledger),
		.releases = ledger_count(ledger),
	};
	ok = ok && evidence_write(judge, &source, arguments->output, err);
	free(study);
	free(synthetic);
	return ok;
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };
	struct error err = { 0 };
	struct store *withheld = NULL;
	struct universe *universe = NULL;
	struct ledger *ledger = NULL;
	struct attacked attacked = { 0 };
	struct judge *judge = judge_new();
	struct record_files *files = NULL;
	struct study *study = NULL;
	char *sensitive = NULL;

	enum options_result options = read_options(&arguments, argc, argv, &err);
	bool ok = options != OPTIONS_WRONG;
	if (options == OPTIONS_RUN) {
		ok = store_open(&withheld, arguments.operands[0], "withhold", &err)
		     && read_policy(&attacked.policy, &sensitive, withheld, &err)
		     && universe_load(&universe, withheld, &err)
		     && (!arguments.study
		         || (study_load(&study, arguments.study, &err)
		             && study_check_ledger(study, arguments.earlier, &err)))
		     && ledger_open(&ledger, arguments.earlier, &err) && ledger_tell_people(ledger, withheld, &err)
		     && ledger_check_crossing(ledger, universe, &err)
		     && record_files_open(&files, arguments.records, arguments.record_count, &err)
		     && record_files_recall(files, ledger, &err)
		     && changes_find(&attacked.changes, ledger, universe, &err);
		attacked.universe = universe;
		attacked.ledger = ledger;
		attacked.files = files;
		attacked.protected = arguments.protected;
		attacked.insiders = study ? study->disclosure.insiders : 0;
		ok = ok && attack_corrected(&judge, &attacked, &err) && blame_records(judge, &attacked, &err)
		     && write_evidence(judge, &arguments, withheld, ledger, files, &err);
	}

	judge_free(judge);
	changes_free(attacked.changes);
	record_files_free(files);
	ledger_close(ledger);
	universe_free(universe);
	store_close(withheld);
	study_free(study);
	free(sensitive);
	return stage_exit("audit", ok, &err);
}
