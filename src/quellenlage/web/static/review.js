/* The review: what was changed is seen, and a judgement is sent once. */
"use strict";

(() => {
  /* A judgement is sent once, however often its key is pressed. */
  document.addEventListener("submit", (event) => {
    setTimeout(() => {
      for (const button of event.target.querySelectorAll("button")) button.disabled = true;
    });
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button")) button.disabled = false;
  });

  const correct = document.getElementById("correct");
  if (correct) {
    correct.addEventListener("input", (event) => {
      const field = event.target;
      const before = field.tagName === "SELECT" ? [...field.options].find((option) => option.defaultSelected)?.value : field.defaultValue;
      field.classList.toggle("changed", field.value !== before);
    });
  }
})();
