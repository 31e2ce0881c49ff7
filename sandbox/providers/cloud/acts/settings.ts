import { knownList, text } from "../cloudType";
import { POLICY } from "../tailscale/functions";
import { NOT_TO_OVERWRITE } from "../tailscale/types";
import type { Act, Tailnet } from "./act";
import { isRefusal, orRefusal } from "./refusal";

/** The policy file. */
export function policyFile({ control }: Tailnet): Act {
  const set = (policy: string, options?: { onlyDefault: boolean }): Promise<void> =>
    orRefusal("Failed to set ACL", control.setPolicy(policy, options));
  return {
    create: async ({ inputs }) => {
      const onlyDefault = inputs["overwriteExistingContent"] !== true;
      try {
        await set(text(inputs, "acl"), { onlyDefault });
      } catch (error) {
        throw isRefusal(error, 412) ? new Error(NOT_TO_OVERWRITE, { cause: error }) : error;
      }
      return {};
    },
    update: async ({ inputs }) => {
      await set(text(inputs, "acl"));
      return {};
    },
    delete: async ({ state }) => {
      if (state["resetAclOnDestroy"] === true) await set(POLICY);
      return [];
    },
    read: async () => ({ acl: await orRefusal("Failed to fetch ACL", control.policy()) }),
  };
}

/** Name servers of one domain. */
export function splitNameservers({ control }: Tailnet): Act {
  const set = (domain: string, servers: readonly string[]): Promise<void> =>
    orRefusal("Failed to set dns split nameservers", control.setSplitDns(domain, servers));
  return {
    create: async ({ inputs }) => {
      await set(text(inputs, "domain"), knownList(inputs, "nameservers"));
      return {};
    },
    update: async ({ inputs }) => {
      await set(text(inputs, "domain"), knownList(inputs, "nameservers"));
      return {};
    },
    delete: async ({ id }) => {
      await set(id, []);
      return [];
    },
    // As the official provider has it: a domain that is gone is one without name servers.
    read: async ({ id }) => {
      const all = await orRefusal("Failed to fetch split DNS configs", control.splitDns());
      return { nameservers: all[id] ?? [] };
    },
  };
}
