import { askSocket } from "./askSocket";

/** A device, as the API of Tailscale shows it; `isOnline` is the control server's own. */
export interface TailnetDevice {
  nodeId: string;
  hostname: string;
  addresses: string[];
  tags: string[] | null;
  /** RFC 3339. */
  created: string;
  advertisedRoutes: string[] | null;
  enabledRoutes: string[] | null;
  isOnline: boolean;
}

/** An OAuth client, or a key that lets a device in. */
export interface TailnetKey {
  id: string;
  key: string;
}

/** The control server's API, asked as somebody who may do anything. */
export class Control {
  /** @param socket Path of the Unix socket at which it answers. */
  constructor(private readonly socket: string) {}

  /** Makes an OAuth client that may make keys for devices with these tags. */
  async createClient(tags: readonly string[]): Promise<TailnetKey> {
    const body = { keyType: "client", description: "", scopes: ["auth_keys"], tags };
    return (await this.call("POST", "/api/v2/tailnet/-/keys", body)) as TailnetKey;
  }

  /** Makes a key that lets a device of a person in. */
  async createKey(): Promise<TailnetKey> {
    return (await this.call("POST", "/api/v2/tailnet/-/keys", {})) as TailnetKey;
  }

  /** Ends an OAuth client. */
  async deleteKey(id: string): Promise<void> {
    await this.call("DELETE", `/api/v2/tailnet/-/keys/${id}`);
  }

  /** Devices in the order in which they joined. */
  async devices(): Promise<TailnetDevice[]> {
    const { devices } = (await this.call("GET", "/api/v2/tailnet/-/devices")) as {
      devices: TailnetDevice[];
    };
    return devices;
  }

  async removeDevice(id: string): Promise<void> {
    await this.call("DELETE", `/api/v2/device/${id}`);
  }

  /** Approves routes of a device, and no others. */
  async setRoutes(id: string, routes: readonly string[]): Promise<void> {
    await this.call("POST", `/api/v2/device/${id}/routes`, { routes });
  }

  /** Has a device log in again before it is let in. */
  async expireDevice(id: string): Promise<void> {
    await this.call("POST", `/api/v2/device/${id}/expire`);
  }

  /** Cuts a device off, as a policy does that lets it connect with no other; or lets it in again. */
  async cutDevice(id: string, cut: boolean): Promise<void> {
    await this.call(cut ? "PUT" : "DELETE", `/sandbox/device/${id}/cut`);
  }

  /** Has the policy file be this text: JSON with comments and trailing commas. */
  async setPolicy(text: string): Promise<void> {
    await this.call("POST", "/api/v2/tailnet/-/acl", text);
  }

  /** Whom devices ask for the names of a domain; nobody where there are none. */
  async setSplitDns(domain: string, nameservers: readonly string[]): Promise<void> {
    await this.call("PATCH", "/api/v2/tailnet/-/dns/split-dns", { [domain]: nameservers });
  }

  /** @throws with what the server says, where it refuses. */
  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const content = typeof body === "string" ? body : JSON.stringify(body ?? {});
    const { status, text } = await askSocket(this.socket, method, path, content);
    if (status >= 400) throw new Error(`${method} ${path}: ${String(status)} ${text.trim()}`);
    return path.endsWith("/acl") ? text : (JSON.parse(text) as unknown);
  }
}
