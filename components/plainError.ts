import * as pulumi from "@pulumi/pulumi";

/**
 * An error whose message is all that the engine prints, also where it is thrown in an `apply`.
 *
 * The engine's handlers look at the stack of each error that nobody caught, with colors, which takes
 * Node half a minute where it is long. And as the error passes through an input of a resource, the
 * SDK puts the input's name before the message, which says nothing to the user. So the stack is the
 * message, and the message stays.
 */
export function plainError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = message;
  Object.defineProperty(error, "message", {
    get: () => message,
    // A property that cannot be written to would throw where it is tried.
    set: () => undefined,
  });
  return error;
}
