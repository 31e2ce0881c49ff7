import { askSocket } from "./askSocket";

/** A device, as the API of Tailscale shows it; `isOnline` is the control server's own. */
export interface TailnetDevice {
  /** A number, by which the API knew devices before there was `nodeId`. */
  id: string;
  nodeId: string;
  hostname: string;
  /** Host name and domain of the tailnet. */
  name: string;
  user: string;
  addresses: string[];
  tags: string[] | null;
  authorized: boolean;
  blocksIncomingConnections: boolean;
  clientVersion: string;
  /** RFC 3339, as all times. */
  created: string;
  /** When its key ends; year 1 where it does not. */
  expires: string;
  isExternal: boolean;
  keyExpiryDisabled: boolean;
  /** Only of one that is offline. */
  lastSeen?: string;
  machineKey: string;
  nodeKey: string;
  os: string;
  tailnetLockError: string;
  tailnetLockKey: string;
  updateAvailable: boolean;
  advertisedRoutes: string[] | null;
  enabledRoutes: string[] | null;
  isOnline: boolean;
}

/** An OAuth client, or a key that lets a device in: what is told of it when it is made. */
export interface TailnetKey {
  id: string;
  key: string;
}

/** The same as it is shown at any time. */
export interface ShownKey {
  id: string;
  description: string;
  /** RFC 3339, as all times. */
  created: string;
  updated: string;
  /** Only of a key that lets a device in. */
  expires?: string;
  /** Whether it has expired. */
  invalid: boolean;
  scopes: string[] | null;
  tags: string[] | null;
  userId: string;
}

/** What an OAuth client is to be. */
export interface ClientWish {
  /** @default none */
  description?: string;
  scopes: readonly string[];
  tags: readonly string[];
}

/** What a key for a device is to be. */
export interface KeyWish {
  /** @default none */
  description?: string;
  /** @default 90 days */
  expirySeconds?: number;
  reusable?: boolean;
  ephemeral?: boolean;
  preauthorized?: boolean;
  tags?: readonly string[];
}

/** The control server refuses. */
export class ControlError extends Error {
  override readonly name = "ControlError";

  constructor(
    call: string,
    /** HTTP status. */
    readonly status: number,
    /** What it says, in Tailscale's words. */
    readonly reason: string,
  ) {
    super(`${call}: ${String(status)} ${reason}`);
  }
}

/** The control server's API, asked as somebody who may do anything. */
export class Control {
  /** @param socket Path of the Unix socket at which it answers. */
  constructor(private readonly socket: string) {}

  /** Makes an OAuth client that may make keys for devices with these tags. */
  createClient(tags: readonly string[]): Promise<TailnetKey> {
    return this.createClientOf({ scopes: ["auth_keys"], tags });
  }

  /** Makes an OAuth client of any kind. */
  createClientOf(wish: ClientWish): Promise<ShownKey & TailnetKey> {
    return this.json("POST", "tailnet/-/keys", { keyType: "client", ...wish });
  }

  /** Has an OAuth client be another one, with the secret that it has. */
  changeClient(id: string, wish: ClientWish): Promise<ShownKey> {
    return this.json("PUT", keyPath(id), { keyType: "client", ...wish });
  }

  /** Makes a key that lets a device in: one of a person, where it has no tags. */
  createKey(wish: KeyWish = {}): Promise<ShownKey & TailnetKey> {
    const { description, expirySeconds, ...create } = wish;
    const capabilities = { devices: { create } };
    return this.json("POST", "tailnet/-/keys", { description, expirySeconds, capabilities });
  }

  /** @returns undefined where there is none of that id (any more). */
  findKey(id: string): Promise<ShownKey | undefined> {
    return unlessMissing(this.json("GET", keyPath(id)));
  }

  /** Ends an OAuth client, or a key. */
  async deleteKey(id: string): Promise<void> {
    await this.json("DELETE", keyPath(id));
  }

  /** Devices in the order in which they joined. */
  async devices(): Promise<TailnetDevice[]> {
    const { devices } = await this.json<{ devices: TailnetDevice[] }>("GET", "tailnet/-/devices");
    return devices;
  }

  /** Routes of a device that are approved; undefined where there is no such device (any more). */
  async enabledRoutes(id: string): Promise<string[] | undefined> {
    const path = devicePath(id, "/routes");
    const routes = await unlessMissing(
      this.json<Pick<TailnetDevice, "enabledRoutes">>("GET", path),
    );
    return routes && (routes.enabledRoutes ?? []);
  }

  /** Approves routes of a device, and no others. */
  async setRoutes(id: string, routes: readonly string[]): Promise<void> {
    await this.json("POST", devicePath(id, "/routes"), { routes });
  }

  /** Has a device log in again before it is let in. */
  async expireDevice(id: string): Promise<void> {
    await this.json("POST", devicePath(id, "/expire"));
  }

  /** Cuts a device off, as a policy does that lets it connect with no other; or lets it in again. */
  async cutDevice(id: string, cut: boolean): Promise<void> {
    await this.call(cut ? "PUT" : "DELETE", `/sandbox/device/${id}/cut`, "");
  }

  /** The policy file, with its comments. */
  policy(): Promise<string> {
    return this.call("GET", "/api/v2/tailnet/-/acl", "", { Accept: "application/hujson" });
  }

  /** The policy file without its comments, as JSON. */
  policyJson(): Promise<string> {
    return this.call("GET", "/api/v2/tailnet/-/acl", "", { Accept: "application/json" });
  }

  /**
   * Has the policy file be this text: JSON with comments and trailing commas.
   *
   * @param options `onlyDefault`: refuses where it is not the one that a new tailnet has.
   */
  async setPolicy(text: string, { onlyDefault = false } = {}): Promise<void> {
    const headers = onlyDefault ? { "If-Match": '"ts-default"' } : undefined;
    await this.call("POST", "/api/v2/tailnet/-/acl", text, headers);
  }

  /** Whom devices ask for the names of which domain. */
  splitDns(): Promise<Record<string, string[]>> {
    return this.json("GET", "tailnet/-/dns/split-dns");
  }

  /** Whom devices ask for the names of a domain; nobody where there are none. */
  async setSplitDns(domain: string, nameservers: readonly string[]): Promise<void> {
    await this.json("PATCH", "tailnet/-/dns/split-dns", { [domain]: nameservers });
  }

  private async json<T>(method: string, path: string, body?: object): Promise<T> {
    const text = body === undefined ? "" : JSON.stringify(body);
    return JSON.parse(await this.call(method, `/api/v2/${path}`, text)) as T;
  }

  /** @throws ControlError where the server refuses. */
  private async call(
    method: string,
    path: string,
    body: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<string> {
    const { status, text } = await askSocket(this.socket, method, path, body, headers);
    if (status >= 400) throw new ControlError(`${method} ${path}`, status, reasonOf(text));
    return text;
  }
}

function keyPath(id: string): string {
  return `tailnet/-/keys/${encodeURIComponent(id)}`;
}

function devicePath(id: string, rest: string): string {
  return `device/${encodeURIComponent(id)}${rest}`;
}

/** What there is; undefined where there is nothing. */
async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof ControlError && error.status === 404) return undefined;
    throw error;
  }
}

/** The message of a refusal, which is `{"message": "…"}`. */
function reasonOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text.trim();
  } catch {
    return text.trim();
  }
}
