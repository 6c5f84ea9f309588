// What is looked at on each page. Gives a list of findings, one sentence each.
(function () {
  "use strict";
  var found = [];
  function say(what, element) {
    var place = element ? " (" + element.outerHTML.slice(0, 90).replace(/\s+/g, " ") + ")" : "";
    found.push(what + place);
  }
  function all(selector) { return Array.from(document.querySelectorAll(selector)); }
  function isShown(element) {
    return element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : true;
  }

  // Head.
  if (!document.documentElement.lang) say("no language");
  if (!document.title.trim()) say("no title");
  var description = document.querySelector("meta[name=description]");
  if (!description || !description.content.trim()) say("no description");
  if (!document.querySelector("meta[name=viewport]")) say("no viewport");

  // Headings: one of the first level, none left out on the way down.
  var level = 0;
  if (all("h1").length !== 1) say(all("h1").length + " headings of the first level");
  all("h1, h2, h3, h4, h5, h6").forEach(function (heading) {
    var own = Number(heading.tagName[1]);
    if (own > level + 1) say("a heading of level " + own + " after level " + level, heading);
    if (!heading.textContent.trim()) say("an empty heading", heading);
    level = own;
  });

  // Landmarks: one main part, and everything in one of them.
  if (all("main").length !== 1) say(all("main").length + " main parts");
  Array.from(document.body.children).forEach(function (child) {
    if (!child.matches("header, main, nav, footer, script, a.skip")) say("outside of any landmark", child);
  });
  var names = all("nav").map(function (nav) { return nav.getAttribute("aria-label"); });
  if (names.some(function (name) { return !name; })) say("a navigation without a name");
  if (new Set(names).size !== names.length) say("two navigations of one name");

  // Names and targets.
  var ids = all("[id]").map(function (element) { return element.id; });
  ids.filter(function (id, index) { return ids.indexOf(id) !== index; }).forEach(function (id) {
    say("the id " + id + " twice");
  });
  all("[aria-labelledby], [aria-describedby]").forEach(function (element) {
    ["aria-labelledby", "aria-describedby"].forEach(function (name) {
      (element.getAttribute(name) || "").split(/\s+/).filter(Boolean).forEach(function (id) {
        if (!document.getElementById(id)) say(name + " names nothing: " + id, element);
      });
    });
  });
  all("img").forEach(function (image) {
    if (!image.alt.trim()) say("a picture without words", image);
  });
  all("svg[role=img]").forEach(function (svg) {
    var title = svg.querySelector(":scope > title");
    var words = svg.querySelector(":scope > desc");
    if (!title || !title.textContent.trim()) say("a chart without a title", svg);
    if (!words || !words.textContent.trim()) say("a chart without a description", svg);
    var figure = svg.closest("figure");
    if (!figure || !figure.querySelector("table td")) say("a chart without a table", svg);
  });
  all("a").forEach(function (link) {
    if (!link.textContent.trim()) say("a link without words", link);
    var href = link.getAttribute("href");
    if (!/^(https?:|mailto:|tel:|#|[A-Za-z0-9_.][^:]*$)/.test(href || "")) say("a strange link", link);
    if (href && href[0] === "#" && href.length > 1 && !document.getElementById(href.slice(1))) {
      say("a link to a part that is not there", link);
    }
  });
  all("input, select, textarea").forEach(function (field) {
    if (!field.labels || field.labels.length === 0) say("a field without a label", field);
  });
  all("table").forEach(function (table) {
    if (!table.querySelector("th[scope]")) say("a table without headings", table);
  });
  all("[style*='url('], script:not([src]), [onclick], [onload], [onerror], iframe, object, embed, base")
    .forEach(function (element) { say("something that could run or load", element); });

  // Contrast, of words with what lies behind them.
  var canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function colour(text) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#000";
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    var data = canvas.getImageData(0, 0, 1, 1).data;
    return [data[0], data[1], data[2], data[3] / 255];
  }
  function over(front, back) {
    var a = front[3];
    return [0, 1, 2].map(function (i) { return front[i] * a + back[i] * (1 - a); }).concat(1);
  }
  function behind(element) {
    var layers = [];
    for (var at = element; at; at = at.parentElement) {
      var own = colour(getComputedStyle(at).backgroundColor);
      if (own[3] > 0) layers.push(own);
      if (own[3] === 1) break;
    }
    return layers.reverse().reduce(function (back, front) { return over(front, back); }, [255, 255, 255, 1]);
  }
  function light(c) {
    var parts = c.slice(0, 3).map(function (v) {
      v /= 255;
      return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
  function ratio(a, b) {
    var x = light(a), y = light(b);
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }
  var seen = new Set();
  function judge(element, front, back, size, isBold) {
    var isLarge = size >= 24 || (size >= 18.66 && isBold);
    var value = ratio(over(front, back), back);
    var key = element.tagName + element.className.baseVal + element.className + front + back;
    if (value < (isLarge ? 3 : 4.5) && !seen.has(key)) {
      seen.add(key);
      say("contrast " + value.toFixed(2) + " of " + JSON.stringify(element.textContent.slice(0, 30)), element);
    }
  }
  var walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    var element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !isShown(element)) continue;
    if (element.closest("script, style, noscript, title, desc, .skip")) continue;
    var style = getComputedStyle(element);
    var size = parseFloat(style.fontSize), isBold = Number(style.fontWeight) >= 700;
    var svg = element.closest("svg");
    if (!svg) { judge(element, colour(style.color), behind(element), size, isBold); continue; }
    // In a chart: over the last shape before it that has its middle.
    var box = element.getBoundingClientRect();
    var x = box.left + box.width / 2, y = box.top + box.height / 2;
    var back = behind(svg);
    Array.from(svg.querySelectorAll("rect")).forEach(function (rect) {
      var place = rect.getBoundingClientRect();
      var isBefore = rect.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (isBefore && place.left <= x && place.right >= x && place.top <= y && place.bottom >= y) {
        back = over(colour(getComputedStyle(rect).fill), back);
      }
    });
    judge(element, colour(style.fill), back, size, isBold);
  }

  // Nothing sticks out at the side.
  if (document.documentElement.scrollWidth > window.innerWidth + 1) {
    say("wider than the window: " + document.documentElement.scrollWidth + " of " + window.innerWidth);
  }
  return found;
})()
