package notify

// MailData is what a mail's template is filled in with.
type MailData = mailData

// RenderMail makes a mail's words and forms as composing does.
var RenderMail = words
