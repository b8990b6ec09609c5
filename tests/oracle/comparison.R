# What tests/unit/test_comparison.c expects of analyses that compare: infert, which ships with R, with the women's years of
# education as the area. R 4.2.2; effectsize and rstatix beside base R.
#
#   Rscript tests/oracle/comparison.R

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages(library(effectsize))

area <- c("0-5yrs" = "A", "6-11yrs" = "B", "12+ yrs" = "C")[as.character(infert$education)]
areas <- c("A", "B", "C")
code <- list(A = 1, B = 2, C = 3)
write_rows("comparison_people", sprintf("{ %d, %d, %d, %d, %d },", match(area, areas), infert$age, infert$case, infert$parity,
                                        infert$spontaneous))

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
of <- function(y, side, other) if (side == "rest") y[area != other] else y[area == side]
adjust <- function(analysis, asked, p, categories = list(NULL)) {
	holm <- p.adjust(p, "holm")
	bh <- p.adjust(p, "BH")
	i <- 0
	for (pair in asked) for (category in categories) {
		i <- i + 1
		say(analysis, "p_holm", "p_adjusted", holm[i], pair[1], pair[2], category)
		say(analysis, "p_benjamini_hochberg", "p_adjusted", bh[i], pair[1], pair[2], category)
	}
}

# --- means ---

root <- function(f, low, high) uniroot(f, c(low, high), tol = 1e-14)$root
g_of <- function(a, b) {
	v <- length(a) + length(b) - 2
	n <- 1 / length(a) + 1 / length(b)
	d <- (mean(a) - mean(b)) / sqrt((var(a) * (length(a) - 1) + var(b) * (length(b) - 1)) / v)
	j <- exp(lgamma(v / 2) - lgamma((v - 1) / 2)) / sqrt(v / 2)
	stopifnot(all.equal(j * d, hedges_g(a, b, ci = NULL)[[1]]))
	ncp <- sapply(c(.025, .975), function(tail) root(function(l) pt(d / sqrt(n), v, l, lower.tail = FALSE) - tail, -100, 100))
	list(estimate = j * d, low = j * ncp[1] * sqrt(n), high = j * ncp[2] * sqrt(n))
}
y <- infert$age
for (pair in pairs) {
	a <- of(y, pair[1])
	b <- of(y, pair[2])
	t <- t.test(a, b)
	q <- abs(mean(a) - mean(b)) / t$stderr * sqrt(2)
	half <- root(function(q) ptukey(q, 3, t$parameter, lower.tail = FALSE) - .05, 0, 100) * t$stderr / sqrt(2)
	say("age", "mean_difference", "estimate", mean(a) - mean(b), pair[1], pair[2])
	say_all("age", "games_howell", list(low = mean(a) - mean(b) - half, high = mean(a) - mean(b) + half, statistic = q,
	        df = t$parameter, p_adjusted = ptukey(q, 3, t$parameter, lower.tail = FALSE)), pair[1], pair[2])
	say_all("age", "hedges_g", g_of(a, b), pair[1], pair[2])
}
for (pair in rests) {
	t <- t.test(of(y, pair[1]), of(y, "rest", pair[1]))
	say_all("age", "mean_difference", list(estimate = -diff(t$estimate), low = t$conf.int[1], high = t$conf.int[2],
	        statistic = t$statistic, df = t$parameter, p = t$p.value), pair[1], "rest")
	say_all("age", "hedges_g", g_of(of(y, pair[1]), of(y, "rest", pair[1])), pair[1], "rest")
}
adjust("age", rests, sapply(rests, function(pair) t.test(of(y, pair[1]), of(y, "rest", pair[1]))$p.value))
for (a in areas) {
	i <- t.test(of(y, a))$conf.int - 32
	say_all("age", "benchmark", list(estimate = mean(of(y, a)) - 32, low = i[1], high = i[2]), a, "Norm")
}
fit <- aov(y ~ factor(area))
say("age", "omega_squared", "estimate", omega_squared(fit, ci = NULL)[[2]])
s <- summary(fit)[[1]]
f <- s[1, 4]
lambda <- sapply(c(.05, .95), function(tail) if (pf(f, 2, 245, lower.tail = FALSE) >= tail) 0 else
	root(function(l) pf(f, 2, 245, l, lower.tail = FALSE) - tail, 0, 1000))
say_all("age", "eta_squared", list(estimate = s[1, 2] / sum(s[, 2]), low = lambda[1] / (lambda[1] + 248),
        high = lambda[2] / (lambda[2] + 248)))

# --- shares ---

