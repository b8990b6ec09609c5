# The numbers that validate compares waves and judges keys with are tested against these, made by R (4.2.2):
#
#   Rscript tests/oracle/validate.R
#
# writes tests/oracle/validate_*.inc beside itself: rows of C initialisers, each with its data, the R call in its name, and
# what R answers. The data ship with R (datasets).

options(digits = 17)

number <- function(x) { # the shortest that reads back as the same double
	x <- as.vector(x)
	short <- sprintf("%.15g", x)
	ifelse(as.numeric(short) == x, short, sprintf("%.17g", x))
}
doubles <- function(x) sprintf("(const double[]){ %s }", paste(number(x), collapse = ", "))
counts <- function(x) sprintf("(const long long[]){ %s }", paste(x, collapse = ", "))

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
write_rows <- function(name, rows) {
	head <- "/* Made by tests/oracle/validate.R: change that, not this. */"
	writeLines(c(head, strwrap(rows, 118, exdent = 2)), file.path(folder, sprintf("validate_%s.inc", name)))
}
row <- function(.title, ...) {
	fields <- list(...)
	sprintf("{ .name = \"%s\", %s },", .title, paste(sprintf(".%s = %s", names(fields), fields), collapse = ", "))
}

# --- two samples of codes: chisq.test(correct = FALSE), fisher.test ---

chi_square_row <- function(name, table) {
	table <- as.matrix(table)
	stopifnot(nrow(table) == 2)
	c2 <- suppressWarnings(chisq.test(table[, colSums(table) > 0], correct = FALSE))
	row(sprintf("chisq.test: %s", name), before = counts(table[1, ]), after = counts(table[2, ]), kinds = ncol(table),
	    statistic = number(c2$statistic), p = number(c2$p.value))
}
write_rows("chi_square", c(
	chi_square_row("Sex x Hair, HairEyeColor", margin.table(HairEyeColor, c(3, 1))),
	chi_square_row("Sex x Eye, HairEyeColor", margin.table(HairEyeColor, 3:2)),
	chi_square_row("Sex x Class, Titanic", margin.table(Titanic, 2:1)),
	chi_square_row("Survived x Class, Titanic", margin.table(Titanic, c(4, 1))),
	chi_square_row("Admit x Gender, UCBAdmissions", margin.table(UCBAdmissions, 1:2)),
	chi_square_row("Gender x Dept, UCBAdmissions", margin.table(UCBAdmissions, 2:3)),
	chi_square_row("case x education, infert", table(infert$case, infert$education)),
	chi_square_row("case x age, infert", table(infert$case, infert$age)),
	chi_square_row("an empty column", rbind(c(12, 0, 30), c(25, 0, 18))),
	chi_square_row("the same shares", rbind(c(10, 20, 30), c(20, 40, 60))),
	chi_square_row("a p below 1e-200", rbind(c(1000, 20), c(20, 1000))),
	chi_square_row("counts in millions", rbind(c(3000001, 2999999), c(2990000, 3010000)))))

fisher_row <- function(a, b, c, d) {
	row(sprintf("fisher.test(rbind(c(%d, %d), c(%d, %d)))", a, b, c, d), before = counts(c(a, b)), after = counts(c(c, d)),
	    p = number(fisher.test(rbind(c(a, b), c(c, d)))$p.value))
}
write_rows("fisher", c(
	fisher_row(3, 1, 1, 3), # Fisher's tea
	fisher_row(10, 2, 3, 15), # Fisher's convicts
	fisher_row(20, 0, 18, 2), fisher_row(20, 0, 0, 20), fisher_row(0, 25, 4, 21), fisher_row(400, 1, 390, 9),
	fisher_row(12000, 3, 11980, 25), fisher_row(1000000, 2, 35, 1), fisher_row(7, 13, 7, 13), fisher_row(1, 19, 12, 8)))

# --- two samples of numbers: wilcox.test(exact = FALSE) ---

