package web

import (
	"context"
	"time"
)

// Request is what is told of an answered request: nothing of who asked, nor for what.
type Request struct {
	Method string
	// Route is the pattern of the path, "/assignments/:id"; "" when no page is there.
	Route   string
	Status  int
	Took    time.Duration
	Queries int64 // to the database
}

// routed notes the pattern of the request's path for Server.Observe.
func routed(ctx context.Context, pattern string) {
	if rec, ok := ctx.Value(recordKey{}).(*record); ok {
		rec.mu.Lock()
		defer rec.mu.Unlock()
		rec.route = pattern
	}
}

// observed tells of a request that was answered.
func (s *Server) observed(rec *record, method string, status int, took time.Duration) {
	if s.Observe == nil {
		return
	}
	rec.mu.Lock()
	route := rec.route
	rec.mu.Unlock()
	s.Observe(Request{Method: method, Route: route, Status: status, Took: took, Queries: rec.queries.Load()})
}
