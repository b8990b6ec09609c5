/* A study's config: what the user wrote in configs/STUDY.yaml, or a slice of it that plan cut for one step.
 *
 * libcyaml loads it against a schema; an unknown key, a wrong type or a missing one is an ERROR_CONFIG with line,
 * column and the nearest key. Optional texts are NULL where they are not given. Lists are pointer and _count. */
#ifndef CANVASS_STUDY_H
#define CANVASS_STUDY_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* Rows of an export by what stands in one of its columns. */
struct study_where {
	char *column;  /* its header */
	char **values; /* any of these, exact; "" is a blank cell */
	unsigned values_count;
};

enum study_unfinished { STUDY_UNFINISHED_ASIDE, STUDY_UNFINISHED_KEPT };

struct study_export {
	char *path;      /* relative to EXPORTS; never climbs out */
	char *platform;  /* data-dictionary/platforms/NAME.yaml, default plain */
	char *headers;   /* profile in headers.csv; default: the platform's name */
	char *wave;      /* a wave's name; NULL: the study has one wave */
	char *area;      /* the area of every row, as a file of one authority has no column for it; NULL: it has one */
	char *encoding;  /* as iconv names it, windows-1252; NULL: the platform's */
	char *delimiter; /* comma, semicolon, tab; NULL: the platform's */
	char *dates;     /* iso, dmy, mdy: how dates are written in this file; NULL: the platform's */
	char *decimal;   /* point (NULL too), comma */
	int skip;        /* lines above the header that are no part of the table */
	enum study_unfinished unfinished; /* responses that the platform calls unfinished: set aside, or kept */
	char **keep; /* headers of columns that the platform's profile drops, and this study needs */
	unsigned keep_count;
	struct study_where *where; /* only rows for which all of these are true are of this dataset */
	unsigned where_count;
};

struct study_unit {
	char *name; /* respondent, participant, plan, service */
	char *plural;
	bool confidential; /* default yes */
	int threshold;     /* 0: the policy's */
};

/* How many findings the gate lets through: at most so many, or so many per cent of the rows read. */
struct study_limit {
	char *finding; /* a code (cell-range), a code and its variable (cell-range:age), or a severity (reject) */
	double *per_cent;
	int *at_most;
};

struct study_synthesis {
	int respondents;
	bool faults; /* plant faults of every kind */
};

/* A variable that the study makes of others. Expressions are as in the dictionary, over the dataset's variables, the
 * scores of its instruments, and the derived variables above it. Either `value` or `codes` is given. */
struct study_code {
	char *code, *label;
	char *when; /* the first code whose `when` is true is the answer; NULL: whatever is left, so the last */
};
enum study_needs { STUDY_NEEDS_ALL, STUDY_NEEDS_ANY };
struct study_derived {
	char *variable, *label;
	char *level; /* as in variables.csv; default: nominal with codes, amount with a value */
	char *unit, *polarity, *domain;
	char *value;          /* an expression that gives a number */
	double *least, *most; /* the range of the value; one outside is unusable. NULL: open */
	struct study_code *codes;
	unsigned codes_count;
	enum study_needs
		needs; /* all (default): missing where a variable that it names is; any: SQL's three values decide */
	char *missing; /* the reason where it has no value though nothing that it names is missing; default
	                * not_applicable */
};

/* How the respondents were drawn, and how weights make them stand for those who were not. Strata and clusters are
 * variables of these roles in the dictionary, a weight that came with the data is the variable of role weight.
 * Populations stand in margins.csv beside the dictionary's other tables. */
enum study_adjust { STUDY_ADJUST_NONE, STUDY_ADJUST_POSTSTRATIFY, STUDY_ADJUST_RAKE };
enum study_lonely {
	STUDY_LONELY_FAIL,
	STUDY_LONELY_ADJUST,
	STUDY_LONELY_AVERAGE,
	STUDY_LONELY_REMOVE,
	STUDY_LONELY_CERTAINTY
};
enum study_replicates_type {
	STUDY_REPLICATES_JK1,
	STUDY_REPLICATES_JKN,
	STUDY_REPLICATES_BRR,
	STUDY_REPLICATES_FAY,
	STUDY_REPLICATES_BOOTSTRAP
};

