/**
 * Something that the user can mend. The message says in plain words what is wrong and how to mend
 * it, and is shown without a stack trace.
 */
export class UserError extends Error {
  override name = "UserError";
}
