/* What a page does better with JavaScript; without it, everything still works. */

/* Buttons that need JavaScript are hidden until it is there. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const address = button.dataset.share;
    if (navigator.share && !("copy" in button.dataset)) {
      await navigator.share({ title: document.title, url: address }).catch(() => {});
      return;
    }
    await navigator.clipboard.writeText(address);
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
