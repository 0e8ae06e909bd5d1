package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"tiendo/tasks/calendar"
)

// The types below read one column into a field; the functions beside them write it.

// day is a column of ISO text; NULL is no day.
type day struct{ to *calendar.Date }

func (c day) Scan(v any) error {
	var s sql.NullString
	if err := s.Scan(v); err != nil {
		return err
	}
	return c.to.UnmarshalText([]byte(s.String))
}

func dayValue(d calendar.Date) any { return textValue(d.String()) }

// textValue writes "" as NULL.
func textValue(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// text is a column of text; NULL is "".
type text struct{ to *string }

func (c text) Scan(v any) error {
	var s sql.NullString
	err := s.Scan(v)
	*c.to = s.String
	return err
}

// instant is a column of Unix milliseconds; NULL is the zero time.
type instant struct{ to *time.Time }

func (c instant) Scan(v any) error {
	var n sql.NullInt64
	if err := n.Scan(v); err != nil {
		return err
	}
	*c.to = time.Time{}
	if n.Valid {
		*c.to = time.UnixMilli(n.Int64).UTC()
	}
	return nil
}

func instantValue(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// ref is a column that points at another row; NULL is 0.
type ref struct{ to *int64 }

func (c ref) Scan(v any) error {
	var n sql.NullInt64
	err := n.Scan(v)
	*c.to = n.Int64
	return err
}

func refValue(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// yes is a column of 1 and 0.
type yes struct{ to *bool }

func (c yes) Scan(v any) error {
	var n sql.NullInt64
	err := n.Scan(v)
	*c.to = n.Int64 != 0
	return err
}

func yesValue(b bool) int {
	if b {
		return 1
	}
	return 0
}

// list is a column of JSON that is only ever read whole.
type list[T any] struct{ to *[]T }

func (c list[T]) Scan(v any) error {
	var s sql.NullString
	if err := s.Scan(v); err != nil {
		return err
	}
	*c.to = nil
	if s.String == "" || s.String == "[]" {
		return nil
	}
	if err := json.Unmarshal([]byte(s.String), c.to); err != nil {
		return fmt.Errorf("read list: %w", err)
	}
	return nil
}

func listValue[T any](v []T) (string, error) {
	if len(v) == 0 {
		return "[]", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}
