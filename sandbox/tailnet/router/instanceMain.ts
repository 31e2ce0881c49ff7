import { createServer } from "node:http";

import { InstanceService } from "./instanceService";
import { METADATA } from "./standIns";

const [instanceId = "", socket] = process.argv.slice(2);
const service = new InstanceService(instanceId);
// The world's last: once it answers, the instance is answered too.
createServer(service.forInstance).listen(80, METADATA, () => {
  createServer(service.forWorld).listen(socket);
});
