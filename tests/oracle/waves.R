# What tests/unit/test_waves.c expects of the same people measured twice, made by R (4.2.2): stats and effectsize, on data
# that ship with R (MASS among them), and on tables of counts made up for their corners.
#
#   Rscript tests/oracle/waves.R

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages(library(effectsize))

root <- function(f, low, high) uniroot(f, c(low, high), tol = 1e-14)$root

# --- paired means ---

wide <- function(name, before, after) list(name = name, before = as.numeric(before), after = as.numeric(after))
chicks <- function(day, diet = NULL) {
	first <- ChickWeight[ChickWeight$Time == 0, ]
	last <- ChickWeight[ChickWeight$Time == day, ]
	kept <- merge(as.data.frame(first), as.data.frame(last), by = "Chick", suffixes = c(".0", ".1"))
	if (is.null(diet)) kept else kept[kept$Diet.0 == diet, ]
}
plants <- reshape(as.data.frame(CO2)[c("Plant", "Type", "Treatment", "conc", "uptake")], idvar = "Plant", timevar = "conc",
                  direction = "wide", v.names = "uptake")
thin <- MASS::anorexia
pairs <- c(
	list(wide("sleep", sleep$extra[sleep$group == 1], sleep$extra[sleep$group == 2]),
	     wide("shoes", MASS::shoes$A, MASS::shoes$B),
	     wide("immer", MASS::immer$Y1, MASS::immer$Y2),
	     wide("anorexia", thin$Prewt, thin$Postwt),
	     wide("CO2 95 to 1000", plants$uptake.95, plants$uptake.1000),
	     wide("CO2 675 to 1000", plants$uptake.675, plants$uptake.1000),
	     wide("attitude", attitude$rating, attitude$complaints),
	     wide("iris sepals and petals", iris$Sepal.Width, iris$Petal.Length),
	     wide("two pairs", c(3, 8), c(4, 11)),
	     wide("nobody but one changed", c(4, 5, 6, 7, 8), c(4, 5, 6, 7, 9)),
	     wide("no change on average", c(1, 2, 3, 4), c(2, 1, 4, 3)),
	     wide("large numbers, small changes", 1e9 + c(1, 5, 2, 8, 4, 6), 1e9 + c(2, 5.5, 3, 8, 5, 7.25)),
	     wide("alike before", rep(5, 6), c(5, 6, 7, 5, 4, 9))),
	lapply(levels(thin$Treat), function(t) with(thin[thin$Treat == t, ], wide(paste("anorexia", t), Prewt, Postwt))),
	lapply(1:4, function(d) with(chicks(20, d), wide(paste("ChickWeight diet", d), weight.0, weight.1))))
write_rows("paired", lapply(pairs, function(s) {
	t <- t.test(s$after, s$before, paired = TRUE)
	d <- s$after - s$before
	n <- length(d)
	ncp <- sapply(c(.025, .975), function(tail)
		root(function(l) suppressWarnings(pt(t$statistic, n - 1, l, lower.tail = FALSE)) - tail, -37, 37))
	stopifnot(all.equal(mean(d) / sd(d), suppressWarnings(cohens_d(s$after, s$before, paired = TRUE, ci = NULL))[[1]]))
	row(s$name, before_values = doubles(s$before), after_values = doubles(s$after), n = n, before = number(mean(s$before)),
	    after = number(mean(s$after)), change = number(t$estimate), sd = number(sd(d)), se = number(t$stderr),
	    df = number(t$parameter), statistic = number(t$statistic), p = number(t$p.value), low = number(t$conf.int[1]),
	    high = number(t$conf.int[2]), d_z = number(mean(d) / sd(d)), d_z_low = number(ncp[1] / sqrt(n)),
	    d_z_high = number(ncp[2] / sqrt(n)),
	    d_before = if (sd(s$before) > 0) number(mean(d) / sd(s$before)) else "NAN")
}))

# --- groups on the earlier values ---

