// SPDX-License-Identifier: BSD-2-Clause
//
// Exceptions where the system has a part in them: across shared objects,
// found by dl_iterate_phdr(3), out of signal handlers; and the destructors of
// thread-local objects.
#include <csignal>
#include <cstring>
#include <dlfcn.h>
#include <exception>
#include <pthread.h>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>
#include <unwind.h>
#include <vector>

#include "tap.hpp"
#include "unwind_lib.hpp"

static void
across_libraries()
{
	bool caught = false;

	try {
		lib_throw(5);
	} catch (const std::runtime_error &e) {
		auto *l = dynamic_cast<const LibError *>(&e);
		caught = l != nullptr && l->level == 1 &&
		    std::strcmp(e.what(), "from the library") == 0;
	}
	ok(caught && lib_guards_destroyed() == 6,
	    "a_library_s_exception_is_caught_by_its_base");
	caught = false;
	try {
		lib_call([] { throw 42; });
	} catch (int i) {
		caught = i == 42;
	}
	ok(caught && lib_guards_destroyed() == 7,
	    "an_exception_passes_a_library_s_frames");
}

static void
from_a_loaded_object()
{
	bool caught = false;
	void *h = dlopen("libunwind_lib.so", RTLD_NOW);
	auto f = h == nullptr ? nullptr :
	    reinterpret_cast<void (*)()>(dlsym(h, "lib_throw_private"));

	try {
		if (f != nullptr)
			f();
	} catch (const std::logic_error &e) {
		caught = std::strcmp(e.what(), "private") == 0;
	}
	ok(caught, "a_type_known_to_one_object_is_caught_by_its_base");
	if (h != nullptr)
		dlclose(h);
}

struct Fault {
	void *addr;
};

static void
fault_handler(int, siginfo_t *si, void *)
{
	throw Fault { si->si_addr };
}

static volatile char *hole;

__attribute__((noinline)) static int
touch(volatile char *p)
{
	return *p;
}

// Unmasks what delivery masked: the handler does not return.
static void
unmask(int sig)
{
	sigset_t s;

	sigemptyset(&s);
	sigaddset(&s, sig);
	pthread_sigmask(SIG_UNBLOCK, &s, nullptr);
}

static bool
fault_is_caught(size_t offset)
{
	try {
		touch(hole + offset);
	} catch (const Fault &f) {
		unmask(SIGSEGV);
		unmask(SIGBUS);
		return f.addr == hole + offset;
	}
	return false;
}

static void
out_of_signal_handlers()
{
	struct sigaction sa = { };
	int i, caught = 0;

	hole = static_cast<volatile char *>(mmap(nullptr, 65536, PROT_NONE,
	    MAP_ANON | MAP_PRIVATE, -1, 0));
	sa.sa_sigaction = fault_handler;
	sa.sa_flags = SA_SIGINFO;
	sigaction(SIGSEGV, &sa, nullptr);
	sigaction(SIGBUS, &sa, nullptr);
	for (i = 0; i < 100; i++)
		caught += fault_is_caught(i * 64);
	ok(caught == 100, "a_fault_becomes_an_exception");
	std::thread t([&] { caught += fault_is_caught(5); });
	t.join();
	ok(caught == 101, "in_a_thread_too");

	stack_t ss = { };
	std::vector<char> stack(65536);
	ss.ss_sp = stack.data();
	ss.ss_size = stack.size();
	sigaltstack(&ss, nullptr);
	sa.sa_flags |= SA_ONSTACK;
	sigaction(SIGSEGV, &sa, nullptr);
	sigaction(SIGBUS, &sa, nullptr);
	ok(fault_is_caught(77), "from_the_signal_stack_to_the_other");
	ss.ss_flags = SS_DISABLE;
	sigaltstack(&ss, nullptr);
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
}

static int frames;
static bool seen_raiser;

static _Unwind_Reason_Code
count_frame(_Unwind_Context *ctx, void *from)
{
	frames++;
	if (_Unwind_FindEnclosingFunction(reinterpret_cast<void *>(
	    _Unwind_GetIP(ctx))) == from)
		seen_raiser = true;
	return _URC_NO_REASON;
}

