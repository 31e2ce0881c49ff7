import { textAt } from "../../skeleton/json";
import type { DeleteRequest } from "../../skeleton/resourceProvider";
import { describe } from "../cluster";
import type { Context } from "../context";
import type { ObjectKey } from "../objects";
import { timeoutOf } from "../timeouts";
import { deleteAndWait } from "../waitGone";

/** Deletes an object, and waits until it is gone. */
export async function deleteObject(context: Context, request: DeleteRequest): Promise<void> {
  const { connection, log, session, signal } = context;
  const { urn, id, state } = request;
  if (connection.settings.deleteUnreachable && (await connection.forPreview()) === undefined) {
    log.warn(
      `The cluster cannot be reached; deleteUnreachable drops ${id} from the state. If the ` +
        "cluster is still there, so is the object.",
      urn,
    );
    return;
  }
  const { cluster } = connection;
  const kind = await cluster.kinds.find(
    textAt(state.values, "apiVersion") ?? "",
    textAt(state.values, "kind") ?? "",
  );
  // With its definition, every object of a kind is gone.
  if (kind === undefined) return;
  const [name = "", namespace] = id.split("/").reverse();
  const key: ObjectKey = {
    kind,
    name,
    namespace: kind.namespaced ? (namespace ?? cluster.access.namespace) : undefined,
  };
  if (session.isTakenOver(textAt(state.values, "metadata", "uid") ?? "")) {
    log.info(`${describe(key)} is what the new resource is now, and stays.`, urn);
    return;
  }
  await deleteAndWait(cluster, key, state.values, {
    timeout: timeoutOf(state.values, request.timeout),
    signal,
    onStatus: (message) => {
      log.status(message, urn);
    },
  });
  session.setKnown(urn, false);
}
