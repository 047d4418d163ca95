// The page reads without this. In a frame the page around it has the switch of the language.
(() => {
  "use strict";
  const root = document.documentElement;
  let told = root.dataset.lang;
  const language = () => {
    const chosen = document.querySelector("fieldset.lang input:checked");
    if (!chosen) return;
    const title = document.querySelector("title");
    if (chosen.value !== told) [title.textContent, title.dataset.text] = [title.dataset.text, title.textContent];
    root.lang = told = chosen.value;
  };
  document.querySelector("fieldset.lang").addEventListener("change", language);
  language();
  if (self !== top) {
    root.classList.add("framed");
    addEventListener("message", (event) => {
      const chosen = event.source === parent && document.getElementById("lang-" + event.data);
      if (chosen) { chosen.checked = true; language(); }
    });
  }
})();
