# What the scripts here have in common; they source it from this directory.

[[ -d /usr/local/go/bin ]] && PATH="$PATH:/usr/local/go/bin"

need() {
	local tool
	for tool in java mvn gcc; do
		command -v "$tool" >/dev/null || {
			printf 'benchmarks: %s is needed and was not found\n' "$tool" >&2
			exit 1
		}
	done
	[[ $(uname -s) == Linux ]] || {
		printf 'benchmarks: the load generator and /proc need Linux\n' >&2
		exit 1
	}
}

# build DIRECTORY [MAVEN OPTION]...: the libraries go to the directory.
build() {
	local libraries=$1
	shift
	rm -rf "$libraries" target/go-server
	printf 'Building...\n' >&2
	mvn -q -B -ntp -f .. -Pbenchmarks -pl benchmarks -am package -Dmaven.test.skip=true "$@" >&2
	gcc -O2 -Wall -o target/wsload load/wsload.c
	if ! command -v go >/dev/null; then
		printf 'benchmarks: without the original, because there is no Go\n' >&2
	elif ! (cd go-server && GOTOOLCHAIN=local go build -o ../target/go-server .) >&2; then
		printf 'benchmarks: without the original, which could not be built\n' >&2
	fi
}

# Sets the array "arguments" to what only a script knows of this machine.
describe() {
	local tools commit open_files
	arguments=(--wsload "$PWD/target/wsload")
	tools="$(gcc --version | head -n 1)"
	if [[ -x target/go-server ]]; then
		arguments+=(--go-server "$PWD/target/go-server")
		tools+=", $(go version), neffos $(sed -n 's#.*kataras/neffos ##p' go-server/go.mod)"
	fi
	commit=$(git rev-parse --short HEAD 2>/dev/null || printf 'unknown')
	[[ -z $(git status --porcelain -uno 2>/dev/null) ]] || commit+=" with changes"
	ulimit -n "$(ulimit -Hn)"
	open_files=$(ulimit -n)
	[[ $open_files != unlimited ]] || open_files=1000000
	arguments+=(--open-files "$open_files" --commit "$commit" --tools "$tools")
}
