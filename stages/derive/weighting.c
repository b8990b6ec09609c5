#include "weighting.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "accepted.h"
#include "margins.h"
#include "mem.h"
#include "number.h"
#include "provenance.h"
#include "roles.h"
#include "rake.h"
#include "text.h"

static const double sums_error = 1e-6; /* of the sums of two margins, relative */

/* What a margin may be of: a code variable of the dictionary, or a derived one. */
struct source {
	char *name;         /* owned */
	const char **codes; /* each owned */
	size_t count, capacity;
	size_t variable;       /* index in the dictionary */
	sqlite3_stmt *derived; /* the row's position of a derived one, from 1; NULL: of the dictionary */
};

struct weighting {
	const struct study_dataset *dataset;
	const struct study_design *design;
	const struct dictionary *dictionary;
	const char *config; /* that the user wrote, for messages */
	struct store *derived;
	struct source *sources;
	struct margin_variable *variables; /* one for each source */
	size_t source_count, source_capacity;
	struct margins *margins;
	const struct margin **used; /* the design's margins, then that of the finite population if it is another */
	size_t used_count, adjusted_count;
	const struct variable *weight; /* that the rows come with; NULL: 1 */
	long long *rows;
	double *start, *weights;
	size_t *cells; /* used_count for each row, from 0 */
	size_t count, row_capacity, start_capacity, cell_capacity;
};

/* --- what there is to be weighted by --- */

static struct source *add_source(struct weighting *with, const char *name)
{
	with->sources = mem_grow(with->sources, with->source_count, &with->source_capacity, sizeof *with->sources);
	struct source *source = &with->sources[with->source_count++];
	*source = (struct source){ .name = mem_copy_text(name) };
	return source;
}

static void add_code(struct source *source, const char *code)
{
	source->codes = mem_grow(source->codes, source->count, &source->capacity, sizeof *source->codes);
	source->codes[source->count++] = mem_copy_text(code);
}

static void add_dictionary(struct weighting *with)
{
	for (size_t i = 0; i < with->dictionary->variable_count; i++) {
		const struct variable *variable = &with->dictionary->variables[i];
		if (variable->type != VARIABLE_CODE)
			continue;
		struct source *source = add_source(with, variable->name);
		source->variable = i;
		for (size_t c = 0; c < variable->codes->count; c++)
			if (variable->codes->codes[c].missing == MISSING_NONE)
				add_code(source, variable->codes->codes[c].code);
	}
}

static bool add_derived(struct weighting *with, struct error *err)
{
	sqlite3_stmt *select = NULL;
	struct source *source = NULL;
	bool row = false;
	bool ok = store_prepare(&select, with->derived,
	                        "SELECT variable, code FROM derived_code ORDER BY variable, position", err)
	          && store_step(with->derived, select, &row, err);
	while (ok && row) {
		const char *name = (const char *)sqlite3_column_text(select, 0);
		if (!source || strcmp(source->name, name) != 0) {
			source = add_source(with, name);
			char *quoted = store_quote_name(name);
			char *sql = mem_print("SELECT %s FROM scores WHERE row = :row", quoted);
			ok = store_prepare(&source->derived, with->derived, sql, err);
			free(sql);
			free(quoted);
		}
		add_code(source, (const char *)sqlite3_column_text(select, 1));
		ok = ok && store_step(with->derived, select, &row, err);
	}
	sqlite3_finalize(select);
	return ok;
}

/* --- the margins that the design names --- */

static bool use_margin(struct weighting *with, const char *name, struct error *err)
{
	const char *near = NULL;
	const struct margin *margin = margins_find(with->margins, name, &near);
	if (margin) {
		with->used[with->used_count++] = margin;
		return true;
	}
	error_at(err, ERROR_CONFIG, with->config, 0, "the design of %s names the margin %s, which margins.csv lacks",
	         with->dataset->name, name);
	return near ? error_help(err, "did you mean %s?", near)
	            : error_help(err, "add its populations to %s", with->margins->path);
}

