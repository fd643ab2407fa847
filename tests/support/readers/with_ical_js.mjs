// Reads a calendar with ical.js and prints what it holds, one JSON object a line.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.cwd() + "/");
const loaded = await import(require.resolve("ical.js"));
const ICAL = loaded.default ?? loaded;

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const shown = (time) => (time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString());
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  console.log(JSON.stringify([
    event.uid, shown(event.startDate), shown(event.endDate), event.summary, component.getFirstPropertyValue("status"),
  ]));
}
