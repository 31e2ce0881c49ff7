import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** Words in a log, and what they mean for whoever has to mend it; the first match wins. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/no space left on device/i, "The disk is full; make room, then start again"],
  [
    /address already in use/i,
    "Another program took its port meanwhile; start again, and another port is chosen",
  ],
  [
    /too many open files/i,
    "The system allows too few open files; raise `ulimit -n` to 8192 or more",
  ],
  [
    /too many watches|inotify_init|no space left.*inotify/i,
    "The system allows too few inotify watches; raise the sysctl fs.inotify.max_user_instances",
  ],
  [/cannot allocate memory|out of memory/i, "The memory is full; about 2 GB are needed"],
  [
    /certificate has expired/i,
    "Its certificate has expired; take the cluster down and start it again",
  ],
  [
    /wrong fs type.* on overlay/i,
    "The state folder is on a file system that takes no overlay, as that of a container is; set XDG_STATE_HOME to a folder on another, such as a volume or /dev/shm",
  ],
];

/** Names of the processes that have a log in a folder. */
export function logNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(".log"))
      .map((file) => basename(file, ".log"))
      .sort();
  } catch {
    return [];
  }
}

/** The last lines of a log that are not empty, or none where there is no log. */
export function lastLines(log: string, count: number): string[] {
  try {
    const lines = readFileSync(log, "utf8").split("\n");
    return lines.filter((line) => line.trim() !== "").slice(-count);
  } catch {
    return [];
  }
}

/** What a line looks like that says why a program gave up, in the formats of these programs. */
const COMPLAINT =
  /^(?:Error|error|panic|fatal error)\b|^[EF]\d{4} |"level":"(?:error|fatal|ERROR)"|level=(?:error|fatal)/;

/** What a person should know of a process that ended when it should not have. */
export function explainEnd(name: string, end: string, log: string): string {
  const lines = lastLines(log, 300);
  const cause = CAUSES.find(([words]) => lines.some((line) => words.test(line)))?.[1];
  const said = lines.findLast((line) => COMPLAINT.test(line)) ?? lines.at(-1) ?? "nothing";
  const why = cause ?? `It said: ${said.slice(0, 400)}`;
  return `${name} ended (${end}). ${why}. Its log: ${log}`;
}
