package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by releases through the linker: -X main.version=1.2.3.
var version = ""

func runVersion(_ context.Context, args []string, io streams) error {
	f := flags("version", "", io)
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	_, err := fmt.Fprintln(io.out, versionLine())
	return err
}

func versionLine() string {
	v, revision := version, ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if v == "" {
			v = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	if v == "" {
		v = "(devel)"
	}
	return fmt.Sprintf("tiendo %s%s %s", v, revision, runtime.Version())
}
