/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread-specific data.
 *
 * A key has a generation that changes when it is made, so that values of a
 * deleted key do not come back under a new one with the same number.
 */
#include "pthread_private.h"

static struct {
	bool		used;
	unsigned int	generation;
	void		(*destructor)(void *);
} keys[PTHREAD_KEYS_MAX];
static libc_lock_t key_lock;

int
pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	int i, error = EAGAIN;

	libc_lock(&key_lock);
	for (i = 0; i < PTHREAD_KEYS_MAX; i++) {
		if (keys[i].used)
			continue;
		keys[i].used = true;
		keys[i].generation++;
		keys[i].destructor = destructor;
		*key = i;
		error = 0;
		break;
	}
	libc_unlock(&key_lock);
	return (error);
}

int
pthread_key_delete(pthread_key_t key)
{
	int error = EINVAL;

	libc_lock(&key_lock);
	if (key >= 0 && key < PTHREAD_KEYS_MAX && keys[key].used) {
		keys[key].used = false;
		error = 0;
	}
	libc_unlock(&key_lock);
	return (error);
}

int
pthread_setspecific(pthread_key_t key, const void *value)
{
	struct pthread *cur = curthread_get();
	struct specific *s;

	if (key < 0 || key >= PTHREAD_KEYS_MAX || !keys[key].used)
		return (EINVAL);
	if (cur->t_specific == NULL) {
		cur->t_specific = calloc(PTHREAD_KEYS_MAX, sizeof(*s));
		if (cur->t_specific == NULL)
			return (ENOMEM);
	}
	s = &cur->t_specific[key];
	if (s->value == NULL && value != NULL)
		cur->t_nspecific++;
	else if (s->value != NULL && value == NULL)
		cur->t_nspecific--;
	s->value = value;
	s->generation = keys[key].generation;
	return (0);
}

void *
pthread_getspecific(pthread_key_t key)
{
	struct pthread *cur = curthread_get();

	if (cur->t_specific == NULL || key < 0 || key >= PTHREAD_KEYS_MAX ||
	    !keys[key].used ||
	    cur->t_specific[key].generation != keys[key].generation)
		return (NULL);
	return (__DECONST(void *, cur->t_specific[key].value));
}

void
specific_destroy(struct pthread *t)
{
	void (*destructor)(void *);
	const void *value;
	int round, key;

	for (round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS &&
	    t->t_nspecific > 0; round++) {
		for (key = 0; key < PTHREAD_KEYS_MAX && t->t_nspecific > 0;
		    key++) {
			value = t->t_specific[key].value;
			if (value == NULL)
				continue;
			t->t_specific[key].value = NULL;
			t->t_nspecific--;
			libc_lock(&key_lock);
			destructor = keys[key].used &&
			    keys[key].generation ==
			    t->t_specific[key].generation ?
			    keys[key].destructor : NULL;
			libc_unlock(&key_lock);
			if (destructor != NULL)
				destructor(__DECONST(void *, value));
		}
	}
}
