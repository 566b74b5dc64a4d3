/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8) and newfs_hammer(8): sizes and uuids as text (see text.h).
 */
#include <ctype.h>
#include "hammer.h"
#include "text.h"

const char *
sizetostr(int64_t size)
{
	static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
	static char buf[4][32];
	static int n;
	char *p = buf[n++ & 3];
	double d = size;
	int i;

	for (i = 0; i < 4 && d >= 512; i++)
		d /= 1024;
	snprintf(p, sizeof(buf[0]), "%6.2f%s", d, units[i]);
	return (p);
}

int64_t
size_parse(const char *text, const char **endp, int *suffixp)
{
	static const char suffixes[] = "kmgt";
	const char *s;
	char *end;
	int64_t n = strtoll(text, &end, 0);
	int c = tolower((unsigned char)*end);

	s = c != '\0' && end != text ? strchr(suffixes, c) : NULL;
	if (s != NULL) {
		n <<= 10 * (s - suffixes + 1);
		end++;
	}
	if (suffixp != NULL)
		*suffixp = s != NULL ? c : 0;
	*endp = end;
	return (n);
}

void
uuid_text(const void *uu, char *buf)
{
	struct uuid id, *u = &id;

	memcpy(&id, uu, sizeof(id));
	snprintf(buf, 37, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
	    u->time_low, u->time_mid, u->time_hi_and_version,
	    u->clock_seq_hi_and_reserved, u->clock_seq_low, u->node[0],
	    u->node[1], u->node[2], u->node[3], u->node[4], u->node[5]);
}
