/* What belongs together lights up; without this script the links lead there all the same. */
"use strict";

(() => {
  const LIT = "lit";

  const marksTied = (mark) =>
    (mark.dataset.leads || "").split(" ").filter(Boolean).flatMap((tie) => [...document.querySelectorAll(`mark[data-within~="${tie}"]`)]);

  const claimsOf = (mark) => {
    const link = mark.querySelector("a");
    if (!link) return [];
    const ids = link.dataset.claims ? link.dataset.claims.split(" ") : [link.getAttribute("href").slice(3)];
    return ids.map((id) => document.getElementById(`c-${id}`)).filter(Boolean);
  };

  const wordsIn = (element) =>
    [...element.querySelectorAll('a.words[href^="#"]')].map((link) => document.getElementById(link.getAttribute("href").slice(1))).filter(Boolean);

  const around = (target) => {
    const mark = target.closest(".body mark");
    if (mark) {
      const links = mark.id ? [...document.querySelectorAll(`a.words[href="#${mark.id}"]`)] : [];
      return [mark, ...marksTied(mark), ...links, ...claimsOf(mark)];
    }
    const field = target.closest(".claim tr, .claim .flags");
    return field ? wordsIn(field) : [];
  };

  const light = (event) => {
    dim();
    for (const element of around(event.target)) element.classList.add(LIT);
  };

  const dim = () => {
    for (const element of document.querySelectorAll(`.${LIT}`)) element.classList.remove(LIT);
  };

  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);

  /* A click on a field leads to its words; on the words themselves their links do. */
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button, summary")) return;
    const field = event.target.closest(".claim tr");
    const first = field && wordsIn(field)[0];
    if (!first) return;
    for (const mark of document.querySelectorAll("mark.led")) mark.classList.remove("led");
    for (const mark of wordsIn(field)) mark.classList.add("led");
    first.scrollIntoView({ block: "center" });
  });
})();