/* The strata of a finite population are the cells of its margin: so where there are strata, it is theirs. */
static bool check_finite(const struct weighting *with, struct error *err)
{
	const struct study_design *design = with->design;
	const struct variable *stratum = dictionary_role(with->dictionary, ROLE_STRATUM);
	if (design->fpc && stratum && strcmp(stratum->name, design->fpc) != 0) {
		error_at(err, ERROR_CONFIG, with->config, 0, "fpc names %s, and the strata of %s are those of %s",
		         design->fpc, with->dataset->name, stratum->name);
		return error_help(err, "give margins.csv the population of each code of %s, and name it in fpc",
		                  stratum->name);
	}
	if (!design->fpc || !dictionary_role(with->dictionary, ROLE_CLUSTER))
		return true;
	for (unsigned i = 0; i < design->margins_count; i++)
		if (strcmp(design->margins[i], design->fpc) == 0) {
			error_at(err, ERROR_CONFIG, with->config, 0,
			         "%s cannot count people for margins and clusters for fpc at once", design->fpc);
			return error_help(err, "clusters were drawn: leave out fpc, or adjust to another margin");
		}
	return true;
}

static bool check_sums(const struct weighting *with, struct error *err)
{
	double first = 0;
	for (size_t m = 0; m < with->adjusted_count; m++) {
		const struct margin *margin = with->used[m];
		double sum = 0;
		for (size_t cell = 0; cell < margin->cell_count; cell++)
			sum += margin->cells[cell].population;
		if (m == 0)
			first = sum;
		if (fabs(sum / first - 1) <= sums_error)
			continue;
		char one[NUMBER_TEXT_SIZE], other[NUMBER_TEXT_SIZE];
		number_print_exact(one, first);
		number_print_exact(other, sum);
		error_at(err, ERROR_CONFIG, with->margins->path, margin->line,
		         "the populations of %s add up to %s, those of %s to %s", margin->name, other,
		         with->used[0]->name, one);
		error_code(err, "margin-sums");
		return error_help(err, "take all margins from one source and date, or scale them to one total");
	}
	return true;
}

static bool choose_margins(struct weighting *with, struct error *err)
{
	const struct study_design *design = with->design;
	char *path = mem_print("%s/margins.csv", with->dictionary->folder);
	with->variables = mem_alloc(with->source_count, sizeof *with->variables);
	for (size_t i = 0; i < with->source_count; i++)
		with->variables[i] = (struct margin_variable){ with->sources[i].name, with->sources[i].codes,
			                                       with->sources[i].count };
	bool ok = margins_load(&with->margins, path, with->variables, with->source_count, err)
	          && provenance_input(with->derived, "dictionary", path, err);
	free(path);
	with->used = mem_alloc(design->margins_count + 1, sizeof *with->used);
	for (unsigned i = 0; ok && i < design->margins_count; i++)
		ok = use_margin(with, design->margins[i], err);
	with->adjusted_count = with->used_count;
	bool finite = design->fpc;
	for (size_t m = 0; ok && finite && m < with->used_count; m++)
		finite = strcmp(with->used[m]->name, design->fpc) != 0;
	return ok && (!finite || use_margin(with, design->fpc, err)) && check_finite(with, err)
	       && check_sums(with, err);
}

/* --- the rows --- */

static bool is_used(const struct weighting *with, size_t source)
{
	for (size_t m = 0; m < with->used_count; m++)
		for (size_t v = 0; v < with->used[m]->variable_count; v++)
			if (with->used[m]->variables[v] == source)
				return true;
	return false;
}

/* The position of the row's answer among the codes, from 1; 0: it is missing. */
static bool read_position(const struct weighting *with, const struct source *source, const struct accepted *accepted,
                          size_t *position, struct error *err)
{
	*position = 0;
	if (!source->derived) {
		const struct answer *answer = accepted_answer(accepted, source->variable);
		for (size_t c = 0; answer->missing == MISSING_NONE && c < source->count && !*position; c++)
			*position = strcmp(source->codes[c], answer->code->code) == 0 ? c + 1 : 0;
		return true;
	}
	bool row = false;
	store_bind_integer(source->derived, ":row", accepted_row(accepted));
	bool ok = store_step(with->derived, source->derived, &row, err);
	if (ok && row)
		*position = (size_t)sqlite3_column_int64(source->derived, 0);
	sqlite3_reset(source->derived);
	return ok;
}

