// A page may be brought up to date part by part: exchange(PAGE) puts what stands in PAGE, a document that was fetched, in the place of
// each element marked data-part="NAME" that is another now. A part in whose form somebody has typed stays as it is. Scripts say through
// onParts what they do with the controls of a page, and do the same with parts that come later.
"use strict";

const { onParts, eachIn, exchange } = (() => {
  const starts = [];
  // What the server sent, before scripts change it.
  const served = new Map([...document.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part.outerHTML]));

  const eachIn = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  const onParts = (start) => { starts.push(start); start(document); };

  const typed = (part) => eachIn(part, "form[data-keep] :is(input:not([type=hidden]), select, textarea)").some((control) => {
    if (control.matches("[type=checkbox], [type=radio]")) return control.checked !== control.defaultChecked;
    if (control.matches("select")) return [...control.options].some((o) => o.selected !== o.defaultSelected) && control.selectedIndex > 0;
    return control.value !== control.defaultValue;
  });

  // The versions that a form carries go on when nothing else of it is another: what was typed was typed about the same.
  const carry = (old, fresh) => {
    const said = (part) => eachIn(part, "form :is(input:not([type=hidden]), textarea)").map((c) => [c.name, c.defaultValue, c.defaultChecked]);
    const hidden = (part) => eachIn(part, "form input[type=hidden]");
    if (JSON.stringify(said(old)) !== JSON.stringify(said(fresh))) return;
    const now = hidden(fresh);
    for (const [i, control] of hidden(old).entries()) if (now[i]?.name === control.name) control.value = now[i].value;
  };

  const exchange = (page) => {
    document.title = page.title;
    const main = document.querySelector("main"), messages = ":scope > :is(.alert, .flash, .problems)";
    for (const old of main.querySelectorAll(messages)) old.remove();
    main.prepend(...[...page.querySelector("main").querySelectorAll(messages)].map((message) => document.importNode(message, true)));
    for (const fresh of page.querySelectorAll("[data-part]")) {
      const name = fresh.dataset.part, html = fresh.outerHTML, old = document.querySelector(`[data-part="${CSS.escape(name)}"]`);
      if (!old || served.get(name) === html) continue;
      if (typed(old)) { carry(old, fresh); continue; }
      const put = document.importNode(fresh, true);
      if (old.open) put.open = true;
      old.replaceWith(put);
      served.set(name, html);
      for (const start of starts) start(put);
    }
  };

  return { onParts, eachIn, exchange };
})();
