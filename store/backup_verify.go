package store

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxManifest bounds what is read into memory.
const maxManifest = 512 << 20

// VerifyBackup reads a backup to its end and compares every member with the manifest. ErrDamaged: it is not as it was written.
func VerifyBackup(ctx context.Context, r io.Reader) (Manifest, error) {
	var manifest []byte
	complete := false
	seen := make(map[string]ManifestFile)
	err := eachMember(ctx, r, func(name string, size int64, content io.Reader) (err error) {
		if complete {
			return fmt.Errorf("%w: there is more behind its manifest", ErrDamaged)
		}
		if name == manifestName {
			complete = true
			if size > maxManifest {
				return fmt.Errorf("%w: a manifest of %d octets", ErrDamaged, size)
			}
			manifest, err = io.ReadAll(content)
			return err
		}
		sum := sha256.New()
		if _, err := io.Copy(sum, content); err != nil {
			return err
		}
		if _, twice := seen[name]; twice {
			return fmt.Errorf("%w: %s is there twice", ErrDamaged, name)
		}
		seen[name] = ManifestFile{Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))}
		return nil
	})
	if err != nil {
		return Manifest{}, err
	}
	if !complete {
		return Manifest{}, fmt.Errorf("%w: its manifest is missing", ErrDamaged)
	}
	// Not before the end: the checksum of the compression is all that vouches for the manifest.
	m, err := readManifest(manifest)
	if err != nil {
		return Manifest{}, err
	}
	promised, err := m.members()
	if err != nil {
		return Manifest{}, err
	}
	for name, want := range promised {
		got, there := seen[name]
		switch {
		case !there:
			return Manifest{}, fmt.Errorf("%w: %s is missing", ErrDamaged, name)
		case got.Size != want.Size || got.SHA256 != want.SHA256:
			return Manifest{}, fmt.Errorf("%w: %s is not as it was written", ErrDamaged, name)
		}
		delete(seen, name)
	}
	for name := range seen {
		return Manifest{}, fmt.Errorf("%w: %s is not in its manifest", ErrDamaged, name)
	}
	return m, nil
}

func readManifest(text []byte) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return Manifest{}, fmt.Errorf("%w: its manifest: %w", ErrDamaged, err)
	}
	if m.Format < 1 || m.Format > backupFormat {
		return Manifest{}, fmt.Errorf("the backup has format %d, this program reads up to %d: use the program that wrote it (%s)",
			m.Format, backupFormat, m.Program)
	}
	return m, nil
}

// eachMember reads a backup to the end of its file, so that the checksum of the compression is compared as well.
func eachMember(ctx context.Context, r io.Reader, fn func(name string, size int64, content io.Reader) error) error {
	plain, err := gzip.NewReader(bufio.NewReader(&contextReader{ctx, r}))
	if err != nil {
		return damaged(ctx, err)
	}
	archive := tar.NewReader(plain)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && header.Typeflag != tar.TypeReg {
			err = fmt.Errorf("%s is no file", header.Name)
		}
		if err != nil {
			return damaged(ctx, err)
		}
		if err := fn(header.Name, header.Size, &memberReader{ctx, archive}); err != nil {
			return err
		}
	}
	_, err = io.Copy(io.Discard, plain)
	return damaged(ctx, err)
}

// memberReader tells a damaged backup from every other error.
type memberReader struct {
	ctx context.Context
	r   io.Reader
}

func (m *memberReader) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = damaged(m.ctx, err)
	}
	return n, err
}

func damaged(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil || errors.Is(err, ErrDamaged) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}
