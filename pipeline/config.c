#include "config.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "mem.h"
#include "number.h"
#include "text.h"

enum { CONFIG_LIMIT = 4 << 20, DEPTH_LIMIT = 32 };

struct config_marks {
	char *path;
	struct text bytes;
	yaml_document_t document;
	bool parsed;
};

/* What is being checked, for messages. */
struct walk {
	const struct config_marks *marks;
	struct error *err;
};

static yaml_node_t *node_at(const struct config_marks *marks, int index)
{
	return yaml_document_get_node((yaml_document_t *)&marks->document, index);
}

static const char *scalar(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : "";
}

static bool fault(const struct walk *walk, const yaml_node_t *node, const char *format, ...)
{
	char message[600];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	error_at(walk->err, ERROR_CONFIG, walk->marks->path, node->start_mark.line + 1, "%s", message);
	return error_column(walk->err, node->start_mark.column + 1);
}

static bool is_bool(const char *value)
{
	static const char *const words[] = { "yes", "no", "true", "false" };
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(value, words[i]) == 0)
			return true;
	return false;
}

/* libcyaml writes 2.5 as 2.5e+00 into a slice, so an exponent is a number here. */
static bool is_number(const char *value)
{
	char *end = NULL;
	double number = strtod(value, &end);
	return end != value && !*end && isfinite(number) && value[strspn(value, "+-.0123456789e")] == '\0';
}

static bool check_value(const struct walk *walk, const yaml_node_t *node, const cyaml_schema_value_t *schema,
                        int depth);

static bool unknown_key(const struct walk *walk, const yaml_node_t *key, const cyaml_schema_field_t *fields)
{
	size_t count = 0;
	while (fields[count].key)
		count++;
	const char **names = mem_alloc(count, sizeof *names);
	for (size_t i = 0; i < count; i++)
		names[i] = fields[i].key;
	const char *near = text_nearest(scalar(key), names, count);
	fault(walk, key, "unknown key `%s`", scalar(key));
	if (near) {
		error_help(walk->err, "did you mean %s?", near);
	} else {
		struct text list = { 0 };
		for (size_t i = 0; i < count; i++)
			text_print(&list, "%s%s", i ? ", " : "", names[i]);
		error_help(walk->err, "here it takes: %s", list.bytes);
		text_free(&list);
	}
	free(names);
	return false;
}

static bool check_mapping(const struct walk *walk, const yaml_node_t *node, const cyaml_schema_field_t *fields,
                          int depth)
{
	if (node->type != YAML_MAPPING_NODE)
		return fault(walk, node, "expected keys and values here");
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
		yaml_node_t *key = node_at(walk->marks, pair->key);
		const cyaml_schema_field_t *field = fields;
		while (field->key && strcmp(field->key, scalar(key)) != 0)
			field++;
		if (!field->key)
			return unknown_key(walk, key, fields);
		for (yaml_node_pair_t *other = node->data.mapping.pairs.start; other < pair; other++)
			if (strcmp(scalar(node_at(walk->marks, other->key)), field->key) == 0)
				return fault(walk, key, "the key `%s` is given twice", field->key);
		if (!check_value(walk, node_at(walk->marks, pair->value), &field->value, depth + 1))
			return false;
	}
	for (const cyaml_schema_field_t *field = fields; field->key; field++) {
		bool given = field->value.flags & CYAML_FLAG_OPTIONAL;
		for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
		     pair < node->data.mapping.pairs.top && !given; pair++)
			given = strcmp(scalar(node_at(walk->marks, pair->key)), field->key) == 0;
		if (!given)
			return fault(walk, node, "the key `%s` is missing here", field->key);
	}
	return true;
}

static bool check_enum(const struct walk *walk, const yaml_node_t *node, const cyaml_schema_value_t *schema)
{
	struct text list = { 0 };
	for (uint32_t i = 0; i < schema->enumeration.count; i++) {
		if (strcmp(schema->enumeration.strings[i].str, scalar(node)) == 0) {
			text_free(&list);
			return true;
		}
		text_print(&list, "%s%s", i ? ", " : "", schema->enumeration.strings[i].str);
	}
	fault(walk, node, "`%s` is none of the words that can stand here", scalar(node));
	error_help(walk->err, "it takes one of: %s", list.bytes);
	text_free(&list);
	return false;
}

/* libcyaml reads 010 as 8, and 08 as 0. */
static bool is_octal(const char *value)
{
	value += *value == '-' || *value == '+';
	return value[0] == '0' && value[1] != '\0';
}

