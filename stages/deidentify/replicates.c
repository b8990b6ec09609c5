#include "replicates.h"

#include <string.h>

#include "mem.h"
#include "number.h"
#include "statistics/survey_replicates.h"

static const struct type {
	const char *word;
	enum survey_replicates_type type;
} types[] = {
	[STUDY_REPLICATES_JK1] = { "jk1", SURVEY_REPLICATES_JK1 },
	[STUDY_REPLICATES_JKN] = { "jkn", SURVEY_REPLICATES_JKN },
	[STUDY_REPLICATES_BRR] = { "brr", SURVEY_REPLICATES_BRR },
	[STUDY_REPLICATES_FAY] = { "fay", SURVEY_REPLICATES_FAY },
	[STUDY_REPLICATES_BOOTSTRAP] = { "bootstrap", SURVEY_REPLICATES_BOOTSTRAP },
};

bool replicates_begin(struct replicates *replicates, const struct study_dataset *dataset, const struct kept *kept,
                      struct store *deidentified, struct error *err)
{
	*replicates = (struct replicates){ .dataset = dataset, .kept = kept, .to = deidentified };
	if (kept->replicate_count == 0)
		return true;
	const struct study_replicates *config = dataset->design->replicates;
	if (config->scales_count && config->scales_count != kept->replicate_count) {
		error_set(err, ERROR_CONFIG, "the design of %s has %u scales, and variables.csv %zu replicate weights",
		          dataset->name, config->scales_count, kept->replicate_count);
		return error_help(err, "write one for each variable of role replicate_weight, in their order");
	}
	return store_prepare(&replicates->weight, deidentified,
	                     "INSERT INTO replicate_weight VALUES (:respondent, :replicate, :weight)", err);
}

bool replicates_take(struct replicates *replicates, const struct dictionary *dictionary,
                     const struct accepted *accepted, long long respondent, struct error *err)
{
	bool ok = true;
	for (size_t k = 0; ok && k < replicates->kept->replicate_count; k++) {
		const struct variable *variable = replicates->kept->replicates[k];
		const struct answer *answer = accepted_answer(accepted, (size_t)(variable - dictionary->variables));
		if (answer->missing != MISSING_NONE) {
			error_set(err, ERROR_INPUT, "an accepted row of %s has no replicate weight (%s)",
			          replicates->dataset->name, variable->name);
			return error_help(err,
			                  "no variance can be computed without it: make %s required in variables.csv, "
			                  "so that validate sets such rows aside",
			                  variable->name);
		}
		store_bind_integer(replicates->weight, ":respondent", respondent);
		store_bind_integer(replicates->weight, ":replicate", (long long)k + 1);
		store_bind_real(replicates->weight, ":weight", answer->number);
		ok = store_insert(replicates->to, replicates->weight, err);
	}
	return ok;
}

static bool write_item(struct replicates *replicates, const char *item, const char *value, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, replicates->to, "INSERT INTO design VALUES (:item, :value)", err);
	if (ok) {
		store_bind_text(insert, ":item", item);
		store_bind_text(insert, ":value", value);
		ok = store_insert(replicates->to, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* scale Sum_k scales_k ...: the common one is multiplied into each, so that one number a replicate says all. */
static bool write_scales(struct replicates *replicates, const struct study_replicates *config, struct error *err)
{
	size_t count = replicates->kept->replicate_count;
	double common = config->scale ? *config->scale
	                              : survey_replicates_scale(types[config->type].type, count,
	                                                        config->rho ? *config->rho : 0);
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, replicates->to, "INSERT INTO replicate VALUES (:replicate, :scale)", err);
	for (size_t k = 0; ok && k < count; k++) {
		store_bind_integer(insert, ":replicate", (long long)k + 1);
		store_bind_real(insert, ":scale", common * (config->scales_count ? config->scales[k] : 1));
		ok = store_insert(replicates->to, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

bool replicates_write(struct replicates *replicates, struct error *err)
{
	if (replicates->kept->replicate_count == 0)
		return true;
	const struct study_replicates *config = replicates->dataset->design->replicates;
	char df[NUMBER_TEXT_SIZE] = "";
	if (config->df)
		number_print_exact(df, *config->df);
	return write_item(replicates, "replicates", types[config->type].word, err)
	       && write_item(replicates, "replicates_around", config->mse ? "estimate" : "mean", err)
	       && write_item(replicates, "replicates_df", config->df ? df : "rank", err)
	       && write_scales(replicates, config, err);
}

void replicates_end(struct replicates *replicates)
{
	sqlite3_finalize(replicates->weight);
	replicates->weight = NULL;
}
