#include "recodes.h"

#include <stdlib.h>
#include <string.h>

#include "accepted.h"
#include "conditions.h"
#include "embedded.h"
#include "expression.h"
#include "mem.h"
#include "number.h"
#include "provenance.h"
#include "recode.h"
#include "text.h"

/* What stands behind one column of the expressions: a variable of the dictionary, a score, or a derived variable. The
 * columns stand in this order. */
struct source {
	struct expression_answer *answers; /* of the column */
	bool *inputs;                      /* the variables of the dictionary that it is made of; NULL: it is one */
	int at;                            /* of a score that is read: its column of the query; else -1 */
};

struct recodes {
	const struct study_dataset *dataset;
	const struct dictionary *dictionary;
	struct store *derived;
	struct mem_arena *strings;

	struct expression_column *columns;
	struct source *sources;
	unsigned *reasons;            /* that each column may be missing for */
	enum missing_reason *missing; /* why each has no value in the row under way */
	size_t count, capacity, source_capacity;
	size_t first_score, first_derived;

	struct expressions *expressions;
	struct recode *recodes;
	size_t recode_count;
	char (*digests)[PROVENANCE_HASH_SIZE]; /* of their definitions */
	bool *wanted;                          /* of the dictionary's variables: read by an expression */
};

/* --- the columns --- */

static struct source *add_column(struct recodes *recodes, struct expression_column column,
                                 struct expression_answer *answers)
{
	size_t count = recodes->count++;
	recodes->columns = mem_grow(recodes->columns, count, &recodes->capacity, sizeof *recodes->columns);
	recodes->sources = mem_grow(recodes->sources, count, &recodes->source_capacity, sizeof *recodes->sources);
	recodes->columns[count] = column;
	recodes->sources[count] = (struct source){ .answers = answers, .at = -1 };
	return &recodes->sources[count];
}

/* A column of these codes: of whole numbers where each of them is one, as the dictionary has it. */
static struct expression_column coded_column(const char *name, const struct expression_answer *answers, size_t count)
{
	bool integers = true;
	long long integer = 0;
	for (size_t i = 0; i < count; i++)
		integers = integers && number_read_integer(answers[i].code, &integer);
	return (struct expression_column){
		.name = name,
		.type = integers ? EXPRESSION_INTEGER : EXPRESSION_TEXT,
		.answers = answers,
		.answer_count = count,
		.missing = true,
	};
}

static bool add_variables(struct recodes *recodes)
{
	for (size_t i = 0; i < recodes->dictionary->variable_count; i++) {
		struct expression_answer *answers = NULL;
		struct expression_column column = conditions_column(&recodes->dictionary->variables[i], &answers);
		add_column(recodes, column, answers);
	}
	recodes->first_score = recodes->count;
	return true;
}

static char *column_text(const struct recodes *recodes, sqlite3_stmt *row, int column)
{
	return mem_arena_copy(recodes->strings, (const char *)sqlite3_column_text(row, column));
}

/* The codes of a score of bands, in their order. */
static bool read_codes(struct expression_answer **answers, size_t *count, const struct recodes *recodes,
                       const char *score, struct error *err)
{
	sqlite3_stmt *select = NULL;
	size_t capacity = 0;
	bool row = false;
	bool ok =
		store_prepare(&select, recodes->derived,
	                      "SELECT code, label FROM derived_code WHERE variable = :variable ORDER BY position", err);
	if (ok)
		store_bind_text(select, ":variable", score);
	while (ok && (ok = store_step(recodes->derived, select, &row, err)) && row) {
		*answers = mem_grow(*answers, *count, &capacity, sizeof **answers);
		(*answers)[(*count)++] = (struct expression_answer){ .code = column_text(recodes, select, 0),
			                                             .label = column_text(recodes, select, 1) };
	}
	sqlite3_finalize(select);
	return ok;
}

