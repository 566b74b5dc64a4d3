# SPDX-License-Identifier: BSD-2-Clause
#
# Scaling: "row|cpus|name|operations a second", Linux's file first.  A row
# whose name ends in "us" is a time: less is better, and nothing is scaled.
{
	if (NR == FNR)
		linux[$3, $2] = $4
	else
		ours[$3, $2] = $4
	if (!($3 in seen)) {
		seen[$3] = 1
		names[++n] = $3
	}
}
END {
	printf "%-30s %5s %12s %12s %9s %9s\n", "operation", "CPUs",
	    "Damselfly", "Linux", "scales", "Linux's"
	for (i = 1; i <= n; i++) {
		for (cpus = 1; cpus <= 8; cpus *= 2) {
			o = ours[names[i], cpus]
			l = linux[names[i], cpus]
			o1 = ours[names[i], 1]
			l1 = linux[names[i], 1]
			if (names[i] ~ /us$/)
				printf "%-30s %5d %12d %12d\n", names[i],
				    cpus, o, l
			else
				printf "%-30s %5d %12d %12d %9.2f %9.2f\n",
				    names[i], cpus, o, l, o1 ? o / o1 : 0,
				    l1 ? l / l1 : 0
		}
	}
}
