// Completion for <input data-suggest="ADDRESS">: asks ADDRESS?q=WORDS for a JSON
// array of {"value", "label", "note"} and offers it as an ARIA combobox. Alone,
// the input takes the label; inside [data-pick=NAME] a choice becomes a ticked
// box of that name, so that what is sent is the value.
"use strict";

{
  let count = 0;

  onParts((root) => eachIn(root, "input[data-suggest]").forEach((input) => attach(input, `suggest-${++count}`)));

  function attach(input, id) {
    const list = document.createElement("ul");
    list.id = id;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    const wrap = document.createElement("span");
    wrap.className = "combo";
    input.before(wrap);
    wrap.append(input, list);
    input.setAttribute("role", "combobox");
    input.autocomplete = "off";
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);
    input.setAttribute("aria-autocomplete", "list");

    let items = [], current = -1, timer, request;

    const close = () => {
      request?.abort();
      clearTimeout(timer);
      list.hidden = true;
      current = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const mark = (index) => {
      list.children[current]?.setAttribute("aria-selected", "false");
      current = index;
      const option = list.children[current];
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    };

    const choose = (item) => {
      const pick = input.closest("[data-pick]");
      if (pick) add(pick, item);
      input.value = pick ? "" : item.label;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const show = (found) => {
      items = found;
      current = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...found.map((item, index) => {
        const option = document.createElement("li");
        option.id = `${id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = item.label;
        if (item.note) {
          const note = document.createElement("small");
          note.textContent = ` ${item.note}`;
          option.append(note);
        }
        // mousedown, because a click comes after the input has lost its focus.
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(item); });
        return option;
      }));
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
    };

    const ask = async () => {
      request?.abort();
      request = new AbortController();
      const address = new URL(input.dataset.suggest, location.href);
      address.searchParams.set("q", input.value.trim());
      try {
        const answer = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
        if (answer.ok) show(await answer.json());
      } catch (error) {
        // An answer overtaken by the next letter, or no network: the server
        // looks the typed words up when the form is sent.
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim() === "") close(); else timer = setTimeout(ask, 150);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      // While an input method composes a letter, its keys are its own.
      if (event.isComposing) return;
      const open = !list.hidden && items.length > 0;
      if (event.key === "ArrowDown" && !open && input.value.trim() !== "") ask();
      else if (event.key === "ArrowDown" && open) mark((current + 1) % items.length);
      else if (event.key === "ArrowUp" && open) mark((current + items.length - (current < 0 ? 0 : 1)) % items.length);
      else if (event.key === "Enter" && open && current >= 0) choose(items[current]);
      else if (event.key === "Escape" && open) close();
      else return;
      event.preventDefault();
    });
  }

  function add(pick, item) {
    const list = pick.querySelector(".picked");
    if ("single" in pick.dataset) list.replaceChildren();
    const there = [...list.querySelectorAll("input")].find((box) => box.value === String(item.value));
    if (there) { there.checked = true; return; }
    const box = document.createElement("input");
    box.type = "checkbox";
    box.name = pick.dataset.pick;
    box.value = item.value;
    box.checked = true;
    const label = document.createElement("label");
    const text = document.createElement("span");
    text.textContent = item.label;
    label.append(box, " ", text);
    const line = document.createElement("li");
    line.append(label);
    list.append(line);
  }
}
