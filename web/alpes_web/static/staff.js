/* What staff tables do better with JavaScript: choosing several rows. Without it, boxes and buttons still work. */

for (const form of document.querySelectorAll("form[data-bulk]")) {
  const boxes = [...form.querySelectorAll("input[name=chosen]")];
  const all = form.querySelector("[data-all]");
  const count = form.querySelector("[data-bulk-count]");
  const none = count ? count.textContent : "";

  const show = () => {
    const chosen = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("tr").classList.toggle("sel", box.checked);
    if (all) {
      all.checked = chosen.length === boxes.length;
      all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    if (!count) return;
    if (chosen.length === 0) count.textContent = none;
    else if (chosen.length === 1) count.textContent = count.dataset.one;
    else count.textContent = count.dataset.many.replace("#", chosen.length);
  };

  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
  }
  /* From the box last pressed to this one when Shift is held, by mouse or by the space bar. */
  let last = null;
  let shift = false;
  form.addEventListener("keydown", (event) => (shift = event.shiftKey), true);
  form.addEventListener("keyup", (event) => (shift = event.shiftKey), true);
  form.addEventListener("click", (event) => {
    const box = event.target;
    if (!boxes.includes(box)) return;
    if ((event.shiftKey || shift) && last && last !== box) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
    show();
  });

  form.addEventListener("change", show);
  show();
}

/* What must be seen before anything is stored takes the focus. */
const seen = document.querySelector("[data-focus]");
if (seen) seen.focus();

/* On a phone the sections scroll sideways: show the one that is open. */
for (const row of document.querySelectorAll(".tabs, .side, .staff nav")) {
  const here = row.querySelector("[aria-current]");
  if (here && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

/* A form that brings down a file leaves the page as it is: it may be sent again. */
for (const form of document.querySelectorAll('form[data-again], form[action*="/clause/documents/"]')) {
  form.addEventListener("submit", () => setTimeout(() => delete form.dataset.sent, 1000));
}

/* A form that was sent by one button is sent again by another once its file has come down. */
for (const form of document.querySelectorAll("form[data-bulk]")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter && ["export", "print"].includes(event.submitter.value)) setTimeout(() => delete form.dataset.sent, 1000);
  });
}

/* Long work: its bar moves by itself, and the page opens anew when it is over. Readers of screens hear each quarter.
   When nothing moves for ten minutes it is left alone, so that a forgotten page lets its session end. */
const PATIENCE = 600000;
const work = document.querySelector("[data-work]");
if (work) follow(work);

async function follow(part) {
  const state = part.querySelector("[data-work-state]");
  const said = part.querySelector("[data-work-said]");
  const look = part.querySelector("[data-work-look]");
  look.hidden = true;
  let quarter = quarterOf(state);
  let pause = 1000;
  let moved = Date.now();
  while (Date.now() - moved < PATIENCE) {
    await new Promise((wake) => setTimeout(wake, pause));
    const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
    if (!answer || !answer.ok) {
      pause = Math.min(pause * 2, 30000);
      continue;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("[data-work]")) return location.reload();
    const now = page.querySelector("[data-work-state]");
    const same = now.textContent === state.textContent;
    pause = same ? Math.min(pause * 1.5, 15000) : 1000;
    if (same) continue;
    moved = Date.now();
    document.querySelector("svg.sprite").replaceWith(page.querySelector("svg.sprite"));
    state.replaceChildren(...now.children);
    if (quarterOf(state) > quarter) said.textContent = state.querySelector(".workline").textContent;
    quarter = Math.max(quarter, quarterOf(state));
  }
  look.hidden = false;
}

function quarterOf(state) {
  const bar = state.querySelector("[role=progressbar]");
  return bar ? Math.floor((bar.getAttribute("aria-valuenow") || 0) / 25) : 0;
}

/* Words in braces are put where one writes; what a message then looks like is seen while one writes. */
for (const form of document.querySelectorAll("form[data-live]")) {
  let last = form.querySelector("textarea");
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea, input[type=text]")) last = event.target;
  });
  for (const word of form.querySelectorAll("[data-insert]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word.textContent;
    const alone = word.dataset.insert === "list";
    button.addEventListener("click", () => {
      const starts = !alone || !last.selectionStart || last.value[last.selectionStart - 1] === "\n";
      const words = `${starts ? "" : "\n"}${button.textContent}${alone ? "\n" : ""}`;
      last.setRangeText(words, last.selectionStart, last.selectionEnd, "end");
      last.focus();
      last.dispatchEvent(new Event("input", { bubbles: true }));
    });
    word.replaceWith(button);
  }
  let asked = 0;
  const see = async () => {
    const mine = ++asked;
    const typed = new FormData(form);
    typed.set("act", "see");
    const answer = await fetch(form.action || location.href, { method: "POST", body: typed }).catch(() => null);
    if (!answer || answer.status !== 200) return;
    const text = await answer.text().catch(() => "");
    if (!text || mine !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const seen of form.querySelectorAll("[data-seen]")) {
      const now = page.querySelector(`[data-seen="${seen.dataset.seen}"]`);
      if (now) seen.replaceChildren(...now.childNodes);
    }
  };
  let wait = 0;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(see, 400);
  });
}

/* A long list is narrowed to what holds the words that one types. */
for (const list of document.querySelectorAll("[data-narrow]")) {
  const by = list.querySelector("[data-narrow-by]");
  const lines = [...list.querySelectorAll("li")].map((line) => [line, folded(line.textContent)]);
  by.hidden = false;
  by.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = folded(event.target.value).split(/\s+/).filter(Boolean);
    for (const [line, text] of lines) line.hidden = !words.every((word) => text.includes(word));
    for (const part of list.querySelectorAll("details")) {
      part.hidden = !part.querySelector("li:not([hidden])");
      if (words.length) part.open = true;
    }
  });
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/* « / » leads to the search of everything, unless one is writing. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search-all]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
