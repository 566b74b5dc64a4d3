/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader's own interfaces.
 *
 * One core, compiled once, serves both firmwares.  It reaches them only
 * through the fw_* functions at the end of this header, which bios/ and efi/
 * each implement.  Everything runs on one CPU without interrupts; nothing
 * here is reentrant.  Functions returning int return 0 or a positive BE_*.
 */
#ifndef _BOOT_H_
#define _BOOT_H_

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define nitems(a)	(sizeof(a) / sizeof((a)[0]))
#define roundup2(x, y)	(((x) + ((y) - 1)) & ~((__typeof__(x))(y) - 1))
#define rounddown2(x, y) ((x) & ~((__typeof__(x))(y) - 1))

#define PAGE_SIZE	4096UL
#define PATH_MAX	1024
#define LOADER_VERSION	"1.0"

/* Errors; err_string() words them. */
enum boot_error {
	BE_OK,
	BE_NOENT,		/* no such file or directory */
	BE_NOTDIR,
	BE_ISDIR,
	BE_IO,			/* the firmware could not read the medium */
	BE_NODEV,		/* no such device */
	BE_NOFS,		/* no file system we know */
	BE_CORRUPT,		/* file system structures make no sense */
	BE_NOMEM,
	BE_LOOP,		/* too many symbolic links */
	BE_NAMETOOLONG,
	BE_NOTELF,
	BE_FOREIGN,		/* ELF, but not a kernel of ours */
	BE_TRUNCATED,
	BE_INVAL,
	BE_DAMAGED,		/* compressed data make no sense */
	BE_SILENT,		/* failed, and already said why */
};
const char	*err_string(int error);

/* string.c, printf.c */
size_t	strlen(const char *);
int	strcmp(const char *, const char *);
int	strncmp(const char *, const char *, size_t);
int	strcasecmp(const char *, const char *);
char	*strchr(const char *, int);
char	*strrchr(const char *, int);
size_t	strlcpy(char *, const char *, size_t);
size_t	strlcat(char *, const char *, size_t);
void	*memcpy(void *, const void *, size_t);
void	*memmove(void *, const void *, size_t);
void	*memset(void *, int, size_t);
int	memcmp(const void *, const void *, size_t);
/* Decimal, 0x hexadecimal or 0 octal; *end is the first byte not used. */
uint64_t strtou64(const char *s, const char **end);
/* %c %s %d %u %x %p with l, width, 0 and -; the result is terminated. */
int	vsnprintf(char *, size_t, const char *, va_list);
int	snprintf(char *, size_t, const char *, ...)
	    __attribute__((__format__(__printf__, 3, 4)));
int	printf(const char *, ...)
	    __attribute__((__format__(__printf__, 1, 2)));

/* alloc.c: the loader's heap.  xmalloc stops the machine when out of memory. */
void	*malloc(size_t);
void	*xmalloc(size_t);
char	*xstrdup(const char *);
void	free(void *);
void	*realloc(void *, size_t);
void	heap_report(void);

/* alloc.c: memory of whole pages below 4 GB. */
struct extent {
	struct extent	*next;
	uint64_t	base;
	uint64_t	size;
	uint32_t	type;		/* BOOT_MEM_* it is reported as */
};
extern struct extent *extents;		/* by address */
/*
 * Returns the physical address of size bytes, aligned, or 0.  type is
 * BOOT_MEM_LOADER, BOOT_MEM_KERNEL, or BOOT_MEM_RAM for memory the kernel may
 * overwrite as soon as it runs.
 */
uint64_t phys_alloc(uint64_t size, uint64_t align, uint32_t type);
void	phys_free(uint64_t base);

/* console.c */
void	cons_init(void);
void	cons_putc(int c);
void	cons_puts(const char *);
int	cons_getc(void);		/* waits */
int	cons_poll(void);		/* -1: nothing typed */
bool	cons_wait(unsigned ms);		/* true: something was typed */
void	cons_clear(void);
/* A page of output has scrolled by: ask.  False: the user wants no more. */
bool	cons_pager_line(int *line);

