/**
 * Has a question be asked once at a time: who asks while it is under way waits for the same answer. Of
 * answers that have come nothing is kept.
 */
export function oneAtATime<T>(ask: (about: string) => Promise<T>): (about: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (about) => {
    const asked =
      underWay.get(about) ??
      ask(about).finally(() => {
        underWay.delete(about);
      });
    underWay.set(about, asked);
    return asked;
  };
}