/* What the variables of role replicate_weight are, in the dictionary's order. */
struct study_replicates {
	enum study_replicates_type type;
	double *rho;    /* of fay */
	double *scale;  /* NULL: that of the type */
	double *scales; /* of each replicate; none: all 1 */
	unsigned scales_count;
	bool mse;   /* the variance is around the estimate; else around the replicates' mean */
	double *df; /* degrees of freedom; NULL: the rank of the weights less 1 */
};

struct study_design {
	enum study_adjust adjust; /* none, poststratify, rake */
	char **margins;           /* of margins.csv: a variable, or several crossed: area*gender */
	unsigned margins_count;
	double *trim; /* no weight above so many times the mean weight; the rest is adjusted again. NULL: none is
	                 trimmed */
	char *fpc;    /* the margin whose populations correct for a finite population; NULL: none does */
	enum study_lonely lonely;            /* what a stratum of one cluster does to a variance: fail (default), ... */
	struct study_replicates *replicates; /* NULL: the variance is linearised */
};

struct study_dataset {
	char *name;
	char *kind; /* responses: a row is what one respondent answered; aggregate: a row is a published figure */
	struct study_unit unit;
	char *dictionary; /* folder, relative to the repository */
	struct study_export *exports;
	unsigned exports_count;
	char **scores; /* scores that an instrument makes on request only */
	unsigned scores_count;
	struct study_derived *derived;
	unsigned derived_count;
	struct study_design *design;       /* NULL: everybody counts alike, or by the variable of role weight */
	struct study_synthesis *synthesis; /* the exports are written by synthesise; synthetic studies only */
	struct study_limit *limits;
	unsigned limits_count;
};

/* accounts: what became of the rows, and how complete the answers are, by area; it has no outcome. reliability: of the
 * score that is its outcome. change: between two waves. missing: which answers are missing together, and why; it has
 * variables and no outcome. rate: events of a base, and estimate: a published estimate with its limits, both of a
 * dataset of kind aggregate, which has no others. */
enum study_kind {
	STUDY_MEAN,
	STUDY_SHARE,
	STUDY_TABLE,
	STUDY_ACCOUNTS,
	STUDY_RELIABILITY,
	STUDY_RATE,
	STUDY_TOTAL,
	STUDY_RATIO,
	STUDY_QUANTILE,
	STUDY_CHANGE,
	STUDY_MISSING,
	STUDY_ESTIMATE,
	STUDY_KINDS,
};

/* What an analysis compares besides the test across all areas: every pair of areas, each area with the rest of the
 * areas, each area with a value from elsewhere; every pair by Tukey, each area with one of them (control) by Dunnett,
 * which take the spread to be the same everywhere; whether the answers rise or fall from area to area, in their order
 * (trend, Jonckheere). */
enum study_compare {
	STUDY_COMPARE_PAIRS,
	STUDY_COMPARE_REST,
	STUDY_COMPARE_BENCHMARK,
	STUDY_COMPARE_TUKEY,
	STUDY_COMPARE_CONTROL,
	STUDY_COMPARE_TREND,
};
struct study_benchmark {
	double *value; /* NULL where dataset is given */
	char *dataset; /* the one of kind aggregate that holds the figure; else NULL. rate, estimate: under the same
	                * expressions */
	char *outcome; /* mean, share: the variable of that dataset that holds it; else NULL */
	char *filter;  /* mean, share: which of its figures; NULL: it has one of each area, or of one area */
	char *name;    /* of whom: England, 2025 */
	char *source;  /* where it is published */
	int levels;    /* 3 (default): lower, similar, higher, by the 95 per cent limits; 5: by those of 99.8 as well */
};

/* How a share's interval is made. */
enum study_interval {
	STUDY_INTERVAL_WILSON,
	STUDY_INTERVAL_CLOPPER_PEARSON,
	STUDY_INTERVAL_JEFFREYS,
	STUDY_INTERVAL_LOGIT,
	STUDY_INTERVAL_KORN_GRAUBARD, /* of a design; without one it is Clopper and Pearson's */
};

/* How rates are made comparable between areas whose people differ. */
enum study_standardise { STUDY_STANDARDISE_DIRECT, STUDY_STANDARDISE_INDIRECT };
struct study_standard {
	char *by; /* the variable whose codes are the groups: age */
	enum study_standardise method;
	char *dataset; /* of one area: direct: whose bases are the weights; indirect: whose rates give the expected
	                * events. NULL: all areas together */
	double *per;   /* a rate is of so many; NULL: 100 */
};

