package catcher

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A file holds the envelope as the trace headers a delivering server writes
// (Return-Path of RFC 5321 section 4.4, Delivered-To of RFC 9228), then the
// mail as received.
const (
	returnPath  = "Return-Path: <"
	deliveredTo = "Delivered-To: "
)

func mailPath(dir string, id int64) string {
	return filepath.Join(dir, fmt.Sprintf("%08d.eml", id))
}

// writeMail makes a whole file or none. It does not wait for the disk: what a
// power cut may take from a demo is not worth slowing each mail.
func writeMail(dir string, m mail) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%s>\r\n", returnPath, m.from)
	for _, to := range m.to {
		fmt.Fprintf(&b, "%s%s\r\n", deliveredTo, to)
	}
	b.Write(m.raw)
	path := mailPath(dir, m.id)
	if err := os.WriteFile(path+".tmp", b.Bytes(), 0o600); err != nil {
		return fmt.Errorf("keep mail %d: %w", m.id, err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return fmt.Errorf("keep mail %d: %w", m.id, err)
	}
	return nil
}

func readMail(path string) (mail, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return mail{}, err
	}
	var from string
	var to []string
	for i := 0; ; i++ {
		line, rest, _ := bytes.Cut(raw, []byte("\r\n"))
		if address, ok := strings.CutPrefix(string(line), returnPath); ok && i == 0 {
			from = strings.TrimSuffix(address, ">")
		} else if address, ok := strings.CutPrefix(string(line), deliveredTo); ok && i > 0 {
			to = append(to, address)
		} else {
			return newMail(from, to, raw), nil
		}
		raw = rest
	}
}

// load takes in the folder's mails in the order of their numbers.
func (c *Catcher) load() error {
	if err := os.MkdirAll(c.options.Dir, 0o700); err != nil {
		return fmt.Errorf("catch mail: %w", err)
	}
	entries, err := os.ReadDir(c.options.Dir)
	if err != nil {
		return fmt.Errorf("catch mail: %w", err)
	}
	var ids []int64
	for _, entry := range entries {
		id, err := strconv.ParseInt(strings.TrimSuffix(entry.Name(), ".eml"), 10, 64)
		if err == nil && id > 0 && entry.Name() == filepath.Base(mailPath("", id)) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		m, err := readMail(mailPath(c.options.Dir, id))
		if err != nil {
			return fmt.Errorf("catch mail: %w", err)
		}
		m.id = id
		c.lastID = id
		c.add(m)
	}
	return nil
}
