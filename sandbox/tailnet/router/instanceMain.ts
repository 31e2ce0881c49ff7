import { createServer } from "node:http";

import { askSocket } from "../askSocket";
import { InstanceService } from "./instanceService";
import { METADATA } from "./standIns";

const [instanceId = "", fleet = ""] = process.argv.slice(2);
const service = new InstanceService(instanceId, (method, path, body = "") =>
  askSocket(fleet, method, path, body),
);
createServer(service.listener).listen(80, METADATA);
