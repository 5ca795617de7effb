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
