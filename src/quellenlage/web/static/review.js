/* The review by keys; without this script its buttons and links do the same. */
"use strict";

(() => {
  const STORED = "quellenlage.keys";
  const byId = (id) => document.getElementById(id);
  const remembered = () => {
    try {
      return localStorage.getItem(STORED) !== "off";
    } catch {
      return true;
    }
  };

  const toggle = byId("keys-on");
  if (toggle) {
    toggle.checked = remembered();
    toggle.addEventListener("change", () => {
      try {
        localStorage.setItem(STORED, toggle.checked ? "on" : "off");
      } catch {
        /* Then it holds for this page only. */
      }
    });
  }

  const submit = (id) => {
    const form = byId(id);
    const button = form && form.querySelector("button[type=submit]");
    if (button && !button.disabled) form.requestSubmit(button);
  };
  const follow = (rel) => {
    const link = document.querySelector(`.steps a[rel="${rel}"]`);
    if (link) link.click();
  };
  const unfold = (id) => {
    const details = byId(id);
    if (!details) return;
    details.open = true;
    const field = details.querySelector("input:not([type=hidden])");
    if (field) field.focus();
  };
  const focus = (id) => {
    const field = byId(id);
    if (!field) return;
    field.focus();
    if (field.select) field.select();
  };

  const keys = {
    a: () => submit("accept"),
    r: () => submit("reject"),
    c: () => focus("f-supplier"),
    n: () => focus("f-note"),
    u: () => submit("undo"),
    j: () => follow("next"),
    k: () => follow("prev"),
    i: () => unfold("identify"),
    s: () => unfold("split"),
    m: () => unfold("merge"),
    "?": () => {
      const help = byId("keys");
      if (!help) return;
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && field) {
      field.blur();
      return;
    }
    if (field || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (toggle && !toggle.checked) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* A judgement is sent once, however often its key is pressed. */
  document.addEventListener("submit", (event) => {
    setTimeout(() => {
      for (const button of event.target.querySelectorAll("button")) button.disabled = true;
    });
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button")) button.disabled = false;
  });

  const correct = byId("correct");
  if (correct) {
    correct.addEventListener("input", (event) => {
      const field = event.target;
      const before = field.tagName === "SELECT" ? [...field.options].find((option) => option.defaultSelected)?.value : field.defaultValue;
      field.classList.toggle("changed", field.value !== before);
    });
  }
})();
