/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processes: fork, wait, signals, stopping and continuing, orphans, kqueue's
 * view of them.
 */
#include <sys/param.h>
#include <sys/lwp.h>
#include <sys/event.h>
#include <sys/procctl.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

static volatile sig_atomic_t got;

static void
handler(int sig)
{
	got = sig;
}

static void
exit_status_reaches_the_parent(void)
{
	int st;
	pid_t pid = fork();

	if (pid == 0)
		_exit(7);
	ok(waitpid(pid, &st, 0) == pid && WIFEXITED(st) &&
	    WEXITSTATUS(st) == 7, "exit_status_reaches_the_parent");
	ok(waitpid(pid, &st, 0) == -1 && errno == ECHILD,
	    "a_reaped_child_is_gone");
}

static void
fatal_signal_is_reported(void)
{
	int st;
	pid_t pid = fork();

	if (pid == 0) {
		for (;;)
			pause();
	}
	kill(pid, SIGTERM);
	ok(waitpid(pid, &st, 0) == pid && WIFSIGNALED(st) &&
	    WTERMSIG(st) == SIGTERM, "fatal_signal_is_reported");
}

static void
stop_and_continue_are_reported(void)
{
	int st;
	pid_t pid = fork();

	if (pid == 0) {
		for (;;)
			;
	}
	kill(pid, SIGSTOP);
	ok(waitpid(pid, &st, WUNTRACED) == pid && WIFSTOPPED(st) &&
	    WSTOPSIG(st) == SIGSTOP, "a_running_process_stops");
	kill(pid, SIGCONT);
	ok(waitpid(pid, &st, WCONTINUED) == pid && WIFCONTINUED(st),
	    "and_continues");
	kill(pid, SIGSTOP);
	waitpid(pid, &st, WUNTRACED);
	kill(pid, SIGKILL);
	ok(waitpid(pid, &st, 0) == pid && WIFSIGNALED(st),
	    "a_stopped_process_can_be_killed");
}

static void
handlers_run_and_calls_restart(void)
{
	struct sigaction sa;
	int fd[2], st;
	char c = 0;
	pid_t pid, self = getpid();

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = handler;
	sa.sa_flags = SA_RESTART;
	sigaction(SIGUSR1, &sa, NULL);
	pipe(fd);
	pid = fork();
	if (pid == 0) {
		usleep(100000);
		kill(self, SIGUSR1);
		usleep(100000);
		write(fd[1], "x", 1);
		_exit(0);
	}
	ok(read(fd[0], &c, 1) == 1 && c == 'x' && got == SIGUSR1,
	    "a_read_restarts_after_a_handler");
	waitpid(pid, &st, 0);
	sa.sa_flags = 0;
	sigaction(SIGUSR1, &sa, NULL);
	pid = fork();
	if (pid == 0) {
		usleep(100000);
		kill(self, SIGUSR1);
		_exit(0);
	}
	ok(read(fd[0], &c, 1) == -1 && errno == EINTR,
	    "without_SA_RESTART_it_fails_with_EINTR");
	waitpid(pid, &st, 0);
	close(fd[0]);
	close(fd[1]);
}

static void
blocked_signals_wait(void)
{
	sigset_t set, old, pend;
	struct timespec ts = { 0, 50000000 };

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, &old);
	signal(SIGUSR2, handler);
	got = 0;
	kill(getpid(), SIGUSR2);
	sigpending(&pend);
	ok(got == 0 && sigismember(&pend, SIGUSR2), "blocked_signals_wait");
	ok(sigtimedwait(&set, NULL, &ts) == SIGUSR2,
	    "sigtimedwait_takes_a_pending_signal");
	ok(sigtimedwait(&set, NULL, &ts) == -1 && errno == EAGAIN,
	    "and_times_out_without_one");
	kill(getpid(), SIGUSR2);
	sigprocmask(SIG_SETMASK, &old, NULL);
	ok(got == SIGUSR2, "unblocking_delivers");
}

static void
orphans_go_to_the_reaper(void)
{
	int fd[2], st;
	pid_t pid, child = 0, got_pid;

	ok(procctl(P_PID, getpid(), PROC_REAP_ACQUIRE, NULL) == 0,
	    "reaper_acquired");
	pipe(fd);
	pid = fork();
	if (pid == 0) {
		child = fork();
		if (child == 0) {
			usleep(200000);
			_exit(3);
		}
		write(fd[1], &child, sizeof(child));
		_exit(0);
	}
	read(fd[0], &child, sizeof(child));
	waitpid(pid, &st, 0);
	got_pid = wait(&st);
	ok(got_pid == child && WEXITSTATUS(st) == 3,
	    "orphans_go_to_the_reaper");
	procctl(P_PID, getpid(), PROC_REAP_RELEASE, NULL);
	close(fd[0]);
	close(fd[1]);
}