static void raiser();

static void
backtrace_handler(int)
{
	_Unwind_Backtrace(count_frame, reinterpret_cast<void *>(raiser));
}

__attribute__((noinline)) static void
raiser()
{
	kill(getpid(), SIGUSR1);
	asm volatile("" ::: "memory");
}

static void
backtrace_passes_signal_frames()
{
	signal(SIGUSR1, backtrace_handler);
	raiser();
	ok(frames >= 4 && seen_raiser, "a_backtrace_passes_the_signal_frame");
}

struct Counter {
	int *n = nullptr;
	~Counter() { if (n != nullptr) ++*n; }
};

static thread_local Counter counter;

static void
thread_locals_are_destroyed()
{
	std::vector<std::thread> v;
	int n[8] = { };
	int i, sum = 0;

	for (i = 0; i < 8; i++)
		v.emplace_back([&n, i] {
			counter.n = &n[i];
			lib_touch_thread_local();
		});
	for (auto &t : v)
		t.join();
	for (i = 0; i < 8; i++)
		sum += n[i] == 1;
	ok(sum == 8, "thread_local_objects_end_with_their_thread");
	ok(lib_thread_locals_destroyed() == 8, "those_of_libraries_too");
}

static void
many_threads_throw()
{
	std::vector<std::thread> v;
	int n[8] = { };
	int i, sum = 0;

	for (i = 0; i < 8; i++)
		v.emplace_back([&n, i] {
			for (int k = 0; k < 500; k++) {
				try {
					lib_throw(k % 4);
				} catch (const LibError &) {
					n[i]++;
				}
			}
		});
	for (auto &t : v)
		t.join();
	for (i = 0; i < 8; i++)
		sum += n[i];
	ok(sum == 4000, "threads_throw_in_parallel");
}

// What a thread did on its way out, in order.
static std::vector<int> left;

struct Leaves {
	int n;
	explicit Leaves(int i) : n(i) { }
	~Leaves() { left.push_back(n); }
};

static void
leave(void *arg)
{
	left.push_back(static_cast<int>(reinterpret_cast<intptr_t>(arg)));
}

static __attribute__((noinline)) void
inner(void (*how)())
{
	Leaves three(3);

	pthread_cleanup_push(leave, reinterpret_cast<void *>(4));
	how();
	pthread_cleanup_pop(0);
}

static void *
outer(void *arg)
{
	Leaves one(1);

	pthread_cleanup_push(leave, reinterpret_cast<void *>(2));
	try {
		inner(reinterpret_cast<void (*)()>(arg));
	} catch (int) {
		left.push_back(-1);
	} catch (...) {
		left.push_back(5);
		throw;
	}
	pthread_cleanup_pop(0);
	return nullptr;
}

static void
waits()
{
	for (;;)
		pause();
}

static void
leaving_a_thread_destroys(void (*how)(), void *result, const char *name)
{
	pthread_t t;
	void *got;

	left.clear();
	pthread_create(&t, nullptr, outer, reinterpret_cast<void *>(how));
	if (how == waits)
		pthread_cancel(t);
	pthread_join(t, &got);
	ok(got == result && left == std::vector<int>({ 4, 3, 2, 5, 1 }), name);
}

static void
exits()
{
	pthread_exit(reinterpret_cast<void *>(7));
}

static void
cancelled()
{
	pthread_cancel(pthread_self());
	pthread_testcancel();
}

int
main()
{
	across_libraries();
	from_a_loaded_object();
	out_of_signal_handlers();
	backtrace_passes_signal_frames();
	thread_locals_are_destroyed();
	many_threads_throw();
	leaving_a_thread_destroys(exits, reinterpret_cast<void *>(7),
	    "pthread_exit_leaves_every_function");
	leaving_a_thread_destroys(cancelled, PTHREAD_CANCELED,
	    "so_does_cancellation");
	leaving_a_thread_destroys(waits, PTHREAD_CANCELED,
	    "so_does_cancellation_in_a_system_call");
	return tap_done();
}
