import type { EngineLog } from "../skeleton/engineLog";
import type { Connection } from "./connection";

/** What the methods of the provider share, for as long as the engine keeps it. */
export interface Context {
  connection: Connection;
  log: EngineLog;
  /** Aborted when the engine wants everything to end. */
  signal: AbortSignal;
  session: Session;
}

/** What was seen of resources since the engine started the provider. */
export class Session {
  /** Resources that the state has. */
  readonly #known = new Set<string>();
  /** Resources whose next object takes the place of one that is deleted before. */
  readonly #replaced = new Set<string>();
  /** Objects (uid) that were there when a resource was to be made, and became the resource's. */
  readonly #takenOver = new Set<string>();

  isKnown(urn: string): boolean {
    return this.#known.has(urn);
  }

  setKnown(urn: string, isKnown: boolean): void {
    if (isKnown) this.#known.add(urn);
    else this.#known.delete(urn);
  }

  isReplaced(urn: string): boolean {
    return this.#replaced.has(urn);
  }

  setReplaced(urn: string): void {
    this.#replaced.add(urn);
  }

  isTakenOver(uid: string): boolean {
    return this.#takenOver.has(uid);
  }

  setTakenOver(uid: string): void {
    this.#takenOver.add(uid);
  }
}
