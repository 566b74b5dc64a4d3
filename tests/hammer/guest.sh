#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# HAMMER as an administrator uses it, in the system: guest.sh DEVICE PHASE.
# Prints TAP.  Phase 1 begins with a new file system, phase 2 ends with the
# machine cut off in the middle of its work, phase 3 looks at what is left.

dev=$1
mnt=/tmp/hammer
n=0
ok() {		# ok name: the status of the last command
	rc=$?
	n=$((n + 1))
	[ $rc = 0 ] && echo "ok $n - $1" || echo "not ok $n - $1"
}
same() {	# same want got name
	[ "$1" = "$2" ]
	ok "$3"
}
mkdir -p $mnt
case $2 in
1)
	newfs_hammer -f -L TEST -u 64m "$dev" > /tmp/out 2>&1 &&
	    grep -q '^HAMMER version 6$' /tmp/out
	ok "newfs_hammer"
	mount_hammer "$dev" $mnt && mount | grep -q "TEST on $mnt (hammer"
	ok "mount_hammer"
	cd $mnt || exit 1
	mkdir d pfs snaps && cp /boot/kernel/kernel d/k &&
	    cmp d/k /boot/kernel/kernel
	ok "a file is what was written"
	echo one > f && ln f g && mv g d/h && ln -s d/h s &&
	    same one "$(cat s)" "links, symbolic links and rename"
	for i in 1 2 3 4 5 6 7 8 9; do
		for j in 1 2 3 4 5 6 7 8 9; do echo $i$j > d/$i$j; done
	done
	rm d/1?
	same 74 "$(ls d | wc -l | tr -d ' ')" "many names"
	truncate -s 1000000 d/k && truncate -s 2000000 d/k &&
	    same 2000000 "$(wc -c < d/k | tr -d ' ')" "truncate"
	old=$(hammer synctid $mnt)
	echo two > f; sync
	same one "$(cat f@@$old)" "the past of a file"
	same two "$(cat f)" "its present"
	(echo x > d/y@@$old) 2> /dev/null
	[ $? != 0 ]
	ok "the past cannot be written"
	hammer snap $mnt/snaps/ first && hammer snapls $mnt | grep -q first
	ok "a snapshot is listed"
	# The original's prune destroys what the first one of these shows.
	mkdir versions
	for i in 1 2 3 4 5; do
		echo $i > versions/v; hammer synctid $mnt > /tmp/t$i
		case $i in 2|4) hammer snap $mnt/versions/snap$i ;; esac
	done
	hammer prune $mnt/versions > /dev/null 2>&1
	same "2 4 5" "$(echo $(cat versions/snap2/versions/v \
	    versions/snap4/versions/v versions/v))" \
	    "prune keeps what a snapshot shows"
	# The original returns a tid at which new objects are missing.
	for i in 1 2 3 4 5 6; do
		mkdir n$i; touch n$i/empty; ln -s nowhere n$i/link
	done
	t=$(hammer synctid $mnt)
	same 18 "$(cd ./@@$t && ls -d n? n?/* | wc -l | tr -d ' ')" \
	    "synctid covers what is new"
	rm f; sync
	same two "$(cat snaps/*/f)" "a removed file is in the snapshot"
	undo f | grep -q two
	ok "undo finds a removed file"
	hammer pfs-master $mnt/pfs/home label=HOME | grep -q succeeded
	ok "pfs-master"
	cp -R /etc pfs/home/ && sync
	uuid=$(hammer pfs-status pfs/home | sed -n 's/.*shared-uuid=//p')
	hammer pfs-slave $mnt/pfs/copy shared-uuid=$uuid | grep -q SLAVE
	ok "pfs-slave"
	hammer synctid $mnt > /dev/null
	hammer mirror-copy $mnt/pfs/home $mnt/pfs/copy 2> /tmp/out
	grep -q 'Mirror-read.*succeeded' /tmp/out
	ok "mirror-copy"
	diff -r pfs/home/etc pfs/copy/etc > /dev/null
	ok "the mirror is the original"
	(touch "$mnt/@@-1:00002/new") 2> /dev/null ||
	    (rm "$mnt/@@-1:00002/etc/rc") 2> /dev/null
	[ $? != 0 ] && [ -f "$mnt/@@-1:00002/etc/rc" ]
	ok "a slave changes by mirroring only"
	hammer mirror-read pfs/home 2> /dev/null > /tmp/stream
	(hammer mirror-write pfs/home < /tmp/stream) > /dev/null 2>&1
	[ $? != 0 ]
	ok "a stream cannot be written to a master"
	hammer prune-everything $mnt > /dev/null &&
	    hammer reblock $mnt > /dev/null && cp d/k d/k2 && sync &&
	    hammer dedup $mnt > /dev/null && cmp d/k d/k2
	ok "prune, reblock and dedup keep what is there"
	hammer -A rebalance $mnt > /tmp/out &&
	    grep -q "^Rebalance $mnt succeeded" /tmp/out && cmp d/k d/k2 &&
	    diff -r pfs/home/etc pfs/copy/etc > /dev/null
	ok "rebalance"
	hammer info $mnt | grep -q 'HAMMER Version      6'
	ok "info"
	hammer version-upgrade $mnt 7 > /dev/null && echo seven > seven &&
	    hammer version $mnt | grep -q current=7
	ok "version-upgrade"
	a=$(sysctl -n vfs.hammer.stats_disk_flush)
	mkdir many && fsyncer write $mnt/many 40 > /dev/null &&
	    fsyncer check $mnt/many 40
	ok "files made and fsynced"
	b=$(sysctl -n vfs.hammer.stats_disk_flush)
	# 50 calls: every fourth file is renamed and fsynced again.  The
	# flusher's own cycles may come between.
	[ $((b - a)) -ge 80 ] && [ $((b - a)) -le 110 ]
	ok "an fsync is two device flushes ($((b - a)) for 50)"
	cd /; umount $mnt && mount_hammer -o ro "$dev" $mnt &&
	    cmp $mnt/d/k $mnt/d/k2 && same seven "$(cat $mnt/seven)" \
	    "a new mount, read-only"
	(touch $mnt/x) 2> /dev/null
	[ $? != 0 ]
	ok "which cannot be written"
	mount_hammer -u -o rw $mnt && touch $mnt/x
	ok "until it is made so"
	second=/dev/vbd2
	hammer volume-add $second $mnt && cp -R /etc $mnt/more &&
	    same "$dev $second" "$(hammer volume-list $mnt | tr '\n' ' ' |
	    sed 's/ $//')" "volume-add"
	same "1	$second" "$(hammer -v volume-list $mnt | tail -n 1)" \
	    "volume-list -v"
	umount $mnt && mount_hammer $dev:$second $mnt &&
	    diff -r /etc $mnt/more > /dev/null
	ok "a mount of both"
	(hammer volume-del $dev $mnt) 2> /dev/null
	[ $? != 0 ]
	ok "the root volume stays"
	hammer -F volume-del $second $mnt && diff -r /etc $mnt/more &&
	    cmp $mnt/d/k $mnt/d/k2 && same $dev "$(hammer volume-list $mnt)" \
	    "volume-del"
	[ "$(dd if=$second bs=8 count=1 2> /dev/null | tr -d '\0')" = "" ]
	ok "the removed volume is one no more"
	umount $mnt
	ok "umount"
	echo "1..$n"
	;;