wilson <- function(x, n) as.vector(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int)
share_lines <- function(analysis, y, value, asked, category) sapply(asked, function(pair) {
	a <- of(y, pair[1])
	b <- of(y, pair[2], pair[1])
	x1 <- sum(a == value); n1 <- length(a); x2 <- sum(b == value); n2 <- length(b)
	p1 <- x1 / n1; p2 <- x2 / n2
	w1 <- wilson(x1, n1); w2 <- wilson(x2, n2)
	say_all(analysis, "share_difference", list(estimate = 100 * (p1 - p2),
	        low = 100 * (p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2)),
	        high = 100 * (p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2))), pair[1], pair[2], category)
	if (x1 > 0 && x2 > 0) {
		half <- qnorm(.975) * sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
		say_all(analysis, "share_ratio", list(estimate = p1 / p2, low = p1 / p2 * exp(-half), high = p1 / p2 * exp(half)),
		        pair[1], pair[2], category)
		or <- p1 / (1 - p1) / (p2 / (1 - p2))
		half <- qnorm(.975) * sqrt(1 / x1 + 1 / (n1 - x1) + 1 / x2 + 1 / (n2 - x2))
		say_all(analysis, "odds_ratio", list(estimate = or, low = or * exp(-half), high = or * exp(half)), pair[1], pair[2],
		        category)
	}
	p <- fisher.test(rbind(c(x1, n1 - x1), c(x2, n2 - x2)))$p.value
	say(analysis, "fisher_exact", "p", p, pair[1], pair[2], category)
	p
})
beside <- function(analysis, y) {
	t <- table(area, y)
	x <- suppressWarnings(chisq.test(t, correct = FALSE))
	df <- (nrow(t) - 1) * (ncol(t) - 1)
	least <- min(dim(t)) - 1
	n <- sum(t)
	lambda <- sapply(c(.05, .95), function(tail) if (pchisq(x$statistic, df, lower.tail = FALSE) >= tail) 0 else
		root(function(l) pchisq(x$statistic, df, l, lower.tail = FALSE) - tail, 0, 1000))
	say(analysis, "fisher_exact", "p", fisher.test(t)$p.value)
	say_all(analysis, "cramers_v", list(estimate = sqrt(x$statistic / n / least), low = sqrt(lambda[1] / n / least),
	        high = sqrt(lambda[2] / n / least)))
	say(analysis, "cramers_v_corrected", "estimate", suppressWarnings(cramers_v(t, adjust = TRUE, ci = NULL))[[1]])
}
for (asked in list(pairs, rests))
	adjust("case", asked, share_lines("case", infert$case, 1, asked, "1"), list("1"))
for (a in areas) {
	x <- sum(of(infert$case, a))
	n <- sum(area == a)
	say_all("case", "benchmark", list(estimate = 100 * x / n - 20, low = 100 * wilson(x, n)[1] - 20,
	        high = 100 * wilson(x, n)[2] - 20), a, "Norm", "1")
}
beside("case", infert$case)
for (asked in list(pairs, rests)) # all codes of one question are one family
	adjust("spontaneous", asked, t(sapply(0:2, function(v) share_lines("spontaneous", infert$spontaneous, v, asked, v))),
	       list("0", "1", "2"))
beside("spontaneous", infert$spontaneous)

# --- ranks ---

y <- infert$parity
ranked <- function(pair) {
	a <- of(y, pair[1])
	b <- of(y, pair[2], pair[1])
	r <- rank_biserial(a, b, ci = .95)
	w <- suppressWarnings(wilcox.test(a, b, exact = FALSE))
	say_all("parity", "superiority", list(estimate = 100 * w$statistic / length(a) / length(b),
	        low = 50 * (r$CI_low + 1), high = 50 * (r$CI_high + 1)), pair[1], pair[2])
	w$p.value
}
invisible(sapply(pairs, ranked))
d <- as.data.frame(rstatix::dunn_test(data.frame(y = y, g = factor(area)), y ~ g, p.adjust.method = "none", detailed = TRUE))
for (i in seq_along(pairs)) # rstatix has the second less the first
	say_all("parity", "dunn", list(statistic = -d$statistic[i], p = d$p[i]), d$group1[i], d$group2[i])
adjust("parity", pairs, d$p)
p <- sapply(rests, ranked)
for (i in seq_along(rests)) say("parity", "mann_whitney", "p", p[i], rests[[i]][1], "rest")
adjust("parity", rests, p)
k <- kruskal.test(y, factor(area))
say_all("parity", "kruskal_wallis", list(statistic = k$statistic, df = k$parameter, p = k$p.value))
say("parity", "epsilon_squared", "estimate", rank_epsilon_squared(y, factor(area), ci = NULL)[[1]])

write_rows("comparison", rows)