mann_whitney_row <- function(name, before, after) {
	before <- as.vector(na.omit(before)) * 1.0
	after <- as.vector(na.omit(after)) * 1.0
	w <- wilcox.test(after, before, exact = FALSE)
	values <- sort(unique(c(before, after)))
	count <- function(x) counts(as.vector(table(factor(x, values))))
	row(sprintf("wilcox.test: %s", name), before = count(before), after = count(after), kinds = length(values),
	    direction = number(sign(w$statistic - length(before) * length(after) / 2)), p = number(w$p.value))
}
write_rows("mann_whitney", c(
	mann_whitney_row("Ozone, May and August, airquality", airquality$Ozone[airquality$Month == 5],
	                 airquality$Ozone[airquality$Month == 8]),
	mann_whitney_row("Temp, July and August, airquality", airquality$Temp[airquality$Month == 7],
	                 airquality$Temp[airquality$Month == 8]),
	mann_whitney_row("len by supp, ToothGrowth", ToothGrowth$len[ToothGrowth$supp == "OJ"],
	                 ToothGrowth$len[ToothGrowth$supp == "VC"]),
	mann_whitney_row("breaks by wool, warpbreaks", warpbreaks$breaks[warpbreaks$wool == "A"],
	                 warpbreaks$breaks[warpbreaks$wool == "B"]),
	mann_whitney_row("Sepal.Width, setosa and virginica, iris", iris$Sepal.Width[iris$Species == "setosa"],
	                 iris$Sepal.Width[iris$Species == "virginica"]),
	mann_whitney_row("Petal.Length, setosa and virginica, iris", iris$Petal.Length[iris$Species == "setosa"],
	                 iris$Petal.Length[iris$Species == "virginica"]),
	mann_whitney_row("age by case, infert", infert$age[infert$case == 0], infert$age[infert$case == 1]),
	mann_whitney_row("parity by case, infert", infert$parity[infert$case == 0], infert$parity[infert$case == 1]),
	mann_whitney_row("lat by stations, quakes", quakes$lat[quakes$stations < 30], quakes$lat[quakes$stations >= 30]),
	mann_whitney_row("a sample and itself", 1:20, 1:20),
	mann_whitney_row("everybody higher", 1:30, 31:60)))

# --- many tests: p.adjust(method = "holm") <= 0.01 ---

holm_row <- function(name, p) {
	row(sprintf("p.adjust: %s", name), p = doubles(p), count = length(p),
	    rejected = sprintf("(const int[]){ %s }", paste(as.integer(p.adjust(p, "holm") <= 0.01), collapse = ", ")))
}
set.seed(1)
write_rows("holm", c(
	holm_row("one below", 0.009), holm_row("one above", 0.011),
	holm_row("each is judged by its place", c(0.004, 0.9, 0.002, 0.009)),
	holm_row("none after the first that stays", c(0.001, 0.004, 0.0049, 0.009)),
	holm_row("100 of no effect", round(runif(100), 4)),
	holm_row("100 of no effect and 5 of some", c(round(runif(100), 4), 1e-12, 8e-5, 1.1e-4, 3e-9, 0.001)),
	holm_row("all of some effect", c(0.0001, 0.0002, 0.0003, 0.0001))))

# --- how far items agree: cor with the sum of the others, Cronbach's alpha from cov, and whether chance explains less than 0 ---

agreement_row <- function(name, x, turned = rep(FALSE, ncol(x))) {
	x <- as.matrix(x)
	y <- sweep(x, 2, ifelse(turned, -1, 1), "*")
	k <- ncol(y)
	alpha <- k / (k - 1) * (1 - sum(diag(cov(y))) / sum(cov(y)))
	if (requireNamespace("psych", quietly = TRUE))
		stopifnot(all.equal(alpha, suppressMessages(suppressWarnings(psych::alpha(as.data.frame(y), check.keys = FALSE, warnings = FALSE)))$total$raw_alpha))
	rest <- sapply(seq_len(k), function(i) cor(y[, i], rowSums(y[, -i, drop = FALSE])))
	n <- nrow(y)
	row(sprintf("cor and alpha: %s", name), values = doubles(t(x)), rows = n, items = k,
	    turned = sprintf("(const bool[]){ %s }", paste(as.integer(turned), collapse = ", ")),
	    rest = doubles(rest), alpha = number(alpha),
	    negative = sprintf("(const bool[]){ %s }", paste(as.integer(pnorm(atanh(rest) * sqrt(n - 3)) < 0.005), collapse = ", ")),
	    alpha_negative = as.integer(pf(1 / (1 - alpha), n - 1, (n - 1) * (k - 1)) < 0.005))
}
write_rows("agreement", c(
	agreement_row("attitude", attitude),
	agreement_row("attitude, one turned", attitude, seq_along(attitude) == 3),
	agreement_row("attitude, three turned", attitude, seq_along(attitude) %in% 1:3),
	agreement_row("two of attitude, one turned", attitude[2:3], c(TRUE, FALSE)),
	agreement_row("USJudgeRatings in tenths, half turned", 10 * USJudgeRatings[2:11], rep(c(TRUE, FALSE), 5)),
	agreement_row("swiss, which do not agree", round(swiss)),
	agreement_row("USJudgeRatings in tenths", 10 * USJudgeRatings, seq_along(USJudgeRatings) == 1)))
