// SPDX-License-Identifier: BSD-2-Clause
// The shared library of the unwinding test: throws, and is thrown through.
#include "unwind_lib.hpp"

#include <atomic>

static std::atomic<int> guards, locals;

LibError::LibError(const std::string &what) : std::runtime_error(what)
{
}

LibError::~LibError()
{
}

struct Guard {
	~Guard() { guards++; }
};

struct Local {
	int touched = 0;
	~Local() { locals += touched; }
};

static thread_local Local local;

void
lib_throw(int levels)
{
	Guard g;

	if (levels > 0) {
		lib_throw(levels - 1);
		return;
	}
	LibError e("from the library");
	e.level = levels + 1;
	throw e;
}

void
lib_call(void (*f)())
{
	Guard g;

	f();
}

int
lib_guards_destroyed()
{
	return guards;
}

void
lib_touch_thread_local()
{
	local.touched = 1;
}

int
lib_thread_locals_destroyed()
{
	return locals;
}

// For dlopen(3): an exception whose type only its base makes known.
struct Private : std::logic_error {
	Private() : std::logic_error("private") { }
};

extern "C" void
lib_throw_private()
{
	throw Private();
}
