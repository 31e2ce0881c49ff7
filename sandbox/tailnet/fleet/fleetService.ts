import type { IncomingMessage, RequestListener } from "node:http";

import { messageOf } from "../../../host/errors";
import type { Fleet } from "./fleet";
import type { GroupWish } from "./fleetClient";

/**
 * Answers what FleetClient asks, and what the instances do: their parameters, where they are going, and
 * what they call for. What is refused is answered with 400 and the reason.
 */
export function fleetService(fleet: Fleet): RequestListener {
  return (request, response) => {
    answer(fleet, request).then(
      (text) => {
        response.end(text);
      },
      (error: unknown) => {
        response.writeHead(400).end(messageOf(error));
      },
    );
  };
}

async function answer(fleet: Fleet, request: IncomingMessage): Promise<string> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://fleet");
  const name = searchParams.get("name") ?? "";
  const body = await read(request);
  const operation = `${request.method ?? ""} ${pathname}`;
  switch (operation) {
    case "PUT /parameter":
      fleet.setParameter(name, body);
      return "";
    case "GET /parameter":
      return fleet.parameter(name);
    case "DELETE /parameter":
      fleet.deleteParameter(name);
      return "";
    case "PUT /group":
      await fleet.setGroup({ ...(JSON.parse(body) as GroupWish), name });
      return "";
    case "GET /group":
      return JSON.stringify(fleet.instances(name));
    case "GET /launch-problem":
      return fleet.launchProblem(name);
    case "DELETE /group":
      await fleet.deleteGroup(name);
      return "";
    case "GET /lifecycle":
      return fleet.targetLifecycleState(name);
    case "POST /call":
      await fleet.call(name, body);
      return "";
    default:
      throw new Error(`There is no ${operation}.`);
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
