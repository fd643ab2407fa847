/* What is marked without network is kept on this telephone and sent again, once: each mark has a key of its own, so that
   one whose answer was lost counts once. Without JavaScript the same forms are sent by the browser. */

const root = document.querySelector("[data-kept]");
const said = document.querySelector("[data-kept-said]");
const refused = document.querySelector("[data-kept-refused]");
const shelf = `kept:${root.dataset.kept}`;
const LONGEST_PAUSE = 60000, LOOK = 30000;
let inMemory = [];
let sending = false, pause = 2000, timer = 0, reload = false;

for (const item of kept()) show(item);
tell();
send();
window.addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || look());
setInterval(() => document.hidden || look(), LOOK);

root.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-needs-network]") && !navigator.onLine) {
    event.preventDefault();
    delete form.dataset.sent;
    return complain(said.dataset.offline);
  }
  if (!form.matches("[data-keep]") || !event.submitter) return;
  event.preventDefault();
  delete form.dataset.sent;
  const fields = [...new FormData(form)].filter(([name]) => !["csrf_token", "mark_key"].includes(name));
  const { name, value } = event.submitter;
  const item = {
    action: form.getAttribute("action"),
    row: form.closest("li").id,
    becomes: event.submitter.dataset.becomes || "",
    outcome: name === "outcome" ? value : null,
    fields: [...fields, [name, value], ["mark_key", newKey()], ["marked_at", new Date().toISOString()]],
  };
  keep([...kept(), item]);
  refused.hidden = true;
  show(item, true);
  tell();
  send();
});

function kept() {
  try {
    return JSON.parse(localStorage.getItem(shelf) || "[]");
  } catch {
    return inMemory;
  }
}

function keep(items) {
  inMemory = items;
  try {
    localStorage.setItem(shelf, JSON.stringify(items));
  } catch {
    /* a private window without storage: kept as long as the page is open */
  }
}

/* Pages that are not on HTTPS have no randomUUID. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* The row as it is once the item is sent; `moves`: the focus goes on to who is next. */
function show(item, moves = false) {
  const row = document.getElementById(item.row);
  if (!row) return;
  if (item.outcome !== null) {
    for (const button of row.querySelectorAll("[data-outcome]")) {
      const here = button.dataset.outcome === item.outcome;
      button.setAttribute("aria-pressed", here);
      button.value = here ? "" : button.dataset.outcome;
    }
    row.querySelector("[data-undo]").hidden = item.outcome !== "";
    return;
  }
  row.dataset.state = item.becomes;
  for (const part of row.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== item.becomes;
  const list = row.parentElement;
  for (const one of list.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
  const next = list.querySelector("li[data-state=open]");
  if (next) next.setAttribute("aria-current", "true");
  if (moves) row.focus({ preventScroll: true });
}

function tell() {
  const count = kept().length;
  said.hidden = false;
  said.classList.toggle("waits", count > 0);
  const words = reload ? said.dataset.reload : count === 0 ? said.dataset.none : count === 1 ? said.dataset.one : said.dataset.many;
  said.textContent = words.replace("#", count);
}

function complain(words) {
  refused.lastElementChild.textContent = words;
  refused.hidden = false;
}

/* One after the other, in the order in which they were marked. */
async function send() {
  if (sending || reload) return;
  sending = true;
  clearTimeout(timer);
  while (kept().length > 0) {
    const item = kept()[0];
    const answer = await fetch(item.action, { method: "POST", headers: { Accept: "application/json" }, body: body(item) }).catch(() => null);
    const over = answer && (answer.ok || [403, 404, 409, 422].includes(answer.status));
    if (!over) {
      reload = Boolean(answer) && answer.status === 400;
      timer = setTimeout(send, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      break;
    }
    pause = 2000;
    keep(kept().slice(1));
    await heard(answer);
    tell();
  }
  sending = false;
  tell();
}

function body(item) {
  const form = new FormData();
  for (const [name, value] of item.fields) form.append(name, value);
  form.append("csrf_token", document.querySelector("input[name=csrf_token]").value);
  form.append("sent_at", new Date().toISOString());
  return form;
}

async function heard(answer) {
  const told = await answer.json().catch(() => ({}));
  if (told.error) {
    complain(told.error);
    root.dataset.seal = "";
  } else if (told.was === root.dataset.seal) root.dataset.seal = told.seal;
}

/* The list is asked for again only when something changed there and nothing waits here. */
async function look() {
  send();
  if (sending || kept().length > 0) return;
  const answer = await fetch(root.dataset.sealAddress, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer || !answer.ok) return;
  const { seal } = await answer.json();
  if (seal === root.dataset.seal || kept().length > 0) return;
  const fresh = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!fresh || !fresh.ok) return;
  const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
  const list = page.querySelector("[data-kept]");
  if (!list || kept().length > 0) return;
  const held = document.activeElement && document.activeElement.closest("[data-kept] li");
  document.querySelector("svg.sprite").replaceWith(page.querySelector("svg.sprite"));
  root.replaceChildren(...list.childNodes);
  root.dataset.seal = list.dataset.seal;
  const again = held && document.getElementById(held.id);
  if (again) again.focus({ preventScroll: true });
}
