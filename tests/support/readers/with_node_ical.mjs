// Reads a calendar with node-ical and prints what it holds, one JSON object a line. To be run with TZ=UTC.
import { createRequire } from "node:module";
const require = createRequire(process.cwd() + "/");
const ical = require("node-ical");

const shown = (time) => (time.dateOnly ? time.toISOString().slice(0, 10) : time.toISOString());
for (const event of Object.values(ical.sync.parseFile(process.argv[2]))) {
  if (event.type !== "VEVENT") continue;
  console.log(JSON.stringify([event.uid, shown(event.start), shown(event.end), event.summary, event.status]));
}
