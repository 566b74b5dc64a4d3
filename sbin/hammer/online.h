/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): directives on mounted filesystems.
 */
#ifndef _ONLINE_H_
#define _ONLINE_H_

#include "hammer_cmd.h"

/* A PFS as a path names it. */
struct pfs {
	int	fd;			/* a directory of its filesystem */
	int	id;
	struct hammer_pseudofs_data pfsd;
	int	exists;
};

/* Follow a PFS symlink, or take the PFS of what the path is. */
void	pfs_open(const char *path, struct pfs *p);
int	pfs_read(struct pfs *p);	/* 0 or errno */
void	pfs_write(struct pfs *p);
void	pfs_print(const struct pfs *p);
int	fs_version(int fd);
/* The mount point a path is below, in buf. */
const char *mount_point(const char *path, char *buf, size_t size);
/* The volumes' names with sep between; how many there are. */
int	volume_names(int fd, const char *sep, char *buf, size_t size);
hammer_tid_t do_sync(int fd, const char *path, int op);

int	cmd_synctid(int, char **);
int	cmd_history(const char *, int, char **);
int	cmd_info(int, char **);
int	cmd_version(int, char **);
int	cmd_version_upgrade(int, char **);
int	cmd_volume_add(int, char **);
int	cmd_volume_del(int, char **);
int	cmd_volume_list(int, char **);
int	cmd_volume_blkdevs(int, char **);
int	cmd_pfs_status(int, char **);
int	cmd_pfs_master(int, char **);
int	cmd_pfs_slave(int, char **);
int	cmd_pfs_update(int, char **);
int	cmd_pfs_upgrade(int, char **);
int	cmd_pfs_downgrade(int, char **);
int	cmd_pfs_destroy(int, char **);
int	cmd_snap(int, char **);
int	cmd_snaplo(int, char **);
int	cmd_snapq(int, char **);
int	cmd_snaprm(int, char **);
int	cmd_snapls(int, char **);
int	cmd_snapshot(int, char **);
int	cmd_config(int, char **);
int	cmd_viconfig(int, char **);
int	cmd_prune(int, char **);
int	cmd_prune_everything(int, char **);
int	cmd_rebalance(int, char **);
int	cmd_reblock(int, char **);
int	cmd_reblock_btree(int, char **);
int	cmd_reblock_inodes(int, char **);
int	cmd_reblock_dirs(int, char **);
int	cmd_reblock_data(int, char **);
int	cmd_dedup(int, char **);
int	cmd_dedup_simulate(int, char **);
int	cmd_mirror_read(int, char **);
int	cmd_mirror_write(int, char **);
int	cmd_mirror_copy(int, char **);
int	cmd_mirror_stream(int, char **);
int	cmd_mirror_read_stream(int, char **);
int	cmd_mirror_dump(int, char **);
int	cmd_abort_cleanup(int, char **);
int	cmd_cleanup(int, char **);
int	cmd_stats(int, char **);
int	cmd_bstats(int, char **);
int	cmd_iostats(int, char **);

#endif /* !_ONLINE_H_ */
