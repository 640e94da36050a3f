/* The part of plotly.js that our charts use, with its German locale. */
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import choropleth from "plotly.js/lib/choropleth";
import heatmap from "plotly.js/lib/heatmap";
import de from "plotly.js/lib/locales/de";

Plotly.register([bar, choropleth, heatmap, de]);
/* No request may leave the machine: no share button, no world map, no server. */
Plotly.setPlotConfig({ locale: "de", showSendToCloud: false, topojsonURL: "/kein-extern/", plotlyServerURL: "" });
window.Plotly = Plotly;
