/* What the table of pipeline/finding.c says, for documents and tests:
 *   findings page FILE    the page FILE, with the tables that it marks written anew
 *   findings codes        each code that a stage can make, a line
 *
 * A table stands between the lines `<!-- findings: GROUP -->` and `<!-- end -->`. Each group has one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "mem.h"
#include "text.h"

static const char opening[] = "<!-- findings: ", closing[] = "<!-- end -->\n";

static void print_table(enum finding_group group)
{
	fputs("| Code | What happens | What was found | How it comes about | What to do |\n|---|---|---|---|---|\n",
	      stdout);
	for (int i = FINDING_NONE + 1; i < FINDING_COUNT; i++) {
		const struct finding_kind *kind = finding_kind((enum finding_code)i);
		if (kind->group == group)
			printf("| `%s` | %s | %s | %s | %s |\n", kind->code, severity_word(kind->severity), kind->title,
			       kind->cause, kind->cure);
	}
}

static int complain(const char *what, const char *group)
{
	fprintf(stderr, "error[fault]: %s: %s\n", what, group);
	return 70;
}

/* The group that a line opens, or FINDING_GROUP_COUNT. */
static enum finding_group group_of(const char *line)
{
	enum finding_group group = 0;
	for (; group < FINDING_GROUP_COUNT; group++) {
		char *opens = mem_print("%s%s -->\n", opening, finding_group_word(group));
		bool is = strncmp(line, opens, strlen(opens)) == 0;
		free(opens);
		if (is)
			break;
	}
	return group;
}

static int print_page(const char *page)
{
	bool seen[FINDING_GROUP_COUNT] = { false };
	for (const char *line = page; *line;) {
		const char *end = strchr(line, '\n');
		size_t length = end ? (size_t)(end - line) + 1 : strlen(line);
		fwrite(line, 1, length, stdout);
		enum finding_group group =
			strncmp(line, opening, strlen(opening)) == 0 ? group_of(line) : FINDING_GROUP_COUNT;
		if (strncmp(line, opening, strlen(opening)) == 0) {
			const char *rest = strstr(line, closing);
			if (group == FINDING_GROUP_COUNT || seen[group] || !rest)
				return complain("a table that is not known, stands twice or has no end", line);
			seen[group] = true;
			print_table(group);
			line = rest;
			continue;
		}
		line += length;
	}
	for (enum finding_group group = 0; group < FINDING_GROUP_COUNT; group++)
		if (!seen[group])
			return complain("the page has no place for the table", finding_group_word(group));
	return 0;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct text page = { 0 };
	if (argc == 2 && strcmp(argv[1], "codes") == 0) {
		for (int i = FINDING_NONE + 1; i < FINDING_COUNT; i++)
			if (!finding_kind((enum finding_code)i)->retired)
				puts(finding_kind((enum finding_code)i)->code);
		return 0;
	}
	if (argc != 3 || strcmp(argv[1], "page") != 0) {
		fputs("usage: findings page FILE | findings codes\n", stderr);
		return 64;
	}
	int status = text_read_file(&page, argv[2], 1 << 20, &err) ? print_page(page.bytes)
	                                                           : stage_exit("findings", false, &err);
	text_free(&page);
	return status;
}