/* Which variables of the dictionary a score is made of. */
static bool *score_inputs(const struct recodes *recodes, const struct scales *scales, const char *score)
{
	bool *inputs = mem_alloc(recodes->dictionary->variable_count, sizeof *inputs);
	for (size_t i = 0; i < scales->count; i++) {
		const struct instrument *instrument = scales->scales[i].instrument;
		for (unsigned s = 0; s < instrument->scores_count; s++)
			for (unsigned item = 0; item < instrument->items_count; item++)
				if (strcmp(instrument->scores[s].variable, score) == 0
				    && instrument_uses(instrument, s, item))
					inputs[scales->scales[i].variables[item]] = true;
	}
	return inputs;
}

/* Those that are described in derived.db already. */
static bool add_scores(struct recodes *recodes, const struct scales *scales, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, recodes->derived, "SELECT variable, type FROM derived ORDER BY position", err);
	while (ok && (ok = store_step(recodes->derived, select, &row, err)) && row) {
		const char *name = column_text(recodes, select, 0);
		struct expression_column column = { .name = name, .type = EXPRESSION_REAL, .missing = true };
		struct expression_answer *answers = NULL;
		size_t count = 0;
		if (strcmp((const char *)sqlite3_column_text(select, 1), "code") == 0) {
			ok = read_codes(&answers, &count, recodes, name, err);
			column = coded_column(name, answers, count);
		}
		add_column(recodes, column, answers)->inputs = score_inputs(recodes, scales, name);
	}
	sqlite3_finalize(select);
	recodes->first_derived = recodes->count;
	return ok;
}

static bool check_name(const struct recodes *recodes, const char *name, const char *path, struct error *err)
{
	for (size_t i = 0; i < recodes->first_derived; i++) {
		if (strcmp(recodes->columns[i].name, name) != 0)
			continue;
		error_at(err, ERROR_CONFIG, path, 0, "the derived variable `%s` has the name of %s", name,
		         i < recodes->first_score ? "a variable of the dictionary" : "a score of an instrument");
		return error_help(err, "give it another");
	}
	return true;
}

static bool add_derived(struct recodes *recodes, const char *path, struct error *err)
{
	for (unsigned d = 0; d < recodes->dataset->derived_count; d++) {
		const struct study_derived *derived = &recodes->dataset->derived[d];
		struct expression_column column = { .name = derived->variable,
			                            .type = EXPRESSION_REAL,
			                            .missing = true };
		struct expression_answer *answers = NULL;
		if (!check_name(recodes, derived->variable, path, err))
			return false;
		if (derived->codes_count) {
			answers = mem_alloc(derived->codes_count, sizeof *answers);
			for (unsigned c = 0; c < derived->codes_count; c++)
				answers[c] = (struct expression_answer){ .code = derived->codes[c].code,
					                                 .label = derived->codes[c].label };
			column = coded_column(derived->variable, answers, derived->codes_count);
		}
		add_column(recodes, column, answers);
	}
	return true;
}

/* --- the reasons that columns may be missing for --- */

static bool read_score_reasons(struct recodes *recodes, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, recodes->derived, "SELECT variable, reason FROM derived_reason", err);
	while (ok && (ok = store_step(recodes->derived, select, &row, err)) && row) {
		enum missing_reason reason = MISSING_NONE;
		const char *variable = (const char *)sqlite3_column_text(select, 0);
		missing_reason_read((const char *)sqlite3_column_text(select, 1), &reason);
		for (size_t i = recodes->first_score; i < recodes->first_derived; i++)
			if (strcmp(recodes->columns[i].name, variable) == 0)
				recodes->reasons[i] |= 1u << reason;
	}
	sqlite3_finalize(select);
	return ok;
}

static bool read_reasons(struct recodes *recodes, struct error *err)
{
	for (size_t i = 0; i < recodes->first_score; i++)
		if (!recodes->dictionary->variables[i].required)
			recodes->reasons[i] = recodes->dictionary->variables[i].missing;
	return read_score_reasons(recodes, err);
}

/* --- compiling --- */

/* What it is made of, by way of scores and other derived variables too. */
static void find_inputs(struct recodes *recodes, const struct recode *recode, struct source *own)
{
	size_t variables = recodes->dictionary->variable_count;
	own->inputs = mem_alloc(variables, sizeof *own->inputs);
	for (size_t i = 0; i < recode->input_count; i++) {
		size_t column = recode->inputs[i];
		const struct source *source = &recodes->sources[column];
		if (column < variables)
			own->inputs[column] = recodes->wanted[column] = true;
		for (size_t v = 0; source->inputs && v < variables; v++)
			own->inputs[v] = own->inputs[v] || source->inputs[v];
	}
}

