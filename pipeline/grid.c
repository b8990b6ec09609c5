#include "grid.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "number.h"

static const char *const kinds[] = { [GRID_TEXT] = "text", [GRID_NUMBER] = "number", [GRID_DIGITS] = "digits" };

void grid_begin(struct grid *grid, const char *id, const char *caption, const struct grid_column *columns, size_t count)
{
	*grid = (struct grid){ .id = id, .caption = caption, .columns = columns, .count = count };
}

static void add_cell(struct grid *grid, const char *kind, const char *text)
{
	const struct text_hole holes[] = { { "kind", kind, false }, { "text", text, false } };
	assert(grid->at < grid->count);
	if (grid->at++ == 0)
		text_fill(&grid->cells, template_page_row_heading_html, TEXT_HTML, holes, COUNT(holes));
	else
		text_fill(&grid->cells, template_page_cell_html, TEXT_HTML, holes, COUNT(holes));
}

/* The code point of the valid sequence at `bytes`, and its length. */
static unsigned long code_point(const char *bytes, size_t *length)
{
	unsigned char first = (unsigned char)*bytes;
	*length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	unsigned long point = *length == 1 ? first : first & (0xffu >> (*length + 1));
	for (size_t i = 1; i < *length; i++)
		point = point << 6 | ((unsigned char)bytes[i] & 0x3fu);
	return point;
}

/* Characters that take no ink, or turn the direction of what follows: a reader would see another answer than the one
 * given. */
static bool is_hidden(unsigned long point)
{
	static const struct {
		unsigned long first, last;
	} hidden[] = {
		{ 0x01, 0x08 },     { 0x0b, 0x1f },     { 0x7f, 0xa0 },     { 0xad, 0xad },       { 0x34f, 0x34f },
		{ 0x61c, 0x61c },   { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180e },   { 0x2000, 0x200f },
		{ 0x2028, 0x202f }, { 0x205f, 0x206f }, { 0x3000, 0x3000 }, { 0x3164, 0x3164 },   { 0xfe00, 0xfe0f },
		{ 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe0fff },
	};
	for (size_t i = 0; i < COUNT(hidden); i++)
		if (point >= hidden[i].first && point <= hidden[i].last)
			return true;
	return false;
}

void grid_add_visible(struct text *visible, const char *value, size_t longest)
{
	size_t all = strlen(value);
	for (size_t at = 0; at < all;) {
		if (at >= longest) {
			text_print(visible, "… (cut here, of %zu bytes; findings.csv has the whole)", all);
			return;
		}
		size_t valid = text_valid_utf8(value + at, all - at), length = 1;
		if (valid == 0) {
			text_print(visible, "‹byte %02X›", (unsigned char)value[at]);
			at++;
			continue;
		}
		unsigned long point = code_point(value + at, &length);
		if (is_hidden(point))
			text_print(visible, "‹U+%04lX›", point);
		else
			text_add_bytes(visible, value + at, length);
		at += length;
	}
}

void grid_text(struct grid *grid, const char *text)
{
	struct text visible = { 0 };
	grid_add_visible(&visible, text ? text : "", SIZE_MAX);
	add_cell(grid, kinds[grid->columns[grid->at].kind], visible.bytes);
	text_free(&visible);
}

void grid_print_number(char text[GRID_NUMBER_SIZE], long long number)
{
	char digits[GRID_NUMBER_SIZE];
	int length = snprintf(digits, sizeof digits, "%lld", number < 0 ? -number : number);
	char *out = text;
	if (number < 0)
		*out++ = '-';
	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			*out++ = ',';
		*out++ = digits[i];
	}
	*out = '\0';
}

void grid_number(struct grid *grid, long long number)
{
	char text[GRID_NUMBER_SIZE];
	grid_print_number(text, number);
	add_cell(grid, "number", text);
}

void grid_share(struct grid *grid, long long part, long long base)
{
	if (base == 0) {
		add_cell(grid, "number", "–");
		return;
	}
	char number[NUMBER_TEXT_SIZE], text[NUMBER_TEXT_SIZE + 2];
	number_print(number, 100.0 * (double)part / (double)base, 1);
	snprintf(text, sizeof text, "%s%%", number);
	add_cell(grid, "number", text);
}

static void add_link(struct grid *grid, const char *template, const char *id, const char *text)
{
	struct text visible = { 0 };
	grid_add_visible(&visible, text, SIZE_MAX);
	const struct text_hole holes[] = { { "id", id, false }, { "text", visible.bytes, false } };
	grid->at++;
	text_fill(&grid->cells, template, TEXT_HTML, holes, COUNT(holes));
	text_free(&visible);
}

void grid_link(struct grid *grid, const char *id, const char *text)
{
	assert(grid->at == 0);
	add_link(grid, template_page_row_link_html, id, text);
}

void grid_jump(struct grid *grid, const char *id, const char *text)
{
	assert(grid->at > 0 && grid->at < grid->count);
	add_link(grid, template_page_jump_html, id, text);
}

void grid_value(struct grid *grid, const char *value)
{
	enum { LONGEST = 300 };
	if (!value) {
		add_cell(grid, "text", "–");
		return;
	}
	if (!*value) {
		add_cell(grid, "text", "empty");
		return;
	}
	struct text visible = { 0 };
	grid_add_visible(&visible, value, LONGEST);
	const struct text_hole hole = { "text", visible.bytes, false };
	assert(grid->at > 0 && grid->at < grid->count);
	grid->at++;
	text_fill(&grid->cells, template_page_value_html, TEXT_HTML, &hole, 1);
	text_free(&visible);
}

void grid_row(struct grid *grid, const char *kind)
{
	const struct text_hole holes[] = { { "kind", kind, false }, { "cells", grid->cells.bytes, true } };
	assert(grid->at == grid->count);
	text_fill(&grid->rows, template_page_row_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&grid->cells);
	grid->at = 0;
}

void grid_end(struct grid *grid, struct text *html)
{
	struct text headings = { 0 };
	for (size_t i = 0; i < grid->count; i++) {
		const struct text_hole holes[] = { { "kind", kinds[grid->columns[i].kind], false },
			                           { "text", grid->columns[i].heading, false } };
		text_fill(&headings, template_report_heading_html, TEXT_HTML, holes, COUNT(holes));
	}
	const struct text_hole holes[] = {
		{ "id", grid->id, false },
		{ "caption", grid->caption, false },
		{ "headings", headings.bytes, true },
		{ "rows", grid->rows.bytes, true },
	};
	assert(grid->at == 0);
	text_fill(html, template_page_grid_html, TEXT_HTML, holes, COUNT(holes));
	text_free(&headings);
	text_free(&grid->rows);
}

void grid_drop(struct grid *grid)
{
	text_free(&grid->cells);
	text_free(&grid->rows);
}
