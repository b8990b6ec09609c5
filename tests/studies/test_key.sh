#!/bin/sh
# make key: a key that nobody else can read, outside the repository, once; and a real study is refused any other.
. tests/studies/place.sh
begin "$1"
keys=$(mktemp -d)
trap 'rm -rf "$work" "$keys"' EXIT
export HOME="$keys"

# study NAME KEY_FILE: a real one, with no more than make key reads.
study() {
	printf 'study:\n  name: %s\n  title: T\n  synthetic: no\n  date: 2026-03-31\n%s' "$1" "${2:+  key_file: $2
}" >"configs/$1.yaml"
	sed -n '/^datasets:/,/^  - name:/p' configs/demo.yaml | head -1 >>"configs/$1.yaml"
	printf '  - name: survey\n    kind: responses\n    unit: {name: respondent, plural: respondents}\n    dictionary: data-dictionary/demo/survey\n    exports: [{path: a.csv}]\n' >>"configs/$1.yaml"
}

# refused CODE STATUS WORDS NAME: makes no key for the study.
refused() {
	made=0
	"$bin/key" --study "configs/$4.yaml" >said 2>&1 || made=$?
	[ "$made" -eq "$2" ] || fail "key of $4 ends with $made, not $2: $(cat said)"
	grep -q "^error\[$1\].*$3" said || fail "key of $4 does not say why: $(cat said)"
	grep -q '^help: ' said || fail "key of $4 does not say what to do"
}

# unread STATUS WORDS NAME: deidentify takes no such key.
unread() {
	ended=0
	"$bin/deidentify" --study "configs/$3.yaml" --dataset survey --places data-dictionary/places.csv --output "$keys/d.db" \
		none.db none.db none.db >said 2>&1 || ended=$?
	[ "$ended" -eq "$1" ] || fail "the key of $3 ends with $ended, not $1: $(cat said)"
	grep -q "$2" said || fail "the key of $3: no word of $2: $(cat said)"
}

study real '~/a/b/real'
"$bin/key" --study configs/real.yaml >said || fail 'no key was made'
[ "$(stat -c %a "$keys/a/b/real")" = 600 ] || fail 'the key can be read by others'
[ "$(stat -c %a "$keys/a") $(stat -c %a "$keys/a/b")" = '700 700' ] || fail "the key's folders are open to others"
[ "$(tr -d '\n' <"$keys/a/b/real" | base64 -d | wc -c)" -eq 32 ] || fail 'the key is not of 256 bits'
[ "$(ls -A "$keys/a/b")" = real ] || fail 'something was left beside the key'
unread 66 'none.db' real

cp "$keys/a/b/real" "$keys/kept"
refused key-exists 1 'there is a key already' real
cmp -s "$keys/kept" "$keys/a/b/real" || fail 'a key was overwritten'
study other '~/other'
"$bin/key" --study configs/other.yaml >said
! cmp -s "$keys/other" "$keys/kept" || fail 'two keys are the same'

refused config 78 'is synthetic' demo
study nowhere ''
refused config 78 'does not say where' nowhere
study inside "$work/keys/inside"
refused config 78 'lies in the repository' inside
[ ! -e "$work/keys" ] || fail 'a refused key left a folder in the repository'
study near keys/near
refused config 78 'lies in the repository' near
study up "$keys/a/../../$(basename "$keys")/a/../../$(basename "$work")/up"
refused config 78 'lies in the repository' up
ln -s "$work" "$keys/link"
study linked '~/link/linked'
refused config 78 'lies in the repository' linked
mkdir -p "$keys/git/deep"
: >"$keys/git/.git"
study git '~/git/deep/key'
refused config 78 'lies in the repository' git
mkdir -m 777 "$keys/shared"
study shared '~/shared/key'
refused config 78 'others on this machine can write' shared
mkdir "$keys/folder"
study folder '~/folder'
refused key-exists 1 'there is a key already' folder
ln -s nothing "$keys/dangling"
study dangling '~/dangling'
refused key-exists 1 'there is a key already' dangling

# What a run reads is held against the same.
cp "$keys/kept" "$work/inside"
study read "$work/inside"
unread 78 'lies in the repository' read
mv "$work/inside" "$keys/inside"
ln -s "$keys/inside" "$work/inside"
unread 78 'lies in the repository' read
rm "$work/inside"
mv "$keys/inside" "$work/secret"
ln -s "$work/secret" "$keys/out"
study read '~/out'
unread 78 'lies in the repository' read
unread 78 'a folder or a device' folder
mkfifo "$keys/pipe"
study pipe '~/pipe'
unread 78 'a folder or a device' pipe
study gone '~/gone'
unread 66 'make key STUDY=gone' gone
chmod 640 "$keys/other"
unread 78 'others on this machine can read' other
if [ "$(id -u)" -eq 0 ]; then
	chmod 600 "$keys/other"
	chown 65534 "$keys/other"
	unread 78 'belongs to another user' other
fi
[ ! -e "$keys/d.db" ] || fail 'something was written without a key'
