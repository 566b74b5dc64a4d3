// SPDX-License-Identifier: BSD-2-Clause

// What a Go program asks of the system, a little of everything: threads and
// their preemption, the garbage collector's memory, timers, signals,
// processes, pipes under the poller, files and directories.  Prints TAP.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var count, failed int

func ok(good bool, name string) {
	not := ""
	count++
	if !good {
		not = "not "
		failed = 1
	}
	fmt.Printf("%sok %d - %s\n", not, count, name)
}

func goroutines() {
	ok(runtime.NumCPU() == 4, "all_cpus_are_seen")
	var wg sync.WaitGroup
	var mu sync.Mutex
	var sum int64
	c := make(chan int, 16)
	total := 0
	for i := 0; i < 100; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				atomic.AddInt64(&sum, 1)
				c <- 1
			}
		}(i)
	}
	go func() { wg.Wait(); close(c) }()
	for n := range c {
		mu.Lock()
		total += n
		mu.Unlock()
	}
	ok(sum == 10000 && total == 10000, "goroutines_meet_in_a_channel")
}

// Loops without calls are interrupted by signals only.
func preemption() {
	var stop int32
	var wg sync.WaitGroup
	for i := 0; i < 2*runtime.NumCPU(); i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := 0; atomic.LoadInt32(&stop) == 0; n++ {
			}
		}()
	}
	for i := 0; i < 20; i++ {
		runtime.GC()
	}
	atomic.StoreInt32(&stop, 1)
	wg.Wait()
	ok(true, "busy_loops_are_preempted")
}

func threads() {
	var wg sync.WaitGroup
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			runtime.LockOSThread() // never unlocked: the thread ends
			time.Sleep(time.Millisecond)
		}(i)
	}
	wg.Wait()
	ok(true, "threads_start_and_end")
}

func memory() {
	var m runtime.MemStats
	keep := make([][]byte, 64)
	for i := 0; i < 4000; i++ {
		b := make([]byte, 64<<10)
		b[i%len(b)] = byte(i)
		keep[i%len(keep)] = b
	}
	debug.FreeOSMemory()
	runtime.ReadMemStats(&m)
	ok(m.NumGC > 0 && m.HeapReleased > 0, "memory_is_collected_and_returned")
	ok(keep[3999%64][3999%(64<<10)] == byte(3999&0xff), "and_kept_intact")
	defer func() {
		e, isErr := recover().(runtime.Error)
		ok(isErr && strings.Contains(e.Error(), "nil pointer"),
			"a_fault_is_a_panic")
	}()
	var p *int
	*p = 1
}

func timers() {
	start := time.Now()
	<-time.After(20 * time.Millisecond)
	took := time.Since(start)
	ok(took >= 20*time.Millisecond && took < 5*time.Second, "a_timer_fires")
	t := time.NewTicker(5 * time.Millisecond)
	for i := 0; i < 5; i++ {
		<-t.C
	}
	t.Stop()
	took = time.Since(start)
	ok(took >= 45*time.Millisecond, "a_ticker_ticks")
}

func signals() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGWINCH)
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	ok(<-c == syscall.SIGUSR1, "a_signal_is_received")
	signal.Stop(c)
	signal.Ignore(syscall.SIGUSR2)
	ok(syscall.Kill(os.Getpid(), syscall.SIGUSR2) == nil,
		"an_ignored_signal_is_ignored")
}

func processes() {
	out, err := exec.Command("/bin/echo", "one", "two").Output()
	ok(err == nil && string(out) == "one two\n", "a_command_answers")
	cmd := exec.Command("/bin/cat")
	cmd.Stdin = strings.NewReader(strings.Repeat("x", 1<<20))
	out, err = cmd.Output()
	ok(err == nil && len(out) == 1<<20, "a_filter_filters")
	err = exec.Command("/bin/sh", "-c", "exit 7").Run()
	var ee *exec.ExitError
	ok(errors.As(err, &ee) && ee.ExitCode() == 7, "its_status_is_known")
	cmd = exec.Command("/bin/sleep", "100")
	cmd.Start()
	cmd.Process.Kill()
	err = cmd.Wait()
	ok(errors.As(err, &ee) &&
		ee.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL,
		"a_process_is_killed")
	_, err = exec.Command("/nowhere").Output()
	ok(errors.Is(err, os.ErrNotExist), "a_missing_program_is_an_error")
	var wg sync.WaitGroup
	var good int32
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			o, e := exec.Command("/bin/echo", fmt.Sprint(i)).Output()
			if e == nil && string(o) == fmt.Sprint(i)+"\n" {
				atomic.AddInt32(&good, 1)
			}
		}(i)
	}
	wg.Wait()
	ok(good == 8, "commands_run_in_parallel")
	self, err := os.Executable()
	ok(err == nil && filepath.Base(self) == "quick", "the_program_knows_its_path")
}

func pipes() {
	r, w, err := os.Pipe()
	ok(err == nil, "a_pipe")
	r.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	_, err = r.Read(make([]byte, 1))
	ok(errors.Is(err, os.ErrDeadlineExceeded), "a_read_has_a_deadline")
	r.SetReadDeadline(time.Time{})
	go func() { w.Write(bytes.Repeat([]byte("y"), 300000)); w.Close() }()
	b, err := io.ReadAll(r)
	ok(err == nil && len(b) == 300000, "a_pipe_under_the_poller")
	r2, _, _ := os.Pipe()
	done := make(chan error)
	go func() { _, e := r2.Read(make([]byte, 1)); done <- e }()
	time.Sleep(5 * time.Millisecond)
	r2.Close()
	ok(errors.Is(<-done, os.ErrClosed), "closing_wakes_the_reader")
}

func files() {
	d, err := os.MkdirTemp("", "quick")
	ok(err == nil, "a_directory")
	for i := 0; i < 300; i++ {
		os.WriteFile(filepath.Join(d, fmt.Sprintf("file%03d", i)),
			[]byte("text"), 0644)
	}
	e, err := os.ReadDir(d)
	names := make([]string, 0)
	for _, x := range e {
		names = append(names, x.Name())
	}
	ok(err == nil && len(names) == 300 && sort.StringsAreSorted(names) &&
		names[299] == "file299", "a_directory_is_read")
	f, err := os.OpenFile(filepath.Join(d, "file000"), os.O_RDWR, 0)
	f.WriteAt([]byte("abc"), 100)
	b := make([]byte, 3)
	n, _ := f.ReadAt(b, 100)
	st, _ := f.Stat()
	ok(n == 3 && string(b) == "abc" && st.Size() == 103, "offsets")
	f.Truncate(10)
	st, _ = f.Stat()
	ok(st.Size() == 10, "truncation")
	f.Close()
	os.Symlink("file001", filepath.Join(d, "link"))
	l, _ := os.Readlink(filepath.Join(d, "link"))
	when := time.Unix(1234567890, 123456789)
	os.Chtimes(filepath.Join(d, "file001"), when, when)
	st, _ = os.Stat(filepath.Join(d, "link"))
	ok(l == "file001" && st.ModTime().Equal(when), "links_and_times")
	ok(os.RemoveAll(d) == nil, "all_is_removed")
}

func main() {
	goroutines()
	preemption()
	threads()
	memory()
	timers()
	signals()
	processes()
	pipes()
	files()
	fmt.Printf("1..%d\n", count)
	os.Exit(failed)
}
