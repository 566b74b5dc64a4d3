/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables and trees of <search.h>.
 *
 * The hash table chains its entries.  The binary tree keeps itself in order
 * with random priorities (a treap): the key of a node must be its first
 * member, for that is what users of tsearch() look at.
 */
#include <errno.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct hash_node {
	struct hash_node *next;
	ENTRY	entry;
};

static struct hash_node **buckets;
static size_t nbuckets;

int
hcreate(size_t n)
{
	size_t size = 16;

	if (buckets != NULL) {
		errno = EINVAL;
		return (0);
	}
	while (size < n)
		size *= 2;
	buckets = calloc(size, sizeof(*buckets));
	if (buckets == NULL)
		return (0);
	nbuckets = size;
	return (1);
}

void
hdestroy(void)
{
	struct hash_node *node;
	size_t i;

	for (i = 0; i < nbuckets; i++) {
		while ((node = buckets[i]) != NULL) {
			buckets[i] = node->next;
			free(node);
		}
	}
	free(buckets);
	buckets = NULL;
	nbuckets = 0;
}

ENTRY *
hsearch(ENTRY item, ACTION action)
{
	struct hash_node *node, **bucket;
	const unsigned char *p;
	uint64_t hash = 0xcbf29ce484222325;	/* FNV-1a */

	if (buckets == NULL) {
		errno = EINVAL;
		return (NULL);
	}
	for (p = (const unsigned char *)item.key; *p != '\0'; p++)
		hash = (hash ^ *p) * 0x100000001b3;
	bucket = &buckets[hash & (nbuckets - 1)];
	for (node = *bucket; node != NULL; node = node->next) {
		if (strcmp(node->entry.key, item.key) == 0)
			return (&node->entry);
	}
	if (action == FIND) {
		errno = ESRCH;
		return (NULL);
	}
	node = malloc(sizeof(*node));
	if (node == NULL)
		return (NULL);
	node->entry = item;
	node->next = *bucket;
	*bucket = node;
	return (&node->entry);
}

struct tree_node {
	const void *key;		/* must be first */
	struct tree_node *left, *right;
	uint32_t priority;		/* no smaller than the children's */
};

/* Split the tree t into keys below key and the others. */
static void
tree_split(struct tree_node *t, const void *key,
    int (*cmp)(const void *, const void *), struct tree_node **left,
    struct tree_node **right)
{
	while (t != NULL) {
		if (cmp(key, t->key) > 0) {
			*left = t;
			left = &t->right;
			t = t->right;
		} else {
			*right = t;
			right = &t->left;
			t = t->left;
		}
	}
	*left = *right = NULL;
}

void *
tsearch(const void *key, void **rootp,
    int (*cmp)(const void *, const void *))
{
	struct tree_node **link = (struct tree_node **)rootp, *t, *new;
	uint32_t priority = arc4random();
	int c;

	if (rootp == NULL)
		return (NULL);
	t = tfind(key, rootp, cmp);
	if (t != NULL)
		return (t);
	new = malloc(sizeof(*new));
	if (new == NULL)
		return (NULL);
	while ((t = *link) != NULL && t->priority >= priority) {
		c = cmp(key, t->key);
		link = c < 0 ? &t->left : &t->right;
	}
	new->key = key;
	new->priority = priority;
	tree_split(*link, key, cmp, &new->left, &new->right);
	*link = new;
	return (new);
}

void *
tfind(const void *key, void *const *rootp,
    int (*cmp)(const void *, const void *))
{
	struct tree_node *t;
	int c;

	if (rootp == NULL)
		return (NULL);
	for (t = *rootp; t != NULL; t = c < 0 ? t->left : t->right) {
		c = cmp(key, t->key);
		if (c == 0)
			return (t);
	}
	return (NULL);
}

/* The parent of what was deleted; of the root, something not NULL. */
void *
tdelete(const void *restrict key, void **restrict rootp,
    int (*cmp)(const void *, const void *))
{
	struct tree_node **link = (struct tree_node **)rootp;
	struct tree_node *t, *l, *r, *parent;
	int c;

	if (rootp == NULL || *rootp == NULL)
		return (NULL);
	parent = *rootp;
	while ((t = *link) != NULL && (c = cmp(key, t->key)) != 0) {
		parent = t;
		link = c < 0 ? &t->left : &t->right;
	}
	if (t == NULL)
		return (NULL);
	l = t->left;
	r = t->right;
	free(t);
	/* Merge the two subtrees by priority. */
	while (l != NULL && r != NULL) {
		if (l->priority >= r->priority) {
			*link = l;
			link = &l->right;
			l = l->right;
		} else {
			*link = r;
			link = &r->left;
			r = r->left;
		}
	}
	*link = l != NULL ? l : r;
	return (parent == t ? (void *)rootp : parent);
}

static void
tree_walk(const struct tree_node *t, void (*fn)(const void *, VISIT, int),
    int level)
{
	if (t->left == NULL && t->right == NULL) {
		fn(t, leaf, level);
		return;
	}
	fn(t, preorder, level);
	if (t->left != NULL)
		tree_walk(t->left, fn, level + 1);
	fn(t, postorder, level);
	if (t->right != NULL)
		tree_walk(t->right, fn, level + 1);
	fn(t, endorder, level);
}

void
twalk(const void *root, void (*fn)(const void *, VISIT, int))
{
	if (root != NULL && fn != NULL)
		tree_walk(root, fn, 0);
}

void *
lfind(const void *key, const void *base, size_t *np, size_t size,
    int (*cmp)(const void *, const void *))
{
	const char *p = base;
	size_t i;

	for (i = 0; i < *np; i++, p += size) {
		if (cmp(key, p) == 0)
			return (__DECONST(void *, p));
	}
	return (NULL);
}

void *
lsearch(const void *key, void *base, size_t *np, size_t size,
    int (*cmp)(const void *, const void *))
{
	void *p = lfind(key, base, np, size, cmp);

	if (p == NULL) {
		p = (char *)base + *np * size;
		memcpy(p, key, size);
		(*np)++;
	}
	return (p);
}

/* Elements of a list begin with these. */
struct queue_links {
	struct queue_links *next;
	struct queue_links *prev;
};

void
insque(void *element, void *pred)
{
	struct queue_links *e = element, *p = pred;

	e->prev = p;
	e->next = NULL;
	if (p == NULL)
		return;
	e->next = p->next;
	p->next = e;
	if (e->next != NULL)
		e->next->prev = e;
}

void
remque(void *element)
{
	struct queue_links *e = element;

	if (e->prev != NULL)
		e->prev->next = e->next;
	if (e->next != NULL)
		e->next->prev = e->prev;
}
