/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs around processes, sessions and services; see programs.h.
 */
#include "programs.h"

static const struct program_case cases[] = {
	{ "pgrep_pkill", "sleep 47 & pgrep -f 'sleep 47$' | grep -cx $!; "
	    "pkill -f 'sleep 47$'; wait $! 2> /dev/null; echo $?; "
	    "pgrep -x no_such_program", "1\n143\n", 1 },
	{ "pgrep_parent", "sleep 48 & pgrep -P $$ -x sleep | grep -cx $!; "
	    "kill $!", "1\n", 0 },
	{ "killall", "cp /bin/sleep ./nap; ./nap 49 & sleep 0.2; "
	    "killall -s nap | sed 's/[0-9]*$//'; killall nap; "
	    "wait $! 2> /dev/null; "
	    "echo $?; killall nap", "kill -TERM \n143\n"
	    "No matching processes were found\n", 1 },
	{ "pwait", "sleep 0.3 & pwait -v $! 2>&1 | sed 's/^[0-9]*//'",
	    ": exited with status 0.\n", 0 },
	{ "nice_renice", "nice -n 5 ps -o ni= -p $$ > /dev/null; "
	    "nice -n 5 nice -n 2 sh -c 'ps -o ni= -p $$' | tr -d ' '; "
	    "sleep 50 & renice 3 $! 2>&1 | sed 's/^[0-9]*//'; kill $!",
	    "7\n: old priority 0, new priority 3\n", 0 },
	{ "nice_not_found", "nice /nonexistent",
	    "nice: /nonexistent: No such file or directory\n", 127 },
	{ "nohup", "nohup sh -c 'kill -HUP $$; echo alive'", "alive\n", 0 },
	{ "time", "time -p true 2>&1 | cut -d' ' -f1; time -p sh -c 'exit 4'"
	    " 2> /dev/null; echo $?", "real\nuser\nsys\n4\n", 0 },
	{ "rtprio", "idprio 5 sh -c 'rtprio $$'; rtprio $$",
	    "rtprio: idle priority 5\nrtprio: normal priority\n", 0 },
	{ "usched", "usched :1 sh -c 'echo ran'", "ran\n", 0 },
	{ "tty_none", "tty < /dev/null", "not a tty\n", 1 },
	{ "script", "script -q log sh -c 'tty | sed s/[0-9].*//' < /dev/null "
	    "| tr -d '\\004\\b\\r' | sed 's/^^D//'; grep -c dev log",
	    "/dev/pts/\n1\n", 0 },
	{ "uptime", "uptime | sed 's/.* \\(load averages: \\).*/\\1/'",
	    "load averages: \n", 0 },
	{ "who_w", "who; users; w -h; who -q", "\n# users = 0\n", 0 },
	{ "vmstat", "vmstat | awk 'NR == 3 { print NF }'; "
	    "vmstat -s | grep -c .; vmstat -i | tail -1 | cut -c1-5; "
	    "vmstat -m | sed -n 2p", "15\n41\nTotal\nMemory statistics by "
	    "type\n", 0 },
	{ "top", "top -b 1 | sed -n '6p' | tr -s ' '; "
	    "top -b -o pid 1 | awk 'NR == 7 { print $NF }'",
	    " PID USERNAME NICE SIZE RES STATE C TIME CTIME CPU COMMAND\n"
	    "init\n", 0 },
	{ "chroot", "chroot / /bin/echo x; chroot -u 65534 / id -u; "
	    "chroot /nonexistent", "x\n65534\nchroot: /nonexistent: No such "
	    "file or directory\n", 1 },
	{ "daemon", "daemon -f -p $PWD/pid sleep 51; "
	    "while [ ! -s pid ]; do :; done; ps -o ucomm= -p $(cat pid); "
	    "daemon -p $PWD/pid true 2>&1 | cut -c1-31; kill $(cat pid); "
	    "while [ -e pid ]; do :; done",
	    "sleep\ndaemon: process already running\n", 0 },
	{ "crontab", "printf '*/5 1-3 * jan mon-fri x%%y\\n' | crontab -; "
	    "crontab -l; echo '61 * * * * x' | crontab -; crontab -r; "
	    "crontab -l", "*/5 1-3 * jan mon-fri x%y\n\"-\":1: bad minute\n"
	    "crontab: errors in crontab file, can't install\n"
	    "crontab: no crontab for root\n", 1 },
	{ "cron_runs_at_boot", "echo \"@reboot cat > $PWD/out%a%b\" | "
	    "crontab -; service cron onestop > /dev/null 2>&1; cron; "
	    "while [ ! -s out ]; do :; done; cat out; crontab -r; "
	    "kill $(cat /var/run/cron.pid)", "a\nb\n", 0 },
	{ "varsym", "varsym -s TESTVAR=a; varsym TESTVAR; varsym -q TESTVAR; "
	    "varsym -ds TESTVAR; varsym TESTVAR",
	    "TESTVAR=a\na\nvarsym: TESTVAR: not found\n", 1 },
	{ "rc_states", "rclist cleanvar LOGIN cron 2>&1 | grep -cv unknown",
	    "3\n", 0 },
	{ "service", "service -l | grep -cx cron; service nosuch start 2>&1 |"
	    " cut -c1-24", "1\nnosuch does not exist in\n", 0 },
	{ "rc_order", "rcorder /etc/rc.d/* 2>&1 > o | grep .; "
	    "grep -n -e root$ -e mountcritlocal$ -e LOGIN$ o | "
	    "sed 's/.*d.//'", "root\nmountcritlocal\nLOGIN\n", 0 },
	{ "periodic", "mkdir p; printf '#!/bin/sh\\necho one; exit 1\\n' > "
	    "p/1; printf '#!/bin/sh\\necho two; exit 2\\n' > p/2; "
	    "chmod +x p/*; p_show_info=YES periodic ./p",
	    "one\n\n-- End of p output --\n", 0 },
	{ "hierarchy", "for d in / /usr /var; do mtree -de -p $d -f "
	    "/etc/mtree/BSD.$(basename $d | sed 's,^/$,root,').dist; done | "
	    "grep -v -e '^\\./dev' -e '^\\./proc' -e '^\\./tmp' -e '^[[:space:]]'",
	    "", 1 },
};

int
main(void)
{
	return (RUN(cases));
}
