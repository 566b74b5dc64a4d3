/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel environment: variables that the loader hands over, and tunables,
 * which take their values from it.
 *
 * Until memory can be allocated the loader's text is read in place; then it
 * is copied into a list that kenv(2) may change.  Lookups take the lock
 * shared.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/kenv.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>

#define KENV_MAX	512	/* variables; doc/reference/storage/boot.md 3.4 */

static MALLOC_DEFINE(M_KENV, "kenv", "kernel environment");

/* (e) env_lock */
struct kenv_entry {
	TAILQ_ENTRY(kenv_entry) link;	/* (e) */
	size_t	name_len;		/* (I) */
	char	*text;			/* (e) "name=value" */
};

static TAILQ_HEAD(, kenv_entry) env_list = TAILQ_HEAD_INITIALIZER(env_list);
static int env_count;			/* (e) */
static const char *static_env;		/* (I) the loader's text */
static bool env_dynamic;		/* the list is in use */
static struct lock env_lock;

/* Called by the platform before anything reads a variable. */
void
kenv_init(char *env, size_t size)
{
	if (size >= 2 && env[size - 1] == '\0' && env[size - 2] == '\0')
		static_env = env;
}

/* The value of a variable in the loader's text. */
static const char *
static_lookup(const char *name)
{
	const char *p = static_env;
	size_t len = strlen(name);

	if (p == NULL)
		return (NULL);
	for (; *p != '\0'; p += strlen(p) + 1) {
		if (strncmp(p, name, len) == 0 && p[len] == '=')
			return (p + len + 1);
	}
	return (NULL);
}

static struct kenv_entry *
dynamic_lookup(const char *name)
{
	struct kenv_entry *e;
	size_t len = strlen(name);

	TAILQ_FOREACH(e, &env_list, link) {
		if (e->name_len == len && strncmp(e->text, name, len) == 0)
			return (e);
	}
	return (NULL);
}

/* Copies a value into buf; its length, or -1 if the variable is not set. */
static int
copy_value(const char *name, char *buf, size_t size)
{
	struct kenv_entry *e;
	const char *value;
	int len = -1;

	if (!env_dynamic) {
		value = static_lookup(name);
		return (value != NULL ? (int)strlcpy(buf, value, size) : -1);
	}
	lockmgr(&env_lock, LK_SHARED);
	e = dynamic_lookup(name);
	if (e != NULL)
		len = strlcpy(buf, e->text + e->name_len + 1, size);
	lockmgr(&env_lock, LK_RELEASE);
	return (len);
}

static int
set_variable(const char *name, const char *value)
{
	size_t name_len = strlen(name), size = name_len + strlen(value) + 2;
	struct kenv_entry *e;
	char *text;
	int error = 0;

	text = kmalloc(size, M_KENV, M_WAITOK);
	ksnprintf(text, size, "%s=%s", name, value);
	lockmgr(&env_lock, LK_EXCLUSIVE);
	e = dynamic_lookup(name);
	if (e != NULL) {
		kfree(e->text, M_KENV);
		e->text = text;
	} else if (env_count >= KENV_MAX) {
		kfree(text, M_KENV);
		error = ENOMEM;
	} else {
		e = kmalloc(sizeof(*e), M_KENV, M_WAITOK | M_ZERO);
		e->name_len = name_len;
		e->text = text;
		TAILQ_INSERT_TAIL(&env_list, e, link);
		env_count++;
	}
	lockmgr(&env_lock, LK_RELEASE);
	return (error);
}

static void
kenv_make_list(void *arg)
{
	char name[KENV_MNAMELEN + 1];
	const char *p = static_env, *equals;
	size_t len;

	lockinit(&env_lock, "kenv", 0, LK_CANRECURSE);
	for (; p != NULL && *p != '\0'; p += strlen(p) + 1) {
		equals = strchr(p, '=');
		if (equals == NULL)
			continue;
		len = equals - p;
		if (len == 0 || len >= sizeof(name)) {
			kprintf("kenv: variable with a name of %zu characters "
			    "ignored\n", len);
			continue;
		}
		memcpy(name, p, len);
		name[len] = '\0';
		if (dynamic_lookup(name) == NULL &&
		    set_variable(name, equals + 1) != 0)
			kprintf("kenv: no room for %s\n", name);
	}
	cpu_sfence();
	env_dynamic = true;
}
SYSINIT(kenv, SI_BOOT1_POST, SI_ORDER_FIRST, kenv_make_list, NULL);

int
ktestenv(const char *name)
{
	char c;

	return (copy_value(name, &c, 1) >= 0);
}

char *
kgetenv(const char *name)
{
	char *value;
	int len;

	KASSERT(env_dynamic, ("kgetenv(%s) before memory works", name));
	value = kmalloc(PAGE_SIZE, M_KENV, M_WAITOK);
	len = copy_value(name, value, PAGE_SIZE);
	if (len < 0) {
		kfree(value, M_KENV);
		return (NULL);
	}
	return (value);
}

void
kfreeenv(char *env)
{
	if (env != NULL)
		kfree(env, M_KENV);
}

int
ksetenv(const char *name, const char *value)
{
	if (strlen(name) > KENV_MNAMELEN || strlen(value) > KENV_MVALLEN)
		return (ENAMETOOLONG);
	return (set_variable(name, value));
}

