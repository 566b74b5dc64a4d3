/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer - administer HAMMER filesystems
 *
 * usage: hammer [-2ABFdhqrvXy] [-b bandwidth] [-C cachesize[:readahead]]
 *            [-c cyclefile] [-e scoreboardfile] [-f blkdevs] [-i delay]
 *            [-m memlimit] [-p ssh-port] [-S splitsize] [-t seconds]
 *            command [argument ...]
 */
#include <err.h>
#include <signal.h>
#include <unistd.h>
#include "hammer_cmd.h"
#ifdef __DragonFly__
#include "online.h"
#endif

int verbose, yes_opt, all_pfs, two_way, no_bulk, force_opt, debug_opt;
int timeout_opt, delay_opt = 5, ssh_compress;
uint64_t bandwidth_opt, split_opt = 4ULL << 30, memory_opt = 1ULL << 30;
const char *blkdevs, *cyclefile, *ssh_port;
volatile int interrupted;

static int
cmd_namekey(int argc, char **argv)
{
	uint32_t span;

	need_args(argc, 1, 1);
	printf("0x%016jx\n", (uintmax_t)hammer_dirhash(0, argv[0],
	    strlen(argv[0]), &span));
	return (0);
}

static int
cmd_namekey2(int argc, char **argv)
{
	uint32_t span;

	need_args(argc, 1, 1);
	printf("0x%016jx\n", (uintmax_t)hammer_dirhash(1, argv[0],
	    strlen(argv[0]), &span));
	return (0);
}

static int
cmd_namekey32(int argc, char **argv)
{
	uint32_t span;

	need_args(argc, 1, 1);
	printf("0x%08x\n", (uint32_t)(hammer_dirhash(0, argv[0],
	    strlen(argv[0]), &span) >> 32));
	return (0);
}

static const struct command {
	const char	*name;
	int		(*func)(int argc, char **argv);
} commands[] = {
#ifdef __DragonFly__
	{ "abort-cleanup",	cmd_abort_cleanup },
	{ "bstats",		cmd_bstats },
	{ "cleanup",		cmd_cleanup },
	{ "config",		cmd_config },
	{ "dedup",		cmd_dedup },
	{ "dedup-simulate",	cmd_dedup_simulate },
	{ "info",		cmd_info },
	{ "iostats",		cmd_iostats },
	{ "mirror-copy",	cmd_mirror_copy },
	{ "mirror-dump",	cmd_mirror_dump },
	{ "mirror-read",	cmd_mirror_read },
	{ "mirror-read-stream",	cmd_mirror_read_stream },
	{ "mirror-stream",	cmd_mirror_stream },
	{ "mirror-write",	cmd_mirror_write },
	{ "pfs-destroy",	cmd_pfs_destroy },
	{ "pfs-downgrade",	cmd_pfs_downgrade },
	{ "pfs-master",		cmd_pfs_master },
	{ "pfs-slave",		cmd_pfs_slave },
	{ "pfs-status",		cmd_pfs_status },
	{ "pfs-update",		cmd_pfs_update },
	{ "pfs-upgrade",	cmd_pfs_upgrade },
	{ "prune",		cmd_prune },
	{ "prune-everything",	cmd_prune_everything },
	{ "rebalance",		cmd_rebalance },
	{ "reblock",		cmd_reblock },
	{ "reblock-btree",	cmd_reblock_btree },
	{ "reblock-data",	cmd_reblock_data },
	{ "reblock-dirs",	cmd_reblock_dirs },
	{ "reblock-inodes",	cmd_reblock_inodes },
	{ "snap",		cmd_snap },
	{ "snaplo",		cmd_snaplo },
	{ "snapls",		cmd_snapls },
	{ "snapq",		cmd_snapq },
	{ "snaprm",		cmd_snaprm },
	{ "snapshot",		cmd_snapshot },
	{ "stats",		cmd_stats },
	{ "synctid",		cmd_synctid },
	{ "version",		cmd_version },
	{ "version-upgrade",	cmd_version_upgrade },
	{ "viconfig",		cmd_viconfig },
	{ "volume-add",		cmd_volume_add },
	{ "volume-del",		cmd_volume_del },
	{ "volume-blkdevs",	cmd_volume_blkdevs },
	{ "volume-list",	cmd_volume_list },
#endif
	{ "blockmap",		cmd_blockmap },
	{ "checkmap",		cmd_checkmap },
	{ "namekey1",		cmd_namekey },
	{ "namekey2",		cmd_namekey2 },
	{ "namekey32",		cmd_namekey32 },
	{ "recover",		cmd_recover },
	{ "show",		cmd_show },
	{ "show-undo",		cmd_show_undo },
	{ "strip",		cmd_strip },
	{ "verify-volumes",	cmd_verify_offline },
};

