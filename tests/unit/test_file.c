/* anonymise: what becomes of a file of records in memory, of thousands of made-up ones; and each rule by itself. */
#include "testing.h"

#include "anonymise/blanking.h"
#include "anonymise/demands.h"
#include "anonymise/telling.h"
#include "anonymise/verify.h"
#include "anonymise/weighing.h"
#include "anonymise/write.h"
#include "embedded.h"

enum { MOST = 40, COLUMNS = 7, KEYS = 4, FILES = 1500 };

static size_t draw(unsigned long long *state, size_t below)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*state >> 33) % below;
}

/* Keys a to d, a sensitive e, f that is nothing, and a weight. */
struct made {
	struct study_microdata entry;
	struct study_subset subset;
	struct column columns[COLUMNS];
	double values[COLUMNS][MOST], original[COLUMNS][MOST], recoded[COLUMNS][MOST], weights[MOST], risk;
	unsigned char reasons[COLUMNS][MOST], reasons_original[COLUMNS][MOST];
	size_t people[MOST];
	bool tells[COLUMNS * COLUMNS];
	struct telling telling;
	struct demands demands;
	struct file file;
};

static char *const names[] = { (char *)"a", (char *)"b", (char *)"c", (char *)"d", (char *)"e", (char *)"f", (char *)"weight" };

static void make_columns(struct made *made, unsigned long long *seed, size_t n)
{
	size_t codes = 2 + draw(seed, 3);
	for (size_t c = 0; c < COLUMNS; c++) {
		made->columns[c] = (struct column){ .name = names[c],
			                            .type = c < 5 ? "code" : "number",
			                            .role = c == 6 ? "weight" : "",
			                            .leaves = true,
			                            .key = c < KEYS ? c + 1 : 0,
			                            .sensitive = c == 4,
			                            .values = made->values[c],
			                            .recoded = made->recoded[c],
			                            .reasons = made->reasons[c],
			                            .reasons_before = made->reasons_original[c] };
		for (size_t i = 0; i < n; i++) {
			bool missing = c < 6 && draw(seed, 10) == 0;
			made->original[c][i] = missing ? NAN : (double)(1 + draw(seed, c == 6 ? 50 : codes));
			made->reasons_original[c][i] = missing ? (draw(seed, 2) ? MISSING_REFUSED : MISSING_NOT_ASKED) : 0;
		}
		memcpy(made->values[c], made->original[c], sizeof made->values[c]);
		memcpy(made->recoded[c], made->original[c], sizeof made->recoded[c]);
		memcpy(made->reasons[c], made->reasons_original[c], sizeof made->reasons[c]);
	}
}

static void make(struct made *made, unsigned long long *seed)
{
	size_t n = 6 + draw(seed, MOST - 5), persons = draw(seed, 2) ? n : 1 + n * 2 / 3;
	*made = (struct made){ .subset = { .size = 1 + (int)draw(seed, 3), .k = 4 }, .risk = 0.3 };
	made->entry = (struct study_microdata){ .dataset = names[0],
		                                .keys = (char **)names,
		                                .keys_count = KEYS,
		                                .k = 2 + (int)draw(seed, 3),
		                                .subsets = &made->subset,
		                                .subsets_count = (unsigned)draw(seed, 2),
		                                .strata = draw(seed, 3) ? NULL : names[0],
		                                .sensitive = (char **)names + 4,
		                                .sensitive_count = (unsigned)draw(seed, 2),
		                                .l = 2,
		                                .max_risk = draw(seed, 3) ? NULL : &made->risk,
		                                .importance = (char **)names + 1,
		                                .importance_count = (unsigned)draw(seed, 3),
		                                .never_blank = (char **)names + 3,
		                                .never_blank_count = (unsigned)draw(seed, 2),
		                                .missing = draw(seed, 2) ? STUDY_MISSING_WILDCARD : STUDY_MISSING_VALUE };
	make_columns(made, seed, n);
	for (size_t i = 0; i < n; i++) {
		made->people[i] = persons == n ? i : draw(seed, persons);
		made->weights[i] = (double)(1 + draw(seed, 5));
	}
	for (size_t k = 0; k < KEYS; k++) /* each key but what divides the file is told by another column here and there */
		if (draw(seed, 4) == 0)
			made->tells[k * COLUMNS + 4 + draw(seed, 2)] = true;
	made->telling = (struct telling){ made->tells, COLUMNS };
	made->file = (struct file){ .entry = &made->entry,
		                    .columns = made->columns,
		                    .column_count = COLUMNS,
		                    .record_count = n,
		                    .people = made->people,
		                    .person_count = persons,
		                    .weights = made->weights };
	struct error err = { 0 };
	assert_ok(demands_make(&made->demands, &made->file, &err), &err);
	assert_true(blank_file(&made->file, &made->demands, &made->telling));
}