#define CONS_SERIAL	1
#define CONS_SCREEN	2
extern int cons_active;

/* env.c: name=value lists. */
struct var {
	struct var	*next;
	char		*name;
	char		*value;
};
struct env {
	struct var	*first;
};
extern struct env kenv;			/* handed to the kernel */
extern struct env locals;		/* of the command language */
const char *env_get(const struct env *, const char *name);
void	env_set(struct env *, const char *name, const char *value);
int	env_unset(struct env *, const char *name);
/* getenv looks in both, kernel environment first. */
const char *getenv(const char *name);
bool	env_is_yes(const char *value);
void	env_assign(const char *name, const char *value);

/* device.c */
struct device {
	struct device	*next;
	char		name[16];	/* "cd0", "disk1" */
	const char	*what;		/* one word for lsdev */
	unsigned	secsize;	/* bytes */
	uint64_t	nsectors;	/* 0: unknown */
	uint64_t	base;		/* first sector, of a part of a disk */
	unsigned	unit;		/* the firmware's number */
	void		*handle;	/* the firmware's handle */
	bool		is_boot;	/* the loader came from here */
	struct isofs	*fs;		/* mounted on demand */
	bool		fs_probed;
};
extern struct device *devices;
struct device *device_add(const char *prefix, const char *what);
struct device *device_find(const char *name, size_t len);
/* Any byte range; splits and aligns as the firmware wants it. */
int	device_read(struct device *, uint64_t offset, void *buf, size_t len);

/* partition.c: slices and partitions of the disks join the list. */
void	partitions_probe(void);

/* fs.c: paths are [device:]name, relative to the current directory. */
struct file {
	struct device	*dev;
	uint64_t	offset;		/* of the first byte on the device */
	uint64_t	size;
	uint32_t	mode;		/* POSIX file type and permissions */
	uint64_t	extent;		/* the directory's identity */
	uint64_t	memory;		/* where it is, if expanded */
};
#define F_TYPE		0170000
#define F_DIR		0040000
#define F_REG		0100000
#define F_LINK		0120000
#define is_dir(f)	(((f)->mode & F_TYPE) == F_DIR)

typedef bool readdir_fn(void *arg, const char *name, const struct file *);
int	file_open(const char *path, struct file *);
int	file_read(const struct file *, uint64_t offset, void *buf, size_t len);
/*
 * gzip.c: if the file is compressed, puts what it contains into memory, where
 * file_read() finds it until file_close().
 */
int	file_expand(struct file *);
void	file_close(struct file *);
int	inflate(const uint8_t *in, size_t inlen, uint8_t *out, size_t outlen);
int	gzip_expand(const uint8_t *in, size_t len, uint8_t *out,
	    size_t outlen);
/* The whole file, NUL-terminated, in heap memory; limit bytes at most. */
int	file_slurp(const char *path, char **text, size_t limit);
int	file_readdir(const struct file *dir, readdir_fn *, void *arg);
bool	file_exists(const char *path);
/* Turns path into device:/absolute form. */
int	path_absolute(const char *path, char *buf, size_t len);
int	path_chdir(const char *path);
const char *path_cwd(void);

/* iso9660.c */
int	iso_mount(struct device *);
int	iso_lookup(struct device *, const char *path, struct file *);
int	iso_readdir(const struct file *, readdir_fn *, void *arg);
const char *iso_label(const struct device *);

/* interp.c, commands.c, menu.c */
struct command {
	const char	*name;
	int		(*run)(int argc, char **argv);
	const char	*usage;		/* arguments */
	const char	*help;		/* one line */
};
extern const struct command commands[];
extern const size_t ncommands;
int	interp_line(const char *line);
int	interp_file(const char *path, bool optional);
void	interp_prompt(void);
extern const char *command_error;	/* text for the caller to print */
int	cmd_fail(const char *fmt, ...)
	    __attribute__((__format__(__printf__, 1, 2)));
