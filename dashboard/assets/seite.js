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