static void unmake(struct made *made)
{
	demands_release(&made->demands);
	free(made->file.blanked);
}

/* The file and what was blanked, put together, are what there was. */
static void the_log_has_every_change_and_no_other(void **state)
{
	(void)state;
	unsigned long long seed = 51;
	size_t lost = 0;
	for (int f = 0; f < FILES; f++) {
		struct made made;
		bool logged[COLUMNS][MOST] = { { false } };
		make(&made, &seed);
		for (size_t b = 0; b < made.file.blanked_count; b++) {
			const struct blanked *blanked = &made.file.blanked[b];
			assert_false(logged[blanked->column][blanked->record]);
			logged[blanked->column][blanked->record] = true;
			assert_true(blanked->cause || !isnan(made.original[blanked->column][blanked->record]));
			lost++;
		}
		for (size_t c = 0; c < 6; c++)
			for (size_t i = 0; i < made.file.record_count; i++) {
				double now = made.values[c][i], was = made.original[c][i];
				bool same = (isnan(now) && isnan(was)) || now == was;
				if (logged[c][i]) {
					assert_true(isnan(now));
					assert_int_equal(made.reasons[c][i], MISSING_SUPPRESSED);
				} else {
					assert_true(same);
					assert_int_equal(made.reasons[c][i], made.reasons_original[c][i]);
				}
			}
		unmake(&made);
	}
	assert_true(lost > FILES);
}

static void nothing_is_lost_that_may_not_be(void **state)
{
	(void)state;
	unsigned long long seed = 52;
	for (int f = 0; f < FILES; f++) {
		struct made made;
		make(&made, &seed);
		for (size_t b = 0; b < made.file.blanked_count; b++) {
			const struct blanked *blanked = &made.file.blanked[b];
			assert_true(blanked->cause || made.columns[blanked->column].key);
			assert_true(blanked->column != 0 || !made.entry.strata);
			assert_true(blanked->column != 3 || !made.entry.never_blank_count);
		}
		unmake(&made);
	}
}

static void what_tells_of_a_lost_key_is_lost_in_the_same_record(void **state)
{
	(void)state;
	unsigned long long seed = 53;
	size_t tried = 0;
	for (int f = 0; f < FILES; f++) {
		struct made made;
		make(&made, &seed);
		for (size_t b = 0; b < made.file.blanked_count; b++)
			for (size_t c = 0; c < COLUMNS; c++) {
				const struct blanked *blanked = &made.file.blanked[b];
				if (!telling_between(&made.telling, blanked->column, c))
					continue;
				assert_true(isnan(made.values[c][blanked->record]));
				assert_int_equal(made.reasons[c][blanked->record], MISSING_SUPPRESSED);
				tried++;
			}
		unmake(&made);
	}
	assert_true(tried > 100);
}

/* Whether two records agree within what divides the file, where a missing value is one of its own. */
static bool agree(const struct made *made, size_t one, size_t other, unsigned set)
{
	for (size_t k = 0; k < KEYS; k++) {
		double a = made->values[k][one], b = made->values[k][other];
		bool divides = k == 0 && made->entry.strata;
		bool open = made->entry.missing == STUDY_MISSING_WILDCARD && !divides && (isnan(a) || isnan(b));
		if ((set >> k & 1 || divides) && !open && !(a == b || (isnan(a) && isnan(b))))
			return false;
	}
	return true;
}

static size_t agreeing(const struct made *made, size_t record, unsigned set, bool answers[8])
{
	bool met[MOST] = { false };
	size_t people = 0;
	for (size_t other = 0; other < made->file.record_count; other++) {
		if (!agree(made, record, other, set))
			continue;
		people += !met[made->people[other]];
		met[made->people[other]] = true;
		if (!isnan(made->values[4][other]))
			answers[(size_t)made->values[4][other]] = true;
	}
	return people;
}

