// Keys for a list worked through row by row. The list is marked data-keys, its
// rows data-row and tabindex="-1"; j and k go down and up, n to the next row
// marked data-doubt, and any other key presses what in the row is marked
// data-key with it (data-key="Enter", data-key="e"). In what is marked
// data-keys-beside they go on from the last row. Keys do nothing while one types, and none that goes with Ctrl, Alt or Meta is taken.
"use strict";

for (const list of document.querySelectorAll("[data-keys]")) {
  const rows = () => [...list.querySelectorAll("[data-row]")];
  const typing = (target) => target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");

  // The row one was last in: a link out of it (to its source) takes the focus
  // away from the list, and the keys go on from there.
  let last;
  list.addEventListener("focusin", (event) => { last = event.target.closest("[data-row]") ?? last; });

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(target)) return;
    const inside = list.contains(target);
    if (!inside && target !== document.body && !target.closest("[data-keys-beside]")) return;
    const all = rows();
    const here = inside ? target.closest("[data-row]") : last;
    const at = all.indexOf(here);
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
    // From outside the list only links are followed: the row may be out of sight.
    if (press && (inside || press.matches("a"))) {
      event.preventDefault();
      press.click();
    }
  });
}
