import { join } from "node:path";

import { Cloud } from "./cloud";
import { SocketStandIn, type SocketCall, type SocketReply } from "./socketStandIn";

/** What a stand-in answers to each call, by `METHOD path`. A function is asked each time. */
export type Replies = Record<string, SocketReply | ((call: SocketCall) => SocketReply)>;

/** The offline clouds whose world has a tailnet, and stand-ins for the two servers of it. */
export class TailnetCloud {
  private constructor(
    readonly cloud: Cloud,
    readonly control: SocketStandIn,
    readonly fleet: SocketStandIn,
    /** To be changed at any time. */
    readonly replies: Replies,
  ) {}

  static async create(): Promise<TailnetCloud> {
    const cloud = await Cloud.create();
    const replies: Replies = {};
    const answer = (call: SocketCall): SocketReply => {
      const reply = replies[`${call.method} ${call.path}`];
      return typeof reply === "function" ? reply(call) : reply;
    };
    const sockets = {
      control: join(cloud.folder, "control.sock"),
      fleet: join(cloud.folder, "fleet.sock"),
    };
    const control = await SocketStandIn.start(sockets.control, answer);
    const fleet = await SocketStandIn.start(sockets.fleet, answer);
    cloud.world.tailnet = sockets;
    cloud.configure();
    return new TailnetCloud(cloud, control, fleet, replies);
  }

  async remove(): Promise<void> {
    await this.control.close();
    await this.fleet.close();
    await this.cloud.remove();
  }
}
