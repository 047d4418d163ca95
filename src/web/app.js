// Sends a file to the server on this machine and shows its report. The file stays in this page: each download sends it
// again, since the server keeps nothing.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const [drop, input, work, result, problem] = ["drop", "file", "work", "result", "problem"].map(at);
  let frame = at("report");
  const lang = () => document.querySelector("fieldset.lang input:checked").value;
  let file = null;
  let shown = null;
  let request = null;

  // What the page says itself is there in both languages.
  const said = (name) => at("state-" + name).cloneNode(true).childNodes;
  const state = (name) => at("state").replaceChildren(...said(name));
  const show = (element) => { for (const it of [drop, work, result]) it.hidden = it !== element && !(element === work && it === drop); };
  const complain = (message) => {
    if (message) problem.textContent = message;
    else problem.replaceChildren(...said("failed"));
    problem.hidden = false;
  };
  const fail = (message) => { show(drop); complain(message); };
  const isTooLarge = (size) => {
    if (size <= Number(drop.dataset.limit)) return false;
    show(drop);
    problem.replaceChildren(...said("too-large"));
    problem.hidden = false;
    return true;
  };
  const address = (path) => {
    const [name, query] = path.split("?");
    const asked = new URLSearchParams(query || "");
    asked.set("name", file.name);
    asked.set("lang", lang());
    return "/api/" + name + "?" + asked;
  };
  const message = (text) => { try { return JSON.parse(text).error.message; } catch { return ""; } };

  // What is downloaded is made of one file; there is nothing of it beside a comparison.
  const display = (page, name, alone) => {
    for (const button of document.querySelectorAll("button[data-path]")) button.hidden = !alone;
    if (shown) URL.revokeObjectURL(shown);
    shown = URL.createObjectURL(new Blob([page], { type: "text/html;charset=utf-8" }));
    // A frame that was hidden with another page may show the next one without any layout: each page has a frame of its own,
    // which is in sight before it is filled.
    const fresh = frame.cloneNode(false);
    fresh.removeAttribute("src");
    fresh.addEventListener("load", () => fresh.contentWindow.postMessage(lang(), "*"));
    frame.replaceWith(fresh);
    frame = fresh;
    at("shown").textContent = name;
    show(result);
    frame.src = shown;
    document.documentElement.dataset.done = name;
  };
  const send = (path, body, name, alone) => {
    if (request) request.abort();
    problem.hidden = true;
    at("name").textContent = name;
    at("progress").value = 0;
    state("sending");
    show(work);
    request = new XMLHttpRequest();
    request.open("POST", path);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) at("progress").value = (100 * event.loaded) / event.total;
    });
    request.upload.addEventListener("load", () => { at("progress").removeAttribute("value"); state("checking"); });
    request.addEventListener("load", () => {
      if (request.status === 200) display(request.responseText, name, alone);
      else fail(message(request.responseText));
    });
    request.addEventListener("error", () => fail(""));
    request.send(body);
  };

  const open = (chosen) => {
    file = chosen;
    if (isTooLarge(file.size)) return;
    send(address("report"), file, file.name, true);
  };
  // The file that is open is the old version, the one chosen now the new one.
  const compare = (chosen) => {
    if (isTooLarge(file.size + chosen.size)) return;
    const form = new FormData();
    form.append("old", file, file.name);
    form.append("new", chosen, chosen.name);
    send("/api/diff?format=html&lang=" + lang(), form, file.name + " → " + chosen.name, false);
  };

  const download = async (button) => {
    button.disabled = true;
    try {
      const answer = await fetch(address(button.dataset.path), { method: "POST", body: file });
      if (!answer.ok) { complain(message(await answer.text())); return; }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") || "");
      link.download = named ? decodeURIComponent(named[1]) : file.name.replace(/\.[^.]*$/, "") + button.dataset.extension;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } catch {
      complain("");
    } finally {
      button.disabled = false;
    }
  };

  input.addEventListener("change", () => { if (input.files.length) open(input.files[0]); });
  for (const button of document.querySelectorAll("button[data-path]")) button.addEventListener("click", () => download(button));
  at("compare").addEventListener("click", () => { at("second").value = ""; at("second").click(); });
  at("second").addEventListener("change", () => { if (at("second").files.length) compare(at("second").files[0]); });
  at("again").addEventListener("click", () => { input.value = ""; frame.removeAttribute("src"); show(drop); at("file").focus(); });
  drop.addEventListener("submit", (event) => event.preventDefault());
  // A file may be dropped anywhere on the page.
  addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) open(event.dataTransfer.files[0]);
  });
  // What is said in attributes stands in one language; the other one waits beside it and changes places with it.
  let told = document.documentElement.lang;
  const language = () => {
    document.documentElement.lang = lang();
    if (lang() === told) return;
    told = lang();
    for (const name of ["title", "aria-label"]) {
      for (const it of document.querySelectorAll("[data-" + name + "]")) {
        const before = it.getAttribute(name);
        it.setAttribute(name, it.getAttribute("data-" + name));
        it.setAttribute("data-" + name, before);
      }
    }
  };
  // A browser that goes back may keep the switch where it was.
  language();
  document.querySelector("fieldset.lang").addEventListener("change", () => {
    language();
    if (!result.hidden) frame.contentWindow.postMessage(lang(), "*");
  });
  addEventListener("pagehide", () => { if (shown) URL.revokeObjectURL(shown); });
})();
