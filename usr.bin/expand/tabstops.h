/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tab stops as expand(1) and unexpand(1) are given them.
 */
#ifndef _TABSTOPS_H_
#define _TABSTOPS_H_

/*
 * Sets the stops from "8" (every eight columns) or a list "4,10,16"; exits
 * when it is neither.  Without a call stops are eight columns apart.
 */
void	tabstops_set(const char *list);

/* The stop after the column (from 0); column + 1 behind the last of a list. */
unsigned int tabstops_next(unsigned int column);

/* Whether the column lies behind the last stop of a list. */
int	tabstops_past(unsigned int column);

#endif
