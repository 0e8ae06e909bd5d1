// <p data-visit="ADDRESS" data-step="N"> tells the server now and then that the
// page is open, and shows what it answers: who else has it open, and whether
// what is shown is out of date. A page that nobody looks at or touches says
// nothing, so that it does not keep its person signed in.
"use strict";

if (document.querySelector("[data-visit]")) {
  const EVERY = 45_000, AWAKE = 5 * 60_000;
  let touched = Date.now();
  for (const type of ["keydown", "pointerdown", "scroll"]) addEventListener(type, () => { touched = Date.now(); }, { passive: true });
  const tell = async () => {
    if (document.visibilityState !== "visible" || Date.now() - touched > AWAKE) return;
    // The line may be another since: the page is brought up to date part by part.
    const line = document.querySelector("[data-visit]");
    try {
      const answer = await fetch(line.dataset.visit, {
        method: "POST", redirect: "error", headers: { Accept: "application/json" }, body: new URLSearchParams({ step: line.dataset.step }),
      });
      if (!answer.ok) return;
      const { text, newer } = await answer.json();
      if (line.textContent !== text) line.textContent = text;
      line.classList.toggle("newer", newer);
    } catch {
      // No network: the line stays as it is.
    }
  };
  tell();
  setInterval(tell, EVERY);
}
