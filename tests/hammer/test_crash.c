/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Power cuts: test_crash IMAGE OPERATIONS EVERY SEED...
 *
 * A workload of operations runs on a volume in memory.  At one in EVERY of
 * the device's writes the test forks: in the child, the writes that were not yet
 * flushed reach the medium in part, in any order and with torn sectors.  The
 * child mounts what is left.  The names must be those after some operation
 * no earlier than the last sync; what was synced and has not been touched
 * since must read back; and the whole volume must be consistent.
 */
#include <sys/wait.h>
#include <unistd.h>
#include "hammer_maint.h"
#include "util.h"

#define NOBJ	4096
#define NSTATE	100000

struct pending {
	off_t	p_off;
	int	p_len;
	char	*p_data;
};

/* What a file held at the last sync. */
struct model {
	int64_t	m_id;
	int	m_synced;		/* unchanged since */
	uint64_t m_size;
	uint32_t m_crc;
};

static struct image media;		/* what is on the medium for sure */
static struct image view;		/* what reads return */
static struct pending *pend;
static int npend, maxpend;
static long nwrites, nflushes, crashes, crash_every;
static struct model model[NOBJ];
static int nmodel;
static uint64_t state[NSTATE];		/* names after each operation */
static int nstate, sync_state;
static uint64_t rnd;

static uint32_t
rand32(void)
{
	rnd = rnd * 6364136223846793005ULL + 1442695040888963407ULL;
	return (rnd >> 33);
}

static int
v_read(struct hammer_userdev *ud, off_t off, void *buf, int len)
{
	if (off < 0 || off + len > view.im_size)
		return (EIO);
	memcpy(buf, view.im_data + off, len);
	return (0);
}

/* The names of a tree, as a number. */
static void
hash_dir(struct hammer_mount *hmp, struct hammer_inode *dip, uint64_t *hp)
{
	struct hammer_dirscan *ds = hammer_malloc(sizeof(*ds));
	struct hammer_inode *ip;
	struct hammer_entry e;

	hammer_dir_scan(dip, 0, ds);
	while (hammer_dir_next(ds, &e) == 0) {
		*hp = *hp * 1000003 + e.e_obj_id;
		*hp = *hp * 1000003 + hammer_crc32(e.e_name, e.e_namelen,
		    0);
		if (e.e_obj_type != HAMMER_OBJTYPE_DIRECTORY)
			continue;
		if (hammer_inode_get(hmp, e.e_obj_id, e.e_lo,
		    HAMMER_MAX_TID, &ip) == 0) {
			hash_dir(hmp, ip, hp);
			hammer_inode_rele(ip);
		} else {
			*hp += 1;
		}
	}
	hammer_free(ds);
}

static uint64_t
hash_names(struct hammer_mount *hmp)
{
	struct hammer_inode *ip;
	uint64_t h = 1;

	if (hammer_inode_get(hmp, 1, 0, HAMMER_MAX_TID, &ip) == 0) {
		hash_dir(hmp, ip, &h);
		hammer_inode_rele(ip);
	}
	return (h);
}

static uint32_t
file_crc(struct hammer_inode *ip)
{
	static char buf[65536];
	uint32_t crc = 0;
	uint64_t off;
	int n;

	for (off = 0; off < ip->i_data.size; off += n) {
		n = MIN(sizeof(buf), ip->i_data.size - off);
		if (hammer_file_read(ip, off, buf, n) != 0)
			return (~0U);
		crc = hammer_crc32(buf, n, crc);
	}
	return (crc);
}

/* In the child: mount what a cut leaves. */
static int
after_crash(void)
{
	struct hammer_mount *hmp;
	struct hammer_inode *ip;
	uint64_t h;
	int i, error, bad = 0, found = 0;

	error = image_mount(&media, 0, &hmp);
	if (error) {
		say("mount after the crash: error %d", error);
		return (1);
	}
	h = hash_names(hmp);
	for (i = sync_state; i < nstate && !found; i++)
		found = state[i] == h;
	if (!found) {
		say("names are of no state since the sync");
		bad++;
	}
	for (i = 0; i < nmodel; i++) {
		if (!model[i].m_synced)
			continue;
		if (hammer_inode_get(hmp, model[i].m_id, 0, HAMMER_MAX_TID,
		    &ip) != 0) {
			say("synced object %jx is lost",
			    (intmax_t)model[i].m_id);
			bad++;
			continue;
		}
		if (ip->i_data.size != model[i].m_size ||
		    file_crc(ip) != model[i].m_crc) {
			say("synced object %jx has changed",
			    (intmax_t)model[i].m_id);
			bad++;
		}
		hammer_inode_rele(ip);
	}
	bad += hammer_walk(hmp, say);
	return (bad != 0);
}

