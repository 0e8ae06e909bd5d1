// <form data-in-place> is sent without leaving the page: its answer, the same
// page as it is then, is put in its place part by part, the focus goes where
// the server leads, and keys that were pressed meanwhile are taken up. Without
// script, or when the answer does not come, it is an ordinary form.
"use strict";

{
  const main = document.querySelector("main");

  const rows = () => [...document.querySelectorAll("[data-row]")];
  const marked = () => [...document.querySelectorAll("[data-row] input[name=draft]:checked")].map((box) => box.value.split(".")[0]);
  const markAgain = (ids) => {
    for (const box of document.querySelectorAll("[data-row] input[name=draft]")) if (ids.includes(box.value.split(".")[0])) box.checked = true;
  };

  const pageOf = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Another page altogether, such as the one to sign in at.
    if (!page.querySelector("[data-part]")) throw new Error("not the same page");
    return page;
  };

  const send = async (form, button) => {
    const answer = await fetch(button?.hasAttribute("formaction") ? button.formAction : form.action, {
      method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form, button)),
    });
    const ids = marked();
    const at = rows().indexOf(document.activeElement.closest("[data-row]"));
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      exchange(await pageOf(answer)); // what was wrong
      markAgain(ids);
      document.querySelector("[data-focus]")?.focus();
      heldKeys.length = 0; // they were meant for another page
      return;
    }
    const target = new URL((await answer.json()).location, location.href);
    if (target.pathname !== location.pathname) { location.assign(target); return; }
    exchange(await pageOf(await fetch(target.pathname + target.search)));
    markAgain(ids);
    history.replaceState(history.state, "", target);
    // The row to which it leads may be of those that are not shown.
    const to = document.getElementById(target.hash.slice(1)) ?? rows()[Math.min(at, rows().length - 1)];
    if (!to) return;
    if (!to.matches("[tabindex], a[href], button, input")) to.tabIndex = -1;
    to.focus({ preventScroll: true });
    const { top, bottom } = to.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) to.scrollIntoView({ block: "center" });
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target, button = event.submitter;
    if (!form.matches("form[data-in-place]") || event.defaultPrevented || "plain" in form.dataset) return;
    event.preventDefault();
    if (main.ariaBusy === "true") return;
    main.ariaBusy = "true";
    try {
      await send(form, button);
    } catch {
      heldKeys.length = 0;
      if (form.isConnected) {
        form.dataset.plain = "";
        form.requestSubmit(button?.isConnected ? button : undefined);
      } else location.reload();
      return;
    } finally {
      main.ariaBusy = null;
    }
    while (heldKeys.length > 0 && main.ariaBusy !== "true") {
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: heldKeys.shift(), bubbles: true, cancelable: true }));
    }
  });
}
