/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When, from where and on which terminals a login class allows logins.
 */
#include <sys/types.h>
#include <ctype.h>
#include <fnmatch.h>
#include <login_cap.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define	DAY_MINUTES	(24 * 60)

static const struct {
	const char	*name;
	u_char		days;
} day_names[] = {
	{ "su", LTM_SUN }, { "mo", LTM_MON }, { "tu", LTM_TUE },
	{ "we", LTM_WED }, { "th", LTM_THU }, { "fr", LTM_FRI },
	{ "sa", LTM_SAT }, { "wk", LTM_WK }, { "wd", LTM_WD },
	{ "al", LTM_ANY }, { "any", LTM_ANY },
};
#define	NDAYS	(sizeof(day_names) / sizeof(day_names[0]))

/* "HHMM", or just hours, as minutes after midnight. */
static u_short
parse_clock(const char **s)
{
	unsigned long v;
	char *end;

	v = strtoul(*s, &end, 10);
	if (end - *s <= 2)
		v *= 100;
	*s = end;
	v = v / 100 * 60 + v % 100;
	return ((u_short)(v <= DAY_MINUTES ? v : DAY_MINUTES));
}

/* "MoWeFr0800-1730", days first; "Never" or "None" for no time at all. */
login_time_t
parse_lt(const char *s)
{
	login_time_t t = { 0, 0, LTM_NONE };
	size_t i, n;

	if (s == NULL || *s == '\0' || strcasecmp(s, "never") == 0 ||
	    strcasecmp(s, "none") == 0)
		return (t);
	while (isalpha((unsigned char)*s)) {
		for (i = NDAYS; i-- > 0;) {
			n = strlen(day_names[i].name);
			if (strncasecmp(s, day_names[i].name, n) == 0)
				break;
		}
		if (i == (size_t)-1)
			return ((login_time_t){ 0, 0, LTM_NONE });
		t.lt_dow |= day_names[i].days;
		s += n;
		/* "All" and longer names of days. */
		while (islower((unsigned char)*s) && isupper((unsigned char)
		    s[-(int)n]))
			s++;
	}
	if (t.lt_dow == LTM_NONE)
		t.lt_dow = LTM_ANY;
	t.lt_end = DAY_MINUTES;
	if (isdigit((unsigned char)*s)) {
		t.lt_start = parse_clock(&s);
		t.lt_end = *s == '-' ? (s++, parse_clock(&s)) : DAY_MINUTES;
	}
	return (t);
}

/* Whether a time is in a period; *ends is when that is over. */
int
in_ltm(const login_time_t *t, struct tm *tm, time_t *ends)
{
	int now = tm->tm_hour * 60 + tm->tm_min, day = tm->tm_wday;
	bool in, wraps = t->lt_end < t->lt_start;
	struct tm end = *tm;

	if (t->lt_dow == LTM_NONE)
		return (0);
	/* After midnight the period belongs to the day before. */
	if (wraps && now < t->lt_end)
		day = (day + 6) % 7;
	if ((t->lt_dow & (1 << day)) == 0)
		return (0);
	in = wraps ? now >= t->lt_start || now < t->lt_end :
	    now >= t->lt_start && now < t->lt_end;
	if (in && ends != NULL) {
		end.tm_hour = t->lt_end / 60;
		end.tm_min = t->lt_end % 60;
		end.tm_sec = 0;
		if (wraps && now >= t->lt_start)
			end.tm_mday++;
		*ends = mktime(&end);
	}
	return (in);
}

int
in_lt(const login_time_t *t, time_t *ends)
{
	time_t now = time(NULL);

	return (in_ltm(t, localtime(&now), ends));
}

/* The same for a list that ends in LTM_NONE; the index, or -1. */
int
in_lts(const login_time_t *t, time_t *ends)
{
	int i;

	for (i = 0; i < LC_MAXTIMES && t[i].lt_dow != LTM_NONE; i++) {
		if (in_lt(&t[i], ends))
			return (i);
	}
	return (-1);
}

static bool
in_period(const char *period, const void *arg)
{
	login_time_t t = parse_lt(period);
	time_t now = *(const time_t *)arg;

	return (in_ltm(&t, localtime(&now), NULL) != 0);
}

static bool
matches(const char *pattern, const void *arg)
{
	return (fnmatch(pattern, arg, FNM_CASEFOLD) == 0);
}

/*
 * What "allow" does not list, if it is there, and what "deny" lists, is
 * refused.
 */
static int
permitted(login_cap_t *lc, const char *allow, const char *deny,
    bool (*match)(const char *, const void *), const void *arg)
{
	char **list;
	bool found;
	int i, r = 1;

	list = login_getcaplist(lc, allow, NULL);
	if (list != NULL) {
		for (i = 0, found = false; list[i] != NULL; i++)
			found |= match(list[i], arg);
		r = found;
		free(list);
	}
	list = r ? login_getcaplist(lc, deny, NULL) : NULL;
	for (i = 0; list != NULL && list[i] != NULL; i++) {
		if (match(list[i], arg))
			r = 0;
	}
	free(list);
	return (r);
}

int
auth_timeok(login_cap_t *lc, time_t t)
{
	if (lc == NULL || login_getcapbool(lc, "ignoretime", 0))
		return (1);
	return (permitted(lc, "times.allow", "times.deny", in_period, &t));
}

int
auth_ttyok(login_cap_t *lc, const char *tty)
{
	if (lc == NULL || tty == NULL || *tty == '\0')
		return (1);
	return (permitted(lc, "ttys.allow", "ttys.deny", matches, tty));
}

/* Either the host's name or its address may be listed. */
int
auth_hostok(login_cap_t *lc, const char *host, char const *ip)
{
	int named, numbered;

	if (lc == NULL || ((host == NULL || *host == '\0') &&
	    (ip == NULL || *ip == '\0')))
		return (1);
	named = host != NULL && *host != '\0' ? permitted(lc, "host.allow",
	    "host.deny", matches, host) : -1;
	numbered = ip != NULL && *ip != '\0' ? permitted(lc, "host.allow",
	    "host.deny", matches, ip) : -1;
	if (named < 0 || numbered < 0)
		return (named == 1 || numbered == 1);
	return (named && numbered);
}
