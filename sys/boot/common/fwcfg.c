/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's firmware configuration device (docs/specs/fw_cfg in QEMU): when it
 * is there, the item "opt/damselfly/kenv" holds NAME=VALUE lines for the
 * kernel environment.  They win over loader.conf.
 */
#include "boot.h"

#define FW_CFG_SELECT	0x510
#define FW_CFG_DATA	0x511
#define FW_CFG_SIGNATURE 0x0000
#define FW_CFG_FILE_DIR	0x0019
#define FW_CFG_NAME_MAX	56
#define FW_CFG_FILES_MAX 4096
#define KENV_ITEM	"opt/damselfly/kenv"
#define KENV_MAX	65536

static char *kenv_text;

static void
fwcfg_read(void *buf, size_t len)
{
	uint8_t *p = buf;

	while (len-- > 0)
		*p++ = inb(FW_CFG_DATA);
}

static uint32_t
fwcfg_be32(void)
{
	uint8_t b[4];

	fwcfg_read(b, sizeof(b));
	return ((uint32_t)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3]);
}

/* Fetches the item, once, before anything else needs it. */
void
fwcfg_init(void)
{
	char name[FW_CFG_NAME_MAX], signature[4];
	uint32_t count, size;
	uint8_t select[4];

	outw(FW_CFG_SELECT, FW_CFG_SIGNATURE);
	fwcfg_read(signature, sizeof(signature));
	if (memcmp(signature, "QEMU", 4) != 0)
		return;
	outw(FW_CFG_SELECT, FW_CFG_FILE_DIR);
	count = fwcfg_be32();
	for (; count > 0 && count <= FW_CFG_FILES_MAX; count--) {
		size = fwcfg_be32();
		fwcfg_read(select, sizeof(select));
		fwcfg_read(name, sizeof(name));
		name[sizeof(name) - 1] = '\0';
		if (strcmp(name, KENV_ITEM) != 0)
			continue;
		if (size > KENV_MAX)
			return;
		kenv_text = xmalloc(size + 1);
		outw(FW_CFG_SELECT, select[0] << 8 | select[1]);
		fwcfg_read(kenv_text, size);
		kenv_text[size] = '\0';
		return;
	}
}

/* Sets the variables of the item. */
void
fwcfg_kenv(void)
{
	char *copy, *line, *next, *eq;

	if (kenv_text == NULL)
		return;
	copy = xstrdup(kenv_text);
	for (line = copy; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		eq = strchr(line, '=');
		if (eq == NULL || eq == line)
			continue;
		*eq++ = '\0';
		if (eq[0] != '\0' && eq[strlen(eq) - 1] == '\r')
			eq[strlen(eq) - 1] = '\0';
		env_set(&kenv, line, eq);
		env_set(&locals, line, eq);
	}
	free(copy);
}

/* Is name set by the item?  loader.conf must leave it alone then. */
bool
fwcfg_overrides(const char *name)
{
	const char *line;
	size_t len = strlen(name);

	for (line = kenv_text; line != NULL; line = strchr(line, '\n')) {
		if (*line == '\n')
			line++;
		if (strncmp(line, name, len) == 0 && line[len] == '=')
			return (true);
	}
	return (false);
}
