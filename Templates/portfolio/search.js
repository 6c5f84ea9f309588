// Searches the index of this site in the browser; nothing is sent anywhere.
"use strict";
(function () {
  var index = null;
  var box = document.getElementById("query");
  var found = document.getElementById("found");
  var hits = document.getElementById("hits");

  // Folded like the index: lower case, no accents, words of letters and digits.
  function words(text) {
    var folded = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/ß/g, "ss").replace(/æ/g, "ae").replace(/œ/g, "oe").replace(/ø/g, "o").replace(/ł/g, "l");
    return folded.match(/[\p{L}\p{N}]+/gu) || [];
  }

  function word(line) {
    var space = line.indexOf(" ");
    return space < 0 ? line : line.slice(0, space);
  }

  // The place of the first term that is not before `wanted`.
  function first(wanted) {
    var low = 0, high = index.terms.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (word(index.terms[middle]) < wanted) low = middle + 1; else high = middle;
    }
    return low;
  }

  // Adds the pages of a term line to `scores`.
  function add(line, factor, scores) {
    var parts = line.split(" ");
    var rarity = Math.log(1 + index.pages.length / (parts.length - 1));
    var page = 0;
    for (var i = 1; i < parts.length; i++) {
      var numbers = parts[i].split(".");
      page += Number(numbers[0]);
      var weight = numbers.length > 1 ? Number(numbers[1]) : 1;
      var score = factor * rarity * weight / (weight + 1.2);
      scores.set(page, Math.max(scores.get(page) || 0, score));
    }
  }

  // Pages that have a word, or one that begins with it; the exact word counts most.
  function pagesOf(wanted) {
    var scores = new Map();
    for (var i = first(wanted); i < index.terms.length; i++) {
      var term = word(index.terms[i]);
      if (!term.startsWith(wanted)) break;
      add(index.terms[i], term === wanted ? 1 : 0.6, scores);
    }
    return scores;
  }

  function search() {
    if (!index) return;
    var wanted = words(box.value);
    hits.replaceChildren();
    if (wanted.length === 0) { found.textContent = ""; return; }
    var total = null;
    wanted.forEach(function (one) {
      var scores = pagesOf(one);
      if (total === null) { total = scores; return; }
      var both = new Map();
      total.forEach(function (score, page) {
        if (scores.has(page)) both.set(page, score + scores.get(page));
      });
      total = both;
    });
    var pages = Array.from(total.entries()).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
    found.textContent = pages.length === 0 ? "Nothing has all of these words."
      : pages.length === 1 ? "1 page" : pages.length + " pages";
    pages.slice(0, 30).forEach(function (pair) {
      var page = index.pages[pair[0]];
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = page[0];
      link.textContent = page[1];
      item.appendChild(link);
      if (page[2]) {
        var summary = document.createElement("p");
        summary.textContent = page[2];
        item.appendChild(summary);
      }
      hits.appendChild(item);
    });
  }

  window.folioIndex = function (data) {
    index = data;
    search();
  };
  box.value = new URLSearchParams(location.search).get("q") || "";
  box.addEventListener("input", search);
  box.form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  box.focus();
})();
