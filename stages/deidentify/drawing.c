#include "drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "number.h"
#include "provenance.h"
#include "replicates.h"
#include "text.h"

enum { MARK_DIGITS = 32 };

/* Strata and clusters go by keyed hashes of what they are called: numbers in the order of these tell nothing. */
struct drawn {
	long long respondent;
	char stratum_mark[MARK_DIGITS + 1], cluster_mark[MARK_DIGITS + 1]; /* "": there are none */
	size_t stratum, cluster;                                           /* from 1 */
	double start;                                                      /* NaN: not adjusted */
	double size;                                                       /* of the cluster; NaN: not given */
};

struct drawing {
	const struct study_dataset *dataset;
	const struct kept *kept;
	const char *key;
	struct store *to;
	bool any;           /* there is a design to write */
	long long adjusted; /* margins that weights were adjusted to: the first ones */
	long long finite;   /* the margin of the finite population; 0: none */
	sqlite3_stmt *weighted, *in_margin, *margin;
	struct replicates replicates;
	struct drawn *drawn;
	size_t count, capacity;
};

bool drawing_new(struct drawing **drawing, const struct study_dataset *dataset, const struct kept *kept,
                 const char *key, struct store *deidentified, struct error *err)
{
	struct drawing *with = mem_alloc(1, sizeof *with);
	const struct study_design *design = dataset->design;
	*with = (struct drawing){ .dataset = dataset, .kept = kept, .key = key, .to = deidentified };
	sqlite3_stmt *finite = NULL;
	bool row = false;
	bool ok = store_read_integer(deidentified, "SELECT max(margin) FROM derived.margin WHERE adjusted", 0,
	                             &with->adjusted, err)
	          && store_prepare(&finite, deidentified,
	                           "SELECT margin FROM derived.margin WHERE name = :name LIMIT 1", err)
	          && store_prepare(&with->weighted, deidentified,
	                           "SELECT start, weight FROM derived.weighted WHERE row = :row", err)
	          && store_prepare(&with->in_margin, deidentified,
	                           "SELECT cell FROM derived.margin_row WHERE margin = :margin AND row = :row", err)
	          && store_prepare(&with->margin, deidentified,
	                           "INSERT INTO margin VALUES (:margin, :respondent, :cell)", err)
	          && replicates_begin(&with->replicates, dataset, kept, deidentified, err);
	if (ok && design && design->fpc) {
		store_bind_text(finite, ":name", design->fpc);
		ok = store_step(deidentified, finite, &row, err);
		if (ok && row)
			with->finite = sqlite3_column_int64(finite, 0);
		if (ok && !row)
			ok = error_set(err, ERROR_INPUT,
			               "derived.db lacks the margin of the finite population: run "
			               "make again");
	}
	sqlite3_finalize(finite);
	with->any = kept->stratum || kept->cluster || with->finite || with->adjusted || kept->replicate_count;
	if (!ok) {
		drawing_free(with);
		return false;
	}
	*drawing = with;
	return true;
}

static void finalize(struct drawing *with)
{
	sqlite3_stmt **statements[] = { &with->weighted, &with->in_margin, &with->margin };
	for (size_t i = 0; i < COUNT(statements); i++) {
		sqlite3_finalize(*statements[i]);
		*statements[i] = NULL;
	}
	replicates_end(&with->replicates);
}

void drawing_free(struct drawing *drawing)
{
	if (!drawing)
		return;
	finalize(drawing);
	free(drawing->drawn);
	free(drawing);
}

/* --- a row --- */

static bool needs(const struct drawing *with, const char *context, const struct variable *variable,
                  const struct answer *answer, struct error *err)
{
	if (answer->missing == MISSING_NONE)
		return true;
	error_set(err, ERROR_INPUT, "an accepted row of %s has no %s (%s)", with->dataset->name, context,
	          variable->name);
	return error_help(err,
	                  "no variance can be computed without it: make %s required in variables.csv, so that "
	                  "validate sets such rows aside",
	                  variable->name);
}

