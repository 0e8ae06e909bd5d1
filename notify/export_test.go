package notify

// RenderMail makes a mail's words and forms as composing does.
var RenderMail = words