void
usage(void)
{
	size_t i;

	fprintf(stderr, "usage: hammer [-2ABFdhqrvXy] [-b bandwidth] "
	    "[-C cachesize[:readahead]]\n"
	    "           [-c cyclefile] [-e scoreboardfile] [-f blkdevs] "
	    "[-i delay]\n"
	    "           [-m memlimit] [-p ssh-port] [-S splitsize] "
	    "[-t seconds]\n"
	    "           command [argument ...]\ncommands:");
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(stderr, "%s%s", i % 5 ? " " : "\n    ",
		    commands[i].name);
	fprintf(stderr, "\n");
	exit(1);
}

static uint64_t
number(const char *text)
{
	const char *end;
	int64_t n = size_parse(text, &end, NULL);

	if (end == text || n < 0 || (*end != '\0' && *end != ':'))
		errx(1, "bad number: %s", text);
	return (n);
}

static void
on_signal(int sig)
{
	interrupted = 1;
}

static void
set_signals(const char *command)
{
	struct sigaction sa;

	/* System calls must be interrupted, not restarted. */
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_signal;
	sigaction(SIGALRM, &sa, NULL);
	/* These save in the cycle file how far they came. */
	if (strncmp(command, "prune", 5) == 0 ||
	    strncmp(command, "reb", 3) == 0) {
		sigaction(SIGINT, &sa, NULL);
		sigaction(SIGTERM, &sa, NULL);
	}
	if (timeout_opt > 0)
		alarm(timeout_opt);
}

int
main(int argc, char **argv)
{
	size_t i;
	int c;

	while ((c = getopt(argc, argv,
	    "2ABb:C:c:de:Ff:hi:m:p:qrR:S:T:t:vXy")) != -1) {
		switch (c) {
		case '2': two_way = 1; break;
		case 'A': all_pfs = 1; break;
		case 'B': no_bulk = 1; break;
		case 'b': bandwidth_opt = number(optarg); break;
		case 'C': (void)number(optarg); break;
		case 'c': cyclefile = optarg; break;
		case 'd': debug_opt = 1; break;
		case 'F': force_opt = 1; break;
		case 'f': blkdevs = optarg; break;
		case 'i': delay_opt = atoi(optarg); break;
		case 'm': memory_opt = number(optarg); break;
		case 'p': ssh_port = optarg; break;
		case 'q': verbose--; break;
		case 'r': break;
		case 'S': split_opt = number(optarg); break;
		case 't': timeout_opt = atoi(optarg); break;
		case 'v': verbose++; break;
		case 'X': ssh_compress = 1; break;
		case 'y': yes_opt = 1; break;
		case 'h':
			fprintf(stderr, "hammer(8) describes all of it\n");
			return (0);
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 1)
		usage();
	set_signals(argv[0]);
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(argv[0], commands[i].name) == 0)
			return (commands[i].func(argc - 1, argv + 1));
	}
#ifdef __DragonFly__
	/* The offset may be part of the directive's name. */
	if (strncmp(argv[0], "history", 7) == 0)
		return (cmd_history(argv[0] + 7, argc - 1, argv + 1));
#endif
	usage();
}
