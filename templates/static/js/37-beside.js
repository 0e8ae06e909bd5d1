// Where a row of a list (30-keys.js) came from: when one goes to the row, the
// place to which its link data-key="v" leads is marked and brought into sight in
// the pane beside the list, without moving the page.
"use strict";

{
  let shown;
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-keys] [data-row]");
    if (!row) return;
    const link = row.querySelector('a[data-key="v"][href^="#"]');
    const place = (link && document.getElementById(link.hash.slice(1))) || undefined;
    if (place === shown) return;
    shown?.classList.remove("here");
    shown = place;
    const pane = place?.closest("[data-keys-beside]");
    if (!pane) return;
    place.classList.add("here");
    const box = place.getBoundingClientRect(), around = pane.getBoundingClientRect();
    if (box.top < around.top || box.bottom > around.bottom) pane.scrollTop += box.top - around.top - pane.clientHeight / 4;
  });
}
