// The page of an article: a toggle per table, and what a row says when its place in the text is pointed at or focused.
"use strict";

(() => {
  const text = document.getElementById("text");
  const toggles = document.getElementById("toggles");
  const KEPT = "rumourmill-hidden"; // tables that the reader does not want to see

  // Toggles. A place that is not shown is no link either, so that the keyboard passes it by.
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) || [];
    } catch {
      return []; // pages from the disk may have no storage
    }
  };
  const keep = (hidden) => {
    try {
      localStorage.setItem(KEPT, JSON.stringify(hidden));
    } catch {
      // then the choice ends with the page
    }
  };
  const show = (table, shown) => {
    text.classList.toggle(`no-${table}`, !shown);
    for (const place of text.querySelectorAll(`a.${table}`)) {
      if (shown && place.dataset.row) place.setAttribute("href", place.dataset.row);
      if (!shown) {
        place.dataset.row = place.getAttribute("href") || place.dataset.row;
        place.removeAttribute("href");
      }
    }
  };
  const boxes = [...toggles.querySelectorAll("input")];
  const hidden = kept();
  for (const box of boxes) {
    box.checked = !hidden.includes(box.name);
    show(box.name, box.checked);
    box.addEventListener("change", () => {
      show(box.name, box.checked);
      keep(boxes.filter((other) => !other.checked).map((other) => other.name));
    });
  }
  toggles.hidden = false;

  // The tip says what the row says. It can be pointed at, and Escape puts it away.
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let owner = null;
  let leaving = 0;

  const fill = (row) => {
    const names = [...row.closest("table").querySelectorAll("thead th")].slice(1);
    const list = document.createElement("dl");
    [...row.cells].slice(1).forEach((cell, n) => {
      if (!cell.textContent.trim()) return;
      const name = document.createElement("dt");
      const value = document.createElement("dd");
      name.textContent = names[n].textContent;
      value.textContent = cell.textContent;
      list.append(name, value);
    });
    const head = document.createElement("strong");
    head.textContent = row.id.replace(/-\d+$/, "");
    head.className = `swatch ${head.textContent}`;
    tip.replaceChildren(head, list);
  };
  const place = (anchor) => {
    const box = anchor.getClientRects()[0] || anchor.getBoundingClientRect();
    const below = box.bottom + tip.offsetHeight < window.innerHeight || box.top < tip.offsetHeight;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(below ? box.bottom : box.top - tip.offsetHeight) + window.scrollY}px`;
  };
  const open = (anchor) => {
    clearTimeout(leaving);
    const row = document.getElementById((anchor.getAttribute("href") || "").slice(1));
    if (!row || anchor === owner) return;
    close();
    owner = anchor;
    fill(row);
    tip.hidden = false;
    place(anchor);
    anchor.setAttribute("aria-describedby", tip.id);
  };
  const close = () => {
    clearTimeout(leaving);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(close, 200);
  };
  const anchorOf = (event) => event.target.closest("a[href]");

  text.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch" && anchorOf(event)) open(anchorOf(event));
  });
  text.addEventListener("pointerout", leave);
  text.addEventListener("focusin", (event) => anchorOf(event) && open(anchorOf(event)));
  text.addEventListener("focusout", leave);
  text.addEventListener("click", close);
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
})();
