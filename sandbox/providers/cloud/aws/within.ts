import { text, type Subject } from "../cloudType";

/** The id of what belongs to a cluster: some of its inputs, joined. */
export const within =
  (separator: string, ...keys: string[]) =>
  ({ inputs }: Pick<Subject, "inputs">): string =>
    keys.map((key) => text(inputs, key)).join(separator);