struct study_analysis {
	char *name;
	char *title;
	char *dataset;
	enum study_kind kind;
	char *outcome; /* a variable of the dataset, derived ones included; NULL: of kind accounts */
	char **codes;  /* share, total, change: the codes that count together as yes; none: each code of the outcome */
	unsigned codes_count;
	char *across; /* table: a second variable, shown as columns (outcome); NULL otherwise */
	char *events,
		*base;     /* rate: expressions that say which figures are the events, and which the base; else NULL */
	char *series;      /* rate: the variable of whole numbers that says of which year or quarter a figure is; NULL:
	                    * there is one figure of each area. Else NULL */
	char *per;         /* ratio: the number that the outcome is divided by */
	double *quantiles; /* quantile: between 0 and 1; none: the median between the quartiles */
	unsigned quantiles_count;
	char **waves; /* change: the two waves, as the codes of the variable of role wave: before, after */
	unsigned waves_count;
	char **variables; /* missing: whose answers */
	unsigned variables_count;
	char *low, *high;                   /* estimate: the variables that hold the published 95 per cent limits */
	struct study_standard *standardise; /* rate; NULL: crude */
	enum study_interval interval;       /* share */
	bool control_chart; /* rate, estimate with a series: also a chart of individuals and moving ranges of each area
	                     */
	bool shrink;        /* mean, share: also what the other areas tell of each, by a random intercept */
	char *control;      /* the area that compare's control holds the others against */
	char *filter;       /* an expression: who is in the analysis; NULL: everybody */
	char *population;   /* the filter in words, for the reader: in education, employment or training */
	enum study_compare *compare;
	unsigned compare_count;
	struct study_benchmark *benchmark; /* where compare names it; else NULL */
	int decimals;                      /* of the estimate, default 1 */
	bool test;                         /* across the areas (Welch ANOVA, chi-square), default yes */
	char *note;                        /* printed below the table */
};

enum study_zeros { STUDY_ZEROS_SHOWN, STUDY_ZEROS_HIDDEN };

enum { STUDY_THRESHOLD = 10, STUDY_MIN_WIDTH = 3, STUDY_MIN_GROUP = 20 }; /* where the config says nothing */
#define STUDY_HIDDEN_SYMBOL "c"

/* Counts that are not hidden for the sake of others. */
enum study_never_hide {
	STUDY_NEVER_HIDE_AREAS, /* everybody of an area, and of all areas */
	STUDY_NEVER_HIDE_BASES, /* who answered, of an area and of all */
};

/* What the keys are that a policy does not give. */
enum study_preset {
	STUDY_PRESET_RESEARCH, /* threshold 10 */
	STUDY_PRESET_NHS,      /* threshold 8: hides 1 to 7; rounds the rest to the nearest 5 */
	STUDY_PRESET_DFE,      /* threshold 6 */
	STUDY_PRESET_OFQUAL,   /* threshold 5 */
};

/* Counts that are shown are rounded. */
enum study_rounding_method {
	STUDY_ROUNDING_NEAREST,    /* each by itself */
	STUDY_ROUNDING_CONTROLLED, /* so that parts still add up to their totals */
};
struct study_rounding {
	int base;
	enum study_rounding_method method;
};

/* When a sum says too much of one of those whom it is of. */
struct study_magnitude {
	int contributors;    /* fewer than so many: hidden; 0: the unit's threshold */
	double *p_percent;   /* whoever knows the second largest contribution can tell the largest within so many per
	                      * cent;   NULL: no such rule */
	int dominance_n;     /* so many of them, the largest, */
	double *dominance_k; /* make up more than so many per cent of it; NULL: no such rule */
};

/* Counts are perturbed by a published table: its columns pcv (the count), ckey (the cell key), pvalue (what is added).
 */
struct study_cell_key {
	char *table; /* relative to the repository */
};

/* A word that may stand where a share is hidden, for shares up to so many per cent. */
struct study_band {
	char *name;
	double *most; /* per cent of the base; NULL: all of it */
};

/* A cell that the steward lets be shown although it is unsafe. */
struct study_exception {
	char *condition; /* the cell's */
	char *who, *why;
	char *date, *expires; /* YYYY-MM-DD; it holds for releases up to that day */
	bool in_force;        /* no key: whether the study's date is one of these days or between them */
};

