import { createServer } from "node:http";

import { listening } from "./listening";

/** What is asked of `/api/v1/query_range`. */
export interface AskedQuery {
  query: string;
  /** Seconds. */
  start: number;
  end: number;
  step: number;
}

/** A series as Prometheus gives it. */
export interface GivenSeries {
  metric: Record<string, string>;
  values: [time: number, value: string][];
}

/** An HTTP status with a body. */
export interface Refusal {
  status: number;
  body: string;
}

/** A server of this machine in the place of a Prometheus. */
export interface PrometheusStandIn {
  /** `http://127.0.0.1:…` */
  url: string;
  asked: AskedQuery[];
  close(): Promise<void>;
}

/** Starts a stand-in on a free port of the loopback interface. */
export async function prometheusStandIn(
  answer: (asked: AskedQuery) => GivenSeries[] | Refusal,
): Promise<PrometheusStandIn> {
  const asked: AskedQuery[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const number = (name: string): number => Number(searchParams.get(name) ?? NaN);
    const query = {
      query: searchParams.get("query") ?? "",
      start: number("start"),
      end: number("end"),
      step: number("step"),
    };
    asked.push(query);
    const given =
      pathname === "/api/v1/query_range" ? answer(query) : { status: 404, body: "not found" };
    if (!Array.isArray(given)) {
      response.writeHead(given.status).end(given.body);
      return;
    }
    const data = { resultType: "matrix", result: given };
    response.end(JSON.stringify({ status: "success", data }));
  });
  const { port, close } = await listening(server);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    close,
  };
}
