/* Every whole-number table that agrees with what a release shows, by trial: each group of people that the study tells
 * apart ("atom") may hold any number of them. It shares nothing with protect or the audit, no linear programming, and
 * no relation of cells: a cell is the atoms that it is made of. */
#ifndef CANVASS_TESTS_SEARCH_H
#define CANVASS_TESTS_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_ATOMS = 64, SEARCH_GROUPS = 24 };

typedef uint64_t atoms; /* a set of them: a cell */

enum search_answer { SEARCH_NO, SEARCH_YES, SEARCH_GAVE_UP };

struct search;

/* `truth` holds a number for each atom: where to begin. An atom holds no more than `most`. At most `nodes` steps are
 * made for one question. */
struct search *search_new(const long long *truth, size_t count, long long most, size_t nodes);
void search_free(struct search *search); /* accepts NULL */

/* What is shown: between least and most people are in the cell. */
void search_count(struct search *search, atoms cell, long long least, long long most);

/* What is shown: factor * numerator / denominator is printed as this value. `weights` is what each of an atom adds to
 * the numerator; NULL: 1. */
void search_figure(struct search *search, atoms numerator, const double *weights, atoms denominator, double factor,
                   double value, int decimals);

/* What is known: somebody is in the cell, unless one of the groups, which it is part of, is smaller than `small`. */
void search_somebody(struct search *search, atoms cell, const atoms *groups, size_t count, long long small);

/* Whether a table has between least and most people in the cell. Tables that were found answer later questions too. */
enum search_answer search_possible(struct search *search, atoms cell, long long least, long long most);

#endif
