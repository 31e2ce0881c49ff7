import { at, textAt, type Json, type JsonObject } from "../skeleton/json";
import { UNKNOWN } from "../skeleton/properties";
import type { CheckFailure } from "../skeleton/resourceProvider";

/** Whose resources these are, and where. */
export interface Place {
  accountId: string;
  partition: string;
  region: string;
}

/** A resource that exists. */
export interface CloudRecord {
  type: string;
  id: string;
  /** Name in the program, and URN; empty for what somebody else made. */
  name: string;
  urn: string;
  inputs: JsonObject;
  state: JsonObject;
  /** What its generated ids are made from. */
  seed: string;
  /** False as long as it was made, but does not work. */
  isReady: boolean;
  /** When it was last changed. */
  changed: string;
}

/** What else exists. */
export interface Existence {
  /** Whether that is known at all. It is not in a preview without a world, and under mocks. */
  isKnown: boolean;
  all(type: string): CloudRecord[];
}

/** Where the API server of the clusters answers. */
export interface ClusterApi {
  /** `https://…` */
  endpoint: string;
  /** Base64 of the CA bundle. */
  certificateAuthority: string;
}

/** A resource that is made, changed or read. */
export interface Subject {
  place: Place;
  /** Name in the program. */
  name: string;
  /** What its generated ids are made from. */
  seed: string;
  inputs: JsonObject;
  /** State until now; undefined of a new one. */
  before: JsonObject | undefined;
  existence: Existence;
  api: ClusterApi | undefined;
  /** Time of the call. */
  now: string;
}

/** Another resource that one names among its inputs. */
export interface Reference {
  /** Type of the other. */
  type: string;
  /** Property of the other's state that names it. */
  by: string;
  value: string;
  /** Whether the cloud refuses to delete the other for as long as this one is there. */
  holds: boolean;
  /** What the cloud says where there is no other. */
  missing: string;
}

/** All that is known of a type of resource. */
export interface CloudType {
  /** Id of a new one. */
  id: (subject: Subject) => string;
  /** Whether the id is the cloud's choice: then two never have the same. */
  hasGeneratedId: boolean;
  /** Whether it is a setting, which is set where one makes it, whatever it was before. @default false */
  isSetting?: boolean;
  /** What the cloud adds to the inputs. Inputs win where both have a value. */
  outputs: (subject: Subject, id: string) => JsonObject;
  /** Input that gets a made-up name where there is none. */
  nameInput?: string;
  /** Inputs that only a new resource can take. */
  fixed: readonly string[];
  /** Outputs that each change makes anew. */
  volatile?: readonly string[];
  /** Outputs that are as the world is, whenever one looks. */
  live?: readonly string[];
  /** What is wrong with inputs, whatever else there is. */
  check?: (inputs: JsonObject) => CheckFailure[];
  refers?: (subject: Pick<Subject, "inputs" | "existence">) => Reference[];
  /** Why the cloud refuses to make it; undefined where it does not. */
  refused?: (subject: Subject) => string | undefined;
  /** Why it does not get ready once it is made; undefined where it does. */
  unready?: (subject: Subject) => string | undefined;
  /** Why it cannot be deleted, beside what holds it; undefined where it can. */
  kept?: (record: CloudRecord) => string | undefined;
  /** What the cloud says of one that others hold. */
  held?: (id: string) => string;
}

/** What a function is asked in. */
export interface Scene {
  place: Place;
  existence: Existence;
  api: ClusterApi | undefined;
}

/** A function of a provider: gives what it finds. */
export type CloudFunction = (args: JsonObject, scene: Scene) => JsonObject;

/** Where nothing is known of what exists. */
export const NOWHERE: Existence = { isKnown: false, all: () => [] };

/** The first record of a type that has a value for a property of its state, or for its `id`. */
export function find(
  existence: Existence,
  type: string,
  by: string,
  value: Json | undefined,
): CloudRecord | undefined {
  return existence
    .all(type)
    .find((record) => (by === "id" ? record.id : record.state[by]) === value);
}

/** A text among inputs that is known. */
export function known(inputs: JsonObject, ...path: string[]): string | undefined {
  const found = textAt(inputs, ...path);
  return found === UNKNOWN || found === "" ? undefined : found;
}

/** A text among inputs, which may be unknown; empty where there is none. */
export function text(inputs: JsonObject, key: string): string {
  return textAt(inputs, key) ?? "";
}

/** The texts of a list among inputs that are known. */
export function knownList(inputs: JsonObject, ...path: string[]): string[] {
  const list = at(inputs, ...path);
  return (Array.isArray(list) ? list : []).filter(
    (item): item is string => typeof item === "string" && item !== UNKNOWN && item !== "",
  );
}