/* In a list of texts "" is one of them: a blank cell, say. libcyaml writes it without its quotes. */
static bool is_blank_entry(const yaml_node_t *entry, const cyaml_schema_value_t *schema)
{
	return schema->type == CYAML_STRING && entry->type == YAML_SCALAR_NODE && entry->data.scalar.length == 0;
}

static bool check_value(const struct walk *walk, const yaml_node_t *node, const cyaml_schema_value_t *schema, int depth)
{
	long long integer = 0;
	if (depth > DEPTH_LIMIT)
		return fault(walk, node, "nested too deeply");
	switch (schema->type) {
	case CYAML_MAPPING: return check_mapping(walk, node, schema->mapping.fields, depth);
	case CYAML_SEQUENCE:
		if (node->type != YAML_SEQUENCE_NODE)
			return fault(walk, node, "expected a list here");
		for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top;
		     item++) {
			const yaml_node_t *entry = node_at(walk->marks, *item);
			if (!is_blank_entry(entry, schema->sequence.entry)
			    && !check_value(walk, entry, schema->sequence.entry, depth + 1))
				return false;
		}
		return true;
	default: break;
	}
	if (node->type != YAML_SCALAR_NODE)
		return fault(walk, node, "expected one value here");
	switch (schema->type) {
	case CYAML_INT:
		if (!number_read_integer(scalar(node), &integer) || integer < -2147483647 || integer > 2147483647)
			return fault(walk, node, "expected a whole number");
		return !is_octal(scalar(node)) || fault(walk, node, "expected a whole number without a 0 before it");
	case CYAML_FLOAT: return is_number(scalar(node)) || fault(walk, node, "expected a number");
	case CYAML_BOOL: return is_bool(scalar(node)) || fault(walk, node, "expected yes or no");
	case CYAML_ENUM: return check_enum(walk, node, schema);
	default: return !text_is_blank(scalar(node)) || fault(walk, node, "expected a text");
	}
}

/* The stream under way, of which libyaml's tree shows the first document only. */
struct stream {
	size_t documents;
	int depth;
};

/* What is YAML but would not be read as it stands here; NULL: nothing. */
static const char *refuse(struct stream *stream, const yaml_event_t *event, const char **help)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		*help = "a config is one document: remove the line --- and what does not belong to the study";
		return ++stream->documents > 1 ? "a second document begins here" : NULL;
	case YAML_ALIAS_EVENT:
		*help = "write the value out where it is needed again";
		return "an alias (*name) cannot stand here";
	case YAML_SCALAR_EVENT:
		*help = "remove the \\0";
		return strlen((const char *)event->data.scalar.value) != event->data.scalar.length
		               ? "the text holds a NUL"
		               : NULL;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		*help = "look for a bracket that is not closed";
		return ++stream->depth > DEPTH_LIMIT ? "nested too deeply" : NULL;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: stream->depth--; return NULL;
	default: return NULL;
	}
}

