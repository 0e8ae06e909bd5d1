-- Who has had the mail of a kind today is asked each time that the kind is composed, of all mails that were ever sent.

CREATE INDEX mails_kind_created ON mails (kind, created_at);