/* What is wrong with rows, counted: the first that is found is told. */
struct unfit {
	size_t *missing; /* for each source */
	size_t no_weight, negative;
};

static bool take_row(struct weighting *with, const struct accepted *accepted, size_t *positions, struct unfit *unfit,
                     struct error *err)
{
	double start = 1;
	size_t at = with->count * with->used_count, codes[16];
	for (size_t s = 0; s < with->source_count; s++)
		if (is_used(with, s) && !read_position(with, &with->sources[s], accepted, &positions[s], err))
			return false;
	if (with->weight) {
		const struct answer *answer =
			accepted_answer(accepted, (size_t)(with->weight - with->dictionary->variables));
		start = answer->missing == MISSING_NONE ? answer->number : NAN;
		unfit->no_weight += isnan(start) ? 1 : 0;
		unfit->negative += start < 0;
	}
	with->rows = mem_grow(with->rows, with->count, &with->row_capacity, sizeof *with->rows);
	with->start = mem_grow(with->start, with->count, &with->start_capacity, sizeof *with->start);
	with->rows[with->count] = accepted_row(accepted);
	with->start[with->count] = start;
	for (size_t m = 0; m < with->used_count; m++) {
		const struct margin *margin = with->used[m];
		bool known = true;
		for (size_t v = 0; v < margin->variable_count; v++) {
			size_t position = positions[margin->variables[v]];
			known = known && position > 0;
			codes[v] = position > 0 ? position - 1 : 0;
		}
		with->cells = mem_grow(with->cells, at + m, &with->cell_capacity, sizeof *with->cells);
		with->cells[at + m] = known ? margin_cell_of(with->margins, margin, codes) : 1;
		if (known && with->cells[at + m] == 0) {
			struct text cell = { 0 };
			for (size_t v = 0; v < margin->variable_count; v++)
				text_print(&cell, "%s%s", v ? "*" : "",
				           with->variables[margin->variables[v]].codes[codes[v]]);
			error_at(err, ERROR_CONFIG, with->margins->path, margin->line,
			         "accepted rows are in the cell %s=%s, which has no population", margin->name,
			         cell.bytes);
			error_code(err, "margin-cell");
			error_help(err, "add the cell to margins.csv, or put its code together with another in a "
			                "derived variable and take that as the margin");
			text_free(&cell);
			return false;
		}
		with->cells[at + m]--;
	}
	for (size_t s = 0; s < with->source_count; s++)
		unfit->missing[s] += is_used(with, s) && positions[s] == 0;
	with->count++;
	return true;
}

static bool check_unfit(const struct weighting *with, const struct unfit *unfit, struct error *err)
{
	for (size_t s = 0; s < with->source_count; s++) {
		if (unfit->missing[s] == 0)
			continue;
		bool one = unfit->missing[s] == 1;
		error_set(err, ERROR_INPUT, "%zu accepted row%s of %s %s no answer to %s, which the design weights by",
		          unfit->missing[s], one ? "" : "s", with->dataset->name, one ? "has" : "have",
		          with->sources[s].name);
		error_code(err, "margin-missing");
		return error_help(err,
		                  "derive a variable that gives them a code (needs: any) and take it as the margin, or "
		                  "set them aside by a rule");
	}
	if (unfit->no_weight) {
		bool one = unfit->no_weight == 1;
		error_set(err, ERROR_INPUT, "%zu accepted row%s of %s %s no weight (%s)", unfit->no_weight,
		          one ? "" : "s", with->dataset->name, one ? "has" : "have", with->weight->name);
		return error_help(err, "set them aside by a rule, or make %s required", with->weight->name);
	}
	if (unfit->negative) {
		bool one = unfit->negative == 1;
		error_set(err, ERROR_INPUT, "%zu accepted row%s of %s %s a weight below 0 (%s)", unfit->negative,
		          one ? "" : "s", with->dataset->name, one ? "has" : "have", with->weight->name);
		return error_help(err, "give %s the min 0 in variables.csv", with->weight->name);
	}
	return true;
}

