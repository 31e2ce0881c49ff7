import { ADDRCONFIG } from "node:dns";
import { lookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";

import { oneAtATime } from "./oneAtATime";

/**
 * Looks a name up as the system does, with its hosts file and split DNS. Such a call cannot be given up:
 * where no resolver answers it takes the system half a minute, and a program ends only after the last of
 * them. So there is never more than one for a name, however often it is asked for.
 */
export const systemLookup = oneAtATime((host: string) =>
  lookup(host, { all: true, hints: ADDRCONFIG }),
);

/** The same, for whatever makes connections. */
export const lookupForConnection: LookupFunction = (host, { all }, callback) => {
  systemLookup(host).then(
    (addresses) => {
      const [first] = addresses;
      if (all === true) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family);
    },
    (error: unknown) => {
      callback(error as NodeJS.ErrnoException, "");
    },
  );
};
