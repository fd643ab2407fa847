/* The screen of the queues is asked for again every ten seconds, and keeps what it shows while there is no network. */

const PAUSE = 10000;
setInterval(async () => {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text().catch(() => ""), "text/html");
  const now = page.querySelector("[data-screen]");
  const shown = document.querySelector("[data-screen]");
  if (now && now.innerHTML !== shown.innerHTML) shown.replaceChildren(...now.childNodes);
}, PAUSE);
