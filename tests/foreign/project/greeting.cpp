// SPDX-License-Identifier: BSD-2-Clause
// The shared library of the three small projects, in C++.
#include <string>

extern "C" int
greeting()
{
	try {
		return std::stoi("no number");
	} catch (const std::exception &) {
		return 42;
	}
}
