import type { Control } from "../tailnet/control";
import type { StackConfig } from "./overlay";
import { SECRET_KEY } from "./overlayLive";

/** The tag of the router that the stack has where its config says no other. */
const TAG = "tag:k8s-test-router";

/**
 * The tailnet's policy file before the stack is made on it: who owns it has named the router's tag, as
 * docs/live-cluster.md asks. Approval of the route is not in it.
 */
export const OPERATORS_POLICY = `{
  // Everybody may connect to everything.
  "grants": [{ "src": ["*"], "dst": ["*"], "ip": ["*"] }],
  "tagOwners": { "${TAG}": ["autogroup:admin"] },
}
`;

/** What the program must be allowed to do, with approval by the policy file and split DNS. */
const SCOPES = ["oauth_keys", "auth_keys", "policy_file", "dns"];

/** The OAuth client by which the program acts on a tailnet. */
export interface ProgramClient {
  id: string;
  /** Undefined where the stack's config has it already: Tailscale shows it once. */
  secret?: string;
}

/** The client that the config of an earlier run names, where the tailnet still has it; else a new one. */
export async function programClient(
  control: Control,
  earlier: StackConfig,
): Promise<ProgramClient> {
  const live = earlier["k8s-test:live"] as { tailnet?: { oauthClientId?: string } } | undefined;
  const id = live?.tailnet?.oauthClientId;
  if (id !== undefined && SECRET_KEY in earlier && (await control.findKey(id))) return { id };
  const wish = { description: "pulumi up of the stack live", scopes: SCOPES, tags: [TAG] };
  const { id: newId, key: secret } = await control.createClientOf(wish);
  return { id: newId, secret };
}
