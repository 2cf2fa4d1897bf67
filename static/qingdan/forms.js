// Forms: send once, ask first, keep what was typed, pick units, pick rows.
"use strict";

(() => {
  // ---- send once --------------------------------------------------------

  function busy(form, on) {
    for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
      button.disabled = on;
      if (on) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
    if (on) form.dataset.sent = "yes";
    else delete form.dataset.sent;
  }

  function sendOnce(event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    // After this turn, so that the pressed button's own name and value are still sent.
    setTimeout(() => busy(form, true));
  }

  document.addEventListener("submit", sendOnce);
  // A page that comes back out of the browser's memory can be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => busy(form, false));
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.matches("form")) busy(event.detail.elt, true);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.matches("form")) busy(event.detail.elt, false);
  });

  // ---- ask first --------------------------------------------------------

  function ask(question) {
    const dialog = document.getElementById("confirm");
    document.getElementById("confirm-text").textContent = question;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((answer) => {
      dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    });
  }

  async function askFirst(event) {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (!question) return;
    if (form.dataset.confirmed) return delete form.dataset.confirmed;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(question))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter);
  }

  // Before htmx and before "send once": nothing is sent until the answer is yes.
  document.addEventListener("submit", askFirst, true);
  document.addEventListener("htmx:confirm", async (event) => {
    const question = event.detail.question;
    if (!question) return;
    event.preventDefault();
    if (await ask(question)) event.detail.issueRequest(true);
  });

  // ---- keep what was typed ----------------------------------------------

  const PREFIX = "typed:";
  const person = document.body.dataset.person ?? "";

  function place(form) {
    return PREFIX + person + ":" + form.dataset.keep;
  }

  function words(form) {
    return [...form.querySelectorAll("textarea[name], input[type=text][name]")];
  }

  function keep(event) {
    const form = event.target.closest?.("form[data-keep]");
    if (!form) return;
    const typed = Object.fromEntries(words(form).map((field) => [field.name, field.value]));
    sessionStorage.setItem(place(form), JSON.stringify({ typed }));
  }

  function entries() {
    return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
  }

  function markSent(event) {
    const form = event.target;
    if (!form.dataset.keep || event.defaultPrevented) return;
    const kept = sessionStorage.getItem(place(form));
    if (kept) sessionStorage.setItem(place(form), JSON.stringify({ ...JSON.parse(kept), sent: true }));
  }

  // What was sent and not refused is done with; a refusal, or a way back from an
  // answer that never came, leaves the text to be restored.
  function settle() {
    const [arrival] = performance.getEntriesByType("navigation");
    const refused = document.querySelector(".refusal, .field-wrong") || arrival?.type === "back_forward";
    for (const name of entries()) {
      const kept = JSON.parse(sessionStorage.getItem(name));
      if (!person || (kept.sent && !refused)) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify({ typed: kept.typed }));
    }
  }

  function restore(form) {
    const kept = JSON.parse(sessionStorage.getItem(place(form)) ?? "null");
    if (!kept) return;
    let restored = false;
    for (const field of words(form)) {
      const text = kept.typed[field.name];
      if (!text || field.value !== field.defaultValue || text === field.value) continue;
      field.value = text;
      restored = true;
    }
    if (restored) tell(form);
  }

  function tell(form) {
    const note = document.createElement("p");
    note.className = "message message-info mb-2";
    note.textContent = qingdan.phrase("restored");
    form.prepend(note);
    const folded = form.closest("details");
    if (folded) folded.open = true;
  }

  document.addEventListener("input", keep);
  document.addEventListener("submit", markSent);
  // The answer to an htmx form arrives without a new page: what went well is done with.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (form.dataset?.keep && event.detail.successful) sessionStorage.removeItem(place(form));
  });

  // ---- pick units, pick rows ---------------------------------------------

  function picker(select) {
    if (select.tomselect) return;
    new TomSelect(select, {
      plugins: select.multiple ? ["remove_button"] : [],
      maxOptions: null,
      // Options may carry data-words (pinyin initials, aliases) to be found by.
      searchField: ["text", "words"],
      render: {
        no_results: () => {
          const none = document.createElement("div");
          none.className = "no-results";
          none.textContent = qingdan.phrase("nothing");
          return none;
        },
      },
    });
    // The label now names the search box; the select behind it is for sending only.
    select.setAttribute("aria-hidden", "true");
  }

  function count(form) {
    const picks = [...form.querySelectorAll("[data-row] input[type=checkbox]")];
    const picked = picks.filter((pick) => pick.checked);
    for (const pick of picks) pick.closest("[data-row]").classList.toggle("is-picked", pick.checked);
    for (const place of form.querySelectorAll("[data-picked-count]")) place.textContent = picked.length;
    for (const bar of form.querySelectorAll(".bulkbar")) bar.hidden = picked.length === 0;
    const all = form.querySelector("[data-pick-all]");
    if (!all) return;
    all.checked = picks.length > 0 && picked.length === picks.length;
    all.indeterminate = picked.length > 0 && !all.checked;
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (form && event.target.matches("[data-pick-all]")) {
      for (const pick of form.querySelectorAll("[data-row] input[type=checkbox]:not(:disabled)")) {
        pick.checked = event.target.checked;
      }
    }
    if (form) count(form);
    if (event.target.matches("[data-send-on-change]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const { fill, value, fillAlso, valueAlso } = event.target.closest("[data-fill]")?.dataset ?? {};
    if (!fill) return;
    document.getElementById(fill).value = value;
    if (fillAlso) document.getElementById(fillAlso).value = valueAlso;
    document.getElementById(fillAlso ?? fill).focus();
  });

  // ---- what arrives, now and with htmx -----------------------------------

  function all(root, selector) {
    return [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  }

  function dress(root) {
    all(root, "select[data-picker]").forEach(picker);
    all(root, "form[data-bulk]").forEach(count);
    all(root, "form[data-keep]").forEach(restore);
  }

  settle();
  dress(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) dress(event.detail.elt);
  });
})();
