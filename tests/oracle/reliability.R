# The reliabilities that compare's are tested against, made by R (4.2.2) and its package psych (2.2.9):
#
#   Rscript tests/oracle/reliability.R
#
# writes tests/oracle/reliability_*.inc beside itself: rows of C initialisers, each with its data, the R call in its name,
# and what R answers. The data ship with R (datasets, psych).

suppressPackageStartupMessages(library(psych))
options(digits = 17, warn = 2)

number <- function(x) { # the shortest that reads back as the same double; NaN for what is missing
	x <- as.vector(x)
	short <- sprintf("%.15g", x)
	ifelse(is.na(x), "NAN", ifelse(suppressWarnings(as.numeric(short)) == x, short, sprintf("%.17g", x)))
}
doubles <- function(x) sprintf("(const double[]){ %s }", paste(number(x), collapse = ", "))

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
write_rows <- function(name, rows) {
	head <- "/* Made by tests/oracle/reliability.R: change that, not this. */"
	writeLines(c(head, strwrap(rows, 118, exdent = 2)), file.path(folder, sprintf("reliability_%s.inc", name)))
}
row <- function(.title, ...) {
	fields <- list(...)
	sprintf("{ .name = \"%s\", %s },", .title, paste(sprintf(".%s = %s", names(fields), fields), collapse = ", "))
}
rows_of <- function(x) as.vector(t(as.matrix(x))) # a matrix row after row, as C has it

# --- the data: items turned where the scale turns them; bfi's first rows, some items missing ---

attitude_items <- attitude
agree <- bfi[1:120, paste0("A", 1:5)]
agree$A1 <- 7 - agree$A1
neurotic <- bfi[1:150, paste0("N", 1:5)]
open_items <- bfi[401:520, paste0("O", 1:5)]
open_items$O2 <- 7 - open_items$O2
open_items$O5 <- 7 - open_items$O5
neurotic_all <- na.omit(bfi[, paste0("N", 1:5)]) # 2694 people: the covariances only

# --- alpha of complete rows, with Feldt's interval; item statistics; pairwise ---

alpha_of <- function(x, ...) {
	said <- capture.output(a <- suppressMessages(suppressWarnings(
		psych::alpha(as.data.frame(x), check.keys = FALSE, warnings = FALSE, ...))))
	a
}
alpha_row <- function(name, x, complete = na.omit(x)) {
	a <- alpha_of(complete)
	limits <- alpha.ci(a$total$raw_alpha, nrow(complete), ncol(complete))
	ninety <- alpha.ci(a$total$raw_alpha, nrow(complete), ncol(complete), p.val = 0.1)
	correlations <- cor(complete)
	row(name, x = doubles(rows_of(x)), n = nrow(x), k = ncol(x), complete = nrow(complete), alpha = number(a$total$raw_alpha),
	    low = number(limits$lower.ci), high = number(limits$upper.ci), low90 = number(ninety$lower.ci),
	    high90 = number(ninety$upper.ci), mean_r = number(a$total$average_r),
	    item_rest = doubles(a$item.stats$r.drop), dropped = doubles(a$alpha.drop$raw_alpha),
	    covariances = doubles(cov(complete)), correlations = doubles(correlations),
	    pairwise = number(alpha_of(x, use = "pairwise")$total$raw_alpha), pairwise_covariances = doubles(cov(x, use = "pairwise")))
}
write_rows("alpha", c(
	alpha_row("psych::alpha(attitude)", attitude_items),
	alpha_row("psych::alpha(bfi[1:120, A1 to A5]), A1 turned", agree),
	alpha_row("psych::alpha(bfi[1:150, N1 to N5])", neurotic),
	alpha_row("psych::alpha(bfi[401:520, O1 to O5]), O2 and O5 turned", open_items),
	alpha_row("psych::alpha(attitude[, 1:3])", attitude_items[, 1:3])
))

# --- one factor by maximum likelihood, and omega ---

