# SPDX-License-Identifier: BSD-2-Clause
#
# Sourced by the suites: Go, as the host has it, building for the target.
# Expects $top (the source tree); sets $go_cache and defines
#
#	go_build output file...		a program
#	go_test_binary output package	a package's tests
#	go_tree				prints the target's Go tree, made if
#					it is not there
#
# The tree holds the sources, the compiled standard library and the Go tool
# with what it calls, all for the target: tests of some packages run it.

go_cache=${DAMSELFLY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/damselfly}/go
mkdir -p "$go_cache"
unset GOROOT GOFLAGS GO111MODULE GOTOOLDIR
go_target="GOOS=dragonfly GOARCH=amd64 CGO_ENABLED=0 GOCACHE=$go_cache/build"

go_build() {
	output=$1
	shift
	env $go_target GO111MODULE=off go build -ldflags='-s -w' \
	    -o "$output" "$@"
}

go_test_binary() {
	( cd "$(go env GOROOT)/src" &&
	env $go_target go test -c -vet=off -ldflags='-s -w' -o "$1" "$2" )
}

# Tools that the tests run, beside the compiler, assembler and linker.
go_tools="asm buildid compile cover link pack pprof vet"

go_tree_fill() {
	host=$(go env GOROOT)
	tree=$1
	mkdir -p "$tree/lib/time" "$tree/bin" "$tree/pkg/tool/dragonfly_amd64"
	cp -RL "$host/src" "$host/test" "$host/VERSION" "$tree/" &&
	mkdir -p "$tree/pkg/include" &&
	cp -L "$host"/pkg/include/* "$tree/pkg/include/" &&
	env GOCACHE="$go_cache/build" GO111MODULE=off \
	    go run "$top/tests/foreign/go/zipdata.go" \
	    "$tree/src/time/tzdata/zipdata.go" > "$tree/lib/time/zoneinfo.zip" &&
	( cd "$host/src" &&
	env $go_target go build -ldflags='-s -w' -o "$tree/bin/go" cmd/go &&
	for t in $go_tools; do
		env $go_target go build -ldflags='-s -w' \
		    -o "$tree/pkg/tool/dragonfly_amd64/$t" "cmd/$t" || exit 1
	done ) &&
	# The library is compiled by the host's tools, in its place.
	ln -s "$(go env GOTOOLDIR)" "$tree/pkg/tool/linux_amd64" &&
	( cd "$tree/src" && env $go_target GOROOT="$tree" go install std ) &&
	rm "$tree/pkg/tool/linux_amd64"
}

go_tree() {
	version=$(dpkg-query -W -f '${Version}' golang-1.19-go) || return 1
	key=$( { echo "$version"; cat "$top/tests/foreign/go/env.sh"; } |
	    sha256sum | cut -c1-16)
	tree=$go_cache/tree-$key
	if [ ! -e "$tree/.complete" ]; then
		rm -rf "$tree"
		go_tree_fill "$tree" >&2 || return 1
		: > "$tree/.complete"
	fi
	echo "$tree"
}
