// SPDX-License-Identifier: BSD-2-Clause
//
// The C++ library's parts that rest on the system: streams, locales, threads
// and what synchronises them, clocks, the filesystem, wide atomics.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <iomanip>
#include <iostream>
#include <locale>
#include <map>
#include <memory_resource>
#include <mutex>
#include <numeric>
#include <random>
#include <regex>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "tap.hpp"

namespace fs = std::filesystem;
using namespace std::chrono_literals;

static void
streams()
{
	std::ostringstream o;

	o << 42 << ' ' << 1.5 << ' ' << std::hex << 255 << ' ' <<
	    std::setprecision(17) << 0.1 << ' ' << true;
	ok(o.str() == "42 1.5 ff 0.10000000000000001 1", "streams_format");
	std::istringstream i("17 2.25 word");
	int n = 0;
	double d = 0;
	std::string s;
	i >> n >> d >> s;
	ok(n == 17 && d == 2.25 && s == "word", "streams_parse");
	std::wostringstream w;
	w << L"\u00e4" << 5;
	ok(w.str() == L"\u00e45", "wide_streams_format");
}

static void
locales()
{
	std::locale c = std::locale::classic();
	bool thrown = false;

	ok(std::locale().name() == "C", "the_first_locale_is_C");
	try {
		std::locale none("no_SUCH.locale");
	} catch (const std::runtime_error &) {
		thrown = true;
	}
	ok(thrown, "an_unknown_locale_is_refused");
	std::ostringstream o;
	o.imbue(c);
	o << std::put_money(123456) << std::put_time(std::gmtime(
	    new std::time_t(0)), " %Y-%m-%d");
	ok(o.str() == "123456 1970-01-01", "money_and_time_in_C");
	ok(std::regex_match("abc123", std::regex("[a-z]+[0-9]+")) &&
	    std::use_facet<std::ctype<char>>(c).toupper('x') == 'X',
	    "regular_expressions");
}

static void
threads()
{
	std::mutex m;
	std::condition_variable cv;
	std::shared_mutex sm;
	std::once_flag once;
	std::vector<std::thread> v;
	int turns = 0, calls = 0;
	std::atomic<int> readers { 0 };

	for (int i = 0; i < 8; i++)
		v.emplace_back([&, i] {
			std::call_once(once, [&] { calls++; });
			for (int k = 0; k < 200; k++) {
				std::unique_lock<std::mutex> l(m);
				cv.wait(l, [&] { return turns % 8 == i; });
				turns++;
				cv.notify_all();
			}
			std::shared_lock<std::shared_mutex> s(sm);
			readers++;
		});
	for (auto &t : v)
		t.join();
	ok(turns == 1600 && calls == 1 && readers == 8,
	    "threads_take_turns");
	std::unique_lock<std::mutex> l(m);
	auto before = std::chrono::steady_clock::now();
	bool late = cv.wait_for(l, 50ms) == std::cv_status::timeout;
	auto took = std::chrono::steady_clock::now() - before;
	ok(late && took >= 50ms && took < 5s, "waiting_times_out");
	std::timed_mutex tm;
	tm.lock();
	bool got = std::async(std::launch::async, [&] {
		return tm.try_lock_for(20ms); }).get();
	ok(!got, "a_timed_mutex_times_out");
	auto f = std::async(std::launch::async, []() -> int {
		throw std::system_error(ENOENT, std::generic_category()); });
	int code = 0;
	try {
		f.get();
	} catch (const std::system_error &e) {
		code = e.code().value();
	}
	ok(code == ENOENT, "a_future_carries_the_exception");
	ok(std::thread::hardware_concurrency() == 4,
	    "the_number_of_cpus_is_known");
}

static void
wide_atomics()
{
	struct Pair {
		long a, b;
	};
	std::atomic<Pair> p { Pair { 0, 0 } };
	std::vector<std::thread> v;
	bool torn = false;

	for (int i = 0; i < 4; i++)
		v.emplace_back([&] {
			for (int k = 0; k < 2000; k++) {
				Pair o = p.load(), n;
				do {
					torn |= o.a != -o.b;
					n = Pair { o.a + 1, o.b - 1 };
				} while (!p.compare_exchange_weak(o, n));
			}
		});
	for (auto &t : v)
		t.join();
	ok(p.load().a == 8000 && !torn, "sixteen_bytes_are_atomic");
}

static void
files()
{
	fs::path d = fs::temp_directory_path() / "cxx.d";
	std::error_code ec;
	std::vector<std::string> names;

	fs::remove_all(d, ec);
	fs::create_directories(d / "a" / "b");
	std::ofstream(d / "a" / "f") << "some text";
	fs::create_symlink("a", d / "link");
	fs::copy(d / "a", d / "copy", fs::copy_options::recursive);
	for (auto &e : fs::recursive_directory_iterator(d))
		names.push_back(e.path().lexically_relative(
		    d).string());
	std::sort(names.begin(), names.end());
	ok(names == std::vector<std::string>({ "a", "a/b", "a/f", "copy",
	    "copy/b", "copy/f", "link" }), "a_tree_is_walked");
	ok(fs::file_size(d / "copy" / "f") == 9 &&
	    fs::read_symlink(d / "link") == "a" &&
	    fs::canonical(d / "link" / "b") == fs::canonical(d) / "a" / "b" &&
	    fs::equivalent(d / "a", d / "link"), "files_are_what_they_are");
	auto when = fs::file_time_type::clock::now() - 1h;
	fs::last_write_time(d / "a" / "f", when);
	ok(fs::last_write_time(d / "a" / "f") == when, "times_are_exact");
	fs::permissions(d / "a" / "f", fs::perms::owner_read);
	ok(fs::status(d / "a" / "f").permissions() == fs::perms::owner_read,
	    "permissions_change");
	ok(fs::space(d).capacity > 0, "the_space_is_known");
	ok(!fs::exists(d / "none", ec) && !ec &&
	    fs::file_size(d / "none", ec) == std::uintmax_t(-1) &&
	    ec == std::errc::no_such_file_or_directory, "errors_have_codes");
	ok(fs::remove_all(d) == 8, "a_tree_is_removed");
}

static void
clocks_and_chance()
{
	auto s = std::chrono::system_clock::now();
	auto m = std::chrono::steady_clock::now();

	std::this_thread::sleep_for(10ms);
	ok(std::chrono::system_clock::now() - s >= 10ms &&
	    std::chrono::steady_clock::now() - m >= 10ms, "clocks_run");
	std::random_device r;
	unsigned a = r(), b = r(), c = r();
	ok(a != b || b != c, "the_random_device_differs");
	std::pmr::monotonic_buffer_resource pool;
	std::pmr::vector<int> v(1000, &pool);
	std::iota(v.begin(), v.end(), 0);
	ok(std::accumulate(v.begin(), v.end(), 0) == 499500, "containers");
	bool thrown = false;
	try {
		std::vector<char> big(std::size_t(1) << 62);
	} catch (const std::bad_alloc &) {
		thrown = true;
	}
	ok(thrown, "too_much_memory_is_an_exception");
}

int
main()
{
	streams();
	locales();
	threads();
	wide_atomics();
	files();
	clocks_and_chance();
	return tap_done();
}
