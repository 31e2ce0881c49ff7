import { VizLegendOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

import { dashboardRows, type Panel } from "./dashboardQueries";
import type { WatchedApp } from "./watchedApp";

/** Columns that Grafana has, and height of a panel in its units. */
const COLUMNS = 24;
const HEIGHT = 8;

/** The Prometheus that is asked: whichever is chosen at the top of the dashboard. */
const SOURCE = { type: "prometheus", uid: "${datasource}" };

/** Grafana's dashboard of an app, as JSON. */
export function dashboardJson(app: WatchedApp): string {
  const id = `${app.namespace}-${app.name}`;
  // The classic form, which any Grafana reads from a file.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const builder = new DashboardBuilder(`${app.name} in ${app.namespace}`)
    // At most 40 characters.
    .uid(`k8s-test-${id}`.slice(0, 40))
    .tags(["k8s-test"])
    .time({ from: "now-30m", to: "now" })
    .timezone("browser")
    .refresh("10s")
    .readonly()
    .withVariable(
      new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"),
    );
  for (const { title, panels } of dashboardRows(app)) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(drawn(panel, COLUMNS / panels.length));
  }
  return JSON.stringify(builder.build());
}

function drawn({ title, description, unit, queries }: Panel, width: number): PanelBuilder {
  const panel = new PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .datasource(SOURCE)
    .legend(new VizLegendOptionsBuilder().showLegend(true))
    .span(width)
    .height(HEIGHT);
  for (const [index, { expr, legend }] of queries.entries()) {
    panel.withTarget(
      new DataqueryBuilder()
        .refId(String.fromCharCode("A".charCodeAt(0) + index))
        .datasource(SOURCE)
        .expr(expr)
        .legendFormat(legend)
        .range(),
    );
  }
  return panel;
}
