/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gpt: a GUID partition table in memory.
 *
 * gpt_read() takes both copies from the disk; commands change g_ent and
 * gpt_write() writes header, table and their backup with fresh checksums.
 */
#ifndef _GPT_TOOL_H_
#define _GPT_TOOL_H_

#include <sys/types.h>
#include <sys/diskmbr.h>
#include <sys/gpt.h>
#include <stdbool.h>
#include <stdint.h>
#include <uuid.h>

#include "diskdev.h"

#define GPT_ALIGN	2048		/* sectors */
#define GPT_NAME_UNITS	36

enum gpt_mbr { MBR_NONE, MBR_TABLE, MBR_PROTECTIVE };

struct gpt {
	struct disk_handle g_disk;
	uint64_t	g_blocks;	/* of the disk */
	unsigned	g_sec;		/* bytes */
	unsigned char	*g_mbr;		/* sector 0 */
	struct dos_partition g_part[NDOSPART];
	enum gpt_mbr	g_mbr_kind;
	/* What is valid on the disk. */
	bool		g_pri_hdr, g_pri_tbl, g_sec_hdr, g_sec_tbl;
	struct gpt_hdr	g_hdr;		/* the primary one, or made of it */
	struct gpt_ent	*g_ent;		/* g_hdr.hdr_entries of them */
	uint64_t	g_tblsecs;
	bool		g_nobackup;	/* create -p */
};

/* A choice of entries; what is not set matches all. */
struct gpt_match {
	bool		m_all;
	int		m_index;	/* -1 */
	uint64_t	m_start, m_size;
	bool		m_has_type;
	uuid_t		m_type;
};

extern const char *gpt_command;
extern unsigned gpt_nparts;
extern bool gpt_readonly;
extern int gpt_verbose;

/* Exits with "gpt <cmd>: <dev>: error: ...". */
void	gpt_fail(const struct gpt *g, const char *fmt, ...) __dead2
	    __attribute__((__format__(__printf__, 2, 3)));

/* table.c */
void	gpt_open(struct gpt *g, const char *dev, bool change);
/* Both must be there, or the command fails. */
void	gpt_need(struct gpt *g);
void	gpt_new(struct gpt *g, unsigned nparts);
void	gpt_write(struct gpt *g);
void	gpt_write_mbr(struct gpt *g);
void	gpt_protect(struct gpt *g);
void	gpt_wipe(struct gpt *g, bool primary, bool secondary);
uint64_t gpt_size(const struct gpt_ent *ent);
bool	gpt_used(const struct gpt_ent *ent);
/* First gap from at (0: anywhere) for size sectors (0: all of it). */
bool	gpt_gap(struct gpt *g, uint64_t at, uint64_t size, uint64_t *startp,
	    uint64_t *sizep);
/* An entry for a size (0: the rest) at a place (0: the first gap). */
unsigned gpt_add(struct gpt *g, int index, uint64_t at, uint64_t size,
	    const uuid_t *type);
bool	gpt_matches(const struct gpt_match *m, const struct gpt_ent *ent,
	    unsigned index);

/* commands */
int	cmd_add(int argc, char **argv);
int	cmd_boot(int argc, char **argv);
int	cmd_create(int argc, char **argv);
int	cmd_destroy(int argc, char **argv);
int	cmd_init(int argc, char **argv);
int	cmd_label(int argc, char **argv);
int	cmd_migrate(int argc, char **argv);
int	cmd_recover(int argc, char **argv);
int	cmd_remove(int argc, char **argv);
int	cmd_show(int argc, char **argv);

void	gpt_usage(void) __dead2;
/* Arguments: a number, or a type by uuid, alias or name. */
uint64_t gpt_number(const char *text);
void	gpt_type(const char *text, uuid_t *type);
/* A well known type, of GPT_ENT_TYPE_*. */
void	gpt_known_type(const char *text, uuid_t *type);

#endif /* !_GPT_TOOL_H_ */
