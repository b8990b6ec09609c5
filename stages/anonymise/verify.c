#include "verify.h"

#include <stdlib.h>
#include <string.h>

#include "key_table.h"
#include "reidentification.h"
#include "text.h"

/* --- one demand --- */

/* A record by what it shows of the demand's keys. */
struct shown {
	const int *codes;
	const struct safety *demand;
	size_t width, record;
};

static int compare_shown(const void *a, const void *b)
{
	const struct shown *one = a, *other = b;
	for (size_t k = 0; k < one->width; k++)
		if (one->demand->set >> k & 1 && one->codes[k] != other->codes[k])
			return one->codes[k] < other->codes[k] ? -1 : 1;
	return (one->record > other->record) - (one->record < other->record);
}

static bool agree(const struct shown *one, const struct shown *other, enum key_missing missing)
{
	for (size_t k = 0; k < one->width; k++) {
		bool open = missing == KEY_MISSING_WILDCARD && (one->codes[k] == 0 || other->codes[k] == 0);
		if (one->demand->set >> k & 1 && !open && one->codes[k] != other->codes[k])
			return false;
	}
	return true;
}

/* Who is met while one group is counted: by person and by answer, the last group that met it. */
struct meeting {
	size_t *people, *answers, group;
	size_t f, distinct;
	double F;
};

static void meet(struct meeting *meeting, const struct verifying *verifying, size_t record)
{
	size_t person = verifying->people[record];
	int answer = verifying->answers ? verifying->answers[record] : 0;
	if (meeting->people[person] != meeting->group) {
		meeting->people[person] = meeting->group;
		meeting->f++;
		meeting->F += verifying->weights ? verifying->weights[record] : 1;
	}
	if (answer > 0 && meeting->answers[answer] != meeting->group) {
		meeting->answers[answer] = meeting->group;
		meeting->distinct++;
	}
}

/* A millionth part of the risk is lost in adding up weights in another order. */
static bool holds(const struct meeting *meeting, const struct safety *demand)
{
	double risk = 1;
	if (demand->max_risk > 0
	    && (!individual_risk(&risk, (double)meeting->f, meeting->F) || risk > demand->max_risk * (1 + 1e-6)))
		return false;
	return meeting->f >= demand->k && (demand->l == 0 || meeting->distinct == 0 || meeting->distinct >= demand->l);
}

static size_t most_of(const size_t *people, const int *answers, size_t count)
{
	size_t most = 0;
	for (size_t i = 0; i < count; i++) {
		most = people[i] > most ? people[i] : most;
		most = answers && answers[i] > 0 && (size_t)answers[i] > most ? (size_t)answers[i] : most;
	}
	return most;
}

/* Records that show the same, as groups: those of group g are shown[starts[g]] to before shown[starts[g + 1]]. */
struct grouping {
	const struct verifying *verifying;
	const struct safety *demand;
	struct shown *shown;
	size_t *starts, count;
};

static void group_records(struct grouping *grouping)
{
	const struct verifying *verifying = grouping->verifying;
	size_t count = verifying->count;
	grouping->shown = mem_alloc(count, sizeof *grouping->shown);
	grouping->starts = mem_alloc(count + 1, sizeof *grouping->starts);
	for (size_t i = 0; i < count; i++)
		grouping->shown[i] = (struct shown){ verifying->codes + i * verifying->width, grouping->demand,
			                             verifying->width, i };
	mem_sort(grouping->shown, count, sizeof *grouping->shown, compare_shown);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || !agree(&grouping->shown[i - 1], &grouping->shown[i], KEY_MISSING_VALUE))
			grouping->starts[grouping->count++] = i;
	grouping->starts[grouping->count] = count;
}

/* The groups by one key: those of code c are groups[first[c]] to before groups[first[c + 1]]. */
struct by_key {
	size_t *first, *groups;
	int most;
};

static int code_of(const struct grouping *grouping, size_t group, size_t key)
{
	return grouping->shown[grouping->starts[group]].codes[key];
}

