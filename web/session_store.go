package web

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/alexedwards/scs/v2"

	"tiendo/tasks"
)

// lenientSessions lets people go on reading while nothing can be written: what would be added to a session that is stored already
// (when its owner was last seen, a message for the next page) is lost then, and the log says so. A sign-in still fails.
type lenientSessions struct {
	scs.Store
	log *slog.Logger
}

// FindCtx implements scs.CtxStore.
func (s lenientSessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	if c, ok := s.Store.(scs.CtxStore); ok {
		return c.FindCtx(ctx, token)
	}
	return s.Find(token)
}

// CommitCtx implements scs.CtxStore.
func (s lenientSessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	err := s.commit(ctx, token, data, expiry)
	switch tasks.CodeOf(err) {
	case tasks.CodeStorageFull, tasks.CodeUnavailable:
		if _, stored, findErr := s.FindCtx(ctx, token); findErr == nil && stored {
			s.log.WarnContext(ctx, "session not written", "error", err)
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("write session: %w", err)
	}
	return nil
}

func (s lenientSessions) commit(ctx context.Context, token string, data []byte, expiry time.Time) error {
	if c, ok := s.Store.(scs.CtxStore); ok {
		return c.CommitCtx(ctx, token, data, expiry)
	}
	return s.Commit(token, data, expiry)
}

// DeleteCtx implements scs.CtxStore.
func (s lenientSessions) DeleteCtx(ctx context.Context, token string) error {
	if c, ok := s.Store.(scs.CtxStore); ok {
		return c.DeleteCtx(ctx, token)
	}
	return s.Delete(token)
}