/* On all keys and on every subset that was named: counted one by one, with verify_count beside it. */
static void what_verify_lets_through_keeps_every_promise(void **state)
{
	(void)state;
	unsigned long long seed = 54;
	size_t safe = 0, unsafe = 0;
	for (int f = 0; f < FILES; f++) {
		struct made made;
		size_t failing = 0, broken = 0;
		make(&made, &seed);
		for (size_t d = 0; d < made.demands.count; d++) {
			const struct demand *demand = &made.demands.demands[d];
			struct verifying verifying = { .codes = made.demands.codes,
				                       .count = made.file.record_count,
				                       .width = KEYS,
				                       .people = made.people,
				                       .weights = made.demands.weights,
				                       .answers = made.demands.sensitive[d],
				                       .missing = made.entry.missing == STUDY_MISSING_VALUE
				                                          ? KEY_MISSING_VALUE
				                                          : KEY_MISSING_WILDCARD };
			failing += verify_count(&verifying, &demand->safety);
		}
		for (size_t i = 0; i < made.file.record_count; i++)
			for (unsigned set = 1; set < 16; set++) {
				bool answers[8] = { false };
				size_t people = agreeing(&made, i, set, answers), given = 0;
				bool named = made.entry.subsets_count && __builtin_popcount(set) == made.subset.size;
				size_t wanted = set == 15 ? (size_t)made.entry.k : named ? 4 : 0;
				for (size_t a = 0; a < 8; a++)
					given += answers[a];
				broken += people < wanted;
				broken += set == 15 && made.entry.sensitive_count && given == 1;
			}
		assert_true(failing > 0 || broken == 0);
		if (!made.entry.max_risk)
			assert_int_equal(failing > 0, broken > 0);
		safe += failing == 0;
		unsafe += failing > 0;
		unmake(&made);
	}
	assert_true(safe > FILES / 4 && unsafe > 20);
}

/* Two in each of two areas, and one who does not say where he is: alone where areas divide the file, and else like all. */
static void who_is_in_no_part_of_the_file_is_alone(void **state)
{
	(void)state;
	for (int divided = 0; divided <= 1; divided++) {
		struct error err = { 0 };
		struct store *store = NULL;
		struct column key = { .name = names[0] }, *keys[] = { &key };
		struct demand demand = { .kind = DEMAND_K, .safety = { .set = 1, .k = 2 } };
		struct demands demands = { .demands = &demand, .count = 1, .keys = keys, .width = 1 };
		char *folder = test_folder(), *path = mem_print("%s/anonymised.db", folder), *config = test_file(folder, "s.yaml", "");
		const struct study_microdata entry = {
			.dataset = names[0], .keys = (char **)names, .keys_count = 1, .k = 2, .strata = divided ? names[0] : NULL
		};
		const struct file file = { .entry = &entry, .config = config, .plural = "people", .record_count = 5 };
		static const size_t order[] = { 0, 1, 2, 3, 4 };
		assert_ok(store_create(&store, path, "anonymise", sql_schema_anonymised, &err), &err);
		assert_ok(store_run(store,
		                    "INSERT INTO variable VALUES ('a', 1, 'A', NULL, 'code', 'nominal', NULL, NULL, NULL, NULL, NULL, 'kept',"
		                    " NULL, NULL, '', 1, 0);"
		                    "INSERT INTO code VALUES ('a', 1, 'N', 'North'), ('a', 2, 'S', 'South');"
		                    "CREATE TABLE records (record INTEGER PRIMARY KEY, a INTEGER);"
		                    "INSERT INTO records VALUES (1, 1), (2, 1), (3, 2), (4, 2), (5, NULL)",
		                    &err),
		          &err);
		assert_int_equal(verify_file(&demands, &file, order, store, &err), !divided);
		assert_int_equal(demand.after, divided);
		assert_int_equal(err.kind, divided ? ERROR_REFUSED : ERROR_NONE);
		store_close(store);
		free(path);
		free(config);
		free(folder);
	}
}

/* One person who stands for a hundred: alone, and found with 4.65 per cent, p/(1 - p) log(1/p) of p = 0.01 (Benedetti and
 * Franconi 1998). */
