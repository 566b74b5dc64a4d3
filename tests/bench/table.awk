# SPDX-License-Identifier: BSD-2-Clause
#
# The table of instructions: "row|name|figure|original", Linux's file first.
NR == FNR {
	linux[$2] = $3
	next
}
FNR == 1 {
	printf "%-34s %9s %9s %9s %9s\n", "operation", "Damselfly", "Linux",
	    "original", "smaller"
}
{
	least = linux[$2]
	if ($4 > 0 && (least == "" || $4 < least))
		least = $4
	verdict = $3 <= least ? "met" : sprintf("missed, %.2fx", $3 / least)
	met += $3 <= least
	original = $4 > 0 ? $4 : "-"
	printf "%-34s %9d %9s %9s %9d  %s\n", $2, $3, linux[$2], original,
	    least, verdict
}
END {
	printf "%d of %d rows met\n", met, FNR
}
