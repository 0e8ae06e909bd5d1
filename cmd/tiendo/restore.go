package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"tiendo/store"
)

func runRestore(ctx context.Context, args []string, std streams) (err error) {
	f := flags("restore", "FILE", std)
	path := configFlag(f)
	verify := f.Bool("verify", false, "read FILE and compare its checksums; write nothing, read no settings")
	if err := parse(f, args, 1, 1); err != nil {
		return err
	}
	file, err := os.Open(f.Arg(0))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if *verify {
		m, err := store.VerifyBackup(ctx, file)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Arg(0), err)
		}
		_, err = fmt.Fprintf(std.out, "%s is whole: %s\n", f.Arg(0), backupLine(m))
		return err
	}
	c, err := loadConfig(*path)
	if err != nil {
		return err
	}
	m, err := store.Restore(ctx, file, c.Database.DSN, c.Files.Dir)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Arg(0), err)
	}
	_, err = fmt.Fprintf(std.out, `restored %s
Everybody signs in anew; one-time links are to be sent again. Mails that waited when the backup was made go out once the server
starts with a mail server in its settings: look at its page "Outbox" first when they may have gone already (see docs/operations.md).
`, backupLine(m))
	return err
}