static bool mark(char to[MARK_DIGITS + 1], const struct drawing *with, const char *context,
                 const struct variable *variable, const struct answer *answer, struct error *err)
{
	char hash[PROVENANCE_HASH_SIZE];
	if (!variable)
		return true;
	if (!needs(with, context, variable, answer, err))
		return false;
	char number[NUMBER_TEXT_SIZE];
	const char *text = answer->text;
	if (variable->type == VARIABLE_INTEGER || variable->type == VARIABLE_NUMBER) { /* 07 and 7,0 are 7 */
		number_print_exact(number, answer->number);
		text = number;
	}
	provenance_keyed_hash(hash, with->key ? with->key : "no key", context, text);
	memcpy(to, hash, MARK_DIGITS);
	to[MARK_DIGITS] = '\0';
	return true;
}

static bool read_cell(const struct drawing *with, long long margin, long long row, long long *cell, struct error *err)
{
	bool found = false;
	store_bind_integer(with->in_margin, ":margin", margin);
	store_bind_integer(with->in_margin, ":row", row);
	bool ok = store_step(with->to, with->in_margin, &found, err);
	if (ok && !found)
		ok = error_set(err, ERROR_INPUT, "derived.db lacks a row that validated.db accepted: run make again");
	if (ok)
		*cell = sqlite3_column_int64(with->in_margin, 0);
	sqlite3_reset(with->in_margin);
	return ok;
}

static bool read_weight(const struct drawing *with, long long row, double *start, double *weight, struct error *err)
{
	bool found = false;
	store_bind_integer(with->weighted, ":row", row);
	bool ok = store_step(with->to, with->weighted, &found, err);
	if (ok && !found)
		ok = error_set(err, ERROR_INPUT, "derived.db lacks the weight of an accepted row: run make again");
	if (ok) {
		*start = sqlite3_column_double(with->weighted, 0);
		*weight = sqlite3_column_double(with->weighted, 1);
	}
	sqlite3_reset(with->weighted);
	return ok;
}

/* NULL where there is no such variable. */
static const struct answer *answer_of(const struct accepted *accepted, const struct dictionary *dictionary,
                                      const struct variable *variable)
{
	return variable ? accepted_answer(accepted, (size_t)(variable - dictionary->variables)) : NULL;
}

bool drawing_take(struct drawing *drawing, const struct dictionary *dictionary, const struct accepted *accepted,
                  long long respondent, double *weight, struct error *err)
{
	struct drawn drawn = { .respondent = respondent, .start = NAN, .size = NAN };
	const struct kept *kept = drawing->kept;
	long long cell = 0, row = accepted_row(accepted);
	const struct answer *own = answer_of(accepted, dictionary, kept->weight);
	const struct answer *size = answer_of(accepted, dictionary, kept->cluster_size);
	*weight = own && own->missing == MISSING_NONE ? own->number : NAN;
	if (!drawing->any)
		return true;
	bool ok = mark(drawn.stratum_mark, drawing, "stratum", kept->stratum,
	               answer_of(accepted, dictionary, kept->stratum), err)
	          && mark(drawn.cluster_mark, drawing, "cluster", kept->cluster,
	                  answer_of(accepted, dictionary, kept->cluster), err)
	          && (!size || needs(drawing, "size of its cluster", kept->cluster_size, size, err))
	          && (!drawing->adjusted || read_weight(drawing, row, &drawn.start, weight, err))
	          && (!drawing->finite || read_cell(drawing, drawing->finite, row, &cell, err))
	          && replicates_take(&drawing->replicates, dictionary, accepted, respondent, err);
	if (ok && size)
		drawn.size = size->number;
	drawn.stratum = (size_t)cell;
	for (long long margin = 1; ok && margin <= drawing->adjusted; margin++) {
		ok = read_cell(drawing, margin, row, &cell, err);
		store_bind_integer(drawing->margin, ":margin", margin);
		store_bind_integer(drawing->margin, ":respondent", respondent);
		store_bind_integer(drawing->margin, ":cell", cell);
		ok = ok && store_insert(drawing->to, drawing->margin, err);
	}
	drawing->drawn = mem_grow(drawing->drawn, drawing->count, &drawing->capacity, sizeof *drawing->drawn);
	drawing->drawn[drawing->count++] = drawn;
	return ok;
}

