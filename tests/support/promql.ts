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

/** The selectors of a query, as they are written, without range and offset: what it must have series of. */
export function vectorSelectors(query: string): string[] {
  const found = new Set<string>();
  parser.parse(query).iterate({
    enter: ({ name, from, to }) => {
      if (name === "VectorSelector") found.add(query.slice(from, to));
    },
  });
  return [...found];
}
