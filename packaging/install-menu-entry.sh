#!/bin/sh
# Puts the program into the menu of this user; run it again after the folder was moved.
set -eu
folder=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
target="${XDG_DATA_HOME:-$HOME/.local/share}/applications"
mkdir -p "$target"
sed "s|@FOLDER@|$folder|g" "$folder/roadmapdesk.desktop" > "$target/roadmapdesk.desktop"
echo "$target/roadmapdesk.desktop"
