import { plainError } from "./plainError";
import { ArgumentError, type Problem } from "./problem";

/**
 * As `refuse`, for what is known only once a provider has been asked. What is thrown in an `apply`
 * meets the user as it is: so it is an error of which the message alone is printed.
 */
export function refuseLater(component: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw plainError(new ArgumentError(component, problems).message);
}
