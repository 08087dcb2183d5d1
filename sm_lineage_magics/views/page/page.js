// Pan, zoom and click. It shows and hides what the page holds already, and makes no markup.
(function () {
  "use strict";
  var view = document.getElementById("view");
  var svg = view.querySelector("svg");
  var whole = svg.getAttribute("viewBox").split(" ").map(Number);
  var box = whole.slice();
  var cards = Array.from(document.querySelectorAll("#cards > [data-of]"));
  var nodes = Array.from(svg.querySelectorAll("[data-id]"));
  var held = null;
  var moved = false;

  function show() {
    svg.setAttribute("viewBox", box.join(" "));
  }

  function scale() {
    var matrix = svg.getScreenCTM();
    return matrix ? 1 / matrix.a : 1;
  }

  function zoom(factor, x, y) {
    var width = Math.min(Math.max(box[2] * factor, whole[2] / 20), whole[2] * 2);
    var by = width / box[2];
    box = [x - (x - box[0]) * by, y - (y - box[1]) * by, width, box[3] * by];
    show();
  }

  function fit() {
    box = whole.slice();
    show();
  }

  function at(event) {
    var point = new DOMPoint(event.clientX, event.clientY);
    return point.matrixTransform(svg.getScreenCTM().inverse());
  }

  function choose(node) {
    var id = node && node.getAttribute("data-id");
    nodes.forEach(function (each) {
      each.classList.toggle("chosen", each === node);
      each.setAttribute("aria-pressed", String(each === node));
    });
    cards.forEach(function (card) {
      card.hidden = card.getAttribute("data-of") !== id;
    });
  }

  svg.addEventListener("wheel", function (event) {
    var point = at(event);
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.87 : 1.15, point.x, point.y);
  }, { passive: false });

  svg.addEventListener("pointerdown", function (event) {
    held = { x: event.clientX, y: event.clientY, box: box.slice() };
    moved = false;
  });

  window.addEventListener("pointermove", function (event) {
    if (!held) { return; }
    var x = event.clientX - held.x;
    var y = event.clientY - held.y;
    moved = moved || Math.abs(x) + Math.abs(y) > 4;
    if (moved) {
      view.classList.add("dragged");
      box = [held.box[0] - x * scale(), held.box[1] - y * scale(), held.box[2], held.box[3]];
      show();
    }
  });

  window.addEventListener("pointerup", function () {
    held = null;
    view.classList.remove("dragged");
  });

  svg.addEventListener("click", function (event) {
    if (!moved) { choose(event.target.closest("[data-id]")); }
  });

  nodes.forEach(function (node) {
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(node);
      }
    });
  });

  view.querySelectorAll("[data-zoom]").forEach(function (button) {
    button.addEventListener("click", function () {
      var factor = Number(button.getAttribute("data-zoom"));
      if (!factor) { fit(); return; }
      zoom(factor, box[0] + box[2] / 2, box[1] + box[3] / 2);
    });
  });

  // Pictures say what they are to a screen reader; this one is more than that.
  svg.setAttribute("role", "group");
  choose(nodes[0] || null);
})();
