import { accountFunctions } from "./aws/accountFunctions";
import { autoscalingTypes } from "./aws/autoscalingTypes";
import { certificateTypes } from "./aws/certificateTypes";
import { eksAccessTypes } from "./aws/eksAccessTypes";
import { eksTypes } from "./aws/eksTypes";
import { endpointTypes } from "./aws/endpointTypes";
import { iamTypes } from "./aws/iamTypes";
import { keyTypes } from "./aws/keyTypes";
import { networkFunctions } from "./aws/networkFunctions";
import { networkTypes } from "./aws/networkTypes";
import { securityTypes } from "./aws/securityTypes";
import { serviceFunctions } from "./aws/serviceFunctions";
import type { CloudFunction, CloudType } from "./cloudType";
import { tailscaleFunctions } from "./tailscale/functions";
import { tailscaleTypes } from "./tailscale/types";

/** All types of resources that the offline clouds have, by token. */
export const cloudTypes: Readonly<Record<string, CloudType>> = {
  ...networkTypes,
  ...endpointTypes,
  ...securityTypes,
  ...autoscalingTypes,
  ...iamTypes,
  ...keyTypes,
  ...eksTypes,
  ...eksAccessTypes,
  ...certificateTypes,
  ...tailscaleTypes,
};

/** All functions that the offline clouds answer, by token. */
export const cloudFunctions: Readonly<Record<string, CloudFunction>> = {
  ...accountFunctions,
  ...networkFunctions,
  ...serviceFunctions,
  ...tailscaleFunctions,
};

/** @throws where the offline clouds have no such type. */
export function typeOf(token: string): CloudType {
  const type = cloudTypes[token];
  if (type === undefined) {
    throw new Error(
      `The offline clouds have no ${token}. Add it to sandbox/providers/cloud/table.ts, and run ` +
        "`npm run generate`.",
    );
  }
  return type;
}

/** @throws where the offline clouds have no such function. */
export function functionOf(token: string): CloudFunction {
  const found = cloudFunctions[token];
  if (found === undefined) {
    throw new Error(
      `The offline clouds do not answer ${token}. Add it to sandbox/providers/cloud/table.ts, and ` +
        "run `npm run generate`.",
    );
  }
  return found;
}