/* --- all of them --- */

static int by_stratum(const void *a, const void *b)
{
	const struct drawn *one = a, *other = b;
	return strcmp(one->stratum_mark, other->stratum_mark);
}

static int by_cluster(const void *a, const void *b)
{
	const struct drawn *one = a, *other = b;
	return strcmp(one->cluster_mark, other->cluster_mark);
}

static int by_respondent(const void *a, const void *b)
{
	const struct drawn *one = a, *other = b;
	return one->respondent < other->respondent ? -1 : one->respondent > other->respondent;
}

/* Those drawn stand in the order of their clusters: one size each, and no more of it than that. */
static bool check_sizes(const struct drawing *with, struct error *err)
{
	const struct drawn *drawn = with->drawn;
	const char *name = with->kept->cluster_size->name;
	double units = 0;
	for (size_t i = 0; i < with->count; i++) {
		bool same = i > 0 && drawn[i].cluster == drawn[i - 1].cluster;
		units = same ? units + 1 : 1;
		if (same && drawn[i].size != drawn[i - 1].size) {
			error_set(err, ERROR_INPUT, "a cluster of %s has two sizes (%s)", with->dataset->name, name);
			return error_help(err, "the size is how many there were to draw from in the cluster, the same "
			                       "in each of its rows");
		}
		if (units > drawn[i].size) {
			error_set(err, ERROR_INPUT, "a cluster of %s has more rows than its size (%s)",
			          with->dataset->name, name);
			return error_help(err, "the size is how many there were to draw from in the cluster");
		}
	}
	return true;
}

/* Strata of a finite population are the cells of its margin, and numbered already. */
static bool number(struct drawing *with, struct error *err)
{
	struct drawn *drawn = with->drawn;
	if (!with->finite) {
		mem_sort(drawn, with->count, sizeof *drawn, by_stratum);
		for (size_t i = 0; i < with->count; i++)
			drawn[i].stratum =
				i == 0 ? 1 : drawn[i - 1].stratum + (by_stratum(&drawn[i - 1], &drawn[i]) != 0);
	}
	if (with->kept->cluster)
		mem_sort(drawn, with->count, sizeof *drawn, by_cluster);
	else
		mem_sort(drawn, with->count, sizeof *drawn, by_respondent);
	for (size_t i = 0; i < with->count; i++) {
		bool next = i == 0 || !with->kept->cluster || by_cluster(&drawn[i - 1], &drawn[i]) != 0;
		drawn[i].cluster = i == 0 ? 1 : drawn[i - 1].cluster + next;
		if (next || drawn[i].stratum == drawn[i - 1].stratum)
			continue;
		error_set(err, ERROR_INPUT, "a cluster of %s (%s) stands in two strata", with->dataset->name,
		          with->kept->cluster->name);
		return error_help(err, "clusters are drawn within a stratum: give those of two strata two names");
	}
	if (with->kept->cluster_size && !check_sizes(with, err))
		return false;
	mem_sort(drawn, with->count, sizeof *drawn, by_respondent);
	return true;
}

