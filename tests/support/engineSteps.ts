/** Something that the engine began or ended, as its output says it. */
export interface Step {
  /** `creating`, then `created`; likewise for the other things that can be done. */
  what: string;
  /** Type as it is shown: without the part of its module that repeats its name. */
  type: string;
  name: string;
}

const DONE = ["creat", "updat", "replac", "delet"].flatMap((verb) => [`${verb}ing`, `${verb}ed`]);
const LINE = new RegExp(`^ *[-+~]+ +(\\S+) (\\S+) (${DONE.join("|")}) \\(`);

/** What a command of the engine did, in its order. Progress in between is left out. */
export function stepsOf(output: string): Step[] {
  const seen = new Set<string>();
  return output
    .split("\n")
    .map((line) => LINE.exec(line))
    .filter((match) => match !== null)
    .map(([, type = "", name = "", what = ""]) => ({ what, type, name }))
    .filter((step) => {
      const key = Object.values(step).join(" ");
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

/** What is of Kubernetes itself: objects and releases, and not the provider. */
export function isOfKubernetes({ type }: Step): boolean {
  return type.startsWith("kubernetes:");
}
