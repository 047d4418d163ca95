// The page reads without this. It adds filters, opens what a link points at, and keeps panels in sight.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // Filters of the list of findings.
  const form = document.querySelector("form.filters");
  if (form) {
    const items = [...document.querySelectorAll("li.finding")];
    const shown = form.querySelector("output");
    const apply = () => {
      const severities = new Set([...form.querySelectorAll("[name=severity]:checked")].map((it) => it.value));
      const rule = form.elements.rule.value;
      const part = form.elements.part.value;
      let count = 0;
      for (const item of items) {
        const fits = severities.has(item.dataset.severity)
          && (!rule || item.dataset.rule === rule)
          && (!part || item.dataset.part === part);
        item.hidden = !fits;
        if (fits) count += 1;
      }
      shown.textContent = String(count);
    };
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const tile of document.querySelectorAll("a.tile[data-severity]")) {
      tile.addEventListener("click", () => {
        for (const box of form.querySelectorAll("[name=severity]")) box.checked = box.value === tile.dataset.severity;
        form.elements.rule.value = "";
        form.elements.part.value = "";
        apply();
      });
    }
    // A finding that a link points at is shown whatever the filters say.
    const reveal = (id) => {
      const target = document.getElementById(id);
      if (!target) return;
      target.hidden = false;
      const inner = target.querySelector(":scope > details.sum");
      if (inner) inner.open = true;
    };
    const arrive = () => reveal(decodeURIComponent(location.hash.slice(1)));
    addEventListener("hashchange", arrive);
    arrive();
    // In a frame that is shut off from its origin a page has no addresses within itself.
    if (origin === "null" && location.protocol === "blob:") {
      addEventListener("click", (event) => {
        const link = event.target.closest("a[href^='#']");
        if (!link) return;
        event.preventDefault();
        const id = decodeURIComponent(link.getAttribute("href").slice(1));
        document.querySelector(".target")?.classList.remove("target");
        reveal(id);
        const target = document.getElementById(id);
        target?.classList.add("target");
        target?.scrollIntoView();
        if (target) { target.tabIndex = -1; target.focus({ preventScroll: true }); }
      });
    }
  }

  // The language of the page and of what assistive programs are told. What is said in attributes stands in one language;
  // the other one waits beside it and changes places with it.
  let told = root.dataset.lang;
  const trade = () => {
    for (const name of ["title", "aria-label"]) {
      for (const it of document.querySelectorAll("[data-" + name + "]")) {
        const said = it.getAttribute(name);
        it.setAttribute(name, it.getAttribute("data-" + name));
        it.setAttribute("data-" + name, said);
      }
    }
    const title = document.querySelector("title[data-text]");
    if (title) [title.textContent, title.dataset.text] = [title.dataset.text, title.textContent];
  };
  const language = () => {
    const chosen = document.querySelector("fieldset.lang input:checked");
    if (!chosen) return;
    root.lang = chosen.value;
    if (chosen.value !== told) trade();
    told = chosen.value;
    for (const option of document.querySelectorAll("option[data-vi]")) option.textContent = option.dataset[chosen.value];
  };
  document.querySelector("fieldset.lang")?.addEventListener("change", language);
  language();
  // In a frame the page around it has the switch.
  if (self !== top) {
    root.classList.add("framed");
    addEventListener("message", (event) => {
      const chosen = event.source === parent && document.getElementById("lang-" + event.data);
      if (chosen) { chosen.checked = true; language(); }
    });
  }

  // A total's panel stands over the table, inside the window.
  const sums = [...document.querySelectorAll("details.sum")];
  const place = (sum) => {
    const panel = sum.querySelector(".panel");
    const at = sum.querySelector("summary").getBoundingClientRect();
    const width = Math.min(520, innerWidth - 24);
    panel.style.width = width + "px";
    panel.style.left = Math.max(12, Math.min(at.right - width, innerWidth - width - 12)) + "px";
    const below = innerHeight - at.bottom - 16;
    const above = at.top - 16;
    const down = below >= 240 || below >= above;
    panel.style.maxHeight = Math.max(160, down ? below : above) + "px";
    panel.style.top = down ? at.bottom + 6 + "px" : "auto";
    panel.style.bottom = down ? "auto" : innerHeight - at.top + 6 + "px";
  };
  const close = (except) => sums.forEach((it) => { if (it !== except) it.open = false; });
  for (const sum of sums) {
    sum.addEventListener("toggle", () => { if (sum.open) { close(sum); place(sum); } });
  }
  const follow = () => sums.forEach((it) => { if (it.open) place(it); });
  addEventListener("scroll", follow, { passive: true, capture: true });
  addEventListener("resize", follow);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = sums.find((it) => it.open);
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });
  addEventListener("click", (event) => {
    if (!event.target.closest("details.sum") && !event.target.closest("a[href^='#']")) close(null);
  });

  // On a narrow window the list of contents begins closed.
  const contents = document.querySelector("nav.contents details");
  if (contents && matchMedia("(max-width: 60rem)").matches) contents.open = false;
  addEventListener("beforeprint", () => { close(null); });
})();
