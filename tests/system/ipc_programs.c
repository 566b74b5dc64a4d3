/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipcs and ipcrm, jail, jls and jexec, accton, lastcomm and sa.
 */
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "tap.h"

static void
shell(const char *cmd, const char *name)
{
	ok(system(cmd) == 0, name);
}

static void
ipc(void)
{
	int shm = shmget(0x1111, 4096, IPC_CREAT | 0640);
	int sem = semget(0x2222, 3, IPC_CREAT | 0600);
	int msg = msgget(0x3333, IPC_CREAT | 0600);
	char cmd[200];

	ok(shm >= 0 && sem >= 0 && msg >= 0, "one of each");
	shell("ipcs -m | grep -q '^m .* 4369 --rw-r----- root'",
	    "ipcs shows the segment");
	shell("ipcs -sb | grep -q '^s .* 8738 --rw------- root .* 3$'",
	    "the semaphores");
	shell("ipcs -qo | grep -q '^q .* 13107 --rw-------'", "the queue");
	shell("ipcs -T | grep -q 'semmni: '", "and limits");
	snprintf(cmd, sizeof(cmd), "ipcrm -m %d -S 0x2222 -q %d", shm, msg);
	shell(cmd, "ipcrm");
	ok(shmget(0x1111, 0, 0) == -1 && errno == ENOENT &&
	    semget(0x2222, 0, 0) == -1 && msgget(0x3333, 0) == -1,
	    "removes them");
	shell("! ipcrm -q 12345 2>/dev/null", "not what is not there");
}

static void
jails(void)
{
	shell("[ \"$(jail / inmate 10.0.0.1 hostname)\" = inmate ]", "jail");
	shell("jail -i / second 10.0.0.2,::1 sleep 100 > /tmp/jid 2>/dev/null & "
	    "while [ ! -s /tmp/jid ]; do sleep 0.1; done; "
	    "jls | grep -q \"^ *$(cat /tmp/jid) second .* / .* "
	    "10.0.0.2 0:0:0:0:0:0:0:1\"", "jls shows it");
	shell("[ \"$(jexec $(cat /tmp/jid) hostname)\" = second ]", "jexec");
	shell("ps -axo jail,command | grep -q \"^ *$(cat /tmp/jid) "
	    "sleep 100\"", "ps shows the jail");
	shell("jexec $(cat /tmp/jid) pkill sleep",
	    "a process in it is killed from within");
}

static void
accounting(void)
{
	shell("touch /tmp/acct && accton /tmp/acct && true && "
	    "sh -c 'exit 3'; ls / >/dev/null; accton", "accton");
	shell("lastcomm -f /tmp/acct ls | grep -q '^ls .*root'", "lastcomm");
	shell("sa /tmp/acct | grep -q ' ls$'", "sa");
	shell("sa -m /tmp/acct | grep -q ' root$'", "by user");
}

int
main(void)
{
	alarm(60);
	ipc();
	jails();
	accounting();
	return (tap_done());
}
