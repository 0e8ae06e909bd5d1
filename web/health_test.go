package web_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/web"
)

func TestHealth(t *testing.T) {
	var whole atomic.Pointer[web.Health]
	whole.Store(&web.Health{Version: "tiendo 1.2.3", Engine: "sqlite", MailServer: "smtp.mauson.example:587"})
	r := newRig(t, func(s *web.Server) { s.Health = func(context.Context) web.Health { return *whole.Load() } })
	c := r.signIn(adminEmail)
	c.get("/health").want(http.StatusOK).wantText("Bộ lập lịch chưa chạy lần nào")
	r.runDue()
	p := c.get("/health").want(http.StatusOK).wantText("tiendo 1.2.3", "sqlite", "smtp.mauson.example:587", "Nhắc việc hằng ngày", "08:00 5/10/2026", "Bản tin tuần", "Asia/Ho_Chi_Minh")
	if p.h1() != "Mọi thứ đang chạy" {
		t.Errorf("headline %q", p.h1())
	}

	r.issue("10/CT-UBND", rigDuty{text: "Báo cáo", leads: []string{"Sở Nội vụ"}, due: "2026-11-16"})
	r.runDue()
	if err := r.db.Outbox().MarkRefused(r.ctx(), r.mails()[0], notify.Refusal{Reason: "550 no"}); err != nil {
		t.Fatal(err)
	}
	p = c.get("/health").want(http.StatusOK)
	if p.h1() != "1 thư không gửi được" || !slices.Contains(p.links(), "/outbox?state=failed") {
		t.Errorf("headline %q, links %q", p.h1(), p.links())
	}

	whole.Store(&web.Health{Database: errors.New("disk I/O error"), MailServer: "smtp", Mail: errors.New("connection refused")})
	r.skew.add(time.Hour)
	p = c.get("/health").want(http.StatusOK).wantText("disk I/O error", "connection refused", "Bộ lập lịch đã dừng từ")
	if p.h1() != "4 điều cần xử lý" {
		t.Errorf("headline %q", p.h1())
	}
	whole.Store(&web.Health{})
	c.get("/health").wantText("Chưa cấu hình máy chủ thư")

	r.signIn(officeEmail).get("/health").want(http.StatusOK)
	r.signIn(focalEmail).get("/health").want(http.StatusForbidden)
}

func TestHealthWithoutTheProgram(t *testing.T) {
	r := newRig(t, func(s *web.Server) { s.Ready = func(context.Context) error { return errors.New("no answer") } })
	r.runDue()
	if h1 := r.signIn(adminEmail).get("/health").want(http.StatusOK).h1(); h1 != "Cơ sở dữ liệu không trả lời" {
		t.Errorf("headline %q", h1)
	}
}
