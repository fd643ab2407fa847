/* What a page does better with JavaScript; without it, everything still works. */

/* Buttons that need JavaScript are hidden until it is there. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* Browsers share and copy on secure pages only: elsewhere the button stays hidden. */
for (const button of document.querySelectorAll("[data-share]")) {
  const shares = navigator.share && !("copy" in button.dataset);
  if (!shares && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const address = button.dataset.share;
    if (shares) {
      await navigator.share({ title: document.title, url: address }).catch(() => {});
      return;
    }
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      return;
    }
    const said = button.querySelector("[data-said]");
    if (said) said.textContent = button.dataset.done;
  });
}

/* A form is sent once, however often its button is pressed. */
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* Only one « near » panel stays open; Escape closes it. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const panel of document.querySelectorAll("details.near[open]")) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
});

/* « More » adds the next page to the list where it stands, and leads on to its first event. Without it: the next page. */
for (const button of document.querySelectorAll("[data-more]")) {
  button.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    const list = document.getElementById(button.dataset.more);
    try {
      const answer = await fetch(button.href);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const added = add(list, page.getElementById(list.id));
      for (const symbol of page.querySelectorAll(".sprite symbol")) {
        if (!document.getElementById(symbol.id)) document.querySelector("body > .sprite").append(symbol);
      }
      const next = page.querySelector("[data-more]");
      if (next) {
        button.href = next.href;
        button.replaceChildren(...next.childNodes);
      } else button.parentElement.remove();
      added.focus();
    } catch {
      button.lastElementChild.textContent = button.dataset.failed;
    }
    button.ariaBusy = null;
  });
}

/* Add weeks and days; a week or a day that goes on is not begun again. Gives the link of the first event added. */
function add(list, more) {
  const parts = [...more.children];
  const weeks = [...list.querySelectorAll(".week")];
  if (weeks.at(-1).textContent === parts[0].textContent) parts.shift();
  const first = more.querySelector("h3 a");
  const same = document.getElementById(parts[0].id);
  if (same) same.querySelector(".day-sheet").append(...parts.shift().querySelectorAll("article"));
  list.append(...parts);
  return first;
}