static void
ignored_sigchld_leaves_no_zombies(void)
{
	int st;

	signal(SIGCHLD, SIG_IGN);
	if (fork() == 0)
		_exit(0);
	ok(wait(&st) == -1 && errno == ECHILD,
	    "ignored_sigchld_leaves_no_zombies");
	signal(SIGCHLD, SIG_DFL);
}

static void
kqueue_watches_processes(void)
{
	struct kevent kev;
	int kq = kqueue(), st;
	pid_t pid = fork();

	if (pid == 0) {
		usleep(100000);
		_exit(5);
	}
	EV_SET(&kev, pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, NULL);
	ok(kevent(kq, &kev, 1, NULL, 0, NULL) == 0, "EVFILT_PROC_registers");
	ok(kevent(kq, NULL, 0, &kev, 1, NULL) == 1 &&
	    kev.filter == EVFILT_PROC && (kev.fflags & NOTE_EXIT) &&
	    WEXITSTATUS(kev.data) == 5, "kqueue_reports_an_exit");
	waitpid(pid, &st, 0);
	signal(SIGUSR1, SIG_IGN);
	EV_SET(&kev, SIGUSR1, EVFILT_SIGNAL, EV_ADD, 0, 0, NULL);
	kevent(kq, &kev, 1, NULL, 0, NULL);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	ok(kevent(kq, NULL, 0, &kev, 1, NULL) == 1 && kev.data == 2,
	    "kqueue_counts_ignored_signals");
	EV_SET(&kev, 1, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0, NULL);
	kevent(kq, &kev, 1, NULL, 0, NULL);
	EV_SET(&kev, 1, EVFILT_USER, 0, NOTE_TRIGGER, 0, NULL);
	kevent(kq, &kev, 1, NULL, 0, NULL);
	ok(kevent(kq, NULL, 0, &kev, 1, &(struct timespec){ 0, 0 }) == 1 &&
	    kev.filter == EVFILT_USER, "a_user_event_triggers");
	ok(kevent(kq, NULL, 0, &kev, 1, &(struct timespec){ 0, 0 }) == 0,
	    "and_only_once");
	EV_SET(&kev, 1000, EVFILT_READ, EV_ADD, 0, 0, NULL);
	ok(kevent(kq, &kev, 1, NULL, 0, NULL) == -1 && errno == EBADF,
	    "a_bad_descriptor_is_refused");
	close(kq);
}

/* Many short-lived processes at once, on all CPUs. */
static void
fork_storm(void)
{
	int bad = 0, i, j, st;

	for (i = 0; i < 8; i++) {
		if (fork() == 0) {
			for (j = 0; j < 50; j++) {
				pid_t p = fork();

				if (p == 0)
					_exit(j);
				if (p < 0 || waitpid(p, &st, 0) != p ||
				    WEXITSTATUS(st) != j)
					_exit(1);
			}
			_exit(0);
		}
	}
	for (i = 0; i < 8; i++) {
		if (wait(&st) < 0 || st != 0)
			bad = 1;
	}
	ok(!bad, "fork_storm");
}

/* A thread that cannot be told its number is none. */
static void
threads_that_fail_leave_nothing(void)
{
	void *kp = NULL;
	struct lwp_params params = { .lwp_tid1 = (void *)8 };
	int mib[3] = { CTL_KERN, KERN_PROC, KERN_PROC_ALL }, i, bad = 0;
	size_t len = 0;

	for (i = 0; i < 2000; i++)
		bad += lwp_create(&params) != -1 || errno != EFAULT;
	ok(bad == 0, "lwp_create with a bad address: EFAULT");
	/* The lists of kernel threads are walked. */
	for (i = 0; i < 50; i++) {
		if (sysctl(mib, 3, NULL, &len, NULL, 0) != 0)
			break;
		kp = realloc(kp, len);
		if (sysctl(mib, 3, kp, &len, NULL, 0) != 0)
			break;
	}
	ok(i == 50, "and the lists of threads are whole");
	free(kp);
}

int
main(void)
{
	threads_that_fail_leave_nothing();
	exit_status_reaches_the_parent();
	fatal_signal_is_reported();
	stop_and_continue_are_reported();
	handlers_run_and_calls_restart();
	blocked_signals_wait();
	orphans_go_to_the_reaper();
	ignored_sigchld_leaves_no_zombies();
	kqueue_watches_processes();
	fork_storm();
	return (tap_done());
}
