# NIST's Statistical Reference Datasets (https://www.itl.nist.gov/div898/strd/, public domain): all univariate sets and
# all sets of the one-way analysis of variance, with the values that NIST certifies, and what R (4.2.2) has of the
# latter's F by summary(aov(y ~ group)) and summary(lm(y ~ group)).
#
#   Rscript tests/oracle/nist.R
#
# PiDigits asks for GNU bc (`scale=5020; 4*a(1)`). NIST's file of pi's first 5,000 digits has a 3 where pi has an 8, at
# digit 957, and its certified values are those of the file.

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))

# --- univariate ---

lew <- c(-213, -564, -35, -15, 141, 115, -420, -360, 203, -338, -431, 194, -220, -513, 154, -125, -559, 92, -21, -579,
	-52, 99, -543, -175, 162, -457, -346, 204, -300, -474, 164, -107, -572, -8, 83, -541, -224, 180, -420, -374, 201,
	-236, -531, 83, 27, -564, -112, 131, -507, -254, 199, -311, -495, 143, -46, -579, -90, 136, -472, -338, 202, -287,
	-477, 169, -124, -568, 17, 48, -568, -135, 162, -430, -422, 172, -74, -577, -13, 92, -534, -243, 194, -355, -465,
	156, -81, -578, -64, 139, -449, -384, 193, -198, -538, 110, -44, -577, -6, 66, -552, -164, 161, -460, -344, 205,
	-281, -504, 134, -28, -576, -118, 156, -437, -381, 200, -220, -540, 83, 11, -568, -160, 172, -414, -408, 188, -125,
	-572, -32, 139, -492, -321, 205, -262, -504, 142, -83, -574, 0, 48, -571, -106, 137, -501, -266, 190, -391, -406,
	194, -186, -553, 83, -13, -577, -49, 103, -515, -280, 201, 300, -506, 131, -45, -578, -80, 138, -462, -361, 201,
	-211, -554, 32, 74, -533, -235, 187, -372, -442, 182, -147, -566, 25, 68, -535, -244, 194, -351, -463, 174, -125,
	-570, 15, 72, -550, -190, 172, -424, -385, 198, -218, -536, 96)
lottery <- c(162, 671, 933, 414, 788, 730, 817, 33, 536, 875, 670, 236, 473, 167, 877, 980, 316, 950, 456, 92, 517, 557,
	956, 954, 104, 178, 794, 278, 147, 773, 437, 435, 502, 610, 582, 780, 689, 562, 964, 791, 28, 97, 848, 281, 858,
	538, 660, 972, 671, 613, 867, 448, 738, 966, 139, 636, 847, 659, 754, 243, 122, 455, 195, 968, 793, 59, 730, 361,
	574, 522, 97, 762, 431, 158, 429, 414, 22, 629, 788, 999, 187, 215, 810, 782, 47, 34, 108, 986, 25, 644, 829, 630,
	315, 567, 919, 331, 207, 412, 242, 607, 668, 944, 749, 168, 864, 442, 533, 805, 372, 63, 458, 777, 416, 340, 436,
	140, 919, 350, 510, 572, 905, 900, 85, 389, 473, 758, 444, 169, 625, 692, 140, 897, 672, 288, 312, 860, 724, 226,
	884, 508, 976, 741, 476, 417, 831, 15, 318, 432, 241, 114, 799, 955, 833, 358, 935, 146, 630, 830, 440, 642, 356,
	373, 271, 715, 367, 393, 190, 669, 8, 861, 108, 795, 269, 590, 326, 866, 64, 523, 862, 840, 219, 382, 998, 4, 628,
	305, 747, 247, 34, 747, 729, 645, 856, 974, 24, 568, 24, 694, 608, 480, 410, 729, 947, 293, 53, 930, 223, 203, 677,
	227, 62, 455, 387, 318, 562, 242, 428, 968)
mavro <- c(2.00180, 2.00170, 2.00180, 2.00190, 2.00180, 2.00170, 2.00150, 2.00140, 2.00150, 2.00150, 2.00170, 2.00180,
	2.00180, 2.00190, 2.00190, 2.00210, 2.00200, 2.00160, 2.00140, 2.00130, 2.00130, 2.00150, 2.00150, 2.00160,
	2.00150, 2.00140, 2.00130, 2.00140, 2.00150, 2.00140, 2.00150, 2.00160, 2.00150, 2.00160, 2.00190, 2.00200,
	2.00200, 2.00210, 2.00220, 2.00230, 2.00240, 2.00250, 2.00270, 2.00260, 2.00260, 2.00260, 2.00270, 2.00260,
	2.00250, 2.00240)
michelso <- round(299 + morley$Speed / 1000, 2) # Michelson's 1879 measurements of the speed of light, as R has them
pi_digits <- function() {
	text <- system("echo 'scale=5020; 4*a(1)' | BC_LINE_LENGTH=0 bc -l", intern = TRUE)
	digits <- as.integer(strsplit(sub(".", "", text, fixed = TRUE), "")[[1]])[1:5000]
	stopifnot(digits[957] == 8)
	replace(digits, 957, 3)
}
alternating <- function(middle, n = 1001) as.numeric(sprintf("%s.%d", middle, c(2, rep(c(1, 3), (n - 1) / 2))))

