import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { traefikProfile } from "../../../../components/home/traefikProfile";
import { HttpbinApp } from "../../../../components/httpbin/httpbinApp";

const TRAEFIK = { ingressClass: "traefik", namespace: "kube-system", clusterIssuer: "sandbox" };

// As many apps as the config asks for, each in a namespace of its own, named by the prefix.
const config = new pulumi.Config();
const provider = new kubernetes.Provider("cluster", {
  kubeconfig: config.require("kubeconfigPath"),
  enableServerSideApply: true,
});
for (let i = 1; i <= config.requireNumber("apps"); i++) {
  const name = `${config.require("prefix")}-${String(i)}`;
  const ingress = traefikProfile(TRAEFIK, name, name);
  new HttpbinApp(name, { host: `${name}.home.test`, ingress }, { provider });
}
