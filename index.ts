import * as pulumi from "@pulumi/pulumi";

import { APP_NAME, loadSettings, type HomeSettings, type LiveSettings } from "./config";
import { HomePlatform } from "./components/home/homePlatform";
import { HttpbinApp } from "./components/httpbin/httpbinApp";
import type { Platform } from "./components/platform";

/** The program: settings, the platform that they ask for, the app on it, outputs. */
export = async () => {
  const settings = await loadSettings();
  const platform = await createPlatform(settings);

  const name = APP_NAME;
  const namespace = settings.app.namespace ?? name;
  // What counts the requests may have to be looked for where the Ingress is served, which the app tells.
  const served = settings.app.autoscaling?.requestsPerSecond && pulumi.deferredOutput<string>();
  const app = new HttpbinApp(
    name,
    {
      ...settings.app,
      ingress: platform.ingressProfile(namespace, name),
      ...(served && {
        requestsTrigger: platform.requestsTrigger(name, { namespace, address: served[0] }),
      }),
    },
    { provider: platform.provider, dependsOn: platform.prerequisites },
  );
  served?.[1](app.address);

  const { host } = settings.app;
  return {
    url: platform.publish(name, { host, namespace: app.namespace, address: app.address }),
    namespace: app.namespace,
    serviceName: app.serviceName,
    autoscalerName: app.autoscalerName,
    ...platform.outputs,
  };
};

async function createPlatform(settings: HomeSettings | LiveSettings): Promise<Platform> {
  if (settings.platform === "home") return new HomePlatform("home", settings.home);

  // Only now, so that the stack at home never loads the SDK of a cloud. (Not by `import()`: the
  // engine compiles to CommonJS, where that would look for an ES module.)
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { LivePlatform } = require("./components/live/livePlatform") as LiveModule;
  return LivePlatform.create("live", settings.live);
}

type LiveModule = typeof import("./components/live/livePlatform");
