/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets: the calls that make one.
 *
 * A socket belongs to a protocol family.  This kernel is built without any,
 * so every family a caller may name is one that is not supported; programs
 * that can do without (syslog(3) writes to the console then) go on.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>

int
sys_socket(struct sysmsg *sysmsg, const struct socket_args *uap)
{
	return (EAFNOSUPPORT);
}

int
sys_socketpair(struct sysmsg *sysmsg, const struct socketpair_args *uap)
{
	return (EAFNOSUPPORT);
}