int	cmd_menu(int, char **);
int	cmd_menuadd(int, char **);
int	cmd_menuclear(int, char **);
int	cmd_menuitem(int, char **);
int	cmd_autoboot(int, char **);
/* Counts down on the console; false when a key stopped it. */
bool	countdown(long seconds, const char *prompt, int *key);

/* load.c: the kernel and the files beside it. */
struct preload {
	struct preload	*next;
	char		*name;
	char		*type;
	char		*args;
	uint64_t	addr;
	uint64_t	size;
};
struct kernel {
	bool		loaded;
	char		*name;
	char		*args;
	uint64_t	phys;
	uint64_t	size;		/* mapped, .bss included */
	uint64_t	virt;
	uint64_t	entry;		/* as linked */
	uint64_t	rela, rela_size; /* offset in the image, bytes */
	uint64_t	symtab, symtab_size;
	uint64_t	strtab, strtab_size;
};
extern struct kernel kernel;
extern struct preload *preloads;
int	kernel_load(const char *path, const char *args);
int	module_load(const char *path, const char *type, const char *args);
int	load_all(void);
void	unload_all(void);
/* elf.c: fills in the kernel's addresses; complains itself (BE_SILENT). */
int	elf_load_kernel(const struct file *, const char *path);
/* Chooses the virtual address and relocates; may be repeated. */
int	elf_relocate_kernel(void);

/* boot.c: start-up and hand-over. */
void	loader_main(void);
uint64_t boot_tsc(void);		/* when the loader started */
int	kernel_boot(const char *flags);
uint32_t boot_howto(const char *flags);
void	fwcfg_init(void);
void	fwcfg_kenv(void);
bool	fwcfg_overrides(const char *name);
void	entropy_fill(uint8_t *buf, size_t len);
uint64_t random64(void);

/* trampoline.S: copied to a page of its own, then jumped to. */
extern char trampoline[], trampoline_end[];

/* --- what each firmware provides --- */
struct boot_info;
struct memory_list {
	struct boot_memory *map;	/* heap; not sorted, may overlap */
	size_t		count;
};

extern const char fw_name[];
void	fw_screen_init(void);
void	fw_screen_putc(int c);		/* interprets \n \r \b */
void	fw_screen_clear(void);
int	fw_key_poll(void);		/* a character or -1 */
void	fw_pause(bool idle);		/* a short while; idle: may halt */
uint64_t fw_milliseconds(void);		/* monotonic */
void	fw_probe_devices(void);
/* Whole sectors, any count and buffer. */
int	fw_read(struct device *, uint64_t sector, size_t count, void *buf);
/* An unused range below 4 GB; the caller records it. */
uint64_t fw_phys_alloc(uint64_t size, uint64_t align);
void	fw_phys_free(uint64_t base, uint64_t size);
void	fw_fill_info(struct boot_info *);	/* rsdp, framebuffer... */
size_t	fw_entropy(uint8_t *buf, size_t len);	/* bytes written */
/* At least as many entries as fw_exit() will report. */
size_t	fw_memory_hint(void);
/*
 * Fetches the final memory map into list and leaves the firmware's services.
 * Nothing may be printed or read afterwards, except when it fails.
 */
int	fw_exit(struct memory_list *list);
void	fw_reset(void) __attribute__((__noreturn__));
void	fw_quit(void);			/* back to the firmware, if it can */

static inline uint8_t
inb(uint16_t port)
{
	uint8_t v;

	__asm volatile("inb %1, %0" : "=a" (v) : "Nd" (port));
	return (v);
}

static inline void
outb(uint16_t port, uint8_t v)
{
	__asm volatile("outb %0, %1" : : "a" (v), "Nd" (port));
}

static inline void
outw(uint16_t port, uint16_t v)
{
	__asm volatile("outw %0, %1" : : "a" (v), "Nd" (port));
}

static inline uint64_t
rdtsc(void)
{
	uint32_t lo, hi;

	__asm volatile("rdtsc" : "=a" (lo), "=d" (hi));
	return ((uint64_t)hi << 32 | lo);
}

#endif /* !_BOOT_H_ */