static void a_risk_asks_for_no_company(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct error err = { 0 };
		struct made made = { .risk = i ? 0.047 : 0.046, .weights = { 100 }, .values = { { 1 } }, .recoded = { { 1 } } };
		made.entry = (struct study_microdata){ .keys = (char **)names, .keys_count = 1, .k = 2, .max_risk = &made.risk };
		made.columns[0] = (struct column){ .name = names[0],
			                           .type = "code",
			                           .role = "",
			                           .key = 1,
			                           .values = made.values[0],
			                           .recoded = made.recoded[0] };
		made.file = (struct file){ .entry = &made.entry,
			                   .columns = made.columns,
			                   .column_count = 1,
			                   .record_count = 1,
			                   .people = made.people,
			                   .person_count = 1,
			                   .weights = made.weights };
		assert_ok(demands_make(&made.demands, &made.file, &err), &err);
		assert_int_equal(made.demands.count, 2);
		for (size_t d = 0; d < 2; d++) {
			const struct demand *demand = &made.demands.demands[d];
			const struct verifying verifying = { .codes = made.demands.codes,
				                             .count = 1,
				                             .width = 1,
				                             .people = made.people,
				                             .weights = made.demands.weights };
			assert_int_equal(verify_count(&verifying, &demand->safety), demand->kind == DEMAND_K ? 1 : 1 - i);
		}
		unmake(&made);
	}
}

/* Who was not asked is known, and not whether he refused. */
static void a_missing_key_says_not_that_nobody_asked(void **state)
{
	(void)state;
	unsigned long long seed = 56;
	size_t asked = 0, refused = 0;
	for (int f = 0; f < FILES; f++) {
		struct made made;
		make(&made, &seed);
		for (size_t k = 0; k < KEYS; k++)
			for (size_t i = 0; isfinite(made.demands.costs[k]) && i < made.file.record_count; i++) {
				assert_int_not_equal(made.reasons[k][i], MISSING_NOT_ASKED);
				asked += made.reasons_original[k][i] == MISSING_NOT_ASKED;
				refused += made.reasons[k][i] == MISSING_REFUSED;
			}
		unmake(&made);
	}
	assert_true(asked > 100 && refused > 100);
}

/* --- what the way of blanking tells --- */

/* People of one key, of whom `firsts` have its first value, and `others` each of the next two; everybody gives the one
 * answer but the first of the firsts. */
struct living {
	const char *name;
	size_t firsts, others[2];
	int k;
	double max_risk; /* 0: none */
	bool sensitive;  /* two answers are wanted of those who agree */
	int lost;        /* how many lose the value */
	enum study_missing missing;
};

/* Which lose it, as bits. */
static unsigned cover(const struct living *living, unsigned long long secret, unsigned long long *lots)
{
	struct error err = { 0 };
	struct made made = { .risk = living->max_risk };
	size_t n = living->firsts + living->others[0] + living->others[1];
	unsigned lost = 0;
	made.entry = (struct study_microdata){ .keys = (char **)names,
		                               .keys_count = 1,
		                               .k = living->k,
		                               .sensitive = (char **)names + 1,
		                               .sensitive_count = living->sensitive,
		                               .l = 2,
		                               .max_risk = living->max_risk > 0 ? &made.risk : NULL,
		                               .missing = living->missing };
	for (size_t i = 0; i < n; i++) {
		made.values[0][i] = i < living->firsts ? 1 : i < living->firsts + living->others[0] ? 2 : 3;
		made.values[1][i] = i == 0 ? 1 : 2;
		made.people[i] = i;
	}
	memcpy(made.recoded, made.values, sizeof made.recoded);
	for (size_t c = 0; c < 2; c++)
		made.columns[c] = (struct column){ .name = names[c],
			                           .type = "code",
			                           .role = "",
			                           .leaves = true,
			                           .key = c == 0,
			                           .sensitive = c == 1,
			                           .values = made.values[c],
			                           .recoded = made.recoded[c],
			                           .reasons = made.reasons[c],
			                           .reasons_before = made.reasons_original[c] };
	made.telling = (struct telling){ made.tells, 2 };
	made.file = (struct file){ .entry = &made.entry,
		                   .columns = made.columns,
		                   .column_count = 2,
		                   .record_count = n,
		                   .people = made.people,
		                   .person_count = n,
		                   .lots = lots,
		                   .secret = secret };
	assert_ok(demands_make(&made.demands, &made.file, &err), &err);
	assert_true(blank_file(&made.file, &made.demands, &made.telling));
	for (unsigned i = 0; i < n; i++)
		lost |= isnan(made.values[0][i]) ? 1u << i : 0;
	unmake(&made);
	return lost;
}

/* Eight people, and six of them live alike: with k = 3 the two others lose where they live, and who knows that no more is
 * blanked than must be knows where. So two of the six lose it too. */
static const struct living eight = { "", 6, { 2, 0 }, 3, 0, false, 4, STUDY_MISSING_WILDCARD };

