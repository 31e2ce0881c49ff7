import type { JsonObject } from "../../skeleton/json";

/** Whether an object does its work. */
export interface Readiness {
  isReady: boolean;
  /** Nothing will come of it any more. */
  hasFailed?: boolean;
  /** What is being waited for, in a few words. */
  waitingFor: string;
  /** What else is known of why it is not ready, most telling first. */
  reasons?: string[];
}

export const READY: Readiness = { isReady: true, waitingFor: "" };

/** Looks up what else there is in the object's namespace. */
export interface Neighbours {
  /** Objects of a kind, by the labels of a selector. */
  list(apiVersion: string, kind: string, labels: Record<string, string>): Promise<JsonObject[]>;
  /** @returns undefined where there is none. Of kinds outside of namespaces too. */
  get(apiVersion: string, kind: string, name: string): Promise<JsonObject | undefined>;
}

/** Tells whether an object of one kind is ready. */
export type ReadinessRule = (
  object: JsonObject,
  near: Neighbours,
) => Promise<Readiness> | Readiness;

export function waiting(waitingFor: string, reasons: string[] = []): Readiness {
  return { isReady: false, waitingFor, reasons };
}

export function failed(reason: string, reasons: string[] = []): Readiness {
  return { isReady: false, hasFailed: true, waitingFor: reason, reasons };
}
