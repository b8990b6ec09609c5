# What tests/unit/test_comparison.c expects of analyses that compare by weights and design: infert, which ships with R, with the
# women's years of education as the area, weights 1, 2, 3 in turn, odd and even rows as strata, and six rows of a stratum a
# cluster. R 4.2.2, survey 4.1-1.
#
#   Rscript tests/oracle/comparison_design.R

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages(library(survey))

areas <- c("A", "B", "C")
data <- with(infert, data.frame(area = c("0-5yrs" = "A", "6-11yrs" = "B", "12+ yrs" = "C")[as.character(education)],
	age, case, parity, spontaneous))
i <- seq_len(nrow(data))
data$weight <- 1 + i %% 3
data$stratum <- i %% 2
data$cluster <- (i - 1) %/% 12
design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, nest = TRUE, data = data)

rows <- list()
say <- function(analysis, statistic, figure, value, area = NULL, comparator = NULL, category = NULL) {
	text <- function(x) if (is.null(x)) "NULL" else sprintf('"%s"', x)
	rows[[length(rows) + 1]] <<- sprintf("{ %s, %s, %s, %s, %s, %s, %s },", text(analysis), text(statistic), text(category),
	                                     text(area), text(comparator), text(figure), number(value))
}
say_all <- function(analysis, statistic, values, ...)
	for (figure in names(values)) say(analysis, statistic, figure, values[[figure]], ...)
pairs <- utils::combn(areas, 2, simplify = FALSE)
rests <- lapply(areas, function(a) c(a, "rest"))
# the respondents of the two, as a and b
both <- function(pair, y) {
	of <- if (pair[2] == "rest") i else which(data$area %in% pair)
	found <- design[of, ]
	found$variables$own <- factor(ifelse(data$area[of] == pair[1], "a", "b"))
	found$variables$y <- y[of]
	found
}

t_of <- function(contrast, back = identity, factor = 1, d) {
	b <- unname(coef(contrast))
	se <- as.vector(SE(contrast))
	t <- qt(.975, d)
	list(estimate = factor * back(b), low = factor * back(b - t * se), high = factor * back(b + t * se), statistic = b / se, df = d,
	     p = 2 * pt(-abs(b / se), d))
}
adjust <- function(analysis, asked, p, categories = list(NULL)) {
	k <- 0
	for (pair in asked) for (category in categories) {
		k <- k + 1
		say(analysis, "p_holm", "p_adjusted", p.adjust(p, "holm")[k], pair[1], pair[2], category)
		say(analysis, "p_benjamini_hochberg", "p_adjusted", p.adjust(p, "BH")[k], pair[1], pair[2], category)
	}
}
wald <- function(w, q, d) {
	f <- w * (d - q + 1) / (d * q)
	list(statistic = f, df = q, df2 = d - q + 1, p = pf(f, q, d - q + 1, lower.tail = FALSE))
}
d <- degf(design)

# --- a mean ---

r <- regTermTest(svyglm(age ~ area, design), ~area)
say_all("age", "design_wald", wald(drop(r$Ftest) * r$df, r$df, d))
for (asked in list(pairs, rests))
	adjust("age", asked, sapply(asked, function(pair) {
		own <- both(pair, data$age)
		found <- t_of(svycontrast(svyby(~y, ~own, own, svymean, covmat = TRUE), c(1, -1)), d = degf(own))
		say_all("age", "weighted_mean_difference", found, pair[1], pair[2])
		found$p
	}))
for (a in areas) {
	own <- design[which(data$area == a), ]
	m <- svymean(~age, own)
	ci <- confint(m, df = degf(own))
	say_all("age", "benchmark", list(estimate = coef(m) - 32, low = ci[1] - 32, high = ci[2] - 32), a, "Norm")
}

# --- shares ---

