#!/bin/sh
# Hostile exports: each is accepted, has rows set aside, or is refused, as the table tests/hostile/cases.sh says.
exec sh tests/hostile/run.sh "$1"