static bool compile(struct recodes *recodes, const char *path, struct error *err)
{
	if (recodes->dataset->derived_count
	    && !expressions_new(&recodes->expressions, recodes->columns, recodes->count, err))
		return false;
	for (unsigned d = 0; d < recodes->dataset->derived_count; d++) {
		size_t own = recodes->first_derived + d;
		struct recode *recode = &recodes->recodes[recodes->recode_count++];
		if (!recode_compile(recode, &recodes->dataset->derived[d], path, recodes->expressions, recodes->columns,
		                    own, recodes->dictionary, err))
			return false;
		find_inputs(recodes, recode, &recodes->sources[own]);
		recodes->reasons[own] = recode_reasons(recode, recodes->reasons);
	}
	return true;
}

/* --- describing --- */

/* The statements that describing writes with. */
struct describing {
	struct store *to;
	sqlite3_stmt *variable, *code, *reason, *made_of, *definition;
};

/* The expressions, as one. */
static char *source_words(const struct study_derived *derived)
{
	struct text words = { 0 };
	text_add(&words, derived->value ? derived->value : "case");
	for (unsigned c = 0; c < derived->codes_count; c++)
		text_print(&words, derived->codes[c].when ? " when %s then '%s'" : " else%.0s '%s'",
		           derived->codes[c].when ? derived->codes[c].when : "", derived->codes[c].code);
	if (derived->codes_count)
		text_add(&words, " end");
	return words.bytes;
}

static bool describe_variable(const struct describing *with, const struct study_derived *derived, long long position,
                              struct error *err)
{
	char *source = source_words(derived);
	const char *usual = derived->codes_count ? "nominal" : "amount";
	store_bind_text(with->variable, ":variable", derived->variable);
	store_bind_integer(with->variable, ":position", position);
	store_bind_text(with->variable, ":label", derived->label);
	store_bind_text(with->variable, ":type", derived->codes_count ? "code" : "number");
	store_bind_text(with->variable, ":level", derived->level ? derived->level : usual);
	store_bind_text(with->variable, ":unit", derived->unit);
	store_bind_text(with->variable, ":polarity", derived->polarity);
	store_bind_text(with->variable, ":domain", derived->domain);
	if (derived->least)
		store_bind_real(with->variable, ":least", *derived->least);
	if (derived->most)
		store_bind_real(with->variable, ":most", *derived->most);
	store_bind_text(with->variable, ":instrument", NULL);
	store_bind_text(with->variable, ":source", source);
	free(source);
	if (!store_insert(with->to, with->variable, err))
		return false;
	for (unsigned c = 0; c < derived->codes_count; c++) {
		store_bind_text(with->code, ":variable", derived->variable);
		store_bind_integer(with->code, ":position", c + 1);
		store_bind_text(with->code, ":code", derived->codes[c].code);
		store_bind_text(with->code, ":label", derived->codes[c].label);
		if (!store_insert(with->to, with->code, err))
			return false;
	}
	return true;
}

/* All that decides on whom it counts as what. */
static void define(struct recodes *recodes, size_t d)
{
	const struct recode *recode = &recodes->recodes[d];
	const struct study_derived *derived = recode->config;
	char *source = source_words(derived);
	struct text words = { 0 };
	text_print(&words, "%s\n%d %s", source, derived->needs, derived->missing ? derived->missing : "");
	if (derived->least)
		text_print(&words, " least %.17g", *derived->least);
	if (derived->most)
		text_print(&words, " most %.17g", *derived->most);
	for (size_t i = 0; i < recode->input_count; i++)
		if (recode->inputs[i] >= recodes->first_derived)
			text_print(&words, "\n%s", recodes->digests[recode->inputs[i] - recodes->first_derived]);
	provenance_hash_bytes(recodes->digests[d], words.bytes, words.length);
	text_free(&words);
	free(source);
}