/* What statistics may be of. A key that is not given asks for no more than the threshold does. */
struct study_statistics {
	int test_base; /* a test across areas takes in areas where so many answered */
	int tail;      /* so many answers lie beyond a quantile and its limits */
	int *decimals; /* no estimate is printed with more; NULL: as the analyses say */
};

enum study_solver { STUDY_SOLVER_GLPK, STUDY_SOLVER_CBC };

struct study_disclosure {
	char *policy; /* name and version, printed in every output */
	enum study_preset preset;
	int threshold; /* the smallest unweighted count that is shown; default 10 */
	enum study_zeros zeros;
	char **structural_zeros; /* of which everybody knows that there is nobody: terms of a condition, "variable=code
	                          * & variable=code" */
	unsigned structural_zeros_count;
	int min_width;      /* the attacker's interval of a hidden unsafe cell is at least so wide; default 3 */
	bool reach;         /* its upper end is at least the threshold; default yes */
	double min_percent; /* and its ends lie at least so many per cent of the count from it; default 0 */
	int insiders;       /* so many of the people of a small cell may put together what they know; default 0 */
	char **sensitive;   /* variables of which it is not told that all of a small group, or nobody, gave an answer */
	unsigned sensitive_count;
	int min_group; /* of these: a group below it is small; default 20 */
	enum study_never_hide *never_hide;
	unsigned never_hide_count;
	struct study_magnitude *magnitude;   /* NULL: sums are judged by their counts alone */
	struct study_rounding *rounding;     /* NULL: counts are shown as they are */
	struct study_cell_key *cell_key;     /* NULL: no count is perturbed */
	struct study_statistics *statistics; /* NULL: the threshold alone decides */
	struct study_band *bands;            /* by their upper ends */
	unsigned bands_count;
	struct study_exception *exceptions;
	unsigned exceptions_count;
	char *hidden_symbol;      /* what stands for a hidden figure; default c */
	enum study_solver solver; /* of the cheapest pattern */
	bool releases;            /* the study has a ledger of releases, and is not audited without it */
};

/* Who may have a file of records. */
enum study_access {
	STUDY_ACCESS_SAFEGUARDED, /* whoever signed for it: out/STUDY/safeguarded/, never release/ */
	STUDY_ACCESS_PUBLIC,      /* everybody: a file of the release, and what an attacker of its tables holds */
};

/* What a missing value of a key says to whoever looks for somebody. */
enum study_missing {
	STUDY_MISSING_WILDCARD, /* it may be any value, so it agrees with all */
	STUDY_MISSING_VALUE,    /* it is a value of its own */
};

/* Every choice of `size` of the keys. */
struct study_subset {
	int size;
	int k; /* everybody agrees with at least so many on it, himself among them */
};

/* A file of records, one for each respondent of a dataset, that is to leave the house. */
struct study_microdata {
	char *dataset;
	enum study_access access;
	char **keys; /* variables of the analysis table that others may know of a person */
	unsigned keys_count;
	int k; /* everybody agrees with at least so many on all keys; default 5 */
	struct study_subset *subsets;
	unsigned subsets_count;
	char *strata; /* a key within whose values everybody is to agree with k; never blanked. NULL: none */
	char **sensitive;
	unsigned sensitive_count;
	int l; /* those who agree on all keys gave at least so many different answers to each sensitive variable;
	        * default 2 where there is one */
	enum study_missing missing;
	double *fraction; /* of the population that is in the file; NULL: by the weights, all of it where there are none
	                   */
	double *max_risk; /* nobody's individual risk is above it; NULL: no such demand */
	char **importance; /* keys that are blanked last, the last of all first; the others before them, those with more
	                    * codes first */
	unsigned importance_count;
	char **never_blank; /* keys */
	unsigned never_blank_count;
	char **variables; /* what leaves besides the keys and the sensitive ones; none: all of the analysis table */
	unsigned variables_count;
};

struct study_publish {
	char *publisher;
	char *contact;
	char *licence;
	char *source; /* the source line below every table */
};

/* Areas taken together, a line of their own in the tables: part of a county, who commissions together. Two areas or
 * more and not all of them; groups may overlap. */
struct study_group {
	char *code, *name;
	char **areas;
	unsigned areas_count;
};

/* Levels above the areas, of places.csv. */
enum study_level { STUDY_LEVEL_REGION, STUDY_LEVEL_COUNTRY };

