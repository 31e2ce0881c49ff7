import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { codeOf } from "../../../../host/errors";
import { hex } from "../identifiers";
import { readFileIfThere } from "./files";

/** Something that is to go wrong. */
export interface Fault {
  /** Type token of the resources that it befalls. */
  type: string;
  /** Regular expression of their names in the program. @default all */
  name?: string;
  action: "create" | "update" | "delete";
  /** How many times. @default each time */
  times?: number;
  /** What the cloud says instead of doing it. @default nothing: it only takes its time */
  error?: string;
  /** Seconds until anything happens. @default 0 */
  delaySeconds?: number;
  /** The resource is made or changed, but never gets ready. @default false */
  never?: boolean;
}

/** What is done to which resource. */
export interface Deed {
  type: string;
  name: string;
  action: Fault["action"];
}

/** Sets what is to go wrong in a world, in place of what was set before. */
export function setFaults(folder: string, faults: readonly Fault[]): void {
  rmSync(join(folder, "faults"), { recursive: true, force: true });
  writeFileSync(join(folder, "faults.json"), JSON.stringify(faults, null, 2));
}

/** The fault that befalls a deed this time. One that is for some times only counts down. */
export function takeFault(folder: string, deed: Deed): Fault | undefined {
  const faults = JSON.parse(readFileIfThere(join(folder, "faults.json")) ?? "[]") as Fault[];
  return faults.find((fault) => matches(fault, deed) && isDue(folder, fault));
}

function matches(fault: Fault, { type, name, action }: Deed): boolean {
  return fault.type === type && fault.action === action && new RegExp(fault.name ?? "").test(name);
}

/** Each time is a file, which only one process can be the one to make. */
function isDue(folder: string, fault: Fault): boolean {
  if (fault.times === undefined) return true;
  const used = join(folder, "faults");
  mkdirSync(used, { recursive: true });
  const key = hex(JSON.stringify(fault), 12);
  for (let time = 1; time <= fault.times; time += 1) {
    try {
      writeFileSync(join(used, `${key}-${String(time)}`), "", { flag: "wx" });
      return true;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
  return false;
}