2)
	mount_hammer "$dev" $mnt && cd $mnt || exit 1
	for i in 1 2 3 4 5; do
		mkdir c$i; cp -R /etc c$i/; cp /bin/sh c$i/sh
	done
	sync
	(while :; do cp -R /etc e; mv c5 c6; mv c6 c5; rm -rf e; done) &
	mkdir fsynced && fsyncer write $mnt/fsynced 150
	reboot -q -n
	;;
3)
	mount_hammer "$dev" $mnt && cd $mnt
	ok "mount after the cut"
	good=0
	for i in 1 2 3 4 5; do
		[ $i = 5 ] && [ -d c6 ] && i=6
		diff -r /etc c$i/etc > /dev/null && cmp c$i/sh /bin/sh &&
		    good=$((good + 1))
	done
	same 5 $good "what was synced is there"
	fsyncer check $mnt/fsynced 150
	ok "so is what was fsynced"
	cd / && umount $mnt
	ok "umount"
	newfs_hammer -f -L SMALL -u 64m /dev/vbd2 > /dev/null 2>&1
	mount_hammer /dev/vbd2 $mnt && cp -R /etc $mnt/ &&
	    fsyncer fill $mnt a > /tmp/out && grep -q '^[1-9]' /tmp/out
	ok "full: writers are refused, and nothing that was written is lost"
	(mkdir $mnt/new) 2> /dev/null
	[ $? != 0 ]
	ok "so are new names"
	rm $mnt/a* && hammer prune-everything $mnt > /dev/null && sync &&
	    fsyncer fill $mnt b > /tmp/out2 && [ "$(cut -d ' ' -f 1 \
	    /tmp/out2)" -gt $(($(cut -d ' ' -f 1 /tmp/out) / 2)) ]
	ok "removing, pruning and filling it again"
	rm $mnt/b* && hammer prune-everything $mnt > /dev/null &&
	    hammer reblock $mnt 20 > /dev/null && diff -r /etc $mnt/etc
	ok "what was there before is still there"
	umount $mnt
	ok "umount of what was full"
	echo "1..$n"
	;;
esac
