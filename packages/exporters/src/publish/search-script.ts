/**
 * The only script of the site: searches the index that other script files hand over, so that it works from a disk without a server.
 * It runs in the reader's browser and is kept to what every browser of the last years has. Texts reach the page as text nodes only.
 */
export const SEARCH_SCRIPT = `"use strict";
(function () {
  var box = document.getElementById("search");
  if (!box) return;
  var q = document.getElementById("q"), list = document.getElementById("results"), count = document.getElementById("count");
  var filters = ["year", "department", "grade", "kind"].map(function (id) { return document.getElementById(id); });
  var MOST = 50, rows = [], heads = [], wanted = 0, got = 0, started = false, timer = 0;
  function plain(text) { return text.normalize("NFKC").toLowerCase(); }
  function load(n) {
    var script = document.createElement("script");
    script.src = "assets/index-" + n + ".js";
    script.onerror = function () { count.textContent = "检索文件没有载入，请刷新页面，或按年度、部门浏览。"; };
    document.head.appendChild(script);
  }
  window.jihengIndex = function (n, of, departments, part) {
    if (departments) heads = departments.map(function (each) { return { name: each[0], text: plain(each.join(" ")) }; });
    wanted = of;
    part.forEach(function (row) {
      rows.push({
        row: row,
        name: plain(row[1]) + "\\n" + row[7] + "\\n" + row[8],
        more: plain(row[9]) + "\\n" + row[10]
      });
    });
    got += 1;
    if (n === 0) for (var each = 1; each < of; each++) load(each);
    if (got === wanted) search();
  };
  function start() {
    if (started) return;
    started = true;
    load(0);
  }
  function weigh(entry, words) {
    var weight = 0;
    for (var i = 0; i < words.length; i++) {
      var at = entry.name.indexOf(words[i]);
      if (at === 0) weight += 4;
      else if (at > 0) weight += 3;
      else if (heads[entry.row[2]].text.indexOf(words[i]) >= 0) weight += 2;
      else if (entry.more.indexOf(words[i]) >= 0) weight += 1;
      else return 0;
    }
    return weight + 1;
  }
  function chosen(row) {
    var values = [String(row[3]), heads[row[2]].name, row[4] || "", row[5]];
    return filters.every(function (filter, i) { return !filter || filter.value === "" || filter.value === values[i]; });
  }
  function search() {
    if (!started || got === 0 || got < wanted) return;
    var words = plain(q.value).split(/\\s+/).filter(Boolean);
    var filtered = filters.some(function (filter) { return filter && filter.value !== ""; });
    list.textContent = "";
    if (words.length === 0 && !filtered) { count.textContent = ""; return; }
    var found = [];
    rows.forEach(function (entry, i) {
      var weight = chosen(entry.row) ? weigh(entry, words) : 0;
      if (weight > 0) found.push([weight, i, entry.row]);
    });
    found.sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; });
    found.slice(0, MOST).forEach(function (each) {
      var row = each[2], item = document.createElement("li"), link = document.createElement("a"), small = document.createElement("small");
      link.href = "forms/" + row[0] + ".html";
      link.textContent = row[1];
      small.textContent = [heads[row[2]].name, row[3] ? row[3] + "年度" : "", row[5], row[6] ? row[6] + "分" : "", row[4] || ""].filter(Boolean).join("　");
      item.appendChild(link);
      item.appendChild(small);
      list.appendChild(item);
    });
    count.textContent = found.length === 0 ? "没有找到。可以换个词，或用拼音首字母。" : "找到 " + found.length + " 张" + (found.length > MOST ? "，先列出 " + MOST + " 张，请再缩小范围。" : "。");
  }
  function soon() { start(); clearTimeout(timer); timer = setTimeout(search, 25); }
  box.hidden = false;
  q.addEventListener("focus", start);
  q.addEventListener("input", soon);
  filters.forEach(function (filter) { if (filter) filter.addEventListener("change", soon); });
})();
`;
