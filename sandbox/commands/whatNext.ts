import type { Place } from "../stack/place";
import type { PlaceFlags } from "./options";

/** What can be typed once a stack is up, with what each line does. */
export function whatNext(
  { name, context, stack }: PlaceFlags,
  { podsRun, target, cloud, monitored }: Pick<Place, "podsRun" | "target" | "cloud" | "monitored">,
): string {
  const place = context === undefined ? `--name ${name}` : `--context ${context}`;
  const command = (verb: string): string => `npm run sandbox -- ${verb} ${place}`;
  const onStack = (verb: string): string => `${command(verb)} --stack ${stack}`;
  return [
    "",
    "Go on by hand, with plain pulumi and kubectl:",
    `  ${onStack("shell")}`,
    ...(podsRun
      ? [
          "Put load on it, as much and as long as you like (--help shows how):",
          `  ${onStack("load")}`,
        ]
      : []),
    ...(monitored === undefined
      ? []
      : [
          "Draw its dashboard, as far as Prometheus has answers (Grafana does not run here):",
          `  ${command("dashboard")}`,
        ]),
    ...(target.edge === undefined || cloud !== undefined
      ? []
      : [
          "See its page, as a picture that Chromium takes, or in a browser of your own:",
          `  ${command("picture")}`,
          `  ${command("forward")}`,
        ]),
    "Take it down, with nothing left behind:",
    `  ${command("down")}`,
  ].join("\n");
}
