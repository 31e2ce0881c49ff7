import { itAllows } from "../../../support/deployer/itAllows";
import { networkCalls } from "../../../support/deployer/networkCalls";

describe("networkRights", () => {
  itAllows(networkCalls);
});
