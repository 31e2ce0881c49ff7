import { itAllows } from "../../../support/deployer/itAllows";
import { clusterCalls } from "../../../support/deployer/clusterCalls";

describe("clusterRights", () => {
  itAllows(clusterCalls);
});
