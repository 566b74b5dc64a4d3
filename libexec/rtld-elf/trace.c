/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LD_TRACE_LOADED_OBJECTS: what ldd(1) prints.  The two formats, for names
 * that begin with "lib" and for others, come from the environment.
 */
#include "rtld.h"

static void
trace_one(const char *fmt, const char *progname, const char *name,
    const struct obj *obj)
{
	const char *p;

	for (p = fmt; *p != '\0'; p++) {
		if (*p == '\\') {
			p++;
			if (*p == '\0')
				return;
			rtld_putc(*p == 'n' ? '\n' : *p == 't' ? '\t' : *p);
			continue;
		}
		if (*p != '%') {
			rtld_putc(*p);
			continue;
		}
		switch (*++p) {
		case 'A':
			rtld_printf("%s", progname);
			break;
		case 'a':
			rtld_printf("%s", obj_main->path);
			break;
		case 'o':
			rtld_printf("%s", name);
			break;
		case 'p':
			rtld_printf("%s", obj != NULL ? obj->path :
			    "not found");
			break;
		case 'x':
			rtld_printf("0x%lx", obj != NULL ?
			    (unsigned long)obj->mapbase : 0UL);
			break;
		case '\0':
			return;
		default:
			rtld_putc(*p);
			break;
		}
	}
}

/* Prints what `first' and the objects loaded after it need. */
void
trace_loaded(struct obj *first)
{
	const char *fmt1, *fmt2, *progname;
	unsigned char seen[OBJSET_BYTES];
	struct needed *n;
	struct obj *obj;
	bool all;

	fmt1 = env_get("LD_TRACE_LOADED_OBJECTS_FMT1");
	if (fmt1 == NULL)
		fmt1 = "\t%o => %p (%x)\n";
	fmt2 = env_get("LD_TRACE_LOADED_OBJECTS_FMT2");
	if (fmt2 == NULL)
		fmt2 = "\t%o (%x)\n";
	progname = env_get("LD_TRACE_LOADED_OBJECTS_PROGNAME");
	if (progname == NULL)
		progname = "";
	all = env_get("LD_TRACE_LOADED_OBJECTS_ALL") != NULL;
	memset(seen, 0, sizeof(seen));
	for (obj = first; obj != NULL; obj = obj->next) {
		if (obj->needed != NULL && all)
			rtld_printf("%s:\n", obj->path);
		for (n = obj->needed; n != NULL; n = n->next) {
			if (n->obj != NULL && !all) {
				if (seen[n->obj->serial / 8] &
				    1 << n->obj->serial % 8)
					continue;
				seen[n->obj->serial / 8] |=
				    1 << n->obj->serial % 8;
			}
			trace_one(strncmp(n->name, "lib", 3) == 0 ? fmt1 :
			    fmt2, progname, n->name, n->obj);
		}
	}
	rtld_flush();
}