# factanal's optimiser stops some 1e-5 from the solution; its uniquenesses are the fixed point of u = diag(R - l l').
one_factor <- function(R) {
	fit <- factanal(covmat = R, n.obs = 1000, factors = 1, rotation = "none")
	u <- as.vector(fit$uniquenesses)
	for (i in 1:100000) {
		e <- eigen(R / sqrt(outer(u, u)), symmetric = TRUE)
		l <- sqrt(u) * e$vectors[, 1] * sqrt(e$values[1] - 1)
		step <- diag(R) - l^2 - u
		u <- u + step
		if (max(abs(step)) < 1e-15) break
	}
	stopifnot(max(abs(u - fit$uniquenesses)) < 1e-4)
	psych_fit <- fa(R, nfactors = 1, fm = "ml", n.obs = 1000)
	stopifnot(max(abs(u - psych_fit$uniquenesses)) < 1e-4)
	list(l = l * sign(sum(l)), u = u)
}
factor_row <- function(name, C) {
	R <- cov2cor(C)
	sd <- sqrt(diag(C))
	fit <- one_factor(R)
	l <- fit$l * sd
	u <- fit$u * sd^2
	row(name, c = doubles(C), k = ncol(C), loading = doubles(l), uniqueness = doubles(u),
	    fitted = number(sum(l)^2 / (sum(l)^2 + sum(u))), observed = number(1 - sum(u) / sum(C)))
}
write_rows("factor", c(
	factor_row("factanal(covmat = cor(na.omit(bfi[, N1 to N5])))", cor(neurotic_all)),
	factor_row("factanal(covmat = cov(na.omit(bfi[, N1 to N5])))", cov(neurotic_all)),
	factor_row("factanal(covmat = cov(attitude))", cov(attitude)),
	factor_row("factanal(covmat = Thurstone)", Thurstone),
	factor_row("factanal(covmat = Thurstone[1:3, 1:3])", Thurstone[1:3, 1:3]),
	factor_row("factanal(covmat = cov(na.omit(bfi[, A1 to A5]))), A1 not turned", cov(na.omit(bfi[, paste0("A", 1:5)]))),
	factor_row("factanal(covmat = cov(na.omit(bfi[401:520, O1 to O5]))), O2 and O5 turned", cov(na.omit(open_items))),
	factor_row("factanal(covmat = cor(USJudgeRatings))", cor(USJudgeRatings[, -1]))
))

# --- what kind reliability says of a whole study: bfi's first 150 rows, N1 to N5, as if they came from three areas ---

areas <- rep(c("N", "S", "W"), c(80, 45, 25))
study_row <- function(area) {
	x <- if (is.na(area)) neurotic else neurotic[areas == area, ]
	complete <- na.omit(x)
	total <- rowSums(complete)
	C <- cov(complete)
	a <- alpha_of(complete)
	limits <- alpha.ci(a$total$raw_alpha, nrow(complete), 5)
	sd <- sqrt(diag(C))
	fit <- if (nrow(complete) < 30) NULL else one_factor(cov2cor(C))
	few <- nrow(complete) < 30
	some <- function(value) if (few) "NAN" else number(value)
	row(if (is.na(area)) "all areas" else paste("area", area), area = if (is.na(area)) "NULL" else sprintf("\"%s\"", area),
	    n = nrow(complete), partial = sum(is.na(rowSums(x)) & rowSums(!is.na(x)) > 0), alpha = some(a$total$raw_alpha),
	    low = some(limits$lower.ci), high = some(limits$upper.ci), mean_r = some(a$total$average_r),
	    pairwise = some(alpha_of(x, use = "pairwise")$total$raw_alpha),
	    omega = some(sum(fit$l * sd)^2 / (sum(fit$l * sd)^2 + sum(fit$u * sd^2))),
	    lowest = sum(total == 5), highest = sum(total == 30))
}
everybody <- alpha_of(na.omit(neurotic))
writeLines(c("/* Made by tests/oracle/reliability.R: change that, not this. */",
	strwrap(sprintf("static const double answers[] = { %s };", paste(number(rows_of(neurotic)), collapse = ", ")), 118, exdent = 2),
	"static const struct expected expected[] = {", strwrap(sapply(c("N", "S", "W", NA), study_row), 118, exdent = 2), "};",
	strwrap(sprintf("static const double item_rest[] = { %s };", paste(number(everybody$item.stats$r.drop), collapse = ", ")), 118, exdent = 2),
	strwrap(sprintf("static const double dropped[] = { %s };", paste(number(everybody$alpha.drop$raw_alpha), collapse = ", ")), 118, exdent = 2),
	strwrap(sprintf("static const double correlations[] = { %s };", paste(number(cor(na.omit(neurotic))), collapse = ", ")), 118, exdent = 2)),
	file.path(folder, "reliability_study.inc"))
