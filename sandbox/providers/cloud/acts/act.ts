import type { Control } from "../../../tailnet/control";
import type { FleetClient } from "../../../tailnet/fleet/fleetClient";
import type { JsonObject } from "../../skeleton/json";
import type { CloudRecord, Existence, Subject } from "../cloudType";

/** A tailnet that is real. */
export interface Tailnet {
  control: Control;
  fleet: FleetClient;
}

/** What the other side chose of a resource that it made. */
export interface Made {
  /** @default as where all is simulated */
  id?: string;
  /** In place of simulated outputs of the same names. */
  outputs?: JsonObject;
}

/**
 * What is done about a resource where the tailnet is real, beside the note of it in the world. Each
 * rejects with what the other side says where it refuses.
 */
export interface Act {
  /** Makes it, before it is noted. */
  create?: (subject: Subject) => Promise<Made>;
  /** Changes it. @returns outputs in place of those that it has. */
  update?: (subject: Subject, id: string) => Promise<JsonObject>;
  /** Does what takes its time, once it is noted. @returns why it does not get ready */
  unready?: (subject: Subject, signal: AbortSignal) => Promise<string | undefined>;
  /** Takes it away. @returns notes of others that are gone with it */
  delete?: (record: CloudRecord, existence: Existence) => Promise<CloudRecord[]>;
  /** @returns how its state is otherwise than noted; undefined where it is gone */
  read?: (record: CloudRecord) => Promise<JsonObject | undefined>;
}

/** A function of a provider that asks a tailnet which is real. */
export type Ask = (args: JsonObject, signal: AbortSignal) => Promise<JsonObject>;