static bool write_item(struct drawing *with, const char *item, const char *value, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, with->to, "INSERT INTO design VALUES (:item, :value)", err);
	if (ok) {
		store_bind_text(insert, ":item", item);
		store_bind_text(insert, ":value", value);
		ok = store_insert(with->to, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool write_design(struct drawing *with, struct error *err)
{
	static const char *const adjusts[] = {
		[STUDY_ADJUST_NONE] = "none", [STUDY_ADJUST_POSTSTRATIFY] = "poststratify", [STUDY_ADJUST_RAKE] = "rake"
	};
	static const char *const lonelies[] = { [STUDY_LONELY_FAIL] = "fail",
		                                [STUDY_LONELY_ADJUST] = "adjust",
		                                [STUDY_LONELY_AVERAGE] = "average",
		                                [STUDY_LONELY_REMOVE] = "remove",
		                                [STUDY_LONELY_CERTAINTY] = "certainty" };
	static const struct study_design none = { 0 };
	const struct study_design *design = with->dataset->design ? with->dataset->design : &none;
	struct text words = { 0 }, margins = { 0 };
	text_add(&margins, "");
	for (unsigned i = 0; i < design->margins_count; i++)
		text_print(&margins, "%s%s", i ? ", " : "", design->margins[i]);
	if (!with->adjusted)
		text_add(&words, with->kept->weight ? "weight" : "none");
	if (with->adjusted) {
		text_print(&words, "%s%s %s", with->kept->weight ? "weight, " : "",
		           design->adjust == STUDY_ADJUST_RAKE ? "raked to" : "post-stratified to", margins.bytes);
		if (design->trim) {
			char trim[NUMBER_TEXT_SIZE];
			number_print_exact(trim, *design->trim);
			text_print(&words, ", none above %s times the mean", trim);
		}
	}
	bool ok = write_item(with, "adjust", adjusts[design->adjust], err)
	          && write_item(with, "lonely", lonelies[design->lonely], err)
	          && write_item(with, "margins", margins.bytes, err) && write_item(with, "weight", words.bytes, err);
	text_free(&margins);
	text_free(&words);
	return ok;
}

/* Those drawn stand in the order of the respondents. */
static bool write_clusters(struct drawing *with, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, with->to, "INSERT OR IGNORE INTO cluster VALUES (:cluster, :size)", err);
	for (size_t i = 0; ok && with->kept->cluster_size && i < with->count; i++) {
		store_bind_integer(insert, ":cluster", (long long)with->drawn[i].cluster);
		store_bind_real(insert, ":size", with->drawn[i].size);
		ok = store_insert(with->to, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool write_drawn(struct drawing *with, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, with->to, "INSERT INTO drawn VALUES (:respondent, :stratum, :cluster, :start)",
	                        err);
	for (size_t i = 0; ok && i < with->count; i++) {
		const struct drawn *drawn = &with->drawn[i];
		store_bind_integer(insert, ":respondent", drawn->respondent);
		store_bind_integer(insert, ":stratum", (long long)drawn->stratum);
		store_bind_integer(insert, ":cluster", (long long)drawn->cluster);
		if (isnan(drawn->start))
			store_bind_null(insert, ":start");
		else
			store_bind_real(insert, ":start", drawn->start);
		ok = store_insert(with->to, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool write_strata(struct drawing *with, struct error *err)
{
	sqlite3_stmt *insert = NULL, *check = NULL;
	bool more = false;
	if (!with->finite)
		return store_run(with->to, "INSERT INTO stratum SELECT DISTINCT stratum, NULL FROM drawn", err);
	bool ok = store_prepare(
			  &insert, with->to,
			  "INSERT INTO stratum SELECT cell, population FROM derived.margin WHERE margin = :margin", err)
	          && store_prepare(&check, with->to,
	                           "SELECT name, code FROM derived.margin WHERE margin = :margin AND population <"
	                           " (SELECT count(DISTINCT cluster) FROM drawn WHERE stratum = cell) ORDER BY cell",
	                           err);
	if (ok) {
		store_bind_integer(insert, ":margin", with->finite);
		store_bind_integer(check, ":margin", with->finite);
		ok = store_insert(with->to, insert, err) && store_step(with->to, check, &more, err);
	}
	if (ok && more) {
		ok = error_set(err, ERROR_CONFIG, "more %s are in %s=%s than margins.csv has population for",
		               with->kept->cluster ? "clusters" : with->dataset->unit.plural,
		               sqlite3_column_text(check, 0), sqlite3_column_text(check, 1));
		error_help(err, "%s",
		           with->kept->cluster ? "the margin of fpc counts clusters, not people"
		                               : "correct the population, or leave fpc out of the design");
	}
	sqlite3_finalize(insert);
	sqlite3_finalize(check);
	return ok;
}

bool drawing_write(struct drawing *drawing, struct error *err)
{
	finalize(drawing); /* the store is closed next */
	if (!drawing->any)
		return true;
	return number(drawing, err) && write_design(drawing, err) && write_drawn(drawing, err)
	       && write_strata(drawing, err) && write_clusters(drawing, err)
	       && replicates_write(&drawing->replicates, err);
}
