/* »Bild speichern«: draws a chart again as SVG, with title, sentence, source, Datenstand and address
   burnt in, and saves it as SVG or PNG. Everything happens in the browser; nothing is requested. */
(function () {
  var SCHRIFT = "'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";
  var NS = "http://www.w3.org/2000/svg";
  var RAND = 24, MINDESTBREITE = 640, DICHTE = 2;

  document.addEventListener("click", function (ereignis) {
    var knopf = ereignis.target.closest && ereignis.target.closest(".bild-speichern");
    if (!knopf) return;
    var meldung = knopf.parentElement.querySelector("[role=status]");
    meldung.textContent = "Das Bild wird gezeichnet …";
    zeichne(knopf.closest("figure"))
      .then(function (bild) { return knopf.dataset.art === "png" ? alsPng(bild) : alsSvg(bild); })
      .then(function (teil) {
        sichere(teil, dateiname() + "." + knopf.dataset.art);
        meldung.textContent = "Das Bild ist gespeichert.";
      })
      .catch(function () { meldung.textContent = "Das Bild ließ sich nicht zeichnen."; });
  });

  function zeichne(figur) {
    var diagramm = figur.querySelector(".js-plotly-plot");
    var breite = Math.max(MINDESTBREITE, diagramm.clientWidth);
    var hoehe = Math.max(240, diagramm.clientHeight);
    var kopie = JSON.parse(JSON.stringify({ data: diagramm.data, layout: diagramm.layout }));
    return window.Plotly.toImage(kopie, { format: "svg", width: breite, height: hoehe, imageDataOnly: true })
      .then(function (text) { return setze(text, figur, breite, hoehe); });
  }

  /* The words around the chart, taken from the page as it stands there. */
  function worte(figur) {
    var abschnitt = figur.closest("section");
    var titel = document.querySelector("main h1"), teil = abschnitt && abschnitt.querySelector("h2, h3");
    var quellen = Array.prototype.map.call(
      document.querySelectorAll("[data-namensnennung]"),
      function (stelle) { return stelle.dataset.namensnennung; }
    );
    var stand = document.getElementById("datenstand-text");
    return {
      titel: titel ? titel.textContent : document.title,
      teil: teil ? teil.textContent : "",
      satz: figur.querySelector("[role=img]").getAttribute("aria-label") || "",
      fuss: [
        quellen.length ? "Quelle: " + quellen.filter(einmal).join("; ") : "Quellen: siehe Daten und Quellen",
        (stand ? stand.dataset.herausgeber + " · " : "") + (stand ? stand.dataset.stand : "") +
          " · Bild vom " + new Date().toLocaleDateString("de-DE"),
        decodeURI(window.location.host + window.location.pathname) + decodeURIComponent(window.location.search),
      ],
    };
  }
  function einmal(wort, stelle, alle) { return alle.indexOf(wort) === stelle; }

  function setze(svgText, figur, breite, hoehe) {
    var w = worte(figur), y = RAND;
    var svg = neu("svg", { xmlns: NS, width: breite });
    svg.appendChild(schraffur());
    var grund = svg.appendChild(neu("rect", { width: breite, fill: "#ffffff" }));
    y = absatz(svg, w.titel, 20, "650", "#17242d", y, breite);
    if (w.teil) y = absatz(svg, w.teil, 15, "600", "#0b5468", y + 2, breite);
    if (w.satz) y = absatz(svg, w.satz, 13.5, "400", "#2c3a44", y + 4, breite);
    var inneres = new DOMParser().parseFromString(svgText, "image/svg+xml").documentElement;
    inneres.setAttribute("y", y + 6);
    inneres.querySelectorAll(".choroplethlocation").forEach(function (flaeche) {
      if (/^(rgb\(255, 255, 255\)|#fff(fff)?|white)$/i.test(flaeche.style.fill)) flaeche.style.fill = "url(#bild-schraffur)";
    });
    svg.appendChild(document.importNode(inneres, true));
    y += hoehe + 14;
    w.fuss.forEach(function (zeile) { y = absatz(svg, zeile, 11.5, "400", "#51616c", y, breite); });
    var ganz = Math.ceil(y + RAND / 2);
    grund.setAttribute("height", ganz);
    svg.setAttribute("height", ganz);
    svg.setAttribute("viewBox", "0 0 " + breite + " " + ganz);
    svg.insertBefore(neu("title", {}), svg.firstChild).textContent = w.titel + ". " + w.satz;
    return { text: new XMLSerializer().serializeToString(svg), breite: breite, hoehe: ganz };
  }

  function neu(art, eigenschaften) {
    var teil = document.createElementNS(NS, art);
    Object.keys(eigenschaften).forEach(function (name) {
      if (name !== "xmlns") teil.setAttribute(name, eigenschaften[name]);
    });
    return teil;
  }

  function schraffur() {
    var muster = neu("pattern", { id: "bild-schraffur", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    muster.appendChild(neu("rect", { width: 6, height: 6, fill: "#ffffff" }));
    muster.appendChild(neu("path", { d: "M0 0V6", stroke: "#93a2ac", "stroke-width": 1.6 }));
    var defs = neu("defs", {});
    defs.appendChild(muster);
    return defs;
  }

  /* Write a paragraph with line breaks of our own: SVG has none. Returns where the next may begin. */
  function absatz(svg, text, groesse, staerke, farbe, y, breite) {
    var stift = document.createElement("canvas").getContext("2d");
    stift.font = staerke + " " + groesse + "px " + SCHRIFT;
    var zeilen = [], zeile = "";
    text.split(/\s+/).forEach(function (wort) {
      var laenger = zeile ? zeile + " " + wort : wort;
      if (zeile && stift.measureText(laenger).width > breite - 2 * RAND) { zeilen.push(zeile); zeile = wort; }
      else zeile = laenger;
    });
    zeilen.push(zeile);
    zeilen.forEach(function (inhalt) {
      y += groesse * 1.3;
      var teil = neu("text", { x: RAND, y: y, fill: farbe, "font-size": groesse, "font-weight": staerke, "font-family": SCHRIFT });
      teil.textContent = inhalt;
      svg.appendChild(teil);
    });
    return y + groesse * 0.25;
  }

  function alsSvg(bild) { return new Blob([bild.text], { type: "image/svg+xml" }); }

  function alsPng(bild) {
    return new Promise(function (fertig, gescheitert) {
      var quelle = new Image();
      quelle.onload = function () {
        var flaeche = document.createElement("canvas");
        flaeche.width = bild.breite * DICHTE;
        flaeche.height = bild.hoehe * DICHTE;
        flaeche.getContext("2d").drawImage(quelle, 0, 0, flaeche.width, flaeche.height);
        flaeche.toBlob(function (teil) { if (teil) fertig(teil); else gescheitert(); }, "image/png");
      };
      quelle.onerror = gescheitert;
      quelle.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(bild.text);
    });
  }

  function sichere(teil, name) {
    var adresse = URL.createObjectURL(teil), link = document.createElement("a");
    link.href = adresse;
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(adresse); }, 10000);
  }

  function dateiname() {
    var stand = document.getElementById("datenstand-text");
    var worte = [window.location.pathname, stand ? stand.dataset.stand : ""];
    return "sozialmonitor_" + worte.join("_").toLowerCase().replace(/datenstand/g, "")
      .replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  }
})();