struct study_head {
	char *name;
	char *title;
	bool synthetic;
	char *date; /* YYYY-MM-DD: the date of every output */
	int seed;
	char *key;      /* synthetic studies only: the key as text */
	char *key_file; /* real studies: a file of mode 0600 outside the repository; ~/ is the home folder */
	char **areas;   /* scope: place codes; none: the area variable's own code list */
	unsigned areas_count;
	struct study_group *groups;
	unsigned groups_count;
	enum study_level *levels; /* in lines of their own, of the areas of the scope */
	unsigned levels_count;
};

struct study {
	struct study_head study;
	char *decisions; /* a file that takes the place of steward/STUDY/decisions.csv (the demo's) */
	char *roster;    /* and of steward/STUDY/roster.csv */
	struct study_dataset *datasets;
	unsigned datasets_count;
	struct study_analysis *analyses;
	unsigned analyses_count;
	struct study_disclosure disclosure;
	struct study_microdata *microdata; /* at most one for each dataset */
	unsigned microdata_count;
	struct study_publish publish;
};

/* Whether its rows are published figures, and not answers. */
bool study_is_aggregate(const struct study_dataset *dataset);

/* The name of the platform that wrote an export, and of the profile in headers.csv that names its columns. Borrowed. */
const char *study_platform(const struct study_export *export);
const char *study_headers(const struct study_export *export);

/* The caller frees *study with study_free(). Checks what a schema cannot: names, dates, paths that climb out, two
 * things of one name, an analysis of a dataset that is not there. */
bool study_load(struct study **study, const char *path, struct error *err);
void study_free(struct study *study);

/* NULL, and err set to ERROR_USAGE with the nearest name, where the study has no such dataset. */
const struct study_dataset *study_dataset(const struct study *study, const char *name, struct error *err);

/* The file of records of a dataset that is to leave; NULL: there is none. */
const struct study_microdata *study_microdata(const struct study *study, const char *dataset);

/* The threshold of a dataset's unit: its own or the policy's; 0 where the unit is not confidential. */
int study_threshold(const struct study *study, const struct study_dataset *dataset);

/* Refuse a study that has a ledger of releases (disclosure.releases) where the file is not there. */
bool study_check_ledger(const struct study *study, const char *ledger, struct error *err);

/* The parts of a config that a step may depend on. The name, whether it is synthetic, the date and the areas are in
 * every slice, and so is each dataset's name, kind and dictionary. */
enum study_part {
	STUDY_PART_TITLE = 1,
	STUDY_PART_SEED = 2,
	STUDY_PART_KEY = 4,
	STUDY_PART_EXPORTS = 8,
	STUDY_PART_SYNTHESIS = 16,
	STUDY_PART_LIMITS = 32,
	STUDY_PART_UNIT = 64,
	STUDY_PART_ANALYSES = 128,
	STUDY_PART_DISCLOSURE = 256,
	STUDY_PART_PUBLISH = 512,
	STUDY_PART_DECISIONS = 1024,
	STUDY_PART_DERIVED = 2048, /* scores, derived variables, design */
	STUDY_PART_MICRODATA = 4096,
	STUDY_PART_ROSTER = 8192,
};

/* The study again as YAML, cut to `parts`, of one dataset or of all (NULL); study_load reads it. Free with text_free().
 */
struct text;
struct store;
bool study_slice(struct text *yaml, const struct study *study, const char *dataset, unsigned parts, struct error *err);

/* A slice's first line: this, then the config that it was cut from. */
#define STUDY_SLICE_MARK "# Cut from "

/* Where the user finds what is wrong in `path`: the config that a slice was cut from, or the path itself. Free with
 * free(). */
char *study_source(const char *path);

/* Add to an error about an analysis where in the config it stands; `source` is the config itself, and no slice. Nothing
 * where it cannot be read, or has no such analysis any more. */
void study_locate(struct error *err, const char *source, const char *analysis);

/* The same of the file of records of a dataset; `key` such as keys[2]. */
void study_locate_microdata(struct error *err, const char *source, const char *dataset, const char *key);

/* Record in a stage file under way which study, dataset (NULL: all) and config it is made from: the items study,
 * dataset and synthetic, and the config as an input, by what it says and not by its bytes. */
bool study_record(const struct study *study, const char *dataset, struct store *store, struct error *err);

#endif