static void list_by_key(struct by_key *by_key, const struct grouping *grouping, size_t key)
{
	for (size_t g = 0; g < grouping->count; g++)
		by_key->most = code_of(grouping, g, key) > by_key->most ? code_of(grouping, g, key) : by_key->most;
	size_t codes = (size_t)by_key->most + 1;
	size_t *next = mem_alloc(codes, sizeof *next);
	by_key->first = mem_alloc(codes + 1, sizeof *by_key->first);
	by_key->groups = mem_alloc(grouping->count, sizeof *by_key->groups);
	for (size_t g = 0; g < grouping->count; g++)
		by_key->first[code_of(grouping, g, key) + 1]++;
	for (size_t c = 0; c < codes; c++) {
		by_key->first[c + 1] += by_key->first[c];
		next[c] = by_key->first[c];
	}
	for (size_t g = 0; g < grouping->count; g++)
		by_key->groups[next[code_of(grouping, g, key)]++] = g;
	free(next);
}

static size_t count_code(const struct by_key *by_key, int code)
{
	return by_key->first[code + 1] - by_key->first[code];
}

static void meet_group(struct meeting *meeting, const struct grouping *grouping, size_t group, size_t other)
{
	const struct shown *one = &grouping->shown[grouping->starts[group]];
	if (!agree(one, &grouping->shown[grouping->starts[other]], grouping->verifying->missing))
		return;
	for (size_t i = grouping->starts[other]; i < grouping->starts[other + 1]; i++)
		meet(meeting, grouping->verifying, grouping->shown[i].record);
}

static void meet_code(struct meeting *meeting, const struct grouping *grouping, size_t group,
                      const struct by_key *by_key, int code)
{
	for (size_t at = by_key->first[code]; at < by_key->first[code + 1]; at++)
		meet_group(meeting, grouping, group, by_key->groups[at]);
}

/* Everybody who agrees has the value of any key, or misses it: the key is taken that leaves the fewest to look at. */
static void meet_all(struct meeting *meeting, const struct grouping *grouping, size_t group,
                     const struct by_key *by_key)
{
	size_t best = grouping->verifying->width, fewest = grouping->count;
	for (size_t k = 0; k < grouping->verifying->width; k++) {
		int code = code_of(grouping, group, k);
		if (!(grouping->demand->set >> k & 1) || code == 0)
			continue;
		size_t held = count_code(&by_key[k], code) + count_code(&by_key[k], 0);
		if (held < fewest) {
			best = k;
			fewest = held;
		}
	}
	if (grouping->verifying->missing == KEY_MISSING_VALUE) {
		meet_group(meeting, grouping, group, group);
	} else if (best < grouping->verifying->width) {
		meet_code(meeting, grouping, group, &by_key[best], code_of(grouping, group, best));
		meet_code(meeting, grouping, group, &by_key[best], 0);
	} else {
		for (size_t other = 0; other < grouping->count; other++)
			meet_group(meeting, grouping, group, other);
	}
}

size_t verify_count(const struct verifying *verifying, const struct safety *demand)
{
	size_t failing = 0, most = most_of(verifying->people, verifying->answers, verifying->count);
	struct grouping grouping = { .verifying = verifying, .demand = demand };
	struct by_key *by_key = mem_alloc(verifying->width, sizeof *by_key);
	struct meeting meeting = { .people = mem_alloc(most + 1, sizeof *meeting.people),
		                   .answers = mem_alloc(most + 1, sizeof *meeting.answers) };
	group_records(&grouping);
	for (size_t k = 0; k < verifying->width; k++)
		list_by_key(&by_key[k], &grouping, k);
	for (size_t g = 0; g < grouping.count; g++) {
		meeting.group = g + 1;
		meeting.f = meeting.distinct = 0;
		meeting.F = 0;
		meet_all(&meeting, &grouping, g, by_key);
		if (!holds(&meeting, demand))
			failing += grouping.starts[g + 1] - grouping.starts[g];
	}
	for (size_t k = 0; k < verifying->width; k++) {
		free(by_key[k].first);
		free(by_key[k].groups);
	}
	free(by_key);
	free(grouping.shown);
	free(grouping.starts);
	free(meeting.people);
	free(meeting.answers);
	return failing;
}

/* --- the file --- */

/* In the key that divides the file a missing value is one of its own. */
static int *codes_within(const struct key_table *table)
{
	size_t count = table->records.count, width = table->key_count, strata = table->strata;
	int *codes = mem_alloc(count * width, sizeof *codes);
	for (size_t at = 0; at < count * width; at++)
		codes[at] = table->codes[at] == 0 && at % width == strata ? (int)table->keys[strata].code_count + 1
		                                                          : table->codes[at];
	return codes;
}

static const int *answers_to(const struct key_table *table, const struct column *sensitive)
{
	for (size_t s = 0; sensitive && s < table->sensitive_count; s++)
		if (strcmp(table->sensitive[s].name, sensitive->name) == 0)
			return table->sensitive[s].answers;
	return NULL;
}