shares <- function(analysis, y, category) for (asked in list(pairs, rests))
	for (pair in asked) {
		own <- both(pair, y)
		m <- svyby(~y, ~own, own, svymean, covmat = TRUE)
		say_all(analysis, "weighted_share_difference", t_of(svycontrast(m, c(1, -1)), factor = 100, d = degf(own)), pair[1], pair[2],
		        category)
		ratio <- t_of(svycontrast(m, quote(log(a) - log(b))), exp, d = degf(own))
		odds <- t_of(svycontrast(m, quote(log(a) - log(1 - a) - log(b) + log(1 - b))), exp, d = degf(own))
		say_all(analysis, "weighted_share_ratio", ratio[1:3], pair[1], pair[2], category)
		say_all(analysis, "weighted_odds_ratio", odds[1:3], pair[1], pair[2], category)
	}
p_of_shares <- function(asked, ys) unlist(lapply(asked, function(pair) sapply(ys, function(y) {
	own <- both(pair, y)
	t_of(svycontrast(svyby(~y, ~own, own, svymean, covmat = TRUE), c(1, -1)), d = degf(own))$p
})))
rao_scott <- function(analysis, y) {
	own <- update(design, y = factor(y))
	f <- svychisq(~area + y, own, statistic = "F")
	chi <- svychisq(~area + y, own, statistic = "Chisq")
	say_all(analysis, "rao_scott", list(statistic = f$statistic, df = f$parameter[1], df2 = f$parameter[2], p = f$p.value))
	say(analysis, "weighted_cramers_v", "estimate", sqrt(unname(chi$statistic) / nrow(data) / (min(3, length(unique(y))) - 1)))
}
shares("case", data$case, "1")
rao_scott("case", data$case)
for (asked in list(pairs, rests))
	adjust("case", asked, p_of_shares(asked, list(data$case)), list("1"))
for (a in areas) { # Wilson's interval with the effective sample size
	own <- design[which(data$area == a), ]
	m <- svymean(~case, own)
	p <- unname(coef(m))
	n <- p * (1 - p) / as.vector(SE(m))^2
	t <- qt(.975, degf(own))
	ends <- (2 * n * p + t^2 + c(-1, 1) * t * sqrt(t^2 + 4 * n * p * (1 - p))) / (2 * (n + t^2))
	say_all("case", "benchmark", list(estimate = 100 * p - 20, low = 100 * ends[1] - 20, high = 100 * ends[2] - 20), a, "Norm", "1")
}
codes <- c("0", "1", "2")
for (code in codes)
	shares("spontaneous", as.numeric(data$spontaneous == code), code)
rao_scott("spontaneous", data$spontaneous)
for (asked in list(pairs, rests))
	adjust("spontaneous", asked, p_of_shares(asked, lapply(codes, function(c) as.numeric(data$spontaneous == c))), codes)

# --- ranks ---

scores <- function(y, w) sapply(y, function(v) sum(w[y < v]) + sum(w[y == v]) / 2) / sum(w)
rank_test <- function(own) {
	own$variables$score <- scores(own$variables$y, weights(own))
	r <- regTermTest(svyglm(score ~ own, own), ~own)
	wald(drop(r$Ftest) * r$df, r$df, degf(own))
}
say_all("parity", "design_rank_test", rank_test(update(design, own = factor(area), y = data$parity)))
for (asked in list(pairs, rests))
	adjust("parity", asked, sapply(asked, function(pair) {
		own <- both(pair, data$parity)
		y <- own$variables$y
		w <- weights(own)
		a <- own$variables$own == "a"
		wins <- outer(y, y, ">") + outer(y, y, "==") / 2
		p <- sum(outer(w * a, w * !a) * wins) / sum(w[a]) / sum(w[!a])
		z <- ifelse(a, (drop(wins %*% (w * !a)) / sum(w[!a]) - p) / sum(w[a]), (drop((w * a) %*% wins) / sum(w[a]) - p) / sum(w[!a]))
		se <- as.vector(SE(svytotal(z, own))) * 2 / (1 - (2 * p - 1)^2)
		ends <- (1 + tanh(atanh(2 * p - 1) + c(-1, 1) * qt(.975, degf(own)) * se)) / 2
		say_all("parity", "weighted_superiority", list(estimate = 100 * p, low = 100 * ends[1], high = 100 * ends[2]), pair[1], pair[2])
		test <- rank_test(own)
		say_all("parity", "design_rank_test", test, pair[1], pair[2])
		test$p
	}))
write_rows("comparison_design", rows)