static void
crash(void)
{
	int i, j, status, tear;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		rnd ^= nwrites * 7919;
		tear = rand32() % 3;
		for (i = 0; i < npend; i++) {
			if (tear == 0 && rand32() % 2)
				continue;
			for (j = 0; j < pend[i].p_len; j += 512) {
				if (tear == 1 && rand32() % 4 == 0)
					continue;
				memcpy(media.im_data + pend[i].p_off + j,
				    pend[i].p_data + j,
				    MIN(512, pend[i].p_len - j));
			}
		}
		status = after_crash();
		fflush(stdout);
		_exit(status);
	}
	waitpid(pid, &status, 0);
	crashes++;
	if (status != 0) {
		check(0, "crash at write %ld (operation %d, seed in force)",
		    nwrites, nstate);
		exit(plan() | 1);
	}
}

static int
v_write(struct hammer_userdev *ud, off_t off, const void *buf, int len)
{
	if (off < 0 || off + len > view.im_size)
		return (EIO);
	memcpy(view.im_data + off, buf, len);
	if (npend == maxpend) {
		maxpend = maxpend * 2 + 64;
		pend = realloc(pend, maxpend * sizeof(*pend));
	}
	pend[npend].p_off = off;
	pend[npend].p_len = len;
	pend[npend].p_data = hammer_malloc(len);
	memcpy(pend[npend++].p_data, buf, len);
	nwrites++;
	if (crash_every > 0 && rand32() % crash_every == 0)
		crash();
	return (0);
}

static int
v_flush(struct hammer_userdev *ud)
{
	int i;

	for (i = 0; i < npend; i++) {
		memcpy(media.im_data + pend[i].p_off, pend[i].p_data,
		    pend[i].p_len);
		free(pend[i].p_data);
	}
	npend = 0;
	nflushes++;
	return (0);
}

/*
 * The workload.
 */
static struct model *
model_of(int64_t id)
{
	int i;

	for (i = 0; i < nmodel; i++) {
		if (model[i].m_id == id)
			return (&model[i]);
	}
	if (nmodel == NOBJ)
		exit(2);
	memset(&model[nmodel], 0, sizeof(model[0]));
	model[nmodel].m_id = id;
	return (&model[nmodel++]);
}

static struct hammer_inode *
pick_dir(struct hammer_mount *hmp)
{
	struct hammer_inode *ip;
	char path[64];

	snprintf(path, sizeof(path), "/d%d", rand32() % 4);
	if (rand32() % 3 == 0 ||
	    path_lookup(hmp, path, 0, HAMMER_MAX_TID, &ip) != 0)
		path_lookup(hmp, "/", 0, HAMMER_MAX_TID, &ip);
	if (ip->i_data.obj_type != HAMMER_OBJTYPE_DIRECTORY) {
		hammer_inode_rele(ip);
		path_lookup(hmp, "/", 0, HAMMER_MAX_TID, &ip);
	}
	return (ip);
}

static void
gone(struct hammer_inode *ip)
{
	model_of(ip->i_obj_id)->m_synced = 0;
	if (ip->i_data.nlinks == 0 && hammer_inode_destroy(ip) != 0)
		say("destroy failed");
	hammer_inode_rele(ip);
}

static int
op_create(struct hammer_inode *dip, const char *name, int type)
{
	struct hammer_inode_data t;
	struct hammer_inode *ip;
	char target[64];
	int error;

	memset(&t, 0, sizeof(t));
	t.mode = 0644;
	t.obj_type = type;
	memset(target, 'x', sizeof(target));
	target[rand32() % 60 + 1] = 0;
	error = hammer_op_create(dip, name, strlen(name), &t,
	    type == HAMMER_OBJTYPE_SOFTLINK ? target : NULL, &ip);
	if (error == 0)
		hammer_inode_rele(ip);
	return (error);
}

