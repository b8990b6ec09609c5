# The numbers that tests of several groups are tested against, made by R (4.2.2): stats, rstatix, coin, exactRankTests,
# effectsize, mvtnorm, on data that ship with R.
#
#   Rscript tests/oracle/groups.R

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages({ library(coin); library(effectsize); library(mvtnorm) })

sets <- list(
	groups_of("chickwts weight by feed", chickwts$weight, chickwts$feed),
	groups_of("InsectSprays count by spray", InsectSprays$count, InsectSprays$spray),
	groups_of("warpbreaks breaks by tension", warpbreaks$breaks, warpbreaks$tension),
	groups_of("warpbreaks breaks by wool", warpbreaks$breaks, warpbreaks$wool),
	groups_of("ToothGrowth len by dose", ToothGrowth$len, ToothGrowth$dose),
	groups_of("ToothGrowth len by supp and dose", ToothGrowth$len, interaction(ToothGrowth$supp, ToothGrowth$dose)),
	groups_of("PlantGrowth weight by group", PlantGrowth$weight, PlantGrowth$group),
	groups_of("airquality Ozone by Month", airquality$Ozone, airquality$Month),
	groups_of("airquality Temp by Month", airquality$Temp, airquality$Month),
	groups_of("iris Sepal.Width by Species", iris$Sepal.Width, iris$Species),
	groups_of("iris Petal.Length by Species", iris$Petal.Length, iris$Species),
	groups_of("morley Speed by Expt", morley$Speed, morley$Expt),
	groups_of("sleep extra by group", sleep$extra, sleep$group),
	groups_of("mtcars mpg by cyl", mtcars$mpg, mtcars$cyl),
	groups_of("mtcars qsec by gear", mtcars$qsec, mtcars$gear),
	groups_of("infert age by education", infert$age, infert$education),
	groups_of("CO2 uptake by Type and Treatment", CO2$uptake, interaction(CO2$Type, CO2$Treatment)),
	groups_of("attenu accel by event", attenu$accel[attenu$event %in% c(2, 9, 16, 19, 20, 23)],
	          attenu$event[attenu$event %in% c(2, 9, 16, 19, 20, 23)]),
	groups_of("quakes stations by depth", quakes$stations, cut(quakes$depth, c(0, 100, 300, 600, 700))),
	groups_of("npk yield by block", npk$yield, npk$block))
pair_list <- function(k) utils::combn(k, 2, simplify = FALSE)
parts <- function(s) split(s$y, s$group)
over_pairs <- function(s, f) t(sapply(pair_list(s$k), function(p) f(parts(s)[[p[1]]], parts(s)[[p[2]]], p)))
data_of <- function(s) list(y = doubles(s$y), first = sizes(s$first), groups = s$k)
make <- function(f) lapply(sets, function(s) do.call(row, c(.title = s$name, data_of(s), f(s))))

# --- ranks ---

