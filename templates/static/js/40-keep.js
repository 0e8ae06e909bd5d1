// What is typed into <form data-keep="PERSON/…/VERSION"> is kept in the browser
// until it is saved, and offered back when the form is seen again. Signing out
// forgets everything; what another person left on the same computer is
// forgotten as soon as somebody else sees such a form.
"use strict";

{
  const PREFIX = "tiendo.keep.";
  const DAYS = 7; // after which nobody comes back for it

  const store = (() => {
    try { localStorage.getItem(PREFIX); return localStorage; } catch { return null; } // blocked by the browser's settings
  })();
  let signedOut = false;
  const names = () => Object.keys(store).filter((name) => name.startsWith(PREFIX));
  const read = (name) => {
    try { return JSON.parse(store.getItem(name)); } catch { return null; }
  };

  const values = (form) => {
    const out = [];
    for (const control of form.elements) {
      if (!control.name || control.type === "hidden" || control.type === "password" || control.type === "file" || control.matches("button")) continue;
      if ((control.type === "checkbox" || control.type === "radio") && !control.checked) continue;
      // What a box stands for is kept with it: an agency that was added is no control of the page as it is sent.
      const label = control.closest(".picked label")?.innerText.trim();
      // A row that is marked may have another version by then.
      const value = control.name === "draft" ? control.value.split(".")[0] : control.value;
      out.push(label ? [control.name, value, label] : [control.name, value]);
    }
    return out;
  };
  const same = (a, b) => JSON.stringify(a.map((v) => v.slice(0, 2))) === JSON.stringify(b.map((v) => v.slice(0, 2)));

  const fill = (form, kept) => {
    for (const control of form.elements) {
      if (control.type !== "checkbox" && control.type !== "radio") continue;
      control.checked = false;
    }
    for (const [name, value, label] of kept) {
      const all = [...form.elements].filter((control) => control.name === name);
      const box = all.find((c) => (c.type === "checkbox" || c.type === "radio") && (name === "draft" ? c.value.split(".")[0] : c.value) === value);
      if (box) box.checked = true;
      else if (label) {
        const list = form.querySelector(`[data-pick="${CSS.escape(name)}"] .picked`);
        if (!list) continue;
        const line = document.createElement("li"), text = document.createElement("span"), tick = document.createElement("input"), around = document.createElement("label");
        tick.type = "checkbox"; tick.name = name; tick.value = value; tick.checked = true;
        text.textContent = label;
        around.append(tick, " ", text);
        line.append(around);
        list.append(line);
      } else {
        const control = all.find((c) => c.type !== "checkbox" && c.type !== "radio");
        if (control) control.value = value;
      }
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const watch = (form) => {
    const id = form.dataset.keep, name = PREFIX + id;
    const about = id.slice(0, id.lastIndexOf("/")); // without the version
    const start = values(form);

    // What an older version of the form kept is offered too.
    for (const other of names().filter((n) => n.slice(PREFIX.length, n.lastIndexOf("/")) === about)) {
      const kept = read(other);
      if (!kept || same(kept.values, start)) { store.removeItem(other); continue; }
      offer(form, other, kept);
      break;
    }

    let timer;
    const keep = () => {
      clearTimeout(timer);
      timer = undefined;
      if (signedOut) return;
      const now = values(form);
      if (same(now, start)) { store.removeItem(name); return; }
      try { store.setItem(name, JSON.stringify({ at: Date.now(), values: now })); } catch { /* the browser's room is full */ }
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(keep, 300); };
    for (const type of ["input", "change"]) {
      // Controls that belong to the form may stand outside it.
      document.addEventListener(type, (event) => { if (event.target.form === form && !form.dataset.offered) soon(); });
    }
    window.addEventListener("pagehide", () => { if (timer) keep(); });
    form.addEventListener("submit", () => {
      keep();
      const kept = read(name);
      if (kept) store.setItem(name, JSON.stringify({ ...kept, sent: true }));
    });
  };

  function offer(form, name, kept) {
    const box = form.querySelector("[data-kept]");
    form.dataset.offered = "1"; // what was kept must not be overwritten before it is answered
    const at = new Date(kept.at), time = box.querySelector("time");
    time.dateTime = at.toISOString();
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", day: "numeric", month: "numeric" }).format(at);
    const answer = (button, act) => box.querySelector(button).addEventListener("click", () => {
      delete form.dataset.offered;
      act();
      box.hidden = true;
    });
    answer("[data-take]", () => fill(form, kept.values));
    answer("[data-drop]", () => store.removeItem(name));
    box.hidden = false;
    form.closest("details")?.setAttribute("open", "");
  }

  if (store) {
    const forms = [...document.querySelectorAll("form[data-keep]")];
    const person = forms[0]?.dataset.keep.split("/")[0];
    // A message of success stands on the page behind a form that was saved; a
    // form that was refused stands there itself, with what was typed.
    const saved = document.querySelector(".flash") && !document.querySelector(".problems");
    for (const name of names()) {
      const kept = read(name);
      const others = person && name.slice(PREFIX.length).split("/")[0] !== person;
      if (!kept || others || (kept.sent && saved) || Date.now() - kept.at > DAYS * 24 * 3600 * 1000) store.removeItem(name);
    }
    onParts((root) => eachIn(root, "form[data-keep]").forEach(watch));
    for (const form of document.querySelectorAll('form[action="/logout"]')) {
      form.addEventListener("submit", () => {
        signedOut = true;
        for (const name of names()) store.removeItem(name);
      });
    }
  }
}