static int
op_write(struct hammer_inode *dip, const char *name)
{
	static char buf[200000];
	struct hammer_inode *ip;
	struct hammer_entry e;
	int i, n, error;
	off_t off;

	error = hammer_dir_lookup(dip, name, strlen(name), HAMMER_MAX_TID,
	    &e, NULL);
	if (error == 0)
		error = hammer_inode_get(dip->i_hmp, e.e_obj_id, e.e_lo,
		    HAMMER_MAX_TID, &ip);
	if (error)
		return (error);
	if (ip->i_data.obj_type == HAMMER_OBJTYPE_REGFILE) {
		model_of(ip->i_obj_id)->m_synced = 0;
		n = rand32() % 4 ? rand32() % 5000 : rand32() % 100000;
		off = rand32() % 3 ? rand32() % 30000 : rand32() % 1500000;
		for (i = 0; i < n; i++)
			buf[i] = rand32();
		if (rand32() % 4)
			error = hammer_file_pwrite(ip, off, buf, n);
		else
			error = hammer_file_resize(ip, off);
	}
	hammer_inode_rele(ip);
	return (error);
}

static int
do_sync(struct hammer_mount *hmp, int fast)
{
	struct hammer_inode *ip;
	int i, error;

	error = fast ? hammer_flush_commit(hmp, hmp->hm_cycle) :
	    hammer_flush_sync(hmp);
	sync_state = nstate - 1;
	for (i = 0; i < nmodel; i++) {
		if (model[i].m_synced)
			continue;
		if (hammer_inode_get(hmp, model[i].m_id, 0, HAMMER_MAX_TID,
		    &ip) != 0)
			continue;
		if (ip->i_data.nlinks > 0 &&
		    ip->i_data.obj_type == HAMMER_OBJTYPE_REGFILE) {
			model[i].m_synced = 1;
			model[i].m_size = ip->i_data.size;
			model[i].m_crc = file_crc(ip);
		}
		hammer_inode_rele(ip);
	}
	return (error);
}

static void
all_keys(struct hammer_base_elm *beg, struct hammer_base_elm *end)
{
	memset(beg, 0, sizeof(*beg));
	memset(end, 0, sizeof(*end));
	end->localization = HAMMER_MAX_LOCALIZATION;
	beg->obj_id = HAMMER_MIN_OBJID;
	end->obj_id = HAMMER_MAX_OBJID;
}

/* What the nightly cleanup does. */
static int
maintain(struct hammer_mount *hmp)
{
	struct hammer_ioc_rebalance b;
	struct hammer_ioc_prune p;
	struct hammer_ioc_reblock r;

	if (rand32() % 3 == 0) {
		memset(&b, 0, sizeof(b));
		all_keys(&b.key_beg, &b.key_end);
		b.saturation = 50 + rand32() % 12;
		b.allpfs = 1;
		return (hammer_rebalance(hmp, 0, &b));
	}
	if (rand32() % 2) {
		memset(&p, 0, sizeof(p));
		all_keys(&p.key_beg, &p.key_end);
		p.head.flags = HAMMER_IOC_PRUNE_ALL;
		p.stat_oldest_tid = HAMMER_MAX_TID;
		return (hammer_prune(hmp, 0, &p, NULL));
	}
	memset(&r, 0, sizeof(r));
	all_keys(&r.key_beg, &r.key_end);
	r.head.flags = HAMMER_IOC_DO_FLAGS;
	r.vol_no = -1;
	r.allpfs = 1;
	r.free_level = rand32() % 2 ? 0 : HAMMER_BIGBLOCK_SIZE / 4;
	return (hammer_reblock(hmp, 0, &r));
}

