/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Property lists: what is written reads back as it was and has the exact
 * form; what is malformed is an error; damage of any byte, and any end, is an
 * error or a list, and never worse.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plist.h"

static int count, failed;

static void
ok(int good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++count, name);
	failed |= !good;
}

struct text {
	char	*buf;
	size_t	len, pos, chunk;
};

static int
put(void *arg, const char *buf, size_t len)
{
	struct text *t = arg;

	t->buf = realloc(t->buf, t->len + len);
	memcpy(t->buf + t->len, buf, len);
	t->len += len;
	return (0);
}

static int
fill(void *arg, char *buf, size_t max, size_t *gotp)
{
	struct text *t = arg;

	*gotp = t->len - t->pos;
	if (*gotp > max)
		*gotp = max;
	if (t->chunk != 0 && *gotp > t->chunk)
		*gotp = t->chunk;
	memcpy(buf, t->buf + t->pos, *gotp);
	t->pos += *gotp;
	return (0);
}

/* The events of a list as letters; '!' if it is malformed. */
static const char *
events(const char *text, size_t len, size_t chunk)
{
	static const char letters[] = "!.{}[]ksibd";
	static char out[4096];
	struct text t = { (char *)(uintptr_t)text, len, 0, chunk };
	struct plist_reader pr;
	enum plist_event ev;
	size_t n = 0;

	plist_read_init(&pr, fill, &t);
	do {
		ev = plist_next(&pr);
		if (n < sizeof(out) - 1)
			out[n++] = letters[ev];
	} while (ev != PLIST_ERROR && ev != PLIST_END);
	out[n] = 0;
	return (out);
}

static int
reads(const char *body, const char *want)
{
	char text[2048];
	size_t len = snprintf(text, sizeof(text), "<plist>%s</plist>", body);
	const char *got = events(text, len, 0);

	if (strcmp(got, want) != 0)
		printf("# %s: %s, not %s\n", body, got, want);
	return (strcmp(got, want) == 0);
}

static int
number(const char *digits, uint64_t want)
{
	char text[256];
	struct text t = { text, 0, 0, 0 };
	struct plist_reader pr;

	t.len = snprintf(text, sizeof(text),
	    "<plist><integer>%s</integer></plist>", digits);
	plist_read_init(&pr, fill, &t);
	return (plist_next(&pr) == PLIST_INTEGER && pr.pr_int == want &&
	    plist_next(&pr) == PLIST_END);
}

static const char exact[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" "
    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
    "<plist version=\"1.0\">\n"
    "<dict>\n"
    "\t<key>arguments</key>\n"
    "\t<dict>\n"
    "\t\t<key>limit</key>\n"
    "\t\t<integer>0x40000000</integer>\n"
    "\t\t<key>uid</key>\n"
    "\t\t<integer>0x3e9</integer>\n"
    "\t</dict>\n"
    "\t<key>command</key>\n"
    "\t<string>a&lt;b&gt;&amp;c</string>\n"
    "\t<key>none</key>\n"
    "\t<array/>\n"
    "</dict>\n"
    "</plist>\n";

static void
test_writing(void)
{
	struct text t = { NULL, 0, 0, 0 };
	struct plist_writer pw;
	struct plist_reader pr;

	plist_write_init(&pw, put, &t);
	plist_open(&pw, "dict");
	plist_key(&pw, "arguments");
	plist_open(&pw, "dict");
	plist_key(&pw, "limit");
	plist_uint(&pw, 0x40000000);
	plist_key(&pw, "uid");
	plist_uint(&pw, 1001);
	plist_close(&pw, "dict");
	plist_key(&pw, "command");
	plist_string(&pw, "a<b>&c");
	plist_key(&pw, "none");
	plist_empty(&pw, "array");
	plist_close(&pw, "dict");
	ok(plist_write_done(&pw) == 0 && t.len == sizeof(exact) &&
	    pw.pw_total == sizeof(exact) &&
	    memcmp(t.buf, exact, sizeof(exact)) == 0, "exact_form");
	ok(strcmp(events(t.buf, t.len, 0), "{k{kiki}ksk[]}.") == 0 &&
	    strcmp(events(t.buf, t.len, 1), "{k{kiki}ksk[]}.") == 0,
	    "written_list_is_read");
	plist_read_init(&pr, fill, &t);
	while (plist_next(&pr) != PLIST_STRING)
		;
	ok(strcmp(pr.pr_str, "a<b>&c") == 0, "escapes");
	free(t.buf);
}

static void
test_reading(void)
{
	char deep[1024] = "";
	int i;

	ok(reads("<dict/>", "{}.") && reads("<array> </array>", "[].") &&
	    reads("<!-- a - -- b > --><dict><key>k</key>\n<true/></dict>",
	    "{kb}.") && reads("<dict><key>k</key><data>AAAA</data></dict>",
	    "{kd}.") && reads("<string/>", "s."), "liberal_in_layout");
	ok(reads("", "!") && reads("<dict>", "{!") && reads("x", "!") &&
	    reads("<dict/><dict/>", "{}!") && reads("<integer>1</integer>2",
	    "i!"), "one_value");
	ok(reads("<dict><integer>1</integer></dict>", "{!") &&
	    reads("<dict><key>k</key></dict>", "{k!") &&
	    reads("<dict><key>k</key><key>k</key></dict>", "{k!") &&
	    reads("<array><key>k</key></array>", "[!") &&
	    reads("<dict></array>", "{!"), "keys_and_values");
	ok(reads("<integer></integer>", "!") &&
	    reads("<integer>12x</integer>", "!") &&
	    reads("<integer>08</integer>", "!") &&
	    reads("<integer>18446744073709551616</integer>", "!") &&
	    reads("<string>&bad;</string>", "!") &&
	    reads("<string>a</key>", "!"), "bad_scalars");
	ok(number("18446744073709551615", UINT64_MAX) && number("0x1F", 31) &&
	    number("017", 15) && number("0", 0) && number(" 7 ", 7) &&
	    number("-3", (uint64_t)-3), "numbers");
	for (i = 0; i < PLIST_MAXDEPTH + 1; i++)
		strcat(deep, "<array>");
	ok(strchr(events(deep, 0, 0), '!') != NULL && reads(deep,
	    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[!"), "depth_is_limited");
}

static void
test_damage(void)
{
	char text[sizeof(exact)];
	size_t i, n, lists = 0;

	for (n = 0; n < sizeof(exact); n++)
		lists += strchr(events(exact, n, 0), '.') != NULL;
	/* The end tag is what must be there; what follows does not matter. */
	ok(lists == 2, "every_shorter_list_is_an_error");
	srandom(1);
	for (i = 0; i < 200000; i++) {
		memcpy(text, exact, sizeof(exact));
		for (n = random() % 4; n-- > 0;)
			text[random() % sizeof(exact)] = random();
		events(text, sizeof(exact), random() % 64);
	}
	ok(1, "damaged_lists");
}

int
main(void)
{
	test_writing();
	test_reading();
	test_damage();
	printf("1..%d\n", count);
	return (failed);
}
