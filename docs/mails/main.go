// Mails pictures every kind of mail on one sheet: as a phone of 320 pixels and a window of 800 show it, in light and in dark, and as text.
//
//	go run ./docs/mails [-language en] [-browser /usr/bin/chromium] [-pictures FOLDER] sheet.png [FOLDER]
//
// The mails are those that notify's tests compose, of each sort the longest; with a FOLDER they are read from there instead (NAME.html and
// NAME.txt, as the tests leave them with TIENDO_TEST_PAGES). -pictures keeps each picture by itself too. It fails when a mail is wider than
// its window.
package main

import (
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"
)

func main() {
	language := flag.String("language", "vi", "vi or en")
	browser := flag.String("browser", "/usr/bin/chromium", "the browser")
	pictures := flag.String("pictures", "", "a folder for the single pictures")
	flag.Parse()
	if flag.NArg() < 1 || flag.NArg() > 2 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*browser, *language, *pictures, flag.Arg(0), flag.Arg(1)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(bin, language, pictures, sheet, folder string) error {
	if folder == "" {
		made, err := os.MkdirTemp("", "mails")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		if folder = made; compose(folder) != nil {
			return errors.New("the tests of notify, which compose the mails, have failed: run go test ./notify")
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "* "+language+" *.html"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no mails in %s: %v", folder, err)
	}
	slices.Sort(files)
	l := launcher.New().Bin(bin).NoSandbox(true).Leakless(false).Headless(true).Set("disable-gpu").Set("hide-scrollbars")
	address, err := l.Launch()
	if err != nil {
		return fmt.Errorf("start %s: %w", bin, err)
	}
	defer l.Kill()
	b := rod.New().ControlURL(address)
	if err := b.Connect(); err != nil {
		return err
	}
	defer b.Close()
	page, err := b.Page(proto.TargetCreateTarget{URL: "about:blank"})
	if err != nil {
		return err
	}
	var rows []row
	var wide []error
	for _, file := range files {
		r, err := picture(page, file, pictures)
		wide = append(wide, err)
		rows = append(rows, r)
	}
	if err := lay(page, rows, sheet); err != nil {
		return err
	}
	fmt.Printf("%d mails in %s\n", len(rows), sheet)
	return errors.Join(wide...)
}

// compose runs the tests that leave each mail in the folder.
func compose(folder string) error {
	cmd := exec.Command("go", "test", "-count=1", "./notify")
	cmd.Env = append(os.Environ(), "TIENDO_TEST_PAGES="+folder)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

// row is one mail on the sheet.
type row struct {
	Name, Text string
	Pictures   []shot
}

type shot struct {
	Label string
	Width int
	PNG   template.URL
}

// picture shows a mail in each window. A window that it does not fit is an error, with the pictures all the same.
func picture(page *rod.Page, file, pictures string) (row, error) {
	name := strings.TrimSuffix(filepath.Base(file), ".html")
	text, err := os.ReadFile(strings.TrimSuffix(file, ".html") + ".txt")
	if err != nil {
		return row{}, err
	}
	r := row{Name: name, Text: string(text)}
	var wrong error
	for _, width := range []int{320, 800} {
		for _, scheme := range []string{"light", "dark"} {
			png, wide, err := shoot(page, file, width, scheme)
			if err != nil {
				return r, fmt.Errorf("%s: %w", name, err)
			}
			if wide > width {
				wrong = fmt.Errorf("%s: %d pixels wide in a window of %d", name, wide, width)
			}
			if pictures != "" {
				if err := os.WriteFile(filepath.Join(pictures, fmt.Sprintf("%s %d %s.png", name, width, scheme)), png, 0o644); err != nil {
					return r, err
				}
			}
			r.Pictures = append(r.Pictures, shot{fmt.Sprintf("%d %s", width, scheme), width, template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))})
		}
	}
	return r, wrong
}

func shoot(page *rod.Page, file string, width int, scheme string) (png []byte, wide int, err error) {
	if err := page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: width, Height: 200, DeviceScaleFactor: 1}); err != nil {
		return nil, 0, err
	}
	if err := (proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}).Call(page); err != nil {
		return nil, 0, err
	}
	whole, err := filepath.Abs(file)
	if err != nil {
		return nil, 0, err
	}
	if err := page.Navigate("file://" + strings.ReplaceAll(whole, " ", "%20")); err != nil {
		return nil, 0, err
	}
	if err := page.WaitLoad(); err != nil {
		return nil, 0, err
	}
	size, err := page.Eval(`() => document.documentElement.scrollWidth`)
	if err != nil {
		return nil, 0, err
	}
	png, err = page.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
	return png, size.Value.Int(), err
}

var sheetPage = template.Must(template.New("").Parse(`<!doctype html><meta charset="utf-8"><style>
body { margin: 12px; font: 12px/1.35 'Noto Sans', sans-serif; columns: 2; column-gap: 24px }
section { break-inside: avoid; margin-bottom: 20px; border-top: 2px solid #333 }
h2 { margin: 4px 0; font-size: 14px } div { display: flex; gap: 8px; align-items: flex-start }
figure { margin: 0 } figcaption { color: #666 } img { display: block; zoom: .5; border: 1px solid #bbb }
pre { margin: 0; width: 380px; white-space: pre-wrap; overflow-wrap: anywhere; font: 9px/1.3 'Noto Sans Mono', monospace }
</style>{{range .}}<section><h2>{{.Name}}</h2><div>{{range .Pictures}}<figure><figcaption>{{.Label}}</figcaption><img src="{{.PNG}}"></figure>{{end}}<pre>{{.Text}}</pre></div></section>{{end}}`))

// lay puts all on one sheet.
func lay(page *rod.Page, rows []row, sheet string) error {
	made, err := os.CreateTemp("", "sheet-*.html")
	if err != nil {
		return err
	}
	defer os.Remove(made.Name())
	if err := errors.Join(sheetPage.Execute(made, rows), made.Close()); err != nil {
		return err
	}
	png, _, err := shoot(page, made.Name(), 3120, "light")
	if err != nil {
		return err
	}
	return os.WriteFile(sheet, png, 0o644)
}
