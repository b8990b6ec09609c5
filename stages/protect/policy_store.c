#include "policy_store.h"

#include <stdlib.h>

#include "mem.h"
#include "text.h"

/* The rows under way. */
struct items {
	sqlite3_stmt *insert;
	struct store *store;
	struct error *err;
	bool ok;
};

static void add_text(struct items *items, const char *item, const char *value)
{
	if (!items->ok)
		return;
	store_bind_text(items->insert, ":item", item);
	store_bind_text(items->insert, ":value", value);
	items->ok = store_insert(items->store, items->insert, items->err);
}

static void add_number(struct items *items, const char *item, double value)
{
	char *text = mem_print("%.15g", value);
	add_text(items, item, text);
	free(text);
}

static void add_yes(struct items *items, const char *item, bool yes)
{
	add_text(items, item, yes ? "yes" : "no");
}

/* Nothing where there is none. */
static void add_list(struct items *items, const char *item, char *const *names, unsigned count, const char *between)
{
	struct text list = { 0 };
	for (unsigned i = 0; i < count; i++)
		text_print(&list, "%s%s", i ? between : "", names[i]);
	if (count)
		add_text(items, item, list.bytes);
	text_free(&list);
}

/* --- what readers are told too --- */

static const char *preset_word(enum study_preset preset)
{
	switch (preset) {
	case STUDY_PRESET_RESEARCH: return "research";
	case STUDY_PRESET_NHS: return "nhs";
	case STUDY_PRESET_DFE: return "dfe";
	case STUDY_PRESET_OFQUAL: return "ofqual";
	}
	return "";
}

/* "few 20; some 50; most 100": up to so many per cent. */
static void add_bands(struct items *items, const struct study_disclosure *policy)
{
	struct text bands = { 0 };
	for (unsigned i = 0; i < policy->bands_count; i++)
		text_print(&bands, "%s%s %.15g", i ? "; " : "", policy->bands[i].name,
		           policy->bands[i].most ? *policy->bands[i].most : 100.0);
	if (policy->bands_count)
		add_text(items, "bands", bands.bytes);
	text_free(&bands);
}

static void add_told(struct items *items, const struct study_disclosure *policy, size_t exceptions)
{
	add_text(items, "policy", policy->policy ? policy->policy : "none named");
	add_text(items, "preset", preset_word(policy->preset));
	add_number(items, "threshold", policy->threshold);
	add_text(items, "zeros", policy->zeros == STUDY_ZEROS_HIDDEN ? "hidden" : "shown");
	add_list(items, "structural_zeros", policy->structural_zeros, policy->structural_zeros_count, "; ");
	add_list(items, "sensitive", policy->sensitive, policy->sensitive_count, " ");
	if (policy->sensitive_count)
		add_number(items, "min_group", policy->min_group);
	if (policy->rounding) {
		add_number(items, "rounding_base", policy->rounding->base);
		add_text(items, "rounding_method",
		         policy->rounding->method == STUDY_ROUNDING_CONTROLLED ? "controlled" : "nearest");
	}
	if (policy->cell_key)
		add_yes(items, "perturbed", true);
	add_bands(items, policy);
	if (exceptions)
		add_number(items, "exceptions", (double)exceptions);
	if (policy->hidden_symbol)
		add_text(items, "hidden_symbol", policy->hidden_symbol);
}

/* --- what would help an attacker, and how it was done --- */

static void add_magnitude(struct items *items, const struct study_magnitude *magnitude)
{
	if (magnitude->contributors)
		add_number(items, "magnitude_contributors", magnitude->contributors);
	if (magnitude->p_percent)
		add_number(items, "magnitude_p_percent", *magnitude->p_percent);
	if (magnitude->dominance_n)
		add_number(items, "magnitude_dominance_n", magnitude->dominance_n);
	if (magnitude->dominance_k)
		add_number(items, "magnitude_dominance_k", *magnitude->dominance_k);
}

static void add_statistics(struct items *items, const struct study_statistics *statistics)
{
	if (statistics->test_base)
		add_number(items, "statistics_test_base", statistics->test_base);
	if (statistics->tail)
		add_number(items, "statistics_tail", statistics->tail);
	if (statistics->decimals)
		add_number(items, "statistics_decimals", *statistics->decimals);
}

static void add_never_hide(struct items *items, const struct study_disclosure *policy)
{
	struct text list = { 0 };
	for (unsigned i = 0; i < policy->never_hide_count; i++)
		text_print(&list, "%s%s", i ? " " : "",
		           policy->never_hide[i] == STUDY_NEVER_HIDE_AREAS ? "areas" : "bases");
	if (list.length)
		add_text(items, "never_hide", list.bytes);
	text_free(&list);
}

static void add_restricted(struct items *items, const struct study_disclosure *policy)
{
	add_number(items, "min_width", policy->min_width);
	add_yes(items, "reach", policy->reach);
	if (policy->min_percent > 0)
		add_number(items, "min_percent", policy->min_percent);
	add_number(items, "insiders", policy->insiders);
	add_never_hide(items, policy);
	if (policy->magnitude)
		add_magnitude(items, policy->magnitude);
	if (policy->statistics)
		add_statistics(items, policy->statistics);
	if (policy->cell_key)
		add_text(items, "cell_key_table", policy->cell_key->table);
	add_number(items, "exceptions_declared", policy->exceptions_count);
	add_text(items, "solver", policy->solver == STUDY_SOLVER_CBC ? "cbc" : "glpk");
	add_yes(items, "releases", policy->releases);
}

bool policy_store(const struct study_disclosure *policy, const struct policy_outcome *outcome, struct store *store,
                  struct error *err)
{
	struct items items = { .store = store, .err = err };
	items.ok = store_prepare(&items.insert, store, "INSERT INTO policy (item, value) VALUES (:item, :value)", err);
	add_told(&items, policy, outcome->exceptions);
	add_restricted(&items, policy);
	add_text(&items, "pattern",
	         outcome->cheapest ? "the cheapest that protects" : "protects; a cheaper one may be there");
	add_text(&items, "method", "linear programming, one unsafe cell after the other; proven in whole numbers");
	sqlite3_finalize(items.insert);
	return items.ok;
}
