import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

import { Calls } from "./calls";
import { endWithParent } from "./endWithParent";
import { connectEngineLog, type EngineLog } from "./engineLog";
import { handlers } from "./handlers";
import type { ResourceProvider } from "./resourceProvider";

/** How long what is under way may take to be cut short, in milliseconds. */
const LAST_CALLS_MS = 1000;

/**
 * Serves a provider as the engine wants it of a plugin: on a loopback port of the system's choice,
 * whose number is all that is printed. Ends with the process that started it, however that ended.
 *
 * @param version - Version that the engine is told: that of the SDK's package.
 */
export function serve(version: string, create: (log: EngineLog) => ResourceProvider): void {
  // The engine's own address is the last argument.
  const provider = create(connectEngineLog(process.argv[2]));
  const server = new Server({
    // A state may be large: no limit, as the engine itself has none.
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const calls = new Calls();
  server.addService(ResourceProviderService, calls.counted(handlers(provider, version)));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) {
      process.stderr.write(`The provider finds no port to listen on: ${error.message}\n`);
      process.exit(1);
    }
    process.stdout.write(`${String(port)}\n`);
  });

  // How the engine closes an instance of a plugin, after it has had Cancel answered and has hung up.
  // A run may have many (two for each provider that it refreshes). They are closed one after the
  // other, with five seconds for all together: where these have run out, the next Cancel fails, and
  // the engine then says of that instance that it "exited prematurely". So none may take its time.
  process.on("SIGINT", () => {
    provider.cancel();
    void calls.settled(LAST_CALLS_MS).then(() => process.exit(0));
  });
  endWithParent();
}
