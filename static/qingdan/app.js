// What every page has: translated phrases, toasts, htmx's manners, menus.
"use strict";

window.qingdan = {
  /** Returns a translated sentence from templates/_phrases.html. */
  phrase(name) {
    return document.getElementById("phrases")?.dataset[name] ?? "";
  },

  /** Shows a note in the corner; url must be an address of this server. */
  toast({ title, text = "", url = "", urgent = false }) {
    const place = document.getElementById("toasts");
    const note = document.createElement("div");
    note.className = urgent ? "toast-note is-urgent" : "toast-note";
    note.append(element("strong", title));
    if (text) note.append(element("p", text));
    if (/^\/(?!\/)/.test(url)) {
      const link = element("a", qingdan.phrase("open"));
      link.href = url;
      note.append(link);
    }
    note.append(closer(note));
    place.append(note);
    while (place.children.length > 4) place.firstElementChild.remove();
    if (!urgent) fade(note);
  },
};

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function closer(note) {
  const button = element("button", "×");
  button.type = "button";
  button.className = "toast-close";
  button.setAttribute("aria-label", qingdan.phrase("close"));
  button.addEventListener("click", () => note.remove());
  return button;
}

// A note somebody is reading stays: the clock starts anew when the pointer leaves.
function fade(note) {
  let clock = setTimeout(() => note.remove(), 10000);
  const hold = () => clearTimeout(clock);
  const release = () => {
    clearTimeout(clock);
    clock = setTimeout(() => note.remove(), 4000);
  };
  note.addEventListener("pointerenter", hold);
  note.addEventListener("focusin", hold);
  note.addEventListener("pointerleave", release);
  note.addEventListener("focusout", release);
}

// Only names that the style sheet knows hang on this class.
document.documentElement.classList.add("has-script");

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});
document.addEventListener("htmx:responseError", () => {
  qingdan.toast({ title: qingdan.phrase("serverError"), urgent: true });
});
document.addEventListener("htmx:sendError", (event) => {
  // A poll that fails is told by the live line; only what a person did is told here.
  if (event.detail.requestConfig?.verb === "get") return;
  qingdan.toast({ title: qingdan.phrase("offline"), urgent: true });
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  if (event.target.closest("[data-open-help]")) {
    closeMenus(null);
    document.getElementById("help").showModal();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null);
});
