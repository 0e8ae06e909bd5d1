package convert

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"tiendo/tasks/extract"
)

// profile are the settings of LibreOffice for one conversion: no macro runs, no link is followed, nothing is fetched or saved
// by itself. The folder of the profile is made anew each time and wiped with the rest.
const profile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Save/Document"><prop oor:name="AutoSave" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/AutoSave"><prop oor:name="Enabled" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
`

// WordFile implements extract.Converter. LibreOffice works with files only: they lie in a folder of a file system in memory
// that nobody else may open; where there is none the file is refused.
func (c *Converter) WordFile(ctx context.Context, data []byte, extension string) (docx []byte, err error) {
	if !slices.Contains([]string{".doc", ".odt", ".rtf"}, extension) {
		return nil, fmt.Errorf("convert: no extension %q is known", extension)
	}
	done, err := c.wait(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	// What a killed program left would fill the memory. That it cannot be wiped is no reason to refuse a document; the next look finds it.
	_, _ = Sweep()
	folder, err := folderInMemory()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err := os.MkdirAll(filepath.Join(folder, "profile", "user"), 0o700); err != nil {
		return nil, err
	}
	in, out := filepath.Join(folder, "in"+extension), filepath.Join(folder, "out", "in.docx")
	err = errors.Join(os.WriteFile(in, data, 0o600), os.WriteFile(filepath.Join(folder, "profile", "user", "registrymodifications.xcu"), []byte(profile), 0o600))
	if err != nil {
		return nil, err
	}
	if err := c.office(ctx, folder, in); err != nil {
		return nil, err
	}
	made, err := os.Open(out)
	if errors.Is(err, os.ErrNotExist) {
		return nil, &extract.FileError{Key: extract.KeyDamaged, Err: errors.New("soffice made no file of it")}
	}
	if err != nil {
		return nil, err
	}
	defer made.Close()
	docx, err = readAll(made, c.limits.Output)
	if errors.Is(err, errOutput) {
		return nil, &extract.FileError{Key: extract.KeyTooLarge, Args: []string{"unpacked", fmt.Sprint(c.limits.Output)}, Err: err}
	}
	return docx, err
}

func (c *Converter) office(ctx context.Context, folder, in string) error {
	timed, cancel := context.WithTimeout(ctx, c.limits.Time)
	defer cancel()
	cmd, err := c.command(timed, "soffice", "-env:UserInstallation=file://"+filepath.Join(folder, "profile"),
		"--headless", "--norestore", "--nolockcheck", "--nologo", "--convert-to", "docx", "--outdir", filepath.Join(folder, "out"), in)
	if err != nil {
		return err
	}
	var said tail
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Dir = folder
	cmd.Env = append(cmd.Env, "HOME="+folder, "TMPDIR="+folder, "XDG_RUNTIME_DIR="+folder, "XDG_CACHE_HOME="+folder, "XDG_CONFIG_HOME="+folder)
	if err := start(cmd); err != nil {
		return fmt.Errorf("run soffice: %w", err)
	}
	err = cmd.Wait()
	_ = cmd.Cancel() // what it may have left behind in its group
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case timed.Err() != nil:
		return &extract.FileError{Key: extract.KeySlow, Args: []string{"soffice"}, Err: timed.Err()}
	case err != nil:
		return &extract.FileError{Key: extract.KeyDamaged, Err: fmt.Errorf("soffice: %w: %s", err, said.String())}
	}
	return nil
}

// placesInMemory are where a file system in memory may be found.
func placesInMemory() []string {
	places := []string{"/dev/shm", os.Getenv("RUNTIME_DIRECTORY"), os.Getenv("XDG_RUNTIME_DIR")}
	return slices.DeleteFunc(places, func(place string) bool { return place == "" })
}

// inMemory answers nil when the folder lies in a file system in memory.
func inMemory(folder string) error {
	const tmpfs = 0x01021994 // statfs(2)
	var fs syscall.Statfs_t
	if err := syscall.Statfs(folder, &fs); err != nil {
		return fmt.Errorf("look at %s: %w", folder, err)
	}
	if int64(fs.Type) != tmpfs {
		return fmt.Errorf("%s is not in memory", folder)
	}
	return nil
}

// folderInMemory makes a folder in a file system in memory.
func folderInMemory() (string, error) {
	var all error
	for _, place := range placesInMemory() {
		err := inMemory(place)
		if err == nil {
			var folder string
			if folder, err = os.MkdirTemp(place, folderPrefix); err == nil {
				return folder, nil
			}
		}
		all = errors.Join(all, err)
	}
	return "", &extract.FileError{Key: extract.KeyNoMemory, Err: all}
}
