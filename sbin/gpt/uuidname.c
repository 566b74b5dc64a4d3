/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of uuids: uuidname.h describes the functions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "uuidname.h"

static const char *const files[] = { "/etc/uuids", "/etc/defaults/uuids" };

/* A line: uuid "name".  Returns the name, or NULL. */
static char *
parse_line(char *line, uuid_t *u)
{
	uint32_t status;
	char *name, *end;

	line[strcspn(line, "#\n")] = '\0';
	line += strspn(line, " \t");
	name = strpbrk(line, " \t");
	if (name == NULL)
		return (NULL);
	*name++ = '\0';
	uuid_from_string(line, u, &status);
	name = strchr(name, '"');
	end = name != NULL ? strchr(name + 1, '"') : NULL;
	if (status != uuid_s_ok || end == NULL)
		return (NULL);
	*end = '\0';
	return (name + 1);
}

/* Look for a uuid, or for the uuid of a name. */
static char *
scan_files(const uuid_t *wanted, const char *wanted_name, uuid_t *found)
{
	char *line = NULL, *name, *result = NULL;
	size_t room = 0, i;
	FILE *f;

	for (i = 0; i < 2 && result == NULL; i++) {
		f = fopen(files[i], "r");
		if (f == NULL)
			continue;
		while (result == NULL && getline(&line, &room, f) > 0) {
			name = parse_line(line, found);
			if (name == NULL)
				continue;
			if (wanted != NULL ?
			    uuid_equal(wanted, found, NULL) :
			    strcasecmp(name, wanted_name) == 0)
				result = strdup(name);
		}
		fclose(f);
	}
	free(line);
	return (result);
}

const char *
uuid_name_find(const uuid_t *u)
{
	static char *last;
	uuid_t found;

	free(last);
	last = scan_files(u, NULL, &found);
	return (last);
}

int
uuid_name_lookup(const char *name, uuid_t *u)
{
	char *found = scan_files(NULL, name, u);

	free(found);
	return (found != NULL);
}
