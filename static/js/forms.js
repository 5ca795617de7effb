// Forms: focus on the error summary, one submission only, a warning before unsaved work is left.
const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

let unsaved = false;

document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) unsaved = true;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  unsaved = false;
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
});

// A page taken back from the history may be sent again; its idempotency key protects the server.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// Answers that htmx brings in are not navigation: let the form be sent again.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest && event.target.closest("form");
  if (form) delete form.dataset.sent;
});

// Says back in words what was typed: the date in full, the sum with its points.
const words = {
  date: (text) => text && new Date(`${text}T00:00`).toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" }),
  money: (text) => /^\d+$/.test(text) && `Rp${Number(text).toLocaleString("id-ID")}`,
};

const sayBack = (field) => {
  const say = field.type === "date" ? words.date : field.hasAttribute("data-money") && words.money;
  if (!say) return;
  let place = field.parentElement.closest(".field") && field.closest(".field").querySelector(".field__echo");
  if (!place) {
    place = document.createElement("output");
    place.className = "field__echo";
    (field.closest(".affix") || field).after(place);
  }
  place.textContent = say(field.value.trim()) || "";
};

document.addEventListener("input", (event) => sayBack(event.target));