dunn_rows <- function(s) { # rstatix::dunn_test rounds nothing, yet is checked against the formula's own terms
	d <- as.data.frame(rstatix::dunn_test(data.frame(y = s$y, g = s$group), y ~ g, p.adjust.method = "none", detailed = TRUE))
	d[order(match(d$group1, levels(s$group)), match(d$group2, levels(s$group))), ]
}
write_rows("kruskal_wallis", make(function(s) {
	k <- kruskal.test(s$y, s$group)
	d <- dunn_rows(s)
	list(statistic = number(k$statistic), df = number(k$parameter), p = number(k$p.value),
	     epsilon2 = number(rank_epsilon_squared(s$y, s$group, ci = NULL)[[1]]),
	     dunn_z = doubles(-d$statistic), dunn_p = doubles(d$p))
}))
write_rows("jonckheere", make(function(s) { # Kendall's S of the values and the groups, with ties in both
	k <- suppressWarnings(cor.test(s$y, as.numeric(s$group), method = "kendall", exact = FALSE))
	j <- sum(sapply(pair_list(s$k), function(p) {
		a <- parts(s)[[p[1]]]
		b <- parts(s)[[p[2]]]
		sum(outer(a, b, "<")) + sum(outer(a, b, "==")) / 2
	}))
	list(statistic = number(j), z = number(k$statistic), p = number(k$p.value))
}))
write_rows("mann_whitney", unlist(lapply(sets, function(s) lapply(pair_list(s$k), function(pair) {
	a <- parts(s)[[pair[1]]]
	b <- parts(s)[[pair[2]]]
	n <- length(a) + length(b)
	w <- suppressWarnings(wilcox.test(a, b, exact = FALSE))
	p <- w$p.value
	if (n <= 50)
		p <- as.vector(pvalue(wilcox_test(y ~ g, data.frame(y = c(a, b), g = factor(rep(1:2, c(length(a), length(b)))))
			, distribution = "exact")))
	r <- rank_biserial(a, b, ci = .95)
	superiority <- as.vector(w$statistic) / length(a) / length(b)
	row(sprintf("%s: %s, %s", s$name, levels(s$group)[pair[1]], levels(s$group)[pair[2]]), a = doubles(a), n1 = length(a),
	    b = doubles(b), n2 = length(b), u = number(w$statistic), p = number(p), exact = if (n <= 50) "true" else "false",
	    superiority = number(superiority), low = number(if (superiority %in% 0:1) NA else (r$CI_low + 1) / 2),
	    high = number(if (superiority %in% 0:1) NA else (r$CI_high + 1) / 2))
}))))

# --- means ---

write_rows("welch_t", unlist(lapply(sets, function(s) lapply(pair_list(s$k), function(pair) {
	a <- parts(s)[[pair[1]]]
	b <- parts(s)[[pair[2]]]
	t <- t.test(a, b)
	s2 <- (var(a) * (length(a) - 1) + var(b) * (length(b) - 1)) / (length(a) + length(b) - 2)
	n <- 1 / length(a) + 1 / length(b)
	v <- length(a) + length(b) - 2
	d <- (mean(a) - mean(b)) / sqrt(s2)
	j <- exp(lgamma(v / 2) - lgamma((v - 1) / 2)) / sqrt(v / 2)
	stopifnot(all.equal(j * d, hedges_g(a, b, ci = NULL)[[1]]))
	at <- d / sqrt(n)
	ncp <- sapply(c(.025, .975), function(tail)
		uniroot(function(l) pt(at, v, l, lower.tail = FALSE) - tail, c(-1000, 1000), tol = 1e-14)$root)
	row(sprintf("%s: %s, %s", s$name, levels(s$group)[pair[1]], levels(s$group)[pair[2]]), a = doubles(a), n1 = length(a),
	    b = doubles(b), n2 = length(b), difference = number(mean(a) - mean(b)), se = number(t$stderr),
	    df = number(t$parameter), statistic = number(t$statistic), p = number(t$p.value), low = number(t$conf.int[1]),
	    high = number(t$conf.int[2]), g = number(j * d), g_low = number(j * ncp[1] * sqrt(n)),
	    g_high = number(j * ncp[2] * sqrt(n)))
}))))
quantile_tukey <- function(tail, k, df) # qtukey itself stops at 1e-4
	uniroot(function(q) ptukey(q, k, df, lower.tail = FALSE) - tail, c(0, 100), tol = 1e-14)$root
