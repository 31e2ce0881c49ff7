/** What is typed for a command of the sandbox on a cluster. */
export function onCluster(verb: string, name: string): string {
  return `npm run sandbox -- ${verb} --name ${name}`;
}
