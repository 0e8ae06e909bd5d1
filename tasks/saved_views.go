package tasks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Limits of saved views.
const (
	MaxViewName  = 60
	MaxViewQuery = 2000
	MaxViews     = 40 // a person
)

// SavedView is a name that a person gave to the filters of the list of assignments. It holds no assignments: whoever opens it sees what
// he may see.
type SavedView struct {
	ID       int64
	PersonID int64
	Name     string
	Query    string // of the list's address
	Shared   bool   // the whole secretariat sees it
	At       time.Time
}

// SavedViewLine is a view with what the actor may do with it.
type SavedViewLine struct {
	SavedView
	Usual   bool   // the list opens with it for the actor
	MayEdit bool   // rename, share, delete
	Owner   Person // of a view that somebody else shares
}

// SavedViewReader reads saved views. A missing row is ErrNotFound.
type SavedViewReader interface {
	SavedView(id int64) (SavedView, error)
	// SavedViews lists the person's own by name, and with shared what others share behind them.
	SavedViews(personID int64, shared bool) ([]SavedView, error)
	// UsualView is the view with which the list opens for the person; 0: none.
	UsualView(personID int64) (int64, error)
}

// SavedViewWriter changes them.
type SavedViewWriter interface {
	// InsertSavedView and UpdateSavedView answer ErrConflict when the person has another of that name.
	InsertSavedView(v SavedView) (int64, error)
	UpdateSavedView(v SavedView) error
	// DeleteSavedView removes a view; for nobody the list opens with it any more.
	DeleteSavedView(id int64) error
	// SetUsualView lets the list open with the view for the person; 0: with none.
	SetUsualView(personID, viewID int64) error
	// ForgetUsualViews lets nobody's list open with the view but its owner's.
	ForgetUsualViews(v SavedView) error
}

// mayList refuses who has no list of assignments.
func mayList(actor Person) error {
	if agencies, all := actor.Scope(ActionAssignmentRead); !all && len(agencies) == 0 {
		return may(actor, ActionAssignmentList)
	}
	return nil
}

// sees tells whether the view is one of the actor's list.
func (v SavedView) sees(actor Person) bool {
	return v.PersonID == actor.ID || v.Shared && actor.Can(ActionViewShare)
}

// SavedViews lists the views that the actor may open: his own by name, then those that others of the secretariat share.
func (s *Assignments) SavedViews(ctx context.Context, actor Person) ([]SavedViewLine, error) {
	if err := mayList(actor); err != nil {
		return nil, err
	}
	var lines []SavedViewLine
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		views, err := tx.SavedViews(actor.ID, actor.Can(ActionViewShare))
		if err != nil || len(views) == 0 {
			return err
		}
		usual, err := tx.UsualView(actor.ID)
		if err != nil {
			return err
		}
		var owners []int64
		for _, v := range views {
			if v.PersonID != actor.ID && !slices.Contains(owners, v.PersonID) {
				owners = append(owners, v.PersonID)
			}
		}
		people := make(map[int64]Person)
		if len(owners) > 0 {
			if people, err = tx.PeopleByID(owners); err != nil {
				return err
			}
		}
		for _, v := range views {
			lines = append(lines, SavedViewLine{SavedView: v, Usual: v.ID == usual, MayEdit: mayEdit(actor, v, people[v.PersonID]), Owner: people[v.PersonID]})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("saved views of person %d: %w", actor.ID, err)
	}
	return lines, nil
}

// mayEdit tells whether a view is the actor's to change: his own, and what somebody shared who is no more of the secretariat.
func mayEdit(actor Person, v SavedView, owner Person) bool {
	return v.PersonID == actor.ID || v.sees(actor) && !owner.Can(ActionViewShare)
}

// UsualView answers the view with which the list opens for the actor; ok is false when he chose none, or may not open it any more.
func (s *Assignments) UsualView(ctx context.Context, actor Person) (v SavedView, ok bool, err error) {
	err = s.Store.View(ctx, func(tx AssignmentReader) error {
		id, err := tx.UsualView(actor.ID)
		if err != nil || id == 0 {
			return err
		}
		v, err = tx.SavedView(id)
		ok = err == nil && v.sees(actor)
		return err
	})
	if err != nil {
		return SavedView{}, false, fmt.Errorf("usual view of person %d: %w", actor.ID, err)
	}
	return v, ok, nil
}