static int
one_op(struct hammer_mount *hmp)
{
	struct hammer_inode *dip = pick_dir(hmp), *tdip = NULL, *ip = NULL;
	struct hammer_entry e;
	char name[16], tname[16];
	int error = 0;

	snprintf(name, sizeof(name), "f%d", rand32() % 30);
	snprintf(tname, sizeof(tname), "f%d", rand32() % 30);
	switch (rand32() % 100 == 0 ? 16 : rand32() % 16) {
	case 16:
		error = maintain(hmp);
		break;
	case 0: case 1: case 2:
		error = op_create(dip, name, HAMMER_OBJTYPE_REGFILE);
		break;
	case 3:
		snprintf(name, sizeof(name), "d%d", rand32() % 4);
		hammer_inode_rele(dip);
		path_lookup(hmp, "/", 0, HAMMER_MAX_TID, &dip);
		error = op_create(dip, name, HAMMER_OBJTYPE_DIRECTORY);
		break;
	case 4:
		error = op_create(dip, name, HAMMER_OBJTYPE_SOFTLINK);
		break;
	case 5: case 6: case 7: case 8:
		error = op_write(dip, name);
		break;
	case 9: case 10:
		error = hammer_op_remove(dip, name, strlen(name), 0, &ip);
		if (error == 0)
			gone(ip);
		break;
	case 11:
		snprintf(name, sizeof(name), "d%d", rand32() % 4);
		error = hammer_op_remove(dip, name, strlen(name), 1, &ip);
		if (error == 0)
			gone(ip);
		break;
	case 12: case 13:
		tdip = pick_dir(hmp);
		if (dip != tdip || strcmp(name, tname) != 0)
			error = hammer_op_rename(dip, name, strlen(name),
			    tdip, tname, strlen(tname), &ip);
		if (error == 0 && ip != NULL)
			gone(ip);
		hammer_inode_rele(tdip);
		break;
	case 14:
		if (hammer_dir_lookup(dip, name, strlen(name),
		    HAMMER_MAX_TID, &e, NULL) == 0 &&
		    hammer_inode_get(hmp, e.e_obj_id, e.e_lo,
		    HAMMER_MAX_TID, &ip) == 0) {
			error = hammer_op_link(dip, tname, strlen(tname), ip);
			hammer_inode_rele(ip);
		}
		break;
	case 15:
		error = rand32() % 3 ? hammer_flush_cycle(hmp) :
		    do_sync(hmp, rand32() % 4 != 0);
		break;
	}
	hammer_inode_rele(dip);
	switch (error) {
	case ENOENT: case EEXIST: case ENOTEMPTY: case EPERM: case EISDIR:
	case ENOTDIR: case EINVAL:
		return (0);
	}
	return (error);
}

static void
workload(const char *path, int ops, int every, int seed)
{
	struct hammer_userdev *ud;
	struct hammer_mount *hmp;
	int i, error;

	rnd = seed;
	image_open(&media, path);
	image_open(&view, path);
	nmodel = nstate = sync_state = npend = 0;
	crashes = nwrites = crash_every = 0;
	hmp = hammer_mount_alloc();
	ud = hammer_zalloc(sizeof(*ud));
	ud->ud_fd = -1;
	ud->ud_read = v_read;
	ud->ud_write = v_write;
	ud->ud_flush = v_flush;
	error = hammer_volume_load(hmp, path, ud, view.im_size);
	if (error == 0)
		error = hammer_mount_start(hmp, 0);
	if (error) {
		check(0, "mount: error %d", error);
		exit(1);
	}
	/* Little memory, so that buffers go and come back. */
	hmp->hm_maxbuffers = 64;
	hmp->hm_maxdirty = 40;
	crash_every = every;
	state[nstate++] = hash_names(hmp);
	for (i = 0; i < ops && error == 0; i++) {
		error = one_op(hmp);
		state[nstate++] = hash_names(hmp);
	}
	check(error == 0, "seed %d: %d operations, %ld writes, %ld power "
	    "cuts, error %d", seed, nstate - 1, nwrites, crashes, error);
	crash_every = 0;
	if (error == 0)
		error = do_sync(hmp, 0);
	check(error == 0 && hammer_walk(hmp, say) == 0,
	    "seed %d: consistent at the end", seed);
	hammer_mount_free(hmp);
	image_close(&media);
	image_close(&view);
}

int
main(int argc, char **argv)
{
	int i;

	hammer_quiet = 1;
	for (i = 4; i < argc; i++)
		workload(argv[1], atoi(argv[2]), atoi(argv[3]),
		    atoi(argv[i]));
	return (plan());
}