static bool write_demands(const struct demands *demands, struct store *to, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(
		&insert, to, "INSERT INTO demand VALUES (:demand, :kind, :keys, :sensitive, :least, :before, :after)",
		err);
	for (size_t d = 0; ok && d < demands->count; d++) {
		const struct demand *demand = &demands->demands[d];
		struct text keys = { 0 };
		demand_add_keys(&keys, demands, demand);
		store_bind_integer(insert, ":demand", (long long)d + 1);
		store_bind_text(insert, ":kind", demand_word(demand));
		store_bind_text(insert, ":keys", keys.bytes);
		store_bind_text(insert, ":sensitive", demand->sensitive ? demand->sensitive->name : "");
		store_bind_real(insert, ":least",
		                demand->kind == DEMAND_K   ? (double)demand->safety.k
		                : demand->kind == DEMAND_L ? (double)demand->safety.l
		                                           : demand->safety.max_risk);
		store_bind_integer(insert, ":before", (long long)demand->before);
		store_bind_integer(insert, ":after", (long long)demand->after);
		ok = store_insert(to, insert, err);
		text_free(&keys);
	}
	sqlite3_finalize(insert);
	return ok;
}

static void add_demand(struct text *text, const struct demands *demands, const struct demand *demand)
{
	if (demand->kind == DEMAND_K)
		text_print(text, "fewer than %zu people who agree on ", demand->safety.k);
	else if (demand->kind == DEMAND_L)
		text_print(text, "fewer than %zu answers to %s among those who agree on ", demand->safety.l,
		           demand->sensitive->name);
	else
		text_print(text, "a risk above %g on ", demand->safety.max_risk);
	demand_add_keys(text, demands, demand);
}

/* The demand that most records fail. */
static bool refuse(const struct demands *demands, const struct file *file, struct error *err)
{
	const struct demand *worst = demands->demands;
	size_t failed = 0;
	struct text what = { 0 };
	for (size_t d = 0; d < demands->count; d++) {
		failed += demands->demands[d].after > 0;
		if (demands->demands[d].after > worst->after)
			worst = &demands->demands[d];
	}
	if (failed == 0)
		return true;
	add_demand(&what, demands, worst);
	error_set(err, ERROR_REFUSED, "microdata of %s: whatever is blanked, %zu of %zu %s have %s",
	          file->entry->dataset, worst->after, file->record_count, file->plural, what.bytes);
	error_code(err, "not-safe");
	file_locate(file, err, "keys");
	error_help(
		err,
		failed > 1
			? "%zu demands are not met. Let values of more keys be blanked (never_blank, strata), ask for "
			  "less (k, subsets, l, max_risk), or merge codes (the column microdata of variables.csv)"
			: "%zu demand is not met. Let values of more keys be blanked (never_blank, strata), ask for "
			  "less (k, subsets, l, max_risk), or merge codes (the column microdata of variables.csv)",
		failed);
	text_free(&what);
	return false;
}

bool verify_file(struct demands *demands, const struct file *file, const size_t *order, struct store *anonymised,
                 struct error *err)
{
	struct key_table *table = NULL;
	size_t count = file->record_count;
	if (!key_table_load(&table, file->entry, anonymised, KEY_ANONYMISED, file->config, err))
		return false;
	if (table->records.count != count) {
		key_table_free(table);
		return error_set(err, ERROR_FAULT, "the file has another number of records than were written");
	}
	int *codes = codes_within(table);
	double *weights = demands->weights ? mem_alloc(count, sizeof *weights) : NULL;
	for (size_t i = 0; weights && i < count; i++)
		weights[i] = demands->weights[order[i]];
	for (size_t d = 0; d < demands->count; d++) {
		struct demand *demand = &demands->demands[d];
		struct verifying verifying = { .codes = codes,
			                       .count = count,
			                       .width = table->key_count,
			                       .people = table->people,
			                       .weights = weights,
			                       .answers = answers_to(table, demand->sensitive),
			                       .missing = file->entry->missing == STUDY_MISSING_VALUE
			                                          ? KEY_MISSING_VALUE
			                                          : KEY_MISSING_WILDCARD };
		demand->after = verify_count(&verifying, &demand->safety);
	}
	free(codes);
	free(weights);
	key_table_free(table);
	return refuse(demands, file, err) && write_demands(demands, anonymised, err);
}
