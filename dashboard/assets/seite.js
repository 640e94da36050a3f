/* After each change of page: title, scroll position and focus, as if the browser had loaded it. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  sozialmonitor: {
    seite: function (titel, hash) {
      var erste = !window.sozialmonitorGeladen;
      window.sozialmonitorGeladen = true;
      if (titel) document.title = titel;
      window.requestAnimationFrame(function () {
        var ziel = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
        if (ziel) ziel.scrollIntoView();
        else if (!erste) {
          var inhalt = document.getElementById("inhalt");
          if (inhalt) inhalt.focus({ preventScroll: true });
        }
      });
      return window.dash_clientside.no_update;
    },
  },
});

/* »Link kopieren«: the address holds every choice, and of a release it is the one that stays; the
   words beside the button say what happened. */
document.addEventListener("click", function (ereignis) {
  var knopf = ereignis.target.closest && ereignis.target.closest(".kopieren");
  if (!knopf) return;
  var meldung = knopf.parentElement.querySelector("[role=status]");
  var ort = window.location, stand = document.getElementById("datenstand-text");
  var fest = (stand && stand.dataset.fest) || "", pfad = ort.pathname;
  if (fest && pfad.indexOf(fest + "/") !== 0) pfad = fest + pfad.slice(fest.indexOf("/stand/"));
  navigator.clipboard.writeText(ort.origin + pfad + ort.search + ort.hash).then(
    function () { meldung.textContent = "Der Link ist kopiert."; },
    function () { meldung.textContent = "Bitte den Link aus der Adresszeile kopieren."; }
  );
});

/* »Diese Seite drucken«: what is folded stays out of the print. */
document.addEventListener("click", function (ereignis) {
  if (ereignis.target.closest && ereignis.target.closest(".drucken")) window.print();
});

/* »Es gibt neuere Daten: ansehen« leads to the same page with the same choice. */
document.addEventListener("click", function (ereignis) {
  var link = ereignis.target.closest && ereignis.target.closest(".neuere-daten");
  if (link) link.search = window.location.search;
});

/* What is folded on a phone is open where there is room; done before the browser paints. */
new MutationObserver(function (aenderungen) {
  if (!window.matchMedia("(min-width: 40.01rem)").matches) return;
  aenderungen.forEach(function (aenderung) {
    aenderung.addedNodes.forEach(function (knoten) {
      if (!knoten.querySelectorAll) return;
      knoten.querySelectorAll("details.breit-offen").forEach(function (falte) { falte.open = true; });
    });
  });
}).observe(document.documentElement, { childList: true, subtree: true });
