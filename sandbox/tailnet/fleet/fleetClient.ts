import { askSocket } from "../askSocket";

/** An auto scaling group, as far as it makes a difference to its machines. */
export interface GroupWish {
  name: string;
  /** How many instances. */
  size: number;
  /** Version of the launch template: another one has all instances replaced, one after the other. */
  version: string;
  /** For cloud-init, not encoded. */
  userData: string;
  /** Name of the lifecycle hook that each instance must pass; undefined where there is none. */
  hook?: string;
  /** An instance that has not passed the hook in this many seconds is given up, and another launched. */
  joinSeconds: number;
}

export interface FleetInstance {
  /** Such as `i-0123456789abcdef0`. */
  id: string;
  /** As AWS names them, without the steps in between. */
  state: "Pending" | "InService" | "Terminating";
  version: string;
}

/**
 * What in AWS starts instances, keeps them at their number and hands secrets to them, asked through a
 * Unix socket. Each call rejects with what it says where it refuses.
 */
export class FleetClient {
  /** @param socket Path of the Unix socket at which it answers. */
  constructor(private readonly socket: string) {}

  /** Sets a parameter of the parameter store; it is only ever kept in memory. */
  async setParameter(name: string, value: string): Promise<void> {
    await this.call("PUT", `/parameter?${query(name)}`, value);
  }

  async deleteParameter(name: string): Promise<void> {
    await this.call("DELETE", `/parameter?${query(name)}`);
  }

  /** Makes a group or changes it, and returns at once: instances come and go afterwards. */
  async setGroup(wish: GroupWish): Promise<void> {
    await this.call("PUT", `/group?${query(wish.name)}`, JSON.stringify(wish));
  }

  /** Instances of a group, in the order of their launch; none where there is no such group. */
  async instances(group: string): Promise<FleetInstance[]> {
    return JSON.parse(await this.call("GET", `/group?${query(group)}`)) as FleetInstance[];
  }

  /** Why a group's last launch failed; empty where it did not. */
  async launchProblem(group: string): Promise<string> {
    return this.call("GET", `/launch-problem?${query(group)}`);
  }

  /** Has all instances of a group shut down in order, and returns once they are gone. */
  async deleteGroup(group: string): Promise<void> {
    await this.call("DELETE", `/group?${query(group)}`);
  }

  private async call(method: string, path: string, body = ""): Promise<string> {
    const { status, text } = await askSocket(this.socket, method, path, body);
    if (status >= 400) throw new Error(`${method} ${path}: ${String(status)} ${text.trim()}`);
    return text;
  }
}

function query(name: string): string {
  return new URLSearchParams({ name }).toString();
}
