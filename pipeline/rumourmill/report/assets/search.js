// Search page. Pages opened from disk cannot fetch files, so the index consists of scripts that call the functions below
// and are loaded when a query needs them. The index is described in pipeline/rumourmill/report/search.py.
"use strict";

const rumourmill = (() => {
  const PAGE_SIZE = 30; // results
  const form = document.getElementById("form");
  const field = document.getElementById("q");
  const found = document.getElementById("found");
  const answers = document.getElementById("answers");
  const more = document.getElementById("more");

  let index = null;
  const parts = new Map(); // path -> promise and its resolver

  const load = (name, count) => {
    const path = `search/${name}-${count}.js`;
    if (!parts.has(path)) {
      const script = document.createElement("script");
      const part = {};
      part.promise = new Promise((resolve, reject) => {
        part.resolve = resolve;
        script.onerror = () => reject(new Error(`${path} is missing`));
      });
      parts.set(path, part);
      script.src = path;
      document.head.append(script);
    }
    return parts.get(path).promise;
  };
  const deliver = (name) => (count, data) => parts.get(`search/${name}-${count}.js`).resolve(data);

  const words = (query) => {
    let text = query.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
    for (const [from, to] of Object.entries(index.folded)) text = text.replaceAll(from, to);
    const all = text.match(/[\p{L}\p{N}]+/gu) || [];
    return [...new Set(all.map((word) => word.slice(0, 40)))].filter((word) => !index.common.includes(word));
  };

  const numbers = (packed) => {
    let last = 0;
    return packed === "" ? [] : packed.split(" ").map((step) => (last += parseInt(step, 36)));
  };

  // Numbers of the scripts with terms that start with a word. Terms are sorted; `firsts` has the first term of each script.
  const shardsOf = (word) => {
    const { firsts } = index;
    let start = 0;
    while (start + 1 < firsts.length && firsts[start + 1] <= word) start += 1;
    let end = start + 1;
    while (end < firsts.length && firsts[end].startsWith(word)) end += 1;
    return Array.from({ length: end - start }, (_, n) => start + n);
  };

  // Scores of the documents with a word: 2 if the title contains it, 1 if a word of the title starts with it, 0 otherwise.
  const matches = async (word) => {
    const scores = new Map();
    for (const shard of await Promise.all(shardsOf(word).map((n) => load("terms", n)))) {
      for (const term of Object.keys(shard)) {
        if (!term.startsWith(word)) continue;
        const [heads, texts] = shard[term];
        const weight = term === word ? 2 : 1;
        for (const n of numbers(heads)) scores.set(n, Math.max(scores.get(n) || 0, weight));
        for (const n of numbers(texts)) if (!scores.has(n)) scores.set(n, 0);
      }
    }
    return scores;
  };

  const rank = async (query) => {
    const lists = await Promise.all(words(query).map(matches));
    if (!lists.length) return [];
    const [first, ...rest] = lists.sort((a, b) => a.size - b.size);
    const hits = [];
    for (const [n, score] of first) {
      if (rest.every((list) => list.has(n))) hits.push([rest.reduce((sum, list) => sum + list.get(n), score), n]);
    }
    const named = (n) => (n >= index.articles ? 1 : 0); // players and clubs come before articles
    hits.sort((a, b) => b[0] - a[0] || named(b[1]) - named(a[1]) || a[1] - b[1]);
    return hits.map(([, n]) => n);
  };

  const item = ([kind, title, path, note]) => {
    const line = document.createElement("li");
    const label = document.createElement("span");
    const link = document.createElement("a");
    const rest = document.createElement("span");
    label.className = "kind";
    label.textContent = kind;
    link.href = path;
    link.textContent = title;
    rest.className = "dim";
    rest.textContent = note;
    line.append(label, " ", link, " ", rest);
    return line;
  };

  let queryNumber = 0;
  let hits = [];
  const extend = async () => {
    const number = queryNumber;
    const next = hits.slice(answers.children.length, answers.children.length + PAGE_SIZE);
    const documents = await Promise.all(
      next.map(async (n) => (await load("documents", Math.floor(n / index.block)))[n % index.block]),
    );
    if (number !== queryNumber) return; // a newer query
    const lines = documents.map(item);
    answers.append(...lines);
    more.hidden = answers.children.length >= hits.length;
    return lines[0];
  };
  const search = async () => {
    const number = (queryNumber += 1);
    const query = field.value;
    let result;
    try {
      result = await rank(query);
    } catch (error) {
      found.textContent = `The index cannot be read: ${error.message}.`;
      return;
    }
    if (number !== queryNumber) return;
    hits = result;
    answers.replaceChildren();
    more.hidden = true;
    const nothing = query.trim() ? "Nothing found." : "";
    found.textContent = hits.length ? `${hits.length.toLocaleString("en")} found.` : nothing;
    await extend();
  };

  const start = (data) => {
    index = data;
    field.value = new URLSearchParams(location.search).get("q") || "";
    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, 200);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      search();
    });
    more.addEventListener("click", async () => {
      const first = await extend();
      if (first) first.querySelector("a").focus();
    });
    field.focus();
    search();
  };

  return { start, terms: deliver("terms"), documents: deliver("documents") };
})();
