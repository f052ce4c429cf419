/* Keys: a letter does what the element does that bears it as aria-keyshortcuts; without this script a click does. */
"use strict";

(() => {
  const STORED = "quellenlage.keys";
  const FIELD = "input:not([type=checkbox]):not([type=hidden]), select, textarea";
  const toggle = document.getElementById("keys-on");

  const remembered = () => {
    try {
      return localStorage.getItem(STORED) !== "off";
    } catch {
      return true;
    }
  };

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

  const enter = (field) => {
    field.focus();
    if (field.select) field.select();
  };

  const act = (element) => {
    const target = element.matches('a[href^="#"]') && document.querySelector(element.getAttribute("href"));
    if (target) return enter(target);
    if (element.matches("button")) return element.disabled || element.form.requestSubmit(element);
    if (element.matches("a")) return element.click();
    if (element.matches("summary")) {
      const details = element.parentElement;
      details.open = !details.open;
      return ((details.open && details.querySelector(FIELD)) || element).focus();
    }
    return enter(element);
  };

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest(FIELD);
    if (event.key === "Escape" && field) {
      field.blur();
      return;
    }
    if (field || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (toggle && !toggle.checked) return;
    const bearer = document.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
    if (!bearer) return;
    event.preventDefault();
    act(bearer);
  });

  /* An address may name a field. */
  const named = location.hash.startsWith("#f-") && document.getElementById(location.hash.slice(1));
  if (named) enter(named);
})();