static bool read_rows(struct weighting *with, const char *validated, const char *ingested, struct error *err)
{
	struct accepted *accepted = NULL;
	bool more = true, *wanted = mem_alloc(with->dictionary->variable_count, sizeof *wanted);
	struct unfit unfit = { .missing = mem_alloc(with->source_count, sizeof *unfit.missing) };
	size_t *positions = mem_alloc(with->source_count, sizeof *positions);
	for (size_t s = 0; s < with->source_count; s++)
		if (is_used(with, s) && !with->sources[s].derived)
			wanted[with->sources[s].variable] = true;
	if (with->weight)
		wanted[with->weight - with->dictionary->variables] = true;
	bool ok = accepted_open(&accepted, validated, ingested, with->dictionary, wanted, err)
	          && accepted_next(accepted, &more, err);
	while (ok && more)
		ok = take_row(with, accepted, positions, &unfit, err) && accepted_next(accepted, &more, err);
	ok = ok && check_unfit(with, &unfit, err);
	accepted_close(accepted);
	free(unfit.missing);
	free(positions);
	free(wanted);
	return ok;
}

/* --- the weights --- */

/* The rows with a weight above 0, and the sum of weights, in each cell of a margin. Free each with free(). */
static void sums_of(const struct weighting *with, size_t m, const double *weights, size_t **rows, double **sums)
{
	*rows = mem_alloc(with->used[m]->cell_count, sizeof **rows);
	*sums = mem_alloc(with->used[m]->cell_count, sizeof **sums);
	for (size_t i = 0; i < with->count; i++) {
		size_t cell = with->cells[i * with->used_count + m];
		(*rows)[cell] += with->start[i] > 0;
		(*sums)[cell] += weights[i];
	}
}

/* No variable is derived of areas, so that none can be put together with another. */
static bool is_area(const struct weighting *with, const struct margin *margin)
{
	const struct variable *area = dictionary_role(with->dictionary, ROLE_AREA);
	return area && margin->variable_count == 1 && strcmp(with->sources[margin->variables[0]].name, area->name) == 0;
}

/* Which cell is it whose weights cannot be `most` times the mean and add up? */
static bool check_cells(const struct weighting *with, size_t m, double population, struct error *err)
{
	const struct margin *margin = with->used[m];
	size_t *rows = NULL;
	double *sums = NULL;
	bool ok = true;
	sums_of(with, m, with->start, &rows, &sums);
	for (size_t c = 0; ok && c < margin->cell_count; c++) {
		const struct margin_cell *cell = &margin->cells[c];
		if (rows[c] == 0) {
			ok = error_at(err, ERROR_CONFIG, with->margins->path, cell->line,
			              "no accepted row%s is in the cell %s=%s",
			              with->weight ? " with a weight above 0" : "", margin->name, cell->code);
			error_code(err, "margin-empty");
			error_help(err, "nobody can stand for it: %s",
			           is_area(with, margin)
			                   ? "leave it out of margins.csv, so that the weights stand for the rest"
			                   : "put it together with another code in a derived variable, and take that "
			                     "as the margin");
		} else if (with->design->trim
		           && cell->population > (double)rows[c] * *with->design->trim * population
		                                         / (double)with->count * (1 - 1e-9)) {
			ok = error_at(
				err, ERROR_CONFIG, with->margins->path, cell->line,
				"the cell %s=%s cannot reach its population with weights of at most %g times the mean",
				margin->name, cell->code, *with->design->trim);
			error_code(err, "margin-trim");
			error_help(err, "raise trim, or put the cell together with another");
		}
	}
	free(rows);
	free(sums);
	return ok;
}

