/* Words that are selected in the text, by mouse or keys, become words for a field of a claim. Places count characters. */
"use strict";

(() => {
  const WORD = /[\p{L}\p{N}]+(?:[-.,'’/][\p{L}\p{N}]+)*/gu;
  const body = document.querySelector(".body[tabindex]");
  const bar = document.getElementById("marking");
  if (!body || !bar) return;
  const told = document.getElementById("marked");
  const form = document.getElementById("correct");
  const lines = () => [...body.querySelectorAll("p[data-start]")];
  const length = (text) => [...text].length;

  /* The text nodes of a line; a sign that points to a copy is none of the article's words. */
  const nodesOf = (line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".elsewhere")) nodes.push(walker.currentNode);
    return nodes;
  };

  const wordsIn = (range) => {
    const cut = range.cloneContents();
    for (const sign of cut.querySelectorAll(".elsewhere")) sign.remove();
    return cut.textContent;
  };

  const before = (line, node, offset) => {
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEnd(node, offset);
    return wordsIn(range);
  };

  const start = (line) => Number(line.dataset.start);
  const textOf = (line) => nodesOf(line).map((node) => node.data).join("");

  /* Where the selected words stand in the article, and what they are; nothing where none are selected. */
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const touched = lines().filter((line) => range.intersectsNode(line));
    if (!touched.length) return null;
    const [first, last] = [touched[0], touched[touched.length - 1]];
    const from = first.contains(range.startContainer) ? length(before(first, range.startContainer, range.startOffset)) : 0;
    const to = length(last.contains(range.endContainer) ? before(last, range.endContainer, range.endOffset) : textOf(last));
    const [begin, end] = [start(first) + from, start(last) + to];
    const words = wordsIn(range).replace(/\s+/g, " ").trim();
    return words && begin < end ? { place: `${begin}-${end}`, words } : null;
  };

  const tell = () => {
    const now = selected();
    bar.elements.words.value = now ? now.place : "";
    told.textContent = now ? `„${now.words}“` : told.dataset.nothing;
    bar.classList.toggle("ready", Boolean(now));
  };

  document.addEventListener("selectionchange", () => {
    if (!bar.contains(document.activeElement)) tell();
  });

  /* By keys: one word after the other, a whole line, and more words with the shift key. */
  const found = new WeakMap();
  const wordsOf = (line) => {
    if (!found.has(line)) {
      const words = [...textOf(line).matchAll(WORD)];
      found.set(line, words.map((match) => ({ line, from: match.index, to: match.index + match[0].length })));
    }
    return found.get(line);
  };

  const point = (line, offset) => {
    let left = offset;
    const nodes = nodesOf(line);
    for (const node of nodes) {
      if (left <= node.data.length) return [node, left];
      left -= node.data.length;
    }
    return [nodes[nodes.length - 1], nodes[nodes.length - 1].data.length];
  };

  let anchor = null;
  let focus = null;

  const order = (one, other) => (one.line === other.line ? one.from - other.from : start(one.line) - start(other.line));

  const show = () => {
    const [first, last] = order(anchor, focus) <= 0 ? [anchor, focus] : [focus, anchor];
    const [from, to] = [point(first.line, first.from), point(last.line, last.to)];
    getSelection().setBaseAndExtent(...from, ...to);
    to[0].parentElement.scrollIntoView({ block: "nearest" });
  };

  const withWords = () => lines().filter((line) => wordsOf(line).length);

  const atSelection = () => {
    const selection = getSelection();
    const line = selection.anchorNode && lines().find((one) => one.contains(selection.anchorNode));
    if (!line) return null;
    const at = before(line, selection.anchorNode, selection.anchorOffset).length;
    return wordsOf(line).find((word) => word.to > at) || null;
  };

  const beside = (word, key) => {
    const all = withWords();
    const place = all.indexOf(word.line);
    const own = wordsOf(word.line);
    const number = own.findIndex((one) => one.from === word.from);
    const next = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (next && own[number + next]) return own[number + next];
    const other = all[place + (key === "ArrowRight" || key === "ArrowDown" ? 1 : -1)];
    if (!other) return word;
    return wordsOf(other).at(key === "ArrowLeft" ? -1 : 0);
  };

  const begin = () => {
    anchor = focus = atSelection() || wordsOf(withWords()[0])[0];
    show();
  };

  body.addEventListener("focus", () => {
    if (!anchor && body.matches(":focus-visible") && withWords().length) begin();
  });
  body.addEventListener("mousedown", () => {
    anchor = focus = null;
  });
  body.addEventListener("keydown", (event) => {
    if (event.target !== body || event.ctrlKey || event.altKey || event.metaKey || !withWords().length) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      if (!focus) return begin();
      focus = beside(focus, event.key);
      if (!event.shiftKey) anchor = focus;
      show();
    } else if (event.key === "Enter" && selected()) {
      event.preventDefault();
      tell();
      bar.elements.field.focus();
    } else if (event.key === "Escape") {
      anchor = focus = null;
      getSelection().removeAllRanges();
      body.blur();
    }
  });

  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("select")) return;
    event.preventDefault();
    bar.requestSubmit();
  });

  /* Beside a form the words go into it; else the address carries them to one. */
  bar.hidden = false;
  bar.classList.add("scripted");
  tell();
  if (!form) return;
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = bar.elements.field.value;
    const place = bar.elements.words.value;
    if (!place) return;
    const words = form.elements[`words-${field}`];
    words.value = [words.value.trim(), place].filter(Boolean).join(";");
    const quote = document.createElement("q");
    quote.textContent = told.textContent.slice(1, -1);
    words.closest("td").querySelector(".quotes").append(quote, " ");
    form.elements[field].focus();
  });
})();
