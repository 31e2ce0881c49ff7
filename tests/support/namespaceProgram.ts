import { addNamespace, deleteNamespace, mountOfNames } from "../../sandbox/cluster/namespaces";

// Adds and deletes network namespaces as it is told, such as `+one -one`, and says after each step what
// is mounted on the folder of their names. To be run where nobody else's namespaces are.
void (async () => {
  for (const step of process.argv.slice(2)) {
    const name = step.slice(1);
    await (step.startsWith("+") ? addNamespace(name) : deleteNamespace(name));
    console.log(`${step} ${mountOfNames() ?? "nothing"}`);
  }
})();
