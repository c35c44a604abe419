// Article page: a toggle per table, and a tooltip with the row of a highlighted record on hover and focus.
"use strict";

(() => {
  const text = document.getElementById("text");
  const toggles = document.getElementById("toggles");
  const STORAGE_KEY = "rumourmill-hidden"; // hidden tables

  // Toggles. A hidden highlight loses its href, so that keyboard navigation skips it.
  const loadHidden = () => {
    try {
      return JSON.parse(localStorage.getItem(STORAGE_KEY)) || [];
    } catch {
      return []; // pages opened from disk may have no storage
    }
  };
  const saveHidden = (hidden) => {
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(hidden));
    } catch {
      // the choice is lost with the page
    }
  };
  const show = (table, shown) => {
    text.classList.toggle(`no-${table}`, !shown);
    for (const link of text.querySelectorAll(`a.${table}`)) {
      if (shown && link.dataset.row) link.setAttribute("href", link.dataset.row);
      if (!shown) {
        link.dataset.row = link.getAttribute("href") || link.dataset.row;
        link.removeAttribute("href");
      }
    }
  };
  const boxes = [...toggles.querySelectorAll("input")];
  const hidden = loadHidden();
  for (const box of boxes) {
    box.checked = !hidden.includes(box.name);
    show(box.name, box.checked);
    box.addEventListener("change", () => {
      show(box.name, box.checked);
      saveHidden(boxes.filter((other) => !other.checked).map((other) => other.name));
    });
  }
  toggles.hidden = false;

  // The tooltip shows the cells of the row. The pointer can move onto it; Escape closes it.
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let owner = null; // the link that the tooltip belongs to
  let closeTimer = 0;

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
  const position = (anchor) => {
    const box = anchor.getClientRects()[0] || anchor.getBoundingClientRect();
    const below = box.bottom + tip.offsetHeight < window.innerHeight || box.top < tip.offsetHeight;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(below ? box.bottom : box.top - tip.offsetHeight) + window.scrollY}px`;
  };
  const open = (anchor) => {
    clearTimeout(closeTimer);
    const row = document.getElementById((anchor.getAttribute("href") || "").slice(1));
    if (!row || anchor === owner) return;
    close();
    owner = anchor;
    fill(row);
    tip.hidden = false;
    position(anchor);
    anchor.setAttribute("aria-describedby", tip.id);
  };
  const close = () => {
    clearTimeout(closeTimer);
    if (owner) owner.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  };
  const closeSoon = () => {
    clearTimeout(closeTimer);
    closeTimer = setTimeout(close, 200);
  };
  const anchorOf = (event) => event.target.closest("a[href]");

  text.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch" && anchorOf(event)) open(anchorOf(event));
  });
  text.addEventListener("pointerout", closeSoon);
  text.addEventListener("focusin", (event) => anchorOf(event) && open(anchorOf(event)));
  text.addEventListener("focusout", closeSoon);
  text.addEventListener("click", close);
  tip.addEventListener("pointerenter", () => clearTimeout(closeTimer));
  tip.addEventListener("pointerleave", closeSoon);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
})();