static bool adjust(struct weighting *with, struct rake_report *report, struct error *err)
{
	size_t count = with->adjusted_count;
	struct rake_margin *margins = mem_alloc(count, sizeof *margins);
	size_t **cells = mem_alloc(count, sizeof *cells);
	double **populations = mem_alloc(count, sizeof *populations), total = 0;
	bool ok = true;
	for (size_t c = 0; c < with->used[0]->cell_count; c++)
		total += with->used[0]->cells[c].population;
	for (size_t m = 0; m < count; m++) {
		const struct margin *margin = with->used[m];
		double sum = 0;
		cells[m] = mem_alloc(with->count, sizeof *cells[m]);
		populations[m] = mem_alloc(margin->cell_count, sizeof *populations[m]);
		for (size_t i = 0; i < with->count; i++)
			cells[m][i] = with->cells[i * with->used_count + m];
		for (size_t c = 0; c < margin->cell_count; c++)
			sum += margin->cells[c].population;
		/* sums that differ in their seventh digit would never be reached both */
		for (size_t c = 0; c < margin->cell_count; c++)
			populations[m][c] = margin->cells[c].population * (total / sum);
		margins[m] = (struct rake_margin){ cells[m], populations[m], margin->cell_count };
		ok = ok && check_cells(with, m, total, err);
	}
	if (ok && with->design->trim)
		rake_trimmed(report, with->weights, with->count, margins, count, *with->design->trim);
	else if (ok)
		rake(report, with->weights, with->count, margins, count);
	if (ok && !report->done) {
		ok = error_at(err, ERROR_CONFIG, with->margins->path, 0, "no weights of %s fit all margins%s",
		              with->dataset->name, with->design->trim ? " without going above trim" : "");
		error_code(err, "margin-conflict");
		error_help(err,
		           "crossings of the margins that nobody is in make them contradict each other: leave out a "
		           "margin, put codes together in a derived variable%s",
		           with->design->trim ? ", or raise trim" : "");
	}
	for (size_t m = 0; m < count; m++) {
		free(cells[m]);
		free(populations[m]);
	}
	free(cells);
	free(populations);
	free(margins);
	return ok;
}

/* --- writing --- */

static bool write_weights(const struct weighting *with, struct error *err)
{
	sqlite3_stmt *weighted = NULL, *in_margin = NULL;
	bool ok = store_prepare(&weighted, with->derived, "INSERT INTO weighted VALUES (:row, :start, :weight)", err)
	          && store_prepare(&in_margin, with->derived, "INSERT INTO margin_row VALUES (:margin, :row, :cell)",
	                           err);
	for (size_t i = 0; ok && i < with->count; i++) {
		if (with->adjusted_count) {
			store_bind_integer(weighted, ":row", with->rows[i]);
			store_bind_real(weighted, ":start", with->start[i]);
			store_bind_real(weighted, ":weight", with->weights[i]);
			ok = store_insert(with->derived, weighted, err);
		}
		for (size_t m = 0; ok && m < with->used_count; m++) {
			store_bind_integer(in_margin, ":margin", (long long)m + 1);
			store_bind_integer(in_margin, ":row", with->rows[i]);
			store_bind_integer(in_margin, ":cell", (long long)with->cells[i * with->used_count + m] + 1);
			ok = store_insert(with->derived, in_margin, err);
		}
	}
	sqlite3_finalize(weighted);
	sqlite3_finalize(in_margin);
	return ok;
}

