/* A deadline that the server told in words is kept up to date; once it is over, the server says what holds now. */

const MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

function told(left, words) {
  const hours = Math.floor(left / HOUR), minutes = Math.floor((left % HOUR) / MINUTE);
  if (left >= 2 * DAY) return fill(words.days, { days: Math.floor(left / DAY), hours: Math.floor((left % DAY) / HOUR) });
  if (left >= HOUR) return fill(words.hours, { hours, minutes: String(minutes).padStart(2, "0") });
  return left >= MINUTE ? fill(words.minutes, { minutes }) : words.last;
}

function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const deadlines = [...document.querySelectorAll("time[data-until]")];

function tick() {
  for (const shown of deadlines) {
    const left = (Date.parse(shown.dateTime) - Date.now()) / 1000;
    if (left <= 0) {
      clearInterval(clock);
      location.reload();
      return;
    }
    const words = told(left, shown.dataset);
    if (shown.textContent !== words) shown.textContent = words;
  }
}

/* A clock that is far from ours must not reload for ever: only a deadline that lies ahead by its own clock is counted. */
const ahead = deadlines.length > 0 && deadlines.every((shown) => Date.parse(shown.dateTime) > Date.now());
const clock = ahead ? setInterval(tick, 5000) : 0;
if (ahead) tick();