static bool describe_definition(const struct describing *with, struct recodes *recodes, size_t d, struct error *err)
{
	enum { DIGITS = 12 };
	define(recodes, d);
	char *digest = mem_copy_bytes(recodes->digests[d], DIGITS);
	store_bind_text(with->definition, ":variable", recodes->recodes[d].config->variable);
	store_bind_text(with->definition, ":digest", digest);
	free(digest);
	return store_insert(with->to, with->definition, err);
}

static bool describe_reasons(const struct describing *with, const char *variable, unsigned reasons, struct error *err)
{
	for (int reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++) {
		if (!(reasons & 1u << reason))
			continue;
		store_bind_text(with->reason, ":variable", variable);
		store_bind_text(with->reason, ":reason", missing_reason_word((enum missing_reason)reason));
		if (!store_insert(with->to, with->reason, err))
			return false;
	}
	return true;
}

static bool describe_inputs(const struct describing *with, const struct recodes *recodes, size_t column,
                            struct error *err)
{
	for (size_t v = 0; v < recodes->dictionary->variable_count; v++) {
		const struct variable *variable = &recodes->dictionary->variables[v];
		if (!recodes->sources[column].inputs[v])
			continue;
		store_bind_text(with->made_of, ":variable", recodes->columns[column].name);
		store_bind_text(with->made_of, ":input", variable->name);
		store_bind_integer(with->made_of, ":study", column >= recodes->first_derived);
		store_bind_text(with->made_of, ":disclosure", variable_disclosure_word(variable->disclosure));
		if (!store_insert(with->to, with->made_of, err))
			return false;
	}
	return true;
}

static bool describe(struct recodes *recodes, struct error *err)
{
	struct describing with = { .to = recodes->derived };
	long long last = 0;
	bool ok =
		store_read_integer(with.to, "SELECT max(position) FROM derived", 0, &last, err)
		&& store_prepare(&with.variable, with.to, sql_derive_insert_variable, err)
		&& store_prepare(&with.code, with.to,
	                         "INSERT INTO derived_code VALUES (:variable, :position, :code, :label)", err)
		&& store_prepare(&with.reason, with.to, "INSERT INTO derived_reason VALUES (:variable, :reason)", err)
		&& store_prepare(&with.made_of, with.to,
	                         "INSERT INTO made_of VALUES (:variable, :input, :study, :disclosure)", err)
		&& store_prepare(&with.definition, with.to, "INSERT INTO definition VALUES (:variable, :digest)", err);
	for (size_t i = recodes->first_score; ok && i < recodes->count; i++)
		ok = describe_inputs(&with, recodes, i, err);
	for (size_t d = 0; ok && d < recodes->recode_count; d++) {
		const struct study_derived *derived = recodes->recodes[d].config;
		ok = describe_variable(&with, derived, last + 1 + (long long)d, err)
		     && describe_definition(&with, recodes, d, err)
		     && describe_reasons(&with, derived->variable, recodes->reasons[recodes->first_derived + d], err);
	}
	sqlite3_finalize(with.variable);
	sqlite3_finalize(with.code);
	sqlite3_finalize(with.reason);
	sqlite3_finalize(with.made_of);
	sqlite3_finalize(with.definition);
	return ok;
}

/* --- the whole --- */

bool recodes_new(struct recodes **recodes, const struct study_dataset *dataset, const struct dictionary *dictionary,
                 const struct scales *scales, const char *path, struct store *derived, struct error *err)
{
	struct recodes *made = mem_alloc(1, sizeof *made);
	*made = (struct recodes){ .dataset = dataset, .dictionary = dictionary, .derived = derived };
	made->strings = mem_arena_new();
	made->wanted = mem_alloc(dictionary->variable_count, sizeof *made->wanted);
	made->recodes = mem_alloc(dataset->derived_count, sizeof *made->recodes);
	made->digests = mem_alloc(dataset->derived_count, sizeof *made->digests);
	path = mem_arena_copy(made->strings, path);
	bool ok = add_variables(made) && add_scores(made, scales, err) && add_derived(made, path, err);
	made->reasons = mem_alloc(made->count, sizeof *made->reasons);
	made->missing = mem_alloc(made->count, sizeof *made->missing);
	if (!ok || !read_reasons(made, err) || !compile(made, path, err) || !describe(made, err)) {
		recodes_free(made);
		return false;
	}
	*recodes = made;
	return true;
}

