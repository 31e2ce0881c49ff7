import { readFile } from "node:fs/promises";
import { request, type RequestOptions } from "node:https";

import { ca, pair, type Layout } from "./layout";

export interface Answer {
  /** HTTP status. */
  status: number;
  body: string;
}

/** Asks the cluster's servers as its administrator. */
export class ApiClient {
  private constructor(
    private readonly credentials: Pick<RequestOptions, "ca" | "cert" | "key">,
    private readonly server: string,
  ) {}

  static async of(layout: Layout, server: string): Promise<ApiClient> {
    const { cert, key } = pair(layout, "admin");
    const [authority, certificate, secret] = await Promise.all(
      [ca(layout), cert, key].map((file) => readFile(file, "utf8")),
    );
    return new ApiClient({ ca: authority, cert: certificate, key: secret }, server);
  }

  /** GET of a path of the API server, or of a whole URL. Rejects where nothing answers. */
  async get(path: string, timeoutMs = 2000): Promise<Answer> {
    // An ACME server answers nobody who does not say who asks.
    const headers = { "user-agent": "k8s-test-sandbox" };
    const options = { ...this.credentials, headers, timeout: timeoutMs, agent: false };
    return new Promise((resolve, reject) => {
      const call = request(new URL(path, this.server), options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const body = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, body });
        });
      });
      call.on("timeout", () => call.destroy(new Error("no answer in time")));
      call.on("error", reject);
      call.end();
    });
  }

  /** GET of an object or a list; undefined where there is none (yet). */
  async object<T>(path: string): Promise<T | undefined> {
    const { status, body } = await this.get(path);
    return status === 200 ? (JSON.parse(body) as T) : undefined;
  }
}
