package store

import (
	"context"
	"errors"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// What one program changes another on the same database sees at once, though both keep what they read.
func TestKeptRowsFollowChanges(t *testing.T) {
	dsn := engines[0].dsn(t)
	one, other := open(t, dsn), open(t, dsn)
	names := func(db *DB) (agencies, documents string) {
		view(t, db, func(tx *Tx) error {
			for _, a := range must(tx.Agencies())(t) {
				agencies += a.Name + ";"
			}
			for _, d := range must(tx.DocumentNames(nil, 10))(t) {
				documents += d.Title + ";"
			}
			return nil
		})
		return agencies, documents
	}
	want := func(wantAgencies, wantDocuments string) {
		t.Helper()
		for _, db := range []*DB{one, other, one} {
			if agencies, documents := names(db); agencies != wantAgencies || documents != wantDocuments {
				t.Errorf("agencies %q, documents %q, want %q and %q", agencies, documents, wantAgencies, wantDocuments)
			}
		}
	}
	want("", "")
	var a tasks.Agency
	var d int64
	update(t, one, func(tx *Tx) error {
		a = tasks.Agency{Code: "snv", Name: "Sở Nội vụ", Kind: "department"}
		a.ID = must(tx.InsertAgency(a))(t)
		d = document(t, tx, "1/KH", "Kế hoạch", tasks.DocumentIssued).ID
		return nil
	})
	want("Sở Nội vụ;", "Kế hoạch;")
	update(t, other, func(tx *Tx) error {
		a = must(tx.Agencies())(t)[0]
		a.Name = "Sở Nội Vụ"
		doc := must(tx.Document(d))(t)
		doc.Title = "Kế hoạch mới"
		if err := tx.UpdateDocument(doc); err != nil {
			return err
		}
		return tx.UpdateAgency(a)
	})
	want("Sở Nội Vụ;", "Kế hoạch mới;")
	// What is undone was never there, though its version is given again.
	for _, fails := range []bool{true, false} {
		err := one.Update(t.Context(), func(tx *Tx) error {
			a := must(tx.Agencies())(t)[0]
			if a.Name = "Sở Nội vụ tỉnh"; fails {
				a.Name = "?"
			}
			if err := tx.UpdateAgency(a); err != nil {
				return err
			}
			must(tx.Agencies())(t)
			if fails {
				return context.Canceled
			}
			return nil
		})
		if fails != errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	want("Sở Nội vụ tỉnh;", "Kế hoạch mới;")
	// A caller may sort or change what it was given.
	view(t, one, func(tx *Tx) error {
		must(tx.Agencies())(t)[0].Name = "?"
		return nil
	})
	want("Sở Nội vụ tỉnh;", "Kế hoạch mới;")
}

func TestBulkIsLikeAnIssue(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var lead int64
		update(t, db, func(tx *Tx) error {
			lead = agency(t, tx, "snv", "Sở Nội vụ")
			return nil
		})
		duties := make([]BulkDuty, 150) // more than one statement's worth
		for i := range duties {
			duties[i] = BulkDuty{
				Task:       tasks.Task{Position: i, Text: "Công khai kết quả", Source: tasks.Place{Part: "text", Block: i + 1}},
				Assignment: tasks.Assignment{Leads: []int64{lead}, State: tasks.StateReturned, DueVersion: 1, Due: today},
				Notes:      []calendar.Date{today},
				Reports:    []tasks.Report{{AgencyID: lead, Kind: tasks.ReportSubmission, On: today, Outcome: tasks.OutcomeReturned, Reason: "Thiếu số liệu"}},
			}
		}
		d := tasks.Document{Head: tasks.Head{Kind: tasks.KindPlan, Number: "9/KH-UBND", Title: "Kế hoạch"}, State: tasks.DocumentIssued}
		if err := db.Bulk(t.Context(), func(b *Bulk) error { return b.Add(d, duties) }); err != nil {
			t.Fatal(err)
		}
		view(t, db, func(tx *Tx) error {
			page := must(tx.Assignments(tasks.AssignmentQuery{Words: "cong khai 9/kh", AgencyID: lead, Part: tasks.PartLead}))(t)
			if page.Total != len(duties) {
				t.Fatalf("%d found, want %d", page.Total, len(duties))
			}
			row := page.Rows[0]
			if row.LastReason != "Thiếu số liệu" || row.NextReport != today || row.DocumentNumber != "9/KH-UBND" || row.Text != "Công khai kết quả" {
				t.Errorf("row %+v", row)
			}
			return nil
		})
	})
}
