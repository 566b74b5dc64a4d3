# SPDX-License-Identifier: BSD-2-Clause
#
# Runs inside the system; prints TAP.

export PATH=/sbin:/bin:/usr/sbin:/usr/bin
unset ENV TERM PAGER
pty=/mnt/share0/ptyrun
work=$(mktemp -d /tmp/contrib.XXXXXX)
cd "$work" || exit 1
n=0 failed=0

# check name command...: the command's status says whether it is right.
check() {
	name=$1; shift
	n=$((n + 1))
	if "$@" > "$work/log" 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		sed 's/^/# /' "$work/log" | tail -n 20
		failed=1
	fi
}
# gives text command...: its output is the text.
gives() {
	want=$1; shift
	got=$("$@" 2>&1)
	[ "$got" = "$want" ] && return 0
	echo "got: $got"
	return 1
}
same() { cmp "$1" "$2"; }

# ---- the shell
history_recalls() {
	PS1='% ' HISTSIZE=20 $pty sh -o emacs -i -- '% ' 'echo fi""rst\r' \
	    'first' '' '% ' '\x10\r' 'first' '' '% ' 'exit 3\r'
	[ $? = 3 ]
}
editing_moves() {
	PS1='% ' $pty -t "$1" sh -o emacs -i -- '% ' 'cho moved > out\x01e\r' \
	    '% ' 'exit\r' && gives moved cat out
}
check "sh recalls history with emacs keys" history_recalls
check "sh edits a line on a vt100" editing_moves vt100
check "sh edits a line on an xterm" editing_moves xterm-256color
check "sh edits a line on a terminal nobody knows" editing_moves nonesuch
check "sh knows the signals' numbers" gives 'USR1 BUS' sh -c 'echo $(kill -l 30) $(kill -l 10)'
check "sh edits in vi mode" sh -c "PS1='% ' $pty sh -o vi -i -- '% ' \
    'cho vimode > out2\e0ie\r' '% ' 'exit\r' && grep -q '^vimode$' out2"

# ---- editor and pager
vi_writes() {
	rm -f text
	$pty -t "$1" vi text -- 'text' 'ihello\rworld\e' 'world' \
	    ':1s/l/L/g\r' 'heLL' 'Goend\e:wq\r' || return 1
	printf 'heLLo\nworld\nend\n' > want
	same want text
}
vi_undoes() {
	printf 'a\nb\nc\nd\n' > text
	$pty vi text -- 'text' '2ddu2GdGp3u:wq\r' &&
	    printf 'a\nb\nc\nd\n' | same - text
}
ex_substitutes() {
	printf 'one\ntwo\nthree\n' > text
	printf '2s/tw\\(o\\)/\\1TW/\n3d\n$a\nlast\n.\nwq\n' | ex -s text
	gives "$(printf 'one\noTW\nlast')" cat text
}
long_file() { i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); echo "line $i"; done; }
vi_large() {
	long_file > text
	$pty vi text -- 'line 1' ':%s/line/LINE/\r' 'LINE' ':2000,$d\r' \
	    'LINE' ':w\r' 'characters' ':q\r' || return 1
	gives 'LINE 1999' tail -n 1 text && gives 1999 sh -c 'wc -l < text | tr -d " "'
}
vi_recovers() {
	printf 'kept\n' > text
	$pty sh -c 'vi text; true' -- 'kept' 'ofresh\e' 'fresh' ':pre\r' \
	    'reserved' ':!kill -9 $PPID\r'
	$pty vi -r text -- 'fresh' '\e:w! saved\r' 'characters' ':q!\r'
	gives "$(printf 'kept\nfresh')" cat saved
}
check "vi creates a file on a vt100" vi_writes vt100
check "vi creates a file on an xterm" vi_writes xterm
check "vi creates a file on cons25" vi_writes cons25
check "vi undoes" vi_undoes
check "ex follows a script" ex_substitutes
check "vi edits a file of many pages" vi_large
long_file > long
check "vi recovers what was preserved" vi_recovers
check "less goes to the end and back" $pty less long -- 'line 20' 'G' \
    'line 3000' 'g' 'line 1' '/line 2500\r' 'line 2520' 'q'
check "more ends at the end" $pty -t xterm more /etc/ttys -- 'ttyv0' 'q'
check "less without a terminal copies" sh -c 'less long | same=1 cmp - long'

# ---- the manual
check "man formats our pages" sh -c "man ls | grep -q 'list directory'"
check "man shows through less" $pty man ls -- 'LS(1)' 'q'
check "man finds a system call" sh -c "man 2 open | grep -q 'OPEN(2)'"
check "apropos finds by word" sh -c "man -k directory | grep -q '^ls(1)'"
check "whatis tells" sh -c "whatis tar | grep -qi archive"

# ---- archives and compression
mkdir -p tree/sub
cp -R /etc/rc.d tree/sub/
ln -s sub tree/link
ln tree/sub/rc.d/root tree/hard
round_trip() {
	rm -rf out.tar back
	mkdir back
	tar "$1" -cf out.tar tree && tar -xf out.tar -C back &&
	    diff -r tree back/tree &&
	    [ "$(readlink back/tree/link)" = sub ] &&
	    [ back/tree/hard -ef back/tree/sub/rc.d/root ]
}
for z in -z -j -J --zstd; do
	check "tar round trip with $z" round_trip $z
