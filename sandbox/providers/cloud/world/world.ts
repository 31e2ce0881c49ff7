import { createHash, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { codeOf } from "../../../../host/errors";
import type { CloudRecord, ClusterApi, Existence } from "../cloudType";
import { readFileIfThere } from "./files";

/** Names the folder of the world that the offline clouds share. */
export const WORLD_VARIABLE = "K8S_TEST_CLOUD";

/** Paths of Unix sockets at which a tailnet of real programs is changed. */
export interface TailnetSockets {
  /** Of the control server, with Tailscale's API. */
  control: string;
  /** Of what starts the instances of auto scaling groups. */
  fleet: string;
}

/**
 * What exists in the offline clouds: a folder with a file for each resource. Several plugins use it
 * at a time, so each change is one step of the file system.
 */
export class World implements Existence {
  readonly isKnown = true;
  readonly #resources: string;

  constructor(readonly folder: string) {
    this.#resources = join(folder, "resources");
    mkdirSync(this.#resources, { recursive: true });
  }

  /** @returns undefined where the environment names none. */
  static of(env: Readonly<Record<string, string | undefined>>): World | undefined {
    const folder = env[WORLD_VARIABLE];
    return folder === undefined || folder === "" ? undefined : new World(folder);
  }

  all(type: string): CloudRecord[] {
    return this.#read(`${slug(type)}~`);
  }

  /** Everything that exists. */
  everything(): CloudRecord[] {
    return this.#read("");
  }

  get(type: string, id: string): CloudRecord | undefined {
    const text = readFileIfThere(this.#path(type, id));
    return text === undefined ? undefined : (JSON.parse(text) as CloudRecord);
  }

  /** @returns whether it was added: it is not where there is one of its type and id. */
  add(record: CloudRecord): boolean {
    const next = this.#write(record);
    try {
      linkSync(next, this.#path(record.type, record.id));
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(next);
    }
  }

  /** Puts a record in place of the one of its type and id. */
  replace(record: CloudRecord): void {
    renameSync(this.#write(record), this.#path(record.type, record.id));
  }

  remove({ type, id }: Pick<CloudRecord, "type" | "id">): void {
    rmSync(this.#path(type, id), { force: true });
  }

  /** Where the API of the clusters answers; undefined where none does. */
  get clusterApi(): ClusterApi | undefined {
    const text = readFileIfThere(join(this.folder, "cluster.json"));
    return text === undefined ? undefined : (JSON.parse(text) as ClusterApi);
  }

  set clusterApi(api: ClusterApi | undefined) {
    const path = join(this.folder, "cluster.json");
    if (api === undefined) rmSync(path, { force: true });
    else writeFileSync(path, JSON.stringify(api));
  }

  /** Where a tailnet that is real answers; undefined where it is simulated, too. */
  get tailnet(): TailnetSockets | undefined {
    const text = readFileIfThere(join(this.folder, "tailnet.json"));
    return text === undefined ? undefined : (JSON.parse(text) as TailnetSockets);
  }

  set tailnet(sockets: TailnetSockets | undefined) {
    const path = join(this.folder, "tailnet.json");
    if (sockets === undefined) rmSync(path, { force: true });
    else writeFileSync(path, JSON.stringify(sockets));
  }

  #read(prefix: string): CloudRecord[] {
    return readdirSync(this.#resources)
      .filter((name) => name.startsWith(prefix) && name.endsWith(".json"))
      .sort()
      .map((name) => readFileIfThere(join(this.#resources, name)))
      .filter((text) => text !== undefined)
      .map((text) => JSON.parse(text) as CloudRecord);
  }

  #write(record: CloudRecord): string {
    const path = join(this.#resources, `${randomUUID()}.new`);
    writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`);
    return path;
  }

  /** With a hash, as an id may be of any length and have any letters. */
  #path(type: string, id: string): string {
    const hash = createHash("sha256").update(id).digest("hex").slice(0, 12);
    return join(this.#resources, `${slug(type)}~${slug(id).slice(0, 80)}~${hash}.json`);
  }
}

function slug(text: string): string {
  return text.replace(/[^\w-]+/g, ".");
}
