# The numbers that comparisons of shares and tables of counts are tested against, made by R (4.2.2): stats, effectsize,
# epitools, on data that ship with R.
#
#   Rscript tests/oracle/tables.R

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages({ library(effectsize); library(epitools) })

tables <- list(
	"Hair x Eye, HairEyeColor" = margin.table(HairEyeColor, 1:2),
	"Hair x Sex, HairEyeColor" = margin.table(HairEyeColor, c(1, 3)),
	"Class x Survived, Titanic" = margin.table(Titanic, c(1, 4)),
	"Admit x Dept, UCBAdmissions" = margin.table(UCBAdmissions, c(1, 3)),
	"Admit x Gender, UCBAdmissions" = margin.table(UCBAdmissions, 1:2),
	"education x induced, infert" = table(infert$education, infert$induced),
	"education x parity, infert" = table(infert$education, infert$parity),
	"cyl x gear, mtcars" = table(mtcars$cyl, mtcars$gear),
	"cyl x carb, mtcars" = table(mtcars$cyl, mtcars$carb),
	"gear x am, mtcars" = table(mtcars$gear, mtcars$am),
	"am x vs, mtcars" = table(mtcars$am, mtcars$vs),
	"occupationalStatus" = occupationalStatus,
	"tension x breaks > 25, warpbreaks" = table(warpbreaks$tension, warpbreaks$breaks > 25),
	"feed x weight > 250, chickwts" = table(chickwts$feed, chickwts$weight > 250),
	"Job satisfaction (Agresti 2002, p. 57)" = matrix(c(1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11), 4, 4),
	"tea tasting (Fisher 1935)" = matrix(c(3, 1, 1, 3), 2),
	"month x Ozone > 40, airquality" = table(airquality$Month, airquality$Ozone > 40),
	"agegp x ncases, esoph" = table(esoph$agegp, pmin(esoph$ncases, 4)))
flat <- function(t) counts(as.vector(t(as.matrix(t))))

write_rows("cramer", lapply(names(tables), function(name) {
	t <- as.matrix(tables[[name]])
	x <- suppressWarnings(chisq.test(t, correct = FALSE))
	n <- sum(t); df <- as.vector(x$parameter); least <- min(dim(t)) - 1
	v <- sqrt(as.vector(x$statistic) / n / least)
	phi2 <- max(0, as.vector(x$statistic) / n - df / (n - 1))
	r2 <- nrow(t) - (nrow(t) - 1)^2 / (n - 1)
	c2 <- ncol(t) - (ncol(t) - 1)^2 / (n - 1)
	corrected <- sqrt(phi2 / (min(r2, c2) - 1))
	e <- suppressWarnings(cramers_v(t, adjust = TRUE, ci = NULL))
	stopifnot(all.equal(corrected, e[[1]], tolerance = 1e-8))
	lambda <- sapply(c(.025, .975), function(tail) {
		excess <- function(l) pchisq(as.vector(x$statistic), df, l, lower.tail = FALSE) - tail
		if (excess(0) >= 0) 0 else uniroot(excess, c(0, 3000), tol = 1e-12)$root
	})
	residuals <- x$stdres
	row(name, counts = flat(t), rows = nrow(t), columns = ncol(t), v = number(v), corrected = number(corrected),
	    low = number(min(1, sqrt(lambda[1] / n / least))), high = number(min(1, sqrt(lambda[2] / n / least))),
	    residuals = doubles(as.vector(t(residuals))))
}))
small <- Filter(function(t) !inherits(try(fisher.test(t, workspace = 2e7), silent = TRUE), "try-error"), tables)
write_rows("fisher", lapply(names(small), function(name) {
	t <- as.matrix(small[[name]])
	row(name, counts = flat(t), rows = nrow(t), columns = ncol(t), p = number(fisher.test(t, workspace = 2e7)$p.value))
}))

# --- two shares: rows of the tables of two columns, pair by pair ---

wilson <- function(x, n) as.vector(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int)
two <- list(tables[[2]], tables[[3]], t(tables[[4]]), tables[[10]], tables[[11]], tables[[13]], tables[[14]], tables[[17]])
pairs <- unlist(lapply(two, function(t) {
	t <- as.matrix(t)
	lapply(utils::combn(nrow(t), 2, simplify = FALSE), function(p) c(t[p[1], 2], sum(t[p[1], ]), t[p[2], 2], sum(t[p[2], ])))
}), recursive = FALSE)
write_rows("two_shares", lapply(pairs, function(c) {
	l1 <- wilson(c[1], c[2])
	l2 <- wilson(c[3], c[4])
	p1 <- c[1] / c[2]
	p2 <- c[3] / c[4]
	whole <- all(c[c(1, 3)] > 0) && all(c[c(1, 3)] < c[c(2, 4)])
	ratio <- if (min(c[c(1, 3)]) > 0) riskratio.wald(matrix(c(c[4] - c[3], c[2] - c[1], c[3], c[1]), 2))$measure[2, ] else rep(NA, 3)
	odds <- if (whole) oddsratio.wald(matrix(c(c[4] - c[3], c[2] - c[1], c[3], c[1]), 2))$measure[2, ] else rep(NA, 3)
	row(sprintf("%d of %d, %d of %d", c[1], c[2], c[3], c[4]), x1 = c[1], n1 = c[2], x2 = c[3], n2 = c[4],
	    difference = doubles(c(p1 - p2, p1 - p2 - sqrt((p1 - l1[1])^2 + (l2[2] - p2)^2),
	                           p1 - p2 + sqrt((l1[2] - p1)^2 + (p2 - l2[1])^2))),
	    ratio = doubles(ratio), odds = doubles(odds))
}))
write_rows("adjust", lapply(list(
	c(.01, .02, .03, .04, .05), c(.05, .01, .01, .9, .2), c(1e-10, .5, .5, .5), c(.2, NA, .01, NA, .04),
	suppressWarnings(sapply(airquality[1:4], function(x) kruskal.test(x, airquality$Month)$p.value)),
	sapply(iris[1:4], function(x) oneway.test(x ~ iris$Species)$p.value),
	c(.049, .05, .051, .052, .0001, 1), rev(seq(.001, .1, length.out = 20))), function(p)
	row(paste(length(p), "tests"), p = doubles(p), count = length(p), holm = doubles(p.adjust(p, "holm")),
	    bh = doubles(p.adjust(p, "BH")))))