static bool write_margin(const struct weighting *with, size_t m, struct error *err)
{
	const struct margin *margin = with->used[m];
	size_t *rows = NULL, *same = NULL;
	double *before = NULL, *after = NULL;
	sqlite3_stmt *insert = NULL;
	sums_of(with, m, with->start, &rows, &before);
	sums_of(with, m, with->weights, &same, &after);
	bool ok = store_prepare(&insert, with->derived,
	                        "INSERT INTO margin VALUES (:margin, :cell, :adjusted, :name, :code, :population, "
	                        ":rows, :before, :after)",
	                        err);
	for (size_t c = 0; ok && c < margin->cell_count; c++) {
		store_bind_integer(insert, ":margin", (long long)m + 1);
		store_bind_integer(insert, ":cell", (long long)c + 1);
		store_bind_integer(insert, ":adjusted", m < with->adjusted_count);
		store_bind_text(insert, ":name", margin->name);
		store_bind_text(insert, ":code", margin->cells[c].code);
		store_bind_real(insert, ":population", margin->cells[c].population);
		store_bind_integer(insert, ":rows", (long long)rows[c]);
		store_bind_real(insert, ":before", before[c]);
		store_bind_real(insert, ":after", after[c]);
		ok = store_insert(with->derived, insert, err);
	}
	sqlite3_finalize(insert);
	free(rows);
	free(same);
	free(before);
	free(after);
	return ok;
}

static bool write_facts(const struct weighting *with, const struct rake_report *report, struct error *err)
{
	double least = with->weights[0], most = with->weights[0], sum = 0;
	for (size_t i = 0; i < with->count; i++) {
		least = fmin(least, with->weights[i]);
		most = fmax(most, with->weights[i]);
		sum += with->weights[i];
	}
	double mean = sum / (double)with->count;
	const struct {
		const char *item;
		double value;
	} facts[] = {
		{ "iterations", (double)report->rounds },
		{ "kish_after", rake_kish(with->weights, with->count) },
		{ "kish_before", rake_kish(with->start, with->count) },
		{ "largest_error", report->largest_error },
		{ "least", least },
		{ "mean", mean },
		{ "most", most },
		{ "trimmed", (double)report->trimmed },
	};
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, with->derived, "INSERT INTO weighting VALUES (:item, :value)", err);
	for (size_t i = 0; ok && i < COUNT(facts); i++) {
		store_bind_text(insert, ":item", facts[i].item);
		store_bind_real(insert, ":value", facts[i].value);
		ok = store_insert(with->derived, insert, err);
	}
	sqlite3_finalize(insert);
	if (ok) /* and no more: the largest of them beside a population is a small count */
		printf("%s: weights fit %zu margin%s\n", with->dataset->name, with->adjusted_count,
		       with->adjusted_count == 1 ? "" : "s");
	return ok;
}

static void release(struct weighting *with)
{
	for (size_t s = 0; s < with->source_count; s++) {
		for (size_t c = 0; c < with->sources[s].count; c++)
			free((void *)with->sources[s].codes[c]);
		free(with->sources[s].codes);
		free(with->sources[s].name);
		sqlite3_finalize(with->sources[s].derived);
	}
	free(with->sources);
	free(with->variables);
	margins_free(with->margins);
	free(with->used);
	free(with->rows);
	free(with->start);
	free(with->weights);
	free(with->cells);
}

bool weighting_write(const struct study_dataset *dataset, const struct dictionary *dictionary, const char *config,
                     const char *validated, const char *ingested, struct store *derived, struct error *err)
{
	const struct study_design *design = dataset->design;
	if (!roles_check(dataset, dictionary, config, err))
		return false;
	if (!design || (design->adjust == STUDY_ADJUST_NONE && !design->fpc))
		return true;
	struct weighting with = { .dataset = dataset,
		                  .design = design,
		                  .dictionary = dictionary,
		                  .config = config,
		                  .derived = derived,
		                  .weight = dictionary_role(dictionary, ROLE_WEIGHT) };
	struct rake_report report = { 0 };
	add_dictionary(&with);
	bool ok = add_derived(&with, err) && choose_margins(&with, err) && read_rows(&with, validated, ingested, err);
	if (ok) {
		with.weights = mem_alloc(with.count, sizeof *with.weights);
		for (size_t i = 0; i < with.count; i++)
			with.weights[i] = with.start[i];
	}
	if (ok && with.adjusted_count)
		ok = adjust(&with, &report, err);
	ok = ok && write_weights(&with, err);
	for (size_t m = 0; ok && m < with.used_count; m++)
		ok = write_margin(&with, m, err);
	if (ok && with.adjusted_count)
		ok = write_facts(&with, &report, err);
	release(&with);
	return ok;
}
