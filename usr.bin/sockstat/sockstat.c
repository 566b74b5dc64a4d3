/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sockstat - which process has which socket open
 *
 * usage: sockstat [-clu] [-p pid]
 *
 * The kernel's lists of open files and of sockets name each socket by the
 * same address, which is where they are joined.
 */
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/socketvar.h>
#include <sys/sysctl.h>
#include <sys/un.h>
#include <sys/unpcb.h>
#include <sys/user.h>
#include <sys/kinfo.h>
#include <sys/file.h>

#include <err.h>
#include <errno.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool only_connected, only_listening;
static pid_t only_pid = -1;

static struct kinfo_file *files;
static size_t nfiles;
static struct kinfo_proc *procs;
static size_t nprocs;
static struct xunpcb *pcbs;
static size_t npcbs;

static void
usage(void)
{
	fprintf(stderr, "usage: sockstat [-clu] [-p pid]\n");
	exit(1);
}

/* A variable of any length: it may grow while we look. */
static void *
get(const char *name, size_t *lenp)
{
	size_t len = 0;
	void *buf = NULL;

	for (;;) {
		if (sysctlbyname(name, NULL, &len, NULL, 0) != 0)
			err(1, "%s", name);
		len += len / 4 + 4096;
		buf = reallocf(buf, len);
		if (buf == NULL)
			err(1, NULL);
		if (sysctlbyname(name, buf, &len, NULL, 0) == 0)
			break;
		if (errno != ENOMEM)
			err(1, "%s", name);
	}
	*lenp = len;
	return (buf);
}

static const struct kinfo_proc *
find_proc(pid_t pid)
{
	for (size_t i = 0; i < nprocs; i++) {
		if (procs[i].kp_pid == pid)
			return (&procs[i]);
	}
	return (NULL);
}

static const char *
address(const struct sockaddr_un *sun)
{
	static char buf[sizeof(sun->sun_path) + 1];

	strlcpy(buf, sun->sun_path, sizeof(buf));
	return (buf);
}

static const struct xunpcb *
find_pcb(const void *unpp)
{
	for (size_t i = 0; i < npcbs; i++) {
		if (pcbs[i].xu_unpp == unpp)
			return (&pcbs[i]);
	}
	return (NULL);
}

/* What this socket is connected to, for one that has no name. */
static void
print_peer(const struct xunpcb *xu)
{
	const struct xunpcb *peer;

	if (xu->xu_unp.unp_conn == NULL) {
		printf("(not connected)");
		return;
	}
	if (xu->xu_caddr.sun_path[0] != '\0') {
		printf("-> %s", address(&xu->xu_caddr));
		return;
	}
	peer = find_pcb(xu->xu_unp.unp_conn);
	if (peer != NULL && peer->xu_addr.sun_path[0] != '\0')
		printf("-> %s", address(&peer->xu_addr));
	else
		printf("-> ??");
}

static void
print_socket(const struct kinfo_file *kf, const struct xunpcb *xu,
    const char *proto)
{
	const struct kinfo_proc *kp = find_proc(kf->f_pid);
	bool listening = (xu->xu_socket.so_options & SO_ACCEPTCONN) != 0;
	struct passwd *pw = getpwuid(kf->f_uid);
	char user[16];

	if (only_connected && xu->xu_unp.unp_conn == NULL && !only_listening)
		return;
	if (only_listening && !listening && !only_connected)
		return;
	if (pw != NULL)
		strlcpy(user, pw->pw_name, sizeof(user));
	else
		snprintf(user, sizeof(user), "%u", kf->f_uid);
	printf("%-8.8s %-10.10s %-5d %-2d %-6s ", user,
	    kp != NULL ? kp->kp_comm : "?", kf->f_pid, kf->f_fd, proto);
	if (xu->xu_addr.sun_path[0] != '\0')
		printf("%s", address(&xu->xu_addr));
	else
		print_peer(xu);
	putchar('\n');
}

static void
print_domain(const char *variable, const char *proto)
{
	size_t i, j, len;

	pcbs = get(variable, &len);
	npcbs = len / sizeof(*pcbs);
	for (i = 0; i < nfiles; i++) {
		if (files[i].f_type != DTYPE_SOCKET ||
		    (only_pid >= 0 && files[i].f_pid != only_pid))
			continue;
		for (j = 0; j < npcbs; j++) {
			if ((void *)pcbs[j].xu_socket.xso_so ==
			    files[i].f_data)
				print_socket(&files[i], &pcbs[j], proto);
		}
	}
	free(pcbs);
}

int
main(int argc, char **argv)
{
	size_t len;
	int c;

	while ((c = getopt(argc, argv, "clp:u")) != -1) {
		switch (c) {
		case 'c':
			only_connected = true;
			break;
		case 'l':
			only_listening = true;
			break;
		case 'p':
			only_pid = atoi(optarg);
			break;
		case 'u':	/* local sockets: there are no others */
			break;
		default:
			usage();
		}
	}
	if (optind != argc)
		usage();
	files = get("kern.file", &len);
	nfiles = len / sizeof(*files);
	procs = get("kern.proc.all", &len);
	nprocs = len / sizeof(*procs);
	printf("%-8s %-10s %-5s %-2s %-6s %-21s %-21s\n", "USER", "COMMAND",
	    "PID", "FD", "PROTO", "LOCAL ADDRESS", "FOREIGN ADDRESS");
	print_domain("net.local.stream.pcblist", "stream");
	print_domain("net.local.dgram.pcblist", "dgram");
	print_domain("net.local.seqpacket.pcblist", "seqpac");
	return (0);
}
