package store

import (
	"slices"

	"tiendo/notify"
)

// body is a mail's bytes.
type body struct {
	mail int64
	raw  []byte
}

// readBodies gives the mails their bytes.
func (tx *Tx) readBodies(mails []notify.Mail) error {
	for chunk := range slices.Chunk(mails, maxParameters) {
		at := make(map[int64]int, len(chunk))
		numbers := make([]int64, len(chunk))
		for i, m := range chunk {
			at[m.ID], numbers[i] = i, m.ID
		}
		var w where
		bodies, err := all(tx, func(r scanner) (b body, err error) {
			err = r.Scan(&b.mail, &b.raw)
			return b, err
		}, "SELECT mail_id, raw FROM mail_bodies WHERE mail_id IN "+in(&w, numbers), w.args...)
		if err != nil {
			return err
		}
		for _, b := range bodies {
			chunk[at[b.mail]].Raw = b.raw
		}
	}
	return nil
}

// eraseBodies removes the bytes of mails that will not go again.
func (tx *Tx) eraseBodies(mailIDs []int64) error {
	for chunk := range slices.Chunk(mailIDs, maxParameters) {
		var w where
		if err := tx.exec("DELETE FROM mail_bodies WHERE mail_id IN "+in(&w, chunk), w.args...); err != nil {
			return err
		}
	}
	return nil
}
