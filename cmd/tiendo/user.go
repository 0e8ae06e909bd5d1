package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"tiendo/tasks"
)

func runUser(ctx context.Context, args []string, io streams) error {
	subs := map[string]func(context.Context, []string, streams) error{
		"add": userAdd, "list": userList, "link": userLink, "disable": userDisable,
	}
	if len(args) > 0 {
		if sub, ok := subs[args[0]]; ok {
			return sub(ctx, args[1:], io)
		}
	}
	fmt.Fprint(io.err, `usage: tiendo user add|list|link|disable [flags]

  add      add a person; prints a one-time link to set a password
  list     list people with their roles
  link     print a new one-time link for a person
  disable  disable a person; his sessions end
`)
	if len(args) > 0 && (args[0] == "-h" || args[0] == "--help") {
		return nil
	}
	return errUsage
}

// withApp runs fn with the program wired to the configured database, logging only what goes wrong.
func withApp(ctx context.Context, configPath string, io streams, fn func(*app) error) error {
	c, err := loadConfig(configPath)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(io.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, err := newApp(ctx, c, realClocks(), log)
	if err != nil {
		return err
	}
	err = fn(a)
	return errors.Join(a.inWords(err), a.Close())
}

// commandLanguage is that of the program's own messages.
const commandLanguage = "en"

func isFile(f tasks.FieldError) bool { return f.Field == "files" }

// inWords puts an error that a person can mend into words, as the pages would.
func (a *app) inWords(err error) error {
	var e *tasks.Error
	if !errors.As(err, &e) || e.Code == tasks.CodeInternal {
		return err
	}
	w := a.templates.Words(commandLanguage)
	toAny := func(in []string) []any {
		out := make([]any, len(in))
		for i, s := range in {
			out[i] = s
		}
		return out
	}
	lines := []string{w.T(e.Key, toAny(e.Args)...)}
	if slices.ContainsFunc(e.Fields, isFile) {
		lines = nil // nothing was filled in: the file is what is wrong
	}
	for _, f := range e.Fields {
		if line := w.T(f.Key, toAny(f.Args)...); isFile(f) {
			lines = append(lines, line)
		} else {
			lines = append(lines, f.Field+": "+line)
		}
	}
	return errors.New(strings.Join(lines, "\n  "))
}

func userAdd(ctx context.Context, args []string, io streams) error {
	f := flags("user add", "", io)
	path := configFlag(f)
	email := f.String("email", "", "mail `address`, by which the person signs in")
	name := f.String("name", "", "full `name`")
	position := f.String("position", "", "position in the agency")
	role := f.String("role", "", roleNames()+"; must be said")
	language := f.String("language", "", "language of pages and mails: "+strings.Join(tasks.Languages, " or ")+" (default "+tasks.Languages[0]+")")
	agency := f.String("agency", "", "`code` of the agency, for focal and head")
	password := f.Bool("password-stdin", false, "read a password from standard input instead of printing a one-time link")
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	switch {
	case !tasks.Role(*role).Valid():
		return fmt.Errorf("-role %q: say what the person does: %s", *role, roleNames())
	case *language != "" && !slices.Contains(tasks.Languages, *language):
		return fmt.Errorf("-language %q: want %s", *language, strings.Join(tasks.Languages, " or "))
	}
	return withApp(ctx, *path, io, func(a *app) error {
		grant := tasks.Grant{Role: tasks.Role(*role)}
		if *agency != "" {
			id, err := a.agencyByCode(ctx, *agency)
			if err != nil {
				return err
			}
			grant.AgencyID = id
		}
		in := tasks.Person{Email: *email, Name: *name, Position: *position, Language: *language, Active: true, Grants: []tasks.Grant{grant}}
		if *password {
			line, err := bufio.NewReader(io.in).ReadString('\n')
			if err != nil && line == "" {
				return fmt.Errorf("read password: %w", err)
			}
			_, err = a.accounts.AddWithPassword(ctx, tasks.System, in, strings.TrimRight(line, "\r\n"))
			return err
		}
		p, err := a.accounts.SavePerson(ctx, tasks.System, in)
		if err != nil {
			return err
		}
		return a.printLink(ctx, io, p)
	})
}

// roleNames lists the roles as a sentence does.
func roleNames() string {
	names := make([]string, len(tasks.Roles))
	for i, r := range tasks.Roles {
		names[i] = string(r)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func (a *app) agencyByCode(ctx context.Context, code string) (int64, error) {
	entries, err := a.directory.All(ctx, tasks.System)
	if err != nil {
		return 0, err
	}
	for _, ag := range entries.Agencies {
		if strings.EqualFold(ag.Code, code) {
			return ag.ID, nil
		}
	}
	return 0, fmt.Errorf("there is no agency with the code %q", code)
}

// printLink makes a one-time link and prints it; it also goes out by mail when the server runs.
func (a *app) printLink(ctx context.Context, io streams, p tasks.Person) error {
	secret, err := a.accounts.Invite(ctx, tasks.System, p.ID)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(io.out, "%s/password/link/%s\n", strings.TrimRight(a.config.BaseURL, "/"), secret)
	return err
}

func userList(ctx context.Context, args []string, io streams) error {
	f := flags("user list", "", io)
	path := configFlag(f)
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	return withApp(ctx, *path, io, func(a *app) error {
		agencies, err := a.directory.Names(ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(io.out, 0, 4, 2, ' ', 0)
		for q := (tasks.PersonQuery{Inactive: true, Limit: tasks.MaxPage}); ; {
			page, err := a.accounts.People(ctx, tasks.System, q)
			if err != nil {
				return err
			}
			for _, p := range page.Rows {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", p.Email, p.Name, grantWords(p.Grants, agencies), activeWord(p.Active))
			}
			if q.After = page.Next; q.After == "" {
				return w.Flush()
			}
		}
	})
}

func grantWords(grants []tasks.Grant, agencies map[int64]tasks.Agency) string {
	words := make([]string, len(grants))
	for i, g := range grants {
		words[i] = string(g.Role)
		if g.AgencyID != 0 {
			words[i] += ":" + agencies[g.AgencyID].Code
		}
	}
	return strings.Join(words, ",")
}

func activeWord(active bool) string {
	if active {
		return "active"
	}
	return "disabled"
}

// byEmail finds the person whom a command's one argument names.
func (a *app) byEmail(ctx context.Context, email string) (tasks.Person, error) {
	page, err := a.accounts.People(ctx, tasks.System, tasks.PersonQuery{Words: email, Inactive: true, Limit: tasks.MaxPage})
	if err != nil {
		return tasks.Person{}, err
	}
	for _, p := range page.Rows {
		if p.Email == tasks.NormalizeEmail(email) {
			return p, nil
		}
	}
	return tasks.Person{}, fmt.Errorf("nobody has the address %q", email)
}

func userLink(ctx context.Context, args []string, io streams) error {
	f := flags("user link", "ADDRESS", io)
	path := configFlag(f)
	if err := parse(f, args, 1, 1); err != nil {
		return err
	}
	return withApp(ctx, *path, io, func(a *app) error {
		p, err := a.byEmail(ctx, f.Arg(0))
		if err != nil {
			return err
		}
		return a.printLink(ctx, io, p)
	})
}

func userDisable(ctx context.Context, args []string, io streams) error {
	f := flags("user disable", "ADDRESS", io)
	path := configFlag(f)
	if err := parse(f, args, 1, 1); err != nil {
		return err
	}
	return withApp(ctx, *path, io, func(a *app) error {
		p, err := a.byEmail(ctx, f.Arg(0))
		if err != nil {
			return err
		}
		p.Active = false
		_, err = a.accounts.SavePerson(ctx, tasks.System, p)
		return err
	})
}

// readFiles reads the files that a command's arguments name.
func readFiles(paths []string) ([]tasks.Upload, error) {
	files := make([]tasks.Upload, len(paths))
	for i, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		files[i] = tasks.Upload{Name: baseName(path), Data: data}
	}
	return files, nil
}
