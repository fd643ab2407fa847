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

/* A form that was sent by one button is sent again by another once its file has come down. */
for (const form of document.querySelectorAll("form[data-bulk]")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.value === "export") setTimeout(() => delete form.dataset.sent, 1000);
  });
}

/* Long work: its bar moves by itself, and the page opens anew when it is over. Readers of screens hear each quarter. */
const work = document.querySelector("[data-work]");
if (work) follow(work);

async function follow(part) {
  const state = part.querySelector("[data-work-state]");
  const said = part.querySelector("[data-work-said]");
  part.querySelector("[data-work-look]").hidden = true;
  let quarter = quarterOf(state);
  for (let pause = 1000; ; ) {
    await new Promise((wake) => setTimeout(wake, pause));
    const answer = await fetch(part.dataset.work, { redirect: "manual" }).catch(() => null);
    pause = answer && answer.ok ? 1000 : Math.min(pause * 2, 30000);
    if (!answer || !answer.ok) continue;
    state.innerHTML = await answer.text();
    if (state.querySelector("[data-over]")) return location.reload();
    if (quarterOf(state) > quarter) said.textContent = state.querySelector(".workline").textContent;
    quarter = Math.max(quarter, quarterOf(state));
  }
}

function quarterOf(state) {
  const bar = state.querySelector("[role=progressbar]");
  return bar ? Math.floor((bar.getAttribute("aria-valuenow") || 0) / 25) : 0;
}
