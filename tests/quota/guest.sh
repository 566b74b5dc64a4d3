#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Accounting as an administrator uses it, in the system: guest.sh DEVICE PHASE.
# Phase 1 types in the transcript's quota part and leaves counters on a HAMMER
# volume by an orderly shutdown; 2 finds them and then cuts the power; 3 finds
# what a crash leaves.

dev=$1 phase=$2
t=0
ok() {		# ok status name
	t=$((t + 1))
	[ "$1" = 0 ] && echo "ok $t - $2" || echo "not ok $t - $2"
}
says() {	# says name command...; what it prints is read from stdin
	name=$1
	shift
	cat > /tmp/.want
	"$@" > /tmp/.got 2>&1
	diff /tmp/.want /tmp/.got | sed 's/^/# /'
	cmp -s /tmp/.want /tmp/.got
	ok $? "$name"
	rm -f /tmp/.want /tmp/.got
}
verified() {
	while [ "$(sysctl -n vfs.quota.pending)" != 0 ]; do sleep 0.1; done
}
same() {	# same directory: does the kernel say what can be counted?
	vquota -n check "$1" > /var/tmp/counted
	vquota -n show "$1" | sed 's/, limit.*//' | diff - /var/tmp/counted |
	    sed 's/^/# /'
	vquota -n show "$1" | sed 's/, limit.*//' | cmp -s - /var/tmp/counted
	ok $? "$2"
}

transcript() {
	pw useradd -n johndoe -u 1001 -d /nonexistent
	mkdir -p /mnt/q
	mount_tmpfs tmpfs /mnt/q
	chmod 1777 /mnt/q
	vquota lsfs | grep '^tmpfs on /mnt/q$' > /dev/null
	ok $? "vquota_lsfs_lists_mounts"
	mount | grep '^tmpfs on /mnt/q (.*with-quotas.*)$' > /dev/null
	ok $? "mount_says_with_quotas"
	dd if=/dev/zero of=/mnt/q/file bs=100 count=12 2> /dev/null
	su johndoe -c 'dd if=/dev/zero of=/mnt/q/johns bs=100 count=10' \
	    2> /dev/null
	says vquota_show vquota show /mnt/q <<-E
		total: 2200
		user root: 1200
		user johndoe: 1000
		group wheel: 2200
	E
	says vquota_check vquota -n check /mnt/q <<-E
		total: 2200
		uid 0: 1200
		uid 1001: 1000
		gid 0: 2200
	E
	says vquota_sync vquota sync /mnt/q < /dev/null
	says vquota_limit vquota limit /mnt/q 10K < /dev/null
	says vquota_ulim vquota ulim /mnt/q johndoe 1800 < /dev/null
	says vquota_glim vquota glim /mnt/q wheel 8k < /dev/null
	says vquota_show_limits vquota show /mnt/q <<-E
		total: 2200, limit = 10240
		user root: 1200
		user johndoe: 1000, limit = 1800
		group wheel: 2200, limit = 8192
	E
	says vquota_show_human vquota -hn show /mnt/q <<-E
		total: 2.1K, limit = 10K
		uid 0: 1.2K
		uid 1001: 1.0K, limit = 1.8K
		gid 0: 2.1K, limit = 8.0K
	E
	says user_hits_limit su johndoe -c \
	    'dd if=/dev/zero of=/mnt/q/more bs=801 count=1 2>&1 | head -1' <<-E
		dd: /mnt/q/more: Disc quota exceeded
	E
	vquota ulim /mnt/q johndoe 2k
	su johndoe -c 'dd if=/dev/zero of=/mnt/q/more bs=801 count=1' \
	    2> /dev/null
	ok $? "user_writes_after_the_limit_is_raised"
	says no_such_user vquota ulim /mnt/q nobodyhere 5 <<-E
		vquota: nobodyhere: no such user
	E
	says no_such_group vquota glim /mnt/q nobodyhere 5 <<-E
		vquota: nobodyhere: no such group
	E
	vquota -D limit /mnt/q 0 | grep -q '^Message to kernel:$'
	ok $? "messages_are_shown"
	su johndoe -c 'vquota limit /mnt/q 5' > /dev/null 2>&1
	[ $? = 1 ]
	ok $? "users_set_no_limits"
	umount /mnt/q
}

case $phase in
1)
	transcript
	newfs_hammer -f -L QUOTA "$dev" > /dev/null
	mkdir -p /mnt/h /mnt/p
	mount_hammer "$dev" /mnt/h
	hammer -q pfs-master /mnt/h/pfs > /dev/null
	mount_null /mnt/h/pfs /mnt/p
	verified
	dd if=/dev/zero of=/mnt/h/file bs=10k count=10 2> /dev/null
	dd if=/dev/zero of=/mnt/p/file bs=1k count=7 2> /dev/null
	chown 1001:1002 /mnt/p/file
	mkdir /mnt/p/dir
	ln /mnt/p/file /mnt/p/dir/link
	ln -s file /mnt/p/symlink
	vquota limit /mnt/p 1M
	vquota ulim /mnt/p 1001 8k
	same /mnt/h hammer_is_counted
	same /mnt/p pfs_is_counted_by_itself
	dd if=/dev/zero of=/mnt/p/big bs=64k count=17 2> /dev/null
	[ $? != 0 ] && [ "$(vquota show /mnt/p | sed -n \
	    's/^total: \(.*\), limit = 1048576$/\1/p')" = $((983040 + 7172)) ]
	ok $? "pfs_is_limited"
	dd if=/dev/zero of=/mnt/h/other bs=64k count=17 2> /dev/null
	ok $? "limit_of_the_pfs_is_not_that_of_the_volume"
	rm /mnt/p/big /mnt/h/other
	umount /mnt/p
	mount_null /mnt/h/pfs /mnt/p
	vquota -n show /mnt/p | grep -q '^uid 1001: 7168, limit = 8192$'
	ok $? "null_mount_comes_back_with_counters_and_limits"
	;;
2)
	mkdir -p /mnt/h /mnt/p
	mount_hammer "$dev" /mnt/h
	vquota -n show /mnt/h > /var/tmp/h
	[ "$(sysctl -n vfs.quota.verified)" = 0 ] &&
	    grep -q '^total: 102410$' /var/tmp/h
	ok $? "counters_survive_a_reboot_without_counting"
	mount_null /mnt/h/pfs /mnt/p
	vquota -n show /mnt/p | grep -q '^total: 7172, limit = 1048576$'
	ok $? "so_do_those_of_a_null_mount"
	verified
	same /mnt/h hammer_agrees_after_a_reboot
	same /mnt/p pfs_agrees_after_a_reboot
	[ "$(sysctl -n vfs.quota.repaired)" = 0 ]
	ok $? "nothing_had_to_be_repaired"
	echo more > /mnt/h/more
	echo more > /mnt/p/more
	fsync /mnt/h/more /mnt/p/more
	echo "1..$t"
	reboot -qn
	;;
3)
	mkdir -p /mnt/h /mnt/p
	mount_hammer "$dev" /mnt/h
	mount_null /mnt/h/pfs /mnt/p
	verified
	same /mnt/h hammer_agrees_after_a_crash
	same /mnt/p pfs_agrees_after_a_crash
	[ "$(sysctl -n vfs.quota.repaired)" = 2 ]
	ok $? "both_were_repaired"
	vquota -n show /mnt/p | grep -q '^uid 1001: 7168, limit = 8192$'
	ok $? "limits_survive_a_crash"
	umount /mnt/p && umount /mnt/h
	ok $? "unmount"
	;;
esac
echo "1..$t"
