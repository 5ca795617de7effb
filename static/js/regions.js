// Region field: asks the server for places while one types and offers them in the field's own list.
const waiting = new WeakMap();

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset || !field.dataset.region || event.inputType === "insertReplacementText") return;
  const asked = field.value.trim();
  clearTimeout(waiting.get(field));
  if (asked.length < 2) return;
  waiting.set(field, setTimeout(async () => {
    const url = new URL(field.dataset.region, location.href);
    url.searchParams.set("q", asked);
    const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok || field.value.trim() !== asked) return;
    field.list.innerHTML = await answer.text();
  }, 200));
});
