# How the oracles write what R answers: rows of C initialisers in tests/oracle/NAME.inc. Sourced by each oracle.
options(digits = 17)

number <- function(x) { # the shortest that reads back as the same double
	x <- as.vector(x)
	one <- function(v) {
		if (is.na(v)) return("NAN")
		if (is.infinite(v)) return(if (v > 0) "INFINITY" else "-INFINITY")
		short <- sprintf("%.15g", v)
		if (as.numeric(short) == v) short else sprintf("%.17g", v)
	}
	vapply(x, one, "")
}
doubles <- function(x) sprintf("(const double[]){ %s }", paste(number(x), collapse = ", "))
sizes <- function(x) sprintf("(const size_t[]){ %s }", paste(x, collapse = ", "))
counts <- function(x) sprintf("(const long long[]){ %s }", paste(x, collapse = ", "))

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
write_rows <- function(name, rows) {
	head <- sprintf("/* Made by tests/oracle/%s: change that, not this. */", basename(script))
	writeLines(c(head, strwrap(unlist(rows), 118, exdent = 2)), file.path(dirname(script), sprintf("%s.inc", name)))
}
row <- function(.title, ...) {
	fields <- list(...)
	sprintf("{ .name = \"%s\", %s },", .title, paste(sprintf(".%s = %s", names(fields), fields), collapse = ", "))
}

# Numbers in groups that ship with R: list(name, y, group), complete rows, the groups in the order of their names.
groups_of <- function(name, y, group) {
	kept <- !is.na(y) & !is.na(group)
	group <- factor(group[kept])
	order <- order(group)
	list(name = name, y = y[kept][order], group = group[order], first = c(0, cumsum(table(group))), k = nlevels(group))
}
