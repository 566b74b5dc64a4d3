/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): what its directives share.
 */
#ifndef _HAMMER_CMD_H_
#define _HAMMER_CMD_H_

#include "hammer_inode.h"
#include "plat_user.h"
#include "text.h"

extern int	verbose;		/* -v and -q */
extern int	yes_opt;		/* -y */
extern int	all_pfs;		/* -A */
extern int	two_way;		/* -2 */
extern int	no_bulk;		/* -B */
extern int	force_opt;		/* -F */
extern int	debug_opt;		/* -d */
extern int	timeout_opt;		/* -t */
extern int	delay_opt;		/* -i */
extern uint64_t	bandwidth_opt;		/* -b */
extern uint64_t	split_opt;		/* -S */
extern uint64_t	memory_opt;		/* -m */
extern const char *blkdevs;		/* -f */
extern const char *cyclefile;		/* -c */
extern const char *ssh_port;		/* -p */
extern int	ssh_compress;		/* -X */
extern volatile int interrupted;	/* by a signal */

/* util.c */
int	uuid_parse_text(const char *text, struct uuid *uu);
/* Open a file of a filesystem, or end the program. */
int	open_fs(const char *path);
/* An ioctl; on failure the program ends with a message. */
void	fs_ioctl(int fd, unsigned long cmd, void *arg, const char *path);
void	usage(void) __attribute__((__noreturn__));
int	need_args(int argc, int min, int max);
/* "y" or "yes" on the standard input. */
int	answer_yes(const char *question);
/* Key range of all of a PFS, for maintenance. */
void	key_bounds(struct hammer_base_elm *beg, struct hammer_base_elm *end,
	    int inodes_only, int misc_only);
/* -c: where to begin, and where it was left. */
int	cycle_get(struct hammer_base_elm *base, hammer_tid_t *tidp);
void	cycle_set(const struct hammer_base_elm *base, hammer_tid_t tid);
void	cycle_done(void);

/* offline.c: volumes named by -f */
struct hammer_mount *offline_open(int writable);
void	offline_close(struct hammer_mount *hmp);
void	print_header(struct hammer_mount *hmp);

/* show.c, blockmap.c, recover.c, strip.c */
int	cmd_show(int argc, char **argv);
int	cmd_show_undo(int argc, char **argv);
int	cmd_blockmap(int argc, char **argv);
int	cmd_checkmap(int argc, char **argv);
int	cmd_verify_offline(int argc, char **argv);
int	cmd_recover(int argc, char **argv);
int	cmd_strip(int argc, char **argv);

#endif /* !_HAMMER_CMD_H_ */