void recodes_free(struct recodes *recodes)
{
	if (!recodes)
		return;
	for (size_t d = 0; d < recodes->recode_count; d++)
		recode_release(&recodes->recodes[d]);
	expressions_free(recodes->expressions);
	for (size_t i = 0; i < recodes->count; i++) {
		free(recodes->sources[i].answers);
		free(recodes->sources[i].inputs);
	}
	free(recodes->recodes);
	free(recodes->digests);
	free(recodes->columns);
	free(recodes->sources);
	free(recodes->reasons);
	free(recodes->missing);
	free(recodes->wanted);
	mem_arena_free(recodes->strings);
	free(recodes);
}

/* --- the rows --- */

struct writing {
	sqlite3_stmt *scores; /* those that are read; NULL: none is */
	sqlite3_stmt *why;    /* a score is missing */
	sqlite3_stmt *update, *unscored;
};

/* Only now: the scores were inserted into the table as it was. */
static bool add_table_column(const struct recodes *recodes, const struct study_derived *derived, struct error *err)
{
	char *name = store_quote_name(derived->variable);
	char *sql = mem_print("ALTER TABLE scores ADD COLUMN %s %s", name, derived->codes_count ? "INTEGER" : "REAL");
	bool ok = store_run(recodes->derived, sql, err);
	free(name);
	free(sql);
	return ok;
}

static bool is_read(const struct recodes *recodes, size_t column)
{
	for (size_t d = 0; d < recodes->recode_count; d++)
		for (size_t i = 0; i < recodes->recodes[d].input_count; i++)
			if (recodes->recodes[d].inputs[i] == column)
				return true;
	return false;
}

static bool prepare_scores(struct writing *with, struct recodes *recodes, struct error *err)
{
	struct text sql = { 0 };
	int at = 0;
	text_add(&sql, "SELECT ");
	for (size_t i = recodes->first_score; i < recodes->first_derived; i++) {
		if (!is_read(recodes, i))
			continue;
		char *name = store_quote_name(recodes->columns[i].name);
		text_print(&sql, "%s%s", at ? ", " : "", name);
		free(name);
		recodes->sources[i].at = at++;
	}
	text_add(&sql, " FROM scores WHERE row = :row");
	bool ok = at == 0
	          || (store_prepare(&with->scores, recodes->derived, sql.bytes, err)
	              && store_prepare(&with->why, recodes->derived,
	                               "SELECT missing FROM unscored WHERE row = :row AND variable = :variable", err));
	text_free(&sql);
	return ok;
}

static bool prepare_update(struct writing *with, const struct recodes *recodes, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "UPDATE scores SET ");
	for (size_t d = 0; d < recodes->recode_count; d++) {
		char *name = store_quote_name(recodes->recodes[d].config->variable);
		text_print(&sql, "%s%s = ?", d ? ", " : "", name);
		free(name);
	}
	text_add(&sql, " WHERE row = ?");
	bool ok = store_prepare(&with->update, recodes->derived, sql.bytes, err)
	          && store_prepare(&with->unscored, recodes->derived,
	                           "INSERT INTO unscored VALUES (:row, :variable, :missing)", err);
	text_free(&sql);
	return ok;
}

/* A column's value as a number, or of codes as the one at this position from 1. */
static void set_value(struct expression_column *column, double number, size_t position)
{
	column->missing = false;
	column->real = number;
	if (column->answers) {
		column->text = column->answers[position - 1].code;
		number_read_integer(column->text, &column->integer); /* where the column is of whole numbers */
	}
}

static bool read_why(enum missing_reason *missing, const struct writing *with, const struct recodes *recodes,
                     long long row, const char *score, struct error *err)
{
	bool found = false;
	store_bind_integer(with->why, ":row", row);
	store_bind_text(with->why, ":variable", score);
	bool ok = store_step(recodes->derived, with->why, &found, err);
	if (ok && (!found || !missing_reason_read((const char *)sqlite3_column_text(with->why, 0), missing)))
		ok = error_set(err, ERROR_FAULT, "the score %s is missing without a reason", score);
	sqlite3_reset(with->why);
	return ok;
}

