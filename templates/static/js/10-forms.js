// Small helps for forms. Every page works without them.
"use strict";

// The list of errors is read out and reached first.
document.querySelector("[data-focus]")?.focus();

// <input type=checkbox data-check-all="NAME"> ticks all boxes of
// that name in its form (or in the page) and shows when only some are ticked.
onParts((root) => eachIn(root, "input[data-check-all]").forEach((all) => {
  const scope = all.form ?? document;
  const boxes = () => [...scope.querySelectorAll(`input[type=checkbox][name="${CSS.escape(all.dataset.checkAll)}"]`)];
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
    for (const out of scope.querySelectorAll("[data-checked-count]")) out.textContent = String(ticked);
  };
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  scope.addEventListener("change", (event) => { if (event.target !== all) show(); });
  show();
}));

// A form marked data-once is sent once, however often its button is pressed.
// Coming back to the page by the history makes it usable again.
onParts((root) => eachIn(root, "form[data-once]:not([data-in-place])").forEach((form) => {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    sent = false;
    for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  });
}));