// SavedViewInput is what a person types about a view. Query is taken for a new one alone.
type SavedViewInput struct {
	Name   string
	Query  string
	Shared bool
}

func (in SavedViewInput) check(actor Person) (SavedViewInput, error) {
	var f fields
	in.Name = f.line("name", in.Name, true, MaxViewName)
	in.Query = f.line("name", in.Query, false, MaxViewQuery)
	if in.Shared && !actor.Can(ActionViewShare) {
		return in, E(CodeForbidden, "error.forbidden")
	}
	return in, f.err()
}

// nameTaken turns the store's answer to a name that the person has already into words for its field.
func nameTaken(err error) error {
	if errors.Is(err, ErrConflict) {
		return Invalid(FieldError{Field: "name", Key: "saved_view.taken"})
	}
	return err
}

// SaveView keeps filters under a name.
func (s *Assignments) SaveView(ctx context.Context, actor Person, in SavedViewInput) (SavedView, error) {
	if err := mayList(actor); err != nil {
		return SavedView{}, err
	}
	in, err := in.check(actor)
	if err == nil && in.Query == "" {
		err = Invalid(FieldError{Field: "name", Key: "saved_view.nothing"})
	}
	if err != nil {
		return SavedView{}, err
	}
	v := SavedView{PersonID: actor.ID, Name: in.Name, Query: in.Query, Shared: in.Shared, At: s.Now()}
	err = s.Store.Update(ctx, func(tx AssignmentTx) error {
		own, err := tx.SavedViews(actor.ID, false)
		if err != nil {
			return err
		}
		if len(own) >= MaxViews {
			return Invalid(FieldError{Field: "name", Key: "saved_view.too_many"})
		}
		v.ID, err = tx.InsertSavedView(v)
		return nameTaken(err)
	})
	if err != nil {
		return SavedView{}, fmt.Errorf("save view: %w", err)
	}
	return v, nil
}

// ownView loads a view that the actor may change; one that he may not see does not exist.
func ownView(tx AssignmentReader, actor Person, id int64) (SavedView, error) {
	v, err := tx.SavedView(id)
	if err != nil {
		return v, err
	}
	if !v.sees(actor) {
		return v, ErrNotFound
	}
	owner, err := tx.Person(v.PersonID)
	if err == nil && !mayEdit(actor, v, owner) {
		err = E(CodeForbidden, "saved_view.others")
	}
	return v, err
}

// ChangeView renames a view and says who sees it.
func (s *Assignments) ChangeView(ctx context.Context, actor Person, id int64, in SavedViewInput) error {
	if err := mayList(actor); err != nil {
		return err
	}
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		v, err := ownView(tx, actor, id)
		if err != nil {
			return err
		}
		in, err := in.check(actor)
		if err != nil {
			return err
		}
		if v.Shared && !in.Shared {
			if err := tx.ForgetUsualViews(v); err != nil {
				return err
			}
		}
		v.Name, v.Shared = in.Name, in.Shared
		return nameTaken(tx.UpdateSavedView(v))
	})
	if err != nil {
		return fmt.Errorf("change view %d: %w", id, err)
	}
	return nil
}

// DeleteView removes a view.
func (s *Assignments) DeleteView(ctx context.Context, actor Person, id int64) error {
	if err := mayList(actor); err != nil {
		return err
	}
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		if _, err := ownView(tx, actor, id); err != nil {
			return err
		}
		return tx.DeleteSavedView(id)
	})
	if err != nil {
		return fmt.Errorf("delete view %d: %w", id, err)
	}
	return nil
}

// SetUsualView lets the list open with the view for the actor, or with usual false no longer.
func (s *Assignments) SetUsualView(ctx context.Context, actor Person, id int64, usual bool) error {
	if err := mayList(actor); err != nil {
		return err
	}
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		v, err := tx.SavedView(id)
		if err != nil {
			return err
		}
		if !v.sees(actor) {
			return ErrNotFound
		}
		if !usual {
			id = 0
		}
		return tx.SetUsualView(actor.ID, id)
	})
	if err != nil {
		return fmt.Errorf("usual view %d: %w", id, err)
	}
	return nil
}