static bool set_scores(const struct writing *with, struct recodes *recodes, long long row, struct error *err)
{
	bool found = false;
	if (!with->scores)
		return true;
	store_bind_integer(with->scores, ":row", row);
	bool ok = store_step(recodes->derived, with->scores, &found, err);
	if (ok && !found)
		ok = error_set(err, ERROR_FAULT, "an accepted row has no scores");
	for (size_t i = recodes->first_score; ok && i < recodes->first_derived; i++) {
		int at = recodes->sources[i].at;
		struct expression_column *column = &recodes->columns[i];
		recodes->missing[i] = MISSING_NONE;
		if (at < 0)
			continue;
		column->missing = sqlite3_column_type(with->scores, at) == SQLITE_NULL;
		if (column->missing)
			ok = read_why(&recodes->missing[i], with, recodes, row, column->name, err);
		else
			set_value(column, sqlite3_column_double(with->scores, at),
			          (size_t)sqlite3_column_int64(with->scores, at));
	}
	sqlite3_reset(with->scores);
	return ok;
}

static void set_variables(struct recodes *recodes, const struct accepted *accepted)
{
	for (size_t i = 0; i < recodes->first_score; i++) {
		if (!recodes->wanted[i])
			continue;
		const struct answer *answer = accepted_answer(accepted, i);
		conditions_set(&recodes->columns[i], answer);
		recodes->missing[i] = answer->missing;
	}
}

/* One derived variable of the row, and its column for those below it. */
static bool derive(const struct writing *with, struct recodes *recodes, size_t d, long long row, struct error *err)
{
	const struct recode *recode = &recodes->recodes[d];
	size_t own = recodes->first_derived + d;
	struct recode_answer answer;
	if (!recode_row(&answer, recode, recodes->missing, err))
		return false;
	recodes->missing[own] = answer.missing;
	recodes->columns[own].missing = answer.missing != MISSING_NONE;
	if (answer.missing == MISSING_NONE) {
		set_value(&recodes->columns[own], answer.number, answer.position);
		if (recode->value)
			sqlite3_bind_double(with->update, (int)d + 1, answer.number);
		else
			sqlite3_bind_int64(with->update, (int)d + 1, (long long)answer.position);
		return true;
	}
	sqlite3_bind_null(with->update, (int)d + 1);
	store_bind_integer(with->unscored, ":row", row);
	store_bind_text(with->unscored, ":variable", recode->config->variable);
	store_bind_text(with->unscored, ":missing", missing_reason_word(answer.missing));
	return store_insert(recodes->derived, with->unscored, err);
}

static bool write_row(const struct writing *with, struct recodes *recodes, const struct accepted *accepted,
                      struct error *err)
{
	long long row = accepted_row(accepted);
	set_variables(recodes, accepted);
	bool ok = set_scores(with, recodes, row, err);
	for (size_t d = 0; ok && d < recodes->recode_count; d++)
		ok = derive(with, recodes, d, row, err);
	if (ok)
		sqlite3_bind_int64(with->update, (int)recodes->recode_count + 1, row);
	return ok && store_insert(recodes->derived, with->update, err);
}

bool recodes_write(struct recodes *recodes, const char *validated, const char *ingested, struct error *err)
{
	struct writing with = { 0 };
	struct accepted *accepted = NULL;
	bool more = true;
	if (recodes->recode_count == 0)
		return true;
	bool ok = true;
	for (size_t d = 0; ok && d < recodes->recode_count; d++)
		ok = add_table_column(recodes, recodes->recodes[d].config, err);
	ok = ok && prepare_scores(&with, recodes, err) && prepare_update(&with, recodes, err)
	     && accepted_open(&accepted, validated, ingested, recodes->dictionary, recodes->wanted, err)
	     && accepted_next(accepted, &more, err);
	while (ok && more)
		ok = write_row(&with, recodes, accepted, err) && accepted_next(accepted, &more, err);
	sqlite3_finalize(with.scores);
	sqlite3_finalize(with.why);
	sqlite3_finalize(with.update);
	sqlite3_finalize(with.unscored);
	accepted_close(accepted);
	return ok;
}
