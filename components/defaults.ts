/** The arguments with the defaults filled in, also where an argument is given as `undefined`. */
export function withDefaults<D extends object, A extends Partial<D>>(
  defaults: D,
  args: A,
): A & Required<Pick<A & D, keyof D>> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) } as A & Required<Pick<A & D, keyof D>>;
}
