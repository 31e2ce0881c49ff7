import { parser } from "@prometheus-io/lezer-promql";

/** Where Prometheus' own grammar does not go on with a query; undefined where it takes it whole. */
export function promqlError(query: string): string | undefined {
  let error: string | undefined;
  parser.parse(query).iterate({
    enter: (node) => {
      if (node.type.isError) error ??= `at ${String(node.from)}: ${query.slice(node.from)}`;
    },
  });
  return error;
}
