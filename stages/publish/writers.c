#include "writers.h"

#include "mem.h"

const struct writer writers[] = {
	{ "csv", "CSV", write_csv },
	{ "md", "Markdown", write_markdown },
	{ "html", "HTML", write_html },
	{ "tex", "LaTeX", write_latex },
};
const size_t writer_count = COUNT(writers);
