import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import type { handleUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";

/** Knows whether calls are under way. */
export class Calls {
  #underWay = 0;
  readonly #events = new EventEmitter();

  /** The same methods, whose calls are counted. */
  counted(service: UntypedServiceImplementation): UntypedServiceImplementation {
    const methods = Object.entries(service) as [string, handleUnaryCall<unknown, unknown>][];
    return Object.fromEntries(methods.map(([name, method]) => [name, this.#counted(method)]));
  }

  /** Resolves when none is under way, or after some milliseconds at the latest. */
  async settled(milliseconds: number): Promise<void> {
    if (this.#underWay === 0) return;
    await Promise.race([once(this.#events, "none"), sleep(milliseconds)]);
  }

  #counted(method: handleUnaryCall<unknown, unknown>): handleUnaryCall<unknown, unknown> {
    return (call, callback) => {
      this.#underWay += 1;
      method(call, (...answer: Parameters<sendUnaryData<unknown>>) => {
        this.#underWay -= 1;
        callback(...answer);
        if (this.#underWay === 0) this.#events.emit("none");
      });
    };
  }
}