static void a_blank_that_could_be_one_value_alone_has_company(void **state)
{
	(void)state;
	unsigned first = cover(&eight, 1, NULL), other = first;
	for (unsigned long long secret = 1; secret < 20; secret++) {
		unsigned lost = cover(&eight, secret, NULL);
		assert_int_equal(lost & 0xc0, 0xc0);
		assert_int_equal(__builtin_popcount(lost), 4);
		other = lost != first ? lost : other;
	}
	assert_int_not_equal(first, other); /* nobody can tell which without the secret */
	assert_int_equal(cover(&eight, 1, NULL), first);
	/* made again, the table's hash is another and the people's pseudonyms are the same */
	unsigned long long lots[] = { 31, 41, 59, 26, 53, 58, 97, 93 };
	assert_int_equal(cover(&eight, 1, lots), cover(&eight, 2, lots));
}

/* Counted by hand. A blank tells a value where the record would fail with that one alone: it has company then, one for each. */
static const struct living livings[] = {
	/* all eight are k: with the first value one agrees with them all, with the second with two */
	{ "whose value has just enough is no such", 6, { 2, 0 }, 8, 0, false, 4, STUDY_MISSING_WILDCARD },
	{ "a blank that could be either of two values needs none", 6, { 2, 2 }, 5, 0, false, 4, STUDY_MISSING_WILDCARD },
	/* with the second or the third value one would agree with the six that are blank, of whom all said the same */
	{ "nor where with either all would have said the same", 6, { 3, 3 }, 3, 0, true, 6, STUDY_MISSING_WILDCARD },
	/* or have a risk of 1/6, above 0.15; with the first it is 1/12 */
	{ "nor where with either the risk would be too high", 6, { 3, 3 }, 2, 0.15, false, 6, STUDY_MISSING_WILDCARD },
};

static void a_blank_has_company_where_it_would_tell(void **state)
{
	const struct living *living = *state;
	assert_int_equal(__builtin_popcount(cover(living, 1, NULL)), living->lost);
}

/* Of keys as coarse as each other: one that is important costs more than all that are less so together, none of the others
 * twice as much as another, and what may never go has no price (docs/config.md: importance, never_blank). */
static void what_is_important_goes_last(void **state)
{
	(void)state;
	unsigned long long seed = 57;
	for (int f = 0; f < FILES; f++) {
		struct made made;
		double less = 0, least = INFINITY, most = 0;
		make(&made, &seed);
		const unsigned important = made.entry.importance_count; /* of b and c, b before c */
		for (size_t k = 0; k < KEYS; k++) {
			double cost = made.demands.costs[k];
			bool never = (k == 0 && made.entry.strata) || (k == 3 && made.entry.never_blank_count);
			assert_int_equal(isinf(cost) != 0, never);
			if (k >= 1 && k <= important)
				continue;
			less += never ? 0 : cost;
			least = cost < least ? cost : least;
			most = !never && cost > most ? cost : most;
		}
		assert_true(most < 2 * least);
		for (size_t k = important; k >= 1; k--) {
			assert_true(made.demands.costs[k] > less);
			less += made.demands.costs[k];
		}
		unmake(&made);
	}
}

/* --- weights --- */

