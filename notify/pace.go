package notify

import (
	"context"
	"fmt"
	"time"
)

// Limits are how many mails a mail server takes; 0: as many as come. They hold over all instances on one database, and count every mail
// that was begun, whatever the server said to it.
type Limits struct {
	Minute int // within any sixty seconds
	Hour   int // within any sixty minutes
}

// Turns keeps the Limits; part of OutboxStore.
type Turns interface {
	// TakeTurn notes that a mail is begun at the system instant, and answers a number to give the turn back by. With no turn left it notes
	// nothing and answers when one is free.
	TakeTurn(ctx context.Context, system time.Time, l Limits) (turn int64, free time.Time, err error)
	// ReturnTurn takes the note back: the server never heard of the mail.
	ReturnTurn(ctx context.Context, turn int64) error
}

// longestPace bounds the wait for a turn, should the machine's clock be put back meanwhile.
const longestPace = time.Minute

// takeTurn answers the turn of a mail that is about to begin, or when one will be free. Without limits nothing is asked or written.
func (d *Deliverer) takeTurn(ctx context.Context) (turn int64, free time.Time, err error) {
	if d.settings.Limits == (Limits{}) {
		return 0, time.Time{}, nil
	}
	turn, free, err = d.store.TakeTurn(context.WithoutCancel(ctx), d.system(), d.settings.Limits)
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("limits of the mail server: %w", err)
	}
	return turn, free, nil
}

// returnTurn gives a turn back; 0: none was taken.
func (d *Deliverer) returnTurn(ctx context.Context, turn int64) error {
	if turn == 0 {
		return nil
	}
	if err := d.store.ReturnTurn(context.WithoutCancel(ctx), turn); err != nil {
		return fmt.Errorf("limits of the mail server: %w", err)
	}
	return nil
}
