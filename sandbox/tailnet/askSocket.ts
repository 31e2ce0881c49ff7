import { request } from "node:http";

import { codeOf } from "../../host/errors";

/** What a server at a Unix socket answered. */
export interface SocketAnswer {
  /** HTTP status. */
  status: number;
  text: string;
}

/** Asks an HTTP server at a Unix socket. Rejects where nobody answers. */
export function askSocket(
  socketPath: string,
  method: string,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<SocketAnswer> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    call.on("error", (error) => {
      const why = `Nobody answers at ${socketPath} (${codeOf(error) ?? error.message})`;
      const which = "a part of the sandbox's tailnet has ended, or it is not up";
      reject(new Error(`${why}: ${which}. See: npm run sandbox -- status`, { cause: error }));
    });
    call.end(body);
  });
}
