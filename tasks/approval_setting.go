package tasks

import (
	"context"
	"fmt"
)

// ApprovalSetting is whether an agency's head approves a report of completion before it goes.
type ApprovalSetting struct {
	Agency  Agency
	On      bool
	HasHead bool // without an active head nothing has to be approved
	MaySet  bool
}

// Approval reads the setting of an agency, for its own people and those who keep the directory.
func (s *Directory) Approval(ctx context.Context, actor Person, agencyID int64) (ApprovalSetting, error) {
	own := []int64{agencyID}
	if !actor.CanOn(ActionReport, own, nil) && !actor.CanOn(ActionApprovalSet, own, nil) {
		return ApprovalSetting{}, may(actor, ActionApprovalSet)
	}
	v := ApprovalSetting{MaySet: actor.CanOn(ActionApprovalSet, own, nil)}
	err := s.Store.View(ctx, func(tx DirectoryReader) (err error) {
		v, err = approvalSetting(tx, v, agencyID)
		return err
	})
	if err != nil {
		return ApprovalSetting{}, fmt.Errorf("approval in agency %d: %w", agencyID, err)
	}
	return v, nil
}

func approvalSetting(tx DirectoryReader, v ApprovalSetting, agencyID int64) (ApprovalSetting, error) {
	agencies, err := agencyMap(tx)
	if err != nil {
		return v, err
	}
	var ok bool
	if v.Agency, ok = agencies[agencyID]; !ok {
		return v, ErrNotFound
	}
	if v.On, err = tx.HeadApproves(agencyID); err != nil {
		return v, err
	}
	v.HasHead, err = tx.HasHead(agencyID)
	return v, err
}

// SetApproval says whether an agency's head approves first: its own heads decide, or those who keep the directory. What waits already stays.
func (s *Directory) SetApproval(ctx context.Context, actor Person, agencyID int64, on bool) error {
	if !actor.CanOn(ActionApprovalSet, []int64{agencyID}, nil) {
		return may(actor, ActionApprovalSet)
	}
	err := s.Store.Update(ctx, func(tx DirectoryTx) error {
		v, err := approvalSetting(tx, ApprovalSetting{}, agencyID)
		if err != nil || v.On == on {
			return err
		}
		if err := tx.SetHeadApproves(agencyID, on); err != nil {
			return err
		}
		e := entry(s.Now(), actor, "agency.approval_set", Subject{SubjectAgency, agencyID})
		_, err = tx.Audit(e.with(map[string]any{"head_approves": v.On}, map[string]any{"head_approves": on}))
		return err
	})
	if err != nil {
		return fmt.Errorf("set approval in agency %d: %w", agencyID, err)
	}
	return nil
}