done
cpio_trip() {
	rm -rf back && mkdir back
	find tree | cpio -o -H newc > out.cpio && ( cd back && cpio -id < ../out.cpio ) &&
	    diff -r tree back/tree
}
check "cpio round trip" cpio_trip
pack_trip() {	# pack unpack-to-stdout
	"$1" < long > packed && "$2" < packed | cmp - long
}
check "gzip, zcat" pack_trip gzip zcat
check "gzip, gunzip" pack_trip gzip gunzip
check "bzip2, bzcat" pack_trip bzip2 bzcat
check "xz, xzcat" pack_trip xz xzcat
check "zstd, zstdcat" pack_trip zstd zstdcat
check "gzip notices damage" sh -c 'gzip < long | head -c 500 | gunzip > /dev/null; [ $? = 1 ]'
check "xz with threads" sh -c 'xz -T2 < long | xz -dc | cmp - long'

# ---- text and building
patch_applies() {
	cp long changed
	printf '10c\nten\n.\n500d\n' | ex -s changed > /dev/null 2>&1
	sed -e '10s/.*/ten/' -e 500d long > changed
	diff -u long changed > change.patch
	cp long patched
	patch patched < change.patch && same patched changed
}
check "diff and patch" patch_applies
check "m4 expands" gives "3 1" sh -c 'echo "eval(1+2) ifelse(a,a,1,2)" | m4'
printf 'all: a b\n\t@cat a b > c\na:\n\t@echo a > a\nb:\n\t@echo b > b\n' > Makefile
build_with() { rm -f a b c; "$@" && gives "$(printf 'a\nb')" cat c; }
check "make builds in parallel" build_with make -r -j 4
check "gmake builds in parallel" build_with gmake -j4
check "awk, sed, grep, sort in a pipe" gives "2 line" sh -c \
    "grep -E '1[0-9]{3}\$' long | sed 's/ .*//' | sort | uniq -c | awk '{ print (\$1 > 999) + 1, \$2 }'"
check "sqlite keeps a table" gives "3|c" sh -c \
    'sqlite3 t.db "create table t(n, s); insert into t values(1,\"a\"),(3,\"c\");" && sqlite3 t.db "select n, s from t where n > 2"'
printf '<a><b>x</b></a>' > good.xml
printf '<a><b>x</a>' > bad.xml
check "xmlwf tells good from bad" sh -c 'xmlwf good.xml && ! xmlwf bad.xml | grep -q . || xmlwf bad.xml | grep -q mismatched'
check "file knows ELF" sh -c "file /bin/sh | grep -q 'ELF 64-bit.*DragonFly'"
check "file knows gzip" sh -c "gzip < long > long.gz; file long.gz | grep -q 'gzip compressed'"

# ---- terminals and time zones
check "infocmp describes" sh -c "infocmp vt100 | grep -q 'cols#80'"
check "tput asks" gives 80 tput -T xterm cols
check "tic compiles" sh -c 'infocmp vt100 > d.ti && TERMINFO=$PWD/ti tic d.ti && TERMINFO=$PWD/ti infocmp vt100 > e.ti'
check "tset names" sh -c "$pty tset -q -- | grep -q vt100 || $pty sh -c 'tset -q > which; true' -- && grep -q vt100 which"
check "a zone with summer time" gives "2026-07-01 14:00:00 CEST" \
    env TZ=Europe/Berlin date -r 1782907200 '+%Y-%m-%d %H:%M:%S %Z'
check "a zone far in the future" gives "2090-01-01 07:00:00 EST" \
    env TZ=America/New_York date -r 3786955200 '+%Y-%m-%d %H:%M:%S %Z'

# ---- openssl
ssl_round_trip() {
	openssl enc -"$1" -pbkdf2 -pass pass:x -in long -out long.enc &&
	    ! cmp -s long long.enc &&
	    openssl enc -d -"$1" -pbkdf2 -pass pass:x -in long.enc -out long.dec &&
	    same long long.dec
}
ssl_certificate() {
	openssl req -x509 -newkey "$@" -nodes -keyout key.pem -out cert.pem \
	    -days 2 -subj /CN=test && openssl verify -CAfile cert.pem cert.pem &&
	    openssl dgst -sha256 -sign key.pem -out long.sig long &&
	    openssl x509 -in cert.pem -pubkey -noout > pub.pem &&
	    openssl dgst -sha256 -verify pub.pem -signature long.sig long
}
check "openssl digests as sha256 does" sh -c \
    '[ "$(openssl dgst -sha256 -r long | cut -c1-64)" = "$(sha256 -q long)" ]'
check "openssl knows SHA-512 of abc" gives "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" \
    sh -c 'printf abc | openssl dgst -sha512 -r | cut -d" " -f1'
check "openssl deciphers what it enciphers with AES" ssl_round_trip aes-256-cbc
check "openssl deciphers what it enciphers with ChaCha20" ssl_round_trip chacha20
check "openssl signs with RSA" ssl_certificate rsa:2048
check "openssl signs with an elliptic curve" ssl_certificate ec -pkeyopt ec_paramgen_curve:P-256
check "openssl tells nothing of where it was built" sh -c \
    '! openssl version -a | grep -e /root -e sysroot'

# ---- all of them
licensed() { for d in /usr/share/licenses/*/distinfo; do grep -q '^LICENSE=' "$d" || return 1; done; }
linked() {
	for f in /bin/* /sbin/* /usr/bin/* /usr/sbin/* /usr/lib/lib*.so*; do
		case $(head -c 4 "$f" 2> /dev/null) in
		*ELF) ldd "$f" 2>&1 | grep 'not found' && echo "$f" && return 1 ;;
		esac
	done
	return 0
}
check "every recipe brings its licence" licensed
check "every program finds its libraries" linked
echo "1..$n"
cd / && rm -rf "$work"
exit $failed