/* Event by event, before any tree is built: a hostile file ends here, and so does one that is no YAML. */
static bool check_events(yaml_parser_t *parser, const char *path, struct error *err)
{
	struct stream stream = { 0 };
	for (bool end = false; !end && err->kind == ERROR_NONE;) {
		yaml_event_t event;
		const char *help = NULL;
		if (!yaml_parser_parse(parser, &event)) {
			error_at(err, ERROR_CONFIG, path, parser->problem_mark.line + 1, "no valid YAML: %s",
			         parser->problem ? parser->problem : "cannot be read");
			error_column(err, parser->problem_mark.column + 1);
			return error_help(err,
			                  "check the indentation, and quote a text that holds a colon and a blank");
		}
		const char *what = refuse(&stream, &event, &help);
		if (what) {
			error_at(err, ERROR_CONFIG, path, event.start_mark.line + 1, "%s", what);
			error_column(err, event.start_mark.column + 1);
			error_help(err, "%s", help);
		}
		end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	return err->kind == ERROR_NONE;
}

static bool start_parser(yaml_parser_t *parser, const struct config_marks *marks, struct error *err)
{
	if (!yaml_parser_initialize(parser))
		return error_set(err, ERROR_FAULT, "cannot start the YAML parser");
	yaml_parser_set_input_string(parser, (const unsigned char *)marks->bytes.bytes, marks->bytes.length);
	return true;
}

static bool parse(struct config_marks *marks, struct error *err)
{
	yaml_parser_t parser;
	if (!start_parser(&parser, marks, err))
		return false;
	bool ok = check_events(&parser, marks->path, err);
	yaml_parser_delete(&parser);
	if (!ok || !start_parser(&parser, marks, err))
		return false;
	marks->parsed = yaml_parser_load(&parser, &marks->document);
	if (!marks->parsed) {
		error_at(err, ERROR_CONFIG, marks->path, 0, "cannot be read as YAML");
	} else if (!yaml_document_get_root_node(&marks->document)) {
		error_at(err, ERROR_CONFIG, marks->path, 0, "the file is empty");
	}
	yaml_parser_delete(&parser);
	return err->kind == ERROR_NONE;
}

bool config_load(void **data, struct config_marks **marks, const cyaml_schema_value_t *schema, const char *path,
                 struct error *err)
{
	static const cyaml_config_t quiet = {
		.log_level = CYAML_LOG_ERROR, .log_fn = NULL, .mem_fn = cyaml_mem, .flags = CYAML_CFG_NO_ALIAS
	};
	struct config_marks *loaded = mem_alloc(1, sizeof *loaded);
	loaded->path = mem_copy_text(path);
	*data = NULL;
	struct walk walk = { loaded, err };
	bool ok = text_read_file(&loaded->bytes, path, CONFIG_LIMIT, err);
	if (ok && text_valid_utf8(loaded->bytes.bytes, loaded->bytes.length) != loaded->bytes.length)
		ok = error_at(err, ERROR_CONFIG, path, 0, "not in UTF-8");
	ok = ok && parse(loaded, err) && check_value(&walk, yaml_document_get_root_node(&loaded->document), schema, 0);
	if (ok) {
		cyaml_err_t code = cyaml_load_data((const uint8_t *)loaded->bytes.bytes, loaded->bytes.length, &quiet,
		                                   schema, data, NULL);
		if (code != CYAML_OK)
			ok = error_at(err, ERROR_CONFIG, path, 0, "cannot be loaded: %s", cyaml_strerror(code));
	}
	if (!ok) {
		config_free(NULL, loaded, schema);
		return false;
	}
	*marks = loaded;
	return true;
}

void config_free(void *data, struct config_marks *marks, const cyaml_schema_value_t *schema)
{
	static const cyaml_config_t quiet = { .log_level = CYAML_LOG_ERROR, .log_fn = NULL, .mem_fn = cyaml_mem };
	if (data)
		cyaml_free(&quiet, schema, data, 0);
	if (!marks)
		return;
	if (marks->parsed)
		yaml_document_delete(&marks->document);
	text_free(&marks->bytes);
	free(marks->path);
	free(marks);
}

/* The node that one step of a place names ("analyses", then "[2]"), or NULL. `step` moves on. */
static const yaml_node_t *descend(const struct config_marks *marks, const yaml_node_t *node, const char **step)
{
	if (**step == '[') {
		long index = strtol(*step + 1, (char **)step, 10);
		*step += **step == ']';
		if (node->type != YAML_SEQUENCE_NODE
		    || index >= node->data.sequence.items.top - node->data.sequence.items.start)
			return NULL;
		return node_at(marks, node->data.sequence.items.start[index]);
	}
	*step += **step == '.';
	size_t length = strcspn(*step, ".[");
	const char *name = *step;
	*step += length;
	if (node->type != YAML_MAPPING_NODE)
		return NULL;
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
		const char *key = scalar(node_at(marks, pair->key));
		if (strlen(key) == length && memcmp(key, name, length) == 0)
			return node_at(marks, pair->value);
	}
	return NULL;
}

bool config_has(const struct config_marks *marks, const char *place)
{
	const yaml_node_t *node = yaml_document_get_root_node((yaml_document_t *)&marks->document);
	while (node && *place)
		node = descend(marks, node, &place);
	return node != NULL;
}

bool config_error(const struct config_marks *marks, struct error *err, const char *place, const char *format, ...)
{
	const yaml_node_t *node = yaml_document_get_root_node((yaml_document_t *)&marks->document);
	for (const yaml_node_t *below = node; below && *place;) {
		below = descend(marks, below, &place);
		node = below ? below : node;
	}
	char message[600];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);
	error_at(err, ERROR_CONFIG, marks->path, node->start_mark.line + 1, "%s", message);
	return error_column(err, node->start_mark.column + 1);
}
