// The keyboard: ? help, / find, g + letter to go, j k rows, x pick.
"use strict";

(() => {
  const OFF = "keys-off";
  let goUntil = 0;

  function typing(target) {
    return target.closest?.("input, textarea, select, [contenteditable], .ts-wrapper");
  }

  function rows() {
    return [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.classList.contains("is-current"));
    const next = all[Math.min(all.length - 1, Math.max(0, now < 0 ? 0 : now + step))];
    all[now]?.classList.remove("is-current");
    next.classList.add("is-current");
    // Focus goes to the row's link, so that Enter opens it and readers speak it.
    next.querySelector("a[href]")?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function pick() {
    const box = document.querySelector("[data-row].is-current input[type=checkbox]");
    box?.click();
  }

  function find() {
    const field = document.querySelector("[data-search], main input[type=search]");
    field?.focus();
    field?.select();
    return Boolean(field);
  }

  const ACTS = {
    "?": () => document.getElementById("help").showModal(),
    "/": find,
    j: () => move(1),
    k: () => move(-1),
    x: pick,
    g: () => { goUntil = Date.now() + 1500; },
  };

  function go(key) {
    const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    link?.click();
    return Boolean(link);
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (localStorage.getItem(OFF)) return;
    const going = Date.now() < goUntil;
    goUntil = 0;
    const act = going ? () => go(event.key) : ACTS[event.key];
    if (act && act() !== false) event.preventDefault();
  }

  // Single-letter keys must be possible to switch off (WCAG 2.1.4).
  const switchKeys = document.querySelector("[data-keys-on]");
  if (switchKeys) {
    switchKeys.checked = !localStorage.getItem(OFF);
    switchKeys.addEventListener("change", () => {
      if (switchKeys.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "yes");
    });
  }
  document.addEventListener("keydown", pressed);
})();
