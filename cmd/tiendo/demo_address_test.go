package main

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"os"
	"strings"
	"testing"
)

// The demo listens on this machine alone unless it is told otherwise; then it says what that means.
func TestDemoSaysWhoReachesIt(t *testing.T) {
	for addr, noted := range map[string]bool{"127.0.0.1:0": false, "0.0.0.0:0": true, "[::]:0": true, "localhost:0": false} {
		d, err := openDemo(t.Context(), addr, t.TempDir(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatalf("%s: %v", addr, err)
		}
		d.clock.Set(mustTime(demoStart))
		var out bytes.Buffer
		if err := d.announce(streams{out: &out}); err != nil {
			t.Errorf("%s: %v", addr, err)
		}
		if got := strings.Contains(out.String(), "other machines"); got != noted {
			t.Errorf("%s: noted %v, want %v: %s", addr, got, noted, out.String())
		}
		mail, err := net.ResolveTCPAddr("tcp", strings.TrimPrefix(d.mailURL, "http://"))
		if err != nil || !mail.IP.IsLoopback() {
			t.Errorf("%s: the mail catcher listens on %s", addr, d.mailURL)
		}
		if info, err := os.Stat(d.dir + "/demo.json"); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("demo.json: %v, %v", info, err)
		}
		if err := d.close(); err != nil {
			t.Errorf("%s: %v", addr, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var usage bytes.Buffer
	_ = runDemo(ctx, []string{"-h"}, streams{out: &usage, err: &usage})
	if !strings.Contains(usage.String(), `"127.0.0.1:8080"`) {
		t.Errorf("the default address: %s", usage.String())
	}
}