static const struct weights_example {
	const char *name;
	size_t count, least, width;
	double weights[8], expected[8];
	int codes[16];
	unsigned shown; /* keys that are never blanked */
} weights_examples[] = {
	{ "neighbours get their mean", 4, 2, 0, { 4, 1, 2, 3 }, { 3.5, 1.5, 1.5, 3.5 }, { 0 }, 0 },
	{ "who is left over goes with the last", 5, 2, 0, { 1, 2, 3, 4, 8 }, { 1.5, 1.5, 5, 5, 5 }, { 0 }, 0 },
	{ "equal weights stay together", 5, 2, 0, { 1, 2, 2, 2, 7 }, { 2.8, 2.8, 2.8, 2.8, 2.8 }, { 0 }, 0 },
	{ "a group of one area is no group", 4, 2, 1, { 1, 1, 3, 3 }, { 2, 2, 2, 2 }, { 5, 5, 6, 6 }, 0 },
	{ "two areas in each are enough", 4, 2, 1, { 1, 1, 3, 3 }, { 1, 1, 3, 3 }, { 5, 6, 5, 6 }, 0 },
	{ "who lost a value has the mean of those who did not", 4, 2, 1, { 1, 9, 2, 3 }, { 2, 2, 2, 2 }, { 5, 0, 6, 5 }, 0 },
	/* the second key is never blanked */
	{ "of those of the same area", 6, 2, 2, { 1, 9, 1, 3, 7, 3 }, { 1, 1, 1, 3, 3, 3 },
	  { 5, 8, 0, 8, 6, 8, 5, 9, 0, 9, 6, 9 }, 2 },
	{ "of all where these are few", 6, 3, 2, { 1, 9, 1, 3, 7, 3 }, { 2, 2, 2, 2, 2, 2 },
	  { 5, 8, 0, 8, 6, 8, 5, 9, 0, 9, 6, 9 }, 2 },
	{ "of all where these are just enough", 3, 2, 2, { 1, 3, 8 }, { 2, 2, 2 }, { 5, 8, 6, 8, 0, 9 }, 2 },
	{ "and of everybody where all lost one", 3, 2, 1, { 1, 2, 6 }, { 3, 3, 3 }, { 0, 0, 0 }, 0 },
	{ "an area that all have tells nobody apart", 4, 2, 1, { 1, 1, 3, 3 }, { 1, 1, 3, 3 }, { 5, 5, 5, 5 }, 0 },
	{ "fewer than a group are one", 2, 5, 0, { 1, 2 }, { 1.5, 1.5 }, { 0 }, 0 },
	{ "nobody", 0, 5, 0, { 0 }, { 0 }, { 0 }, 0 },
};

static void weights_are_averaged(void **state)
{
	const struct weights_example *example = *state;
	double weights[8];
	memcpy(weights, example->weights, sizeof weights);
	weighing_average(weights, example->count, example->least, example->codes, example->width, ~example->shown);
	for (size_t i = 0; i < example->count; i++)
		assert_close(weights[i], example->expected[i], 1e-12);
}

/* --- the order --- */

/* Whatever order the records came in, they are written in one. */
static void the_order_of_the_records_tells_nothing(void **state)
{
	(void)state;
	unsigned long long seed = 55;
	for (int f = 0; f < 50; f++) {
		struct made made, turned;
		make(&made, &seed);
		turned = made;
		size_t n = made.file.record_count;
		turned.file.columns = turned.columns;
		for (size_t c = 0; c < COLUMNS; c++) {
			turned.columns[c].values = turned.values[c];
			turned.columns[c].reasons = turned.reasons[c];
			for (size_t i = 0; i < n; i++) {
				turned.values[c][i] = made.values[c][n - 1 - i];
				turned.reasons[c][i] = made.reasons[c][n - 1 - i];
			}
		}
		size_t *order = write_order(&made.file), *other = write_order(&turned.file);
		for (size_t i = 0; i < n; i++)
			for (size_t c = 0; c < COLUMNS; c++) {
				assert_close(made.values[c][order[i]], turned.values[c][other[i]], 0);
				assert_int_equal(made.reasons[c][order[i]], turned.reasons[c][other[i]]);
			}
		free(order);
		free(other);
		unmake(&made);
	}
}

int main(void)
{
	static const struct CMUnitTest properties[] = {
		cmocka_unit_test(the_log_has_every_change_and_no_other),
		cmocka_unit_test(nothing_is_lost_that_may_not_be),
		cmocka_unit_test(what_tells_of_a_lost_key_is_lost_in_the_same_record),
		cmocka_unit_test(what_verify_lets_through_keeps_every_promise),
		cmocka_unit_test(who_is_in_no_part_of_the_file_is_alone),
		cmocka_unit_test(a_risk_asks_for_no_company),
		cmocka_unit_test(a_missing_key_says_not_that_nobody_asked),
		cmocka_unit_test(a_blank_that_could_be_one_value_alone_has_company),
		cmocka_unit_test(what_is_important_goes_last),
		cmocka_unit_test(the_order_of_the_records_tells_nothing),
	};
	struct CMUnitTest tests[COUNT(properties) + COUNT(weights_examples) + COUNT(livings)];
	memcpy(tests, properties, sizeof properties);
	size_t count = test_add_examples(tests, COUNT(properties), weights_examples, sizeof *weights_examples,
	                                 COUNT(weights_examples), weights_are_averaged);
	count = test_add_examples(tests, count, livings, sizeof *livings, COUNT(livings), a_blank_has_company_where_it_would_tell);
	return _cmocka_run_group_tests("file", tests, count, NULL, NULL);
}
