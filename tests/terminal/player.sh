#!/bin/sh
# A player for tests: does what the file beside its name says.
. "$0.do"