write_rows("games_howell", make(function(s) {
	r <- over_pairs(s, function(a, b, pair) {
		va <- var(a) / length(a)
		vb <- var(b) / length(b)
		df <- (va + vb)^2 / (va^2 / (length(a) - 1) + vb^2 / (length(b) - 1))
		d <- mean(a) - mean(b)
		se <- sqrt(va + vb)
		half <- quantile_tukey(.05, s$k, df) * se / sqrt(2)
		c(d, df, abs(d) / se * sqrt(2), ptukey(abs(d) / se * sqrt(2), s$k, df, lower.tail = FALSE), d - half, d + half)
	})
	g <- as.data.frame(rstatix::games_howell_test(data.frame(y = s$y, g = s$group), y ~ g, detailed = TRUE))
	stopifnot(all.equal(g$p.adj, pmax(r[, 4], 0), tolerance = 1e-2)) # rstatix rounds
	list(difference = doubles(r[, 1]), df = doubles(r[, 2]), statistic = doubles(r[, 3]), p = doubles(r[, 4]),
	     low = doubles(r[, 5]), high = doubles(r[, 6]))
}))
write_rows("tukey_kramer", make(function(s) {
	fit <- aov(y ~ g, data.frame(y = s$y, g = s$group))
	h <- TukeyHSD(fit)$g # of pairs the other way round
	msw <- sum(resid(fit)^2) / fit$df.residual
	r <- over_pairs(s, function(a, b, pair) {
		se <- sqrt(msw * (1 / length(a) + 1 / length(b)))
		d <- mean(a) - mean(b)
		q <- abs(d) / se * sqrt(2)
		half <- quantile_tukey(.05, s$k, fit$df.residual) * se / sqrt(2)
		c(d, se, q, ptukey(q, s$k, fit$df.residual, lower.tail = FALSE), d - half, d + half)
	})
	stopifnot(all.equal(as.vector(h[, "p adj"]), r[, 4], tolerance = 1e-6))
	stopifnot(all.equal(-as.vector(h[, "upr"]), r[, 5], tolerance = 1e-3))
	list(difference = doubles(r[, 1]), se = doubles(r[, 2]), statistic = doubles(r[, 3]), p = doubles(r[, 4]),
	     low = doubles(r[, 5]), high = doubles(r[, 6]))
}))
set.seed(1)
write_rows("dunnett", make(function(s) {
	fit <- aov(y ~ g, data.frame(y = s$y, g = s$group))
	msw <- sum(resid(fit)^2) / fit$df.residual
	n <- as.vector(table(s$group))
	means <- tapply(s$y, s$group, mean)
	lambda <- sqrt(n[-1] / (n[-1] + n[1]))
	corr <- outer(lambda, lambda)
	diag(corr) <- 1
	statistic <- as.vector((means[-1] - means[1]) / sqrt(msw * (1 / n[-1] + 1 / n[1])))
	p <- sapply(statistic, function(t) if (s$k == 2) 2 * pt(-abs(t), fit$df.residual) else
		1 - pmvt(rep(-abs(t), s$k - 1), rep(abs(t), s$k - 1), df = fit$df.residual, corr = corr,
		         algorithm = GenzBretz(maxpts = 1e5, abseps = 1e-6)))
	list(statistic = doubles(statistic), p = doubles(p))
}))
write_rows("variance_shares", make(function(s) {
	fit <- summary(aov(y ~ g, data.frame(y = s$y, g = s$group)))[[1]]
	ssb <- fit[1, 2]; ssw <- fit[2, 2]; dfb <- fit[1, 1]; dfw <- fit[2, 1]; f <- fit[1, 4]; n <- length(s$y)
	lambda <- sapply(c(.025, .975), function(tail) {
		excess <- function(l) pf(f, dfb, dfw, l, lower.tail = FALSE) - tail
		if (pf(f, dfb, dfw, lower.tail = FALSE) >= tail) 0 else uniroot(excess, c(0, 3000), tol = 1e-13)$root
	})
	list(statistic = number(f), p = number(fit[1, 5]), eta2 = number(ssb / (ssb + ssw)),
	     omega2 = number((ssb - dfb * ssw / dfw) / (ssb + ssw + ssw / dfw)),
	     epsilon2 = number((ssb - dfb * ssw / dfw) / (ssb + ssw)), low = number(lambda[1] / (lambda[1] + n)),
	     high = number(lambda[2] / (lambda[2] + n)))
}))