by <- function(name, x, y, group) {
	kept <- !is.na(x) & !is.na(y) & !is.na(group)
	g <- droplevels(factor(group[kept]))
	o <- order(g)
	list(name = name, x = x[kept][o], y = y[kept][o], group = g[o])
}
fed <- chicks(20)
sets <- list(
	by("anorexia by treatment", thin$Prewt, thin$Postwt, thin$Treat),
	by("ChickWeight by diet", fed$weight.0, fed$weight.1, fed$Diet.0),
	by("CO2 by type", plants$uptake.95, plants$uptake.1000, plants$Type),
	by("CO2 by type and treatment", plants$uptake.175, plants$uptake.675, interaction(plants$Type, plants$Treatment)),
	by("iris by species", iris$Sepal.Length, iris$Sepal.Width, iris$Species),
	by("airquality by month", airquality$Temp, airquality$Ozone, airquality$Month),
	by("mtcars by cylinders", mtcars$wt, mtcars$mpg, mtcars$cyl),
	by("mtcars by gear", mtcars$hp, mtcars$qsec, mtcars$gear),
	by("infert by education", infert$age, infert$parity, infert$education),
	by("swiss by faith", swiss$Education, swiss$Fertility, swiss$Catholic > 50),
	by("sizes 1, 1, 3", c(1, 2, 3, 5, 4), c(2, 2, 5, 9, 6), c("a", "b", "c", "c", "c")),
	by("large numbers", 1e8 + c(1, 4, 2, 7, 5, 3), 1e8 + c(3, 5, 3.5, 9, 4, 6), c("a", "a", "a", "b", "b", "b")))
write_rows("ancova", lapply(sets, function(s) {
	shift <- min(s$y) # so that lm loses no digits; the test and the adjusted means stay
	x <- s$x - min(s$x)
	y <- s$y - shift
	g <- s$group
	full <- lm(y ~ x + g)
	f <- anova(lm(y ~ x), full)
	a <- predict(full, data.frame(x = mean(x), g = levels(g)), se.fit = TRUE, interval = "confidence")
	row(s$name, earlier = doubles(s$x), later = doubles(s$y), first = sizes(c(0, cumsum(table(g)))), groups = nlevels(g),
	    slope = number(coef(full)[["x"]]), statistic = number(f$F[2]), df = number(f$Df[2]), df2 = number(f$Res.Df[2]),
	    p = number(f[["Pr(>F)"]][2]), mean = doubles(a$fit[, "fit"] + shift), se = doubles(a$se.fit),
	    low = doubles(a$fit[, "lwr"] + shift), high = doubles(a$fit[, "upr"] + shift))
}))

# --- paired shares: exact McNemar, and Newcombe's interval (1998, paired data, method 10) ---

wilson <- function(x, n) {
	z <- qnorm(.975)
	(2 * x + z^2 + c(-1, 1) * z * sqrt(z^2 + 4 * x * (1 - x / n))) / (2 * (n + z^2))
}
newcombe <- function(a, b, c, d) { # both, only before, only after, neither; of later less earlier
	n <- a + b + c + d
	p <- c((a + c) / n, (a + b) / n)
	w <- rbind(wilson(a + c, n), wilson(a + b, n))
	margins <- prod(as.numeric(c(a + b, c + d, a + c, b + d)))
	product <- a * d - b * c
	over <- if (product > n / 2) product - n / 2 else min(product, 0)
	phi <- if (margins > 0) over / sqrt(margins) else 0
	below <- c(p[1] - w[1, 1], w[2, 2] - p[2])
	above <- c(p[2] - w[2, 1], w[1, 2] - p[1])
	length_of <- function(s) sqrt(max(0, s[1]^2 - 2 * phi * s[1] * s[2] + s[2]^2))
	p[1] - p[2] + c(-length_of(below), length_of(above))
}
tables <- list(c(794, 150, 86, 570), c(12, 9, 4, 15), c(101, 121, 59, 33), c(20, 12, 2, 16), c(36, 12, 2, 0), c(0, 12, 2, 36),
               c(54, 0, 0, 0), c(0, 0, 0, 54), c(53, 0, 1, 0), c(0, 1, 0, 29), c(30, 0, 0, 0), c(1, 0, 0, 0), c(0, 0, 1, 0),
               c(15, 15, 15, 15), c(40, 3, 11, 25), c(8, 0, 7, 20), c(100, 60, 20, 900), c(7, 25, 1, 2), c(3, 1, 0, 6),
               c(25, 10, 10, 25), c(2, 2, 3, 3), c(1, 4, 4, 1), c(500, 1, 9, 3), c(4000, 130, 190, 5000))
write_rows("paired_shares", lapply(tables, function(t) {
	limits <- newcombe(t[1], t[2], t[3], t[4])
	p <- if (t[2] + t[3] > 0) binom.test(t[3], t[2] + t[3])$p.value else 1
	sprintf("{ %d, %d, %d, %d, %s, %s, %s, %s },", t[1], t[2], t[3], t[4], number((t[3] - t[2]) / sum(t)), number(limits[1]),
	        number(limits[2]), number(p))
}))
