package tasks

import (
	"context"
	"fmt"
)

// FollowersView is what the page shows on which followers are named.
type FollowersView struct {
	Document   Document
	Assignment Assignment // zero of a document's
	Task       Task       // zero of a document's
	Choices    FollowerChoices
	People     map[int64]Person // those named now
}

// Followers reads who follows a document, for those who may name them.
func (s *Documents) Followers(ctx context.Context, actor Person, id int64) (FollowersView, error) {
	var v FollowersView
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		if v.Document, err = readable(tx, actor, id); err != nil {
			return err
		}
		if err = may(actor, ActionFollowersName); err != nil {
			return err
		}
		if v.Choices, err = followerChoices(tx); err != nil {
			return err
		}
		v.People, err = tx.PeopleByID(followerIDs(v.Document.Followers))
		return err
	})
	if err != nil {
		return FollowersView{}, fmt.Errorf("followers of document %d: %w", id, err)
	}
	return v, nil
}

// SetFollowers names who follows a document and those of its assignments that have nobody of their own.
func (s *Documents) SetFollowers(ctx context.Context, actor Person, id, version int64, in Followers) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		d, err := readable(tx, actor, id)
		if err != nil {
			return err
		}
		if err := may(actor, ActionFollowersName); err != nil {
			return err
		}
		if version != 0 && d.Version != version {
			return ErrConflict
		}
		before := d.Followers
		choices, err := followerChoices(tx)
		if err != nil {
			return err
		}
		if err := choices.check(in, before); err != nil || in == before {
			return err
		}
		d.Followers = in
		if err := tx.SetDocumentFollowers(d); err != nil {
			return err
		}
		return followersAudit(tx, entry(s.Now(), actor, "document.followers_named", Subject{SubjectDocument, id}), before, in)
	})
	if err != nil {
		return fmt.Errorf("name followers of document %d: %w", id, err)
	}
	return nil
}

// Followers reads who follows an assignment, for those who may name them.
func (s *Assignments) Followers(ctx context.Context, actor Person, id int64) (FollowersView, error) {
	var v FollowersView
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if v.Assignment, err = visible(tx, actor, id); err != nil {
			return err
		}
		if err = may(actor, ActionFollowersName); err != nil {
			return err
		}
		if v.Task, err = tx.Task(v.Assignment.TaskID); err != nil {
			return err
		}
		if v.Document, err = tx.PeekDocument(v.Assignment.DocumentID); err != nil {
			return err
		}
		if v.Choices, err = followerChoices(tx); err != nil {
			return err
		}
		v.People, err = tx.PeopleByID(followerIDs(v.Document.Followers, v.Assignment.Named))
		return err
	})
	if err != nil {
		return FollowersView{}, fmt.Errorf("followers of assignment %d: %w", id, err)
	}
	return v, nil
}

// NameFollowers names who follows an assignment instead of those of its document; 0 leaves it to them.
func (s *Assignments) NameFollowers(ctx context.Context, actor Person, id, version int64, in Followers) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		a, err := acting(tx, actor, id, version, ActionFollowersName)
		if err != nil {
			return err
		}
		d, err := tx.PeekDocument(a.DocumentID)
		if err != nil {
			return err
		}
		choices, err := followerChoices(tx)
		if err != nil {
			return err
		}
		if err := choices.check(in, a.Named); err != nil || in == a.Named {
			return err
		}
		before := a.Followers
		a.Named = in
		if err := tx.SetAssignmentFollowers(a); err != nil {
			return err
		}
		e := entry(s.Now(), actor, "assignment.followers_named", Subject{SubjectAssignment, id})
		return followersAudit(tx, e, before, in.orElse(d.Followers))
	})
	if err != nil {
		return fmt.Errorf("name followers of assignment %d: %w", id, err)
	}
	return nil
}

// FollowerChoices lists the people by whom a list of the whole province may be filtered; empty for those who see no such list.
func (s *Assignments) FollowerChoices(ctx context.Context, actor Person) (FollowerChoices, error) {
	if !actor.Can(ActionAssignmentList) {
		return FollowerChoices{}, nil
	}
	var c FollowerChoices
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		c, err = followerChoices(tx)
		return err
	})
	if err != nil {
		return FollowerChoices{}, fmt.Errorf("read who may follow: %w", err)
	}
	return c, nil
}
