// Keys for a list worked through row by row. The list is marked data-keys, its
// rows data-row and tabindex="-1"; j and k go down and up, n to the next row
// marked data-doubt, and any other key presses what in the row is marked
// data-key with it (data-key="Enter", data-key="e"). In what is marked
// data-keys-beside they go on from the last row. Keys do nothing while one
// types, and none that goes with Ctrl, Alt or Meta is taken. While a step is on
// its way (35-steps.js) they wait for its end.
//
// What is marked data-page-key is pressed from anywhere on the page; a summary
// so opened, or a form, hands the focus to its first control.
"use strict";

const heldKeys = [];

{
  const typing = (target) => target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
  const own = (event) => event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target);
  // With a Vietnamese input method or caps lock the letter may come as a capital.
  const keyOf = (event) => (event.key.length === 1 ? event.key.toLowerCase() : event.key);

  // The row one was last in: a link out of it (to its source) takes the focus
  // away from the list, and the keys go on from there.
  let last;
  document.addEventListener("focusin", (event) => { last = event.target.closest("[data-keys] [data-row]") ?? last; });

  // A page that was asked for with a row of the list goes on from that row.
  const asked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (asked && asked.matches("[data-keys] [data-row]")) asked.focus({ preventScroll: true });

  const inList = (list, event) => {
    const target = event.target, inside = list.contains(target);
    if (!inside && target !== document.body && !target.closest("[data-keys-beside]")) return;
    if (last && !last.isConnected) last = (last.id && document.getElementById(last.id)) || undefined;
    const all = [...list.querySelectorAll("[data-row]")], key = keyOf(event);
    const here = inside ? target.closest("[data-row]") : last;
    const at = all.indexOf(here);
    let next;
    if (key === "j") next = all[at + 1];
    else if (key === "k") next = all[Math.max(at - 1, 0)];
    else if (key === "n") next = all.slice(at + 1).find((row) => "doubt" in row.dataset) ?? all.find((row) => "doubt" in row.dataset);
    if (next) {
      event.preventDefault();
      next.focus();
      return;
    }
    // Enter and Space on a link, button or box are its own.
    if (at < 0 || (target !== all[at] && (key === "Enter" || key === " "))) return;
    const press = all[at].querySelector(`[data-key="${CSS.escape(key)}"]`);
    // From outside the list only links are followed: the row may be out of sight.
    if (press && (inside || press.matches("a"))) {
      event.preventDefault();
      press.click();
    }
  };

  const anywhere = (event) => {
    if (event.key.length !== 1) return;
    const press = document.querySelector(`[data-page-key="${CSS.escape(keyOf(event))}"]`);
    if (!press) return;
    event.preventDefault();
    const controls = ":is(input:not([type=hidden]), select, textarea)";
    if (press.matches("form")) press.querySelector(controls)?.focus();
    else press.click();
    if (!press.matches("summary")) return;
    if (press.parentElement.open) (press.parentElement.querySelector(`form ${controls}`) ?? press).focus();
    else press.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (own(event)) return;
    if (document.querySelector("main[aria-busy=true]") && (event.key.length === 1 || event.key === "Enter")) {
      event.preventDefault();
      heldKeys.push(event.key);
      return;
    }
    for (const list of document.querySelectorAll("[data-keys]")) if (!event.defaultPrevented) inList(list, event);
    if (!event.defaultPrevented) anywhere(event);
  });

  // <form data-caret>: sends as "at" how many characters of its text stand
  // before the caret.
  for (const form of document.querySelectorAll("form[data-caret]")) {
    form.hidden = false;
    const text = form.querySelector("textarea");
    form.addEventListener("submit", () => {
      form.elements.at.value = String([...text.value.slice(0, text.selectionStart)].length);
      text.disabled = true;
    });
  }
}
