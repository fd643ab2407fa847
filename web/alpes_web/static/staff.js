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

/* A form that was sent by one button is sent again by another once its file has come down. */
for (const form of document.querySelectorAll("form[data-bulk]")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.value === "export") setTimeout(() => delete form.dataset.sent, 1000);
  });
}
