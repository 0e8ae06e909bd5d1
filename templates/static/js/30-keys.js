// Keys for a list worked through row by row. The list is marked data-keys, its
// rows data-row and tabindex="-1"; j and k go down and up, n to the next row
// marked data-doubt, and any other key presses what in the row is marked
// data-key with it (data-key="Enter", data-key="e"). Keys do nothing while one
// types, and none that goes with Ctrl, Alt or Meta is taken.
"use strict";

for (const list of document.querySelectorAll("[data-keys]")) {
  const rows = () => [...list.querySelectorAll("[data-row]")];
  const typing = (target) => target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(target)) return;
    if (target !== document.body && !list.contains(target)) return;
    const all = rows();
    const at = all.indexOf(target.closest("[data-row]"));
    let next;
    if (event.key === "j") next = all[at + 1];
    else if (event.key === "k") next = all[Math.max(at - 1, 0)];
    else if (event.key === "n") next = all.slice(at + 1).find((row) => "doubt" in row.dataset) ?? all.find((row) => "doubt" in row.dataset);
    if (next) {
      event.preventDefault();
      next.focus();
      return;
    }
    // Enter and Space on a link or button are its own.
    if (at < 0 || (target !== all[at] && (event.key === "Enter" || event.key === " "))) return;
    const press = all[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (press) {
      event.preventDefault();
      press.click();
    }
  });
}