# `near` is relative: what is left of 16 digits where the values share leading ones.
univariate <- function(name, y, mean, sd, near)
	row(name, y = doubles(y), n = length(y), mean = mean, sd = sd, near = near)
write_rows("nist_univariate", list(
	univariate("PiDigits", pi_digits(), "4.53480000000000", "2.86733906028871", "1e-14"),
	univariate("Lottery", lottery, "518.958715596330", "291.699727470969", "1e-14"),
	univariate("Lew", lew, "-177.435000000000", "277.332168044316", "1e-14"),
	univariate("Mavro", mavro, "2.00185600000000", "0.000429123454003053", "1e-12"),
	univariate("Michelso", michelso, "299.852400000000", "0.0790105478190518", "1e-13"),
	univariate("NumAcc1", c(10000001, 10000003, 10000002), "10000002", "1", "1e-15"),
	univariate("NumAcc2", alternating("1"), "1.2", "0.1", "1e-14"),
	univariate("NumAcc3", alternating("1000000"), "1000000.2", "0.1", "1e-9"),
	univariate("NumAcc4", alternating("10000000"), "10000000.2", "0.1", "1e-8")))

# --- analysis of variance ---

silicon <- c(196.3052, 196.1240, 196.1890, 196.2569, 196.3403, 196.3042, 196.3825, 196.1669, 196.3257, 196.0422,
	196.1303, 196.2005, 196.2889, 196.0343, 196.1811, 196.2795, 196.1748, 196.1494, 196.1485, 195.9885,
	196.2119, 196.1051, 196.1850, 196.0052, 196.2090)
silver <- 107.86 + 1e-7 * c(81568, 81465, 81572, 81785, 81446, 81903, 81526, 81494, 81616, 81587, 81519, 81486, 81419,
	81569, 81508, 81672, 81385, 81518, 81662, 81424, 81360, 81333, 81610, 81477, 81079, 81344, 81513, 81197, 81604,
	81385, 81642, 81365, 81151, 81082, 81517, 81448, 81198, 81482, 81334, 81609, 81101, 81512, 81469, 81360, 81254,
	81261, 81450, 81368)
silver <- as.numeric(sprintf("%.7f", silver))

# Simon and Lesage's: nine groups around .4, .3, .5, .3, .5, ... each its middle once, then .1 below and above in turn.
simon_lesage <- function(lead, n) {
	middles <- c(4, rep(c(3, 5), 4))
	tenths <- unlist(lapply(middles, function(m) c(m, rep(c(m - 1, m + 1), (n - 1) / 2))))
	as.numeric(sprintf("%s.%d", lead, tenths))
}
f_of <- function(y, group) {
	group <- factor(group)
	list(aov_f = number(summary(aov(y ~ group))[[1]][1, 4]), lm_f = number(summary(lm(y ~ group))$fstatistic[1]))
}
analysed <- function(name, y, groups, f, between, within, r2, sd, near) {
	n <- length(y) / groups
	do.call(row, c(.title = name, list(y = doubles(y), n = n, groups = groups, statistic = f, between = between,
		within = within, r2 = r2, sd = sd, near = near), f_of(y, rep(seq_len(groups), each = n))))
}
# The same sums whatever the leading digits. The larger sets follow a rule that the test knows: only the digits that
# lead and the size of a group stand in their rows.
certified <- list(
	list(n = 21, f = "2.10000000000000E+01", b = "1.68000000000000E+00", w = "1.80000000000000E+00",
	     r2 = "4.82758620689655E-01"),
	list(n = 201, f = "2.01000000000000E+02", b = "1.60800000000000E+01", w = "1.80000000000000E+01",
	     r2 = "4.71830985915493E-01"),
	list(n = 2001, f = "2.00100000000000E+03", b = "1.60080000000000E+02", w = "1.80000000000000E+02",
	     r2 = "4.70712773465067E-01"))
leads <- list(list(lead = "1", near = "1e-12"), list(lead = "1000000", near = "1e-9"),
              list(lead = "1000000000000", near = "3e-4"))
rows <- list()
for (l in seq_along(leads)) for (c in seq_along(certified)) {
	with <- certified[[c]]
	y <- simon_lesage(leads[[l]]$lead, with$n)
	rows <- c(rows, do.call(row, c(.title = sprintf("SmLs%02d", 3 * (l - 1) + c), list(lead = leads[[l]]$lead, n = with$n,
		groups = 9, statistic = with$f, between = with$b, within = with$w, r2 = with$r2, sd = "1.00000000000000E-01",
		near = leads[[l]]$near), f_of(y, rep(1:9, each = with$n)))))
}
write_rows("nist_anova", c(rows, list(
	analysed("SiRstv", silicon, 5, "1.18046237440255E+00", "5.11462616000000E-02", "2.16636560000000E-01",
	         "1.90999039051129E-01", "1.04076068334656E-01", "1e-11"),
	analysed("AtmWtAg", silver, 2, "1.59467335677930E+01", "3.63834187500000E-09", "1.04951729166667E-08",
	         "2.57426544538321E-01", "1.51048314446410E-05", "1e-8"))))
