import type { JsonObject } from "../../skeleton/json";
import type { Properties } from "../../skeleton/properties";
import { InitFailed } from "../../skeleton/resourceProvider";
import { awaitReady, NotReadyError } from "../await/awaitReady";
import { readinessRule } from "../await/rules";
import { describe, idOf, type Cluster } from "../cluster";
import type { Context } from "../context";
import type { ObjectKey } from "../objects";
import { stateOf } from "../secrets";
import { timeoutOf } from "../timeouts";

export interface Applied {
  cluster: Cluster;
  key: ObjectKey;
  /** As the server answered. */
  object: JsonObject;
  inputs: Properties;
  fieldManager: string;
  urn: string;
  /** Seconds; undefined where the program says nothing. */
  timeout: number | undefined;
}

/**
 * Waits for an object that was applied.
 *
 * @returns its state.
 * @throws InitFailed with the reasons, where it does not get ready.
 */
export async function makeReady({ log, signal }: Context, applied: Applied): Promise<Properties> {
  const { cluster, key, object, inputs, fieldManager, urn } = applied;
  const rule = readinessRule(object);
  if (rule === undefined) return stateOf(object, inputs, { fieldManager });
  try {
    const ready = await awaitReady(object, {
      rule,
      near: cluster.neighbours(key.namespace),
      get: () => cluster.objects.get(key),
      timeout: timeoutOf(object, applied.timeout),
      signal,
      onStatus: (message) => {
        log.status(message, urn);
      },
    });
    return stateOf(ready, inputs, { fieldManager });
  } catch (error) {
    if (!(error instanceof NotReadyError)) throw error;
    const state = stateOf(error.object ?? object, inputs, { fieldManager });
    const message = `${describe(key)} was applied, but does not work: ${error.message}`;
    // The engine shows the reasons alone.
    const reasons = [`${message}. The next \`pulumi up\` goes on with it.`, ...error.reasons];
    throw new InitFailed(message, { id: idOf(key), state, inputs }, reasons);
  }
}