int
kunsetenv(const char *name)
{
	struct kenv_entry *e;

	lockmgr(&env_lock, LK_EXCLUSIVE);
	e = dynamic_lookup(name);
	if (e != NULL) {
		TAILQ_REMOVE(&env_list, e, link);
		env_count--;
	}
	lockmgr(&env_lock, LK_RELEASE);
	if (e == NULL)
		return (ENOENT);
	kfree(e->text, M_KENV);
	kfree(e, M_KENV);
	return (0);
}

int
kgetenv_string(const char *name, char *data, int size)
{
	char value[KENV_MVALLEN + 1];

	if (copy_value(name, value, sizeof(value)) < 0)
		return (0);
	strlcpy(data, value, size);
	return (1);
}

/* A number with an optional suffix; anything else counts as not set. */
int
kgetenv_quad(const char *name, int64_t *data)
{
	char value[KENV_MVALLEN + 1], *end;
	int64_t n, scale = 1;

	if (copy_value(name, value, sizeof(value)) < 0 || value[0] == '\0')
		return (0);
	n = strtoq(value, &end, 0);
	switch (*end) {
	case 't': case 'T':
		scale *= 1024;
		/* FALLTHROUGH */
	case 'g': case 'G':
		scale *= 1024;
		/* FALLTHROUGH */
	case 'm': case 'M':
		scale *= 1024;
		/* FALLTHROUGH */
	case 'k': case 'K':
		scale *= 1024;
		end++;
	}
	if (end == value || *end != '\0' ||
	    __builtin_mul_overflow(n, scale, &n))
		return (0);
	*data = n;
	return (1);
}

int
kgetenv_long(const char *name, long *data)
{
	int64_t n;

	if (!kgetenv_quad(name, &n))
		return (0);
	*data = n;
	return (1);
}

int
kgetenv_ulong(const char *name, unsigned long *data)
{
	return (kgetenv_long(name, (long *)data));
}

int
kgetenv_int(const char *name, int *data)
{
	int64_t n;

	if (!kgetenv_quad(name, &n) || n != (int)n)
		return (0);
	*data = n;
	return (1);
}

void
tunable_int_init(void *data)
{
	struct tunable_int *t = data;

	TUNABLE_INT_FETCH(t->path, t->var);
}

void
tunable_long_init(void *data)
{
	struct tunable_long *t = data;

	TUNABLE_LONG_FETCH(t->path, t->var);
}

void
tunable_ulong_init(void *data)
{
	struct tunable_ulong *t = data;

	TUNABLE_ULONG_FETCH(t->path, t->var);
}

void
tunable_quad_init(void *data)
{
	struct tunable_quad *t = data;

	TUNABLE_QUAD_FETCH(t->path, t->var);
}

void
tunable_str_init(void *data)
{
	struct tunable_str *t = data;

	TUNABLE_STR_FETCH(t->path, t->var, t->size);
}

/* KENV_DUMP: all variables, each with its NUL, and one NUL more. */
static int
kenv_dump(char *ubuf, int len, int *result)
{
	struct kenv_entry *e;
	size_t needed = 1, at = 0, n;
	int error = 0;

	lockmgr(&env_lock, LK_SHARED);
	TAILQ_FOREACH(e, &env_list, link)
		needed += strlen(e->text) + 1;
	if (ubuf == NULL || len < 0 || (size_t)len < needed) {
		*result = needed;
	} else {
		TAILQ_FOREACH(e, &env_list, link) {
			n = strlen(e->text) + 1;
			error = copyout(e->text, ubuf + at, n);
			if (error != 0)
				break;
			at += n;
		}
		if (error == 0)
			error = copyout("", ubuf + at, 1);
	}
	lockmgr(&env_lock, LK_RELEASE);
	return (error);
}

int
sys_kenv(struct sysmsg *sysmsg, const struct kenv_args *uap)
{
	char name[KENV_MNAMELEN + 1], value[KENV_MVALLEN + 1];
	int error, len;

	sysmsg->sysmsg_iresult = 0;
	if (uap->what == KENV_DUMP)
		return (kenv_dump(uap->value, uap->len,
		    &sysmsg->sysmsg_iresult));
	if (uap->what == KENV_SET || uap->what == KENV_UNSET) {
		error = priv_check(curthread, PRIV_KENV_SET);
		if (error != 0)
			return (error);
	}
	error = copyinstr(uap->name, name, sizeof(name), NULL);
	if (error != 0)
		return (error);
	switch (uap->what) {
	case KENV_GET:
		len = copy_value(name, value, sizeof(value));
		if (len < 0)
			return (ENOENT);
		len = imin(len, KENV_MVALLEN) + 1;
		if (len > uap->len)
			len = uap->len;
		if (len < 0)
			return (EINVAL);
		sysmsg->sysmsg_iresult = len;
		return (copyout(value, uap->value, len));
	case KENV_SET:
		error = copyinstr(uap->value, value, sizeof(value), NULL);
		if (error == 0)
			error = ksetenv(name, value);
		return (error);
	case KENV_UNSET:
		return (kunsetenv(name));
	default:
		return (EINVAL);
	}
}
