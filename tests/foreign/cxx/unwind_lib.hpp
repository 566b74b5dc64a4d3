// SPDX-License-Identifier: BSD-2-Clause
// What the shared library of the unwinding test offers.
#ifndef UNWIND_LIB_HPP
#define UNWIND_LIB_HPP

#include <stdexcept>
#include <string>

// Polymorphic, with its key function in the library.
struct LibError : std::runtime_error {
	explicit LibError(const std::string &what);
	~LibError() override;
	int level = 0;
};

// Throws a LibError from below `levels' frames of the library.
void lib_throw(int levels);
// Calls f with a guard on the stack; counts the guards destroyed.
void lib_call(void (*f)());
int lib_guards_destroyed();
// What a thread's local object leaves behind when the thread ends.
void lib_touch_thread_local();
int lib_thread_locals_destroyed();

#endif
