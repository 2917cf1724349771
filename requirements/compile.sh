#!/bin/sh
# Pins every dependency with its hashes, in files that carry no address.
set -eu
cd "$(dirname "$0")"
UV=${UV:-uv}
pin() { out=$1; shift; "$UV" pip compile -q --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11 "$@" -o "$out"; }
pin uv.txt uv.in
pin demo.txt app.in analytics.in
pin all.txt app.in analytics.in dev.in -c demo.txt
pin spark.txt spark.in -c all.txt
pin meaning.txt meaning.in -c all.txt
