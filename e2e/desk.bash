# A desk on which a guide is followed: a folder with the product in it, people who each have a terminal, and the boxes of the
# guide. Read by e2e/guides.

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(cd -P "$(mktemp -d)" && pwd)
started=()

stop_all() {
  local pid
  for pid in ${started[@]+"${started[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${started[@]+"${started[@]}"}; do wait "$pid" 2>/dev/null || true; done
  started=()
}

finish() {
  local code=$?
  stop_all
  [[ $code == 0 ]] || {
    printf 'guides: it failed after "%s"; the last words of everybody:\n' "$doing" >&2
    tail -n 15 "$work"/*/*.out "$work"/*/*.err >&2 2>/dev/null || true
  }
  chmod -R u+w "$work" 2>/dev/null || true
  rm -rf "$work"
  exit "$code"
}
trap finish EXIT

doing="nothing yet"
holds() { doing=$1; printf 'guides: %s\n' "$1"; }
fail() { printf 'guides: %s\n' "$1" >&2; exit 1; }
says() { [[ $1 == *"$2"* ]] || fail "expected \"$2\" in: $1"; }
number_in() { grep -o 'AR-[0-9]*' <<<"$1" | head -n 1; }

# --- The desk and its terminals -----------------------------------------------------------------------------------------

taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Takes a new desk; what the guides say of ports 7878 and 7879 is done with two free ones.
sit_down() {
  stop_all
  desk=$work/$1
  server_port=0
  until ((server_port)) && ! taken "$server_port" && ! taken "$((server_port + 1))"; do server_port=$((20000 + RANDOM % 10000)); done
  door_port=$((server_port + 1))
  mkdir -p "$desk/terminals" "$desk/guides"
  ln -s "$root/countersign" "$desk/countersign"
  local who
  for who in admin ann bob dave deployer; do
    mkdir -p "$desk/home/$who"
    printf 'cd %q\nexport HOME=%q XDG_CONFIG_HOME=%q XDG_STATE_HOME=%q PATH=%q\nunset COUNTERSIGN_URL COUNTERSIGN_TOKEN\n' \
      "$desk" "$desk/home/$who" "$desk/home/$who/.config" "$desk/home/$who/state" "$desk:$PATH" >"$desk/terminals/$who"
  done
}

# Cuts a guide into its boxes, 01.sh, 02.json, ..., and begins with the first.
open_guide() {
  guide=$1
  boxes=$desk/guides/$guide
  place=0
  mkdir -p "$boxes"
  awk -v folder="$boxes" '
    /^ *```/ && file { close(file); file = ""; next }
    /^ *```/ { language = $0; sub(/^ *```/, "", language); file = sprintf("%s/%02d.%s", folder, ++n, language ? language : "sh"); next }
    file { print >file }' "$root/docs/$guide.md"
  sed -i.as-written -e "s/7878/$server_port/g" -e "s/7879/$door_port/g" "$boxes"/*
  rm -f "$boxes"/*.as-written
}

# Turns to the next box of the guide, which is of this kind: sh where it names no language.
next_box() {
  local there
  place=$((place + 1))
  there=$(printf '%s/%02d' "$boxes" "$place")
  box=$there.$1
  [[ -f $box ]] || fail "box $place of docs/$guide.md is no $1: $(cat "$there".* 2>/dev/null || echo "there is none")"
}

is_over() {
  local next
  next=$(printf '%s/%02d' "$boxes" $((place + 1)))
  ! ls "$next".* >/dev/null 2>&1 || fail "nobody types this box of docs/$guide.md: $(cat "$next".*)"
}

# Puts something in for a part of this box, which has to have it.
put_in() {
  local text put=
  text=$(<"$box")
  [[ $text == *"$1"* ]] || fail "box $place of docs/$guide.md does not say \`$1\`: $text"
  mkdir -p "$boxes/typed"
  box=$(mktemp "$boxes/typed/XXXXXXXX")
  while [[ $text == *"$1"* ]]; do
    put+=${text%%"$1"*}$2
    text=${text#*"$1"}
  done
  printf '%s\n' "$put$text" >"$box"
}

save_as() { cp "$box" "$desk/$1"; }

# What is typed at a terminal finds it as the former left it: where he stands, and what he has exported.
typing='. "$1"; . "$2"; { printf "cd %q\n" "$PWD"; export -p; } >"$1"'
at_terminal_of() { bash -e -c "$typing" - "$desk/terminals/$1" "$2"; }

# Types the box; what is said on standard error goes to a file.
types() { at_terminal_of "$1" "$box" 2>>"$desk/$1.err"; }

# Types the box and leaves it running; all that it says goes to a file of this name.
leaves_running() {
  bash -e -c "$typing" - "$desk/terminals/$1" "$box" >"$desk/$2.out" 2>&1 </dev/null &
  started+=($!)
}

# Waits for a line with these words in a file and prints it.
line_with() {
  for _ in $(seq 1200); do
    grep -m 1 -F "$2" "$1" 2>/dev/null && return 0
    sleep 0.1
  done
  fail "\"$2\" was not said in ${1##*/}"
}

# What no guide says: any words at somebody's terminal, or the command line there.
enters() {
  local words
  words=$(mktemp "$desk/words.XXXXXXXX")
  printf '%s\n' "$2" >"$words"
  at_terminal_of "$1" "$words"
}
as() { enters "$1" "countersign$(printf ' %q' "${@:2}")" 2>>"$desk/$1.err"; }

# The same, for what is to be refused or held: its exit code must be this one; prints everything it says.
ends() {
  local code=$1 said result=0
  said=$(enters "$2" "countersign$(printf ' %q' "${@:3}")" 2>&1) || result=$?
  [[ $result == "$code" ]] || fail "\`${*:3}\` ended with $result instead of $code: $said"
  printf '%s\n' "$said"
}

# Two teams agree to a request.
agreed() {
  as bob approve "$1" --yes -r "looked at it" >/dev/null
  as dave approve "$1" --yes -r "so did I" >/dev/null
}

# The outcome comes a moment later.
executed() {
  local shown
  for _ in $(seq 100); do
    shown=$(as bob show "$1")
    [[ $shown != *executed* ]] || return 0
    sleep 0.1
  done
  fail "no outcome of $1 was recorded: $shown"
}
