"use strict";
(() => {
  const root = document.documentElement, THEMES = ["", "light", "dark"];
  root.classList.add("js");

  // The theme: as the system says, or as was chosen; storage may be closed to files.
  const remembered = (value) => {
    try {
      if (value === undefined) return localStorage.getItem("verify-theme") || "";
      localStorage.setItem("verify-theme", value);
    } catch (closed) { return ""; }
    return value;
  };
  const dress = (theme) => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
  };
  dress(remembered());

  document.addEventListener("DOMContentLoaded", () => {
    const find = (s) => document.querySelector(s), all = (s) => [...document.querySelectorAll(s)];
    const dialog = find("#keys"), table = find("#parts"), text = find("#text");

    const nextTheme = () => {
      const theme = THEMES[(THEMES.indexOf(root.dataset.theme || "") + 1) % 3];
      dress(theme); remembered(theme); label();
    };
    const label = () => {
      find("#theme").textContent = { "": "theme: system", light: "theme: light", dark: "theme: dark" }[
        root.dataset.theme || ""];
    };
    label();
    find("#theme").addEventListener("click", nextTheme);
    find("#show-keys").addEventListener("click", () => dialog.showModal());
    find("#close-keys").addEventListener("click", () => dialog.close());

    // Copy what a block says.
    for (const block of all(".v-copy")) {
      const button = document.createElement("button");
      button.className = "copy"; button.type = "button"; button.textContent = "copy";
      button.addEventListener("click", () => {
        const said = block.querySelector("code").textContent;
        copied(said).then((done) => { button.textContent = done ? "copied" : "select it"; });
      });
      block.append(button);
    }
    const copied = async (said) => {
      try { await navigator.clipboard.writeText(said); return true; } catch (closed) { return false; }
    };

    // What j and k go through: parts of a claim, or the rows that are shown.
    let items = all("main .v-part"), current = -1;
    const mark = (i) => {
      for (const item of all(".current")) item.classList.remove("current");
      current = Math.max(-1, Math.min(i, items.length - 1));
      if (current < 0) return;
      const item = items[current];
      item.classList.add("current");
      (item.querySelector("td a") || item).focus({ preventScroll: true });
      item.scrollIntoView({ block: table ? "center" : "start" });
    };

    // Overview: filter and sort, kept in the address.
    if (table) {
      const body = table.tBodies[0], rows = [...body.rows], chips = all(".chip");
      const said = new Map(rows.map((r) => [r, r.textContent.toLowerCase()]));
      const choice = (id) => (find("#" + id) ? find("#" + id).value : "");
      const show = () => {
        const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
        const verdicts = chips.filter((c) => c.ariaPressed === "true").map((c) => c.dataset.verdict);
        for (const row of rows) {
          const d = row.dataset;
          row.hidden = !((!verdicts.length || verdicts.includes(d.verdict))
            && (!choice("kind") || d.kind === choice("kind"))
            && (!choice("paper") || d.paper === choice("paper"))
            && words.every((w) => said.get(row).includes(w)));
        }
        items = [...body.rows].filter((r) => !r.hidden);
        mark(-1);
        find("#count").textContent = `${items.length} of ${rows.length} parts`;
        const asked = new URLSearchParams();
        if (verdicts.length) asked.set("verdict", verdicts.join(","));
        for (const id of ["text", "kind", "paper"]) if (choice(id)) asked.set(id, choice(id));
        const sorted = table.querySelector("th[aria-sort]"), key = sorted.querySelector("button").dataset.sort;
        if (key !== "order" || sorted.ariaSort === "descending") {
          asked.set("sort", (sorted.ariaSort === "descending" ? "-" : "") + key);
        }
        history.replaceState(null, "", `${asked}` ? "#" + asked : location.pathname);
      };
      const sort = (key, down) => {
        for (const th of all("#parts th")) th.removeAttribute("aria-sort");
        const th = find(`#parts [data-sort=${key}]`).closest("th");
        th.ariaSort = down ? "descending" : "ascending";
        const value = (r) => (isNaN(r.dataset[key]) ? r.dataset[key] : Number(r.dataset[key]));
        rows.sort((a, b) => {
          const x = value(a), y = value(b), order = Number(a.dataset.order) - Number(b.dataset.order);
          return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1) || order;
        });
        body.append(...rows);
      };
      const clear = () => {
        text.value = "";
        for (const c of chips) c.ariaPressed = "false";
        for (const s of all(".line select")) s.value = "";
      };
      const restore = () => {
        const asked = new URLSearchParams(location.hash.slice(1));
        const verdicts = (asked.get("verdict") || "").split(",");
        for (const c of chips) c.ariaPressed = String(verdicts.includes(c.dataset.verdict));
        for (const id of ["text", "kind", "paper"]) if (find("#" + id)) find("#" + id).value = asked.get(id) || "";
        const key = asked.get("sort") || "order", name = key.replace("-", "");
        if (find(`#parts [data-sort="${CSS.escape(name)}"]`)) sort(name, key.startsWith("-"));
      };
      restore(); show();
      text.addEventListener("input", show);
      for (const s of all(".line select")) s.addEventListener("change", show);
      for (const c of chips) c.addEventListener("click", () => { c.ariaPressed = String(c.ariaPressed !== "true"); show(); });
      find("#reset").addEventListener("click", () => { clear(); show(); });
      for (const b of all("#parts [data-sort]")) b.addEventListener("click", () => {
        const again = b.closest("th").ariaSort === "ascending";
        sort(b.dataset.sort, again); show();
      });
      text.addEventListener("keydown", (e) => { if (e.key === "Enter" && items.length) { text.blur(); mark(0); } });
    }

    // Keys.
    const go = (rel) => { const link = find(`link[rel=${rel}]`); if (link) location.href = link.href; };
    const actions = {
      j: () => mark(current + 1), k: () => mark(Math.max(0, current - 1)),
      n: () => go("next"), p: () => go("prev"), u: () => go("up"),
      t: nextTheme, "?": () => dialog.showModal(),
      "/": () => { if (text) text.select(); else go("up"); },
      Escape: () => { if (text) find("#reset").click(); else go("up"); },
    };
    document.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || dialog.open) return;
      const typing = e.target.matches("input, select, textarea");
      if (typing && e.key === "Escape") {
        if (e.target === text && text.value) find("#reset").click(); else e.target.blur();
        e.preventDefault();
        return;
      }
      if (typing || !actions[e.key]) return;
      e.preventDefault();
      actions[e.key]();
    });
  });
})();
